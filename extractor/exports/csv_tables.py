"""CSV after RFC 4180, one file for each table, in which nothing from a document can become a formula.

Text is always in quotes and numbers never are, so that an empty text differs from nothing. Lists are JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TextIO

from extractor.exports.flat.rows import flat_records
from extractor.exports.flat.schema import Column, columns
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

#: What a spreadsheet takes for the beginning of a formula (OWASP, *CSV Injection*), after blanks or not.
#: Also what begins like a text that was defused, so that defusing can be undone.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n\x00]")
DEFUSED, KEPT = "defused", "kept"


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write the tables of records into the folder ``out`` and return how many records."""
    is_defused = options.settings.get("formulas", DEFUSED) == DEFUSED
    count = 0
    with ExitStack() as stack:
        files = []
        for table, kept in columns(nested=False):
            path = out / f"{table.name}.csv"
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            file.write(",".join(column.name for column in kept) + "\r\n")
            files.append((table.name, kept, file))
        for rows in flat_records(records, options):
            for name, kept, file in files:
                _write(file, kept, rows[name], is_defused=is_defused)
            count += 1
    return count


def defused(text: str) -> str:
    """Return text with an apostrophe before what a spreadsheet would take for a formula.

    :func:`undefused` gives back the text, whatever it was.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def undefused(text: str) -> str:
    """Return the text that :func:`defused` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _write(
    file: TextIO, kept: tuple[Column, ...], rows: list[dict[str, object]], *, is_defused: bool
) -> None:
    for row in rows:
        line = ",".join([_cell(row[column.name], is_defused) for column in kept])
        file.write(f"{line}\r\n")


def _cell(value: object, is_defused: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(defused(value) if is_defused else value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return _quoted(json.dumps(value, ensure_ascii=False)) if value else '"[]"'


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
