"""Reading records back from files.

One record as JSON, many as a JSON array, JSON Lines (compressed by zstd or not) or Parquet with a column
``record``, or folders of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import chain, repeat
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from extractor.errors import RecordError
from extractor.record import FORMAT, RaceRecord

FAILURES = "failures.jsonl"
"""What a batch writes beside its records of documents that gave none: it holds no records."""

_PACKED_LINES = ".jsonl.zst"
_PARQUET = ".parquet"
_SUFFIXES = (".json", ".jsonl", _PACKED_LINES, _PARQUET)
_ROWS_AT_ONCE = 100


def read_record(path: Path) -> RaceRecord:
    """Read the one record of a file.

    Raises:
        RecordError: The file cannot be read, or holds no record of this version, or several.
    """
    found = [parse_record(content, source) for source, content in _contents(path)]
    if len(found) != 1:
        raise RecordError("not_one_record", source=str(path), count=len(found))
    return found[0]


def read_records(path: Path) -> Iterator[tuple[str, RaceRecord]]:
    """Yield the records of a file or folder, each with its name.

    Raises:
        RecordError: As soon as one cannot be read.
    """
    for name, source, content in read_contents(path):
        yield name, parse_record(content, source)


def read_contents(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (name, where it stands, JSON object) of everything in a file or folder.

    The name is the file's, without ``.json`` and ``.record``; in a file of several it is the document's id,
    else the place in the file. A folder that holds files named ``*.record.json`` is read for these alone:
    what lies beside them is something else.

    Raises:
        RecordError: Something cannot be read or is no JSON object.
    """
    for file in record_files(path):
        for source, content in _contents(file):
            yield _name_of(file, source, content), source, content


def read_each(path: Path) -> Iterator[tuple[str, RaceRecord] | RecordError]:
    """Yield (name, record) for everything in a file or folder, or what is wrong with it, one by one.

    What cannot be read costs itself alone: the file, or the line or place in it.
    """
    try:
        files = record_files(path)
    except RecordError as error:
        yield error
        return
    for file in files:
        yield from map(_named_or_error, repeat(file), _places(file))


def _named_or_error(
    file: Path, place: RecordError | tuple[str, object]
) -> tuple[str, RaceRecord] | RecordError:
    if isinstance(place, RecordError):
        return place
    source, held = place
    try:
        content = _is_object(held, source)
        return _name_of(file, source, content), parse_record(content, source)
    except RecordError as error:
        return error


def _places(file: Path) -> Iterator[tuple[str, object] | RecordError]:
    """Yield where something stands in a file and what, or why that is unknown."""
    try:
        yield from _held(file)
    except RecordError as error:
        yield error
    except FileNotFoundError:
        yield RecordError("not_found", source=str(file))
    except PermissionError:
        yield RecordError("no_permission", source=str(file))
    except OSError as error:
        yield RecordError("unreadable", source=str(file), reason=error.strerror or str(error))


def _held(file: Path) -> Iterator[tuple[str, object] | RecordError]:
    """Yield what a file holds, JSON Lines line by line, so that a file of any length takes little memory.

    Raises:
        OSError: The file cannot be read, or no further.
    """
    if file.name.endswith(_PARQUET):
        yield from _rows(file)
        return
    with file.open("rb") as stream:
        if file.name.endswith(_PACKED_LINES):
            yield from _unpacked(file, stream)
        elif file.suffix == ".jsonl":
            yield from _each_line(file, stream)
        elif file.suffix:
            yield from _each_of(file, stream.read())
        else:  # standard input, which has no name that says what it is
            first = stream.readline()
            if _is_whole_object(first):
                yield from _each_line(file, chain((first,), stream))
            else:
                yield from _each_of(file, first + stream.read())


def _each_line(file: Path, lines: Iterable[bytes]) -> Iterator[tuple[str, object] | RecordError]:
    # Only a line feed parts records: names may hold the other line breaks that splitlines knows.
    for number, line in enumerate(lines, 1):
        if line.strip():
            source = f"{file}:{number}"
            yield _parsed_or_error(line, source)


