"""Whatever a record says, its tables say the same: it is put together again from each format's files."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from extractor.exports.csv_tables import defused, undefused
from extractor.exports.flat.rows import rows_of
from extractor.exports.flat.schema import TABLES
from extractor.exports.formats import FORMATS, ExportOptions, exporter_of
from extractor.record import RaceRecord
from tests.property.records import AWKWARD, records, words
from tests.unit.exports.flat_back import Tables, records_of
from tests.unit.exports.table_readers import csv_tables, parquet_tables, sqlite_tables, xlsx_tables


def huggingface_rows(folder: Path) -> list[RaceRecord]:
    from datasets import load_from_disk

    from extractor.exports.huggingface import record_of as of_row

    return [of_row(row) for row in load_from_disk(str(folder))]


def docbin_records(folder: Path) -> list[RaceRecord]:
    import spacy
    from spacy.tokens import DocBin

    docs = list(DocBin().from_disk(folder / "part-00001.spacy").get_docs(spacy.vocab.Vocab()))
    back = [RaceRecord.model_validate_json(doc.user_data["record"]) for doc in docs]
    assert [doc.text for doc in docs] == [one.document.text for one in back]
    return back


READERS: dict[str, Callable[[Path], Tables | list[RaceRecord]]] = {
    "csv": csv_tables,
    "docbin": docbin_records,
    "huggingface": huggingface_rows,
    "parquet": parquet_tables,
    "sqlite": sqlite_tables,
    "xlsx": xlsx_tables,
}
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def without_empty_texts(held: Any) -> Any:
    """Return the same with nothing for every empty text, which an Excel cell cannot tell apart."""
    if isinstance(held, dict):
        inner = {name: without_empty_texts(value) for name, value in held.items()}
        return {name: value for name, value in inner.items() if value not in (None, [], {})}
    if isinstance(held, list | tuple):
        return [one if one == "" else without_empty_texts(one) for one in held]
    return None if held == "" else held


def exported(name: str, found: list[RaceRecord]) -> list[RaceRecord]:
    """Return records as they come back from one format."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"records{FORMATS[name].suffix}"
        if FORMATS[name].shape == "folder":
            out.mkdir()
        assert exporter_of(FORMATS[name]).export(found, out, ExportOptions()) == len(found)
        back = READERS[name](out)
        return records_of(back) if isinstance(back, dict) else back


@pytest.mark.parametrize("name", READERS)
@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate],  # to shrink a workbook takes minutes
)
@given(found=st.lists(records(), min_size=1, max_size=3))
def test_a_record_is_put_together_again_from_its_tables(name: str, found: list[RaceRecord]) -> None:
    back = exported(name, found)
    if name == "xlsx":
        assert [without_empty_texts(one.model_dump()) for one in back] == [
            without_empty_texts(one.model_dump()) for one in found
        ]
    else:
        assert back == found


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_spans_give_back_their_text_and_rows_are_as_many_as_things(record: RaceRecord) -> None:
    rows = rows_of(record, 7)
    text = record.document.text
    for name in ("mentions", "evidence", "skipped"):
        assert all(text[row["start_char"] : row["end_char"]] == row["text"] for row in rows[name])
    for name in ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes", "findings"):
        assert len(rows[name]) == len(getattr(record, name))
    spans = Counter((span.start, span.end) for span in record.spans())
    told = [row for name in ("mentions", "evidence", "skipped") for row in rows[name]]
    assert Counter((row["start_char"], row["end_char"]) for row in told) == spans
    for table in TABLES:
        for row in rows[table.name]:
            assert set(row) == {column.name for column in table.columns}
            assert all(row[column.name] is not None for column in table.columns if column.required)
        keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
        assert len(set(keys)) == len(keys)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.lists(records(), min_size=1, max_size=2))
def test_no_foreign_key_leads_nowhere_and_every_view_answers(found: list[RaceRecord]) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "records.db"
        exporter_of(FORMATS["sqlite"]).export(found, out, ExportOptions())
        with closing(sqlite3.connect(out)) as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            views = [
                name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")
            ]
            sizes = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in views}
    assert sizes["result_list"] == sum(len(one.results) for one in found)
    assert sizes["incident_list"] == sum(len(one.incidents) for one in found)
    assert sizes["quote_list"] == sum(len(one.quotes) for one in found)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_words_are_no_formula_and_come_back(text: str) -> None:
    assert undefused(defused(text)) == text
    assert not defused(text).startswith(FORMULA)


@settings(max_examples=50, deadline=None)
@given(text=st.one_of(words, st.from_regex(r"'*\s*[=+@-].*")))
def test_defusing_can_always_be_undone(text: str) -> None:
    assert undefused(defused(text)) == text
    assert not defused(text).lstrip(" ").startswith(FORMULA)
