"""Records for doccano: sequence labelling with relations, as JSON Lines.

The folder holds ``documents.jsonl``, to be imported as a dataset, and the label sets ``span-labels.json`` and
``relation-labels.json``. Offsets count code points, as ours do. In the project "Allow overlapping spans" and
"Use relation labeling" have to be on.

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
    if not links:
        return {
            "text": shown.text,
            "label": [[r.start, r.end, r.label] for r in shown.regions],
            **shown.told(),
        }
    number = {region.id: n for n, region in enumerate(shown.regions)}
    entities = [
        {"id": number[r.id], "start_offset": r.start, "end_offset": r.end, "label": r.label}
        for r in shown.regions
    ]
    relations = [
        {"id": n, "from_id": number[link.head], "to_id": number[link.tail], "type": link.label}
        for n, link in enumerate(shown.links)
    ]
    return {"text": shown.text, "entities": entities, "relations": relations, **shown.told()}


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
