"""What a path holds for the store: reports to read, and records that were made before.

Reports are found as ``parcferme extract`` finds them. Records are ``*.json`` files that are named, and in
folders and archives ``*.record.json`` and ``*.jsonl``: what else lies there as JSON is not ours, but in a
folder that ``parcferme extract`` has written.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import is_zipfile

from extractor.batch.files import PRIVATE
from extractor.errors import InputError, RecordError
from extractor.readers import ReadOptions, Source, find_sources
from extractor.readers.archive import archive_at
from extractor.readers.formats import is_hidden, suffix_of
from extractor.record import RaceRecord
from extractor.records_io import FAILURES, parse_record

_LINES = (".jsonl", ".ndjson")
_WHOLE = (".json",)
_INSIDE = (".record.json", *_LINES)
_NONE_THERE = ("no_texts", "no_texts_in_archive")
MOST_LINE_BYTES = 100_000_000
"""Longest line of a JSON Lines file; a long report's record has some hundred thousand bytes."""
MOST_FILE_BYTES = 500_000_000
"""Largest file of JSON that is read as a whole."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records, or a member of an archive that is one."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """What it is called, without folders."""
        return self.path.name if self.member is None else f"{self.path.name}/{self.member}"

    @property
    def has_lines(self) -> bool:
        """Whether each line is a record."""
        return (self.member or self.path.name).lower().endswith(_LINES)

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open it; may raise ``OSError`` or ``InputError``."""
        if self.member is None:
            return self.path.open("rb")
        return archive_at(self.path, self.path.name).open(self.member)


@dataclass(slots=True)
class Finds:
    """What there is.

    Attributes:
        sources: Reports to read, and what could not be found or opened.
        records: Files of records.
        left_out: Files of kinds that are not read, by suffix.
    """

    sources: list[Source | InputError] = field(default_factory=list)
    records: list[RecordFile] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def count(self) -> int:
        """Return how many documents and records there are; every line of JSON Lines is one."""
        return len(self.sources) + sum(map(_lines_in, self.records))


def find(paths: tuple[str, ...], options: ReadOptions) -> Finds:
    """Return what paths hold.

    Args:
        paths: Files, folders, archives, patterns.
        options: Limits for archives.
    """
    finds = Finds()
    to_read: list[str] = []
    for name in paths:
        path = Path(name)
        if path.suffix.lower() in (*_LINES, *_WHOLE) and path.is_file():
            finds.records.append(RecordFile(path))
            continue
        finds.records += _records_in(path)
        to_read.append(name)
    found = find_sources(to_read, options)
    finds.sources = [one for one in found if not _is_empty_beside_records(one, finds.records)]
    records = Counter(suffix_of(file.name) for file in finds.records)
    finds.left_out = +Counter({suffix: count - records[suffix] for suffix, count in found.left_out.items()})
    return finds


def records_of(file: RecordFile) -> Iterator[RaceRecord | RecordError]:
    """Yield the records of a file, or what is wrong with each; lines are read one at a time."""
    try:
        with file.open() as stream:
            for source, held in _lines(stream, file.name) if file.has_lines else _whole(stream, file.name):
                yield held if isinstance(held, RecordError) else _record(held, source)
    except InputError as error:
        yield RecordError(error.code, source=error.source, **error.parameters)
    except OSError as error:
        yield RecordError("unreadable", source=file.name, reason=error.strerror or str(error))


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[str, Any]]:
    number = 0
    while line := stream.readline(MOST_LINE_BYTES + 1):
        number += 1
        source = f"{name}:{number}"
        if len(line) > MOST_LINE_BYTES:
            yield source, RecordError("too_large", source=source, limit=_shown(MOST_LINE_BYTES))
            return  # where the next one begins is unknown
        if line.strip():
            yield source, _parsed(line, source)


def _whole(stream: BinaryIO, name: str) -> Iterator[tuple[str, Any]]:
    content = stream.read(MOST_FILE_BYTES + 1)
    if len(content) > MOST_FILE_BYTES:
        yield name, RecordError("too_large", source=name, limit=_shown(MOST_FILE_BYTES))
        return
    held = _parsed(content, name)
    if isinstance(held, list) and held:
        yield from ((f"{name}#{number}", one) for number, one in enumerate(held, 1))
    else:
        yield name, held


def _parsed(content: bytes, source: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return RecordError("not_json", source=source)


def _record(held: Any, source: str) -> RaceRecord | RecordError:
    if not isinstance(held, dict):
        return RecordError("not_json", source=source)
    try:
        return parse_record(held, source)
    except RecordError as error:
        return error


def _shown(limit: int) -> str:
    return f"{limit:_}".replace("_", " ")


def _records_in(path: Path) -> list[RecordFile]:
    """Return the files of records in a folder with its subfolders, or in an archive, in order."""
    if path.is_dir():
        return _in_folder(path)
    if path.is_file() and path.suffix.lower() == ".zip" and is_zipfile(path):
        try:
            names = archive_at(path, path.name).names
        except (InputError, OSError):
            return []  # told of when it is looked through for reports
        return [RecordFile(path, name) for name in names if _is_inside(name)]
    return []


def _in_folder(folder: Path) -> list[RecordFile]:
    found: list[RecordFile] = []
    for parent, folders, names in os.walk(folder):
        is_ours = PRIVATE in folders  # of an extraction: its list of failures holds no record
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        kept = sorted(name for name in names if _is_inside(name) or (is_ours and _is_whole(name)))
        paths = (Path(parent, name) for name in kept if not (is_ours and name == FAILURES))
        found += [RecordFile(path) for path in paths if path.is_file()]
    return found


def _is_whole(name: str) -> bool:
    return name.lower().endswith(_WHOLE) and not is_hidden(name)


def _is_inside(name: str) -> bool:
    return name.lower().endswith(_INSIDE) and not any(map(is_hidden, name.split("/")))


def _is_empty_beside_records(one: Source | InputError, records: list[RecordFile]) -> bool:
    """Say whether this is the complaint that something holds no report, while it holds records."""
    if isinstance(one, Source) or one.code not in _NONE_THERE or one.source is None:
        return False
    return any(file.path.is_relative_to(one.source) for file in records)


def _lines_in(file: RecordFile) -> int:
    if not file.has_lines:
        return 1
    try:
        with file.open() as stream:
            return sum(1 for line in stream if line.strip())
    except (OSError, InputError):
        return 1
