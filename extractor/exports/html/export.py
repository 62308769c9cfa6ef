"""Records as pages, one file each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.exports.formats import ExportOptions
from extractor.exports.html.page import render_html
from extractor.exports.names import FileNames
from extractor.record import RaceRecord


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write a page for each record into the folder ``out`` and return how many."""
    names, count = FileNames(), 0
    for record in records:
        page = render_html(record, options.language)
        (out / f"{names(record)}.html").write_text(page, encoding="utf-8", newline="\n")
        count += 1
    return count
