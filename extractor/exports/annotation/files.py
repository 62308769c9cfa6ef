"""The JSON objects of a file that a tool wrote: an array, lines, one object, or a ZIP archive of these."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import is_zipfile

from extractor.errors import InputError, RecordError
from extractor.readers.archive import archive_at
from extractor.readers.formats import is_hidden

MOST_BYTES: Final = 500_000_000
"""Largest file that is read; what people have annotated is far below."""
_SUFFIXES = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Found:
    """One object.

    Attributes:
        source: File and place in it, for people.
        file: Name of the file that it is in, without folders and suffix.
        fields: The object.
    """

    source: str
    file: str
    fields: dict[str, Any]


def objects_in(path: Path) -> Iterator[Found | RecordError]:
    """Yield the objects of a file, or what is wrong with each; what cannot be read costs itself alone."""
    try:
        if path.suffix.lower() == ".zip" and is_zipfile(path):
            yield from _in_archive(path)
        else:
            with path.open("rb") as stream:
                yield from objects_of(stream, str(path), path.name)
    except FileNotFoundError:
        yield RecordError("not_found", source=str(path))
    except PermissionError:
        yield RecordError("no_permission", source=str(path))
    except OSError as error:
        yield RecordError("unreadable", source=str(path), reason=error.strerror or str(error))
    except InputError as error:
        yield RecordError(error.code, source=error.source, **error.parameters)


def _in_archive(path: Path) -> Iterator[Found | RecordError]:
    archive = archive_at(path, str(path))
    names = [name for name in archive.names if name.lower().endswith(_SUFFIXES)]
    if not names:
        yield RecordError("no_records", source=str(path))
    for name in names:
        if not any(map(is_hidden, name.split("/"))):
            with archive.open(name) as stream:
                yield from objects_of(stream, f"{path}/{name}", name)


def objects_of(stream: BinaryIO, source: str, name: str) -> Iterator[Found | RecordError]:
    """Yield the objects of an open file, or what is wrong with each.

    Args:
        stream: The file.
        source: What it is called, for people.
        name: Its own name.
    """
    content = stream.read(MOST_BYTES + 1)
    stem = Path(name).stem
    if len(content) > MOST_BYTES:
        yield RecordError("too_large", source=source, limit=f"{MOST_BYTES:_}".replace("_", " "))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield RecordError("not_json", source=source)
        return
    for place, held in _held(text, source):
        yield Found(place, stem, held) if isinstance(held, dict) else RecordError("not_json", source=place)


def _held(text: str, source: str) -> Iterator[tuple[str, object]]:
    """Yield everything in a text; lines where the whole is no JSON."""
    whole = _parsed(text)
    if isinstance(whole, list):
        yield from ((f"{source}#{number}", one) for number, one in enumerate(whole, 1))
    elif whole is not None:
        yield source, whole
    else:
        lines = [line for line in enumerate(text.split("\n"), 1) if line[1].strip()]
        for number, line in lines:
            yield f"{source}:{number}", _parsed(line)
        if not lines:
            yield source, None


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
