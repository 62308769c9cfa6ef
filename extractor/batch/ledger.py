"""What is done, in SQLite: which document, by which settings, with what result, and under which name.

The ledger of a folder lies in ``.parcferme`` inside it. Whoever has it open has the folder for himself:
SQLite locks the file until the process ends, however it ends. A run that keeps nothing has a ledger as well,
which lives in a temporary file of SQLite's own; so the names and failures of millions take no memory.

Names are given in the order of the inputs and written no later than any result. What is there after a crash
is therefore always the beginning of what an undisturbed run would have, and the same names are given again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.batch.task import Done, Failure, Known, Settings, Task
from extractor.errors import ExitCode, OutputError

FORMAT = 1
DONE, FAILED = "done", "failed"
_LONGEST_NAME = 200  # bytes; most file systems take 255
_WAIT = 0.2  # seconds for the lock: who has it keeps it
_NAMED = (
    "id, name, state, settings, limits, fingerprint, beside, signature, shard, seen,"
    " code, about, parameters, exit"
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (what TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name BLOB, folded BLOB UNIQUE, stem BLOB, number INTEGER,
    state TEXT, settings TEXT, limits TEXT, fingerprint TEXT, beside TEXT, signature TEXT,
    shard INTEGER, row INTEGER,
    code TEXT, about TEXT, parameters TEXT, exit INTEGER,
    words INTEGER, seconds REAL, seen INTEGER
);
CREATE INDEX IF NOT EXISTS by_stem ON document (stem, number);
CREATE INDEX IF NOT EXISTS by_shard ON document (shard, row) WHERE shard IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_failure ON document (id) WHERE state = 'failed';
CREATE TABLE IF NOT EXISTS shard (number INTEGER PRIMARY KEY, rows INTEGER NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pending (
    id INTEGER PRIMARY KEY, record BLOB NOT NULL, characters INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of one document.

    Attributes:
        id: Number of the document; documents are numbered in the order of the inputs.
        name: Of its record; ``None`` where there never was anything to read.
        state: ``done``, ``failed``, or ``None`` where it was never finished.
        settings: Fingerprint of the settings that this came of.
        limits: The same for the limits.
        known: What the input was.
        signature: Size and times of its file; empty where they prove nothing.
        shard: Number of the shard that holds the record, 0 for the one that is not written yet.
        seen: Number of the last run that had this input.
        failure: Why there is no record.
    """

    id: int
    name: str | None
    state: str | None
    settings: str | None
    limits: str | None
    known: Known
    signature: str
    shard: int | None
    seen: int
    failure: Failure | None


