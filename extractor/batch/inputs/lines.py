"""Tables of lines: JSON Lines, and CSV or TSV with a header; packed by gzip or Zstandard, or not.

A line is read up to a limit and no further, so that a file without line ends takes no more memory than one
with.

JSON Lines: https://jsonlines.org. CSV: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections import deque
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from extractor.batch.inputs.packed import DAMAGED, opened
from extractor.batch.inputs.rows import BadRow, Row, Rows, bad, place, refused, require, spelt
from extractor.errors import InputError

UTF8 = "utf-8"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_COLUMNS = 10_000
_STEP = 1 << 20

Line = tuple[int, bytes | BadRow]


def lines(path: Path, table: str, limit: int, *, zeros: bool = False) -> Iterator[Line]:
    """Yield the lines of a file with their numbers, from 1, without their ends.

    Args:
        path: The file, packed or not.
        table: What the user calls it.
        limit: Longest line, in bytes; one that is longer is a bad row.
        zeros: Zeros part the lines where the file has some at its beginning.

    Raises:
        InputError: The file cannot be read, or no further: ``table_damaged``, ``table_not_utf8``.
    """
    try:
        with opened(path) as file:
            yield from cut(file, table, limit, zeros=zeros)
    except OSError as error:
        raise refused(table, error) from error


def cut(file: BinaryIO, table: str, limit: int, *, zeros: bool = False) -> Iterator[Line]:
    """Yield the lines of an open file; arguments and errors as :func:`lines`."""
    number = 0
    try:
        at_zeros = zeros and b"\0" in cast(BufferedReader, file).peek(1)
        parts = _cut_at_zeros(file, limit) if at_zeros else _cut(file, limit)
        for number, line in enumerate(parts, 1):
            if number == 1:
                line = _without_mark(line, table)
            is_whole = len(line) <= limit
            yield number, line if is_whole else bad(table, number, "row_too_large", limit=spelt(limit))
    except DAMAGED as error:
        raise InputError("table_damaged", source=place(table, number + 1)) from error


def _cut(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """Yield lines without their ends; of one that is longer than the limit, a little more than that."""
    while line := file.readline(limit + 3):
        rest = line
        while rest and not rest.endswith(b"\n") and len(line) > limit:
            rest = file.readline(_STEP)
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def _cut_at_zeros(file: BinaryIO, limit: int) -> Iterator[bytes]:
    left = b""
    while chunk := file.read(_STEP):
        *whole, left = (left + chunk).split(b"\0")
        yield from whole
        left = left[: limit + 1]
    if left:
        yield left


def _without_mark(line: bytes, table: str) -> bytes:
    if line.startswith(_WIDE):
        raise InputError("table_not_utf8", source=table)
    return line.removeprefix(codecs.BOM_UTF8)


def json_rows(path: Path, table: str, limit: int, encoding: str = UTF8) -> Rows:
    """Yield the rows of a file of JSON Lines; blank lines are none.

    Args:
        path: The file, packed or not.
        table: What the user calls it.
        limit: Longest line, in bytes.
        encoding: Of the lines.

    Raises:
        InputError: As :func:`lines`.
    """
    for number, line in lines(path, table, limit):
        if isinstance(line, BadRow):
            yield line
        elif line.strip():
            yield _json_row(table, number, line, encoding)


def _json_row(table: str, number: int, line: bytes, encoding: str) -> Row | BadRow:
    text = _decoded(table, number, line, encoding)
    if isinstance(text, BadRow):
        return text
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return bad(table, number, "row_not_json")
    return Row(number, held) if isinstance(held, dict) else bad(table, number, "row_not_json")


def csv_rows(path: Path, table: str, required: Sequence[str], limit: int, encoding: str = UTF8) -> Rows:
    """Yield the rows of a CSV file with a header, numbered by the line on which each begins.

    Cells are parted by tabs where the header has one, else by semicolons, as spreadsheets of a French system
    write it, else by commas.

    Args:
        path: The file, packed or not.
        table: What the user calls it.
        required: Columns that it must have.
        limit: Longest row, in bytes.
        encoding: Of the file.

    Raises:
        InputError: As :func:`lines`; also ``no_header``, ``no_such_column``.
    """
    csv.field_size_limit(max(limit, csv.field_size_limit()))  # what is read is within limits already
    rows = _csv_lines(path, table, limit)
    _, header = next(rows, (1, b""))
    said = header if isinstance(header, BadRow) else _decoded(table, 1, header, encoding)
    if isinstance(said, BadRow):
        raise said.error
    delimiter = next((mark for mark in "\t;" if mark in said), ",")
    try:
        names = [name.strip() for name in _cells(said, delimiter)]
    except csv.Error as error:
        raise InputError("no_header", source=table) from error
    if not any(names) or len(names) > _MOST_COLUMNS:
        raise InputError("no_header", source=table)
    require(required, names, table)
    for number, row in rows:
        yield from _csv_row(table, number, row, names, delimiter, encoding)


def _csv_row(
    table: str, number: int, row: bytes | BadRow, names: list[str], delimiter: str, encoding: str
) -> Rows:
    """Yield a row, or what is wrong with it, or nothing where it is blank."""
    text = row if isinstance(row, BadRow) else _decoded(table, number, row, encoding)
    if isinstance(text, BadRow):
        yield text
        return
    try:
        cells = _cells(text, delimiter)
    except csv.Error:
        yield bad(table, number, "row_not_csv")
        return
    if len(cells) > len(names):
        yield bad(table, number, "row_cells", expected=len(names), found=len(cells))
    elif any(cells):
        yield Row(number, dict(zip(names, cells, strict=False)))


def _cells(row: str, delimiter: str) -> list[str]:
    return next(csv.reader([row], delimiter=delimiter), [])


def _csv_lines(path: Path, table: str, limit: int) -> Iterator[Line]:
    """Yield the rows of a CSV file as bytes: lines put together until every quote is closed.

    A quote that is never closed costs the line on which it stands, and the following ones are read anew.
    """
    waiting: deque[Line] = deque()
    coming = lines(path, table, limit)
    while (first := waiting.popleft() if waiting else next(coming, None)) is not None:
        number, row = first
        if isinstance(row, BadRow) or _is_closed(row):
            yield first
            continue
        parts, size, held = [row], len(row), list[Line]()
        while (following := waiting.popleft() if waiting else next(coming, None)) is not None:
            held.append(following)
            line = following[1]
            if isinstance(line, BadRow) or size + len(line) > limit:
                break
            parts.append(line)
            size += len(line) + 1
            if not _is_closed(line):  # the quote of the first one ends here
                held.clear()
                break
        if held or len(parts) == 1:
            yield number, bad(table, number, "row_not_csv")
            waiting.extendleft(reversed(held))
        else:
            yield number, b"\n".join(parts)


def _is_closed(line: bytes) -> bool:
    return line.count(b'"') % 2 == 0


def _decoded(table: str, number: int, line: bytes, encoding: str) -> str | BadRow:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError as error:
        return bad(table, number, "row_encoding", encoding=encoding, position=error.start)
