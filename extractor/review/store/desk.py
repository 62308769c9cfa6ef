"""Who works on what: reviewers, locks, and double review."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.exc import IntegrityError

from extractor.review.decisions import Reading
from extractor.review.store import doubles, locks, people
from extractor.review.store.locks import DEFAULT_SECONDS
from extractor.review.store.opened import Opened
from extractor.review.store.stored import Lock, Reviewer


class Desk(Opened):
    """The part of the store that knows people."""

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