class Ledger:
    """What is done, and what of it is on the disk.

    Args:
        path: The file, in a folder that exists; ``None`` for a ledger that nobody will ask again.
        owner: What to name in errors: the folder of the output.
    """

    def __init__(self, path: Path | None, owner: Path | None = None) -> None:
        self._path, self._owner = path, owner
        self.is_new = path is None or not path.exists()
        with self.refusals():
            self.database = sqlite3.connect("" if path is None else path, timeout=_WAIT, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self.database.close()
                raise
        self.run = self._begin_run()

    def _open(self) -> None:
        for pragma in (
            "auto_vacuum = INCREMENTAL",
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE",
            "synchronous = FULL",
        ):
            self.database.execute(f"PRAGMA {pragma}")
        self.database.execute("BEGIN EXCLUSIVE")
        self.database.execute("COMMIT")
        self.database.executescript(_SCHEMA)
        self.database.execute("BEGIN")
        made = self.about("format")
        if made is None:
            self.tell("format", str(FORMAT))
        elif made != str(FORMAT):
            raise OutputError("ledger_of_other_version", source=str(self._owner))
        self.commit()

    def _begin_run(self) -> int:
        number = int(self.about("run") or 0) + 1
        self.tell("run", str(number))
        return number

    # --- what holds for the whole

    def about(self, what: str) -> str | None:
        """Return what is noted about the whole."""
        row = self.database.execute("SELECT value FROM about WHERE what = ?", (what,)).fetchone()
        return None if row is None else str(row[0])

    def tell(self, what: str, value: str) -> None:
        """Note something about the whole."""
        self.database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (what, value))

    def commit(self) -> None:
        """Keep all that was noted, whatever happens from now on, and go on.

        Raises:
            OutputError: The disk is full, or the ledger is not there any more.
        """
        with self.refusals():
            # SQLite would go on writing to a file that has no name any more.
            if self._path is not None and not self._path.exists():
                raise OutputError("output_gone", source=str(self._owner))
            self.database.execute("COMMIT")
            self.database.execute("BEGIN")

    def close(self, *, keep: bool) -> None:
        """Give the folder back, with what was noted since the last commit or without."""
        try:
            if keep:
                self.commit()
                self.database.execute("COMMIT")
                with self.refusals():
                    self.database.executescript("PRAGMA incremental_vacuum")  # execute ends after a page
            elif self.database.in_transaction:
                self.database.execute("ROLLBACK")
        finally:
            self.database.close()

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn what SQLite refuses into errors about the output."""
        source = None if self._owner is None else str(self._owner)
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise OutputError("folder_in_use", source=source) from error
            raise OutputError("cannot_write", source=source, reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise OutputError("ledger_damaged", source=source, reason=str(error)) from error

    # --- documents

    def find(self, key: str) -> Entry | None:
        """Return what is known of an input."""
        row = self.database.execute(f"SELECT {_NAMED} FROM document WHERE key = ?", (_text(key),)).fetchone()
        return None if row is None else _entry(row)

    def number_of(self, task: Task) -> int:
        """Return the number of an input that was found or added."""
        row = self.database.execute("SELECT id FROM document WHERE key = ?", (_text(task.key),)).fetchone()
        return int(row[0])

    def has_made(self, name: str) -> bool:
        """Say whether there is a record of that name."""
        found = self.database.execute(
            "SELECT 1 FROM document WHERE folded = ? AND state = ?", (_packed(name.casefold()), DONE)
        ).fetchone()
        return found is not None

    def see(self, entry: Entry) -> None:
        """Note that this run has an input."""
        self.database.execute("UPDATE document SET seen = ? WHERE id = ?", (self.run, entry.id))

    def add(self, task: Task) -> str:
        """Note an input that is new, and return the name of its record.

        The name is its stem, numbered where another had it before. Names that differ in case alone count as
        one, since some file systems take them so.
        """
        if task.failure is not None:
            self.database.execute(
                "INSERT INTO document (key, seen) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (_text(task.key), self.run),
            )
            return ""
        stem = _fitting(task.stem)
        folded = stem.casefold()
        (last,) = self.database.execute(
            "SELECT max(number) FROM document WHERE stem = ?", (_packed(folded),)
        ).fetchone()
        name, number = stem, last or 1
        while self._is_taken(name.casefold()):
            number += 1
            name = f"{stem}-{number}"
        self.database.execute(
            "INSERT INTO document (key, name, folded, stem, number, seen) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET name = excluded.name, folded = excluded.folded,"
            " stem = excluded.stem, number = excluded.number",
            (_text(task.key), _packed(name), _packed(name.casefold()), _packed(folded), number, self.run),
        )
        return name

    def _is_taken(self, folded: str) -> bool:
        found = self.database.execute(
            "SELECT 1 FROM document WHERE folded = ?", (_packed(folded),)
        ).fetchone()
        return found is not None

    def finish(self, done: Done, settings: Settings, shard: int | None) -> int:
        """Note what became of a document, and return its number.

        Args:
            done: What became of it.
            settings: Of the run.
            shard: Where its record is, or will be; ``None`` where that has a file of its own, or is none.
        """
        failure = done.failure
        values: dict[str, Any] = {
            "key": done.task.key,
            "state": DONE if failure is None else FAILED,
            "settings": settings.fingerprint,
            "limits": settings.limits,
            "fingerprint": done.fingerprint,
            "beside": json.dumps(done.beside) if done.beside else None,
            # Files beside it may change while its own stays as it is.
            "signature": "" if done.beside else done.task.signature,
            "shard": shard,
            "code": failure and failure.code,
            "about": failure and failure.source,
            "parameters": json.dumps(failure.parameters) if failure else None,
            "exit": int(failure.exit_code) if failure else None,
            "words": done.words,
            "seconds": round(done.seconds, 4),
        }
        sets = ", ".join(f"{name} = :{name}" for name in values if name != "key")
        found = self.database.execute(
            f"UPDATE document SET {sets}, row = NULL WHERE key = :key RETURNING id", _storable(values)
        ).fetchone()
        return int(found[0])

    def confirm(self, done: Done) -> None:
        """Note that an input is what it was, by the times that its file has now."""
        signature = "" if done.beside else done.task.signature
        self.database.execute(
            "UPDATE document SET signature = ? WHERE key = ?", (signature, _text(done.task.key))
        )

    def failures(self, *, of_this_run: bool = False) -> Iterator[tuple[str, Failure]]:
        """Yield the key of each document that failed, and why, in the order of the inputs."""
        where = "AND seen = ?" if of_this_run else "AND ?"
        rows = self.database.execute(
            f"SELECT key, {_NAMED} FROM document WHERE state = 'failed' {where} ORDER BY id", (self.run,)
        )
        for key, *row in rows:
            failure = _entry(tuple(row)).failure
            assert failure is not None
            yield str(key), failure


def _entry(row: tuple[Any, ...]) -> Entry:
    number, name, state, settings, limits, fingerprint, beside, signature, shard, seen, *failed = row
    code, about, parameters, exit_code = failed
    failure = None
    if code is not None:
        failure = Failure(code, about, json.loads(parameters), ExitCode(exit_code))
    known = Known(fingerprint or "", tuple(json.loads(beside)) if beside else ())
    name = None if name is None else name.decode("utf-8", "surrogateescape")
    return Entry(number, name, state, settings, limits, known, signature or "", shard, seen or 0, failure)


def _storable(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with half characters, of names in no encoding, spelt out; SQLite refuses them."""
    return {name: _text(value) if isinstance(value, str) else value for name, value in values.items()}


def _text(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode()


def _fitting(stem: str) -> str:
    """Return a name that can be a file's, cut to what file systems take with a suffix.

    Bytes that are no UTF-8 stay as Python smuggles them into names. Names in archives may be longer than
    those of files, and those of rows may be anything.
    """
    stem = "".join("_" if c in "/\0" else c for c in stem) or "document"
    try:
        encoded = stem.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character
        encoded = stem.encode("utf-8", "backslashreplace")
        stem = encoded.decode()
    return stem if len(encoded) <= _LONGEST_NAME else encoded[:_LONGEST_NAME].decode("utf-8", "ignore")


def _packed(name: str) -> bytes:
    """Return a name as SQLite takes it, whatever is in it."""
    return name.encode("utf-8", "surrogateescape")
