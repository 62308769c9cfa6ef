"""A document's decisions on another of its records, in the tables: written at once, and what was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, select, update

from extractor.review.decisions import FIRST, SETTLED, Decision, DocumentStatus, Reading
from extractor.review.store import documents as documents_
from extractor.review.store import log
from extractor.review.store.errors import StaleError, StoreError
from extractor.review.store.schema import decisions, documents, readings
from extractor.review.store.times import now_ms


def write(
    connection: Connection,
    key: str,
    version: int,
    made: Mapping[Reading, Sequence[Decision]],
    *,
    heads: Mapping[Reading, int],
    statuses: Mapping[Reading, DocumentStatus],
) -> None:
    """Put another record under review, with the decisions taken over. The transaction is the caller's.

    Args:
        connection: In a writing transaction.
        key: Of the document.
        version: The other record.
        made: By reading, its decisions on that record, in order.
        heads: By reading, how many decisions it had when they were taken over.
        statuses: By reading, how far it has come then.

    Raises:
        StaleError: Somebody decided, or moved them, meanwhile.
        StoreError: There is no such document or version.
    """
    document = documents_.find(connection, key, for_update=True)
    documents_.record_body(connection, document.id, version)
    present = {row.reading: row for row in _readings(connection, document.id)}
    told = {reading: row.head for reading, row in present.items() if row.head}
    if told != {reading: head for reading, head in heads.items() if head} or document.version == version:
        raise StaleError(max(told.values(), default=0))
    now = now_ms()
    for reading, some in made.items():
        rows = [(decision, log.body_of(decision)) for decision in some]
        base = present[reading].base + present[reading].head
        if rows:
            log.insert_rows(connection, rows, document.id, version=version, after=base)
        this = (readings.c.document_id == document.id, readings.c.reading == reading)
        values = {"base": base, "head": len(rows), "touched_at": now, "status": statuses[reading]}
        connection.execute(update(readings).where(*this).values(**values))
    leading: Reading | None = SETTLED if heads.get(SETTLED) else FIRST if heads.get(FIRST) else None
    status = {} if leading is None else {"status": statuses[leading]}
    connection.execute(
        update(documents)
        .where(documents.c.id == document.id)
        .values(
            version=version,
            model=documents_.model_of(connection, document.id, version),
            summarised_at=None,
            touched_at=now,
            decided_upon=documents.c.decided_upon + sum(map(len, made.values())),
            **status,
        )
    )


def _readings(connection: Connection, document: int) -> Sequence[Row[*tuple[Any, ...]]]:
    return connection.execute(select(readings).where(readings.c.document_id == document)).all()


def rebase(connection: Connection, document: int, version: int) -> None:
    """Count the decisions of all readings anew, after another record was put under review."""
    is_present = case((decisions.c.version == version, 1), else_=0)
    query = select(decisions.c.reading, func.count(), func.sum(is_present)).group_by(decisions.c.reading)
    for reading, all_of_it, present in connection.execute(query.where(decisions.c.document_id == document)):
        this = (readings.c.document_id == document, readings.c.reading == reading)
        values = {"head": int(present), "base": int(all_of_it) - int(present)}
        connection.execute(update(readings).where(*this).values(**values))


def before(connection: Connection, key: str, reading: int) -> tuple[int, list[Decision]] | None:
    """Return the record that a reading was moved from, and its decisions there; ``None`` where it never was.

    Raises:
        StoreError: There is no such document.
    """
    document, made = log.of_readings(connection, key, (reading,), all_records=True)
    row = next((row for row in _readings(connection, document.id) if row.reading == reading), None)
    if row is None or not row.base or row.base > len(made):
        return None
    version = made[row.base - 1][1]
    if version == document.version:
        return None
    stretch = [decision for decision, on in made[: row.base] if on == version]
    # Of a record that was under review twice, those of the second time alone.
    return version, stretch


def with_newer(connection: Connection, limit: int | None) -> tuple[str, ...]:
    """Return the keys of documents under review that a later record lies beside."""
    query = select(documents.c.key).where(documents.c.version < documents.c.latest).order_by(documents.c.id)
    return tuple(connection.scalars(query.limit(limit) if limit is not None else query))


def newest(connection: Connection, key: str) -> int:
    """Return the newest record of a document.

    Raises:
        StoreError: There is no such document, or it is under review already.
    """
    row = documents_.find(connection, key)
    if row.latest == row.version:
        raise StoreError("store_nothing_newer", key=key)
    return int(row.latest)
