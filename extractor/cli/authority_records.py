"""Where ``parcferme authority`` has its records from: files, or the review desk's database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from extractor.cli import terminal
from extractor.cli.paths import record_path
from extractor.errors import RecordError, UsageError
from extractor.messages import Messages
from extractor.record import RaceRecord
from extractor.records_io import read_each

if TYPE_CHECKING:
    from extractor.review.store import Store

_NEEDED = ("sqlalchemy", "alembic")


@dataclass(slots=True)
class Records:
    """The records of an archive, one by one.

    Attributes:
        messages: The user's language.
        names: Files and folders; empty where they come from the database.
        database: Address of the review desk's database.
        failed: How many were no records.
    """

    messages: Messages
    names: tuple[str, ...]
    database: str | None
    failed: int = 0

    def all(self, advance: terminal.Advance = lambda: None) -> Iterator[RaceRecord]:
        """Yield every record; what is none is told and counted."""
        if self.database is not None:
            yield from _reviewed(self.database, advance)
            return
        for name in dict.fromkeys(self.names):
            for one in read_each(record_path(name)):
                advance()
                if isinstance(one, RecordError):
                    self.failed += 1
                    terminal.say_error(one, self.messages)
                else:
                    yield one[1]


def _reviewed(database: str, advance: terminal.Advance) -> Iterator[RaceRecord]:
    """Yield the desk's records as they are after decisions, under the names of their documents."""
    from extractor.review.decisions import FIRST, SETTLED

    with open_store(database) as store:
        for key in store.keys(limit=None):
            advance()
            heads = store.document(key).heads
            yield store.state(key, SETTLED if heads.get(SETTLED) else FIRST).reviewed.record


def open_store(database: str) -> Store:
    """Return the review desk's store.

    Raises:
        UsageError: The extra that it needs is not installed.
        StoreError: It cannot be opened.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError("needs_app", missing=", ".join(missing))
    from extractor.review.store import Store

    return Store.open(database)
