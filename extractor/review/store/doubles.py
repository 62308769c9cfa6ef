"""Double review: which documents are read twice, and which of the readings is whose."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, exists, select, text, update

from extractor.review.decisions import FIRST, SECOND, Reading
from extractor.review.store import documents as documents_
from extractor.review.store.schema import decisions, documents, readings


def assign(connection: Connection, keys: Iterable[str], reviewer: str | None) -> int:
    """Choose documents for double review. The transaction is the caller's.

    Args:
        connection: In a writing transaction.
        keys: Of the documents.
        reviewer: Who is to make the second reading; ``None`` leaves it to whoever comes first.

    Returns:
        How many were not chosen before.

    Raises:
        StoreError: There is no such document.
    """
    fresh = 0
    for key in keys:
        row = documents_.find(connection, key, for_update=True)
        fresh += not row.double
        connection.execute(update(documents).where(documents.c.id == row.id).values(double=True))
        connection.execute(
            text("INSERT INTO readings (document_id, reading) VALUES (:id, :reading) ON CONFLICT DO NOTHING"),
            {"id": row.id, "reading": SECOND},
        )
        # Whoever has begun keeps it.
        connection.execute(
            update(readings)
            .where(readings.c.document_id == row.id, readings.c.reading == SECOND, readings.c.head == 0)
            .values(reviewer=reviewer)
        )
    return fresh


def dismiss(connection: Connection, keys: Iterable[str]) -> int:
    """Take documents out of double review, as long as their second reading has not begun; return how many."""
    gone = 0
    for key in keys:
        row = documents_.find(connection, key, for_update=True)
        second = (readings.c.document_id == row.id, readings.c.reading == SECOND)
        begun = connection.scalar(select(exists().where(*second, readings.c.head > 0)))
        if row.double and not begun:
            gone += 1
            connection.execute(update(documents).where(documents.c.id == row.id).values(double=False))
            connection.execute(update(readings).where(*second).values(reviewer=None))
    return gone


def reading_for(connection: Connection, key: str, reviewer: str) -> Reading:
    """Return which reading of a document is this reviewer's: the first, unless the second was left to them.

    Of a document chosen for double review, who has begun on a reading goes on with it; who has not gets the
    second if it was given to them, or if somebody else has begun the first and nobody the second.
    """
    row = documents_.find(connection, key)
    if not row.double:
        return FIRST
    begun = connection.execute(
        select(decisions.c.reading, decisions.c.reviewer)
        .where(decisions.c.document_id == row.id, decisions.c.reading.in_((FIRST, SECOND)))
        .distinct()
    ).all()
    mine = {entry.reading for entry in begun if entry.reviewer == reviewer}
    if mine:
        return FIRST if FIRST in mine else SECOND
    given = connection.scalar(
        select(readings.c.reviewer).where(readings.c.document_id == row.id, readings.c.reading == SECOND)
    )
    if given is not None:
        return SECOND if given == reviewer else FIRST
    others = {entry.reading for entry in begun}
    return SECOND if FIRST in others and SECOND not in others else FIRST
