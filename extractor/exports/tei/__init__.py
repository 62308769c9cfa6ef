"""Records as TEI P5, one file each: the text whole, with names and speech marked up, and the facts beside it.

The Guidelines: https://tei-c.org/release/doc/tei-p5-doc/en/html/. What is where, and why:
``docs/decisions/0018-exports.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.exports.formats import ExportOptions
from extractor.exports.names import FileNames
from extractor.record import RaceRecord


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write a TEI file for each record into the folder ``out`` and return how many."""
    from extractor.exports.tei.document import tei

    names, count = FileNames(), 0
    for record in records:
        (out / f"{names(record)}.xml").write_bytes(tei(record, options.language, options.identities(record)))
        count += 1
    return count
