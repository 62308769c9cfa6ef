"""The log of decisions: lines are added behind the head, each once, and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, insert, select, text, update

from extractor.review.decisions import (
    SECOND,
    Change,
    Decision,
    DocumentStatus,
    Reading,
    SetStatus,
)
from extractor.review.store import documents as documents_
from extractor.review.store.cleaning import MOST_MODEL, MOST_NAME, optional
from extractor.review.store.errors import StaleError, StoreError
from extractor.review.store.schema import decisions, documents, hands, readings
from extractor.review.store.times import from_ms, now_ms, to_ms

MOST_DECISION_BYTES: Final = 8 << 20
_MOST_ID: Final = 64
_AT_ONCE: Final = 500

_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


def append(
    connection: Connection,
    made: Sequence[Decision],
    *,
    head: int,
    version: int | None = None,
    status: DocumentStatus | None = None,
) -> int:
    """Add decisions on one reading of one document, all or none. The transaction is the caller's.

    Those whose id is there already are skipped. If everything that came behind ``head`` is among them, they
    are this page's own, sent again because the answer was lost: what is new goes behind them.

    Args:
        connection: In a writing transaction.
        made: The decisions, in order.
        head: Number of the reading's decisions that they were made after.
        version: Record they were made on; by its model where it is not told.
        status: How far the reading has come after them; by the last of them that says so where it is not
            told.

    Returns:
        The new head.

    Raises:
        StaleError: Somebody else decided meanwhile, or the record under review is another by now.
        StoreError: There is no such document, a decision is on another text, or it is not fit to be kept.
    """
    key, reading = _subject(made)
    bodies = [body_of(decision) for decision in made]
    document = documents_.find(connection, key, for_update=True)
    _check_text(made, document.text_sha256)
    present, base = _present_head(connection, document.id, reading)
    behind = _already_there(connection, made, document.id, reading)
    fresh = [(d, b) for d, b in zip(made, bodies, strict=True) if d.id not in behind]
    if not fresh:
        return present
    if present != head + sum(seq - base > head for seq in behind.values()):
        raise StaleError(present)
    on = _version(connection, document, fresh[0][0].model, version, present)
    insert_rows(connection, fresh, document.id, version=on, after=base + present)
    new_head = present + len(fresh)
    _note(connection, document, [d for d, _ in fresh], head=new_head, version=on, status=status)
    return new_head


def _subject(made: Sequence[Decision]) -> tuple[str, Reading]:
    subjects = {(decision.document, decision.reading) for decision in made}
    if len(subjects) != 1:
        raise ValueError("decisions are appended on one reading of one document")
    if len({decision.id for decision in made}) != len(made):
        raise StoreError("store_id_twice")
    return subjects.pop()


def body_of(decision: Decision) -> str:
    """Return a decision's change as it is kept.

    Raises:
        StoreError: It is not fit to be kept.
    """
    if not 0 < len(decision.id) <= _MOST_ID or not decision.id.isprintable():
        raise StoreError("store_bad_id")
    if not 0 < len(decision.reviewer) <= MOST_NAME or not decision.reviewer.isprintable():
        raise StoreError("store_bad_name", most=MOST_NAME)
    try:
        body = decision.change.model_dump_json()
    except ValueError as error:  # half a character, in a value of any kind
        raise StoreError("store_unfit_decision") from error
    if len(body) > MOST_DECISION_BYTES:
        raise StoreError("store_decision_too_large", most=MOST_DECISION_BYTES >> 20)
    return body


def _check_text(made: Iterable[Decision], sha256: str) -> None:
    for decision in made:
        if decision.text_sha256 != sha256:
            raise StoreError("store_other_text", key=decision.document)


def _present_head(connection: Connection, document: int, reading: int) -> tuple[int, int]:
    # The document's row is locked, so nobody makes this row at the same time.
    row = connection.execute(
        select(readings.c.head, readings.c.base).where(
            readings.c.document_id == document, readings.c.reading == reading
        )
    ).one_or_none()
    if row is None:
        connection.execute(insert(readings).values(document_id=document, reading=reading))
        return 0, 0
    return int(row.head), int(row.base)


def _already_there(
    connection: Connection, made: Sequence[Decision], document: int, reading: int
) -> dict[str, int]:
    """Return the numbers of those whose id is taken.

    Raises:
        StoreError: By a decision on something else.
    """
    there: dict[str, int] = {}
    for some in batched_ids(made):
        columns = (decisions.c.id, decisions.c.seq, decisions.c.document_id, decisions.c.reading)
        for row in connection.execute(select(*columns).where(decisions.c.id.in_(some))):
            if (row.document_id, row.reading) != (document, reading):
                raise StoreError("store_id_taken")
            there[row.id] = row.seq
    return there


def batched_ids(made: Sequence[Decision]) -> Iterator[list[str]]:
    """Yield the ids in lists that a statement can hold."""
    for start in range(0, len(made), _AT_ONCE):
        yield [decision.id for decision in made[start : start + _AT_ONCE]]


def _version(
    connection: Connection, document: Row[*tuple[Any, ...]], model: str | None, version: int | None, head: int
) -> int:
    """Return the record that decisions are on; the first on a document choose it."""
    if document.decided_upon:
        if version is not None and version != document.version:
            raise StaleError(head)
        return int(document.version)
    if version is None:
        version = documents_.version_of_model(connection, document.id, model) or document.version
    documents_.record_body(connection, document.id, version)
    return version


def insert_rows(
    connection: Connection, fresh: Sequence[tuple[Decision, str]], document: int, *, version: int, after: int
) -> None:
    """Write decisions with their bodies behind what was decided before, on whatever record."""
    rows = [
        {
            "document_id": document,
            "reading": decision.reading,
            "seq": seq,
            "id": decision.id,
            "version": version,
            "reviewer": decision.reviewer,
            "at": to_ms(decision.at),
            "action": decision.change.action,
            "body": body,
            "model": optional(decision.model, MOST_MODEL),
            "carried": decision.carried,
        }
        for seq, (decision, body) in enumerate(fresh, after + 1)
    ]
    connection.execute(insert(decisions), rows)


def append_moved(
    connection: Connection,
    document: Row[*tuple[Any, ...]],
    made: Sequence[Decision],
    on: Sequence[int],
    *,
    after: int,
    present: int,
) -> None:
    """Add decisions of a reading that was moved from one record to another. The transaction is the caller's.

    Args:
        connection: In a writing transaction.
        document: Its row, locked.
        made: The decisions, in order, on any of its records.
        on: The record of each.
        after: How many of this reading are there.
        present: The record under review then.
    """
    from extractor.review.store.moved import rebase

    _check_text(made, document.text_sha256)
    _already_there(connection, made, document.id, made[0].reading)
    _present_head(connection, document.id, made[0].reading)
    for number, (decision, version) in enumerate(zip(made, on, strict=True), after):
        insert_rows(connection, [(decision, body_of(decision))], document.id, version=version, after=number)
    here = [decision for decision, version in zip(made, on, strict=True) if version == present]
    _note(connection, document, here or made, head=0, version=present, status=None if here else "in_review")
    rebase(connection, document.id, present)


def _note(
    connection: Connection,
    document: Row[*tuple[Any, ...]],
    fresh: Sequence[Decision],
    *,
    head: int,
    version: int,
    status: DocumentStatus | None,
) -> None:
    """Bring what is kept beside the log up to date."""
    now, last = now_ms(), fresh[-1]
    said = status or next((d.change.new for d in reversed(fresh) if isinstance(d.change, SetStatus)), None)
    this = (readings.c.document_id == document.id, readings.c.reading == last.reading)
    before = connection.scalar(select(readings.c.status).where(*this))
    values = {"reviewer": last.reviewer, "status": said or ("in_review" if before == "new" else before)}
    connection.execute(update(readings).where(*this).values(head=head, touched_at=now, **values))
    of_document: dict[str, Any] = {
        "decided_upon": documents.c.decided_upon + len(fresh),
        "touched_at": now,
        "version": version,
    }
    if version != document.version:
        of_document |= {
            "model": documents_.model_of(connection, document.id, version),
            "summarised_at": None,
        }
    if last.reading != SECOND:  # the second reading is blind, and does not count before it is settled
        progress = said or ("in_review" if document.status == "new" else document.status)
        of_document |= {"reviewer": last.reviewer, "status": progress}
    connection.execute(update(documents).where(documents.c.id == document.id).values(**of_document))
    for reviewer in {decision.reviewer for decision in fresh}:
        connection.execute(
            text(
                f"INSERT INTO {hands.name} (document_id, reviewer) VALUES (:document, :reviewer) "
                "ON CONFLICT DO NOTHING"
            ),
            {"document": document.id, "reviewer": reviewer},
        )


def of_readings(
    connection: Connection, key: str, wanted: Sequence[int], *, all_records: bool = False
) -> tuple[Row[*tuple[Any, ...]], list[tuple[Decision, int]]]:
    """Return a document's row and, in order, the decisions on some readings with their record's version.

    Args:
        connection: To the database.
        key: Of the document.
        wanted: Readings.
        all_records: Also those on records that were under review before.

    Raises:
        StoreError: There is no such document.
    """
    document = documents_.find(connection, key)
    # One statement, so that what it gives belongs together.
    query = _selected().where(decisions.c.document_id == document.id, decisions.c.reading.in_(wanted))
    if not all_records:
        query = query.where(decisions.c.version == documents.c.version)
    rows = connection.execute(query.order_by(decisions.c.reading, decisions.c.seq)).all()
    return document, [(as_decision(row), row.version) for row in rows]


def _selected() -> Select[Any]:
    return select(decisions, documents.c.key, documents.c.text_sha256).join(
        documents, documents.c.id == decisions.c.document_id
    )


def as_decision(row: Row[*tuple[Any, ...]]) -> Decision:
    """Return the decision that a row of :func:`_selected` holds."""
    return Decision(
        id=row.id,
        document=row.key,
        reading=row.reading,
        reviewer=row.reviewer,
        at=from_ms(row.at),
        change=_CHANGE.validate_json(row.body),
        model=row.model,
        text_sha256=row.text_sha256,
        carried=row.carried,
    )


def stretch(
    connection: Connection, after: tuple[int, int, int], limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the rows of the whole log behind a place (document, reading, number), in that order."""
    document, reading, seq = after
    return connection.execute(
        _selected()
        .where(
            (decisions.c.document_id > document)
            | (decisions.c.document_id == document)
            & ((decisions.c.reading > reading) | (decisions.c.reading == reading) & (decisions.c.seq > seq))
        )
        .order_by(decisions.c.document_id, decisions.c.reading, decisions.c.seq)
        .limit(limit)
    ).all()
