"""CSV after RFC 4180, one file for each table, in which nothing from a document can become a formula.

Text is always in quotes and numbers never are, so that an empty text differs from nothing. Lists are JSON.
``datapackage.json`` beside them says what the columns are and how the tables refer to each other (Data
Package, https://datapackage.org/standard/).
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
from extractor.exports.flat.schema import TABLES, Column, Kind, Table, columns
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

#: What a spreadsheet takes for the beginning of a formula (OWASP, *CSV Injection*), after blanks or not.
#: Also what begins like a text that was defused, so that defusing can be undone.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n\x00]")
DEFUSED, KEPT = "defused", "kept"
_TYPES: dict[Kind, str] = {
    "text": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "date": "date",
}


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write the tables of records into the folder ``out`` and return how many records."""
    described = json.dumps(data_package(), indent=1)
    (out / "datapackage.json").write_text(f"{described}\n", encoding="utf-8", newline="\n")
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


def data_package() -> dict[str, object]:
    """Return what ``datapackage.json`` says."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": _schema(table, kept),
        }
        for table, kept in columns(nested=False)
    ]
    return {"profile": "tabular-data-package", "name": "race-records", "resources": resources}


def _schema(table: Table, kept: tuple[Column, ...]) -> dict[str, object]:
    fields = [
        {
            "name": one.name,
            "type": _TYPES.get(one.kind, "array"),
            "constraints": {"required": one.required and one.kind != "text"},  # it may be an empty text
        }
        for one in kept
    ]
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if table.name != "evidence":  # whose key has nulls
        schema["primaryKey"] = list(table.key)
    known = {one.name: one.key for one in TABLES}
    # Validators take a key of which a part is missing for one that leads nowhere: SQLite alone has those.
    schema["foreignKeys"] = [
        {"fields": own, "reference": {"resource": one.refers, "fields": list(known[one.refers])}}
        for one in kept
        if one.refers in known and one.required
        for own in (["document"] if one.refers == "documents" else ["document", one.name],)
    ]
    return schema


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
