"""Connections to SQLite and PostgreSQL: where a store is, how it is opened, what its faults mean.

SQLite writes ahead (WAL) and waits for the disk at every commit (``synchronous=FULL``), so that what was
said to be saved outlives a crash. One engine serves all threads of a process; every call takes a connection
of its own from its pool and gives it back.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from extractor.review.store.errors import StoreError

#: Name of the file that is made where nothing is said.
DEFAULT_FILE: Final = "parcferme.db"

#: Connections kept, and how many more when many sessions write at once; nobody waits longer for one than
#: this.
_POOL: Final[dict[str, Any]] = {"pool_size": 8, "max_overflow": 24, "pool_timeout": 30}
_BUSY_MS: Final = 20_000
_CONNECT_SECONDS: Final = 5

_WINDOWS_PATH = re.compile(r"[A-Za-z]:[\\/]")
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={_BUSY_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    # REPLACE deletes without a trigger's noticing unless this is on.
    "PRAGMA recursive_triggers=ON",
    # A file from a stranger cannot have our statements call functions.
    "PRAGMA trusted_schema=OFF",
)
_FILE_HEAD: Final = b"SQLite format 3\x00"


def parsed_url(url: str | None) -> URL:
    """Return where the store is.

    Args:
        url: ``sqlite:///path``, ``postgresql://…``, or the path of a file; ``None`` for :data:`DEFAULT_FILE`
            in the current folder.

    Raises:
        StoreError: It is no address of a database that we can use.
    """
    text = (url or DEFAULT_FILE).strip()
    if not text.isprintable():
        raise StoreError("store_bad_url")
    if "://" not in text or _WINDOWS_PATH.match(text):
        return URL.create("sqlite", database=text)
    try:
        parsed = make_url(text)
        kind = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError("store_bad_url") from error
    if kind in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise StoreError("store_other_kind", kind=kind)
    if parsed.database in {None, "", ":memory:"}:
        raise StoreError("store_in_memory")
    return parsed.set(drivername="sqlite")


def label(url: URL) -> str:
    """Return what a database is called in messages: never with a password, nor with what may hide one."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or url.query.get('host') or 'localhost'}{port}/{url.database or ''}"


def make_engine(url: URL) -> Engine:
    """Return an engine for many threads. Nothing is connected yet.

    Raises:
        StoreError: The file is none that can be a database of ours, or the driver is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return _postgresql(url)


def writing(engine: Engine) -> Engine:
    """Return the same engine, whose transactions begin as writing ones.

    SQLite takes the lock at once: a transaction that reads first and writes later could not wait for its
    turn.
    """
    return engine.execution_options(parcferme_writes=True)


def _sqlite(url: URL) -> Engine:
    path = Path(str(url.database))
    _check_file(path)
    engine = create_engine(url.set(database=str(path.absolute())), **_POOL)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _check_file(path: Path) -> None:
    """Raise ``StoreError`` unless the file is a SQLite database, empty, or can be made."""
    name = str(path)
    try:
        if path.is_dir():
            raise StoreError("store_is_folder", source=name)
        if path.exists():
            with path.open("rb") as file:
                head = file.read(len(_FILE_HEAD))
            if head and head != _FILE_HEAD:
                raise StoreError("store_no_database", source=name)
        elif not path.parent.is_dir():
            raise StoreError("store_no_folder", source=name, folder=path.parent)
    except OSError as error:
        raise StoreError("store_cannot_open", source=name, reason=error.strerror or "?") from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions begin where SQLAlchemy says so, not at the first INSERT.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("parcferme_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def write_ahead(engine: Engine) -> None:
    """Switch a SQLite file to writing ahead; where its file system cannot, it stays as safe, but slower."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        finally:
            raw.close()


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,  # a server that was restarted meanwhile costs nobody an error
            pool_recycle=1800,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "parcferme"}
            if "connect_timeout" not in url.query
            else {},
            **_POOL,
        )
    except ModuleNotFoundError as error:
        raise StoreError("store_needs_postgres") from error
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {_BUSY_MS}")
        # A server that does not wait for its disk could lose what was said to be saved.
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'"
        )
    connection.commit()


#: What the databases say, and the error that it is.
_FAULTS: Final = (
    (
        "store_busy",
        r"database is locked|lock timeout|deadlock detected|too many clients|could not obtain lock",
    ),
    ("store_read_only", r"readonly database|read-only|permission denied|unable to open"),
    ("store_full", r"disk is full|disk full|no space left|disk I/O error|could not extend file"),
    ("store_no_database", r"not a database|malformed|file is encrypted"),
)
#: What psycopg raises where a server is gone, does not let us in, or was never there.
_GONE: Final = {
    "AdminShutdown",
    "CannotConnectNow",
    "ConnectionTimeout",
    "CrashShutdown",
    "InterfaceError",
    "OperationalError",
}


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn what the database says into a ``StoreError``; what is our own fault stays what it is."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreError("store_busy", source=label(url)) from error
    # sqlite3 itself speaks where a connection is made.
    except (DBAPIError, DisconnectionError, sqlite3.Error) as error:
        raise _as_told(error, url) from error


def _as_told(error: DBAPIError | DisconnectionError | sqlite3.Error, url: URL) -> Exception:
    original = getattr(error, "orig", None) or error
    said, source = str(original), label(url)
    for code, pattern in _FAULTS:
        if re.search(pattern, said, re.IGNORECASE):
            return StoreError(code, source=source)
    if url.get_backend_name() == "postgresql" and type(original).__name__ in _GONE:
        return StoreError("store_unreachable", source=source, reason=_without_secrets(said, url))
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        return StoreError("store_failed", source=source, reason=_without_secrets(said, url))
    return error


def _without_secrets(said: str, url: URL) -> str:
    """Return the first line of what a driver says, without the password, should it be there."""
    line = said.strip().split("\n")[0]
    secrets = [str(url.password or ""), *(str(v) for k, v in url.query.items() if "pass" in k)]
    for secret in secrets:
        if secret:
            line = line.replace(secret, "***")
    return line
