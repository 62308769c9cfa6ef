"""Which files are tables, and how each kind is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from extractor.batch.inputs.columns import parquet_length, parquet_rows
from extractor.batch.inputs.dataset import Dataset
from extractor.batch.inputs.lines import UTF8, csv_rows, json_rows
from extractor.batch.inputs.reports import Columns, Table, tasks_of
from extractor.batch.inputs.rows import Rows
from extractor.batch.task import Task
from extractor.limits import MAX_BYTES
from extractor.readers.options import ReadOptions
from extractor.readers.source import STANDARD_INPUT, Source

_PACKED = (".gz", ".zst", ".zstd")
_JSON_LINES = (".jsonl", ".ndjson")
_PARQUET = (".parquet",)
_CSV = (".csv", ".tsv")
# What a line holds beside its text, and what escapes add to that.
_BESIDE_TEXT = 1 << 20
_TIMES_TEXT = 2


def suffix_of_table(path: Path) -> str:
    """Return the suffix of a file's name in lower case, that of its packing left aside: ``.jsonl``."""
    return Path(_unpacked(path.name.lower())).suffix


def _unpacked(name: str) -> str:
    packing = next((suffix for suffix in _PACKED if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(packing)]


def is_table(source: Source, columns: Columns) -> bool:
    """Say whether a source holds a report in each of its rows, and is no report itself.

    Files called as JSON Lines and Parquet are do; a CSV file, which may be a classification to be read, does
    where the user says which column has the text.
    """
    if source.path is None or source.member is not None:
        return False
    suffix = suffix_of_table(source.path)
    return suffix in _JSON_LINES + _PARQUET or (columns.text is not None and suffix in _CSV)


def table_tasks(source: Source, columns: Columns, reading: ReadOptions) -> Iterator[Task]:
    """Yield the documents of a table; where it cannot be read, or no further, a failure in their place.

    Raises:
        UsageError: ``needs_pyarrow``.
    """
    assert source.path is not None
    table = table_at(source.path, source.label)
    rows = open_rows(source.path, source.label, columns.required, columns.wanted, reading)
    yield from tasks_of(rows, table, columns, reading.max_bytes)


def dataset_tasks(dataset: Dataset, columns: Columns, reading: ReadOptions) -> Iterator[Task]:
    """Yield the documents of a dataset of Hugging Face."""
    is_here = Path(dataset.folder).exists()
    key = (real_path(Path(dataset.folder)) if is_here else dataset.folder) + dataset.name.removeprefix(
        dataset.folder
    )
    table = Table(dataset.name, key, Path(dataset.folder).name or "dataset")
    rows = dataset.rows(columns.required, columns.wanted)
    yield from tasks_of(rows, table, columns, reading.max_bytes)


def length_of(source: Source) -> int | None:
    """Return how many rows a table has, where that is known without reading it."""
    if source.path is None or suffix_of_table(source.path) not in _PARQUET:
        return None
    return parquet_length(source.path)


def table_at(path: Path, name: str) -> Table:
    """Return a table by its place."""
    return Table(name, real_path(path), Path(_unpacked(path.name)).stem)


def open_rows(
    path: Path, name: str, required: Sequence[str], wanted: Sequence[str], reading: ReadOptions
) -> Rows:
    """Yield the rows of a file, by its kind.

    Args:
        path: The file.
        name: What the user calls it.
        required: Columns that it must have.
        wanted: Columns to read, where it has them.
        reading: The user's limits, and the encoding where it is not UTF-8.

    Raises:
        InputError: It cannot be read, or no further.
        UsageError: ``needs_pyarrow``.
    """
    suffix = suffix_of_table(path)
    if suffix in _PARQUET:
        return parquet_rows(path, name, required, wanted)
    limit = _TIMES_TEXT * (MAX_BYTES if reading.max_bytes is None else reading.max_bytes) + _BESIDE_TEXT
    encoding = reading.encoding or UTF8
    if suffix in _CSV:
        return csv_rows(path, name, required, limit, encoding)
    return json_rows(path, name, limit, encoding)


def file_key(source: Source) -> str:
    """Return what a file, or a member of an archive, is called in every run: its real path."""
    if source.path is None:
        return STANDARD_INPUT
    return real_path(source.path) + (f"{os.sep}{source.member}" if source.member else "")


def real_path(path: Path) -> str:
    """Return a file's path without links."""
    if path.is_symlink():
        return os.path.realpath(path)
    return f"{_real_folder(str(path.parent))}{os.sep}{path.name}"


@lru_cache(maxsize=4096)
def _real_folder(folder: str) -> str:
    """Return a folder's path without links; a million files have few folders."""
    return os.path.realpath(folder)
