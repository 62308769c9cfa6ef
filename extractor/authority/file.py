"""The authority file: one SQLite database that holds who was found, by which links, and what is doubtful.

SQLite is on the Library of Congress's list of formats that are fit for keeping; any tool opens it, DuckDB and
spreadsheets included. A file is made whole or not at all: beside the one that it replaces, then put in its
place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.authority.appearance import Kind
from extractor.authority.model import Reason
from extractor.errors import InputError

FORMAT = "parcferme-authority/1"
SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE entity (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, first_year INTEGER, last_year INTEGER,
    appearances INTEGER NOT NULL, confidence REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE member (
    anchor TEXT PRIMARY KEY, entity TEXT NOT NULL, document TEXT NOT NULL, thing TEXT NOT NULL,
    name TEXT NOT NULL, year INTEGER, series TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name (entity TEXT NOT NULL, name TEXT NOT NULL, documents INTEGER NOT NULL,
    PRIMARY KEY (entity, name)) WITHOUT ROWID;
CREATE TABLE link (
    entity TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, probability REAL NOT NULL,
    decided INTEGER NOT NULL, reasons TEXT NOT NULL);
CREATE TABLE candidate (
    one_entity TEXT NOT NULL, other_entity TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
    probability REAL NOT NULL, reasons TEXT NOT NULL,
    PRIMARY KEY (one_entity, other_entity)) WITHOUT ROWID;
CREATE TABLE redirection (old TEXT NOT NULL, new TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (old, new))
    WITHOUT ROWID;
CREATE TABLE identifier (
    entity TEXT NOT NULL, identifier TEXT NOT NULL, name TEXT, probability REAL NOT NULL,
    status TEXT NOT NULL, reasons TEXT NOT NULL, PRIMARY KEY (entity, identifier)) WITHOUT ROWID;
CREATE TABLE decision (id TEXT PRIMARY KEY, body TEXT NOT NULL, overruled INTEGER NOT NULL) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX member_of ON member (entity);
CREATE INDEX member_in ON member (document, thing);
CREATE INDEX link_of ON link (entity);
CREATE INDEX candidate_other ON candidate (other_entity);
CREATE INDEX entity_kind ON entity (kind, id);
"""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody, or a team, over the whole archive.

    Attributes:
        id: Stable: it is kept when the archive grows.
        kind: What it is.
        name: The fullest usual form.
        names: All forms, each with the number of documents that have it.
        first_year: Earliest year; ``None`` where none is told.
        last_year: Latest year.
        appearances: In how many documents.
        confidence: Probability of the least sure link that holds it together; 1 where there is none.
    """

    id: str
    kind: Kind
    name: str
    names: tuple[tuple[str, int], ...]
    first_year: int | None
    last_year: int | None
    appearances: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Member:
    """An appearance of an entity."""

    anchor: str
    document: str
    thing: str
    name: str
    year: int | None
    series: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one."""

    one_entity: str
    other_entity: str
    one: str
    other: str
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link that was followed, by anchors."""

    one: str
    other: str
    probability: float
    decided: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """An entry of somebody's list that an entity is, or may be; ``status`` as in :mod:`.match`."""

    identifier: str
    name: str
    probability: float
    status: str
    reasons: tuple[Reason, ...]


