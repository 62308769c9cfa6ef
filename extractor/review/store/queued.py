"""The part of the store that lists and counts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from extractor.review.decisions import DocumentStatus
from extractor.review.figures import StatusSums
from extractor.review.pace import Moment
from extractor.review.queue import Facets, QueueFilter, QueueOrder, QueuePage, Summary, Totals
from extractor.review.store import counting, listing
from extractor.review.store.opened import Opened

_EVERYTHING: Final = QueueFilter()


class Queued(Opened):
    """The queue, and what the dashboard counts."""

    def queue(
        self,
        wanted: QueueFilter = _EVERYTHING,
        order: QueueOrder = "priority",
        offset: int = 0,
        limit: int = 50,
    ) -> QueuePage:
        """Return a stretch of the queue, and how long it is in all."""
        with self._read() as connection:
            return listing.page(connection, wanted, order, offset, limit)

    def keys(
        self, wanted: QueueFilter = _EVERYTHING, order: QueueOrder = "oldest", limit: int | None = None
    ) -> tuple[str, ...]:
        """Return the keys of documents in the queue's order; all of them where no limit is told."""
        with self._read() as connection:
            return listing.keys(connection, wanted, order, limit)

    def facets(self) -> Facets:
        """Return what can be filtered by, with the number of documents."""
        with self._read() as connection:
            return listing.facets(connection)

    def totals(self) -> Totals:
        """Return how far the archive has come."""
        with self._read() as connection:
            return listing.totals(connection)

    def counts(self, wanted: QueueFilter = _EVERYTHING) -> dict[str, float]:
        """Return the sums of ``Summary.counts`` over the documents that are wanted."""
        with self._read() as connection:
            return listing.counts(connection, wanted)

    def sums(self) -> dict[DocumentStatus, StatusSums]:
        """Return sums over the documents of each status that occurs."""
        with self._read() as connection:
            return counting.sums(connection)

    def moments(self, since: datetime) -> list[Moment]:
        """Return when decisions were made since a moment, the newest half a million of them."""
        with self._read() as connection:
            return counting.moments(connection, since)

    def set_summary(self, key: str, summary: Summary, *, decided_upon: int | None = None) -> bool:
        """Keep what the queue knows of a document.

        Args:
            key: Of the document.
            summary: Of its first or settled reading.
            decided_upon: How many decisions of all readings there were when it was made; as many as there
                are now where not told.

        Returns:
            Whether it was kept: one made earlier does not replace one made later.
        """
        with self._write() as connection:
            return listing.set_summary(connection, key, summary, decided_upon=decided_upon)

    def unsummarised(self, limit: int | None = None) -> tuple[str, ...]:
        """Return the keys of documents whose summary was never made, or not since the last decision."""
        with self._read() as connection:
            return listing.unsummarised(connection, limit)
