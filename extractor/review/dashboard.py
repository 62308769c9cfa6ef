"""Everything that the dashboard shows of the archive, asked of the store once.

Sums of what the summaries hold: no record is opened. With 100,000 documents it takes seconds, so who
shows it keeps it for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractor.review.decisions import DocumentStatus
from extractor.review.figures import StatusSums
from extractor.review.queue import QueueFilter

if TYPE_CHECKING:
    from extractor.review.store import Store


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive at a moment.

    Attributes:
        at: The moment, in UTC.
        sums: Over the documents of each status.
        counts: What the summaries count, by status.
        findings: Documents by code of finding, most frequent first.
        with_findings: Documents with any.
        double: Documents chosen for double review.
        unsummarised: Documents whose summary is older than their last decision, or was never made.
    """

    at: datetime
    sums: Mapping[DocumentStatus, StatusSums]
    counts: Mapping[DocumentStatus, Mapping[str, float]]
    findings: tuple[tuple[str, int], ...]
    with_findings: int
    double: int
    unsummarised: int

    @property
    def documents(self) -> int:
        """How many there are."""
        return sum(one.documents for one in self.sums.values())

    @property
    def reviewed(self) -> int:
        """How many are marked reviewed."""
        return self.sums["reviewed"].documents if "reviewed" in self.sums else 0


def archive(store: Store) -> Archive:
    """Return the archive as it is now."""
    sums = store.sums()
    findings = store.facets().findings
    codes = QueueFilter(findings=tuple(code for code, _ in findings))
    totals = store.totals()
    return Archive(
        at=datetime.now(UTC),
        sums=sums,
        counts={status: store.counts(QueueFilter(statuses=(status,))) for status in sums},
        findings=findings,
        with_findings=store.queue(codes, "oldest", 0, 0).total if findings else 0,
        double=totals.double,
        unsummarised=totals.unsummarised,
    )
