"""Records as the tables that ``parcferme show`` prints, one after the other in a text file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from extractor.exports.formats import ExportOptions
from extractor.exports.table import render_table
from extractor.record import RaceRecord

_WIDTH = 110


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write the tables of all records into the file ``out`` and return of how many."""
    count = 0
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        console = Console(file=stream, highlight=False, width=_WIDTH, no_color=True, force_terminal=False)
        for record in records:
            if count:
                stream.write("\n")
            render_table(record, console, options.language)
            count += 1
    return count
