"""Locks with an expiry: who works on a reading, so that nobody else begins on it by accident.

They are a courtesy; what keeps decisions safe is the head of the log. Taking one is one statement, which the
database does for one caller at a time.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, select, text, update

from extractor.review.decisions import Reading
from extractor.review.store import documents as documents_
from extractor.review.store.schema import documents, locks
from extractor.review.store.stored import Lock
from extractor.review.store.times import clock, from_ms

#: How long a lock holds unless it is renewed.
DEFAULT_SECONDS: Final = 120.0

_TAKE = text(
    """
    INSERT INTO locks (document_id, reading, reviewer, taken_at, expires_at)
    VALUES (:document, :reading, :reviewer, :now, :until)
    ON CONFLICT (document_id, reading) DO UPDATE
    SET reviewer = excluded.reviewer, expires_at = excluded.expires_at,
        taken_at = CASE WHEN locks.reviewer = excluded.reviewer THEN locks.taken_at ELSE excluded.taken_at END
    WHERE locks.reviewer = excluded.reviewer OR locks.expires_at <= excluded.taken_at
    """
)


def take(connection: Connection, key: str, reading: Reading, reviewer: str, seconds: float) -> Lock:
    """Take the lock, or renew one's own; somebody else's is taken over once it has lapsed.

    Returns:
        The lock as it is then, ``mine`` or not.

    Raises:
        StoreError: There is no such document.
    """
    number = documents_.find(connection, key).id
    now = _now(connection)
    until = now + round(seconds * 1000)
    values = {"document": number, "reading": reading, "reviewer": reviewer, "now": now, "until": until}
    connection.execute(_TAKE, values)
    row = connection.execute(
        select(locks.c.reviewer, locks.c.expires_at).where(
            locks.c.document_id == number, locks.c.reading == reading
        )
    ).one()
    return Lock(key, reading, row.reviewer, from_ms(row.expires_at), row.reviewer == reviewer)


def renew(connection: Connection, key: str, reading: Reading, reviewer: str, seconds: float) -> Lock | None:
    """Make one's own lock hold longer, even a lapsed one that nobody has taken.

    Returns:
        The lock as it is then, ``mine`` or not; ``None`` where there is none.
    """
    number = documents_.find(connection, key).id
    this = (locks.c.document_id == number, locks.c.reading == reading)
    now = _now(connection)
    connection.execute(
        update(locks)
        .where(*this, locks.c.reviewer == reviewer)
        .values(expires_at=now + round(seconds * 1000))
    )
    return _current(connection, key, number, reading, reviewer, now)


def release(connection: Connection, key: str, reading: Reading, reviewer: str) -> bool:
    """Give back one's own lock. Returns whether there was one."""
    number = documents_.find(connection, key).id
    gone = connection.execute(
        delete(locks).where(
            locks.c.document_id == number, locks.c.reading == reading, locks.c.reviewer == reviewer
        )
    )
    return gone.rowcount > 0


def holder(connection: Connection, key: str, reading: Reading, reviewer: str) -> Lock | None:
    """Return the lock that holds now, ``mine`` if it is this reviewer's."""
    number = documents_.find(connection, key).id
    return _current(connection, key, number, reading, reviewer, _now(connection))


def present(connection: Connection) -> list[Lock]:
    """Return all locks that hold now; none of them is marked as ``mine``."""
    rows = connection.execute(
        select(documents.c.key, locks.c.reading, locks.c.reviewer, locks.c.expires_at)
        .join(documents, documents.c.id == locks.c.document_id)
        .where(locks.c.expires_at > _now(connection))
        .order_by(locks.c.expires_at)
    )
    return [Lock(row.key, row.reading, row.reviewer, from_ms(row.expires_at), False) for row in rows]


def _current(
    connection: Connection, key: str, number: int, reading: Reading, reviewer: str, now: int
) -> Lock | None:
    row = connection.execute(
        select(locks.c.reviewer, locks.c.expires_at).where(
            locks.c.document_id == number, locks.c.reading == reading, locks.c.expires_at > now
        )
    ).one_or_none()
    if row is None:
        return None
    return Lock(key, reading, row.reviewer, from_ms(row.expires_at), row.reviewer == reviewer)


def _now(connection: Connection) -> int:
    return int(connection.scalar(select(clock(connection))) or 0)
