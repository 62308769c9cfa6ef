"""The store: documents, their records, and everything that was decided on them, in SQLite or PostgreSQL.

Every method is one transaction, and may be called from any thread. What a method that writes has returned
from is kept, even if the process is killed in the next moment.

A newer extraction of a document that nobody has decided upon takes the older one's place. Once something is
decided, the record decided upon stays under review in all readings, and the newer one lies beside it
(``StoredDocument.newer``, ``QueueRow.newer``, ``record(key, version)``): decisions name things by the ids of
their record, which mean others in another. ``plan`` and ``move`` take them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy.exc import IntegrityError

from extractor.record import RaceRecord
from extractor.review.decisions import FIRST, SETTLED, Decision, DocumentStatus, Reading
from extractor.review.queue import Summary
from extractor.review.store import documents, log, logfile
from extractor.review.store.authority import Authority
from extractor.review.store.engine import told
from extractor.review.store.errors import StaleError
from extractor.review.store.mover import Mover
from extractor.review.store.queued import Queued
from extractor.review.store.stored import Added, Imported, PageImage, State, StoredDocument

_LOG_STRETCH: Final = 2000


class Store(Mover, Queued, Authority):
    """An open store: ``Store.open(url)``. Use as a context manager, or call ``close``."""

    # ----------------------------------------------------------------------------------- documents

    def add_document(
        self,
        record: RaceRecord,
        *,
        model: str | None,
        origin: str | None = None,
        pages: Iterable[PageImage] = (),
    ) -> Added:
        """Add a record, with its document where that is new: one text from one origin is one document.

        Args:
            record: As it was extracted.
            model: Version of the extractor and model.
            origin: Where it came from; ``document.source`` where not told.
            pages: Images of its pages; a page that has one keeps it.

        Raises:
            StoreError: The image of a page is too large, or the database cannot keep it.
        """
        pages = tuple(pages)
        try:
            with self._write() as connection:
                return documents.add(connection, record, model=model, origin=origin, pages=pages)
        except IntegrityError:  # somebody added it at the same moment: now it is there
            with self._write() as connection:
                return documents.add(connection, record, model=model, origin=origin, pages=pages)

    def document(self, key: str) -> StoredDocument:
        """Return a document, without its record.

        Raises:
            StoreError: There is none of that key.
        """
        with self._read() as connection:
            return documents.document(connection, key)

    def keys_of_text(self, sha256: str) -> tuple[str, ...]:
        """Return the keys of the documents of a text, by its SHA-256; one text may have several origins."""
        with self._read() as connection:
            return documents.keys_of_text(connection, sha256)

    def record(self, key: str, version: int | None = None) -> RaceRecord:
        """Return the record under review as it was extracted, or another version of it.

        Raises:
            StoreError: There is no such document or version.
        """
        with self._read() as connection:
            row = documents.find(connection, key)
            return self._record(connection, key, row.id, version or row.version)

    def page_image(self, key: str, page: int) -> bytes | None:
        """Return the image of a page, from 1, as a file's bytes; ``None`` where there is none."""
        image = self.page(key, page)
        return None if image is None else image.body

    def page(self, key: str, page: int) -> PageImage | None:
        """Return the image of a page with its media type; ``None`` where there is none."""
        with self._read() as connection:
            return documents.page_image(connection, key, page)

    # ------------------------------------------------------------------------------------- the log

    def decisions(self, key: str, reading: Reading = FIRST) -> tuple[Decision, ...]:
        """Return the decisions of a reading in order; of the settled one, its own alone."""
        with self._read() as connection:
            _, made = log.of_readings(connection, key, (reading,))
        return tuple(decision for decision, _ in made)

    def state(self, key: str, reading: Reading = FIRST) -> State:
        """Return the record with a reading's decisions applied; the settled reading stands on the first.

        Raises:
            StoreError: There is no such document.
        """
        from extractor.review.apply import apply

        wanted = (FIRST, SETTLED) if reading == SETTLED else (reading,)
        with self._read() as connection:
            row, made = log.of_readings(connection, key, wanted)
            version = made[0][1] if made else row.version
            record = self._record(connection, key, row.id, version)
        # The settling comes behind the first reading, though its number is lower.
        made.sort(key=lambda one: one[0].reading == SETTLED)
        head = sum(decision.reading == reading for decision, _ in made)
        return State(apply(record, [decision for decision, _ in made]), head, version)

    def append(
        self,
        decisions: Sequence[Decision],
        *,
        head: int,
        version: int | None = None,
        status: DocumentStatus | None = None,
    ) -> int:
        """Add decisions on one reading of one document, all or none; those already there are skipped.

        Args:
            decisions: In order.
            head: ``State.head`` that they were made after. Where all that came behind it is among
                ``decisions``, it was this page's own, sent again because the answer was lost.
            version: ``State.version`` that they were made on; told by their model where not given.
            status: ``Reviewed.status`` after them; by the last decision that sets it where not given.

        Returns:
            The new head.

        Raises:
            StaleError: Somebody else decided meanwhile, or the record under review is another by now.
            StoreError: There is no such document, a decision is on another text, or is not fit to be kept.
        """
        if not decisions:
            return head
        try:
            with self._write() as connection:
                return log.append(connection, decisions, head=head, version=version, status=status)
        except IntegrityError:  # one of the ids was taken at the same moment, on another document
            with self._write() as connection:
                return log.append(connection, decisions, head=head, version=version, status=status)

    def log(self) -> Iterator[Decision]:
        """Yield all decisions, document by document and reading by reading, in order."""
        after = (0, 0, 0)
        while True:
            with self._read() as connection:
                rows = log.stretch(connection, after, _LOG_STRETCH)
            if not rows:
                return
            yield from map(log.as_decision, rows)
            after = (rows[-1].document_id, rows[-1].reading, rows[-1].seq)

    def export_log(self, *, with_records: bool = False) -> Iterator[str]:
        """Yield the whole log as lines of JSON (:mod:`extractor.review.store.logfile`), without line feeds.

        Args:
            with_records: Also write all documents with their records, so that the file alone makes the
                store again; but for the images of pages.
        """
        with told(self._engine.url):
            yield from logfile.written(self._engine, with_records=with_records)

    def import_log(self, lines: Iterable[str]) -> Imported:
        """Read a log in; a line that is not fit costs itself alone.

        Raises:
            StoreError: This is no log of ours, or the database cannot keep it.
        """
        with told(self._engine.url):
            return logfile.Reader(self._writing).read(lines)

    # ---------------------------------------------------------------------------------- summaries

    def summarise_all(self, limit: int | None = None) -> int:
        """Make the summaries that are missing or out of date, as after reading a log in; return how many."""
        keys = self.unsummarised(limit)
        for key in keys:
            self.summarise(key)
        return len(keys)

    def summarise(self, key: str) -> Summary:
        """Make and keep a document's summary, from its settled reading if there is one, else its first."""
        from extractor.review.summary import summarise

        # What is decided between the two questions is in the summary, which is then made once more.
        document = self.document(key)
        state = self.state(key, SETTLED if document.heads.get(SETTLED) else FIRST)
        summary = summarise(state.reviewed, self.record(key, state.version))
        self.set_summary(key, summary, decided_upon=document.decided_upon)
        return summary


__all__ = ["StaleError", "Store"]
