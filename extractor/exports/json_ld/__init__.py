"""Records as JSON-LD, one file each: schema.org, the IPTC Sport Schema, and the evidence as Web Annotations.

The terms, and where they are defined, are in ``terms.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.exports.formats import ExportOptions
from extractor.exports.iris import reference_to
from extractor.exports.json_ld.graph import graph_of
from extractor.exports.json_text import one_to_a_line
from extractor.exports.names import FileNames
from extractor.exports.words import Words
from extractor.record import RaceRecord


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write a JSON-LD file for each record into the folder ``out`` and return how many.

    Setting: ``base``, the address under which the folder will be served. Without it, addresses are relative.
    """
    base = options.settings.get("base", "")
    names, words, count = FileNames(), Words(options.language), 0
    for record in records:
        name = names(record)
        address = f"{base.rstrip('/')}/{reference_to(name)}.jsonld" if base else ""
        graph = graph_of(record, address, words, options.identities(record))
        content = one_to_a_line(graph, "@graph")
        (out / f"{name}.jsonld").write_text(content, encoding="utf-8", newline="\n")
        count += 1
    return count
