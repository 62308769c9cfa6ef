"""What tables have in common: rows by number, and what is wrong with one as an error of its own.

A table is a file or dataset whose rows each hold a report, or the path of one. Its readers are streams: no
table is ever held in memory, whatever its size, and neither is a row beyond the limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.readers.read import unreadable
from extractor.readers.source import Source, valid_unicode

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: Its place in the table, from 1; in a file of lines, its line.
        cells: What it holds, by column. A value is whatever the format knows: text, bytes, a number, a date.
    """

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read.

    Attributes:
        number: As in :class:`Row`.
        error: What is wrong with it; its ``source`` names table and row.
    """

    number: int
    error: InputError


Rows = Iterator[Row | BadRow]
"""The rows of a table, in its order. What ends the table itself is raised, as ``InputError``."""


def place(table: str, number: int) -> str:
    """Return what a row is called where something is wrong with it: ``depeches.jsonl:12``."""
    return f"{valid_unicode(table)}:{number}"


def bad(table: str, number: int, code: str, **parameters: object) -> BadRow:
    """Return a row with what is wrong with it."""
    return BadRow(number, InputError(code, source=place(table, number), **parameters))


def refused(table: str, error: Exception) -> InputError:
    """Return what to tell the user where the system refuses a table."""
    return unreadable(Source(table, Path(table)), error)


def spelt(number: int) -> str:
    """Return a number of bytes as errors show it: ``20 000 000``."""
    return f"{number:_}".replace("_", " ")


def require(columns: Sequence[str], names: Sequence[str], table: str) -> None:
    """Refuse a table without the columns that it must have.

    Args:
        columns: Those that it must have.
        names: Those that it has.
        table: What the user calls it.

    Raises:
        InputError: ``no_such_column``.
    """
    for column in columns:
        if column not in names:
            shown = ", ".join(names[:_MOST_SHOWN]) + ", …" * (len(names) > _MOST_SHOWN)
            raise InputError("no_such_column", source=table, column=column, columns=shown)
