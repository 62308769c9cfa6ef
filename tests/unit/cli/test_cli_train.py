"""``parcferme train``: options, messages, exit statuses. What it does is tested in ``tests/unit/training``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.cli.main import main
from extractor.cli.training import Teller
from extractor.errors import ExitCode
from extractor.messages import Messages
from extractor.training import fitter
from extractor.training import train as running
from extractor.training.guard import judge
from extractor.training.train import Outcome, Plan

sys.path.insert(0, str(Path(__file__).parents[1] / "scoreboard"))
from board_builders import FAULT, board, changed, reading, report

Captured = pytest.CaptureFixture[str]
REPORTS = [report(f"r{number}", more=f"{number}.") for number in range(6)]
GOOD = [one.record for one in REPORTS]
POOR = [changed(one.record, quotes=()) for one in REPORTS]


@pytest.fixture(autouse=True)
def plans(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Plan]:
    """Keep the plans; what comes of them is set by :func:`comes_of_it`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    monkeypatch.setattr(fitter, "find_spec", lambda name: object())
    return []


def comes_of_it(monkeypatch: pytest.MonkeyPatch, plans: list[Plan], outcome: Any) -> None:
    def train(plan: Plan, *_: object) -> Any:
        plans.append(plan)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(running, "train", train)


def outcome(old: list[Any], new: list[Any], **parts: Any) -> Outcome:
    boards = (board(*(reading(r, one) for r, one in zip(REPORTS, some, strict=True))) for some in (old, new))
    usual = {"old_is_rules": False, "model": Path("models/fr_parcferme"), "is_taken": True}
    return Outcome(judge(*boards), **{**usual, **parts})


def train(*arguments: str) -> int:
    return main(["train", "--base", "nobody/tiny", "--lang", "en", *arguments])


def test_what_is_asked_for_is_planned(monkeypatch: pytest.MonkeyPatch, plans: list[Plan]) -> None:
    comes_of_it(monkeypatch, plans, outcome(POOR, GOOD))
    assert train() == ExitCode.OK
    asked = "a.json b --out m --work w --epochs 3 --generated 5 --variants 0 --seed 7 --jobs 1 --time-limit 2 --force"
    assert train(*asked.split()) == ExitCode.OK
    usual, other = plans
    assert (usual.records, usual.out, usual.work) == ((), Path("models/fr_parcferme"), Path("training"))
    assert (usual.course.epochs, usual.seconds, usual.force) == (None, None, False)
    assert other.records == (Path("a.json"), Path("b"))
    assert (other.out, other.work, other.jobs, other.seconds) == (Path("m"), Path("w"), 1, 120.0)
    assert (other.course.base, other.course.epochs, other.course.seed) == ("nobody/tiny", 3, 7)
    assert (other.generated, other.variants, other.force) == (5, 0, True)


def test_a_better_model_is_shown_and_taken(
    monkeypatch: pytest.MonkeyPatch, plans: list[Plan], capsys: Captured
) -> None:
    comes_of_it(monkeypatch, plans, outcome(POOR, GOOD))
    assert train() == ExitCode.OK
    printed = capsys.readouterr()
    assert "On dev, 6 reports: F1" in printed.out
    assert "+1.000 – +1.000 *" in printed.out
    assert printed.err == "model in place: models/fr_parcferme\n"


def test_a_worse_model_is_refused_with_a_clear_line_and_status_1(
    monkeypatch: pytest.MonkeyPatch, plans: list[Plan], capsys: Captured
) -> None:
    where = Path("training/candidate/fr_parcferme")
    comes_of_it(monkeypatch, plans, outcome(GOOD, POOR, is_taken=False, model=where))
    assert train() == ExitCode.PARTIAL
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "careful: read worse than before, by more than chance explains: Quotes"
    assert said[1].startswith("refused: the new model reads dev worse than the one in models/fr_parcferme")
    assert f"The new one is in {where}; --force" in said[1]


def test_a_model_worse_than_the_rules_is_refused_too(
    monkeypatch: pytest.MonkeyPatch, plans: list[Plan], capsys: Captured
) -> None:
    comes_of_it(monkeypatch, plans, outcome(GOOD, POOR, is_taken=False, old_is_rules=True))
    assert train() == ExitCode.PARTIAL
    printed = capsys.readouterr()
    assert "worse than the rules alone" in printed.err
    assert "rules alone" in printed.out


def test_a_worse_model_that_is_forced_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, plans: list[Plan], capsys: Captured
) -> None:
    comes_of_it(monkeypatch, plans, outcome(GOOD, [*POOR[:5], FAULT]))
    assert train("--force") == ExitCode.OK
    said = capsys.readouterr().err
    assert "the new model fails on 1 report(s)" in said
    assert "worse, and put in place because of --force" in said


@pytest.mark.parametrize(
    ("comes", "words"), [(KeyboardInterrupt(), "training was interrupted"), (None, "time is up")]
)
def test_what_was_stopped_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, plans: list[Plan], capsys: Captured, comes: Any, words: str
) -> None:
    comes_of_it(monkeypatch, plans, comes)
    assert train("--work", "w") == ExitCode.INTERRUPTED
    assert f"{words}; the same command goes on from w" in capsys.readouterr().err


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(fitter, "find_spec", lambda name: None)
    assert train() == ExitCode.USAGE
    assert "pip install 'parcferme[train]'" in capsys.readouterr().err


def test_without_an_encoder_to_begin_with_it_is_told_where_to_get_one(capsys: Captured) -> None:
    assert main(["train", "--lang", "en"]) == ExitCode.INPUT
    said = capsys.readouterr().err
    assert "models/fr_encoder: there is no encoder" in said
    assert "parcferme pretrain" in said
    assert "--base" in said


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "epoch 1, loss 0.5, 12.5 s\n"), ("fr", "passage 1, perte 0,5, 12,5 s\n")]
)
def test_a_point_of_the_curve_is_one_line_of_what_has_a_name(capsys: Captured, lang: str, line: str) -> None:
    Teller(Messages(lang)).point({"epoch": 1, "training_loss": 0.5, "claims": 0.1, "seconds": 12.5})
    assert capsys.readouterr().err == line
