"""Tables of columns: Parquet, and whatever else comes as batches of Arrow.

Arrow does not look whether text is UTF-8; a cell that is not costs its row alone.

Parquet: https://parquet.apache.org/docs/file-format.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.batch.inputs.rows import Row, Rows, bad, place, refused, require
from extractor.errors import InputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

TOGETHER = 32
"""Rows that are unpacked at once."""
_BUFFER = 1 << 20


def parquet_rows(path: Path, table: str, required: Sequence[str], wanted: Sequence[str]) -> Rows:
    """Yield the rows of a Parquet file, with those of the wanted columns that it has.

    Args:
        path: The file.
        table: What the user calls it.
        required: Columns that it must have.
        wanted: Columns to read, where it has them.

    Raises:
        InputError: ``no_such_column``, or the file cannot be read, or no further.
        UsageError: ``needs_pyarrow``.
    """
    library = arrow()
    number = 0
    try:
        # Without these, a whole group of rows is read before the first comes out.
        with library.parquet.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER) as file:
            require(required, file.schema_arrow.names, table)
            names = [name for name in wanted if name in file.schema_arrow.names]
            for batch in file.iter_batches(TOGETHER, columns=names, use_threads=False):
                yield from batch_rows(batch, table, number)
                number += batch.num_rows
    except (OSError, ValueError, NotImplementedError, library.ArrowException) as error:
        raise _refusal(error, table, number) from error


def parquet_length(path: Path) -> int | None:
    """Return how many rows a Parquet file has; ``None`` where it cannot be read."""
    library = arrow()
    try:
        with library.parquet.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except (OSError, ValueError, NotImplementedError, library.ArrowException):
        return None


def _refusal(error: Exception, table: str, number: int) -> InputError:
    if isinstance(error, OSError) and error.errno is not None:
        return refused(table, error)
    return InputError("table_damaged", source=place(table, number + 1) if number else table)


def arrow() -> Any:
    """Return the library that reads columns.

    Raises:
        UsageError: ``needs_pyarrow``.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise UsageError("needs_pyarrow") from error
    return pyarrow


def batch_rows(batch: pa.RecordBatch | pa.Table, table: str, before: int) -> Rows:
    """Yield the rows of a batch of Arrow.

    Args:
        batch: The batch.
        table: What the user calls the table.
        before: How many rows came before.
    """
    columns = list(zip(batch.schema.names, batch.columns, strict=True))
    for index in range(batch.num_rows):
        number = before + index + 1
        try:
            yield Row(number, {name: column[index].as_py() for name, column in columns})
        except UnicodeDecodeError as error:
            yield bad(table, number, "row_encoding", encoding="utf-8", position=error.start)
        except (ValueError, OverflowError):  # such as a date beyond those that Python counts
            yield bad(table, number, "row_unreadable")
