"""What a reviewer waits for, and what one more reviewer costs: the queue in a browser, memory by session.

    python -m benchmarks.review_browser [--documents 100000] [--sessions 10] [--check]

The queue is measured with so many documents, from the address being asked for until its rows stand there and
Streamlit rests: the first visit to a server that was just started, that of a browser which has nothing of it
yet, later ones, and a search typed into it. Memory is that of all processes of the desk (proportional set
size, of ``/proc``), before and after so many browsers have each opened a document of 400 facts. ``--check``
ends with status 1 where the queue takes two seconds or more.

Needs the extra ``app``, playwright, a Chromium on the path, and Linux.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from benchmarks.review_page import invented_record
from benchmarks.review_queue import fill
from extractor.review.store import Store
from tools import desk_in_browser as desk

MOST_MS = 2000.0
_ROWS = ".pf-table a[data-to]"


def family(pid: int) -> list[int]:
    """Return a process and all that come of it."""
    children = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children[parent].append(int(folder.name))
    found = [pid]
    for one in found:
        found += children[one]
    return found


def mebibytes(pid: int) -> float:
    """Return the memory of a process and all that come of it, what they share counted once."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def timed(action: Callable[[], None]) -> float:
    """Return the milliseconds that something takes."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def visitor(browser: Any, server: desk.Running, number: int) -> Any:
    """Return a page of a browser of its own, whose reviewer is known."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    name = quote(f"Relecteur {number}")
    context.add_cookies([{"name": "parcferme_reviewer", "value": name, "url": server.url}])
    return context.new_page()


def queue(browser: Any, server: desk.Running) -> dict[str, float]:
    """Return how long the queue takes to stand there, in milliseconds."""
    told = {}
    browser.new_page().goto("about:blank")  # what the browser itself needs to begin is not the desk's
    for name in ("new server", "new browser"):
        page = visitor(browser, server, 0)
        told[name] = timed(partial(stand, page, server))
    told["later visits"] = median(timed(partial(stand, page, server)) for _ in range(5))
    text = page.get_by_label("Chercher", exact=True)
    wanted = page.locator(_ROWS).nth(3).inner_text().split()[-1]
    text.fill(wanted)

    def search() -> None:
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "q=" in url)
        desk.wait_idle(page)

    told["search"] = timed(search)
    page.context.close()
    return told


def begun_anew(browser: Any, folder: Path, server: desk.Running) -> float:
    """Return how long the queue takes in a browser of yesterday, from a server that has just begun again."""
    page = visitor(browser, server, 0)
    stand(page, server)
    server.end()
    with desk.running(folder, port=server.port) as again:
        took = timed(partial(stand, page, again))
        page.context.close()
    return took


def stand(page: Any, server: desk.Running) -> None:
    """Visit the queue and wait until it stands there."""
    page.goto(server.url)
    page.locator(_ROWS).nth(40).wait_for()
    desk.wait_idle(page)


def memory(browser: Any, server: desk.Running, key: str, sessions: int) -> tuple[float, float]:
    """Return the memory of the desk before and after so many sessions, in MiB."""
    keep = []
    before = mebibytes(server.pid)
    for number in range(sessions):
        page = visitor(browser, server, number)
        page.goto(f"{server.url}/document?key={key}")
        page.wait_for_selector(".desk .seg", timeout=60_000)
        desk.wait_idle(page)
        keep.append(page)
    after = mebibytes(server.pid)
    for page in keep:
        page.context.close()
    return before, after


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(str(Path(folder) / "relecture.db")) as store:
            fill(store._engine, options.documents)
            key = store.add_document(invented_record(), model="invented").key
            store.summarise_all()
        with desk.running(Path(folder)) as server, desk.browsing() as browser:
            told = queue(browser, server)
            before, after = memory(browser, server, key, options.sessions)
            told["server anew"] = begun_anew(browser, Path(folder), server)
            slow = any(took >= MOST_MS for took in told.values())
            for name, took in told.items():
                print(f"queue of {options.documents}, {name:13}{took:9.0f} ms", flush=True)
            print(f"memory before {options.sessions} sessions{before:15.1f} MiB")
            each = (after - before) / options.sessions
            print(f"memory after{after:26.1f} MiB   {each:.2f} MiB each")
    return int(slow and options.check)


if __name__ == "__main__":
    sys.exit(main())
