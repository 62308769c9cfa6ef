"""Bringing a database to the newest version: made where it is empty, left alone where it is somebody else's.

The migrations travel inside the package. All of them run in one transaction, behind a lock that lets one
process at a time migrate; SQLite and PostgreSQL both take back what is half done.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from extractor.review.store.engine import label, writing
from extractor.review.store.errors import StoreError
from extractor.review.store.schema import NEWEST, VERSION_TABLE, metadata

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER: Final = Path(__file__).with_name("migrations")

#: Any number, the same for all who migrate one PostgreSQL database.
_ADVISORY_LOCK: Final = 7_293_001_944


def bring_up_to_date(engine: Engine, *, target: str = NEWEST) -> None:
    """Make or migrate the tables, if need be.

    Args:
        engine: Of the database.
        target: How far; a test stops half-way.

    Raises:
        StoreError: The database is another program's, or a later version's.
    """
    with engine.connect() as connection:
        if version(connection) == target:
            return
    with writing(engine).begin() as connection:
        _wait_for_turn(connection)
        found = version(connection)
        if found == target:
            return  # somebody else was quicker
        _check_ours(connection, found)
        _upgrade(connection, target)


def version(connection: Connection) -> str | None:
    """Return the last migration that the database has seen, ``None`` before the first."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def configuration(connection: Connection) -> Config:
    """Return alembic's configuration for our migrations on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})


def _check_ours(connection: Connection, found: str | None) -> None:
    from alembic.script import ScriptDirectory

    source = label(connection.engine.url)
    if found is None:
        taken = set(inspect(connection).get_table_names())
        # A PostgreSQL database may serve several programs, as long as their tables have other names; a file
        # may not.
        foreign = taken if connection.dialect.name == "sqlite" else taken & set(metadata.tables)
        if foreign:
            raise StoreError("store_of_another_program", source=source, table=min(foreign))
        return
    known = {script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if found not in known:
        raise StoreError("store_newer", source=source, version=found)


def _upgrade(connection: Connection, target: str) -> None:
    from alembic import command

    command.upgrade(configuration(connection), target)
