"""Somebody who annotates in a tool: takes an export, changes it, and exports it again as the tool does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.errors import RecordError
from extractor.exports import doccano, label_studio, prodigy
from extractor.exports.annotation.marking import task_of
from extractor.exports.annotation.offsets import Units
from extractor.exports.annotation.scheme import View
from extractor.exports.annotation.task import Link, Mark, Region, Returned, Task
from extractor.record import RaceRecord
from extractor.review.annotated import Outcome
from extractor.review.annotated.bringing import bring, reader_of
from extractor.review.annotated.desk import Signature
from extractor.review.apply import apply, text_sha256

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Annotator:
    """What somebody sees, and does to it."""

    record: RaceRecord
    view: View = "spans"
    marks: dict[str, Mark] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.task: Task = task_of(self.record, self.view)
        self.marks = {r.id: Mark(r.id, r.label, r.start, r.end, r.text) for r in self.task.regions}
        self.links = list(self.task.links)

    def of(self, owner: str, index: int = 0) -> str:
        """Return the id of a thing's mark."""
        return next(r.id for r in self.task.regions if (r.owner, r.index) == (owner, index))

    def remove(self, mark: str) -> None:
        """Take a mark away; the tools take its links, too."""
        del self.marks[mark]
        self.links = [link for link in self.links if mark not in (link.head, link.tail)]

    def add(self, label: str, words: str, nth: int = 0) -> str:
        """Mark the nth place of some words; return the mark's id."""
        text, start = self.record.document.text, -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        name = f"new{len(self.marks)}"
        self.marks[name] = Mark(name, label, start, start + len(words), words)
        return name

    def move(self, mark: str, start: int, end: int) -> None:
        """Draw a mark longer or shorter."""
        words = self.record.document.text[start:end]
        self.marks[mark] = replace(self.marks[mark], start=start, end=end, text=words)

    def relabel(self, mark: str, label: str) -> None:
        """Give a mark another label."""
        self.marks[mark] = replace(self.marks[mark], label=label)

    def link(self, head: str, label: str, tail: str) -> None:
        """Draw a link."""
        self.links.append(Link(head, tail, label))

    def unlink(self, head: str, label: str | None = None, tail: str | None = None) -> None:
        """Take links away."""
        self.links = [
            one
            for one in self.links
            if not (one.head == head and label in (None, one.label) and tail in (None, one.tail))
        ]

    def exported(self, tool: str) -> dict[str, Any]:
        """Return the document as the tool exports it."""
        return {"label-studio": in_label_studio, "doccano": in_doccano, "prodigy": in_prodigy}[tool](self)

    def returned(self, tool: str, folder: Path) -> Returned:
        """Return what is read of the tool's export."""
        (one,) = read_back(tool, [self.exported(tool)], folder)
        assert isinstance(one, Returned)
        return one

    def brought(self, tool: str, folder: Path) -> Outcome:
        """Return what becomes of the record."""
        return brought(self.record, self.returned(tool, folder))


def brought(record: RaceRecord, *returned: Returned, reviewer: str | None = "Ana") -> Outcome:
    """Return what becomes of a record."""
    signature = Signature(record.document.id, text_sha256(record), "?", NOON)
    return bring(apply(record, ()), list(returned), signature, reviewer)


def read_back(tool: str, lines: list[Any], folder: Path) -> list[Returned | RecordError]:
    """Return what is read of a tool's file."""
    file = folder / "export.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return list(reader_of(tool)(file))


def in_label_studio(one: Annotator) -> dict[str, Any]:
    """Return a task with an annotation; ids of regions are kept, new ones are the tool's."""
    results: list[dict[str, Any]] = [
        {
            "id": m.id,
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "value": {"start": m.start, "end": m.end, "text": m.text, "labels": [m.label]},
        }
        for m in one.marks.values()
    ]
    results += [
        {"type": "relation", "from_id": a.head, "to_id": a.tail, "direction": "right", "labels": [a.label]}
        for a in one.links
    ]
    annotation = {"id": 3, "completed_by": 7, "was_cancelled": False, "result": results}
    annotation |= {"created_at": "2026-11-23T09:00:00.5Z", "updated_at": "2026-11-23T12:00:00Z"}
    return {"id": 1, "data": label_studio.task(one.record)["data"], "annotations": [annotation]}


def in_doccano(one: Annotator) -> dict[str, Any]:
    """Return a line; the tool gives ids of its own."""
    units = Units(one.record.document.text)
    number = {mark: n + 40 for n, mark in enumerate(sorted(one.marks))}
    entities = [
        {
            "id": number[m.id],
            "label": m.label,
            "start_offset": units.of(m.start),
            "end_offset": beyond(units, m.end),
        }
        for m in sorted(one.marks.values(), key=lambda m: m.id)
    ]
    relations = [
        {"id": n, "from_id": number[a.head], "to_id": number[a.tail], "type": a.label}
        for n, a in enumerate(one.links)
    ]
    told = {k: v for k, v in doccano.example(one.record).items() if k.startswith("parcferme")}
    text = one.record.document.text
    return {"id": 9, "text": text, **told, "entities": entities, "relations": relations, "Comments": []}


def beyond(units: Units, offset: int) -> int:
    """Return a place in code units, behind the text's end too."""
    try:
        return units.of(offset)
    except IndexError:
        return offset


def in_prodigy(one: Annotator) -> dict[str, Any]:
    """Return a line that was accepted."""
    line = prodigy.task(one.record, one.view)
    regions = [Region(m.id, m.label, m.start, m.end, m.text or "", "", 0) for m in one.marks.values()]
    tokens = prodigy.tokens(one.task.text, regions)
    first, last = {t["start"]: t["id"] for t in tokens}, {t["end"]: t["id"] for t in tokens}
    spans = {
        r.id: {"start": r.start, "end": r.end, "token_start": first[r.start], "token_end": last[r.end], "label": r.label}
        for r in regions
    }  # fmt: skip
    line |= {"tokens": tokens, "spans": list(spans.values()), "answer": "accept", "_timestamp": 1_790_000_000}
    line |= {"_view_id": {"spans": "spans_manual", "ner": "ner_manual"}.get(one.view, one.view)}
    if "relations" in line:
        line["relations"] = [
            {
                "head": spans[a.head]["token_end"],
                "child": spans[a.tail]["token_end"],
                "head_span": spans[a.head],
                "child_span": spans[a.tail],
                "label": a.label,
                "color": "#ffd882",
            }
            for a in one.links
        ]
    return line
