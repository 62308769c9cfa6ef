"""``parcferme extract --min-confidence``: what is left out, and what is said of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import extractor
from extractor.cli.main import main
from extractor.confidence import Cut, cut_line
from extractor.errors import ExitCode
from extractor.messages import Messages
from extractor.record import RaceRecord

sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))
from scoring_builders import incident, record, result

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with two reports, each read as three facts that are more and less sure."""
    told = record(
        results=[result("r1", 1, "d1", confidence=0.9), result("r2", 2, "d2", confidence=0.4)],
        incidents=[incident("i1", "spin", "d1", confidence=0.8)],
    )

    def extract(text: str, *, source: str | None = None, model: str | None = None) -> RaceRecord:
        return told

    monkeypatch.setattr(extractor, "extract", extract)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    for name in ("albi", "pau"):
        (tmp_path / f"{name}.txt").write_text(f"Théo gagne à {name}.", encoding="utf-8")
    return tmp_path


def test_facts_below_leave_and_the_rest_is_told(capsys: Captured) -> None:
    assert main(["extract", "albi.txt", "--min-confidence", "0.5"]) == ExitCode.OK
    printed = capsys.readouterr()
    kept = json.loads(printed.out)
    assert [one["id"] for one in (*kept["results"], *kept["incidents"])] == ["r1", "i1"]
    assert printed.err == (
        "confiance d'au moins 0,5 : 1 fait écarté ; reste 2 faits, moins d'une erreur attendue à ce seuil\n"
    )


def test_a_run_is_summed_up(capsys: Captured) -> None:
    assert main(["--lang", "en", "extract", ".", "--min-confidence", "0.3"]) == ExitCode.OK
    said = capsys.readouterr().err
    assert said == (
        "read: 2 document(s), 270 of 270 characters\n"
        "confidence of at least 0.3: no fact left out; 6 facts remain, about 2 errors expected at this cut\n"
    )


def test_without_it_nothing_is_said(capsys: Captured) -> None:
    assert main(["extract", "albi.txt"]) == ExitCode.OK
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("fmt", ["json", "jsonl"])
def test_records_are_the_same_at_nought(fmt: str, capsys: Captured) -> None:
    written = []
    for options in ([], ["--min-confidence", "0"]):
        assert main(["extract", ".", "--format", fmt, *options]) == ExitCode.OK
        written.append(capsys.readouterr().out)
    assert written[0] == written[1]


def test_the_table_says_it_of_each_record(capsys: Captured) -> None:
    assert main(["extract", ".", "--format", "table", "--min-confidence", "0.5"]) == ExitCode.OK
    printed = capsys.readouterr()
    assert printed.out.count("reste 2 faits, moins d'une erreur attendue à ce seuil") == 2
    assert "reste 4 faits, environ 1 erreur attendue à ce seuil" in printed.err
    assert "40" not in printed.out


def test_the_page_says_it(folder: Path) -> None:
    for name, options in (("with", ["--min-confidence", "1"]), ("without", [])):
        assert main(["extract", "albi.txt", "-o", f"{name}.html", *options]) == ExitCode.OK
    with_it, without = ((folder / f"{name}.html").read_text(encoding="utf-8") for name in ("with", "without"))
    assert "confiance d&#x27;au moins 1 : 3 faits écartés ; il ne reste aucun fait" in with_it
    assert "au moins" not in without


@pytest.mark.parametrize("wrong", ["-0.1", "1.5", "nan", "inf", "0,8", "haute"])
def test_what_is_no_share_is_refused(wrong: str, capsys: Captured) -> None:
    assert main(["extract", "albi.txt", "--min-confidence", wrong]) == ExitCode.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "valeur refusée pour --min-confidence" in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("cut", "line"),
    [
        (Cut(41, 12, 3.2), "12 faits écartés ; reste 41 faits, environ 3 erreurs attendues à ce seuil"),
        (Cut(1, 1, 0.0), "1 fait écarté ; reste 1 fait, aucune erreur attendue à ce seuil"),
        (Cut(5, 0, 0.7), "aucun fait écarté ; reste 5 faits, environ 1 erreur attendue à ce seuil"),
        (Cut(), "aucun fait écarté ; il ne reste aucun fait"),
    ],
)
def test_the_line_in_french(cut: Cut, line: str) -> None:
    assert cut_line(cut, 0.85, Messages("fr")) == f"confiance d'au moins 0,85 : {line}"
