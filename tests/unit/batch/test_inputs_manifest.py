"""Manifests: files that say which files to read."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from extractor.batch.inputs import Columns, manifest_tasks
from extractor.batch.task import Task
from extractor.readers.options import ReadOptions
from extractor.readers.source import Told


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of reports, and beside it one for manifests."""
    folder = tmp_path / "fonds"
    folder.mkdir()
    for name in ("nogaro.txt", "pau.txt", "albi 1958.txt"):
        (folder / name).write_text(f"Compte rendu : {name}", encoding="utf-8")
    (tmp_path / "listes").mkdir()
    return folder


def tasks(path: Path | str, columns: Columns | None = None) -> list[Task]:
    return list(manifest_tasks(str(path), columns or Columns(), ReadOptions()))


def outcome(found: list[Task]) -> list[tuple[str, str | None]]:
    return [(task.failure.code if task.failure else "", task.label) for task in found]


def test_a_plain_manifest_has_a_path_on_each_line_relative_to_itself(archive: Path) -> None:
    path = archive.parent / "listes" / "tout.txt"
    path.write_text("# le fonds\n../fonds/nogaro.txt\r\n\n../fonds/albi 1958.txt\n", encoding="utf-8")
    found = tasks(path)
    assert [task.key for task in found] == [
        str((archive / name).resolve()) for name in ("nogaro.txt", "albi 1958.txt")
    ]
    assert [task.stem for task in found] == ["nogaro", "albi 1958"]
    assert found[0].source is not None
    assert found[0].source.path is not None
    assert found[0].source.path.read_text().startswith("Compte rendu")


def test_what_is_missing_is_a_failure_that_names_it_and_its_line(archive: Path) -> None:
    path = archive / "tout.txt"
    path.write_text("absent.txt\nnogaro.txt\n", encoding="utf-8")
    missing, there = tasks(path)
    assert missing.failure is not None
    assert missing.failure.code == "not_found"
    assert missing.failure.source == f"{archive / 'absent.txt'} ({path}:1)"
    assert there.failure is None
    (archive / "absent.txt").write_text("le voilà")
    assert tasks(path)[0].failure is None


def test_nothing_is_read_twice_whatever_it_is_called(archive: Path) -> None:
    (archive / "lien.txt").symlink_to("nogaro.txt")
    path = archive / "tout.txt"
    path.write_text("nogaro.txt\n./nogaro.txt\n../fonds/nogaro.txt\nlien.txt\n", encoding="utf-8")
    assert len(tasks(path)) == 1


def test_find_may_part_paths_by_zeros_and_they_may_be_any_bytes(archive: Path) -> None:
    odd = os.fsencode(archive) + b"/ligne\nde \xe9preuve.txt"
    Path(os.fsdecode(odd)).write_bytes(b"Course")
    path = archive / "tout"
    path.write_bytes(b"nogaro.txt\0" + odd + b"\0pau.txt\0")
    found = tasks(path)
    assert [task.failure for task in found] == [None] * 3
    assert found[1].label == f"{archive}/ligne\nde \\xe9preuve.txt"
    found[1].label.encode()  # type: ignore[union-attr]


def test_columns_give_identifier_title_date_and_source(archive: Path) -> None:
    path = archive / "fonds.csv"
    path.write_text(
        "id,path,title,date,source\nF-1,nogaro.txt,Nogaro,1958-04-12,Fonds Delmas\nF-2,pau.txt,,,\n",
        encoding="utf-8",
    )
    first, second = tasks(path)
    assert (first.stem, first.label) == ("F-1", "Fonds Delmas")
    assert first.told == (
        Told("title", "Nogaro", "row title"),
        Told("published_on", "1958-04-12", "row date"),
    )
    assert (second.stem, second.label, second.told) == ("F-2", str(archive / "pau.txt"), ())


def test_each_bad_row_is_a_failure_of_its_own(archive: Path) -> None:
    path = archive / "fonds.jsonl"
    rows = [
        {"id": "a", "path": "nogaro.txt"},
        {"id": "a", "path": "pau.txt"},
        {"id": "b", "path": "nogaro.txt"},
        {"id": "c"},
        {"id": "d", "path": 7},
        {"id": "e", "path": "a\0b"},
        {"id": "f", "path": "x" * 5000},
        {"id": "g", "path": "pau.txt"},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{\n", encoding="utf-8")
    assert [code for code, _ in outcome(tasks(path))] == [
        "",
        "row_duplicate_id",
        "row_duplicate_path",
        "row_without_path",
        "row_without_path",
        "unreadable",
        "unreadable",
        "",
        "row_not_json",
    ]


def test_folders_archives_and_tables_may_be_named(archive: Path) -> None:
    with zipfile.ZipFile(archive / "lot.zip", "w") as lot:
        lot.writestr("a/dijon.txt", "Dijon")
        lot.writestr("dijon.ini", "")
    (archive / "sous").mkdir()
    (archive / "sous" / "rouen.txt").write_text("Rouen")
    (archive / "lignes.jsonl").write_text('{"text": "Reims"}\n{"text": ""}\n')
    path = archive / "tout.txt"
    path.write_text("lot.zip\nsous\nlignes.jsonl\nlot.zip\nlignes.jsonl\n", encoding="utf-8")
    from collections import Counter

    left_out: Counter[str] = Counter()
    found = list(manifest_tasks(str(path), Columns(), ReadOptions(), left_out))
    assert [task.stem for task in found] == ["dijon", "rouen", "lignes-1", "lignes-2"]
    assert found[0].source is not None
    assert found[0].source.member == "a/dijon.txt"
    assert [code for code, _ in outcome(found)] == ["", "", "", "row_without_text"]
    assert left_out[".ini"] >= 1


def test_a_pattern_is_the_name_of_a_file(archive: Path) -> None:
    (archive / "[1958] *.txt").write_text("Course")
    path = archive / "tout.txt"
    path.write_text("[1958] *.txt\n*.txt\n", encoding="utf-8")
    assert [code for code, _ in outcome(tasks(path))] == ["", "not_found"]


def test_standard_input_may_be_a_manifest(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"nogaro.txt\0-\0")))  # type: ignore[arg-type]
    monkeypatch.setattr("sys.stdin", stream)
    assert outcome(tasks("-")) == [("", "nogaro.txt"), ("not_found", "-:2")]


@pytest.mark.parametrize(("content", "code"), [(b"", ""), (b"id,chemin\n1,a\n", "no_such_column")])
def test_a_manifest_that_is_none_is_one_failure(archive: Path, content: bytes, code: str) -> None:
    path = archive / "fonds.csv"
    path.write_bytes(content)
    assert [code for code, _ in outcome(tasks(path))] == [code or "no_header"]
    assert outcome(tasks(archive / "absent.txt")) == [("not_found", str(archive / "absent.txt"))]
