"""What Label Studio exports, as JSON or as JSON-MIN.

JSON has everything. JSON-MIN has neither links nor the identity of regions; each annotation is an object.

Offsets count code points. Old versions of the tool counted UTF-16 code units; where its own words stand at
the offsets so counted, and not otherwise, they are taken so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from extractor.errors import RecordError
from extractor.exports.annotation.files import Found
from extractor.exports.annotation.offsets import in_code_points
from extractor.exports.annotation.task import (
    Answer,
    Link,
    Lost,
    Mark,
    Returned,
    integer,
    is_ours,
    not_understood,
    told_in,
)
from extractor.exports.label_studio import LABEL, TEXT, VERDICT

_NO_MARKS = ("choices", "relation")


def read_found(found: Found) -> Iterator[Returned | RecordError]:
    """Yield what annotators made of a document, one for each annotation."""
    if isinstance(found.fields.get("data"), dict):
        yield from _of_task(found)
    else:
        yield _of_min(found)


def _of_task(found: Found) -> Iterator[Returned | RecordError]:
    task = found.fields
    data = task["data"]
    text = data.get(TEXT)
    annotations = task.get("annotations", task.get("completions"))
    if not isinstance(text, str) or not isinstance(annotations, list):
        yield not_understood(found.source, "data.text, annotations")
        return
    whole = [one for one in annotations if isinstance(one, dict)]
    for one in whole:
        yield _of_annotation(found.source, text, told_in(data), one)
    if not whole:
        yield Returned(found.source, text, (), (), told_in(data), "ignore", lost=(Lost("not_annotated"),))


def _of_annotation(source: str, text: str, told: Mapping[str, str], annotation: dict[str, Any]) -> Returned:
    results = annotation.get("result")
    reader = _Results(results if isinstance(results, list) else [])
    cancelled = annotation.get("was_cancelled") or annotation.get("skipped")
    return Returned(
        source,
        text,
        in_code_points(text, tuple(reader.marks)),
        tuple(reader.links),
        told,
        "ignore" if cancelled else reader.answer,
        _annotator(annotation.get("completed_by")),
        _at(annotation),
        (*reader.lost, *((Lost("skipped"),) if cancelled else ())),
        tuple(reader.notes),
        annotation.get("parent_prediction") is None and not any(is_ours(mark.id) for mark in reader.marks),
    )


def _of_min(found: Found) -> Returned | RecordError:
    fields = found.fields
    text, labelled = fields.get(TEXT), fields.get(LABEL, [])
    if not isinstance(text, str) or not isinstance(labelled, list):
        return not_understood(found.source, "text, label")
    reader = _Results([{"type": "labels", "value": one} for one in labelled])
    told, at = told_in(fields), _at(fields)
    answer: Answer = "reject" if fields.get(VERDICT) == "reject" else "accept"
    marks = in_code_points(text, tuple(reader.marks))
    lost = tuple(reader.lost)
    return Returned(
        found.source, text, marks, None, told, answer, _annotator(fields.get("annotator")), at, lost
    )


class _Results:
    """What the results of one annotation hold."""

    def __init__(self, results: list[Any]) -> None:
        self.marks: list[Mark] = []
        self.links: list[Link] = []
        self.lost: list[Lost] = []
        self.notes: list[tuple[str | None, str]] = []
        self.answer: Answer = "accept"
        for number, result in enumerate(results):
            self._take(result if isinstance(result, dict) else {}, f"{number}")

    def _take(self, result: dict[str, Any], number: str) -> None:
        kind, value = result.get("type"), result.get("value")
        if kind == "relation":
            self._link(result)
        elif isinstance(value, dict) and ("labels" in value or kind == "labels"):
            self._mark(value, str(result.get("id") or number))
            self._note(result.get("meta"), str(result.get("id") or number))
        elif kind == "choices" and isinstance(value, dict) and result.get("from_name") == VERDICT:
            self.answer = "reject" if "reject" in (value.get("choices") or ()) else "accept"
        else:
            self.lost.append(Lost("unknown_part", {"kind": str(kind)}))

    def _mark(self, value: dict[str, Any], identifier: str) -> None:
        places = value.get("globalOffsets", value)
        start, end = (
            integer(places.get(name)) if isinstance(places, dict) else None for name in ("start", "end")
        )
        labels = value.get("labels", [])
        if start is None or end is None or not isinstance(labels, list):
            self.lost.append(Lost("mark_unreadable", {"fault": str(value)[:80]}))
            return
        text = value.get("text")
        for number, label in enumerate(labels or [""]):  # without one it is still there
            name = identifier if number == 0 else f"{identifier}/{number}"
            self.marks.append(Mark(name, str(label), start, end, text if isinstance(text, str) else None))

    def _note(self, meta: Any, mark: str) -> None:
        lines = meta.get("text") if isinstance(meta, dict) else None
        if isinstance(lines, list) and lines:
            self.notes.append((mark, "\n".join(map(str, lines))))

    def _link(self, result: dict[str, Any]) -> None:
        head, tail, labels = (result.get(name) for name in ("from_id", "to_id", "labels"))
        if not isinstance(labels, list) or not labels:
            self.lost.append(Lost("link_unlabelled", {"head": head, "tail": tail}))
            return
        if result.get("direction") == "left":
            head, tail = tail, head
        self.links += [Link(str(head), str(tail), str(label)) for label in labels]


def _annotator(who: object) -> str | None:
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return None if who is None or isinstance(who, bool | list | dict) else str(who)


def _at(fields: Mapping[str, Any]) -> datetime | None:
    written = fields.get("updated_at") or fields.get("created_at")
    try:
        at = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
