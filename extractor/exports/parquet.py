"""Parquet, one file for each table, with evidence, mentions and participants nested beside their facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.exports.flat.rows import Row, flat_records
from extractor.exports.flat.schema import Column, Kind, columns
from extractor.exports.formats import ExportOptions
from extractor.record import FORMAT, RaceRecord

GROUP_ROWS = 100_000
GROUP_BYTES = 8_000_000
"""After which a group of rows is written, so that long documents take no more memory than short ones."""
_ROWS_AT_ONCE = 1000  # that stay Python's own, which takes ten times the room

_BOX = pa.struct([("page", pa.int64()), *((name, pa.float64()) for name in ("x", "y", "w", "h"))])
_SPAN = pa.struct(
    [
        pa.field("start_char", pa.int64(), nullable=False),
        pa.field("end_char", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("page", pa.int64()),
        pa.field("boxes", pa.list_(_BOX)),
    ]
)
_MENTION = pa.struct([pa.field("form", pa.string(), nullable=False), *_SPAN])
_PARTICIPANT = pa.struct(
    [(name, pa.string()) for name in ("driver", "driver_name", "number", "text", "role")]
)
TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "texts": pa.list_(pa.string()),
    "ids": pa.list_(pa.string()),
    "boxes": pa.list_(_BOX),
    "spans": pa.list_(_SPAN),
    "mentions": pa.list_(_MENTION),
    "people": pa.list_(_PARTICIPANT),
}


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write the tables of records into the folder ``out`` and return how many records."""
    count = 0
    with ExitStack() as stack:
        files = {
            table.name: stack.enter_context(_file(out / f"{table.name}.parquet", kept))
            for table, kept in columns(nested=True)
        }
        for rows in flat_records(records, options):
            for name, lines in rows.items():
                files[name].add(lines)
            count += 1
    return count


def schema_of(kept: tuple[Column, ...]) -> pa.Schema:
    """Return the types of a table's columns."""
    fields = [pa.field(one.name, TYPES[one.kind], nullable=not one.required) for one in kept]
    return pa.schema(fields, metadata={"format": FORMAT})


@contextmanager
def _file(path: Path, kept: tuple[Column, ...]) -> Iterator[_File]:
    with pq.ParquetWriter(path, schema_of(kept), compression="zstd") as writer:
        file = _File(writer)
        yield file
        file.end()


class _File:
    """One file, written in groups of rows."""

    def __init__(self, writer: pq.ParquetWriter) -> None:
        self._writer = writer
        self._rows: list[Row] = []
        self._tables: list[pa.Table] = []

    def add(self, rows: list[Row]) -> None:
        """Add rows."""
        self._rows += rows
        if len(self._rows) >= _ROWS_AT_ONCE:
            self._pack()

    def _pack(self) -> None:
        self._tables.append(pa.Table.from_pylist(self._rows, schema=self._writer.schema))
        self._rows = []
        rows = sum(table.num_rows for table in self._tables)
        if rows >= GROUP_ROWS or sum(table.nbytes for table in self._tables) >= GROUP_BYTES:
            self._write()

    def _write(self) -> None:
        self._writer.write_table(pa.concat_tables(self._tables))
        self._tables = []

    def end(self) -> None:
        """Write what is left."""
        if self._rows:
            self._pack()
        if self._tables:
            self._write()
