"""A document as annotators see it, and as it comes back from them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from extractor.errors import RecordError
from extractor.exports.annotation.scheme import View

DOCUMENT: Final = "parcferme_document"
TEXT_SHA256: Final = "parcferme_text_sha256"
MARKS_SHA256: Final = "parcferme_marks_sha256"
VIEW: Final = "parcferme_view"
OFFSETS: Final = "parcferme_offsets"
"""Names under which a file carries what :class:`Task` knows of its document."""

Answer = Literal["accept", "reject", "ignore"]


@dataclass(frozen=True, slots=True)
class Region:
    """A marked stretch of text; offsets in code points, half-open.

    Attributes:
        id: Of the region within its document.
        label: One of :data:`extractor.exports.annotation.scheme.LABELS`.
        start: First code point.
        end: One past the last.
        text: What stands there.
        owner: Id of the thing whose span it is; ``event``.
        index: Which of the thing's spans.
        caption: What the fact says, for the reader.
    """

    id: str
    label: str
    start: int
    end: int
    text: str
    owner: str
    index: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A directed link between two regions, by their ids."""

    head: str
    tail: str
    label: str


@dataclass(frozen=True, slots=True)
class Task:
    """A document with everything that is marked in it."""

    document: str
    source: str | None
    text: str
    view: View
    regions: tuple[Region, ...]
    links: tuple[Link, ...]

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text as UTF-8."""
        return sha256_of(self.text)

    @property
    def marks_sha256(self) -> str:
        """SHA-256 of what is marked, so that what comes back is compared with what went out."""
        marks = [[r.label, r.start, r.end, r.owner, r.index] for r in self.regions]
        links = [[link.head, link.tail, link.label] for link in self.links]
        return sha256_of(json.dumps([marks, links]))

    def told(self) -> dict[str, str]:
        """Return what a file says of the document, so that its way back is found."""
        return {
            DOCUMENT: self.document,
            TEXT_SHA256: self.text_sha256,
            MARKS_SHA256: self.marks_sha256,
            VIEW: self.view,
        }


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text as a tool gives it back.

    Attributes:
        id: The tool's own; links name it.
        label: As written, known or not.
        start: First code point.
        end: One past the last.
        text: What the tool says that stands there, where it says so.
    """

    id: str
    label: str
    start: int
    end: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A document as it comes back from annotators.

    Attributes:
        source: File and place in it.
        text: As the tool has it.
        marks: What is marked.
        links: ``None`` where this kind of file cannot tell.
        told: What :meth:`Task.told` said when it went out, as far as it is still there.
        answer: What the annotator made of it as a whole.
        annotator: Who, as the tool names them.
        at: When.
        lost: What could not be understood, as (code, parameters).
        is_anew: It was not begun with what had been extracted; what is not there says nothing.
        notes: What the annotator wrote, each with the mark that it is about, or ``None`` for the document.
    """

    source: str
    text: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...] | None
    told: Mapping[str, str] = field(default_factory=dict)
    answer: Answer = "accept"
    annotator: str | None = None
    at: datetime | None = None
    lost: tuple[Lost, ...] = ()
    notes: tuple[tuple[str | None, str], ...] = ()
    is_anew: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """Something in a file that could not be taken over: a code of ``annotation.remark`` and its values."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def region_id(number: int) -> str:
    """Return the id of a document's so manieth region: nothing that a tool would give one of its own."""
    return f"pf{number:04}"


def is_ours(identifier: str) -> bool:
    """Tell whether a region has the id under which it went out."""
    return re.fullmatch(r"pf\d{4,}", identifier) is not None


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8; half characters count as what they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def told_in(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return what a file says of a document, as far as it is there and is text."""
    names = (DOCUMENT, TEXT_SHA256, MARKS_SHA256, VIEW, OFFSETS)
    return {name: fields[name] for name in names if isinstance(fields.get(name), str)}


def integer(value: Any) -> int | None:
    """Return a whole number of JSON; offsets may have come back as ``12.0``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value == value // 1 else None


def not_understood(source: str, fault: str) -> RecordError:
    """Return the error of a task of which nothing can be used."""
    return RecordError("annotation_unreadable", source=source, fault=fault)
