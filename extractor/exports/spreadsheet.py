"""Tables for spreadsheets (CSV), in which nothing from a document can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from extractor.exports.plain import one_line

#: What a spreadsheet takes for the beginning of a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")

Value = str | int | float | None


def defused(text: str) -> str:
    """Return text on one line; before what a spreadsheet would take for a formula comes an apostrophe.

    See OWASP, *CSV Injection*.
    """
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def table_csv(head: Sequence[str], rows: Iterable[Sequence[Value]], language: str) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, which spreadsheets ask for.

    Args:
        head: Names of the columns.
        rows: Numbers stay numbers; ``None`` is an empty cell.
        language: French spreadsheets part cells by semicolons and write a decimal comma.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    writer.writerow([defused(name) for name in head])
    for row in rows:
        writer.writerow([_cell(value, language) for value in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "replace")


def _cell(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    shown = f"{value:.6g}" if isinstance(value, float) and not value.is_integer() else f"{value:.0f}"
    return shown.replace(".", ",") if language == "fr" else shown
