"""The pages of errors in a real browser. Runs where Chromium and playwright are at hand."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "scoreboard"))
from board_builders import FAULT, board, changed, reading, report

from extractor.scoreboard.page import pages

pytest.importorskip("playwright.sync_api")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def page(browser, tmp_path):
    gold = report("albi", more=HOSTILE.replace("<", "\\<"))
    spin = {**gold.record.incidents[0].model_dump(), "type": "mechanical"}
    results = [gold.record.results[0].model_dump()]
    read = changed(gold.record, incidents=[spin], results=results)
    scored = board(
        reading(gold, read),
        reading(report("pau")),
        reading(report("dijon"), FAULT),
        reading(report("nogaro"), changed(report("nogaro").record, quotes=())),
    )
    for name, source in pages(scored):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8", newline="")
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    yield page
    assert complaints == []
    assert all(url.startswith("file:") and url.endswith(".html") for url in requests)
    page.close()


def names(page):
    return page.locator("table.index tbody tr td:first-child a").all_inner_texts()


def test_the_index_sorts_by_a_column_and_back(page):
    assert names(page) == ["dijon", "albi", "nogaro", "pau"]
    page.get_by_role("button", name="Moyenne").click()
    assert names(page) == ["pau", "nogaro", "albi", "dijon"]
    page.get_by_role("button", name="Document").click()
    assert names(page) == ["albi", "dijon", "nogaro", "pau"]
    assert page.locator("th[aria-sort]").count() == 1


def test_what_has_no_figure_stays_last(page):
    cell = "table.index tbody tr:nth-child({}) td:last-child"
    page.locator(cell.format(1)).evaluate("e => { delete e.dataset.value; e.textContent = '–' }")
    button = page.locator("table.index th:last-child button")
    for _ in range(2):
        button.click()
        assert page.locator(cell.format(4)).inner_text() == "–"


def test_from_the_index_to_a_fact_to_its_evidence(page):
    page.get_by_role("link", name="albi").click()
    page.locator(".state-missed .fact", has_text="2. Zoé Lacaze").locator(".go").click()
    assert page.locator(".seg.lit").all_inner_texts() == ["Zoé Lacaze"]
    page.locator("article .fact-mixed").first.click()
    lit = page.locator(".fact.lit").all_inner_texts()
    assert any("Tête-à-queue" in fact for fact in lit)
    assert any("Mécanique" in fact for fact in lit)
    assert HOSTILE in page.locator("article").inner_text()


def test_a_click_on_the_legend_does_nothing(page):
    page.get_by_role("link", name="albi").click()
    page.locator(".legend .fact-mixed").click()
    assert page.locator(".lit").count() == 0


def test_marks_differ_by_line_and_not_by_colour_alone(page):
    page.get_by_role("link", name="albi").click()
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        lines = {
            state: page.locator(f".legend .fact-{state}").evaluate(
                "e => getComputedStyle(e).borderBottomStyle"
            )
            for state in ("right", "missed", "spurious", "mixed")
        }
        assert len(set(lines.values())) == 4
        names = {
            state: page.locator(f".legend .name-{state}").evaluate(
                "e => getComputedStyle(e).textDecorationStyle"
            )
            for state in ("right", "missed", "spurious")
        }
        assert len(set(names.values())) == 3


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_of_a_document_is_cut_off_at_the_side(page, width):
    page.get_by_role("link", name="albi").click()
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_puts_the_facts_below_the_text_and_keeps_the_legend(page):
    page.get_by_role("link", name="albi").click()
    page.emulate_media(media="print")
    text, facts = page.locator("article").bounding_box(), page.locator("#facts").bounding_box()
    assert facts["y"] >= text["y"] + text["height"]
    assert page.locator(".letters").is_visible()
    assert not page.locator(".hint").is_visible()


def test_without_scripts_the_links_still_lead_there(browser, page):
    page.get_by_role("link", name="albi").click()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page.url)
    plain.locator(".state-missed .go", has_text="2. Zoé Lacaze").click()
    assert plain.locator(".seg:target").inner_text() == "Zoé Lacaze"
