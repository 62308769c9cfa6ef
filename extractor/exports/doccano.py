"""Records for doccano: sequence labelling with relations, as JSON Lines.

The folder holds ``documents.jsonl``, to be imported as a dataset, and the label sets ``span-labels.json`` and
``relation-labels.json``. In the project "Allow overlapping spans" and "Use relation labeling" have to be on.

Offsets count UTF-16 code units: the tool's page shows spans at, and takes them from, places in a JavaScript
string, unless the project counts grapheme clusters. Lines say so (``parcferme_offsets``).

The setting ``links`` is ``no`` for projects without relations: lines then have a list of ``label`` instead.

Source: the importing and exporting parts of https://github.com/doccano/doccano.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from extractor.exports.annotation import scheme
from extractor.exports.annotation.marking import task_of
from extractor.exports.annotation.offsets import Units
from extractor.exports.annotation.task import OFFSETS
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

DOCUMENTS: Final = "documents.jsonl"
SPAN_LABELS: Final = "span-labels.json"
RELATION_LABELS: Final = "relation-labels.json"
_KEYS: Final = (
    "driver",
    "team",
    "session.race",
    "result.final",
    "result.grid",
    "incident.collision",
    "incident.retirement",
)
LINKS: Final = "links"
UTF_16: Final = "utf-16"
_LINK_COLOUR: Final = "#555555"


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write documents and label sets into the folder ``out`` and return how many documents."""
    _write(out / SPAN_LABELS, list(_span_labels()))
    _write(out / RELATION_LABELS, [_label(name, _LINK_COLOUR) for name in scheme.LINKS])
    count, links = 0, options.settings.get(LINKS, "yes") == "yes"
    with (out / DOCUMENTS).open("w", encoding="utf-8", newline="\n") as stream:
        for count, record in enumerate(records, 1):  # noqa: B007 - it is returned
            stream.write(json.dumps(example(record, links=links)) + "\n")
    return count


def example(record: RaceRecord, *, links: bool = True) -> dict[str, Any]:
    """Return one line: a text with its entities and relations, which count their ids within it."""
    shown = task_of(record)
    units, told = Units(shown.text), {**shown.told(), OFFSETS: UTF_16}
    places = {region.id: (units.of(region.start), units.of(region.end)) for region in shown.regions}
    if not links:
        listed = [[*places[region.id], region.label] for region in shown.regions]
        return {"text": shown.text, "label": listed, **told}
    number = {region.id: n for n, region in enumerate(shown.regions)}
    entities = [
        {"id": n, "start_offset": places[one.id][0], "end_offset": places[one.id][1], "label": one.label}
        for n, one in enumerate(shown.regions)
    ]
    relations = [
        {"id": n, "from_id": number[link.head], "to_id": number[link.tail], "type": link.label}
        for n, link in enumerate(shown.links)
    ]
    return {"text": shown.text, "entities": entities, "relations": relations, **told}


def _span_labels() -> Iterator[dict[str, Any]]:
    """Yield the labels as the tool imports them; the most frequent have a figure as key."""
    for name, label in scheme.LABELS.items():
        key = str(_KEYS.index(name) + 1) if name in _KEYS else None
        yield _label(name, scheme.COLOURS[label.part], key)


def _label(name: str, colour: str, key: str | None = None) -> dict[str, Any]:
    return {
        "text": name,
        "prefix_key": None,
        "suffix_key": key,
        "background_color": colour,
        "text_color": "#ffffff",
    }


def _write(file: Path, labels: list[dict[str, Any]]) -> None:
    file.write_text(json.dumps(labels, indent=2) + "\n", encoding="utf-8", newline="\n")
