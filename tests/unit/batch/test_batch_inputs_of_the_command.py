"""``parcferme extract`` over tables of reports and manifests, as over paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.records_io import read_records

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stub_extract: list[str | None]) -> Path:
    """Work where nothing is, in this process, with a pipeline that finds nothing."""
    monkeypatch.chdir(tmp_path)
    for name in ("albi", "nogaro"):
        (tmp_path / f"{name}.txt").write_text(f"Théo Varnier gagne à {name}.", encoding="utf-8")
    return tmp_path


def ids(out: str) -> list[str]:
    return [record.document.id for _, record in read_records(Path(out))]


def table(folder: Path, name: str) -> None:
    """Write a table of two reports and two rows that are none."""
    rows = [{"id": f"pau-{k}", "text": f"Zoé Lacaze gagne à Pau en {1950 + k}."} for k in range(2)]
    lines = [*map(json.dumps, rows), "{pas du json", json.dumps({"id": "vide", "text": " "})]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def test_a_manifest_names_what_to_read(folder: Path) -> None:
    (folder / "liste.txt").write_text("albi.txt\nnogaro.txt\nrien.txt\n")
    assert main(["extract", "--manifest", "liste.txt", "-o", "out"]) == ExitCode.PARTIAL
    assert ids("out") == ["albi", "nogaro"]
    failed = [json.loads(line) for line in (folder / "out/failures.jsonl").read_text("utf-8").splitlines()]
    assert [one["code"] for one in failed] == ["not_found"]


@pytest.mark.parametrize("out", ["out", "records.jsonl.zst", "records.parquet", "records.jsonl"])
def test_a_table_gives_a_record_for_each_row_and_a_failure_for_each_that_is_none(
    folder: Path, capsys: Captured, out: str
) -> None:
    table(folder, "lot.jsonl")
    assert main(["extract", "albi.txt", "lot.jsonl", "-o", out]) == ExitCode.PARTIAL
    assert sorted(ids(out)) == ["albi", "pau-0", "pau-1"]
    said = capsys.readouterr().err
    assert "lot.jsonl:3" in said
    assert "lot.jsonl:4" in said
    assert "3 enregistrement(s), 2 échec(s)" in said


def test_a_single_file_in_shards_is_whole_or_not_there(folder: Path, capsys: Captured) -> None:
    assert main(["extract", "rien.txt", "-o", "records.parquet"]) == ExitCode.INPUT
    assert not (folder / "records.parquet").exists()
    assert main(["extract", "albi.txt", "--format", "parquet"]) == ExitCode.USAGE
    assert "[needs_a_place]" in capsys.readouterr().err


def test_nothing_named_is_told(capsys: Captured) -> None:
    assert main(["extract"]) == ExitCode.USAGE
    assert "[nothing_to_read]" in capsys.readouterr().err


def test_the_same_command_finds_nothing_left_to_do(capsys: Captured, stub_extract: list[str | None]) -> None:
    for _ in range(2):
        assert main(["extract", ".", "-o", "out", "--format", "jsonl.zst"]) == ExitCode.OK
    assert len(stub_extract) == 2
    assert "déjà faits : 2 document(s), inchangés" in capsys.readouterr().err


@pytest.mark.parametrize("fmt", ["html", "table"])
@pytest.mark.parametrize("out", ["out", "."])
def test_what_a_former_run_wrote_among_the_reports_is_none(
    fmt: str, out: str, stub_extract: list[str | None]
) -> None:
    reports = ["albi.txt", "nogaro.txt"] if fmt == "table" else ["."]
    if (fmt, out) == ("table", "."):
        assert main(["extract", ".", "-o", ".", "--format", "table"]) == ExitCode.OUTPUT
        return
    for _ in range(2):
        assert main(["extract", *reports, "-o", out, "--format", fmt]) == ExitCode.OK
    assert main(["extract", ".", "-o", out, "--format", fmt]) == ExitCode.OK
    assert stub_extract == ["albi.txt", "nogaro.txt"]


def test_what_is_no_input_any_more_has_not_failed(folder: Path) -> None:
    (folder / "vide.txt").write_text("")
    assert main(["extract", ".", "-o", "out"]) == ExitCode.PARTIAL
    assert main(["extract", ".", "-o", "out"]) == ExitCode.PARTIAL
    (folder / "vide.txt").unlink()
    assert main(["extract", ".", "-o", "out"]) == ExitCode.OK
    assert not (folder / "out/failures.jsonl").exists()


def test_failures_beyond_a_hundred_are_counted_by_kind(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.cli.inputs.FEW", 1000)
    monkeypatch.setattr("extractor.cli.extraction.FEW", 1000)
    rows = "\n".join(["{pas du json"] * 150)
    (folder / "lot.jsonl").write_text(rows)
    assert main(["extract", "albi.txt", "lot.jsonl", "-o", "out"]) == ExitCode.PARTIAL
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if line.startswith("erreur")]) == 100
    assert "150 échec(s) en tout : row_not_json 150" in lines
    assert len((folder / "out/failures.jsonl").read_text("utf-8").splitlines()) == 150
