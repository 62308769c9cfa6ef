"""Records for Label Studio: tasks with what was extracted as predictions, and the labelling interface.

The folder holds ``labelling.xml``, the interface to paste into a project's settings, and ``tasks.json`` (with
``tasks-2.json`` and so on where there are many), to be imported. Offsets in the tool's ``Text`` count code
points, as ours do.

Source: https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks and
https://labelstud.io/guide/predictions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from extractor.exports.annotation import scheme
from extractor.exports.annotation.marking import task_of
from extractor.exports.annotation.task import Region, Task
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

TASKS: Final = "tasks"
INTERFACE: Final = "labelling.xml"
TASKS_IN_A_FILE: Final = 2_000
"""The tool takes 250 MB at a time by default; a long report with all its marks takes 100 kB."""

LABEL: Final = "label"
TEXT: Final = "text"
VERDICT: Final = "verdict"
VERDICTS: Final = ("accept", "reject")
SCORE: Final = "score"


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:  # noqa: ARG001 - the frame's
    """Write tasks and the labelling interface into the folder ``out`` and return how many tasks."""
    (out / INTERFACE).write_text(interface(), encoding="utf-8", newline="\n")
    waiting = iter(records)
    count = number = 0
    while some := list(islice(waiting, 1)):
        number += 1
        name = f"{TASKS}.json" if number == 1 else f"{TASKS}-{number}.json"
        count += _write(out / name, _of(some, islice(waiting, TASKS_IN_A_FILE - 1)))
    return count


def _of(first: list[RaceRecord], others: Iterator[RaceRecord]) -> Iterator[RaceRecord]:
    yield from first
    yield from others


def _write(file: Path, records: Iterable[RaceRecord]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records:
            stream.write("[\n" if count == 0 else ",\n")
            # Escaped, so that half characters that an old file left in a text go through too.
            stream.write(json.dumps(task(record)))
            count += 1
        stream.write("\n]\n")
    return count


def task(record: RaceRecord) -> dict[str, Any]:
    """Return the task of a record: its text, and what was extracted as one prediction."""
    shown = task_of(record)
    prediction: dict[str, Any] = {"model_version": record.format, "result": list(_results(shown))}
    sure = [fact.confidence for fact in record.facts()]
    if sure:  # the tool sorts by it: the least sure first
        prediction[SCORE] = round(sum(sure) / len(sure), 4)
    told = {"source": shown.source} if shown.source is not None else {}
    return {"data": {TEXT: shown.text, **told, **shown.told()}, "predictions": [prediction]}


def _results(shown: Task) -> Iterator[dict[str, Any]]:
    for region in shown.regions:
        yield _region(region)
    for link in shown.links:
        yield {
            "type": "relation",
            "from_id": link.head,
            "to_id": link.tail,
            "direction": "right",
            "labels": [link.label],
        }


def _region(region: Region) -> dict[str, Any]:
    value = {"start": region.start, "end": region.end, "text": region.text, "labels": [region.label]}
    told = {"id": region.id, "from_name": LABEL, "to_name": TEXT, "type": "labels", "value": value}
    return {**told, "meta": {"text": [region.caption]}} if region.caption else told


def interface() -> str:
    """Return the labelling interface as the tool's XML."""
    view = Element("View")
    labels = SubElement(view, "Labels", name=LABEL, toName=TEXT, choice="single", showInline="true")
    for name, label in scheme.LABELS.items():
        SubElement(labels, "Label", value=name, background=scheme.COLOURS[label.part])
    links = SubElement(view, "Relations")
    for name in scheme.LINKS:
        SubElement(links, "Relation", value=name)
    SubElement(view, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol", saveTextResult="yes")
    verdict = SubElement(view, "Choices", name=VERDICT, toName=TEXT, choice="single", showInline="true")
    for name in VERDICTS:
        SubElement(verdict, "Choice", value=name)
    indent(view)
    return tostring(view, encoding="unicode") + "\n"
