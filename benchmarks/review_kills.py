"""The review desk's store, killed in the middle of saving: nothing that was said to be saved is lost.

    python -m benchmarks.review_kills [--rounds 200]

The same as ``tests/unit/review/store/test_store_killed.py``, which does it less often: in SQLite and, where
it is installed, in PostgreSQL, and with a PostgreSQL server that crashes. Ends with pytest's status.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

TESTS = (
    Path(__file__).resolve().parent.parent / "tests" / "unit" / "review" / "store" / "test_store_killed.py"
)


def main() -> int:
    """Run the tests so many times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    environment = {**os.environ, "PARCFERME_KILLS": str(options.rounds)}
    command = [sys.executable, "-m", "pytest", "-m", "", "--durations=5", str(TESTS)]
    return subprocess.run(command, env=environment, cwd=TESTS.parents[4], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
