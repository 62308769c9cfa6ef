"""From a row of a table to the document that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from extractor.batch.inputs.rows import BadRow, Row, Rows, bad, place, spelt
from extractor.batch.inputs.seen import Seen
from extractor.batch.task import Failure, Task
from extractor.errors import InputError
from extractor.limits import MAX_BYTES
from extractor.readers.source import Told
from extractor.readers.text import decode

TEXT, ID = "text", "id"
_TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("title", "titre")),
    ("published_on", ("published_on", "date", "publication_date")),
    ("publisher", ("publisher",)),
    ("author", ("author", "auteur")),
    ("language", ("language", "lang")),
)
_SOURCE = ("source", "url")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_RECORD = "race-record/"  # what this program itself writes
_LONGEST_TOLD = 500
_LONGEST_ID = 1000
_LONGEST_LABEL = 2000
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\]|^\.+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold what.

    Attributes:
        text: The report; ``text`` where the user says nothing.
        id: What tells it from the others; ``id`` where the user says nothing and there is such a column.
    """

    text: str | None = None
    id: str | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """All columns that are looked at."""
        told = (name for _, names in _TOLD for name in names)
        return tuple(dict.fromkeys((self.text or TEXT, self.id or ID, *told, *_SOURCE)))

    @property
    def required(self) -> tuple[str, ...]:
        """Those without which a table is none."""
        return (self.text or TEXT,) if self.id is None else (self.text or TEXT, self.id)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its documents name it.

    Attributes:
        name: What the user calls it.
        key: What it is called in every run, wherever that is started: its real path.
        stem: What documents are called of which it has no identifier, followed by their number.
    """

    name: str
    key: str
    stem: str


def tasks_of(rows: Rows, table: Table, columns: Columns, max_bytes: int | None = None) -> Iterator[Task]:
    """Yield the documents of a table, bad rows as failures in their places.

    Args:
        rows: Its rows.
        table: The table.
        columns: Which columns hold what.
        max_bytes: Largest text, in bytes of UTF-8; the usual limit of a text where ``None``.
    """
    limit = MAX_BYTES if max_bytes is None else max_bytes
    with Seen() as seen:
        for row in ended(rows, table):
            if isinstance(row, Task):
                yield row
                continue
            try:
                if isinstance(row, BadRow):
                    raise row.error
                yield _task(row, table, columns, seen, limit)
            except InputError as error:
                yield failed(error, table, row.number)


def ended(rows: Rows, table: Table) -> Iterator[Row | BadRow | Task]:
    """Yield the rows of a table, and where it can be read no further, the failure that says so."""
    try:
        yield from rows
    except InputError as error:
        yield Task(table.key, table.stem, label=table.name, failure=Failure.of(error, table.name))


def failed(error: InputError, table: Table, number: int) -> Task:
    """Return a document of which nothing but the failure is known."""
    key, stem = f"{table.key}:{number}", f"{table.stem}-{number}"
    return Task(key, stem, label=place(table.name, number), failure=Failure.of(error))


def _task(row: Row, table: Table, columns: Columns, seen: Seen, limit: int) -> Task:
    name, where = columns.text or TEXT, place(table.name, row.number)
    if name not in row.cells and str(row.cells.get("format")).startswith(_RECORD):
        raise InputError("a_record", source=where)
    text = _text(row.cells.get(name), name, where)
    # Four bytes at most are a character: most texts need not be encoded to be measured.
    if 4 * len(text) > limit and len(text.encode("utf-8", "surrogatepass")) > limit:
        raise bad(table.name, row.number, "row_too_large", limit=spelt(limit)).error
    identifier = identifier_of(row, columns.id, table.name)
    if identifier is not None and not seen.add(identifier):
        raise bad(table.name, row.number, "row_duplicate_id", id=identifier).error
    number = str(row.number)
    return Task(
        key=f"{table.key}:{number}" if identifier is None else f"{table.key}#{identifier}",
        stem=f"{table.stem}-{number}" if identifier is None else stem_of(identifier),
        text=text,
        label=label_of(row) or where,
        told=told_of(row.cells),
    )


def _text(cell: Any, column: str, source: str) -> str:
    """Return the text in a cell.

    Raises:
        InputError: ``row_without_text``, or what is wrong with bytes that are no text.
    """
    text = decode(cell, source=source)[0] if isinstance(cell, bytes) and cell.strip() else cell
    if not isinstance(text, str) or not text.strip():
        raise InputError("row_without_text", source=source, column=column)
    if "\x00" in text:
        raise InputError("binary", source=source)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError("half_character", source=source, position=error.start) from error
    return text


def identifier_of(row: Row, column: str | None, table: str) -> str | None:
    """Return what tells a row from the others, or ``None`` where it has nothing.

    Raises:
        InputError: ``row_bad_id``: it is neither text nor a whole number, or without end.
    """
    cell = row.cells.get(column or ID)
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int) or len(str(cell)) > _LONGEST_ID:
        if column is None:  # a column that merely happens to be called so
            return None
        raise bad(table, row.number, "row_bad_id", column=column).error
    return valid_unicode_of(str(cell))


def valid_unicode_of(text: str) -> str:
    """Return a text in which halves of characters are spelt out."""
    return text.encode("utf-8", "backslashreplace").decode()


def stem_of(identifier: str) -> str:
    """Return an identifier as a name that a file may have, too."""
    return _UNFIT.sub("_", identifier).strip() or "_"


def label_of(row: Row) -> str | None:
    """Return what a row says of where its report comes from."""
    for name in _SOURCE:
        cell = row.cells.get(name)
        if isinstance(cell, str) and (said := cell.strip()) and len(said) <= _LONGEST_LABEL:
            return valid_unicode_of(said)
    return None


def told_of(cells: Mapping[str, Any]) -> tuple[Told, ...]:
    """Return what the other columns tell of a document."""
    found: list[Told] = []
    for field, names in _TOLD:
        for name in names:
            value = _day(cells.get(name)) if field == "published_on" else _line(cells.get(name))
            if value:
                found.append(Told(field, value, f"row {name}"))
                break
    return tuple(found)


def _line(cell: Any) -> str:
    if not isinstance(cell, str):
        return ""
    value = " ".join(valid_unicode_of(cell).split())
    return value if len(value) <= _LONGEST_TOLD else ""


def _day(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    said = _line(cell)
    return said if _DAY.match(said) else ""
