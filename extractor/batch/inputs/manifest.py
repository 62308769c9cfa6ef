"""A manifest: a file that says which files to read.

Plain, it has one path on each line, or parts them by zeros, as ``find -print0`` does. A CSV, TSV, JSON Lines
or Parquet file has a column ``path``, and may have those of a table of reports beside it: an identifier, a
title, a date, a source. Paths are relative to the manifest's own folder; ``-`` reads it from standard input,
and they are then relative to the current one. What is named may be whatever ``extract`` takes but a pattern:
a file, a folder, an archive, a table.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extractor.batch.inputs.lines import cut, lines
from extractor.batch.inputs.reports import (
    Columns,
    Table,
    ended,
    failed,
    identifier_of,
    label_of,
    stem_of,
    told_of,
)
from extractor.batch.inputs.rows import BadRow, Row, Rows, bad, place
from extractor.batch.inputs.seen import Seen
from extractor.batch.inputs.tables import (
    file_key,
    is_table,
    open_rows,
    suffix_of_table,
    table_at,
    table_tasks,
)
from extractor.batch.task import Failure, Task
from extractor.errors import InputError
from extractor.readers.archive import ZIP_SUFFIX
from extractor.readers.find import find_sources
from extractor.readers.formats import readable_suffixes, suffix_of
from extractor.readers.options import ReadOptions
from extractor.readers.read import unreadable
from extractor.readers.source import STANDARD_INPUT, Source, valid_unicode

PATH = "path"
_LONGEST_PATH = 1 << 16
_WITH_COLUMNS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")


def manifest_tasks(
    name: str, columns: Columns, reading: ReadOptions, left_out: Counter[str] | None = None
) -> Iterator[Task]:
    """Yield the documents of a manifest; what is wrong with one of its rows is a failure in its place.

    A path that comes twice is read once. Where rows have identifiers, the records are called by them.

    Args:
        name: The manifest's path, or ``-``.
        columns: Which column has the identifier, and those of tables that it names.
        reading: The user's limits.
        left_out: Counts what folders and archives hold of no known kind, by suffix.

    Raises:
        UsageError: ``needs_pyarrow``.
    """
    path = Path(name)
    table = Table(name, name, "stdin") if name == STANDARD_INPUT else table_at(path, valid_unicode(name))
    listed = _Listed(table, os.path.dirname(name), columns, reading, left_out)  # noqa: PTH120 - as it was given
    with Seen() as listed.ids, Seen() as listed.keys:
        for row in ended(_rows(name, columns, reading), table):
            if isinstance(row, Task):
                yield row
                continue
            try:
                if isinstance(row, BadRow):
                    raise row.error
                yield from listed.tasks(row)
            except InputError as error:
                yield failed(error, table, row.number)


def _rows(name: str, columns: Columns, reading: ReadOptions) -> Rows:
    path = Path(name)
    if name != STANDARD_INPUT and suffix_of_table(path) in _WITH_COLUMNS:
        required = (PATH,) if columns.id is None else (PATH, columns.id)
        return open_rows(path, name, required, (PATH, *columns.wanted), reading)
    return _plain_rows(name, reading.encoding)


def _plain_rows(name: str, encoding: str | None) -> Rows:
    """Yield the paths of a plain manifest; blank lines and those that begin with ``#`` are none."""
    if name == STANDARD_INPUT:
        coming = cut(sys.stdin.buffer, name, _LONGEST_PATH, zeros=True)
    else:
        coming = lines(Path(name), name, _LONGEST_PATH, zeros=True)
    for number, line in coming:
        if isinstance(line, BadRow):
            yield line
            continue
        try:
            # A file's name may be any bytes: those that are no UTF-8 find it all the same.
            path = os.fsdecode(line) if encoding is None else line.decode(encoding)
        except UnicodeDecodeError as error:
            yield bad(name, number, "row_encoding", encoding=encoding, position=error.start)
            continue
        if path.strip() and not path.startswith("#"):
            yield Row(number, {PATH: path})


@dataclass(slots=True)
class _Listed:
    """The files of a manifest, one row at a time."""

    table: Table
    folder: str
    columns: Columns
    reading: ReadOptions
    left_out: Counter[str] | None
    ids: Seen = field(init=False)
    keys: Seen = field(init=False)

    def tasks(self, row: Row) -> Iterator[Task]:
        """Yield what a row names.

        Raises:
            InputError: It names nothing, or nothing that is there, or has another's identifier.
        """
        source = self._source(row)
        identifier = identifier_of(row, self.columns.id, self.table.name)
        if identifier is not None and not self.ids.add(identifier):
            raise self._bad(row, "row_duplicate_id", id=identifier)
        found = self._found(source, row)
        if len(found) == 1 and isinstance(found[0], Source) and not is_table(found[0], self.columns):
            yield from self._one(found[0], row, identifier)
            return
        for one in found:
            if isinstance(one, InputError):
                key = f"{self.table.key}:{row.number} {one.source}"
                if self.keys.add(key):
                    yield Task(key, self.table.stem, label=one.source, failure=Failure.of(one))
            elif is_table(one, self.columns):
                if self.keys.add(file_key(one)):
                    yield from table_tasks(one, self.columns, self.reading)
            else:
                yield from self._one(one, row, None)

    def _source(self, row: Row) -> Source:
        cell = row.cells.get(PATH)
        if not isinstance(cell, str) or not cell.strip():
            raise self._bad(row, "row_without_path", column=PATH)
        if cell == STANDARD_INPUT:
            cell = os.path.join(".", cell)  # noqa: PTH118 - a file of that name
        name = os.path.join(self.folder, cell)  # noqa: PTH118 - as it was given
        return Source(name, Path(name))

    def _found(self, source: Source, row: Row) -> list[Source | InputError]:
        """Return what a path stands for; a folder or an archive may be several."""
        assert source.path is not None
        try:
            is_folder = stat.S_ISDIR(source.path.stat().st_mode)
        except (OSError, ValueError) as error:
            refusal = unreadable(source, error)
            refusal.source = f"{source.label} ({place(self.table.name, row.number)})"
            raise refusal from error
        if not is_folder and (is_table(source, self.columns) or suffix_of(source.name) in _readable()):
            return [source]
        found = find_sources([source.name], self.reading)
        if self.left_out is not None:
            self.left_out.update(found.left_out)
        return found

    def _one(self, source: Source, row: Row, identifier: str | None) -> Iterator[Task]:
        key = file_key(source)
        if not self.keys.add(key):
            if identifier is not None:
                raise self._bad(row, "row_duplicate_path", path=source.label)
            return
        yield Task(
            key,
            source.stem if identifier is None else stem_of(identifier),
            source=source,
            label=label_of(row) or source.label,
            told=told_of(row.cells),
        )

    def _bad(self, row: Row, code: str, **parameters: object) -> InputError:
        return bad(self.table.name, row.number, code, **parameters).error


@cache
def _readable() -> frozenset[str]:
    """Return how files are called that need not be opened to know that they are no archive."""
    return readable_suffixes() - {ZIP_SUFFIX}
