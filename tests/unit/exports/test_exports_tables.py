"""CSV, XLSX, Parquet and SQLite, opened by those who open them elsewhere."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from contextlib import closing
from itertools import repeat
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from extractor.errors import ParcFermeError
from extractor.exports.flat.schema import TABLES
from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.whole import export_to
from extractor.record import RaceRecord
from tests.conftest import bare_record
from tests.unit.exports.exports_records import HOSTILE, TEXT, hostile, sample
from tests.unit.exports.flat_back import records_of
from tests.unit.exports.table_readers import csv_tables, parquet_tables, sqlite_tables, xlsx_tables

FORMAT_1 = "csv"
FORMAT_2 = "xlsx"
FORMAT_3 = "parquet"
FORMAT_4 = "sqlite"
READERS = {"csv": csv_tables, "xlsx": xlsx_tables, "parquet": parquet_tables, "sqlite": sqlite_tables}
SPREADSHEET = which("soffice")
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    " =1+1",
    "<r><t>x</t></r>",
)


@pytest.fixture
def found() -> list[RaceRecord]:
    return [sample(), *map(hostile, HOSTILE), *map(hostile, FORMULAS)]


def exported(name: str, records: list[RaceRecord], folder: Path, **options: object) -> Path:
    out = folder / f"records{FORMATS[name].suffix}"
    export_to(FORMATS[name], records, out, ExportOptions(**options))  # type: ignore[arg-type]
    return out


@pytest.mark.parametrize("name", READERS)
def test_hostile_records_come_back_as_they_were(name: str, found: list[RaceRecord], tmp_path: Path) -> None:
    assert records_of(READERS[name](exported(name, found, tmp_path))) == found


@pytest.mark.parametrize("name", READERS)
def test_a_record_with_a_number_beyond_all_tables_costs_itself_alone(name: str, tmp_path: Path) -> None:
    too_much = [sample(event={"season": 10**30}), sample(event={"round": -(2**63) - 1})]
    too_much.append(with_result(points=float("nan")))
    too_much.append(with_result(points=float("inf")))
    errors: list[ParcFermeError] = []
    out = exported(name, [sample(), *too_much, sample()], tmp_path, leave_out=errors.append)
    assert [error.code for error in errors] == ["export_number"] * 4
    assert "documents.event_season" in str(errors[0])
    assert records_of(READERS[name](out)) == [sample(), sample()]


def with_result(**parts: object) -> RaceRecord:
    """Return a record with one result."""
    return sample(results=[{**RESULT, **parts}], findings=[])


RESULT = {"id": "r1", "session": "s1", "kind": "final", "confidence": 1.0,
          "evidence": [{"start": 0, "end": 6, "text": "Course"}]}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_the_tables_of_a_record(name: str, tmp_path: Path) -> None:
    tables = READERS[name](exported(name, [sample()], tmp_path))
    assert {table.name for table in TABLES} == set(tables)
    (document,) = tables["documents"]
    assert document["text"] == TEXT
    assert document["event_season"] == 2021
    assert [row["position"] for row in tables["results"]] == [1, 2, None, 1]
    assert [row["gap_laps"] for row in tables["results"]] == [None, None, None, 1]
    if name != "sqlite":
        assert [row["driver_names"] for row in tables["results"]] == [
            "Anna Martin",
            "Bob Petit",
            "Carl Durand",
            "Anna Martin",
        ]
        assert tables["results"][0]["time_seconds"] == 1512.345
        assert tables["quotes"][0]["said_by"] == "Anna Martin"
        assert tables["incidents"][1]["participant_names"] == "la #12"


# ------------------------------------------------------------------------------------------------- CSV


def test_csv_is_what_the_standard_says(tmp_path: Path) -> None:
    out = exported("csv", [sample()], tmp_path)
    content = (out / "drivers.csv").read_bytes()
    assert content.startswith(b"document,document_id,driver,name,aliases,role,optional\r\n1,")
    assert content.decode().splitlines()[1] == '1,"nogaro","d1","Anna Martin","[]","driver",false'
    assert content.endswith(b"\r\n")


def test_the_data_package_tells_what_the_files_hold(found: list[RaceRecord], tmp_path: Path) -> None:
    out = exported("csv", found, tmp_path)
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    resources = {one["name"]: one for one in package["resources"]}
    tables = csv_tables(out)
    assert {one["path"] for one in package["resources"]} | {"datapackage.json"} == {
        one.name for one in out.iterdir()
    }
    for name, one in resources.items():
        with (out / one["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in one["schema"]["fields"]]
        for key in one["schema"]["foreignKeys"]:
            target = key["reference"]
            there = {tuple(row[field] for field in target["fields"]) for row in tables[target["resource"]]}
            here = {tuple(row[field] for field in key["fields"]) for row in tables[name]}
            assert here <= there


@pytest.mark.parametrize("setting", ["defused", "kept"])
def test_formulas_are_defused_unless_asked_otherwise(setting: str, tmp_path: Path) -> None:
    out = exported("csv", [hostile("=1+1")], tmp_path, settings={"formulas": setting})
    row = csv_tables(out, defused=False)["teams"][0]
    assert row["name"] == ("'=1+1" if setting == "defused" else "=1+1")
    assert csv_tables(out)["teams"][0]["name"] == "=1+1"


@pytest.mark.slow
def test_pandas_reads_csv(found: list[RaceRecord], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    out = exported("csv", found, tmp_path)
    for table in TABLES:
        frame = pandas.read_csv(out / f"{table.name}.csv", keep_default_na=False, na_values=[""])
        assert list(frame.columns) == [column.name for column in table.flat()]
        assert len(frame) == len(csv_tables(out)[table.name])
    results = pandas.read_csv(out / "results.csv")
    assert results[results.document_id == "nogaro"].position.tolist()[:2] == [1.0, 2.0]
    assert results.confidence.between(0, 1).all()


@pytest.mark.slow
def test_duckdb_reads_csv(found: list[RaceRecord], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = exported("csv", found, tmp_path)
    query = f"SELECT document_id, text FROM read_csv('{out}/documents.csv', all_varchar=true, max_line_size=10000000)"
    texts = dict(duckdb.sql(query).fetchall())
    assert texts["nogaro"] == TEXT
    assert len(texts) == len(found)


@pytest.mark.slow
@pytest.mark.skipif(SPREADSHEET is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_libreoffice_finds_no_formula(name: str, tmp_path: Path) -> None:
    """What LibreOffice makes of a table, as a workbook: every text is there, and nothing is computed."""
    records = [sample(), *(hostile(words) for words in FORMULAS)]
    out = exported(name, records, tmp_path)
    lines = calculated(out / "teams.csv" if name == "csv" else out, tmp_path)
    assert formulas(lines) <= {"=FALSE()", "=TRUE()"}  # how LibreOffice writes a truth value
    names = [line[3].value for line in lines[1:]]
    assert names[0] == "Écurie Bleue"
    if name == "xlsx":
        assert [one.replace("_x000D_", "\r") for one in names[1:]] == list(FORMULAS)
    else:
        assert len(names) == len(records)


@pytest.mark.slow
@pytest.mark.skipif(SPREADSHEET is None, reason="LibreOffice is not installed")
def test_formulas_that_are_kept_would_be_computed(tmp_path: Path) -> None:
    out = exported("csv", [hostile("=1+1")], tmp_path, settings={"formulas": "kept"})
    lines = calculated(out / "teams.csv", tmp_path)
    assert "=1+1" in formulas(lines)


def formulas(lines: list[Any]) -> set[str]:
    """Return what LibreOffice takes for formulas."""
    return {cell.value for line in lines for cell in line if cell.data_type == "f"}


def calculated(source: Path, folder: Path) -> list[Any]:
    """Return the rows of the sheet of teams as LibreOffice writes them after it opened a file."""
    openpyxl = pytest.importorskip("openpyxl")
    told = [
        str(SPREADSHEET),
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    told += ["--infilter=CSV:44,34,76,1"] * (source.suffix == ".csv")
    told += ["--outdir", str(folder / "new"), str(source)]
    done = subprocess.run(told, check=True, capture_output=True, timeout=120)
    if b"could not be loaded" in done.stderr:
        pytest.skip("LibreOffice is installed without Calc")
    (converted,) = (folder / "new").iterdir()
    return list(openpyxl.load_workbook(converted)["teams"].iter_rows())


# ------------------------------------------------------------------------------------------------ XLSX


def test_a_text_longer_than_a_cell_is_cut_there_and_whole_elsewhere(tmp_path: Path) -> None:
    long = "Course 🏁 à Nogaro. " * 4000
    notes: list[tuple[str, object]] = []
    out = exported(
        "xlsx",
        [bare_record(long), sample()],
        tmp_path,
        note=lambda key, values: notes.append((key, values["count"])),
    )
    assert notes == [("xlsx_long_texts", 1)]
    assert xlsx_tables(out)["documents"][0]["text"] == long
    import openpyxl

    book = openpyxl.load_workbook(out, read_only=True)
    in_cell = next(line[-1] for line in list(book["documents"].values)[1:])
    assert in_cell.endswith(" […]")
    cells = [in_cell, *(line[4] for line in list(book["long_texts"].values)[1:])]
    assert all(len(one.encode("utf-16-le")) <= 2 * 32_767 for one in cells)


def test_a_table_longer_than_a_sheet_goes_on_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.exports import xlsx

    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    records = [sample() for _ in range(3)]
    notes: list[str] = []
    out = exported("xlsx", records, tmp_path, note=lambda key, _values: notes.append(key))
    assert set(notes) == {"xlsx_long_table"}
    assert records_of(xlsx_tables(out)) == records


def test_numbers_that_excel_would_round_are_text(tmp_path: Path) -> None:
    record = sample(event={"season": 2**60 + 1})
    assert records_of(xlsx_tables(exported("xlsx", [record], tmp_path))) == [record]


@pytest.mark.slow
def test_pandas_reads_a_sheet(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_excel(exported("xlsx", [sample()], tmp_path), sheet_name="results")
    assert frame.driver_names.tolist()[:2] == ["Anna Martin", "Bob Petit"]
    assert frame.confidence.tolist() == [0.87, 0.5, 1.0, 0.0]


# --------------------------------------------------------------------------------------------- Parquet


@pytest.mark.slow
def test_duckdb_reads_parquet(found: list[RaceRecord], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = exported("parquet", found, tmp_path)
    wrong = f"""
        SELECT count(*) FROM (SELECT document, unnest(evidence, recursive := true) FROM '{out}/results.parquet') AS e
        JOIN '{out}/documents.parquet' AS d USING (document)
        WHERE d.text[e.start_char + 1 : e.end_char] <> e.text"""
    assert duckdb.sql(wrong).fetchall() == [(0,)]
    names = duckdb.sql(
        f"SELECT driver_names FROM '{out}/results.parquet' WHERE document_id = 'nogaro' AND position = 1"
    )
    assert names.fetchall() == [("Anna Martin",)] * 2
    counts = f"SELECT (SELECT count(*) FROM '{out}/evidence.parquet'), (SELECT count(*) FROM '{out}/mentions.parquet')"
    ((evidence, mentions),) = duckdb.sql(counts).fetchall()
    spans = [span for record in found for span in record.spans()]
    skipped = sum(len(record.coverage.skipped) for record in found)
    assert evidence + mentions + skipped == len(spans)


def test_parquet_is_typed_even_where_it_is_empty(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = exported("parquet", [bare_record("Course à Nogaro.")], tmp_path)
    schema = pq.read_schema(out / "results.parquet")
    assert str(schema.field("position").type) == "int64"
    assert str(schema.field("evidence").type).startswith("list<element: struct<start_char: int64 not null")
    assert pq.read_table(out / "results.parquet").num_rows == 0
    assert str(pq.read_schema(out / "documents.parquet").field("published_on").type) == "date32[day]"


def test_nested_evidence_is_the_same_as_the_table_of_evidence(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = exported("parquet", [sample()], tmp_path)
    flat = [
        row for row in pq.read_table(out / "evidence.parquet").to_pylist() if row["evidence_of"] == "result"
    ]
    nested = [span for row in pq.read_table(out / "results.parquet").to_pylist() for span in row["evidence"]]
    assert [{name: row[name] for name in nested[0]} for row in flat] == nested
    drivers = pq.read_table(out / "drivers.parquet").to_pylist()
    assert drivers[0]["mentions"][0]["text"] == "Anna Martin"


# ---------------------------------------------------------------------------------------------- SQLite


def test_the_database_is_sound_and_its_views_speak_in_names(found: list[RaceRecord], tmp_path: Path) -> None:
    with closing(sqlite3.connect(exported("sqlite", found, tmp_path))) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        rows = database.execute(
            "SELECT position, status, driver_names, team_name, number, gap FROM classifications "
            "WHERE document = 1 AND scope = 'overall'"
        ).fetchall()
        said = database.execute("SELECT said_by, text FROM quote_list WHERE document = 1").fetchall()
        what = database.execute(
            "SELECT type, participant_names FROM incident_list WHERE document = 1"
        ).fetchall()
    assert rows == [
        (1, "classified", "Anna Martin", "Écurie Bleue", "7", None),
        (2, "classified", "Bob Petit", None, None, "PT1.5S"),
        (None, "dnf", "Carl Durand", None, None, None),
    ]
    assert said[0] == ("Anna Martin", "Je suis ravie La voiture était parfaite.")
    assert what == [("spin", "Carl Durand"), ("retirement", "la #12")]


def test_the_championship_of_a_season(tmp_path: Path) -> None:
    leader = with_result(kind="championship", position=1, drivers=["d2"], points=41.5)
    with closing(sqlite3.connect(exported("sqlite", [leader], tmp_path))) as database:
        rows = database.execute(
            "SELECT event_series, event_season, position, driver_names, points FROM standings"
        )
        assert rows.fetchall() == [("Coupe", 2021, 1, "Bob Petit", 41.5)]


def test_a_crew_is_named_in_its_order(tmp_path: Path) -> None:
    crew = with_result(position=1, drivers=["d3", "d1"], time="PT1H")
    with closing(sqlite3.connect(exported("sqlite", [crew], tmp_path))) as database:
        rows = database.execute("SELECT driver_names FROM result_list").fetchall()
    assert rows == [("Carl Durand / Anna Martin",)]


def test_another_program_attaches_the_database_without_leave_to_write(tmp_path: Path) -> None:
    out = exported("sqlite", [sample()], tmp_path)
    with closing(sqlite3.connect(":memory:", uri=True)) as database:
        database.execute(f"ATTACH 'file:{out}?mode=ro' AS records")
        query = "SELECT count(*), count(DISTINCT driver) FROM records.result_drivers JOIN records.results USING (document, result)"
        assert database.execute(query).fetchone() == (4, 3)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM records.results")


@pytest.mark.slow
def test_duckdb_attaches_the_database(tmp_path: Path) -> None:
    """DuckDB's SQLite scanner is an extension that is fetched when it is first asked for."""
    duckdb = pytest.importorskip("duckdb")
    out = exported("sqlite", [sample()], tmp_path)
    with closing(duckdb.connect()) as database:
        try:
            database.execute("LOAD sqlite")
        except duckdb.Error:
            pytest.skip("DuckDB's sqlite extension is not installed")
        database.execute(f"ATTACH '{out}' AS records (TYPE sqlite)")
        assert database.execute("SELECT count(*) FROM records.results").fetchone() == (4,)


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.exports import sqlite

    def layout() -> list[str]:
        return ["PRAGMA max_page_count = 4", *everything]

    everything = list(sqlite.layout())
    monkeypatch.setattr(sqlite, "layout", layout)
    with pytest.raises(ParcFermeError, match="database or disk is full"):
        exported("sqlite", [sample()], tmp_path)
    assert not list(tmp_path.iterdir())


# ------------------------------------------------------------------------------------------------- all


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_records_are_taken_one_by_one(name: str, tmp_path: Path) -> None:
    """An export that asked for all records first would never end here."""
    taken: list[int] = []

    def endless() -> object:
        for number, record in enumerate(repeat(sample())):
            taken.append(number)
            yield record
            if number == 500:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(name, endless(), tmp_path)  # type: ignore[arg-type]
    assert len(taken) == 501
    assert not list(tmp_path.iterdir())
