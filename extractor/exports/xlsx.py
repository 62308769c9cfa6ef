"""An Excel workbook, one sheet for each table, in which text is text and never a formula.

Excel holds 32,767 UTF-16 units in a cell and 1,048,576 rows on a sheet. A longer text is cut in its cell and
stands whole, in parts, on the sheet ``long_texts``; a longer table goes on on a sheet of its own. Nothing is
lost either way, and the export says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.worksheet import Worksheet

from extractor.exports.flat.rows import flat_records
from extractor.exports.flat.schema import columns
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""
MOST_ROWS = 1_048_576
LARGEST_NUMBER = 10**15
"""What a floating-point cell holds to the last digit; larger ones are written as text."""
FIRST_DAY = date(1900, 3, 1)
"""Excel knows no day before 1900, and a 29 February of that year which there was not."""
LONG_TEXTS = "long_texts"
_LONG_HEAD = ("sheet", "row", "column", "part", "text")
_WIDTHS = {"text": 60, "message": 60, "document_id": 24, "driver_names": 32, "source": 32, "title": 32}
_CUT = " […]"


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that knows no rich text, and whose numbers are exact.

    xlsxwriter takes a text that begins with ``<r>`` and ends with ``</r>`` for rich text of its own making
    and writes it as XML, unescaped. A document may say such a thing.
    """

    def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, str]]) -> None:
        self._xml_inline_string(string, True, attributes)

    def _xml_number_element(self, number: float, attributes: list[tuple[str, str]]) -> None:
        """Write a number to its last digit, of which xlsxwriter leaves out one."""
        told = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{told}><v>{number!r}</v></c>")


class TableSheets:
    """A table, on as many sheets as it needs.

    Args:
        book: Where they are added.
        name: Of the first; others are numbered.
        head: Names of the columns.
    """

    def __init__(self, book: Workbook, name: str, head: tuple[str, ...]) -> None:
        self._book, self._name, self._head = book, name, head
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.sheets = 0
        self._begin()

    def place(self) -> tuple[str, int]:
        """Return sheet and number (from 1, as Excel counts) of the row that comes next."""
        if self._row == MOST_ROWS:
            self._end()
            self._begin()
        return self._sheet.get_name(), self._row + 1

    def add(self, values: Iterable[object]) -> None:
        """Add a row; texts must fit."""
        self.place()
        for column, value in enumerate(values):
            if value is not None and value != "":
                self._put(column, value)
        self._row += 1

    def _put(self, column: int, value: object) -> None:
        """Write what is neither nothing nor an empty text."""
        sheet, row = self._sheet, self._row
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float) and abs(value) < LARGEST_NUMBER:
            sheet.write_number(row, column, value)
        elif isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, column, value, self._day)
        else:
            sheet.write_string(row, column, str(value))

    def _begin(self) -> None:
        self.sheets += 1
        name = self._name if self.sheets == 1 else f"{self._name} ({self.sheets})"
        self._sheet: Any = self._book.add_worksheet(name, PlainSheet)
        self._sheet.freeze_panes(1, 0)
        for column, title in enumerate(self._head):
            self._sheet.write_string(0, column, title, self._bold)
            self._sheet.set_column(column, column, _WIDTHS.get(title, 14))
        self._row = 1

    def _end(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._head) - 1)

    def close(self) -> None:
        """End the last sheet."""
        self._end()


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write the tables of records into the workbook ``out`` and return how many records."""
    temporary = out.parent / f"{out.name}.parts"
    temporary.mkdir()
    settings = {"constant_memory": True, "tmpdir": str(temporary), "use_zip64": True}
    book = Workbook(str(out), settings)
    tables = {
        table.name: (TableSheets(book, table.name, names), names)
        for table, kept in columns(nested=False)
        for names in (tuple(column.name for column in kept),)
    }
    long_texts = TableSheets(book, LONG_TEXTS, _LONG_HEAD)
    count = cut = 0
    for rows in flat_records(records, options):
        for name, (sheets, names) in tables.items():
            for row in rows[name]:
                cut += _add(sheets, names, row, long_texts)
        count += 1
    for sheets in (*(one for one, _ in tables.values()), long_texts):
        sheets.close()
    try:
        book.close()
    except XlsxFileError as error:
        raise OSError(str(error)) from error
    if cut:
        options.note("xlsx_long_texts", {"count": cut, "limit": LONGEST_TEXT, "sheet": LONG_TEXTS})
    for name, (sheets, _) in tables.items():
        if sheets.sheets > 1:
            options.note("xlsx_long_table", {"table": name, "sheets": sheets.sheets})
    return count


def _add(sheets: TableSheets, names: tuple[str, ...], row: dict[str, object], long_texts: TableSheets) -> int:
    """Add a row and return how many of its texts had to be cut."""
    sheet, number = sheets.place()
    cut = 0
    values = []
    for name in names:
        value = row[name]
        if isinstance(value, list):
            value = json.dumps(value, ensure_ascii=False) if value else None
        if isinstance(value, str) and units(value) > LONGEST_TEXT:
            parts = list(in_parts(value, LONGEST_TEXT - len(_CUT)))
            for part, text in enumerate(parts, 1):
                long_texts.add((sheet, number, name, part, text))
            value = parts[0] + _CUT
            cut += 1
        values.append(value)
    sheets.add(values)
    return cut


def units(text: str) -> int:
    """Return how many UTF-16 units a text has, which is what Excel counts."""
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def in_parts(text: str, size: int) -> Iterator[str]:
    """Yield a text in parts of at most ``size`` UTF-16 units, no character torn."""
    begun, count = 0, 0
    for position, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if count + width > size:
            yield text[begun:position]
            begun, count = position, 0
        count += width
    yield text[begun:]
