"""A Hugging Face dataset on disk: ``datasets.load_from_disk(folder)`` gives one typed row for each record.

The columns are those of the corpus (:mod:`extractor.corpus.rows`): the document's own, then ``event``,
``sessions`` and so on; mentions of drivers and teams stand in one list, a gap is two columns. Beyond them,
spans have their page and boxes, the document its pages, recognition and what is told of it. Nothing is lost.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import datasets
import pyarrow as pa
from pydantic import BaseModel

from extractor.errors import RecordError
from extractor.exports.flat.rows import fits
from extractor.exports.formats import ExportOptions
from extractor.record import Document, Driver, LapGap, Mention, RaceRecord, Result, Team

Row = dict[str, Any]
_DTYPES = {str: "string", int: "int64", float: "float64", bool: "bool", date: "date32"}
_ROWS_AT_ONCE = 50
_CHARACTERS_AT_ONCE = 1_000_000
_LARGEST_FILE = "500MB"
#: What is laid out in another way than in the record.
_OF_RECORD = ("document", "drivers", "teams", "results")


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write records as a dataset into the folder ``out`` and return how many."""
    schema = features().arrow_schema
    stream = out.parent / "rows.arrow"
    count = 0
    with pa.OSFile(str(stream), "wb") as file, pa.ipc.new_stream(file, schema) as writer:
        for rows in _groups(records, options):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    if count:
        with _quiet():
            whole = datasets.Dataset.from_file(str(stream))
            whole.save_to_disk(str(out), max_shard_size=_LARGEST_FILE)
    stream.unlink()
    return count


def features() -> datasets.Features:
    """Return the types of the columns; every one may be null."""
    fields = RaceRecord.model_fields
    mention = {**_struct(Mention), "bearer": _feature(str)}
    columns: Row = {"format": _feature(str), **_struct(Document)}
    for name, field in fields.items():
        if name not in ("format", "document"):
            columns[name] = _feature(field.annotation)
    for name, model in (("drivers", Driver), ("teams", Team)):
        columns[name] = [{key: value for key, value in _struct(model).items() if key != "mentions"}]
    columns["mentions"] = [mention]
    return datasets.Features(columns)


def row_of(record: RaceRecord) -> Row:
    """Return the row of a record."""
    row: Row = {"format": record.format, **_dumped(record.document)}
    for name in RaceRecord.model_fields:
        if name not in ("format", "document"):
            row[name] = _dumped(getattr(record, name))
    bearers = [*row["drivers"], *row["teams"]]
    row["mentions"] = [
        {**one, "bearer": bearer["id"]} for bearer in bearers for one in bearer.pop("mentions")
    ]
    return row


def record_of(row: Mapping[str, Any]) -> RaceRecord:
    """Return the record of a row.

    Raises:
        ValueError: The row is none of ours.
    """
    of_document = {name: row[name] for name in Document.model_fields}
    rest = {name: row[name] for name in RaceRecord.model_fields if name not in ("document", *_OF_RECORD)}
    mentions: dict[str, list[Row]] = {}
    for one in row["mentions"]:
        mentions.setdefault(one["bearer"], []).append({**one})
        del mentions[one["bearer"]][-1]["bearer"]
    bearers = {
        name: [{**one, "mentions": mentions[one["id"]]} for one in row[name]] for name in ("drivers", "teams")
    }
    return RaceRecord.model_validate(
        {
            **rest,
            **bearers,
            "document": of_document,
            "results": [_gap_together(one) for one in row["results"]],
        }
    )


def _gap_together(result: Row) -> Row:
    rest = {name: value for name, value in result.items() if name not in ("gap_time", "gap_laps")}
    laps = result["gap_laps"]
    return {**rest, "gap": result["gap_time"] if laps is None else {"laps": laps}}


def _groups(records: Iterable[RaceRecord], options: ExportOptions) -> Iterator[list[Row]]:
    rows: list[Row] = []
    characters = 0
    for record in records:
        row = row_of(record)
        wrong = next((name for name, value in row.items() if not fits(value)), None)
        if wrong is not None:
            options.leave_out(RecordError("export_number", source=record.document.id, where=wrong))
            continue
        rows.append(row)
        characters += len(record.document.text)
        if len(rows) == _ROWS_AT_ONCE or characters >= _CHARACTERS_AT_ONCE:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows


def _dumped(value: object) -> Any:
    """Return a value as columns have it, what a record's JSON leaves out among it."""
    if isinstance(value, Result):
        row = {name: _dumped(getattr(value, name)) for name in Result.model_fields if name != "gap"}
        is_counted = isinstance(value.gap, LapGap)
        row["gap_time"] = None if is_counted else value.gap
        row["gap_laps"] = value.gap.laps if isinstance(value.gap, LapGap) else None
        return row
    if isinstance(value, BaseModel):
        return {name: _dumped(getattr(value, name)) for name in type(value).model_fields}
    return [_dumped(one) for one in value] if isinstance(value, tuple) else value


def _struct(model: type[BaseModel]) -> Row:
    columns = {
        name: _feature(field.annotation) for name, field in model.model_fields.items() if name != "gap"
    }
    if model is Result:
        columns |= {"gap_time": _feature(str), "gap_laps": _feature(int)}
    return columns


def _feature(declared: Any) -> Any:
    """Return the feature of a declared type; every feature may be null."""
    origin, arguments = get_origin(declared), get_args(declared)
    if origin is Annotated or origin in (Union, types.UnionType):  # a type and its bounds, or a type and None
        return _feature(arguments[0])
    if origin is tuple:
        return [_feature(arguments[0])]
    if origin is Literal:
        return _feature(str)
    if issubclass(declared, BaseModel):
        return _struct(declared)
    return datasets.Value(_DTYPES[declared])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's own bars off the terminal."""
    from datasets.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    was_quiet = are_progress_bars_disabled()
    disable_progress_bars()
    try:
        yield
    finally:
        if not was_quiet:
            enable_progress_bars()
