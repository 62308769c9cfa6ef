"""Ids that last: what a group was called in the build before, it is called again.

A group is new where none of its appearances had an id. Its id is then made of its lowest anchor, so that the
same archive gives the same ids in whatever order it is read. Where a group holds what two ids stood for, the
id of the larger part stays, and the other one leads to it (``merged``). Where what one id stood for is now in
several groups, the largest part keeps it, and it also leads to the others (``split``). An id is never given
again to somebody else.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_LENGTH = 10

_CLAIMS = """
CREATE TEMP TABLE claim AS
    SELECT b.entity AS old, m.entity AS now, COUNT(*) AS parts, MIN(m.anchor) AS least
    FROM member m JOIN before.member b ON b.anchor = m.anchor GROUP BY b.entity, m.entity;
CREATE INDEX temp.claim_old ON claim (old, parts DESC, least);
CREATE TEMP TABLE held (old TEXT PRIMARY KEY, now TEXT NOT NULL, parts INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE given (now TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE) WITHOUT ROWID;
"""
_TABLES = (("entity", "id"), ("member", "entity"), ("name", "entity"), ("link", "entity"))


def provisional(number: int) -> str:
    """Return what a group is called before it has its id."""
    return f"?{number}"


def settle_ids(db: sqlite3.Connection, before: Path | None) -> None:
    """Give every entity of a new file, provisionally named, its id.

    Args:
        db: The new file, with all members written.
        before: The file of the build before; ``None`` where there is none.
    """
    if before is None:
        db.execute("ATTACH ':memory:' AS before")
        db.execute("CREATE TABLE before.member (anchor TEXT PRIMARY KEY, entity TEXT)")
        db.execute("CREATE TABLE before.redirection (old TEXT, new TEXT, why TEXT)")
        db.execute("CREATE TABLE before.entity (id TEXT)")
    else:
        db.execute("ATTACH ? AS before", (before.absolute().as_uri() + "?mode=ro",))
    db.executescript(_CLAIMS)
    _hold(db)
    _give(db)
    for table, column in _TABLES:
        db.execute(
            f"UPDATE OR REPLACE {table} SET {column} = (SELECT id FROM given WHERE now = {table}.{column})"
        )
    _redirect(db)
    db.commit()
    db.execute("DETACH before")


def _hold(db: sqlite3.Connection) -> None:
    """Let each old id go with the largest part of what it stood for."""
    db.execute(
        "INSERT INTO held SELECT old, now, parts FROM (SELECT old, now, parts, ROW_NUMBER() OVER "
        "(PARTITION BY old ORDER BY parts DESC, least) AS place FROM claim) WHERE place = 1"
    )
    db.execute(
        "INSERT INTO given SELECT now, old FROM (SELECT now, old, ROW_NUMBER() OVER "
        "(PARTITION BY now ORDER BY parts DESC, old) AS place FROM held) WHERE place = 1"
    )


def _give(db: sqlite3.Connection) -> None:
    """Give those an id that have none yet."""
    new = db.execute(
        "SELECT m.entity, MIN(m.anchor) FROM member m LEFT JOIN given g ON g.now = m.entity "
        "WHERE g.now IS NULL GROUP BY m.entity ORDER BY 2"
    ).fetchall()
    for now, anchor in new:
        id_ = next(one for one in _ids(anchor) if not _is_taken(db, one))
        db.execute("INSERT INTO given VALUES (?, ?)", (now, id_))


def _is_taken(db: sqlite3.Connection, id_: str) -> bool:
    queries = (
        "SELECT 1 FROM given WHERE id = ?",
        "SELECT 1 FROM held WHERE old = ?",
        "SELECT 1 FROM before.redirection WHERE old = ?",
        "SELECT 1 FROM before.entity WHERE id = ?",
    )
    return any(db.execute(query, (id_,)).fetchone() is not None for query in queries)


def _ids(anchor: str) -> Iterator[str]:
    """Yield the ids that a group of this lowest anchor may have, the first one first."""
    digest = hashlib.sha256(anchor.encode()).digest()
    letters = base64.b32encode(digest).decode().lower()
    for length in range(_LENGTH, len(letters)):
        yield f"{anchor[0]}-{letters[:length].rstrip('=')}"


def _redirect(db: sqlite3.Connection) -> None:
    """Write where ids lead that do not stand for all that they stood for."""
    db.execute(
        "INSERT OR IGNORE INTO redirection SELECT h.old, g.id, 'merged' FROM held h "
        "JOIN given g ON g.now = h.now WHERE g.id <> h.old"
    )
    db.execute(
        "INSERT OR IGNORE INTO redirection SELECT c.old, g.id, 'split' FROM claim c "
        "JOIN given g ON g.now = c.now JOIN held h ON h.old = c.old WHERE c.now <> h.now AND g.id <> c.old"
    )
    # What led to an id that has itself been merged leads where that one leads.
    db.execute(
        "INSERT OR IGNORE INTO redirection SELECT b.old, COALESCE(r.new, b.new), b.why "
        "FROM before.redirection b LEFT JOIN redirection r ON r.old = b.new AND r.why = 'merged' "
        "WHERE b.old <> COALESCE(r.new, b.new)"
    )
    # What no document names any more is nobody's id, and nobody else's.
    db.execute(
        "INSERT OR IGNORE INTO redirection SELECT e.id, '', 'gone' FROM before.entity e "
        "WHERE e.id NOT IN (SELECT old FROM held)"
    )
