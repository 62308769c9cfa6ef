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
        slow = ["-m", ""] if options.all else []
        steps["pytest"] = ["-m", "pytest", *slow, *pytest_arguments]
    failed = [name for name, step in steps.items() if not _passes(name, step)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed", flush=True)
    return 1 if failed else 0


def _passes(name: str, step: list[str]) -> bool:
    print(f"\n── {name}", flush=True)
    started = time.monotonic()
    status = subprocess.run([sys.executable, *step], cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    print(f"   {time.monotonic() - started:.1f} s", flush=True)
    return status.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
