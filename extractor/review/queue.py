"""The queue: what is asked of it, a row of it, and what of a document it is sorted and filtered by.

:func:`extractor.review.summary.summarise` makes a :class:`Summary` of a reviewed record, the store keeps it
beside the document (:meth:`extractor.review.store.Store.set_summary`) and answers a :class:`QueueFilter` with
a :class:`QueuePage`. Summaries are a cache: they can be made again from record and decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from extractor.review.decisions import DocumentStatus

#: ``priority``: most useful first. ``confidence``: least sure fact first. ``errors``: most expected first.
#: ``newest`` and ``oldest``: by when the document came in. ``touched``: what was decided upon last, first.
#: ``title`` and ``year``: upwards, those without one last.
QueueOrder = Literal[
    "priority", "confidence", "errors", "broken", "newest", "oldest", "touched", "title", "year"
]
ORDERS: tuple[QueueOrder, ...] = get_args(QueueOrder)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the queue knows of a document.

    Attributes:
        priority: The higher, the earlier in the queue; finite.
        lowest_confidence: Of the facts not yet decided upon; ``None`` where there is none.
        expected_errors: Sum of the probabilities that a fact not yet decided upon is wrong.
        findings: Codes of the findings of the reviewed record, each once.
        facts: How many facts the reviewed record has.
        decided: How many of them a reviewer has decided upon.
        series: As the text names it.
        year: Of the event, else of publication.
        title: For reading.
        drivers_text: Names of drivers and teams with their aliases, for the text search.
        status: How far the document has come.
        reviewer: Who decided last, ``None`` where nobody has.
        broken: How badly race logic is broken: sum of the weights of its findings.
        counts: Figures that add up over documents, by name; those that are zero are missing.
    """

    priority: float = 0.0
    lowest_confidence: float | None = None
    expected_errors: float = 0.0
    findings: tuple[str, ...] = ()
    facts: int = 0
    decided: int = 0
    series: str | None = None
    year: int | None = None
    title: str | None = None
    drivers_text: str = ""
    status: DocumentStatus = "new"
    reviewer: str | None = None
    broken: float = 0.0
    counts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is wanted. Empty means all; of several values any, of several fields all must hold.

    Attributes:
        statuses: How far documents have come.
        series: Their series; an empty string stands for documents without one.
        first_year: Documents of this year and later.
        last_year: Documents of this year and earlier.
        reviewer: Who decided anything on them, in any reading.
        findings: Codes, at least one of which they have.
        text: Words, all of which must begin a word of title, origin, series, names or text, in any order,
            whatever their case and accents.
        double: Only those chosen for double review, or only the others.
        second_for: Only those whose second reading this reviewer may make: chosen for double review, not read
            first by the same person, and not given to or begun by somebody else.
    """

    statuses: tuple[DocumentStatus, ...] = ()
    series: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    reviewer: str | None = None
    findings: tuple[str, ...] = ()
    text: str = ""
    double: bool | None = None
    second_for: str | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One document of the queue.

    Attributes:
        key: Of the document in the store.
        title: Its title, else its origin, else its key.
        origin: Where it came from.
        model: Version of the extractor and model of the record that is reviewed.
        status: How far it has come.
        reviewer: Who decided last.
        summary: The rest of what is known, as it was last made.
        double: Whether it was chosen for double review.
        second_status: How far its second reading has come; ``None`` where there is none.
        second_reviewer: Whose the second reading is.
        newer: Whether a newer extraction lies beside the one that decisions were made on.
        held_by: Who holds a lock on one of its readings now.
        added_at: When it came in, in UTC.
        touched_at: When something was decided on it last.
    """

    key: str
    title: str
    origin: str | None
    model: str | None
    status: DocumentStatus
    reviewer: str | None
    summary: Summary
    double: bool
    second_status: DocumentStatus | None
    second_reviewer: str | None
    newer: bool
    held_by: str | None
    added_at: datetime
    touched_at: datetime | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A stretch of the queue.

    Attributes:
        rows: In the order asked for.
        total: How many there are in all.
    """

    rows: tuple[QueueRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be filtered by: values with the number of documents, most frequent first, years downwards.

    Attributes:
        statuses: Every status that occurs.
        series: ``""`` stands for none.
        years: Without documents that have none.
        reviewers: Who decided anything.
        findings: Codes.
    """

    statuses: tuple[tuple[DocumentStatus, int], ...] = ()
    series: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    reviewers: tuple[tuple[str, int], ...] = ()
    findings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """How far the whole archive has come, from the summaries.

    Attributes:
        documents: How many there are.
        statuses: How many of each status; those that do not occur are missing.
        facts: Of all reviewed records.
        decided: Facts that a reviewer has decided upon.
        expected_errors: Sum over all documents.
        decisions: Lines of the log.
        double: Documents chosen for double review.
        unsummarised: Documents whose summary is older than their last decision, or was never made.
    """

    documents: int
    statuses: dict[DocumentStatus, int]
    facts: int
    decided: int
    expected_errors: float
    decisions: int
    double: int
    unsummarised: int
