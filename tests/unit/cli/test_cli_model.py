"""``--model``: which model ``extract`` and ``evaluate`` work with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import extractor
from extractor.cli.main import main
from extractor.errors import ExitCode, ModelError

sys.path.insert(0, str(Path(__file__).parents[1] / "scoreboard"))
from board_builders import source, write_corpus

Captured = pytest.CaptureFixture[str]
WRONG = [["extract", "albi.txt"], ["evaluate", "--corpus", "dev", "--jobs", "1"]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    monkeypatch.delenv("PARCFERME_MODEL", raising=False)
    (tmp_path / "albi.txt").write_text(
        "Louis Marchal gagne la course sur le circuit devant tous les pilotes."
    )
    write_corpus(tmp_path / "corpus", dev={"albi": source()})
    return tmp_path


@pytest.mark.parametrize("command", WRONG, ids=lambda command: command[0])
def test_a_path_that_is_no_model_is_an_error_of_its_own(command: list[str], capsys: Captured) -> None:
    assert main([*command, "--model", "absent"]) == ExitCode.MODEL
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "absent" in printed.err
    assert "[model_not_found]" in printed.err


@pytest.mark.parametrize("command", WRONG, ids=lambda command: command[0])
def test_so_is_one_in_the_environment(
    command: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARCFERME_MODEL", ".")
    assert main([*command, "--lang", "en"]) == ExitCode.MODEL
    assert "PARCFERME_MODEL=.: this folder holds no model" in capsys.readouterr().err


@pytest.mark.parametrize("command", WRONG, ids=lambda command: command[0])
def test_the_rules_can_work_alone(
    command: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARCFERME_MODEL", "absent")
    assert main([*command, "--model", "none"]) == ExitCode.OK
    assert capsys.readouterr().err == ""


def test_nothing_is_read_with_a_model_between_two_records(capsys: Captured) -> None:
    assert main(["evaluate", "a.json", "b.json", "--model", "none"]) == ExitCode.USAGE
    assert "--model" in capsys.readouterr().err


def test_a_damaged_model_ends_the_run_at_the_first_text(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def extract(text: str, **_: object) -> None:
        read.append(text)
        raise ModelError("model_unreadable", source="encoder.safetensors", reason="x")

    monkeypatch.setattr(extractor, "extract", extract)
    (folder / "pau.txt").write_text("Encore une course.")
    for command in (["extract", "albi.txt", "pau.txt"], ["evaluate", "--corpus", "dev", "--jobs", "1"]):
        read.clear()
        assert main(command) == ExitCode.MODEL
        assert len(read) == 1
        printed = capsys.readouterr()
        assert printed.err.count("\n") == 1
        assert "encoder.safetensors" in printed.err
