"""Where appearances lie while they are linked: a file on disk, so that memory does not grow with the archive.

What stays in memory is :class:`~extractor.authority.portrait.Rarity` and, later, one number for each
appearance. The file is temporary, and goes when the spool is closed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extractor.authority.appearance import KINDS, Appearance, Kind
from extractor.authority.portrait import Portrait, Rarity, key_of, portray
from extractor.authority.resemblance import deletions, sound

_SCHEMA = """
CREATE TABLE appearance (
    id INTEGER PRIMARY KEY, anchor TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, given TEXT NOT NULL,
    year INTEGER, series TEXT NOT NULL, team TEXT NOT NULL, row TEXT NOT NULL, guessed INTEGER);
CREATE TABLE undated (first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE lookup (kind INTEGER, key TEXT, id INTEGER, PRIMARY KEY (kind, key, id)) WITHOUT ROWID;
CREATE INDEX lookup_id ON lookup (id);
CREATE TABLE signature (kind INTEGER, signature TEXT, key TEXT);
CREATE TABLE link (one INTEGER, other INTEGER, score REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
_PORTRAITS = 20_000
_LEAST_KEY = 3
_ENDS = 4  # letters of a long word's beginning and end by which it is found
_LONG = 7
_MOST_TEAM_WORDS = 4
_WITNESSES = 2  # people whom a document shares with dated ones, before its year is guessed
_NEAR = 2
_MOST_YEARS = 60


class Light(NamedTuple):
    """What of an appearance decides which others it is compared with."""

    id: int
    given: str
    year: int
    series: str
    team: str


class Spool:
    """An open spool; a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rarity = Rarity()
        self._db = connect(path)
        self._db.executescript(_SCHEMA)
        self.portrait = lru_cache(maxsize=_PORTRAITS)(self._portrait)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and remove it."""
        self._db.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    # ------------------------------------------------------------------------------------------- filling

    def add(self, appearances: Iterable[Appearance]) -> bool:
        """Take in the appearances of one document; of a text that is there already, nothing is counted twice.

        Returns:
            Whether the text was new.
        """
        portraits = [portray(one) for one in appearances]
        if portraits and self._has(portraits[0].appearance.anchor):
            return False
        self.rarity.count(portraits)
        numbers = [self._insert(one) for one in portraits]
        if numbers and portraits[0].appearance.year is None:
            self._db.execute("INSERT INTO undated VALUES (?, ?)", (numbers[0], numbers[-1]))
        return True

    def _has(self, anchor: str) -> bool:
        return self._db.execute("SELECT 1 FROM appearance WHERE anchor = ?", (anchor,)).fetchone() is not None

    def _insert(self, one: Portrait) -> int:
        its = one.appearance
        kind = KINDS.index(its.kind)
        team = its.teams[0] if its.teams else ""
        row = json.dumps(its.to_row(), ensure_ascii=False)
        values = (its.anchor, kind, " ".join(one.given), its.year, its.series, team, row)
        cursor = self._db.execute(
            "INSERT INTO appearance (anchor, kind, given, year, series, team, row) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        number = cursor.lastrowid or 0
        self._db.executemany(
            "INSERT OR IGNORE INTO lookup VALUES (?, ?, ?)", [(kind, key, number) for key in keys_of(one)]
        )
        return number

    def index(self) -> None:
        """Find out which keys are near each other, and when undated documents are from; call it once."""
        self._db.commit()
        for first, last in self._db.execute("SELECT first, last FROM undated").fetchall():
            year = self._guessed_year(first, last)
            if year is not None:
                self._db.execute(
                    "UPDATE appearance SET guessed = ? WHERE id BETWEEN ? AND ?", (year, first, last)
                )
        for number in range(len(KINDS)):
            keys = self._db.execute("SELECT DISTINCT key FROM lookup WHERE kind = ?", (number,))
            self._db.executemany(
                "INSERT INTO signature VALUES (?, ?, ?)",
                ((number, sign, key) for (key,) in keys for sign in signatures(key)),
            )
        self._db.execute("CREATE INDEX signature_of ON signature (kind, signature, key)")
        self._db.commit()

    def _guessed_year(self, first: int, last: int) -> int | None:
        """Return the year about which most documents tell of the same people; ``None`` where too few do."""
        votes: Counter[int] = Counter()
        for number in range(first, last + 1):
            years = self._db.execute(
                "SELECT DISTINCT a.year FROM lookup mine JOIN lookup its ON its.kind = mine.kind "
                "AND its.key = mine.key JOIN appearance a ON a.id = its.id "
                "WHERE mine.id = ? AND a.year IS NOT NULL LIMIT ?",
                (number, _MOST_YEARS),
            ).fetchall()
            votes.update({near for (year,) in years for near in range(year - _NEAR, year + _NEAR + 1)})
        if not votes:
            return None
        most = max(votes.values())
        best = sorted(year for year, count in votes.items() if count == most)
        return best[len(best) // 2] if most >= _WITNESSES else None

    # ------------------------------------------------------------------------------------------- reading

    def count(self, kind: Kind | None = None) -> int:
        """Return how many appearances there are."""
        where = "" if kind is None else f" WHERE kind = {KINDS.index(kind)}"
        found: int = self._db.execute(f"SELECT COUNT(*) FROM appearance{where}").fetchone()[0]
        return found

    def keys(self, kind: Kind) -> Iterator[str]:
        """Yield the keys of a kind in order."""
        yield from self._stream("SELECT DISTINCT key FROM lookup WHERE kind = ?", (KINDS.index(kind),))

    def near(self, kind: Kind, key: str) -> list[str]:
        """Return the keys behind this one in order that share a signature with it."""
        rows = self._db.execute(
            "SELECT DISTINCT b.key FROM signature b WHERE b.kind = ? AND b.key > ? AND b.signature IN "
            f"({','.join('?' * len(signs := sorted(signatures(key))))})",
            (KINDS.index(kind), key, *signs),
        )
        return [other for (other,) in rows]

    def block(self, kind: Kind, key: str) -> list[Light]:
        """Return the appearances that have a key."""
        rows = self._db.execute(
            "SELECT a.id, a.given, COALESCE(a.year, a.guessed, 0), a.series, a.team FROM lookup l "
            "JOIN appearance a ON a.id = l.id WHERE l.kind = ? AND l.key = ? ORDER BY a.anchor",
            (KINDS.index(kind), key),
        )
        return [Light(*row) for row in rows]

    def _portrait(self, number: int) -> Portrait:
        row, guessed = self._db.execute(
            "SELECT row, guessed FROM appearance WHERE id = ?", (number,)
        ).fetchone()
        appearance = Appearance.from_row(json.loads(row))
        return portray(appearance if guessed is None else replace(appearance, guessed_year=guessed))

    def id_of(self, anchor: str) -> int | None:
        """Return the number of an anchor; ``None`` where the archive has it not."""
        row = self._db.execute("SELECT id FROM appearance WHERE anchor = ?", (anchor,)).fetchone()
        return None if row is None else int(row[0])

    def all(self) -> Iterator[tuple[int, str]]:
        """Yield number and anchor of every appearance."""
        yield from self._db.execute("SELECT id, anchor FROM appearance ORDER BY id")

    # --------------------------------------------------------------------------------------------- links

    def link(self, links: Iterable[tuple[int, int, float]]) -> None:
        """Keep links: two numbers, and the logarithm of the odds that they are one."""
        self._db.executemany(
            "INSERT OR IGNORE INTO link VALUES (?, ?, ?)",
            ((min(a, b), max(a, b), score) for a, b, score in links),
        )

    def links(self) -> Iterator[tuple[int, int, float]]:
        """Yield all links."""
        yield from self._db.execute("SELECT one, other, score FROM link")

    def links_of(self, ids: Sequence[int]) -> list[tuple[int, int, float]]:
        """Return the links whose first end is one of these."""
        found: list[tuple[int, int, float]] = []
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ",".join("?" * len(part))
            found += self._db.execute(f"SELECT one, other, score FROM link WHERE one IN ({marks})", part)
        return found

    def _stream(self, query: str, values: Sequence[Any]) -> Iterator[str]:
        for (value,) in self._db.execute(query, values):
            yield value


def connect(path: Path) -> sqlite3.Connection:
    """Open a file that need not survive a failure of power: it is made anew from the records."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -65536")
    db.execute("PRAGMA temp_store = FILE")
    return db


def keys_of(one: Portrait) -> set[str]:
    """Return what an appearance is looked up by: surnames and their long parts; a team's own words."""
    found = {key_of(one)[:64]}
    for person in one.persons:
        words = person.surname.split()
        found.add("".join(words))
        found.update(word for word in words if len(word) > _LEAST_KEY)
    for team in one.teams:
        found.add("".join(team.own)[:64])
        found.update(word for word in team.own[:_MOST_TEAM_WORDS] if len(word) >= _LEAST_KEY)
    return {key for key in found if key} or {"?"}


def signatures(key: str) -> set[str]:
    """Return what words that may be one share: all but one letter, the sound, for long ones either end."""
    found = {f"~{sound(key)}"}
    if len(key) > _LEAST_KEY:
        found |= deletions(key)
    if len(key) >= _LONG:
        found |= {f"^{key[:_ENDS]}", f"{key[-_ENDS:]}$"}
    return found
