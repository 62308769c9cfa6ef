"""How fast the document page answers a key, with 400 facts.

    python -m benchmarks.review_page [--facts 400] [--presses 40]

Starts the app on a database of its own with one invented report, opens it in Chromium and presses keys as a
reviewer does. Told are medians and 95th percentiles in milliseconds, from the press of the key

- ``next``: to the picture in which the next fact is lit;
- ``marked``: to the picture in which an accepted fact is marked;
- ``saved``: to the words that everything is saved, which stand there only once it has been committed.

Needs the extra ``app``, playwright, and a Chromium on the path.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from extractor.record import RaceRecord

ROOT = Path(__file__).resolve().parent.parent
LIMIT_MS = 300.0
_PER_SESSION = 40
_GIVEN = (
    "Anatole",
    "Blaise",
    "Corentin",
    "Damien",
    "Édouard",
    "Firmin",
    "Gaspard",
    "Hilaire",
    "Isidore",
    "Jules",
)
_FAMILIES = ("Vauquelin", "Tréguier", "d'Arbois", "Lestrade", "Montfort", "Quéré")
_WATCH = """
() => {
  window.times = { next: [], marked: [], saved: [] };
  let began = 0, kind = null;
  window.addEventListener("keydown", (event) => {
    began = event.timeStamp;
    kind = event.key === "a" ? "marked" : "next";
    // The second frame begins when the first has been drawn.
    const drawn = () => window.times[kind].push(performance.now() - began);
    requestAnimationFrame(() => requestAnimationFrame(drawn));
  }, true);
  const saving = document.querySelector(".desk .saving");
  new MutationObserver(() => {
    if (saving.dataset.state === "saved") window.times.saved.push(performance.now() - began);
  }).observe(saving, { attributes: true, attributeFilter: ["data-state"] });
}
"""


class _Writer:
    """A text that grows, and the record of what it says."""

    def __init__(self) -> None:
        self.text = ""
        self.parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._drivers: dict[str, dict[str, Any]] = {}

    def write(self, words: str) -> list[dict[str, Any]]:
        """Write on; return the evidence that these words are."""
        start = len(self.text)
        self.text += words
        return [{"start": start, "end": start + len(words), "text": words}]

    def mention(self, name: str) -> str:
        """Write a driver's name; return the driver's id."""
        evidence = self.write(name)
        if name not in self._drivers:
            self._drivers[name] = {"id": f"d{len(self._drivers)}", "name": name, "mentions": []}
            self.parts["drivers"].append(self._drivers[name])
        self._drivers[name]["mentions"] += evidence
        return str(self._drivers[name]["id"])

    def session(self, number: int) -> None:
        """Begin a race."""
        self.write("\n\n")
        evidence = self.write(f"Course {number + 1}")
        session = {"id": f"s{number}", "kind": "race", "label": evidence[0]["text"], "evidence": evidence}
        self.parts["sessions"].append(session)
        self.write(" : ")

    def fact(self, number: int, name: str, shared: dict[str, Any]) -> None:
        """Write a sentence with one fact: every second is a result, the others take turns."""
        driver = self.mention(name)
        if number % 2 == 0:
            place = number % _PER_SESSION // 2 + 1
            self.write(" se classe ")
            part, fact = "results", {"kind": "final", "position": place, "drivers": [driver]}
            evidence = self.write(f"{place}e")
        elif number % 6 == 1:
            self.write(" engage ")
            part, fact = "entries", {"drivers": [driver], "number": str(number)}
            evidence = self.write(f"la #{number}")
        elif number % 6 == 3:
            self.write(" part en ")
            part, fact = "incidents", {"type": "spin", "participants": [{"driver": driver, "text": name}]}
            evidence = self.write("tête-à-queue")
        else:
            said = f"La voiture était parfaite au tour {number}"
            self.write(" sourit : « ")
            part, fact = "quotes", {"text": said, "speaker": driver}
            evidence = self.write(said)
            self.write(" »")
        self.parts[part].append({"id": f"{part[0]}{number}", **shared, **fact, "evidence": evidence})
        self.write(". ")


def invented_record(facts: int = 400) -> RaceRecord:
    """Return a record with so many facts, half of them results, the rest entries, incidents and quotes."""
    writer = _Writer()
    names = [f"{first} {last}" for last in _FAMILIES for first in _GIVEN]
    for number in range(facts):
        race, first = divmod(number, _PER_SESSION)
        if first == 0:
            writer.session(race)
        shared = {"session": f"s{race}", "confidence": round(0.3 + number * 0.7 / facts, 3)}
        writer.fact(number, names[number % len(names)], shared)
    text = writer.text
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = {"id": "invented", "sha256": sha256, "title": "Grand meeting", "text": text}
    coverage = {"characters": len(text), "characters_read": len(text)}
    return RaceRecord.model_validate({"document": document, "coverage": coverage, **writer.parts})


def chromium() -> str | None:
    """Return where Chromium is, ``None`` where there is none."""
    found = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), None)


@contextmanager
def served(database: str, reviewer: str = "Camille Aubert") -> Iterator[str]:
    """Serve the app on a free port of this machine; give its address.

    Args:
        database: Address of its database.
        reviewer: Who sits there.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.port": port, "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false", "server.fileWatcherType": "none",
        "client.toolbarMode": "minimal",
    }  # fmt: skip
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    environment = {
        **os.environ, "PARCFERME_DB": database, "PARCFERME_REVIEWER": reviewer, "PARCFERME_LANG": "fr",
        "PYTHONPATH": str(ROOT), "HOME": tempfile.gettempdir(),
    }  # fmt: skip
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=quiet, stderr=quiet) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def measure(facts: int, presses: int) -> dict[str, list[float]]:
    """Return the milliseconds of each press by kind."""
    from playwright.sync_api import sync_playwright

    from extractor.review.store import Store

    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/review.db"
        with Store.open(database) as store:
            key = store.add_document(invented_record(facts), model="invented").key
            store.summarise_all()
        with served(database) as address, sync_playwright() as playwright:
            flags = ["--no-sandbox", "--disable-dev-shm-usage"]
            browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{address}/document?key={key}")
            page.wait_for_selector(".desk .seg", timeout=60_000)
            page.wait_for_timeout(1500)
            page.evaluate(_WATCH)
            for _ in range(presses):
                page.keyboard.press("j")
                page.wait_for_timeout(120)
            for _ in range(presses):
                page.keyboard.press("n")
                page.wait_for_timeout(120)
                page.keyboard.press("a")
                page.wait_for_function("document.querySelector('.desk .saving').dataset.state === 'saved'")
            times: dict[str, list[float]] = page.evaluate("window.times")
            browser.close()
    return times


def main() -> int:
    """Run the benchmark; the status is 1 where a key was answered later than it may be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--facts", type=int, default=400)
    parser.add_argument("--presses", type=int, default=40)
    options = parser.parse_args()
    times = measure(options.facts, options.presses)
    worst = 0.0
    for kind, taken in times.items():
        high = quantiles(taken, n=20)[-1]
        if kind != "saved":
            worst = max(worst, high)
        told = f"median {median(taken):6.1f} ms   95th {high:6.1f} ms   most {max(taken):6.1f} ms"
        print(f"{kind:7} {told}   ({len(taken)})")
    return 0 if worst < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
