"""``evaluate --corpus``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import extractor
from extractor.cli.main import main
from extractor.errors import ExitCode

sys.path.insert(0, str(Path(__file__).parents[1] / "scoreboard"))
from board_builders import report, source, write_corpus

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of two splits, and a reader that knows all the answers but one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    record = report().record

    def extract(text: str, **_: object) -> object:
        if "BOGUE" in text:
            raise RuntimeError(f"cannot read {text}")
        return record

    monkeypatch.setattr(extractor, "extract", extract)
    write_corpus(
        tmp_path / "corpus",
        dev={"albi": source(), "pau": source()},
        test={"secret": source(), "casse": source(more="BOGUE")},
    )
    return tmp_path


def evaluate(*arguments: str) -> int:
    return main(["evaluate", "--jobs", "1", *arguments])


def test_a_split_is_scored_and_shown(capsys: Captured) -> None:
    assert evaluate("--corpus", "dev") == ExitCode.OK
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "Corpus : dev, 2 documents" in printed.out
    assert "touring" in printed.out
    assert "2*" in printed.out
    assert "moins de 5 documents" in printed.out
    assert evaluate("--corpus", "dev", "--lang", "en") == ExitCode.OK
    assert "fewer than 5 documents" in capsys.readouterr().out


def test_json_to_a_file_and_to_the_terminal(folder: Path, capsys: Captured) -> None:
    assert evaluate("--corpus", "dev", "--json", "out/figures.json", "--format", "json") == ExitCode.OK
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((folder / "out/figures.json").read_text(encoding="utf-8"))
    assert printed["composite"] == 1.0
    assert {"intervals", "slices", "errors", "faults", "documents", "total"} <= set(printed)
    assert printed["calibration"]["kinds"]["quotes"]["ece"] == 0.0


def test_what_confidences_are_worth_is_shown(capsys: Captured) -> None:
    assert evaluate("--corpus", "dev") == ExitCode.OK
    shown = capsys.readouterr().out
    assert "Ce que valent les confiances" in shown
    assert evaluate("--corpus", "dev", "--bins") == ExitCode.OK
    assert len(capsys.readouterr().out.splitlines()) > len(shown.splitlines())


def test_the_worst_are_as_many_as_asked_for(capsys: Captured) -> None:
    assert evaluate("--corpus", "dev", "--worst", "1") == ExitCode.OK
    shown = capsys.readouterr().out
    assert ("albi" in shown, "pau" in shown) == (True, False)
    assert evaluate("--corpus", "dev", "--worst", "0") == ExitCode.OK
    assert "albi" not in capsys.readouterr().out


@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_a_hidden_report_that_breaks_the_reading_is_told_without_its_text(
    debug: list[str], capsys: Captured
) -> None:
    assert evaluate("--corpus", "test", *debug) == ExitCode.INTERNAL
    printed = capsys.readouterr()
    assert "casse : défaut de parcferme, compté comme vide (RuntimeError)" in printed.err
    assert "Varnier" not in printed.err + printed.out
    assert "casse (non lu)" in printed.out


def test_of_an_open_report_the_fault_is_told(folder: Path, capsys: Captured) -> None:
    write_corpus(folder / "other", train={"casse": source(more="BOGUE")})
    arguments = ("--corpus", "train", "--corpus-folder", "other")
    assert evaluate(*arguments) == ExitCode.INTERNAL
    assert "RuntimeError: cannot read ALBI" in capsys.readouterr().err
    assert evaluate(*arguments, "--debug") == ExitCode.INTERNAL
    assert "Traceback" in capsys.readouterr().err


def test_pages_are_written(folder: Path, capsys: Captured) -> None:
    assert evaluate("--corpus", "dev", "--html", "pages") == ExitCode.OK
    assert {str(path.relative_to(folder / "pages")) for path in folder.glob("pages/**/*.html")} == {
        "index.html",
        "dev/albi.html",
        "dev/pau.html",
    }
    assert "pages/index.html" in capsys.readouterr().err
    assert 'href="calibration.svg"' in (folder / "pages/index.html").read_text(encoding="utf-8")
    assert (folder / "pages/calibration.svg").exists()


def test_confidences_are_drawn(folder: Path) -> None:
    assert evaluate("--corpus", "dev", "--plots", "drawn", "--format", "json") == ExitCode.OK
    assert (folder / "drawn/calibration.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("split", ["test", "all"])
def test_pages_of_hidden_splits_are_refused_unless_revealed(
    split: str, folder: Path, capsys: Captured
) -> None:
    assert evaluate("--corpus", split, "--html", "pages") == ExitCode.USAGE
    assert "--reveal" in capsys.readouterr().err
    assert not (folder / "pages").exists()
    assert evaluate("--corpus", split, "--html", "pages", "--reveal") == ExitCode.INTERNAL
    assert (folder / "pages/test/secret.html").exists()


def test_figures_are_kept_and_the_table_made_again(folder: Path, capsys: Captured) -> None:
    for split in ("dev", "test"):
        evaluate("--corpus", split, "--save", "0.3.0")
    assert "docs/scores/0.3.0.json" in capsys.readouterr().err
    text = (folder / "docs/scores/0.3.0.json").read_text(encoding="utf-8")
    release = json.loads(text)
    assert release["splits"]["test"]["faults"] == ["casse"]
    assert set(release["splits"]["dev"]["reports"]) == {"albi", "pau"}
    assert "Varnier" not in text
    page = (folder / "docs/scores/README.md").read_text(encoding="utf-8")
    assert page.count("[0.3.0](0.3.0.json)") == 2
    evaluate("--corpus", "all", "--save", "0.3.0")
    assert (folder / "docs/scores/0.3.0.json").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "nothing_to_evaluate"),
        (["a.json"], "nothing_to_evaluate"),
        (["--corpus", "dev", "a.json"], "corpus_and_records"),
        (["--corpus", "dev", "a.json", "b.json"], "corpus_and_records"),
        (["a.json", "b.json", "--html", "pages"], "only_with_corpus"),
        (["a.json", "b.json", "--save", "0.1.0"], "only_with_corpus"),
        (["--corpus", "dev", "--save", "../x"], "bad_version"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(arguments: list[str], code: str, capsys: Captured) -> None:
    assert evaluate(*arguments) == ExitCode.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"[{code}]" in printed.err
    assert printed.err.count("\n") == 1


def test_a_split_that_is_not_there_is_an_input_error(capsys: Captured) -> None:
    assert evaluate("--corpus", "far") == ExitCode.INPUT
    assert evaluate("--corpus", "dev", "--corpus-folder", "nulle-part") == ExitCode.INPUT
    assert "nulle-part" in capsys.readouterr().err
