"""Records read back: one file, an array, JSON Lines, a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractor
from extractor.errors import RecordError
from extractor.record import RaceRecord
from extractor.records_io import read_record, read_records


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
