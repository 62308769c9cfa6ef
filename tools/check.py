"""The one check: style, types, import contracts and tests.

``python -m tools.check`` runs everything but the slow tests, ``--all`` those too, ``--quick`` no test at
all; further arguments go to pytest. Every step runs, even after one has failed, and the exit status is 0
only where all have passed. pre-commit and ``.ci/run`` call this very command.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_AT_ONCE = 4  # each takes up to 2 GB where it trains
NOTHING_TO_TEST = 5  # pytest's status; among the tests that were named, none may measure, or all

# import-linter has no ``__main__``, so it is called the way its own script calls it.
_LINT_IMPORTS = """
import sys
from importlinter.cli import lint_imports_command
sys.exit(lint_imports_command(["--no-logo"]))
"""

STATIC_STEPS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import contracts": ["-c", _LINT_IMPORTS],
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks and return the exit status: 0 where all passed, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tools.check", description=__doc__)
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--all", action="store_true", help="run the slow tests too")
    scope.add_argument("--quick", action="store_true", help="run no tests")
    options, pytest_arguments = parser.parse_known_args(arguments)

    steps = dict(STATIC_STEPS)
    if not options.quick:
        steps |= _test_steps(pytest_arguments, is_slow_too=options.all)
    failed = [name for name, step in steps.items() if not _passes(name, step)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed", flush=True)
    return 1 if failed else 0


def _test_steps(arguments: Sequence[str], *, is_slow_too: bool) -> dict[str, list[str]]:
    """Return the tests file by file on several cores, then those that measure, with nothing beside them."""
    pytest, speed = ["-m", "pytest"], "" if is_slow_too else " and not slow"
    # Files stay whole, for what they set up is costly, and in order: those that take longest come first.
    together = [
        "-n",
        "auto",
        f"--maxprocesses={MOST_AT_ONCE}",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]
    return {
        "pytest": [*pytest, *together, "-m", f"not alone{speed}", *arguments],
        "pytest, one by one": [*pytest, "-m", f"alone{speed}", *arguments],
    }


def _passes(name: str, step: list[str]) -> bool:
    print(f"\n── {name}", flush=True)
    started = time.monotonic()
    status = subprocess.run([sys.executable, *step], cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    print(f"   {time.monotonic() - started:.1f} s", flush=True)
    return status.returncode in (0, NOTHING_TO_TEST)


if __name__ == "__main__":
    sys.exit(main())
