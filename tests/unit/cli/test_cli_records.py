"""``show``, ``evaluate`` and ``schema``: what is done with records."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.schema import schema_text

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[3]
GOLDEN = sorted(ROOT.glob("tests/golden/**/*.record.json"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    return tmp_path


@pytest.fixture
def golden() -> Path:
    assert GOLDEN
    return GOLDEN[0]


def test_schema(capsys: Captured) -> None:
    assert main(["schema"]) == ExitCode.OK
    assert capsys.readouterr().out == schema_text()


def test_show(golden: Path, capsys: Captured) -> None:
    assert main(["show", str(golden)]) == ExitCode.OK
    shown = capsys.readouterr().out
    drivers = json.loads(golden.read_text(encoding="utf-8"))["drivers"]
    assert drivers
    assert all(driver["name"] in " ".join(shown.split()) for driver in drivers)
    assert "\x1b" not in shown


def test_show_speaks_both_languages(golden: Path, capsys: Captured) -> None:
    shown = []
    for language in ("fr", "en"):
        assert main(["show", str(golden), "--lang", language]) == ExitCode.OK
        shown.append(capsys.readouterr().out)
    assert shown[0] != shown[1]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ('"text"', "not_json"),
        ("{}", "other_version"),
        ('{"format": "race-record/2"}', "other_version"),
        ('{"format": "race-record/1"}', "invalid_record"),
    ],
)
@pytest.mark.parametrize("command", ["show", "evaluate"])
def test_what_is_no_record_costs_one_line(
    command: str, content: str, code: str, folder: Path, golden: Path, capsys: Captured
) -> None:
    (folder / "x.json").write_text(content)
    arguments = (
        ["show", "x.json"] if command == "show" else ["evaluate", str(golden), "x.json", "--json", "out.json"]
    )
    assert main(arguments) == ExitCode.INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.startswith("erreur : x.json : ")
    if not (command == "evaluate" and content == "{}"):  # flat facts may be empty, but not lack everything
        assert f"[{code}]" in printed.err
    assert not (folder / "out.json").exists()


@pytest.mark.parametrize("arguments", [["show", "rien.json"], ["evaluate", "rien.json", "rien.json"]])
def test_a_record_that_is_not_there(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == ExitCode.INPUT
    assert "rien.json" in capsys.readouterr().err


def test_evaluate(golden: Path, folder: Path, capsys: Captured) -> None:
    assert main(["evaluate", str(golden), str(golden), "--json", "figures/out.json"]) == ExitCode.OK
    table = capsys.readouterr().out
    assert "Précision" in table
    assert "Ce que valent les confiances" in table
    assert main(["evaluate", str(golden), str(golden), "--format", "json"]) == ExitCode.OK
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((folder / "figures/out.json").read_text(encoding="utf-8"))
    assert printed["composite"] == 1.0
    assert printed["calibration"]["total"]["ece"] == 0.0
    assert main(["evaluate", str(golden), str(golden), "--plots", "drawn"]) == ExitCode.OK
    assert (folder / "drawn/calibration.svg").exists()


def test_evaluate_whole_folders(folder: Path, capsys: Captured) -> None:
    for path in GOLDEN[:2]:
        shutil.copy(path, folder)
    names = {path.name.removesuffix(".record.json") for path in GOLDEN[:2]}
    assert main(["evaluate", ".", ".", "--format", "json"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["documents"].keys() == names
    shown = []
    for options in ([], ["--per-document"]):
        assert main(["evaluate", ".", ".", *options]) == ExitCode.OK
        shown.append(len(capsys.readouterr().out.splitlines()))
    assert shown[1] > shown[0]


def test_a_table_and_a_page_of_what_was_extracted(
    folder: Path, stub_extract: list[str | None], capsys: Captured
) -> None:
    (folder / "albi.txt").write_text("Théo <b>gagne</b> à Albi.", encoding="utf-8")
    assert main(["extract", "albi.txt", "--format", "table"]) == ExitCode.OK
    assert capsys.readouterr().out.strip()
    assert main(["extract", "albi.txt", "--format", "html", "-o", "out"]) == ExitCode.OK
    page = (folder / "out/albi.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "<b>gagne</b>" not in page
    assert main(["extract", "albi.txt", "--format", "table", "-o", "out"]) == ExitCode.OK
    assert sorted(path.name for path in (folder / "out").glob("[!.]*")) == ["albi.html", "albi.txt"]
    assert stub_extract == ["albi.txt"] * 3
