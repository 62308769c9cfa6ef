"""Times as the store keeps them: whole milliseconds since 1970, in UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, func, literal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """Return a time in milliseconds; one without a zone is taken to be in UTC."""
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """Return the time, in UTC."""
    return _EPOCH + timedelta(milliseconds=ms)


def optional_from_ms(ms: int | None) -> datetime | None:
    """Return the time, where there is one."""
    return None if ms is None else from_ms(ms)


def now_ms() -> int:
    """Return the time by this machine's clock."""
    return time.time_ns() // 1_000_000


def clock(connection: Connection) -> ColumnElement[int]:
    """Return the time by the clock that all who use this database share.

    Machines that share a PostgreSQL server may disagree about the time, so locks go by the server's.
    """
    if connection.dialect.name == "postgresql":
        return cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger)
    return literal(now_ms(), BigInteger)
