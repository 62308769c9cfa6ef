"""The document page as a reviewer has it: a real server, a real browser, hands on the keyboard."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.record import RaceRecord

pytest.importorskip("playwright.sync_api")
pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

from benchmarks.review_page import chromium, served
from extractor.review.store import PageImage, Store
from tools.desk_in_browser import wait_desk

BROWSER = chromium()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")]

DESK = "document.querySelector('.desk').parentElement.deskFrame.desk"
PAGES = (
    "GRAND PRIX DE VAL-DE-BRUME\nZoé Ferrand 🏁 gagne devant Paul Ostermann.\nLuc Maillard part en tête-à-queue.\n",
    "Zoe\u0301 Ferrand sourit : « La voiture était parfaite ».\n",
)
TEXT = "\f".join(PAGES)


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    page = 1 if start < len(PAGES[0]) else 2
    box = {"page": page, "x": 40, "y": 20 + start, "w": 8 * len(words), "h": 12}
    return {"start": start, "end": start + len(words), "text": words, "page": page, "boxes": [box]}


def fact(id_: str, words: str, confidence: float, **more: Any) -> dict[str, Any]:
    return {"id": id_, "session": "s1", "confidence": confidence, "evidence": [span(words)], **more}


def report() -> RaceRecord:
    size = {"width": 400, "height": 600, "unit": "px"}
    second = len(PAGES[0]) + 1
    return RaceRecord.model_validate(
        {
            "document": {
                "id": "brume", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "title": "Val-de-Brume 1934", "text": TEXT,
                "pages": [{"page": 1, "start": 0, "end": second - 1, **size}, {"page": 2, "start": second, "end": len(TEXT), **size}],
            },
            "sessions": [{"id": "s1", "kind": "race"}],
            "drivers": [
                {"id": "d1", "name": "Zoé Ferrand", "mentions": [span("Zoé Ferrand")]},
                {"id": "d2", "name": "Paul Ostermann", "mentions": [span("Paul Ostermann")]},
            ],
            "results": [
                fact("r1", "gagne", 0.9, kind="final", position=1, drivers=["d1"]),
                fact("r2", "devant Paul Ostermann", 0.4, kind="final", position=2, drivers=["d2"]),
            ],
            "quotes": [fact("q1", "La voiture était parfaite", 0.7, text="La voiture était parfaite", speaker="d1")],
            "coverage": {"characters": len(TEXT), "characters_read": len(TEXT)},
        }
    )  # fmt: skip


def blank() -> bytes:
    image = pytest.importorskip("PIL.Image")
    kept = io.BytesIO()
    image.new("L", (400, 600), 250).save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "review.db"


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with Store.open(str(database)):
        pass
    with served(f"sqlite:///{database}") as where:
        yield where


class Opened:
    """A document of its own on a page of its own."""

    def __init__(self, browser: Any, address: str, key: str, **options: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options
        )
        self.faults: list[str] = []
        self.url = f"{address}/document?key={key}"
        self.page = self.new_page()

    def new_page(self) -> Any:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(self.url)
        wait_desk(page)
        return page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(f"(() => {{ const desk = {DESK}; return {expression}; }})()")

    def wait_saved(self, page: Any = None) -> None:
        asked = f"{DESK}.outbox.pending.length === 0 && {DESK}.data.head > 0"
        (page or self.page).wait_for_function(asked, timeout=20_000)


@pytest.fixture
def opened(browser: Any, address: str, database: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    with Store.open(str(database)) as store:
        added = store.add_document(
            report(),
            model="regles-1",
            origin=request.node.name,
            pages=[PageImage(1, blank()), PageImage(2, blank())],
        )
    here = Opened(browser, address, added.key)
    yield here
    here.context.close()
    assert here.faults == []


def decided(database: Path, opened: Opened) -> list[str]:
    with Store.open(str(database)) as store:
        return [one.change.action for one in store.decisions(opened.url.split("=")[-1])]


def test_the_most_doubtful_comes_first_and_what_is_said_to_be_saved_is(
    opened: Opened, database: Path
) -> None:
    opened.press("n")
    assert opened.ask("desk.current") == "r2"
    assert opened.page.locator(".desk-text .lit").all_inner_texts() == ["devant ", "Paul Ostermann"]
    opened.press("a")
    assert opened.ask("desk.marks.r2.verdict") == "accepted"
    opened.wait_saved()
    opened.press("n")
    assert opened.ask("desk.current") == "q1"
    opened.press("x")
    opened.wait_saved()
    assert decided(database, opened) == ["accept", "reject"]
    opened.press("u")
    opened.wait_saved()
    opened.page.wait_for_function(f"!({DESK}.gone.q1)")
    opened.press("Shift+U")
    opened.page.wait_for_function(f"Boolean({DESK}.gone.q1)")


def test_letters_typed_into_a_field_are_text(opened: Opened) -> None:
    opened.press("n", "m")
    opened.page.keyboard.type("Au tour 3, xaxa ?")
    opened.press("Control+Enter")
    opened.wait_saved()
    assert opened.ask("desk.marks.r2") | {"at": ""} == opened.ask("desk.marks.r2") | {
        "at": "",
        "note": "Au tour 3, xaxa ?",
    }
    assert opened.ask("desk.marks.r2.verdict") is None


def test_text_is_selected_by_keyboard_in_code_points(opened: Opened) -> None:
    opened.press("/")
    opened.page.keyboard.type("ostermann")
    opened.press("Escape")
    assert opened.ask("desk.range") == {
        "start": TEXT.index("Ostermann"),
        "end": TEXT.index("Ostermann") + 9,
        "text": "Ostermann",
    }
    opened.press(
        "Escape", "t", "Control+End", "Control+Home", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight"
    )
    assert opened.ask("desk.range.text") == "Zoé Ferrand"
    opened.press("Enter")
    assert opened.page.evaluate("document.activeElement.getAttribute('role')") == "menuitem"
    opened.press("Escape")
    assert opened.page.evaluate("document.activeElement.className") == "desk-text"


def test_text_is_selected_with_the_mouse_in_whole_characters(opened: Opened) -> None:
    start = TEXT.index("Zoe\u0301")
    cut = {
        "from": len(TEXT[: start + 1].encode("utf-16-le")) // 2,
        "to": len(TEXT[: start + 3].encode("utf-16-le")) // 2,
    }
    opened.page.evaluate(
        """({from, to}) => {
          const walker = document.createTreeWalker(document.querySelector('.desk-text'), NodeFilter.SHOW_TEXT);
          const at = (unit) => {
            let seen = 0;
            walker.currentNode = walker.root;
            while (walker.nextNode()) {
              if (seen + walker.currentNode.length >= unit) return [walker.currentNode, unit - seen];
              seen += walker.currentNode.length;
            }
          };
          getSelection().setBaseAndExtent(...at(from), ...at(to));
        }""",
        cut,
    )
    opened.page.wait_for_function(f"{DESK}.range !== null")
    assert opened.ask("desk.range") == {"start": start + 1, "end": start + 4, "text": "oe\u0301"}


def test_a_click_in_the_text_goes_round_the_facts_that_lie_there(opened: Opened) -> None:
    words = opened.page.locator(".desk-text .seg", has_text="Paul Ostermann")
    words.click()
    assert opened.ask("desk.current") == "r2"
    words.click()
    assert opened.ask("desk.current") == "d2"
    words.click()
    assert opened.ask("desk.current") == "r2"


def test_pages_have_their_image_with_boxes(opened: Opened) -> None:
    opened.press("n", "i")
    opened.page.wait_for_selector(".desk .page-sheet img[src*='/media/']", timeout=20_000)
    opened.page.wait_for_function("document.querySelector('.desk .page-sheet img').naturalWidth === 400")
    assert opened.page.locator(".desk svg rect.lit").count() == 1
    opened.press("n")
    opened.page.wait_for_function(
        "document.querySelector('.desk .page-bar .count').textContent.includes('2')"
    )
    opened.page.locator(".desk svg rect").first.click()
    assert opened.ask("desk.current") == "q1"


def test_letters_can_be_switched_off(opened: Opened) -> None:
    opened.press("?")
    opened.page.get_by_label("Les lettres seules agissent").uncheck()
    opened.press("Escape", "n")
    assert opened.ask("desk.current") is None
    opened.press("ArrowDown")
    assert opened.ask("desk.current") is not None


def test_what_was_not_saved_outlives_a_reload(opened: Opened, database: Path) -> None:
    opened.page.evaluate(f"{DESK}.send = () => {{}}")
    opened.press("n", "a")
    assert decided(database, opened) == []
    opened.page.on("dialog", lambda dialog: dialog.accept())
    opened.page.reload()
    opened.page.wait_for_selector(".desk .seg", timeout=60_000)
    opened.wait_saved()
    assert decided(database, opened) == ["accept"]


def test_who_decides_second_is_told_and_loses_nothing(opened: Opened, database: Path) -> None:
    other = opened.new_page()
    opened.press("n", "a")
    opened.wait_saved()
    other.keyboard.press("n")
    other.keyboard.press("m")
    other.keyboard.type("douteux")
    other.keyboard.press("Control+Enter")
    other.get_by_role("button", name="Décider de même maintenant").click(timeout=20_000)
    opened.wait_saved(other)
    assert decided(database, opened) == ["accept", "note"]


def test_the_focus_is_never_lost(opened: Opened) -> None:
    inside = "document.querySelector('.desk').contains(document.activeElement)"
    for key in (
        "n",
        "a",
        "t",
        "Escape",
        "n",
        "m",
        "Escape",
        "j",
        "x",
        "u",
        "/",
        "Escape",
        "Escape",
        "Tab",
        "?",
        "Escape",
        "n",
        "e",
        "Escape",
    ):
        opened.press(key)
        opened.page.wait_for_timeout(150)
        assert opened.page.evaluate(inside), key
    opened.page.wait_for_timeout(1500)
    assert opened.page.evaluate(inside)


def test_a_document_that_is_not_there_leads_back_to_the_queue(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/document?key=nulle-part")
    page.get_by_role("button", name="Aller à la file").click(timeout=60_000)
    page.wait_for_url(lambda url: "document" not in url)
    page.close()


def test_a_hostile_document_is_shown_as_the_text_it_is(browser: Any, tmp_path: Path) -> None:
    from tools.bare_desk import bare_page

    text = (
        "<img src=x onerror=alert(1)> </script><script>alert(2)</script> \u202eesrever \x00 {{x}} e\u0301 🏁 fin\r\n"
        * 3
    )
    evidence = [{"start": 0, "end": 28, "text": text[:28]}]
    names = ("__proto__", "constructor", "<b>toString</b>", "a b\"'><i>")
    record = RaceRecord.model_validate(
        {
            "document": {"id": "<i>", "sha256": "0" * 64, "title": "<script>alert(3)</script>", "text": text},
            "sessions": [{"id": names[0], "kind": "race", "label": "<u>"}],
            "drivers": [{"id": names[1], "name": names[2], "mentions": evidence}],
            "results": [
                {"id": names[3], "session": names[0], "kind": "final", "scope": "<s>", "drivers": [names[1]], "confidence": 0.5,
                 "evidence": evidence}
            ],
            "findings": [{"code": "x", "severity": "error", "message": "<b>", "about": [names[1]], "evidence": evidence}],
            "coverage": {"characters": len(text), "characters_read": len(text)},
        }
    )  # fmt: skip
    path = tmp_path / "page.html"
    path.write_text(bare_page(record), encoding="utf-8", newline="")
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_selector(".desk .seg")
    assert page.evaluate("document.querySelector('.desk-text').textContent") == text
    assert page.locator(".desk script, .desk img[src=x], .desk b > b, .desk i, .desk u").count() == 0
    for key in (
        "n",
        "a",
        "n",
        "x",
        "u",
        "j",
        "j",
        "m",
        "Escape",
        "?",
        "Escape",
        "t",
        "Control+End",
        "Shift+ArrowLeft",
        "Enter",
        "Escape",
    ):
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    assert page.evaluate("desk.marks[desk.order()[0]].verdict") == "accepted"
    assert faults == []
    page.close()
