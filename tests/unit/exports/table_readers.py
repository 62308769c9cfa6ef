"""The tables of every format, read by who reads them outside: Python's csv, openpyxl, pyarrow, sqlite3."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractor.exports.csv_tables import undefused
from extractor.exports.flat.schema import TABLES, Column
from tests.unit.exports.flat_back import Row, Tables

_COLUMNS = {table.name: {column.name: column for column in table.flat()} for table in TABLES}
_LISTS = ("texts", "ids", "boxes")
csv.field_size_limit(sys.maxsize)


def value_of(column: Column, text: Any) -> Any:
    """Return what a cell of text stands for."""
    if text is None or (text == "" and column.kind != "text"):
        return [] if column.kind in _LISTS else None
    if column.kind in _LISTS:
        return json.loads(text)
    if column.kind == "int":
        return int(text)
    if column.kind == "float":
        return float(text)
    if column.kind == "bool":
        return text in (True, 1, "true")
    if isinstance(text, datetime):
        return text.date()
    return text


def csv_tables(folder: Path, *, defused: bool = True) -> Tables:
    """Return the tables of a folder; what is empty and not in quotes is nothing."""
    return {name: _csv_rows(folder / f"{name}.csv", columns, defused) for name, columns in _COLUMNS.items()}


def _csv_rows(path: Path, columns: dict[str, Column], defused: bool) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file, strict=True)
    assert head == list(columns)
    # Python's reader before 3.12 cannot tell an empty text from nothing. What stands between commas can.
    content = path.read_bytes().decode()
    raw = re.findall(r'(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)', content)
    cells = iter(raw[len(head) :])
    rows = []
    for line in lines:
        assert len(line) == len(head)
        row = {}
        for column, text in zip(columns.values(), line, strict=True):
            is_quoted = next(cells).startswith('"')
            assert (
                is_quoted == (column.kind not in ("int", "float", "bool") and (is_quoted or text != ""))
                or column.kind == "date"
            )
            plain = undefused(text) if defused else text
            row[column.name] = value_of(column, plain if is_quoted or text else None)
        rows.append(row)
    return rows


def xlsx_tables(path: Path) -> Tables:
    """Return the tables of a workbook, long texts put together and sheets joined."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    whole: dict[tuple[str, int, str], str] = {}
    for sheet, row, column, _, text in list(book["long_texts"].values)[1:]:
        place = (sheet, int(row), column)
        whole[place] = whole.get(place, "") + _unescaped(text)
    tables: Tables = {name: [] for name in _COLUMNS}
    for sheet in book.worksheets:
        name = sheet.title.partition(" ")[0]
        if name not in tables:
            continue
        lines = sheet.iter_rows()
        head = [cell.value for cell in next(lines)]
        assert head == list(_COLUMNS[name])
        for number, line in enumerate(lines, 2):
            assert not any(cell.data_type == "f" for cell in line)
            cells = dict(
                zip(
                    head,
                    [_unescaped(cell.value) for cell in line] + [None] * (len(head) - len(line)),
                    strict=True,
                )
            )
            cells |= {
                column: whole[sheet.title, number, column]
                for column in head
                if (sheet.title, number, column) in whole
            }
            tables[name].append({column: value_of(_COLUMNS[name][column], cells[column]) for column in head})
    return tables


def _unescaped(value: Any) -> Any:
    """Undo ``_xHHHH_`` (ECMA-376 part 1, 22.4.2.4), which Excel and LibreOffice do and openpyxl does not."""
    if not isinstance(value, str):
        return value
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), value)


def parquet_tables(folder: Path) -> Tables:
    """Return the tables of a folder."""
    import pyarrow.parquet as pq

    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in _COLUMNS}


def sqlite_tables(path: Path) -> Tables:
    """Return the tables of a database, lists of ids made of their tables again."""
    links = {
        "entries": ("entry", "drivers", "entry_drivers", "driver"),
        "results": ("result", "drivers", "result_drivers", "driver"),
        "incidents": ("incident", "caused_by", "incident_causes", "cause"),
        "findings": ("finding", "about", "finding_about", "id"),
    }
    tables: Tables = {}
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        for name, columns in _COLUMNS.items():
            rows = [dict(row) for row in database.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            tables[name] = [
                {key: value_of(columns[key], value) for key, value in row.items()} for row in rows
            ]
        for name, (key, column, link, other) in links.items():
            query = f"SELECT {other} FROM {link} WHERE document = ? AND {key} = ? ORDER BY n"
            for row in tables[name]:
                row[column] = [one for (one,) in database.execute(query, (row["document"], row[key]))]
    return tables


def day(value: Any) -> Any:
    """Return a day as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
