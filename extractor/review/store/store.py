"""The store: documents, their records, and everything that was decided on them, in SQLite or PostgreSQL.

Every method is one transaction, and may be called from any thread. What a method that writes has returned
from is kept, even if the process is killed in the next moment.

A newer extraction of a document that nobody has decided upon takes the older one's place. Once something is
decided, the record decided upon stays under review in all readings, and the newer one lies beside it
(``StoredDocument.newer``, ``QueueRow.newer``, ``record(key, version)``): decisions name things by the ids of
their record, which mean others in another.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from extractor.record import RaceRecord
from extractor.review.decisions import FIRST, SECOND, SETTLED, Decision, DocumentStatus, Reading
from extractor.review.figures import StatusSums
from extractor.review.pace import Moment
from extractor.review.queue import (
    Facets,
    QueueFilter,
    QueueOrder,
    QueuePage,
    Summary,
    Totals,
)
from extractor.review.store import counting, documents, doubles, listing, locks, log, logfile, people
from extractor.review.store.engine import label, make_engine, parsed_url, told, write_ahead, writing
from extractor.review.store.errors import StaleError
from extractor.review.store.locks import DEFAULT_SECONDS
from extractor.review.store.migrating import bring_up_to_date
from extractor.review.store.stored import (
    Added,
    Imported,
    Lock,
    PageImage,
    Reviewer,
    State,
    StoredDocument,
)

_RECORDS_KEPT: Final = 48
_EVERYTHING: Final = QueueFilter()
_LOG_STRETCH: Final = 2000


class Store:
    """An open store. Use as a context manager, or call :meth:`close`.

    Attributes:
        name: What the database is called in messages; never holds a password.
    """

    def __init__(self, engine: Engine) -> None:
        self.name = label(engine.url)
        self._engine = engine
        self._writing = writing(engine)
        self._records: OrderedDict[tuple[str, int], RaceRecord] = OrderedDict()
        self._guard = threading.Lock()

    # ------------------------------------------------------------------------------------- opening

    @classmethod
    def open(cls, url: str | None = None) -> Store:
        """Open a store; made where there is none, migrated where it is older.

        Args:
            url: ``sqlite:///path``, ``postgresql://user:password@host/database``, or the path of a file;
                ``None`` for ``parcferme.db`` in the current folder.

        Raises:
            StoreError: It cannot be opened, is another program's, or of a later version.
        """
        parsed = parsed_url(url)
        engine = make_engine(parsed)
        try:
            with told(parsed):
                write_ahead(engine)
                bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file on this machine."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with told(self._engine.url), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with told(self._engine.url), self._writing.begin() as connection:
            yield connection

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

    def record(self, key: str, version: int | None = None) -> RaceRecord:
        """Return the record under review as it was extracted, or another version of it.

        Raises:
            StoreError: There is no such document or version.
        """
        with self._read() as connection:
            row = documents.find(connection, key)
            return self._record(connection, key, row.id, version or row.version)

    def _record(self, connection: Connection, key: str, number: int, version: int) -> RaceRecord:
        """Return a record, from memory where it is there: records never change."""
        with self._guard:
            if (key, version) in self._records:
                self._records.move_to_end((key, version))
                return self._records[key, version]
        record = RaceRecord.model_validate_json(documents.record_body(connection, number, version))
        with self._guard:
            self._records[key, version] = record
            while len(self._records) > _RECORDS_KEPT:
                self._records.popitem(last=False)
        return record

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

    # ---------------------------------------------------------------------------- people and locks

    def reviewer(self, name: str, subject: str | None = None) -> Reviewer:
        """Return a reviewer, made where there is none yet; decisions and locks carry its ``name``.

        Args:
            name: As it was typed, or as the provider tells it.
            subject: Who it is by the word of the provider that signed them in.

        Raises:
            StoreError: The name is empty or too long, or somebody signs in under it.
        """
        try:
            with self._write() as connection:
                return people.reviewer(connection, name, subject)
        except IntegrityError:
            with self._write() as connection:
                return people.reviewer(connection, name, subject)

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return all reviewers, by name."""
        with self._read() as connection:
            return people.everybody(connection)

    def lock(self, key: str, reading: Reading, reviewer: str, *, seconds: float = DEFAULT_SECONDS) -> Lock:
        """Take the lock on a reading, or renew one's own.

        Returns:
            The lock as it is then: ``mine``, or its ``holder``'s ``until`` then.

        Raises:
            StoreError: There is no such document.
        """
        with self._write() as connection:
            return locks.take(connection, key, reading, reviewer, seconds)

    def renew(
        self, key: str, reading: Reading, reviewer: str, *, seconds: float = DEFAULT_SECONDS
    ) -> Lock | None:
        """Make one's own lock hold longer; return the lock as it is then, ``None`` where there is none."""
        with self._write() as connection:
            return locks.renew(connection, key, reading, reviewer, seconds)

    def release(self, key: str, reading: Reading, reviewer: str) -> bool:
        """Give one's own lock back; return whether there was one."""
        with self._write() as connection:
            return locks.release(connection, key, reading, reviewer)

    def lock_on(self, key: str, reading: Reading, reviewer: str) -> Lock | None:
        """Return the lock that holds now, without taking it; ``mine`` if it is this reviewer's."""
        with self._read() as connection:
            return locks.holder(connection, key, reading, reviewer)

    def locks(self) -> tuple[Lock, ...]:
        """Return all locks that hold now; none is marked as ``mine``."""
        with self._read() as connection:
            return tuple(locks.present(connection))

    def assign_double(self, keys: Iterable[str], *, reviewer: str | None = None) -> int:
        """Choose documents for double review; return how many were not chosen before.

        Args:
            keys: Of the documents.
            reviewer: Who makes the second reading; ``None`` leaves it to whoever comes first.

        Raises:
            StoreError: There is no such document; nothing is chosen then.
        """
        with self._write() as connection:
            return doubles.assign(connection, keys, reviewer)

    def dismiss_double(self, keys: Iterable[str]) -> int:
        """Take documents out of double review whose second reading has not begun; return how many."""
        with self._write() as connection:
            return doubles.dismiss(connection, keys)

    def reading_for(self, key: str, reviewer: str) -> Reading:
        """Return which reading of a document is this reviewer's: :data:`FIRST` or :data:`SECOND`."""
        with self._read() as connection:
            return doubles.reading_for(connection, key, reviewer)

    # ----------------------------------------------------------------------------------- the queue

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

    def summarise_all(self, limit: int | None = None) -> int:
        """Make the summaries that are missing or out of date, as after reading a log in; return how many."""
        keys = self.unsummarised(limit)
        for key in keys:
            self.summarise(key)
        return len(keys)

    def summarise(self, key: str) -> Summary:
        """Make and keep a document's summary, from its settled reading if there is one, else its first."""
        from extractor.review.summary import summarise

        heads = self.document(key).heads
        state = self.state(key, SETTLED if heads.get(SETTLED) else FIRST)
        summary = summarise(state.reviewed, self.record(key))
        settled_on_first = state.head + (heads.get(FIRST, 0) if heads.get(SETTLED) else 0)
        self.set_summary(key, summary, decided_upon=settled_on_first + heads.get(SECOND, 0))
        return summary


__all__ = ["StaleError", "Store"]
