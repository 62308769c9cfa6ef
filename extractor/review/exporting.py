"""Taking things out of the store: reviewed records, the log, the whole database, each into one file.

Everything is written bit by bit, so that an archive of any size takes little memory, and ends with an error
where it grows beyond what was allowed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from extractor.errors import InputError, OutputError
from extractor.exports.formats import ExportOptions, Format
from extractor.exports.whole import export_to
from extractor.record import RaceRecord
from extractor.review.decisions import FIRST, SETTLED, DocumentStatus
from extractor.review.logic import with_findings
from extractor.review.queue import QueueFilter

if TYPE_CHECKING:
    from extractor.review.store import Store

RecordForm = Literal["jsonl", "zip"]
Told = Callable[[int, int], None]
MOST_BYTES = 300_000_000
"""Largest file that is handed to a browser, which Streamlit keeps in memory meanwhile."""
_LONGEST_STEM = 100


def write_records(
    store: Store,
    file: Path,
    form: RecordForm,
    statuses: tuple[DocumentStatus, ...],
    *,
    told: Told | None = None,
    most_bytes: int = MOST_BYTES,
) -> int:
    """Write the records as they were reviewed and return how many.

    What counts is the first reading, with the settling of both behind it where there was one. Findings are
    those of the record as it now stands.

    Args:
        store: Where they are.
        file: Written anew.
        form: ``jsonl``, one record a line, or ``zip``, a ``*.record.json`` for each.
        statuses: Of the documents wanted; empty for all.
        told: Is told how many are done, of how many.
        most_bytes: How large the file may grow.

    Raises:
        OutputError: ``export_too_large`` or ``cannot_write``.
        StoreError: The database fails.
    """
    keys = store.keys(QueueFilter(statuses=statuses))
    records = _told_of(_reviewed(store, keys), len(keys), told)
    try:
        return (_as_lines if form == "jsonl" else _as_zip)(records, file, most_bytes)
    except OSError as error:
        raise OutputError("cannot_write", source=file.name, reason=error.strerror or str(error)) from error


def write_export(
    store: Store,
    file: Path,
    wanted: Format,
    statuses: tuple[DocumentStatus, ...],
    options: ExportOptions,
    *,
    told: Told | None = None,
    most_bytes: int = MOST_BYTES,
) -> int:
    """Write the records as they were reviewed in a format of other programs and return how many.

    Args:
        store: Where they are.
        file: Written anew; a ``.zip`` where the format is a folder.
        wanted: The format.
        statuses: Of the documents wanted; empty for all.
        options: What the export is to be like.
        told: Is told how many are done, of how many.
        most_bytes: How large the file may be.

    Raises:
        OutputError: ``export_too_large`` or ``cannot_write``.
        UsageError: ``export_needs``.
        StoreError: The database fails.
    """
    keys = store.keys(QueueFilter(statuses=statuses))
    count = export_to(wanted, _told_of(_reviewed(store, keys), len(keys), told), file, options)
    if count:
        _refuse_more(file.stat().st_size, most_bytes)
    return count


def _reviewed(store: Store, keys: tuple[str, ...]) -> Iterator[RaceRecord]:
    for key in keys:
        has_settling = bool(store.document(key).heads.get(SETTLED))
        yield with_findings(store.state(key, SETTLED if has_settling else FIRST).reviewed.record)


def _told_of(records: Iterator[RaceRecord], total: int, told: Told | None) -> Iterator[RaceRecord]:
    for number, record in enumerate(records, 1):
        yield record
        if told is not None:
            told(number, total)


def _as_lines(records: Iterator[RaceRecord], file: Path, most_bytes: int) -> int:
    count = 0
    with file.open("wb") as stream:
        for record in records:
            stream.write(record.to_json().encode() + b"\n")
            _refuse_more(stream.tell(), most_bytes)
            count += 1
    return count


def _as_zip(records: Iterator[RaceRecord], file: Path, most_bytes: int) -> int:
    taken: set[str] = set()
    with file.open("wb") as stream, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for record in records:
            archive.writestr(member_name(record.document.id, taken), record.to_json(indent=2) + "\n")
            _refuse_more(stream.tell(), most_bytes)
    return len(taken)


def member_name(document: str, taken: set[str]) -> str:
    """Return the name of a record's file in an archive: of letters that every system takes, and never twice.

    Args:
        document: Id of the document.
        taken: Names in lower case given before; the new one is added.
    """
    kept = "".join(c if c.isalnum() or c in " -_." else "-" for c in document).strip(" .-_")
    stem = kept.encode()[:_LONGEST_STEM].decode("utf-8", "ignore") or "document"
    number, name = 1, f"{stem}.record.json"
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}.record.json"
    taken.add(name.lower())
    return name


def write_log(store: Store, file: Path, *, with_records: bool, most_bytes: int = MOST_BYTES) -> int:
    """Write the log of all decisions as JSON Lines and return how many lines it has.

    Args:
        store: Where it is.
        file: Written anew.
        with_records: Also documents and records, so that the file alone makes the store again.
        most_bytes: How large the file may grow.

    Raises:
        OutputError: ``export_too_large`` or ``cannot_write``.
        StoreError: The database fails.
    """
    count = 0
    try:
        with file.open("wb") as stream:
            for line in store.export_log(with_records=with_records):
                stream.write(line.encode() + b"\n")
                _refuse_more(stream.tell(), most_bytes)
                count += 1
    except OSError as error:
        raise OutputError("cannot_write", source=file.name, reason=error.strerror or str(error)) from error
    return count


def copy_database(store: Store, file: Path, *, most_bytes: int = MOST_BYTES) -> None:
    """Copy the whole SQLite database while others go on working: the copy is of one moment.

    Args:
        store: One in a file; PostgreSQL has ``pg_dump``.
        file: Written anew; it is a database of its own that ``--db`` opens.
        most_bytes: How large the file may grow.

    Raises:
        OutputError: ``export_too_large`` or ``cannot_write``.
        InputError: ``not_sqlite``.
    """
    if not store.is_sqlite:
        raise InputError("not_sqlite", source=store.name)
    source = Path(store.name).absolute()
    _refuse_more(source.stat().st_size, most_bytes)
    file.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(file)) as copy:
            original.backup(copy, pages=1000)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    except (sqlite3.Error, OSError) as error:
        raise OutputError("cannot_write", source=file.name, reason=str(error)) from error
    _refuse_more(file.stat().st_size, most_bytes)


def _refuse_more(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise OutputError("export_too_large", limit=most_bytes // 1_000_000)
