"""Records read back: one file, an array, JSON Lines, a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractor
from extractor.errors import RecordError
from extractor.record import RaceRecord
from extractor.records_io import read_each, read_record, read_records


def _record(name: str) -> RaceRecord:
    return extractor.extract(f"Course {name}", source=f"{name}.txt")


@pytest.fixture
def two() -> list[RaceRecord]:
    return [_record("a"), _record("b")]


def test_an_array_as_extract_prints_it(tmp_path: Path, two: list[RaceRecord]) -> None:
    file = tmp_path / "all.json"
    file.write_text("[" + ",".join(r.to_json() for r in two) + "]", "utf-8")
    assert list(read_records(file)) == [("a", two[0]), ("b", two[1])]
    with pytest.raises(RecordError):
        read_record(file)


def test_an_array_tells_which_item_is_bad(tmp_path: Path, two: list[RaceRecord]) -> None:
    file = tmp_path / "all.json"
    file.write_text(json.dumps([json.loads(two[0].to_json()), 7]), "utf-8")
    with pytest.raises(RecordError) as caught:
        list(read_records(file))
    assert "all.json#2" in str(caught.value)


def test_records_named_so_are_told_from_what_lies_beside_them(tmp_path: Path, two: list[RaceRecord]) -> None:
    (tmp_path / "a.record.json").write_text(two[0].to_json(), "utf-8")
    (tmp_path / "a.facts.json").write_text("{}", "utf-8")
    assert list(read_records(tmp_path)) == [("a", two[0])]


def test_what_cannot_be_read_costs_itself_alone(tmp_path: Path, two: list[RaceRecord]) -> None:
    lines = [two[0].to_json(), "{broken", '{"format": "race-record/9"}', "", two[1].to_json()]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "one.json").write_text(two[0].to_json(), "utf-8")
    read = list(read_each(tmp_path))
    errors = [one for one in read if isinstance(one, RecordError)]
    assert [(error.code, Path(str(error.source)).name) for error in errors] == [
        ("not_json", "bytes.json"),
        ("not_json", "many.jsonl:2"),
        ("other_version", "many.jsonl:3"),
    ]
    assert [one for one in read if not isinstance(one, RecordError)] == [
        ("a", two[0]),
        ("b", two[1]),
        ("one", two[0]),
    ]


@pytest.mark.parametrize("name", ["absent.json", "."])
def test_nothing_to_read_is_an_error_like_any_other(tmp_path: Path, name: str) -> None:
    (only,) = read_each(tmp_path / name)
    assert isinstance(only, RecordError)
