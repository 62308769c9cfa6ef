"""How many keys a document takes a reviewer, and how long the desk makes them wait, in a real browser.

    python -m benchmarks.review_keys [FILE]

The report (``examples/val-de-brume.txt`` unless told otherwise) is accepted as a whole in four ways, each by
a reviewer who has not seen it: fact after fact; the doubtful ones first; the same with the key that accepts
and goes on; all that are sure at once after a look at which they are, then the others. Keys are those from
the open document to "reviewed"; the time is the desk's alone, for nobody reads here.

Needs the extra ``app``, playwright, a Chromium on the path.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.review.store import Store
from tools import desk_in_browser as desk

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "examples" / "val-de-brume.txt"
_DECIDED = "desk.order().every((id) => desk.decided(id))"


class Hands:
    """Somebody's hands on the keyboard of one document; ``keys`` counts what they press."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, 0

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def is_done(self) -> bool:
        """Tell whether every fact that is to be decided is."""
        return bool(desk.ask(self.page, _DECIDED))


def one_after_the_other(hands: Hands) -> None:
    """Go from fact to fact as they stand, and accept each."""
    while not hands.is_done():
        hands.press("j", "a")


def doubtful_first(hands: Hands) -> None:
    """Go where the desk leads."""
    while not hands.is_done():
        hands.press("n", "a")


def one_key_each(hands: Hands) -> None:
    """Accept and go on with one key."""
    hands.press("n")
    while not hands.is_done():
        hands.press("A")


def sure_ones_at_once(hands: Hands) -> None:
    """Accept what is sure after a look at it, then go where the desk leads."""
    hands.press("b")
    hands.page.wait_for_selector("dialog[open]")
    hands.press("Control+Enter")
    hands.page.wait_for_selector("dialog[open]", state="detached")
    one_key_each(hands)


WAYS: dict[str, Callable[[Hands], None]] = {
    "fact after fact": one_after_the_other,
    "doubtful first": doubtful_first,
    "one key each": one_key_each,
    "sure ones at once": sure_ones_at_once,
}


def measure(server: desk.Running, browser: Any, way: Callable[[Hands], None]) -> tuple[int, int, float]:
    """Return (facts, keys, seconds) of a review of the only document."""
    with Store.open(str(server.database)) as store:
        [row] = store.queue().rows
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.add_cookies([{"name": "parcferme_reviewer", "value": quote("Odile Ferrand"), "url": server.url}])
    page = context.new_page()
    page.goto(f"{server.url}/document?key={row.key}")
    desk.wait_desk(page)
    hands, facts = Hands(page), int(desk.ask(page, "desk.order().length"))
    began = time.perf_counter()
    way(hands)
    hands.press("f")
    page.wait_for_function(f"{desk.DESK}.status === 'reviewed'")
    desk.wait_saved(page)
    took = time.perf_counter() - began
    context.close()
    return facts, hands.keys, took


def is_imported(server: desk.Running) -> bool:
    """Tell whether the report stands in the desk."""
    return "import terminé" in server.said


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    report = parser.parse_args().file.resolve()
    print(f"{report.name:24}{'facts':>6}{'keys':>6}{'a fact':>8}{'seconds':>9}")
    for name, way in WAYS.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            desk.running(Path(folder), str(report)) as server,
            desk.browsing() as browser,
        ):
            server.wait(partial(is_imported, server))
            facts, keys, took = measure(server, browser, way)
        print(f"{name:24}{facts:6}{keys:6}{keys / facts:8.2f}{took:9.1f}", flush=True)


if __name__ == "__main__":
    main()
