"""Generated reports by the thousand through ``parcferme extract``: how fast, and in how much memory.

    python -m benchmarks.batch_scale [--reports 10000 100000] [--speed-up 2000] [--processes 2] [--model none]

First ``--speed-up`` reports by one process and by ``--processes``, in turns, for the ratio; then each number
of ``--reports``, in hundreds, by ``--processes``. Memory is that of all processes of the command together,
every half second: what they share counted for each of them (resident), and divided among them (proportional).
``--keep FOLDER`` keeps the reports for another time. Linux alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

from benchmarks.processes import proportional, resident, tree
from extractor.corpus.generator.report import generate

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "from extractor.cli.main import run; run()"
IN_ONE_FOLDER = 100
EACH = 0.5
ROUNDS = 3
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Measured:
    """One run.

    Attributes:
        reports: How many records it made.
        words: In all their texts.
        seconds: On the clock.
        resident: Most bytes that its processes held, what they share counted for each.
        proportional: The same, divided among them.
    """

    reports: int
    words: int
    seconds: float
    resident: int
    proportional: int

    def row(self, processes: int) -> str:
        """Return a line of the table."""
        return (
            f"{self.reports:>8} {processes:>9} {self.seconds:>9.1f} {self.reports / self.seconds:>8.1f}"
            f" {self.words / self.seconds:>8.0f} {self.resident / MIB:>9.0f} {self.proportional / MIB:>9.0f}"
        )


HEAD = " reports processes   seconds   docs/s  words/s  resident  proportional MiB"


def write_reports(folder: Path, count: int) -> None:
    """Write so many reports into folders, those that are there already left as they are."""
    starts = [start for start in range(0, count, IN_ONE_FOLDER) if not _is_full(folder, start, count)]
    with Pool() as pool:
        pool.starmap(_write, [(folder, start, min(IN_ONE_FOLDER, count - start)) for start in starts], 1)


def _is_full(folder: Path, start: int, count: int) -> bool:
    there = _folder(folder, start)
    return there.is_dir() and sum(1 for _ in there.iterdir()) >= min(IN_ONE_FOLDER, count - start)


def _folder(folder: Path, start: int) -> Path:
    return folder / f"{start // IN_ONE_FOLDER:05d}"


def _write(folder: Path, start: int, count: int) -> None:
    target = _folder(folder, start)
    target.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(generate(1, count, noise="mixed", start=start)):
        path = target / f"rapport-{start + number:07d}.txt"
        path.write_text(report.record.document.text, encoding="utf-8")


def measure(folder: Path, count: int, processes: int, arguments: Sequence[str]) -> Measured:
    """Extract the first so many reports of a folder into shards that are thrown away."""
    inputs = [str(_folder(folder, start)) for start in range(0, count, IN_ONE_FOLDER)]
    with tempfile.TemporaryDirectory(prefix="parcferme-scale-") as out:
        command = ["extract", *inputs, "-o", out, "--format", "jsonl.zst", "--processes", str(processes)]
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *command, *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        most_resident = most_proportional = 0
        while process.poll() is None:
            processes_now = tree(process.pid)
            most_resident = max(most_resident, resident(processes_now))
            most_proportional = max(most_proportional, proportional(processes_now))
            time.sleep(EACH)
        seconds = time.monotonic() - began
        if process.returncode:
            raise RuntimeError(f"ended with {process.returncode}")
        made, words = _told(Path(out))
    return Measured(made, words, seconds, most_resident, most_proportional)


def _told(out: Path) -> tuple[int, int]:
    """Return how many records and words the ledger of a folder has."""
    with sqlite3.connect(out / ".parcferme/jsonl.zst/ledger.sqlite") as ledger:
        made, words = ledger.execute(
            "SELECT count(*), sum(words) FROM document WHERE state = 'done'"
        ).fetchone()
    return int(made), int(words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch_scale", description=__doc__)
    parser.add_argument("--reports", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--speed-up", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--model", help="as with extract; without it, the shipped model")
    parser.add_argument("--keep", type=Path, help="a folder for the reports")
    options = parser.parse_args(arguments)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="parcferme-reports-"))
    extra = [] if options.model is None else ["--model", options.model]
    try:
        write_reports(folder, max([options.speed_up, *options.reports]))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n{HEAD}", flush=True)
        if options.speed_up:
            _speed_up(folder, options.speed_up, options.processes, extra)
        for count in options.reports:
            print(measure(folder, count, options.processes, extra).row(options.processes), flush=True)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)
    return 0


def _speed_up(folder: Path, count: int, processes: int, extra: Sequence[str]) -> None:
    best: dict[int, float] = {}
    for _ in range(ROUNDS):
        for several in (1, processes):
            measured = measure(folder, count, several, extra)
            print(measured.row(several), flush=True)
            best[several] = min(best.get(several, measured.seconds), measured.seconds)
    print(f"speed-up of {processes} processes over 1: {best[1] / best[processes]:.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
