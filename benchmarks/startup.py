"""How long the command line takes to answer, and what it imports for it.

    python -m benchmarks.startup [--rounds 7] [--check]

Every run is a new process with a warm disk cache. The seconds are the product's targets on a quiet machine,
and the table says whether they are kept. ``--check`` goes by the ratio instead: a command takes turns with a
reference, a process that imports the libraries the command cannot do without, and may take only so many times
the reference's processor time. So a busy or slow machine fails nothing, and a command that does more does.
"""

from __future__ import annotations

import argparse
import os
import resource
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
COMMAND = "from extractor.cli.main import run; run()"
# Libraries have their bytecode from their installation. With this variable set, the command alone would be
# compiled anew in every process, which no user's is.
_WITHOUT_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_TYPER = "import typer, json, tomllib"
_TYPER_PYDANTIC = "import typer, json, tomllib, pydantic.fields"
_SPACY = """
from extractor.pipeline.language import lean_import
with lean_import():
    import typer, spacy
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A command and what it may cost.

    Attributes:
        arguments: What follows the program's name.
        target: Seconds that it is to take at most on a quiet machine.
        reference: Python that imports what the command cannot do without.
        limit: Times the reference's processor time that it may take on any machine.
        never: What it must not import.
    """

    arguments: tuple[str, ...]
    target: float
    reference: str
    limit: float
    never: tuple[str, ...]


# Measured in turns, quiet and beside two busy processes: 1.28 to 1.59, 1.11 to 1.50, 1.90 to 2.20. With numpy
# imported as well, the first two are 3.2 and 2.2. What costs less, such as rich, is told by ``never`` alone.
CASES = {
    "--help": Case(("--help",), 0.25, _TYPER, 1.9, HEAVY),
    # Typer uses pydantic itself to read the options that come before a command.
    "extract --help": Case(
        ("extract", "--help"), 0.25, _TYPER_PYDANTIC, 1.9, tuple(set(HEAVY) - {"pydantic"})
    ),
    "extract, cold": Case(("extract", str(SAMPLE)), 1.5, _SPACY, 2.7, ("torch", "transformers", "streamlit")),
}

_REPORT_IMPORTS = """
import sys
from extractor.cli.main import main
status = main(sys.argv[2:])
print(*sorted(set(sys.argv[1].split(",")) & set(sys.modules)), sep=",", file=sys.stderr)
sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A command beside its reference: seconds on the clock, and of processor time."""

    wall: list[float]
    processor: list[float]
    reference: list[float]

    @property
    def ratio(self) -> float:
        """The best of the command by the best of the reference: noise only ever adds."""
        return min(self.processor) / min(self.reference)


def measure(case: Case, rounds: int) -> Measured:
    """Run a command and its reference in turns, in new processes."""
    command, reference = ["-c", COMMAND, *case.arguments], ["-c", case.reference]
    for code in (command, reference):
        _python(*code)  # warms the disk cache and writes the bytecode
    pairs = [(_seconds(command), _seconds(reference)) for _ in range(rounds)]
    return Measured(
        [wall for (wall, _), _ in pairs],
        [processor for (_, processor), _ in pairs],
        [processor for _, (_, processor) in pairs],
    )


def imported(case: Case, names: Sequence[str] = HEAVY) -> set[str]:
    """Return which of the modules the command has imported when it is done."""
    done = _python("-c", _REPORT_IMPORTS, ",".join(names), *case.arguments)
    return set(done.stderr.splitlines()[-1].split(",")) - {""}


def _seconds(arguments: Sequence[str]) -> tuple[float, float]:
    """Return how long a process takes on the clock, and of processor time."""
    began, spent = time.perf_counter(), _processor_time()
    _python(*arguments)
    return time.perf_counter() - began, _processor_time() - spent


def _processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != _WITHOUT_BYTECODE},
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 where ``--check`` was asked for and a ratio or an import is too much."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    kept = True
    print("command            best  median  target kept  ratio limit  imports")
    for name, case in CASES.items():
        measured, found = measure(case, options.rounds), imported(case)
        kept &= measured.ratio <= case.limit and not found & set(case.never)
        best, median = min(measured.wall), statistics.median(measured.wall)
        seconds = (
            f"{best:6.3f}s {median:6.3f}s {case.target:6.2f}s {'yes' if best <= case.target else 'no':4}"
        )
        ratios = f"{measured.ratio:6.2f} {case.limit:5.2f}"
        print(f"{name:15} {seconds} {ratios}  {', '.join(sorted(found)) or '-'}", flush=True)
    return 0 if kept or not options.check else 1


if __name__ == "__main__":
    sys.exit(main())
