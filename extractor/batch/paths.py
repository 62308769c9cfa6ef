"""Files, folders, archives and patterns as tasks; however many there are, they lie on the disk."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.batch.task import Failure, Task
from extractor.errors import InputError
from extractor.readers.find import Finder
from extractor.readers.formats import is_named_as_mets
from extractor.readers.options import ReadOptions
from extractor.readers.read import opened, read_bytes
from extractor.readers.source import STANDARD_INPUT, Source, valid_unicode

_HEAD = 1 << 12
_SCHEMA = """
CREATE TABLE found (number INTEGER PRIMARY KEY, identity TEXT UNIQUE, source BLOB, failure BLOB);
CREATE TABLE pointed (place TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Paths:
    """What the user names, in his order and with nothing twice.

    Args:
        names: Files, folders, ZIP archives, patterns, and ``-`` for standard input.
        options: The user's limits, for archives.

    Attributes:
        left_out: How many files of folders and archives are of no known kind, by suffix.
        count: How many there are to read.
        failed: How many cannot be read, as is known already.
    """

    def __init__(self, names: Iterable[str], options: ReadOptions) -> None:
        self.left_out: Counter[str] = Counter()
        self._options = options
        # A database without a name is a temporary file of SQLite's own, of which little is in memory.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._find(names)
        self.count = self._counted("source IS NOT NULL")
        self.failed = self._counted("failure IS NOT NULL")

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each."""
        rows = self._database.execute("SELECT identity, source, failure FROM found ORDER BY number")
        for identity, source, failure in rows:
            if failure is not None:
                yield Task(identity, "", failure=pickle.loads(failure))
            else:
                yield _task(identity, _source(source))

    def is_input(self, path: Path) -> bool:
        """Say whether a file is one of those that are read, or an archive that holds one."""
        real = valid_unicode(os.path.realpath(path))
        found = self._database.execute(
            "SELECT 1 FROM found WHERE identity = ? OR (identity > ? AND identity < ?) LIMIT 1",
            (real, f"{real}{os.sep}", f"{real}{chr(ord(os.sep) + 1)}"),
        ).fetchone()
        return found is not None

    def _counted(self, which: str) -> int:
        return int(self._database.execute(f"SELECT count(*) FROM found WHERE {which}").fetchone()[0])

    def _find(self, names: Iterable[str]) -> None:
        finder = Finder(self._options, self.left_out)
        has_mets = False
        for name in names:
            for one in finder.expanded(name):
                content: tuple[bytes | None, bytes | None]
                if isinstance(one, InputError):
                    content = None, pickle.dumps(Failure.of(one))
                else:
                    has_mets = has_mets or is_named_as_mets(one)
                    path = None if one.path is None else os.fspath(one.path)
                    content = pickle.dumps((one.name, path, one.member)), None
                self._database.execute(
                    "INSERT OR IGNORE INTO found (identity, source, failure) VALUES (?, ?, ?)",
                    (_identity(finder, one), *content),
                )
        if has_mets:
            self._leave_out_what_is_pointed_to()

    def _leave_out_what_is_pointed_to(self) -> None:
        """Leave out the pages that METS files, which read them, point to."""
        from extractor.readers.mets.beside import place_of, places_of

        for _, source in self._sources():
            if is_named_as_mets(source):
                places = places_of(source, self._head, self._whole)
                rows = ((_joined(place),) for place in places)
                self._database.executemany("INSERT OR IGNORE INTO pointed VALUES (?)", rows)
                own = _joined(place_of(source.path, source.member)) if source.path is not None else ""
                self._database.execute("DELETE FROM pointed WHERE place = ?", (own,))
        for number, source in self._sources():
            if source.path is None:
                continue
            place = _joined(place_of(source.path, source.member))
            if self._database.execute("SELECT 1 FROM pointed WHERE place = ?", (place,)).fetchone():
                self._database.execute("DELETE FROM found WHERE number = ?", (number,))

    def _sources(self) -> Iterator[tuple[int, Source]]:
        """Yield the sources with their numbers, some at a time, since they may be deleted meanwhile."""
        last = 0
        query = (
            "SELECT number, source FROM found WHERE number > ? AND source IS NOT NULL"
            " ORDER BY number LIMIT 1000"
        )
        while rows := self._database.execute(query, (last,)).fetchall():
            for last, source in rows:
                yield last, _source(source)

    def _head(self, source: Source) -> bytes:
        with opened(source) as file:
            return file.read(_HEAD)

    def _whole(self, source: Source) -> bytes:
        return read_bytes(source, max_bytes=self._options.max_bytes)


def _identity(finder: Finder, one: Source | InputError) -> str:
    """Return what an input is called in every run."""
    if isinstance(one, InputError):
        return valid_unicode(f"{os.path.realpath(one.source or '')} ({one.code})")
    if one.name.startswith(f"{STANDARD_INPUT}/"):
        return valid_unicode(one.name)  # a member of an archive that lies elsewhere each time
    return valid_unicode(finder.identity(one))


def _source(content: bytes) -> Source:
    name, path, member = pickle.loads(content)
    return Source(name, None if path is None else Path(path), member)


def _task(identity: str, source: Source) -> Task:
    label = None if source.path is None else source.label
    return Task(identity, source.stem, source=source, label=label)


def _joined(place: Any) -> str:
    return valid_unicode("\0".join(place))
