"""What a record is after decisions: the record itself, and what is known of each thing in it.

:func:`extractor.review.apply.apply` makes it; store and pages pass it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from extractor.record import RaceRecord, Span
from extractor.review.decisions import DocumentStatus, Part

Verdict = Literal["accepted", "edited", "added", "rejected", "merged", "unanchored"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was decided last about one thing.

    Attributes:
        verdict: ``None`` where it has a note alone.
        reviewer: Who decided.
        at: When.
        decision: Id of the decision.
        note: Remark, empty where there is none.
        into: What it was merged into.
    """

    verdict: Verdict | None
    reviewer: str
    at: datetime
    decision: str
    note: str = ""
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that decisions took out of the record, as it last stood there, for showing it struck out.

    Attributes:
        part: Where it stood.
        thing: As in the record's JSON.
        before: What had been decided of it before.
    """

    part: Part
    thing: Mapping[str, Any]
    before: Mark | None = None


@dataclass(frozen=True, slots=True)
class Loose:
    """A span that a correction of the text left without a place; somebody has to decide.

    Attributes:
        target: Id of the thing whose span it was.
        span: The span in the text before the correction.
        decision: Id of the correction.
    """

    target: str
    span: Span
    decision: str


@dataclass(frozen=True, slots=True)
class Stranded:
    """A decision that no longer applies, because what it was about is gone or another.

    Attributes:
        decision: Its id.
        code: Why: ``no_such_thing``, ``id_taken``, ``other_text``, ``breaks_record``, ``no_such_decision``.
        about: What it concerns: an id, a field.
    """

    decision: str
    code: str
    about: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record with decisions applied.

    Attributes:
        record: Always a whole record that keeps every invariant.
        marks: By id of the thing, those that are gone included.
        gone: By id.
        loose: Spans without a place.
        stranded: Decisions that could not be applied.
        undone: Ids of decisions that were taken back.
        status: How far the document has come.
        trail: What :func:`extractor.review.apply.step` needs to go on, undo and redo; not compared.
    """

    record: RaceRecord
    marks: Mapping[str, Mark] = field(default_factory=dict)
    gone: Mapping[str, Gone] = field(default_factory=dict)
    loose: tuple[Loose, ...] = ()
    stranded: tuple[Stranded, ...] = ()
    undone: frozenset[str] = frozenset()
    status: DocumentStatus = "new"
    trail: object | None = field(default=None, compare=False, repr=False)
