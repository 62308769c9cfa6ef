"""The queue as the database answers it: its rows, what they can be filtered by, and their sums."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    UnaryExpression,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from extractor.review.decisions import FIRST, SECOND
from extractor.review.queue import (
    Facets,
    QueueFilter,
    QueueOrder,
    QueuePage,
    QueueRow,
    Summary,
    Totals,
)
from extractor.review.store import documents as documents_
from extractor.review.store import searching
from extractor.review.store.cleaning import (
    LARGEST,
    LAST_YEAR,
    MOST_CODE,
    MOST_NAME,
    MOST_SERIES,
    MOST_TITLE,
    clean,
    optional,
    plausible_year,
)
from extractor.review.store.schema import (
    decisions,
    documents,
    finding_codes,
    hands,
    locks,
    readings,
    searches,
)
from extractor.review.store.searching import words_of
from extractor.review.store.times import clock, from_ms, optional_from_ms

_ORDERS: Final[dict[QueueOrder, UnaryExpression[Any]]] = {
    "priority": documents.c.priority.desc(),
    "confidence": documents.c.lowest_confidence.asc().nulls_last(),
    "errors": documents.c.expected_errors.desc(),
    "broken": documents.c.broken.desc(),
    "newest": documents.c.added_at.desc(),
    "oldest": documents.c.added_at.asc(),
    "touched": documents.c.touched_at.desc().nulls_last(),
    "title": documents.c.sort_title.asc().nulls_last(),
    "year": documents.c.year.asc().nulls_last(),
}
_DOWNWARDS: Final = frozenset({"priority", "errors", "broken", "newest", "touched"})


def page(
    connection: Connection, wanted: QueueFilter, order: QueueOrder, offset: int, limit: int
) -> QueuePage:
    """Return a stretch of the queue, and how long it is in all."""
    conditions = _conditions(connection, wanted)
    # Ids first: sorting whole rows takes several times as long.
    chosen = (
        select(documents.c.id)
        .where(*conditions)
        .order_by(*_ordered(order))
        .offset(_bounded(offset, LARGEST))
        .limit(_bounded(limit, LARGEST))
    )
    counted = select(func.count()).select_from(documents).where(*conditions)
    if wanted.text.strip():  # texts are looked through once, and what was found is counted on the way
        found = connection.execute(chosen.add_columns(func.count().over())).all()
        ids, total = [row[0] for row in found], found[0][1] if found else None
        if not found and offset <= 0 < limit:
            total = 0
    else:
        ids, total = list(connection.scalars(chosen)), None
    if total is None:
        total = connection.scalar(counted) or 0
    return QueuePage(_rows(connection, ids), total)


def _bounded(number: int, most: int) -> int:
    return min(max(number, 0), most)


def keys(
    connection: Connection, wanted: QueueFilter, order: QueueOrder, limit: int | None
) -> tuple[str, ...]:
    """Return the keys of the queue in its order."""
    query = select(documents.c.key).where(*_conditions(connection, wanted)).order_by(*_ordered(order))
    return tuple(connection.scalars(query.limit(limit) if limit is not None else query))


def _ordered(order: QueueOrder) -> tuple[UnaryExpression[Any], UnaryExpression[Any]]:
    number = documents.c.id
    return _ORDERS[order], number.desc() if order in _DOWNWARDS else number.asc()


def _conditions(connection: Connection, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    columns = documents.c
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(columns.status.in_(wanted.statuses))
    if wanted.series:
        named = [clean(name, MOST_SERIES) for name in wanted.series if name]
        among: list[ColumnElement[bool]] = [columns.series.in_(named)] if named else []
        if "" in wanted.series:
            among.append(columns.series.is_(None))
        found.append(or_(*among))
    if wanted.first_year is not None:
        found.append(columns.year >= _bounded(wanted.first_year, LAST_YEAR))
    if wanted.last_year is not None:
        found.append(columns.year <= _bounded(wanted.last_year, LAST_YEAR))
    if wanted.reviewer is not None:
        mine = select(hands.c.document_id).where(hands.c.reviewer == clean(wanted.reviewer, MOST_NAME))
        found.append(columns.id.in_(mine))
    if wanted.findings:
        codes = [clean(code, MOST_CODE) for code in wanted.findings]
        with_code = select(finding_codes.c.document_id).where(finding_codes.c.code.in_(codes))
        found.append(columns.id.in_(with_code))
    if wanted.double is not None:
        found.append(columns.double.is_(wanted.double))
    if wanted.second_for is not None:
        found.append(_second_for(clean(wanted.second_for, MOST_NAME)))
    found += _with_words(connection, wanted.text)
    return found


def _with_words(connection: Connection, asked: str) -> list[ColumnElement[bool]]:
    if not asked.strip():
        return []
    hits = searching.found(connection, asked)
    if hits is None:  # signs alone are in no text
        return [documents.c.id.is_(None)]
    return [documents.c.id.in_(hits)]


def _second_for(reviewer: str) -> ColumnElement[bool]:
    read_first = exists().where(
        decisions.c.document_id == documents.c.id,
        decisions.c.reading == FIRST,
        decisions.c.reviewer == reviewer,
    )
    of_another = exists().where(
        readings.c.document_id == documents.c.id,
        readings.c.reading == SECOND,
        readings.c.reviewer.is_not(None),
        readings.c.reviewer != reviewer,
    )
    return and_(documents.c.double.is_(True), ~read_first, ~of_another)


def _rows(connection: Connection, ids: Sequence[int]) -> tuple[QueueRow, ...]:
    if not ids:
        return ()
    second = readings.alias()
    query = (
        select(documents, second.c.status.label("second_status"), second.c.reviewer.label("second_reviewer"))
        .outerjoin(second, and_(second.c.document_id == documents.c.id, second.c.reading == SECOND))
        .where(documents.c.id.in_(ids))
    )
    found = {row.id: row for row in connection.execute(query)}
    codes = _codes(connection, ids)
    holders = _holders(connection, ids)
    return tuple(_row(found[i], codes.get(i, ()), holders.get(i)) for i in ids if i in found)


def _codes(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query: Select[Any] = (
        select(finding_codes.c.document_id, finding_codes.c.code)
        .where(finding_codes.c.document_id.in_(ids))
        .order_by(finding_codes.c.code)
    )
    codes: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(query):
        codes[row.document_id] = (*codes.get(row.document_id, ()), row.code)
    return codes


def _holders(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    query = select(locks.c.document_id, locks.c.reviewer).where(
        locks.c.document_id.in_(ids), locks.c.expires_at > clock(connection)
    )
    return {
        row.document_id: row.reviewer for row in connection.execute(query.order_by(locks.c.reading.desc()))
    }


def _row(row: Row[*tuple[Any, ...]], codes: tuple[str, ...], held_by: str | None) -> QueueRow:
    return QueueRow(
        key=row.key,
        title=row.title or row.origin or row.key,
        origin=row.origin,
        model=row.model,
        status=row.status,
        reviewer=row.reviewer,
        summary=_summary(row, codes),
        double=row.double,
        second_status=row.second_status if row.double else None,
        second_reviewer=row.second_reviewer if row.double else None,
        newer=row.version < row.latest,
        held_by=held_by,
        added_at=from_ms(row.added_at),
        touched_at=optional_from_ms(row.touched_at),
    )


def _summary(row: Row[*tuple[Any, ...]], codes: tuple[str, ...]) -> Summary:
    return Summary(
        priority=row.priority,
        lowest_confidence=row.lowest_confidence,
        expected_errors=row.expected_errors,
        findings=codes,
        facts=row.facts,
        decided=row.decided,
        series=row.series,
        year=row.year,
        title=row.title,
        status=row.status,
        reviewer=row.reviewer,
        broken=row.broken,
        counts=json.loads(row.counts),
    )


def set_summary(connection: Connection, key: str, summary: Summary, *, decided_upon: int | None) -> bool:
    """Keep a document's summary. The transaction is the caller's.

    Args:
        connection: In a writing transaction.
        key: Of the document.
        summary: What is known.
        decided_upon: Number of decisions, of all readings, when it was made; as many as there are where not
            told.

    Returns:
        Whether it was kept: one made earlier does not replace one made later.
    """
    row = documents_.find(connection, key, for_update=True)
    made_at = row.decided_upon if decided_upon is None else decided_upon
    if row.summarised_at is not None and row.summarised_at > made_at:
        return False
    title = optional(summary.title, MOST_TITLE)
    values = {
        "summarised_at": made_at,
        "status": summary.status,
        "priority": _finite(summary.priority),
        "lowest_confidence": summary.lowest_confidence,
        "expected_errors": _finite(summary.expected_errors),
        "broken": _finite(summary.broken),
        "facts": summary.facts,
        "decided": summary.decided,
        "series": optional(summary.series, MOST_SERIES) or None,
        "year": plausible_year(summary.year),
        "title": title,
        "sort_title": documents_.sorted_by(title),
        "counts": json.dumps({name: _finite(count) for name, count in summary.counts.items()}),
    }
    if summary.reviewer is not None:
        values["reviewer"] = summary.reviewer
    connection.execute(update(documents).where(documents.c.id == row.id).values(**values))
    names = words_of(summary.title or "", summary.series or "", summary.drivers_text)
    connection.execute(update(searches).where(searches.c.document_id == row.id).values(names=names))
    connection.execute(delete(finding_codes).where(finding_codes.c.document_id == row.id))
    codes = sorted({clean(code, MOST_CODE) for code in summary.findings})
    if codes:
        connection.execute(insert(finding_codes), [{"document_id": row.id, "code": code} for code in codes])
    return True


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def unsummarised(connection: Connection, limit: int | None) -> tuple[str, ...]:
    """Return the keys of documents whose summary was never made, or not since the last decision."""
    query = select(documents.c.key).where(_is_unsummarised()).order_by(documents.c.id)
    return tuple(connection.scalars(query.limit(limit) if limit is not None else query))


def _is_unsummarised() -> ColumnElement[bool]:
    made_at = documents.c.summarised_at
    return or_(made_at.is_(None), made_at < documents.c.decided_upon)


def facets(connection: Connection) -> Facets:
    """Return what can be filtered by."""
    columns = documents.c
    return Facets(
        statuses=_counted(connection, columns.status),
        series=tuple((name or "", count) for name, count in _counted(connection, columns.series)),
        years=tuple(
            sorted((y for y in _counted(connection, columns.year) if y[0] is not None), reverse=True)
        ),
        reviewers=_counted(connection, hands.c.reviewer),
        findings=_counted(connection, finding_codes.c.code),
    )


def _counted(connection: Connection, column: ColumnElement[Any]) -> tuple[tuple[Any, int], ...]:
    query = select(column, func.count()).group_by(column).order_by(func.count().desc(), column)
    return tuple((value, int(count)) for value, count in connection.execute(query))


def totals(connection: Connection) -> Totals:
    """Return how far the archive has come."""
    columns = documents.c
    sums = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(columns.facts), 0),
            func.coalesce(func.sum(columns.decided), 0),
            func.coalesce(func.sum(columns.expected_errors), 0.0),
            func.coalesce(func.sum(columns.decided_upon), 0),
            func.count().filter(columns.double.is_(True)),
            func.count().filter(_is_unsummarised()),
        )
    ).one()
    return Totals(
        documents=sums[0],
        statuses=dict(_counted(connection, columns.status)),
        facts=int(sums[1]),
        decided=int(sums[2]),
        expected_errors=float(sums[3]),
        decisions=int(sums[4]),
        double=sums[5],
        unsummarised=sums[6],
    )


def counts(connection: Connection, wanted: QueueFilter) -> dict[str, float]:
    """Return the sums of what the summaries count, over the documents that are wanted."""
    sums: dict[str, float] = {}
    for (kept,) in connection.execute(
        select(documents.c.counts).where(documents.c.counts != "{}", *_conditions(connection, wanted))
    ):
        for name, count in json.loads(kept).items():
            sums[name] = sums.get(name, 0.0) + count
    return sums