def _unpacked(file: Path, stream: BinaryIO) -> Iterator[tuple[str, object] | RecordError]:
    """Yield the lines of a compressed file; one that is damaged gives what stands before the damage."""
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True) as lines:
            yield from _each_line(file, BufferedReader(lines))
    except zstandard.ZstdError as error:
        yield RecordError("unreadable", source=str(file), reason=str(error))


def _rows(file: Path) -> Iterator[tuple[str, object] | RecordError]:
    """Yield the records of a Parquet file, some rows at a time."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        yield RecordError("needs_pyarrow", source=str(file))
        return
    number = 0
    try:
        with parquet.ParquetFile(file) as rows:
            if "record" not in rows.schema_arrow.names:
                yield RecordError("no_records", source=str(file))
                return
            for batch in rows.iter_batches(batch_size=_ROWS_AT_ONCE, columns=["record"]):
                for content in batch.column(0).to_pylist():
                    number += 1
                    yield _parsed_or_error(str(content).encode(), f"{file}:{number}")
    except pyarrow.ArrowException as error:
        yield RecordError("unreadable", source=str(file), reason=str(error).splitlines()[0])


def _each_of(file: Path, content: bytes) -> Iterator[tuple[str, object] | RecordError]:
    """Yield the one thing that a JSON file holds, or each of its array."""
    parsed = _parsed_or_error(content, str(file))
    if isinstance(parsed, tuple) and isinstance(parsed[1], list) and parsed[1]:
        yield from ((f"{file}#{number}", one) for number, one in enumerate(parsed[1], 1))
    else:
        yield parsed


def _is_whole_object(line: bytes) -> bool:
    parsed = _parsed_or_error(line, "")
    return isinstance(parsed, tuple) and isinstance(parsed[1], dict)


def _parsed_or_error(content: bytes, source: str) -> tuple[str, object] | RecordError:
    try:
        return source, json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return RecordError("not_json", source=source)


def parse_record(content: dict[str, Any], source: str) -> RaceRecord:
    """Return the record that a JSON object holds.

    Args:
        content: The object.
        source: Where it stands, for the error.

    Raises:
        RecordError: It is of another version, or breaks the format.
    """
    version = content.get("format")
    if version != FORMAT:
        found = version if isinstance(version, str) else "?"
        raise RecordError("other_version", source=source, found=found, expected=FORMAT)
    try:
        return RaceRecord.model_validate_json(json.dumps(content))
    except ValidationError as error:
        raise RecordError("invalid_record", source=source, fault=first_fault(error)) from error


def first_fault(error: ValidationError) -> str:
    """Return the first thing that is wrong, on one line: where, and what."""
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(map(str, fault["loc"]))
    what = " ".join(fault["msg"].split())
    return f"{where} : {what}" if where else what


def record_files(path: Path) -> list[Path]:
    """Return the file itself, or those of a folder that hold records.

    Raises:
        RecordError: The folder cannot be read, or holds none.
    """
    if not path.is_dir():
        return [path]
    try:
        found = sorted(
            file
            for file in path.iterdir()
            if file.name.endswith(_SUFFIXES) and file.name != FAILURES and file.is_file()
        )
    except OSError as error:
        raise RecordError("no_permission", source=str(path)) from error
    if not found:
        raise RecordError("no_records", source=str(path))
    return [file for file in found if file.name.endswith(".record.json")] or found


def _contents(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the JSON objects of one file, each with the place where it stands."""
    for place in _places(file):
        if isinstance(place, RecordError):
            raise place
        source, held = place
        yield source, _is_object(held, source)


def _is_object(content: object, source: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise RecordError("not_json", source=source)
    return content


def _name_of(file: Path, source: str, content: dict[str, Any]) -> str:
    if source == str(file):
        return file.stem.removesuffix(".record")
    document = content.get("document")
    name = document.get("id") if isinstance(document, dict) else content.get("id")
    return str(name) if name else source
