"""Pictures of every page of the review desk, in both languages, for docs/review.md.

    python -m tools.screenshots [--to docs/review] [--only queue document] [--look]

Starts the desk on a database of its own, loads the sample corpus (races that never were), lets three invented
reviewers decide a few things, and takes every page as it then is: 1280 pixels wide in light, the document and
the queue in the dark as well, the document on a wide screen too. ``--look`` takes every page in every way, to
look at and not to keep.

Needs the extra ``app``, playwright, and a Chromium on the path.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.review.decisions import (
    FIRST,
    SECOND,
    Accept,
    Change,
    Decision,
    Reading,
    Reject,
    SetStatus,
    new_decision_id,
)
from extractor.review.store import Store
from tools import desk_in_browser as desk

SAMPLE = 12
NARROW, WIDE = (1280, 800), (1920, 1080)
ODILE, LUCIEN = "Odile Ferrand", "Lucien Maréchal"
LANGUAGES = ("fr", "en")
COLOURS = 256


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where it is, and what is done there before it is taken."""

    name: str
    path: str
    act: Callable[[Any], None] | None = None
    whole: bool = False


class Camera:
    """A browser of a reviewer, in one language and one light."""

    def __init__(
        self, browser: Any, server: desk.Running, language: str, size: tuple[int, int], *, dark: bool
    ) -> None:
        self.url = server.url
        self.folder = str(server.database.parent)
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="fr-FR" if language == "fr" else "en-GB",
            reduced_motion="reduce",
        )
        kept = {"parcferme_lang": language}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": server.url} for name, value in kept.items()]
        )
        self.page = self.context.new_page()

    def sign_in(self) -> None:
        """Give a name, as if it had been given before."""
        self.context.add_cookies([{"name": "parcferme_reviewer", "value": quote(ODILE), "url": self.url}])

    def take(self, shot: Shot, file: Path) -> None:
        """Go there, do what is to be done, and take the picture."""
        self.page.goto(f"{self.url}/{shot.path}")
        (desk.wait_desk if shot.path.startswith("document") else desk.wait_idle)(self.page)
        if shot.act is not None:
            shot.act(self.page)
        desk.wait_idle(self.page)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.evaluate(_ELSEWHERE, self.folder)
        if shot.whole:  # as high as what stands there
            height = self.page.evaluate(_HEIGHT)
            size = self.page.viewport_size
            self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})
            desk.wait_idle(self.page)
            drawn = self.page.screenshot()
            self.page.set_viewport_size(size)
        else:
            drawn = self.page.screenshot()
        file.write_bytes(smaller(drawn))


# Where the pictures were made is nobody's business, and another place each time.
_ELSEWHERE = """(folder) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.nodeValue = walker.currentNode.nodeValue.replaceAll(folder, '/archives/relecture');
  }
}"""
_HEIGHT = """() => {
  const block = document.querySelector('[data-testid="stMainBlockContainer"]');
  return block ? Math.ceil(block.getBoundingClientRect().bottom) : innerHeight;
}"""


def smaller(png: bytes) -> bytes:
    """Return a picture in few colours, which is all that flat areas and letters need."""
    from PIL import Image

    kept = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    flat.save(kept, "PNG", optimize=True)
    return kept.getvalue()


# ------------------------------------------------------------------------------------------- a desk in use


def work(store: Store, spare: int = 3) -> tuple[str, str]:
    """Have most of the sample reviewed, some of it twice.

    Args:
        store: With the sample.
        spare: Documents that nobody has touched yet: the first of the queue.

    Returns:
        Keys of a document that is new and of one that waits for adjudication.
    """
    keys = [row.key for row in store.queue().rows]
    twice = keys[spare : spare + 4]
    store.assign_double(twice)
    at = datetime.now(UTC) - timedelta(days=9)
    for number, key in enumerate(keys[spare:]):
        at += timedelta(hours=17)
        at = _read(store, key, FIRST, ODILE, at, every=6 + number % 3)
        if key in twice:
            _read(store, key, SECOND, LUCIEN, at + timedelta(hours=2), every=9 - number % 3)
    store.summarise_all()
    return keys[0], twice[0]


def _read(store: Store, key: str, reading: Reading, reviewer: str, at: datetime, every: int) -> datetime:
    """Accept what is likely, reject now and then what is not; return when it was done."""
    state = store.state(key, reading)
    record, document = state.reviewed.record, store.document(key)
    facts = sorted(
        [*record.entries, *record.results, *record.incidents, *record.quotes],
        key=lambda fact: fact.confidence,
    )
    made = []
    for number, fact in enumerate(facts):
        at += timedelta(seconds=4 + number % 7)
        wrong = number % every == 1 and number < len(facts) / 2
        change: Change = Reject(targets=(fact.id,)) if wrong else Accept(targets=(fact.id,))
        made.append((at, change))
    made.append((at + timedelta(seconds=9), SetStatus(old=state.reviewed.status, new="reviewed")))
    decisions = [
        Decision(
            id=new_decision_id(), document=key, reading=reading, reviewer=reviewer, at=when, change=change,
            model=document.model, text_sha256=document.text_sha256,
        )
        for when, change in made
    ]  # fmt: skip
    store.append(decisions, head=state.head, version=state.version)
    return at


# ---------------------------------------------------------------------------------------------- the shots


def _focus(page: Any) -> None:
    page.keyboard.press("n")


