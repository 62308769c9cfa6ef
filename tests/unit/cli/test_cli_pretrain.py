"""``parcferme pretrain``."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.training import fitter, pretraining

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    lines = (f"Théo Varnier remporte la course {n} devant Zoé Lacaze à Nogaro.\n" for n in range(1200))
    (tmp_path / "races.txt").write_text("".join(lines), "utf-8")
    (tmp_path / "sources.toml").write_text('[races]\nfiles = ["races.txt"]\nweight = 1.0\n', "utf-8")
    return tmp_path


def pretrain(*arguments: str) -> int:
    shape = ["--layers", "1", "--hidden", "64", "--vocabulary", "320"]
    return main(["pretrain", "sources.toml", "--out", "encoder", *shape, *arguments])


def test_the_curve_is_printed_and_the_folder_told(capsys: Captured, folder: Path) -> None:
    pytest.importorskip("torch")
    assert pretrain("--steps", "1", "--lang", "en") == ExitCode.OK
    printed = capsys.readouterr()
    (row,) = (line for line in printed.out.splitlines() if "│ " in line and "4096" in line)
    assert row.split("│")[1].strip() == "1"
    assert "encoder pretrained: encoder" in printed.err
    assert "Learning 320 tokens" in printed.err
    assert (folder / "encoder/model.safetensors").is_file()


def test_without_torch_the_extra_is_named(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitter, "find_spec", lambda name: None)
    assert pretrain() == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "torch, transformers" in said
    assert "pip install 'parcferme[train]'" in said


def test_an_interruption_says_how_to_go_on(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pretraining, "run", interrupted)
    monkeypatch.setattr(fitter, "find_spec", lambda name: object())
    assert pretrain("--lang", "en") == ExitCode.INTERRUPTED
    assert "the same command goes on from the last checkpoint in encoder" in capsys.readouterr().err


def test_time_that_is_up_is_no_success(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretraining, "run", lambda *_: [{"step": 500}])
    monkeypatch.setattr(fitter, "find_spec", lambda name: object())
    assert pretrain("--time-limit", "1") == ExitCode.INTERRUPTED
    assert "mise à jour 500 sur 6000" in capsys.readouterr().err


def test_a_width_that_heads_do_not_divide_is_a_usage_error(capsys: Captured) -> None:
    assert main(["pretrain", "sources.toml", "--out", "encoder", "--hidden", "100"]) == ExitCode.USAGE
    assert "--hidden" in capsys.readouterr().err


def test_an_absent_list_of_sources_is_one_line(capsys: Captured) -> None:
    pytest.importorskip("torch")
    assert main(["pretrain", "no.toml", "--out", "encoder"]) == ExitCode.INPUT
    assert capsys.readouterr().err.startswith("erreur : no.toml")
