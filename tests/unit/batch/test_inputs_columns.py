"""Parquet files and datasets of Hugging Face as streams of reports."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from extractor.batch.inputs import Columns, dataset_tasks, length_of, open_dataset, table_tasks
from extractor.batch.task import Task
from extractor.errors import InputError, UsageError
from extractor.readers.options import ReadOptions
from extractor.readers.source import Source, Told

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

NOGARO = "Nogaro, le 12 avril. Hugo Ferrandi (Écurie du Midi) l'emporte devant Luc Tessier."


def tasks(path: Path, columns: Columns | None = None, **reading: object) -> list[Task]:
    source = Source(path.name, path)
    return list(table_tasks(source, columns or Columns(), ReadOptions(**reading)))  # type: ignore[arg-type]


def failures(found: list[Task]) -> list[tuple[str, str | None]]:
    return [(task.failure.code, task.failure.source) for task in found if task.failure]


def written(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_each_row_of_a_parquet_file_is_a_report(tmp_path: Path) -> None:
    path = written(
        tmp_path / "depeches.parquet",
        id=[7, 8],
        text=[NOGARO, "Pau"],
        titre=["Ferrandi d'un souffle", None],
        date=[datetime.date(1987, 4, 12), None],
        inutile=[[1.0], [2.0]],
    )
    first, second = tasks(path)
    assert (first.key, first.stem, first.text) == (f"{path.resolve()}#7", "7", NOGARO)
    assert first.label == "depeches.parquet:1"
    assert first.told == (
        Told("title", "Ferrandi d'un souffle", "row titre"),
        Told("published_on", "1987-04-12", "row date"),
    )
    assert second.told == ()
    assert length_of(Source(path.name, path)) == 2


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string())]
)
def test_texts_may_be_kept_in_any_way(tmp_path: Path, kind: object) -> None:
    values = [NOGARO.encode() if kind == pa.binary() else NOGARO]
    path = written(tmp_path / "t.parquet", text=pa.array(values).cast(kind))
    assert [task.text for task in tasks(path)] == [NOGARO]


def test_each_bad_row_is_a_failure_of_its_own(tmp_path: Path) -> None:
    damaged = pa.array([b"a", b"Entr\xe9e", b"c", b"", None, b"x" * 2000, b"c2"], pa.binary()).view(
        pa.string()
    )
    path = written(tmp_path / "t.parquet", id=["a", "b", "c", "d", "e", "f", "a"], text=damaged)
    found = tasks(path, max_bytes=1000)
    assert failures(found) == [
        ("row_encoding", "t.parquet:2"),
        ("row_without_text", "t.parquet:4"),
        ("row_without_text", "t.parquet:5"),
        ("row_too_large", "t.parquet:6"),
        ("row_duplicate_id", "t.parquet:7"),
    ]
    assert [task.text for task in found if not task.failure] == ["a", "c"]


def test_a_date_that_nobody_can_count_costs_its_row_alone(tmp_path: Path) -> None:
    dates = pa.array([0, 10**17], pa.int64()).view(pa.timestamp("ms"))
    path = written(tmp_path / "t.parquet", text=["Nogaro", "Pau"], date=dates)
    assert failures(tasks(path)) == [("row_unreadable", "t.parquet:2")]


def test_a_file_that_is_damaged_or_none_is_one_failure(tmp_path: Path) -> None:
    rows = 20_000
    texts = [f"{NOGARO} {number * 7919 % 10_007}" for number in range(rows)]
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": texts}), path, row_group_size=2_000, compression="zstd")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 200] = bytes(200)
    path.write_bytes(content)
    *whole, last = tasks(path)
    assert 0 < len(whole) < rows
    assert failures([last]) == [("table_damaged", f"t.parquet:{len(whole) + 1}")]
    path.write_bytes(b"PAR1 et rien d'autre")
    assert failures(tasks(path)) == [("table_damaged", "t.parquet")]
    assert failures(tasks(tmp_path / "absent.parquet")) == [("not_found", "absent.parquet")]
    assert length_of(Source("t.parquet", path)) is None


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", numero=[1], corps=[NOGARO])
    (only,) = tasks(path)
    assert only.failure is not None
    assert only.failure.parameters == {"column": "text", "columns": "numero, corps"}
    assert [task.stem for task in tasks(path, Columns("corps", "numero"))] == ["1"]


@pytest.mark.slow
def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    text = NOGARO * 100
    with pq.ParquetWriter(
        path, pa.schema([("text", pa.string())]), compression="zstd", use_dictionary=False
    ) as file:
        file.write_table(pa.table({"text": [f"{number} {text}" for number in range(6_000)]}))
    assert path.stat().st_size < len(text) * 6_000 / 4
    before = pa.total_allocated_bytes()
    peak = 0
    for _ in table_tasks(Source("t.parquet", path), Columns(), ReadOptions()):
        peak = max(peak, pa.total_allocated_bytes() - before)
    assert peak < 20_000_000  # of 50 MB


# ------------------------------------------------------------------------------------------- Hugging Face


@pytest.mark.slow
class TestDataset:
    """What comes with ``datasets``, which takes its time to be imported."""

    @pytest.fixture
    def library(self) -> object:
        return pytest.importorskip("datasets")

    def test_a_folder_that_was_saved_is_read_row_by_row(self, tmp_path: Path, library) -> None:  # type: ignore[no-untyped-def]
        rows = {"id": ["a", "b", "b"], "text": [NOGARO, "Pau", "Albi"], "title": ["T", None, None]}
        library.Dataset.from_dict(rows).save_to_disk(str(tmp_path / "corpus"))
        opened = open_dataset(str(tmp_path / "corpus"))
        assert (opened.length, opened.name) == (3, str(tmp_path / "corpus"))
        found = list(dataset_tasks(opened, Columns(), ReadOptions()))
        assert [task.stem for task in found[:2]] == ["a", "b"]
        assert found[0].told == (Told("title", "T", "row title"),)
        assert found[0].label == f"{tmp_path / 'corpus'}:1"
        assert failures(found) == [("row_duplicate_id", f"{tmp_path / 'corpus'}:3")]

    def test_of_several_splits_one_is_named(self, tmp_path: Path, library) -> None:  # type: ignore[no-untyped-def]
        one = library.Dataset.from_dict({"text": ["Nogaro"]})
        folder = str(tmp_path / "corpus")
        library.DatasetDict({"1958": one, "1959": one}).save_to_disk(folder)
        with pytest.raises(UsageError, match="1958, 1959"):
            open_dataset(folder)
        with pytest.raises(UsageError, match="1958, 1959"):
            open_dataset(folder, "train")
        (only,) = dataset_tasks(open_dataset(folder, "1959"), Columns(), ReadOptions())
        assert (only.key, only.label) == (f"{(tmp_path / 'corpus').resolve()}[1959]:1", f"{folder}[1959]:1")

    def test_what_load_dataset_takes_comes_as_a_stream(self, tmp_path: Path, library) -> None:  # type: ignore[no-untyped-def]
        written(tmp_path / "train.parquet", id=[1, 2], text=[NOGARO, "Pau"])
        opened = open_dataset(str(tmp_path))
        assert opened.length is None
        assert [task.text for task in dataset_tasks(opened, Columns(), ReadOptions())] == [NOGARO, "Pau"]

    def test_a_dataset_that_breaks_off_is_read_so_far(self, tmp_path: Path, library) -> None:  # type: ignore[no-untyped-def]
        written(tmp_path / "train-1.parquet", text=[NOGARO])
        (tmp_path / "train-2.parquet").write_bytes(b"PAR1 rien")
        found = list(dataset_tasks(open_dataset(str(tmp_path)), Columns(), ReadOptions()))
        assert [task.text for task in found[:-1]] == [NOGARO]
        assert failures(found) == [("dataset_broken", f"{tmp_path}[train]:2")]

    def test_nothing_is_fetched_unless_asked(self, library) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(InputError) as caught:
            open_dataset("un-fonds/qui-n-est-pas-ici")
        assert caught.value.code == "dataset_not_here"

    def test_a_folder_without_data_is_no_dataset(self, tmp_path: Path, library) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(InputError) as caught:
            open_dataset(str(tmp_path))
        assert caught.value.code == "dataset_not_found"
