"""Files that annotators' tools wrote, and the records that they were made from, brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from extractor.errors import RecordError
from extractor.exports.annotation.files import Found, objects_in
from extractor.exports.annotation.marking import task_of
from extractor.exports.annotation.scheme import View
from extractor.exports.annotation.task import (
    DOCUMENT,
    MARKS_SHA256,
    VIEW,
    Returned,
    Task,
    sha256_of,
)
from extractor.record import RaceRecord
from extractor.review.annotated.changes import Outcome, decide
from extractor.review.annotated.desk import Signature
from extractor.review.annotated.remarks import Remark
from extractor.review.apply import apply, text_sha256
from extractor.review.decisions import now
from extractor.review.reviewed import Reviewed

Reader = Callable[[Path], Iterator[Returned | RecordError]]
_Given = Iterator[Returned | RecordError]
_MODULES: Final = {
    "doccano": "from_doccano",
    "label-studio": "from_label_studio",
    "prodigy": "from_prodigy",
}
FORMATS: Final = tuple(_MODULES)
"""What can be brought back; the names are those of the exports."""
NOBODY: Final = "annotator"


def reader_of(name: str) -> Reader:
    """Return what reads a format's files."""

    def read(path: Path) -> _Given:
        return read_objects(name, objects_in(path))

    return read


def read_objects(tool: str, objects: Iterable[Found | RecordError]) -> _Given:
    """Yield what annotators made of each document, from the objects of a tool's file."""
    read: Callable[[Found], _Given] = import_module(
        f"extractor.exports.annotation.{_MODULES[tool]}"
    ).read_found
    for found in objects:
        if isinstance(found, RecordError):
            yield found
        else:
            yield from read(found)


def tool_of(fields: Mapping[str, object]) -> str:
    """Return whose object this is, of something that is known to be an annotated document."""
    if isinstance(fields.get("data"), dict) or "annotation_id" in fields:
        return "label-studio"
    return "prodigy" if "spans" in fields else "doccano"


@dataclass(slots=True)
class Brought:
    """Everything that annotators gave back, by the text that it is about.

    Attributes:
        faults: What could not be read.
    """

    faults: list[RecordError] = field(default_factory=list)
    _by_text: dict[str, list[Returned]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[Returned]] = field(default_factory=lambda: defaultdict(list))
    _taken: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, paths: Iterable[Path], read: Reader) -> Brought:
        """Read files; what cannot be read costs itself alone."""
        brought = cls()
        for path in paths:
            for one in read(path):
                brought.take(one)
        return brought

    def take(self, one: Returned | RecordError) -> None:
        """Take in one document, or why it is none."""
        if isinstance(one, RecordError):
            self.faults.append(one)
            return
        self._by_text[sha256_of(one.text)].append(one)
        if DOCUMENT in one.told:
            self._by_name[one.told[DOCUMENT]].append(one)

    def __len__(self) -> int:
        return sum(map(len, self._by_text.values()))

    def texts(self) -> Mapping[str, list[Returned]]:
        """Return everything by the SHA-256 of its text."""
        return self._by_text

    def on(self, record: RaceRecord) -> list[Returned]:
        """Return what was given back on a record: of its text and, as far as that is known, its document."""
        name = record.document.id
        same_text = self._by_text.get(text_sha256(record), ())
        found = [one for one in same_text if one.told.get(DOCUMENT, name) == name] or list(same_text)
        if not found:
            found = [one for one in self._by_name.get(name, ()) if id(one) not in self._taken]
        self._taken |= {id(one) for one in found}
        return found

    def left(self) -> list[Returned]:
        """Return what was on no record."""
        return [one for some in self._by_text.values() for one in some if id(one) not in self._taken]


def bring(
    reviewed: Reviewed, returned: list[Returned], signature: Signature, reviewer: str | None = None
) -> Outcome:
    """Decide what annotators have done to one record.

    Args:
        reviewed: The record that they were given.
        returned: What came back on it, by one or by several.
        signature: Under which to decide; reviewer and time are the annotator's where they are known.
        reviewer: Who it is to be, whatever the file says.
    """
    one, others = chosen(returned)
    remarks = [Remark(lost.code, lost.parameters) for lost in one.lost]
    if others:
        names = ", ".join(sorted({other.annotator or "?" for other in others}))
        remarks.append(Remark("several_annotators", {"taken": one.annotator or "?", "others": names}))
    refused = unfit(reviewed.record, one)
    if refused is not None:
        return Outcome(reviewed, (), (*remarks, *refused))
    task = task_given(reviewed.record, one)
    if MARKS_SHA256 not in one.told:
        remarks.append(Remark("not_told"))
    outcome = decide(reviewed, task, one, signed(signature, one, task, reviewer))
    return replace(outcome, remarks=(*remarks, *outcome.remarks))


def chosen(returned: list[Returned]) -> tuple[Returned, list[Returned]]:
    """Return the latest of what was annotated to an end, and the others."""
    never = datetime.min.replace(tzinfo=UTC)
    ranked = sorted(returned, key=lambda one: (one.answer == "accept", one.at or never), reverse=True)
    return ranked[0], ranked[1:]


def unfit(record: RaceRecord, one: Returned) -> tuple[Remark, ...] | None:
    """Return why nothing of what came back is to be taken over; ``None`` where it is."""
    if one.answer == "ignore":
        told = any(lost.code in ("not_annotated", "skipped") for lost in one.lost)
        return () if told else (Remark("ignored"),)
    if one.answer == "reject":
        return (Remark("rejected"),)
    if one.text != record.document.text:
        return (Remark("other_text"),)
    marks = one.told.get(MARKS_SHA256)
    if marks is not None and marks != task_given(record, one).marks_sha256:
        return (Remark("other_record"),)
    return None


def task_given(record: RaceRecord, one: Returned) -> Task:
    """Return what annotators were given of a record."""
    views: dict[str, View] = {"ner": "ner", "relations": "relations"}
    return task_of(record, views.get(one.told.get(VIEW, ""), "spans"))


def signed(signature: Signature, one: Returned, task: Task, reviewer: str | None) -> Signature:
    """Return a signature with what the file says of annotator and time."""
    name = " ".join((reviewer or one.annotator or signature.reviewer).split())
    said = sha256_of(repr((task.text_sha256, task.marks_sha256, one.marks, one.links)))
    return replace(signature, reviewer=name, at=one.at or signature.at, task=said)


def brought_into(record: RaceRecord, returned: list[Returned], reviewer: str | None) -> Outcome:
    """Decide what annotators have done to a record that stands in no database."""
    sha256 = text_sha256(record)
    return bring(apply(record, ()), returned, Signature(record.document.id, sha256, NOBODY, now()), reviewer)
