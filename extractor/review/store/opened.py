"""An open database: connections for reading and for writing, given back whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from extractor.review.store.engine import label, make_engine, parsed_url, told, write_ahead, writing
from extractor.review.store.migrating import bring_up_to_date


class Opened:
    """An open database that is ours and up to date. Use as a context manager, or call :meth:`close`.

    Attributes:
        name: What the database is called in messages; never holds a password.
    """

    def __init__(self, engine: Engine) -> None:
        self.name = label(engine.url)
        self._engine = engine
        self._writing = writing(engine)

    @classmethod
    def open(cls, url: str | None = None) -> Self:
        """Open a store; made where there is none, migrated where it is older.

        Args:
            url: ``sqlite:///path``, ``postgresql://user:password@host/database``, or the path of a file;
                ``None`` for ``parcferme.db`` in the current folder.

        Raises:
            StoreError: It cannot be opened, is another program's, or of a later version.
        """
        parsed = parsed_url(url)
        engine = make_engine(parsed)
        try:
            with told(parsed):
                write_ahead(engine)
                bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file on this machine."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with told(self._engine.url), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with told(self._engine.url), self._writing.begin() as connection:
            yield connection