class AuthorityFile:
    """An authority file, opened for reading."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db, self.path = db, path

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[AuthorityFile]:
        """Open a file for reading.

        Raises:
            InputError: There is none, or it is no authority file.
        """
        if not path.is_file():
            raise InputError("not_found", source=str(path))
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
                found = db.execute("SELECT value FROM about WHERE key = 'format'").fetchone()
                if found is None or found[0] != FORMAT:
                    raise InputError("no_authority_file", source=str(path))
                yield cls(db, path)
        except sqlite3.DatabaseError as error:
            raise InputError("no_authority_file", source=str(path)) from error

    def about(self) -> dict[str, str]:
        """Return what the file says of itself."""
        return dict(self.db.execute("SELECT key, value FROM about"))

    def entities(self, kind: Kind | None = None) -> Iterator[Entity]:
        """Yield all entities by their ids."""
        where, values = ("WHERE kind = ?", [kind]) if kind else ("", [])
        rows = self.db.execute(f"SELECT {_ENTITY} FROM entity {where} ORDER BY id", values)
        yield from (self._entity(row) for row in rows)

    def entity(self, id_: str) -> Entity | None:
        """Return the entity of an id; ``None`` where there is none."""
        row = self.db.execute(f"SELECT {_ENTITY} FROM entity WHERE id = ?", (id_,)).fetchone()
        return None if row is None else self._entity(row)

    def _entity(self, row: tuple[Any, ...]) -> Entity:
        names = self.db.execute(
            "SELECT name, documents FROM name WHERE entity = ? ORDER BY documents DESC, name", (row[0],)
        )
        id_, kind, name, first, last, appearances, confidence = row
        return Entity(id_, kind, name, tuple(names), first, last, appearances, confidence)

    def members(self, id_: str, limit: int = -1) -> list[Member]:
        """Return the appearances of an entity, the earliest first."""
        rows = self.db.execute(
            "SELECT anchor, document, thing, name, year, series FROM member WHERE entity = ? "
            "ORDER BY year IS NULL, year, document, anchor LIMIT ?",
            (id_, limit),
        )
        return [Member(*row) for row in rows]

    def member(self, anchor: str) -> tuple[str, Member] | None:
        """Return the entity of an anchor, and the appearance."""
        row = self.db.execute(
            "SELECT entity, anchor, document, thing, name, year, series FROM member WHERE anchor = ?",
            (anchor,),
        ).fetchone()
        return None if row is None else (row[0], Member(*row[1:]))

    def candidates(self, kind: Kind | None = None) -> Iterator[Candidate]:
        """Yield the doubtful pairs, the likeliest first."""
        where = f"WHERE one LIKE '{kind[0]}:%'" if kind else ""
        rows = self.db.execute(
            "SELECT one_entity, other_entity, one, other, probability, reasons FROM candidate "
            f"{where} ORDER BY probability DESC, one_entity, other_entity"
        )
        yield from (Candidate(row[0], row[1], row[2], row[3], row[4], reasons_of(row[5])) for row in rows)

    def links(self, id_: str) -> list[NamedLink]:
        """Return the links that hold an entity together, the least sure first."""
        rows = self.db.execute(
            "SELECT one, other, probability, decided, reasons FROM link WHERE entity = ? "
            "ORDER BY probability, one",
            (id_,),
        )
        return [NamedLink(row[0], row[1], row[2], bool(row[3]), reasons_of(row[4])) for row in rows]

    def identifiers(self, id_: str) -> list[Identified]:
        """Return what an entity is identified as, or may be, the likeliest first."""
        rows = self.db.execute(
            "SELECT identifier, name, probability, status, reasons FROM identifier WHERE entity = ? "
            "ORDER BY probability DESC, identifier",
            (id_,),
        )
        return [Identified(row[0], row[1], row[2], row[3], reasons_of(row[4])) for row in rows]

    def redirections(self) -> Iterator[tuple[str, str, str]]:
        """Yield (old id, id that stands in its place, ``merged`` or ``split``)."""
        yield from self.db.execute("SELECT old, new, why FROM redirection ORDER BY old, new")

    def count(self, table: str) -> int:
        """Return how many rows a table of the schema has."""
        found: int = self.db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        return found


_ENTITY = "id, kind, name, first_year, last_year, appearances, confidence"


def reasons_of(packed: str) -> tuple[Reason, ...]:
    """Return the reasons that a column holds."""
    return tuple(Reason(name, weight) for name, weight in json.loads(packed))


def packed_reasons(reasons: tuple[Reason, ...]) -> str:
    """Return reasons as a column holds them."""
    return json.dumps([[one.name, one.weight] for one in reasons])