def _sheet(page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.press("g")
    page.locator(".desk dialog[open], .desk .grid").first.wait_for()


def _incident(page: Any) -> None:
    words = desk.ask(page, "desk.record.drivers[0].mentions[0].text")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.getAttribute('role') === 'menuitem'")
    page.keyboard.press("i")
    page.locator("dialog[open]").wait_for()


def _menu(page: Any) -> None:
    words = desk.ask(page, "desk.record.drivers[0].mentions[0].text")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.getAttribute('role') === 'menuitem'")


def _pressed(key: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        page.keyboard.press("n")
        page.keyboard.press(key)
        page.locator("dialog[open]").wait_for()

    return act


_CHOSEN = """number => {
  const radio = document.querySelectorAll('[role="radio"], input[type="radio"]')[number];
  return radio && (radio.checked || radio.getAttribute('aria-checked') === 'true');
}"""


def _part(number: int) -> Callable[[Any], None]:
    """Return what chooses a part of the dashboard."""

    def act(page: Any) -> None:
        part = page.get_by_role("radio").nth(number)
        part.locator("xpath=ancestor-or-self::*[self::label or self::button][1]").click()
        page.wait_for_function(_CHOSEN, arg=number)
        desk.wait_idle(page)

    return act


def shots(new: str, twice: str) -> list[Shot]:
    """Return all pictures of a desk in use."""
    document, merging = f"document?key={new}", f"document?key={new}"
    return [
        Shot("queue", ""),
        Shot("document", document, _focus),
        Shot("sheet", document, _sheet),
        Shot("menu", document, _menu),
        Shot("incident", document, _incident),
        Shot("merge", merging, _pressed("y")),
        Shot("help", document, _pressed("?")),
        Shot("adjudication-list", "settling", whole=True),
        Shot("adjudication", f"settling?key={twice}&reading=0"),
        Shot("dashboard", "dashboard", whole=True),
        Shot("dashboard-accuracy", "dashboard", _part(1), whole=True),
        Shot("dashboard-review", "dashboard", _part(2), whole=True),
        Shot("dashboard-agreement", "dashboard", _part(3), whole=True),
        Shot("season", "season", whole=True),
        Shot("learning", "learning", whole=True),
        Shot("exchange", "exchange", whole=True),
        Shot("settings", "settings"),
    ]


@contextmanager
def photographed(folder: Path) -> Iterator[tuple[Any, desk.Running]]:
    """Start a desk and a browser."""
    with desk.running(folder) as server, desk.browsing() as browser:
        yield browser, server


def first_start(browser: Any, server: desk.Running, to: Path) -> None:
    """Take what a first start shows, then load the sample."""
    cameras = {one: Camera(browser, server, one, NARROW, dark=False) for one in LANGUAGES}
    for language, camera in cameras.items():  # before anybody has a name
        camera.take(Shot("sign-in", ""), to / f"sign-in.{language}.png")
    for language, camera in cameras.items():
        camera.sign_in()
        camera.take(Shot("welcome", ""), to / f"welcome.{language}.png")
    page = cameras["en"].page
    page.get_by_role("button", name="Load the twelve reports").click()
    page.locator(".pf-table a[data-to]").nth(SAMPLE - 1).wait_for(timeout=240_000)
    for camera in cameras.values():
        camera.context.close()


def main() -> int:
    """Take the pictures; the status is 1 where one is too large to be kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, default=desk.ROOT / "docs" / "review")
    parser.add_argument("--only", nargs="*", help="names of pictures")
    parser.add_argument("--look", action="store_true", help="every page in every way")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, photographed(Path(folder)) as (browser, server):
        first_start(browser, server, options.to)
        with Store.open(str(server.database)) as store:
            new, twice = work(store)
        for suffix, language, size, dark, names in ways(look=options.look):
            camera = Camera(browser, server, language, size, dark=dark)
            camera.sign_in()
            for shot in shots(new, twice):
                if (names and shot.name not in names) or (options.only and shot.name not in options.only):
                    continue
                camera.take(shot, options.to / f"{shot.name}{suffix}.png")
            camera.context.close()
    sizes = {file.name: file.stat().st_size for file in sorted(options.to.glob("*.png"))}
    for name, size in sizes.items():
        sys.stdout.write(f"{size:8} {name}\n")
    sys.stdout.write(f"{sum(sizes.values()):8}\n")
    return int(max(sizes.values()) > MOST_BYTES or sum(sizes.values()) > MOST_TOGETHER)


MOST_BYTES, MOST_TOGETHER = 200_000, 3_000_000
_KEPT = ("document",)
Way = tuple[str, str, tuple[int, int], bool, tuple[str, ...]]


def ways(*, look: bool) -> list[Way]:
    """Return in which ways pages are taken: suffix, language, size, dark, names (none: all)."""
    if look:
        return [
            (f".{size[0]}.{'dark' if dark else 'light'}.{language}", language, size, dark, ())
            for size in (NARROW, WIDE)
            for dark in (False, True)
            for language in LANGUAGES
        ]
    kept: list[Way] = [(f".{language}", language, NARROW, False, ()) for language in LANGUAGES]
    return [*kept, (".dark", "fr", NARROW, True, _KEPT), (".wide", "fr", WIDE, False, _KEPT)]


if __name__ == "__main__":
    sys.exit(main())
