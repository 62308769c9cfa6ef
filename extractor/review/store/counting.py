"""What the dashboard asks of the database: sums by status, and when decisions were made."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, case, func, select

from extractor.review.decisions import DocumentStatus, SetStatus
from extractor.review.figures import StatusSums
from extractor.review.pace import MOST_MOMENTS, Moment
from extractor.review.store.schema import decisions, documents
from extractor.review.store.times import from_ms, to_ms

_DONE: Final[frozenset[DocumentStatus]] = frozenset(("reviewed", "rejected"))


def sums(connection: Connection) -> dict[DocumentStatus, StatusSums]:
    """Return sums over the documents of each status that occurs."""
    columns = documents.c
    query = select(
        columns.status,
        func.count(),
        func.coalesce(func.sum(columns.facts), 0),
        func.coalesce(func.sum(columns.decided), 0),
        func.coalesce(func.sum(columns.expected_errors), 0.0),
    ).group_by(columns.status)
    return {
        status: StatusSums(int(number), int(facts), int(decided), float(errors))
        for status, number, facts, decided, errors in connection.execute(query)
    }


def moments(connection: Connection, since: datetime, most: int = MOST_MOMENTS) -> list[Moment]:
    """Return when decisions were made since a moment, in any reading; of more than ``most`` the newest."""
    columns = decisions.c
    query = (
        select(
            columns.reviewer,
            columns.at,
            columns.action,
            case((columns.action == "status", columns.body), else_=None).label("status"),
        )
        .where(columns.at >= to_ms(since), columns.carried.is_(None))
        .order_by(columns.at.desc())
        .limit(most)
    )
    return [
        Moment(row.reviewer, from_ms(row.at), row.action == "undo", _is_done(row.status))
        for row in connection.execute(query)
    ]


def _is_done(body: str | None) -> bool:
    return body is not None and SetStatus.model_validate_json(body).new in _DONE
