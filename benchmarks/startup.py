"""How long the command line takes to answer, and what it imports for it.

    python -m benchmarks.startup [--runs 7] [--check]

Every run is a new process with a warm disk cache. ``--check`` fails where a limit is exceeded: the best of
the runs counts, so that a busy machine does not fail a fast program.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "examples" / "val-de-brume.txt"
HEAVY = ("torch", "transformers", "streamlit", "spacy", "thinc", "numpy", "pydantic", "rich")


@dataclass(frozen=True, slots=True)
class Case:
    """A command, how long it may take at most (seconds), and what it must not import."""

    arguments: tuple[str, ...]
    limit: float
    never: tuple[str, ...]


CASES = {
    "--help": Case(("--help",), 0.25, HEAVY),
    # Typer uses pydantic itself to read the options that come before a command.
    "extract --help": Case(("extract", "--help"), 0.25, tuple(set(HEAVY) - {"pydantic"})),
    "extract, cold": Case(("extract", str(SAMPLE)), 1.5, ("torch", "transformers", "streamlit")),
}

_REPORT_IMPORTS = """
import sys
from extractor.cli.main import main
status = main(sys.argv[2:])
print(*sorted(set(sys.argv[1].split(",")) & set(sys.modules)), sep=",", file=sys.stderr)
sys.exit(status)
"""


def seconds(case: Case, runs: int) -> list[float]:
    """Return how long each run takes, in new processes."""
    command = [sys.executable, "-c", "from extractor.cli.main import run; run()", *case.arguments]
    _run(command)  # warms the disk cache and writes the bytecode
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        _run(command)
        taken.append(time.perf_counter() - started)
    return taken


def imported(case: Case, names: Sequence[str] = HEAVY) -> set[str]:
    """Return which of the modules the command has imported when it is done."""
    done = _run([sys.executable, "-c", _REPORT_IMPORTS, ",".join(names), *case.arguments])
    return set(done.stderr.splitlines()[-1].split(",")) - {""}


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 where ``--check`` was asked for and a limit is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    kept = True
    print(f"{'command':18} {'best':>7} {'median':>7} {'limit':>7}  imports")
    for name, case in CASES.items():
        taken = seconds(case, options.runs)
        found = imported(case)
        kept &= min(taken) <= case.limit and not found & set(case.never)
        figures = f"{min(taken):6.3f}s {statistics.median(taken):6.3f}s {case.limit:6.2f}s"
        print(f"{name:18} {figures}  {', '.join(sorted(found)) or '-'}", flush=True)
    return 0 if kept or not options.check else 1


if __name__ == "__main__":
    sys.exit(main())
