"""A user's own list of people and teams: a CSV file with identifiers.

Commas, semicolons or tabs; UTF-8 or what Excel writes; headings in French or English, in any order
(``[list]`` in ``names.toml``). Several alternative names stand in one field, parted by ``|`` or ``;``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.authority.appearance import Kind, one_line
from extractor.authority.person import words_of_names
from extractor.errors import InputError, RecordError
from extractor.lexicon.fold import fold

_DELIMITERS = ",;\t"
_YEAR = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d)(?!\d)")
_LARGEST = 256 * 1024 * 1024
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list.

    Attributes:
        identifier: ``scheme:value``; of several, the first that the file has.
        others: The other identifiers of the row.
        name: Preferred name.
        names: Alternative names.
        kind: Person or team; ``None`` where the list does not tell.
        born: Year of birth, or of a team's foundation.
        died: Year of death.
        first: First year of activity.
        last: Last year of activity.
    """

    identifier: str
    others: tuple[str, ...]
    name: str
    names: tuple[str, ...] = ()
    kind: Kind | None = None
    born: int | None = None
    died: int | None = None
    first: int | None = None
    last: int | None = None


def read_list(path: Path) -> Iterator[Entry | RecordError]:
    """Yield the entries of a list, and what is wrong with the rows that are none.

    Raises:
        InputError: The file cannot be read, or has no column for names or none for identifiers.
    """
    text = _text(path)
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = _columns(next(rows, []), path)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _entry(columns, row, f"{path}:{rows.line_num}")
    except csv.Error as error:
        raise InputError("authority_list_broken", source=f"{path}:{rows.line_num}", why=error) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("authority_list_too_large", source=str(path), most=_LARGEST >> 20)
        packed = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("not_found", source=str(path)) from error
    except OSError as error:
        raise InputError("unreadable", source=str(path), reason=error.strerror or str(error)) from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return packed.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return packed.decode("latin-1")


@cache
def _headings() -> dict[str, str]:
    table = words_of_names()["list"]
    return {heading: column for column, headings in table.items() if column != "team" for heading in headings}


def _columns(head: list[str], path: Path) -> list[tuple[str, str]]:
    """Return for each column what it holds, and its heading."""
    folded = [" ".join(re.split(r"[\s_-]+", fold(one).strip())) for one in head]
    columns = [(_headings().get(heading, ""), heading) for heading in folded]
    kinds = {column for column, _ in columns}
    if "name" not in kinds or not kinds & {"identifier", "schemes"}:
        raise InputError("authority_list_columns", source=str(path), found=", ".join(head)[:200])
    return columns


def _entry(columns: list[tuple[str, str]], row: list[str], source: str) -> Entry | RecordError:
    told: dict[str, str] = {}
    identifiers: list[str] = []
    for (column, heading), written in zip(columns, row, strict=False):
        cell = one_line(written)
        if not cell or not column:
            continue
        if column == "schemes":
            identifiers.append(_identifier(heading, cell))
        elif column == "identifier":
            identifiers.append(cell if ":" in cell else f"id:{cell}")
        else:
            told.setdefault(column, cell)
    name = told.get("name", "")
    if not name or not identifiers or len(name) > _LONGEST_NAME:
        return RecordError("authority_list_row", source=source)
    years = [int(year) for year in _YEAR.findall(told.get("active", ""))]
    first, last = _year(told.get("first")), _year(told.get("last"))
    return Entry(
        identifiers[0],
        tuple(identifiers[1:]),
        name,
        tuple(part.strip() for part in re.split(r"[|;]", told.get("names", "")) if part.strip())[:20],
        _kind(told.get("kind")),
        _year(told.get("born")),
        _year(told.get("died")),
        first if first is not None else min(years, default=None),
        last if last is not None else max(years, default=None) if len(years) > 1 else None,
    )


def _identifier(heading: str, cell: str) -> str:
    """Return ``scheme:value``; of an address, what stands behind its last slash."""
    scheme = "wikidata" if heading == "qid" else heading
    value = cell.rstrip("/").rsplit("/", 1)[-1] if "://" in cell and scheme != "ark" else cell
    return value if value.startswith(f"{scheme}:") else f"{scheme}:{value}"


def _kind(written: str | None) -> Kind | None:
    if not written:
        return None
    return "team" if fold(written) in words_of_names()["list"]["team"] else "driver"


def _year(written: str | None) -> int | None:
    found = _YEAR.search(written or "")
    return int(found.group()) if found else None
