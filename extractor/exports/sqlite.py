"""An SQLite database: every table with its keys and indexes, and views for readers.

What names another row is a foreign key, so lists of ids become tables of their own (``entry_drivers``,
``result_drivers``, ``incident_causes``, ``finding_about``), and ``facts`` holds every id of a record with its
kind. Columns that only repeat what stands elsewhere are left to the views.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path

from extractor.exports.flat.rows import Row, Rows, flat_records
from extractor.exports.flat.schema import TABLES, Column, Kind, Table
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

VERSION = 1
"""Of the layout; ``PRAGMA user_version`` says it."""
_TYPES: dict[Kind, str] = {"int": "INTEGER", "bool": "INTEGER", "float": "REAL"}
_RECORDS_AT_ONCE = 1000

#: Kinds of facts that have ids, with the table and the column that holds it.
_FACTS = {
    "session": "sessions", "driver": "drivers", "team": "teams", "entry": "entries", "result": "results",
    "quote": "quotes", "incident": "incidents",
}  # fmt: skip

#: Lists of ids: table, column, and the table that the list becomes with its two columns.
_LINKS = (
    ("entries", "drivers", "entry_drivers", "entry", "driver"),
    ("results", "drivers", "result_drivers", "result", "driver"),
    ("incidents", "caused_by", "incident_causes", "incident", "cause"),
    ("findings", "about", "finding_about", "finding", "id"),
)


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write records into the database ``out`` and return how many."""
    count = 0
    with _failures(), closing(sqlite3.connect(out, isolation_level=None)) as database:
        # The file is nobody's until it is whole: no journal need mend it.
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;")
        for statement in layout():
            database.execute(statement)
        inserts = dict(_inserts())
        database.execute("BEGIN")
        for rows in flat_records(records, options):
            for name, lines in _with_links(rows).items():
                database.executemany(inserts[name], map(_stored, lines))
            count += 1
            if count % _RECORDS_AT_ONCE == 0:
                database.execute("COMMIT")
                database.execute("BEGIN")
        database.execute("COMMIT")
        database.executescript(files("extractor.exports").joinpath("sqlite.sql").read_text("utf-8"))
        database.executescript(f"PRAGMA user_version={VERSION}; ANALYZE;")
    return count


def layout() -> Iterator[str]:
    """Yield the statements that make the tables."""
    facts = "document INTEGER NOT NULL REFERENCES documents, id TEXT NOT NULL, kind TEXT NOT NULL"
    for table in TABLES:
        yield _table(table)
        if table.name == "documents":
            yield f"CREATE TABLE facts ({facts}, PRIMARY KEY (document, id)) STRICT, WITHOUT ROWID"
    for table_name, _, name, one, other in _LINKS:
        kind = "INTEGER" if one == "finding" else "TEXT"
        target = {"driver": "drivers", "cause": "incidents", "id": "facts"}[other]
        yield (
            f"CREATE TABLE {name} (document INTEGER NOT NULL, {one} {kind} NOT NULL, n INTEGER NOT NULL, "
            f"{other} TEXT NOT NULL, PRIMARY KEY (document, {one}, n), "
            f"FOREIGN KEY (document, {one}) REFERENCES {table_name}, "
            f"FOREIGN KEY (document, {other}) REFERENCES {target}) STRICT, WITHOUT ROWID"
        )


def _kept(table: Table) -> Iterator[Column]:
    for column in table.columns:
        if not column.derived and column.kind != "ids":
            yield column


def _table(table: Table) -> str:
    parts = []
    for column in _kept(table):
        kind = _TYPES.get(column.kind, "TEXT")
        parts.append(f"{column.name} {kind}{' NOT NULL' * column.required}")
    if table.key == ("document",):
        parts[0] = "document INTEGER PRIMARY KEY"
    elif table.name != "evidence":  # whose key has nulls
        parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    own = table.key[-1]
    if own in _FACTS:
        parts.append(f"FOREIGN KEY (document, {own}) REFERENCES facts")
    for column in _kept(table):
        if column.refers == "documents":
            parts.append("FOREIGN KEY (document) REFERENCES documents")
        elif column.refers:
            parts.append(f"FOREIGN KEY (document, {column.name}) REFERENCES {column.refers}")
    return f"CREATE TABLE {table.name} ({', '.join(parts)}) STRICT"


def _inserts() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        yield table.name, _insert(table.name, [column.name for column in _kept(table)])
    yield "facts", _insert("facts", ["document", "id", "kind"])
    for _, _, name, one, other in _LINKS:
        yield name, _insert(name, ["document", one, "n", other])


def _insert(table: str, names: list[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})"


def _with_links(rows: Rows) -> Rows:
    """Return rows with those of the tables that only the database has."""
    found: Rows = {"documents": rows["documents"], "facts": []}
    for kind, table in _FACTS.items():
        found["facts"] += [
            {"document": row["document"], "id": row[kind], "kind": kind} for row in rows[table]
        ]
    found |= rows
    for table, column, name, one, other in _LINKS:
        found[name] = [
            {"document": row["document"], one: row[one], "n": n, other: thing}
            for row in rows[table]
            for n, thing in enumerate(row[column], 1)
        ]
    return found


def _stored(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else "[]"
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def _failures() -> Iterator[None]:
    """Tell a full disk as such: SQLite has errors of its own for it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
