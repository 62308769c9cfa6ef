"""Render, read back, compare, and write down how well it went: ``python -m benchmarks.archives --help``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.archives.choice import choose
from benchmarks.archives.compare import compare, summary, table, write_differences
from benchmarks.archives.render import FORMATS, render

OUT = Path("build") / "archives"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write ``figures.json``, ``table.md`` and ``differences.txt``; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archives", description=__doc__)
    parser.add_argument("--reports", type=int, default=30)
    parser.add_argument("--formats", default=",".join(FORMATS), help="of " + ", ".join(FORMATS))
    parser.add_argument("--out", type=Path, default=OUT, help="folder; files that are there are used again")
    parser.add_argument("--model", help="folder of a model, or none")
    options = parser.parse_args(arguments)
    formats = options.formats.split(",")
    if unknown := set(formats) - set(FORMATS):
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    renderings = render(choose(options.reports), formats, options.out)
    compared = compare(renderings, options.model)
    figures = {"reports": options.reports, "model": options.model, "formats": summary(compared)}
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    write_differences(compared, options.out / "differences.txt")
    shown = table(figures["formats"])
    (options.out / "table.md").write_text(shown, encoding="utf-8")
    print(shown)
    missed = [fmt for fmt, one in figures["formats"].items() if (one["f1"] or 0) < one["bound"]]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
