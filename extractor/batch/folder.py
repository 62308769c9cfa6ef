"""An output folder that remembers: records one file each or in shards, a ledger, and what failed.

::

    OUT/albi.json, OUT/nogaro.json …                      one file each, or
    OUT/records-000001.jsonl.zst, …-000002.jsonl.zst …    shards
    OUT/failures.jsonl                                    each document that gave no record, and why
    OUT/.parcferme/json/ledger.sqlite                     what is done, for each form of output
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from extractor.batch.files import Place, make_folder, refusals, sync
from extractor.batch.ledger import Entry, Ledger
from extractor.batch.shards import KINDS, Shards
from extractor.batch.task import Done, Task
from extractor.errors import OutputError
from extractor.limits import SHARD_ROWS
from extractor.messages import Messages
from extractor.records_io import FAILURES

LEDGER = "ledger.sqlite"
_ALTO = ".alto"


class Sink(Protocol):
    """Takes what becomes of documents; what is committed is there, whatever happens afterwards."""

    ledger: Ledger

    def holds(self, entry: Entry) -> bool:
        """Say whether the record of a document that is done is still there."""

    def accept(self, name: str) -> None:
        """Refuse a document whose record cannot be written, such as one whose record would replace it.

        Raises:
            OutputError: ``would_overwrite_input``.
        """

    def is_own(self, task: Task) -> bool:
        """Say whether a document was written by a former run, where reports and records share a folder."""

    def put(self, done: Done) -> int | None:
        """Take a record; return the number of its shard, ``None`` where there are none."""

    def drop(self, entry: Entry) -> None:
        """Remove the record of a document that has none any more."""

    def commit(self) -> None:
        """Keep what was put, and what the ledger says of it."""

    def finish(self, *, complete: bool) -> None:
        """Bring everything to its end; ``complete`` where no document is left to be done."""


class Files:
    """One file for each record, under the document's name.

    Args:
        place: Where they go.
        suffix: Of the files.
        ledger: Of the folder.
        is_input: Says of a real path whether it is read; what is read is never written over.
    """

    def __init__(self, place: Place, suffix: str, ledger: Ledger, is_input: Callable[[Path], bool]) -> None:
        self.ledger, self._place = ledger, place
        self._folder, self._suffix, self._is_input = place.folder, suffix, is_input
        self._written: list[Path] = []

    def holds(self, entry: Entry) -> bool:
        """Say whether the file is there."""
        return entry.name is not None and self._path(entry.name).exists()

    def accept(self, name: str) -> None:
        """Refuse to write over what is read."""
        self._forbid(self._path(name))

    def is_own(self, task: Task) -> bool:
        """Say whether a document is a record, or what was kept beside one."""
        return _is_own(task, self._place, self.ledger, self._suffix)

    def put(self, done: Done) -> None:
        """Write the record to its file, and what is kept beside it."""
        assert done.payload is not None
        self._write(self._path(done.task.name), f"{done.payload}\n".encode())
        write_beside(self._folder, done, self._write)

    def drop(self, entry: Entry) -> None:
        """Remove the file."""
        if entry.name is not None and entry.state is not None:
            with refusals(self._folder):
                self._path(entry.name).unlink(missing_ok=True)

    def commit(self) -> None:
        """Wait until the files are on the disk, and only then keep what the ledger says of them."""
        with refusals(self._folder):
            for path in self._written:
                sync(path)
            if self._written:
                sync(self._folder)
        self._written.clear()
        self.ledger.commit()

    def finish(self, *, complete: bool) -> None:  # noqa: ARG002 - every file is finished by itself
        """Keep the last ones."""
        self.commit()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{self._suffix}"

    def _write(self, path: Path, content: bytes) -> None:
        self._forbid(path)
        self._place.write(path, content)
        self._written.append(path)

    def _forbid(self, path: Path) -> None:
        # What is not there is not read either, and a link may lead to what is.
        if (path.exists() or path.is_symlink()) and self._is_input(path):
            raise OutputError("would_overwrite_input", source=str(path))


class ShardFiles:
    """Records in shards."""

    def __init__(self, place: Place, ledger: Ledger, *, rows: int = SHARD_ROWS) -> None:
        self.ledger, self._place = ledger, place
        self._shards = Shards(place, KINDS[place.fmt](), ledger, rows=rows)

    def holds(self, entry: Entry) -> bool:
        """Say whether the record is in a shard or waits for one; the ledger knows."""
        return entry.shard is not None

    def accept(self, name: str) -> None:
        """Take any: shards have names of their own."""

    def is_own(self, task: Task) -> bool:
        """Say whether a document was kept beside a record."""
        return _is_own(task, self._place, self.ledger, None)

    def put(self, done: Done) -> int:
        """Take a record, and write what is kept beside it."""
        write_beside(self._place.folder, done, self._place.write)
        return self._shards.put(done)

    def drop(self, entry: Entry) -> None:
        """Forget the record."""
        self._shards.drop(entry.id)

    def commit(self) -> None:
        """Keep what was put."""
        self._shards.commit()

    def finish(self, *, complete: bool) -> None:
        """Write what waits, and shards anew from which records have left."""
        self._shards.finish(complete=complete)


def open_ledger(place: Place) -> Ledger:
    """Return the ledger of a folder for one form of output, and the folder for oneself with it.

    Raises:
        OutputError: ``folder_in_use``, ``not_a_folder``, ``cannot_write`` or ``ledger_damaged``.
    """
    make_folder(place.private)
    ledger = Ledger(place.private / LEDGER, place.folder)
    place.sweep()
    return ledger


def write_failures(place: Place, ledger: Ledger, messages: Messages, *, complete: bool) -> Path | None:
    """Write each document that failed, and why, to ``failures.jsonl``; return the file, if there is one.

    Args:
        place: The folder.
        ledger: Of the folder.
        messages: The user's language.
        complete: Every input was looked at: what is no input any more has not failed.
    """
    path = place.folder / FAILURES
    lines = (
        json.dumps(
            {
                "source": failure.source,
                "key": key,
                "code": failure.code,
                "cause": failure.error().in_language(messages.language),
            },
            ensure_ascii=False,
        )
        for key, failure in ledger.failures(of_this_run=complete)
    )
    with refusals(place.folder):
        if _write_lines(place.partial(path.name), path, lines):
            return path
        path.unlink(missing_ok=True)
        return None


def _is_own(task: Task, place: Place, ledger: Ledger, suffix: str | None) -> bool:
    """Say whether a document is what a folder got from a former run: the same command finds it as well."""
    source = task.source
    if source is None or source.path is None or source.member is not None:
        return False
    parts = source.path.name.split(".")
    for end in range(1, len(parts)):
        name, rest = ".".join(parts[:end]), f".{'.'.join(parts[end:])}"
        if (rest == suffix or _ALTO in rest) and ledger.has_made(name):
            return source.path.parent.resolve() == place.folder.resolve()
    return False


def write_beside(folder: Path, done: Done, write: Callable[[Path, bytes], None]) -> None:
    """Write what is kept beside a record, such as the ALTO of recognised pages."""
    for end, content in done.files:
        write(folder / f"{done.task.name}.{end}", content)


def _write_lines(partial: Path, path: Path, lines: Iterator[str]) -> int:
    count = 0
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        for count, line in enumerate(lines, 1):  # noqa: B007
            file.write(line + "\n")
    if count:
        partial.replace(path)
    else:
        partial.unlink()
    return count
