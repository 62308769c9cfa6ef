"""Where records go that no folder remembers: standard output, or one file.

A file appears under its name only when it is whole: it is written beside its place and moved there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from extractor.batch.files import (
    WholeFile,
    make_folder,
    partial_beside,
    refusals,
    sync,
    write_whole,
)
from extractor.batch.folder import write_beside
from extractor.batch.ledger import Entry, Ledger
from extractor.batch.task import Done, Task
from extractor.errors import OutputError

__all__ = ["SUFFIXES", "PackedFile", "Stream", "WholeFile", "format_of_file", "make_folder", "write_whole"]

SUFFIXES = {
    "json": ".json",
    "jsonl": ".jsonl",
    "table": ".txt",
    "html": ".html",
    "jsonl.zst": ".jsonl.zst",
    "parquet": ".parquet",
}
JSON_LINES = "records.jsonl"


class _Forgetful:
    """A sink whose ledger nobody asks again."""

    def __init__(self) -> None:
        self.ledger = Ledger(None)

    def holds(self, entry: Entry) -> bool:  # noqa: ARG002
        """Nothing is there from a former run."""
        return False

    def accept(self, name: str) -> None:
        """Take any: names make no files here."""

    def is_own(self, task: Task) -> bool:  # noqa: ARG002
        """Nothing is there from a former run."""
        return False

    def drop(self, entry: Entry) -> None:
        """Nothing is there from a former run."""

    def commit(self) -> None:
        """What is written to a stream is there."""


class Stream(_Forgetful):
    """All records one after the other, on standard output or in one file.

    Args:
        path: The file, which appears where at least one record was written; ``None`` for standard output.
        frame: What comes before the first record, between two, and after the last.
        beside: The folder for what is kept beside the records; ``None`` where nothing is.
        is_input: Says of a path whether it is read; what is read is never written over.
    """

    def __init__(
        self,
        path: Path | None,
        frame: tuple[str, str, str] = ("", "\n", "\n"),
        beside: Path | None = None,
        is_input: Callable[[Path], bool] = lambda _: False,
    ) -> None:
        super().__init__()
        self._beside, self._is_input = beside, is_input
        self._file = None if path is None else WholeFile(path)
        if self._file is not None:
            self._file.open()
        self._opening, self._between, self._closing = frame
        self._count = 0

    def put(self, done: Done) -> None:
        """Write the record at the end."""
        assert done.payload is not None
        self._write((self._between if self._count else self._opening) + done.payload)
        self._count += 1
        if self._beside is not None:
            write_beside(self._beside, done, self._keep)

    def finish(self, *, complete: bool) -> None:
        """Finish where all went well, else take back what was begun."""
        if complete and self._count:
            self._write(self._closing)
        elif complete and self._file is None:
            self._write(self._opening.rstrip("\n") + self._closing.lstrip("\n"))
        if self._file is not None:
            self._file.close(keep=complete and self._count > 0)

    def _keep(self, path: Path, content: bytes) -> None:
        if path.exists() and self._is_input(path):
            raise OutputError("would_overwrite_input", source=str(path))
        write_whole(path, content.decode())

    def _write(self, text: str) -> None:
        if self._file is not None:
            self._file.write(text)
        else:
            sys.stdout.write(text)


class PackedFile(_Forgetful):
    """All records in one file of a form that is written in one go; until then they wait on the disk.

    Args:
        path: The file, which appears where at least one record was written.
        fmt: ``jsonl.zst`` or ``parquet``.
    """

    def __init__(self, path: Path, fmt: str) -> None:
        from extractor.batch.shards import KINDS

        super().__init__()
        make_folder(path.parent)
        self._path, self._kind = path, KINDS[fmt]()
        self._database = self.ledger.database
        self._database.execute("CREATE TABLE record (number INTEGER PRIMARY KEY, content TEXT)")

    def put(self, done: Done) -> None:
        """Keep the record until the end."""
        self._database.execute("INSERT INTO record (content) VALUES (?)", (done.payload,))

    def finish(self, *, complete: bool) -> None:
        """Write the file where all went well."""
        count = self._database.execute("SELECT count(*) FROM record").fetchone()[0]
        if not complete or not count:
            return
        partial = partial_beside(self._path)
        try:
            with refusals(self._path):
                self._kind.write(partial, self._records())
                sync(partial)
                partial.replace(self._path)
        finally:
            partial.unlink(missing_ok=True)

    def _records(self) -> Iterator[str]:
        yield from (
            content for (content,) in self._database.execute("SELECT content FROM record ORDER BY number")
        )


def format_of_file(out: Path) -> str | None:
    """Return the format that the output's name stands for, or ``None`` where it is a folder."""
    if out.is_dir():
        return None
    name = out.name.lower()
    return next((fmt for fmt, suffix in SUFFIXES.items() if name.endswith(suffix)), None)
