"""Reviewers: by the provider's word where they sign in, else by the name they give."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from extractor.review.store.cleaning import MOST_NAME, optional, tidy_name
from extractor.review.store.errors import StoreError
from extractor.review.store.schema import reviewers
from extractor.review.store.searching import folded_words
from extractor.review.store.stored import Reviewer
from extractor.review.store.times import from_ms, now_ms

#: So many people of one name may sign in.
_MOST_NAMESAKES = 100
_MOST_SUBJECT = 400


def reviewer(connection: Connection, name: str, subject: str | None) -> Reviewer:
    """Return the reviewer, made where there is none yet. The transaction is the caller's.

    A name is one person's whatever its case and accents. Somebody who signed in under it keeps it: nobody
    can take it by typing it, and another subject of that name gets a number behind it.

    Raises:
        StoreError: The name is empty or too long, or somebody signs in under it.
    """
    name = tidy_name(name)
    folded = " ".join(folded_words(name))
    if not folded or len(name) > MOST_NAME:
        raise StoreError("store_bad_name", most=MOST_NAME)
    subject = optional(subject, _MOST_SUBJECT)
    if subject is None:
        return _by_name(connection, name, folded)
    row = connection.execute(select(reviewers).where(reviewers.c.subject == subject)).one_or_none()
    return _made(row) if row is not None else _signed_in(connection, name, folded, subject)


def everybody(connection: Connection) -> tuple[Reviewer, ...]:
    """Return all reviewers, by name."""
    return tuple(map(_made, connection.execute(select(reviewers).order_by(reviewers.c.folded))))


def _by_name(connection: Connection, name: str, folded: str) -> Reviewer:
    row = connection.execute(select(reviewers).where(reviewers.c.folded == folded)).one_or_none()
    if row is None:
        return _insert(connection, name, folded, None)
    if row.subject is not None:
        raise StoreError("store_name_taken", name=name)
    return _made(row)


def _signed_in(connection: Connection, name: str, folded: str, subject: str) -> Reviewer:
    for number in range(1, _MOST_NAMESAKES):
        tail = f" {number}" if number > 1 else ""
        taken = connection.scalar(select(reviewers.c.id).where(reviewers.c.folded == folded + tail))
        if taken is None:
            return _insert(connection, name[: MOST_NAME - len(tail)] + tail, folded + tail, subject)
    raise StoreError("store_name_taken", name=name)


def _insert(connection: Connection, name: str, folded: str, subject: str | None) -> Reviewer:
    row = connection.execute(
        insert(reviewers)
        .values(name=name, folded=folded, subject=subject, added_at=now_ms())
        .returning(reviewers)
    ).one()
    return _made(row)


def _made(row: Row[*tuple[Any, ...]]) -> Reviewer:
    return Reviewer(row.name, row.subject, from_ms(row.added_at))


def ensure(connection: Connection, name: str) -> None:
    """Make a reviewer of that name, unless there is one; what is no name is left to the log to refuse."""
    name = tidy_name(name)
    folded = " ".join(folded_words(name))
    if folded and len(name) <= MOST_NAME:
        there = connection.scalar(select(reviewers.c.id).where(reviewers.c.folded == folded))
        if there is None:
            _insert(connection, name, folded, None)
