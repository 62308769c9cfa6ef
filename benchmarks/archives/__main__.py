"""Render, read back, compare, and write down how well it went: ``python -m benchmarks.archives --help``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.archives.boxes import boxes_by_format, draw
from benchmarks.archives.choice import choose
from benchmarks.archives.compare import Compared, compare, summary, table, write_differences
from benchmarks.archives.cost import long_cost, speed
from benchmarks.archives.render import FORMATS, Rendering, render

OUT = Path("build") / "archives"
PARTS = ("compare", "boxes", "speed", "long")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write ``figures.json``, ``table.md`` and ``differences.txt``; 1 where a bound is missed."""
    options = _options(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    renderings = render(choose(options.reports), options.formats, options.out)
    figures: dict[str, Any] = {"reports": options.reports, "model": options.model}
    for shown in _measured(renderings, figures, options):  # written down as they come: some take long
        (options.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
        print(shown, flush=True)
    (options.out / "table.md").write_text(_tables(figures), encoding="utf-8")
    return 0 if all(_is_kept(one) for one in figures.get("formats", {}).values()) else 1


def _measured(
    renderings: list[Rendering], figures: dict[str, Any], options: argparse.Namespace
) -> Iterator[str]:
    """Add the figures of each part that is wanted, and yield what to show of them."""
    if {"compare", "boxes"} & set(options.parts):
        compared = compare(renderings, options.model)
        figures["formats"] = summary(compared)
        write_differences(compared, options.out / "differences.txt")
        yield table(figures["formats"])
        if "boxes" in options.parts:
            figures["boxes"] = boxes_by_format(renderings, compared)
            yield _boxes_table(figures["boxes"])
        if options.pictures:
            _draw(renderings, compared, options.out / "pictures")
    if "speed" in options.parts:
        figures["speed"] = speed(renderings, options.model)
        yield json.dumps(figures["speed"], indent=1)
    if "long" in options.parts:
        figures["long"] = long_cost(options.out / "long", options.model)
        yield json.dumps(figures["long"], indent=1)


def _draw(renderings: list[Rendering], compared: list[Compared], folder: Path) -> None:
    records = {(one.name, one.format): one.record for one in compared}
    for one in renderings:
        record = records[one.report.name, one.format]
        if one.pdf is not None and record is not None:
            draw(one, record, folder)


def _tables(figures: dict[str, Any]) -> str:
    shown = table(figures["formats"]) if "formats" in figures else ""
    if "boxes" in figures:
        shown += "\n" + _boxes_table(figures["boxes"])
    for part in ("speed", "long"):
        if part in figures:
            shown += f"\n{part}\n\n" + json.dumps(figures[part], indent=1) + "\n"
    return shown


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archives", description=__doc__)
    parser.add_argument("--reports", type=int, default=30)
    parser.add_argument("--formats", default=",".join(FORMATS), help="of " + ", ".join(FORMATS))
    parser.add_argument("--parts", default="compare,boxes", help="of " + ", ".join(PARTS))
    parser.add_argument("--out", type=Path, default=OUT, help="folder; files that are there are used again")
    parser.add_argument("--model", help="folder of a model, or none")
    parser.add_argument("--pictures", action="store_true", help="draw the boxes on the pages")
    options = parser.parse_args(arguments)
    for name, known in (("formats", FORMATS), ("parts", PARTS)):
        chosen = getattr(options, name).split(",")
        if unknown := set(chosen) - set(known):
            parser.error(f"no such {name}: {', '.join(sorted(unknown))}")
        setattr(options, name, chosen)
    return options


def _is_kept(one: dict[str, Any]) -> bool:
    return one["f1"] is None or one["f1"] >= one["bound"]


def _boxes_table(figures: dict[str, Any]) -> str:
    rows = [
        "| format | files | spans | over 0.5 | mean overlap | unjudged | without |",
        "|---|" + "---:|" * 6,
    ]
    for fmt, one in figures.items():
        shares = (f"{one[key]:.3f}" if one[key] is not None else "–" for key in ("covering", "mean_overlap"))
        cells = (fmt, one["files"], one["spans"], *shares, one["unjudged"], one["without"])
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
