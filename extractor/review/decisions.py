"""Decisions: what a reviewer did to a record, one at a time, never changed and never taken away.

A decision holds everything that is needed to apply it again, and what stood there before. To undo is a
decision too: it names the one that it takes back, and taking back an undoing does the thing again.

Things are named by their ids in the record (``r3``), the event as ``event``, the document as ``document``.
Whoever makes a decision that brings something new gives its id, so that applying it again gives the same
record.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Part = Literal["sessions", "drivers", "teams", "entries", "results", "incidents", "quotes"]
DocumentStatus = Literal["new", "in_review", "reviewed", "disputed", "rejected"]

#: First letter of the ids of each part, as in the record.
LETTERS: dict[Part, str] = {
    "sessions": "s",
    "drivers": "d",
    "teams": "t",
    "entries": "e",
    "results": "r",
    "incidents": "i",
    "quotes": "q",
}

#: Which reading of a document a decision belongs to: one of two made apart, or the settling of both.
SETTLED: Final = 0
FIRST: Final = 1
SECOND: Final = 2
Reading = Literal[0, 1, 2]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Accept(_Frozen):
    """These are right as they stand."""

    action: Literal["accept"] = "accept"
    targets: Annotated[tuple[str, ...], Field(min_length=1)]


class Reject(_Frozen):
    """These are wrong: they leave the record, and what refers to them goes without them."""

    action: Literal["reject"] = "reject"
    targets: Annotated[tuple[str, ...], Field(min_length=1)]


class Note(_Frozen):
    """A remark on something; ``new`` empty takes the remark away."""

    action: Literal["note"] = "note"
    target: str
    old: str = ""
    new: str


class Replaced(_Frozen):
    """A field's value before and after, as in the record's JSON."""

    old: Any
    new: Any


class Edit(_Frozen):
    """Fields of one thing get other values; ``evidence`` and ``mentions`` are fields like others."""

    action: Literal["edit"] = "edit"
    target: str
    fields: Annotated[dict[str, Replaced], Field(min_length=1)]


class Add(_Frozen):
    """Something that was not found. ``thing`` is as in the record's JSON, with its new id."""

    action: Literal["add"] = "add"
    part: Part
    thing: dict[str, Any]


class Merge(_Frozen):
    """Several are one: mentions, aliases and everything that refers to ``others`` go over to ``keep``."""

    action: Literal["merge"] = "merge"
    part: Part
    keep: str
    others: Annotated[tuple[str, ...], Field(min_length=1)]
    name: str | None = None


class Split(_Frozen):
    """One was two: the mentions at these places (start, end), and the facts named, go over to a new one."""

    action: Literal["split"] = "split"
    part: Literal["drivers", "teams"]
    target: str
    new_id: str
    name: str
    mentions: Annotated[tuple[tuple[int, int], ...], Field(min_length=1)]
    facts: tuple[str, ...] = ()


class Retext(_Frozen):
    """The text itself is corrected; code points of the text as it stands when the decision is made."""

    action: Literal["retext"] = "retext"
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    old: str
    new: str


class SetStatus(_Frozen):
    """How far the document has come."""

    action: Literal["status"] = "status"
    old: DocumentStatus
    new: DocumentStatus


class Undo(_Frozen):
    """A decision is taken back; one that is itself an undoing is thereby done again."""

    action: Literal["undo"] = "undo"
    decision: str


Change = Annotated[
    Accept | Reject | Note | Edit | Add | Merge | Split | Retext | SetStatus | Undo,
    Field(discriminator="action"),
]


class Decision(_Frozen):
    """One line of the log.

    Attributes:
        id: Given where it is made, so that what is saved twice is there once.
        document: Key of the document in the store.
        reading: :data:`SETTLED`, :data:`FIRST` or :data:`SECOND`.
        reviewer: Who decided, by name.
        at: When, in UTC.
        change: What.
        model: Version of the extractor and model whose record was reviewed.
        text_sha256: SHA-256 of the text, as UTF-8, that the record was made from.
        carried: Id of the decision on another record of the text that this one repeats, or follows from.
    """

    id: str
    document: str
    reading: Reading = FIRST
    reviewer: str
    at: datetime
    change: Change
    model: str | None = None
    text_sha256: str
    carried: str | None = None


def new_decision_id() -> str:
    """Return an id that nobody else gives."""
    return uuid.uuid4().hex


def new_thing_id(part: Part) -> str:
    """Return an id for something a reviewer adds: no extractor gives one of this form."""
    return f"{LETTERS[part]}x{uuid.uuid4().hex[:10]}"


def now() -> datetime:
    """Return the time, in UTC, in milliseconds as the store keeps it."""
    at = datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
