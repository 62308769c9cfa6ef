"""What the store gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from extractor.review.decisions import Reading
from extractor.review.reviewed import Reviewed

Novelty = Literal["new", "same", "newer"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a record that was added.

    Attributes:
        key: Of its document.
        novelty: ``new`` document, the ``same`` record as before, or one ``newer`` beside those that are
            there.
        version: Of the record, from 1.
    """

    key: str
    novelty: Novelty
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """One record of a document: number from 1, by which extractor and model, when it came in (UTC)."""

    version: int
    model: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document, without its record.

    Attributes:
        key: By which everything else asks for it; the same in every database.
        origin: Where it came from.
        text_sha256: Of the text as it was read, as UTF-8; what decisions carry.
        model: Of the record under review; what decisions carry.
        version: The record under review: the newest as long as nothing is decided, then the one decided upon.
        versions: All records.
        title: From the summary.
        added_at: When it came in, in UTC.
        double: Whether it was chosen for double review.
        heads: Number of decisions by reading, on the record under review; readings without any are missing.
        decided_upon: Number of decisions of all readings, on any record.
        pages: Pages of which there is an image.
    """

    key: str
    origin: str | None
    text_sha256: str
    model: str | None
    version: int
    versions: tuple[Version, ...]
    title: str | None
    added_at: datetime
    double: bool = False
    heads: dict[int, int] = field(default_factory=dict)
    decided_upon: int = 0
    pages: tuple[int, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether a newer extraction lies beside the one under review."""
        return self.version < len(self.versions)


@dataclass(frozen=True, slots=True)
class State:
    """A reading of a document as it stands.

    Attributes:
        reviewed: The record with the reading's decisions applied; for the settled reading, those of the first
            reading and then its own.
        head: Number of the reading's own decisions; give it to ``append``.
        version: The record they were made on; give it to ``append`` too.
    """

    reviewed: Reviewed
    head: int
    version: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image of a page, from 1, as a file's bytes."""

    page: int
    body: bytes
    media_type: str = "image/png"


@dataclass(frozen=True, slots=True)
class Lock:
    """Who works on a reading of a document.

    Attributes:
        key: The document.
        reading: Which reading.
        holder: Name of the reviewer.
        until: When it lapses unless renewed, in UTC.
        mine: Whether whoever asked is the holder.
    """

    key: str
    reading: Reading
    holder: str
    until: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who decides. ``subject`` is given by the provider that signed them in, where there is one."""

    name: str
    subject: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of a log that was not taken: its number from 1, and why, as the code of an error."""

    line: int
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a log that was read in.

    Attributes:
        documents: Documents added.
        records: Records added, those of new documents included.
        decisions: Decisions added.
        known: Decisions that were there before.
        refused: Lines that were not taken; all others were.
    """

    documents: int = 0
    records: int = 0
    decisions: int = 0
    known: int = 0
    refused: tuple[Refused, ...] = ()
