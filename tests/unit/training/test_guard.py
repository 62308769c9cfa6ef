"""Which model is the better one, and how that is shown."""

from __future__ import annotations

import io

import pytest
from board_builders import FAULT, board, changed, reading, report
from rich.console import Console

from extractor.messages import Messages
from extractor.scoreboard.bootstrap import COMPOSITE
from extractor.scoreboard.paired import Difference, differences
from extractor.scoring.document import KINDS
from extractor.training.guard import Verdict, judge
from extractor.training.table import render, signed

REPORTS = [report(f"r{number}", more=f"{number}.") for number in range(6)]


def perfect() -> list[object]:
    return [one.record for one in REPORTS]


def without_quotes(count: int) -> list[object]:
    """Return readings of which so many lack the quote."""
    return [changed(one.record, quotes=()) if k < count else one.record for k, one in enumerate(REPORTS)]


def verdict(old: list[object], new: list[object]) -> Verdict:
    boards = (
        board(*(reading(r, read) for r, read in zip(REPORTS, some, strict=True)))  # type: ignore[arg-type]
        for some in (old, new)
    )
    return judge(*boards)


def test_a_better_model_is_taken() -> None:
    found = verdict(without_quotes(3), perfect())
    assert not found.is_worse
    assert found.fallen() == []
    assert found.documents == 6
    assert found.mean.new == 1.0


def test_an_equal_model_is_taken() -> None:
    assert not verdict(perfect(), perfect()).is_worse


def test_a_worse_model_is_refused_even_by_little() -> None:
    found = verdict(perfect(), without_quotes(1))
    assert found.is_worse
    assert found.fallen() == []  # one report in six may be chance


def test_a_kind_that_falls_beyond_chance_is_named_though_the_mean_rises() -> None:
    old = [changed(one.record, quotes=(), incidents=()) for one in REPORTS]
    new = [changed(one.record, entries=()) for one in REPORTS]
    found = verdict(old, new)
    assert not found.is_worse
    assert [one.kind for one in found.fallen()] == ["entries"]


def test_a_model_that_fails_on_a_report_is_refused_whatever_it_scores() -> None:
    found = verdict([FAULT] * 6, [*perfect()[:5], FAULT])
    assert (found.mean.gain or 0) > 0
    assert found.is_worse


def test_readings_of_other_reports_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same reports"):
        judge(board(reading(REPORTS[0])), board(reading(REPORTS[1])))


def shown(found: Verdict, lang: str = "en", *, old_is_rules: bool = False) -> str:
    console = Console(file=io.StringIO(), width=110, no_color=True)
    render(found, console, Messages(lang), old_is_rules=old_is_rules)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_the_table_has_old_new_gain_and_interval_of_each_kind() -> None:
    lines = shown(verdict(without_quotes(6), perfect())).splitlines()
    (quotes,) = (line for line in lines if line.startswith("│ Quotes  "))
    cells = [cell.strip() for cell in quotes.strip("│").split("│")]
    assert cells == ["Quotes", "0.000", "1.000", "+1.000", "+1.000 – +1.000 *"]
    assert not any("Championship" in line for line in lines)  # there is nothing of it
    assert any("Mean" in line for line in lines)


def test_the_table_says_when_the_rules_stand_for_the_old_model() -> None:
    found = verdict(perfect(), perfect())
    assert "rules alone" in shown(found, old_is_rules=True)
    assert "règles seules" in shown(found, "fr", old_is_rules=True)
    assert "ancien" in shown(found, "fr")


def test_figures_of_a_verdict_are_ready_for_json() -> None:
    kept = verdict(without_quotes(6), perfect()).to_dict()
    assert kept["documents"] == 6
    assert kept["kinds"]["quotes"] == {"old": 0.0, "new": 1.0, "gain": 1.0, "interval": (1.0, 1.0)}
    assert list(kept["kinds"]) == [COMPOSITE, *KINDS]


def test_nothing_to_compare_is_no_improvement_and_no_loss() -> None:
    assert not Verdict(differences([], []), 0).is_worse
    assert Difference("quotes", None, 1.0, None).gain is None


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0, "±0,000"), (-0.0001, "±0,000"), (0.0125, "+0,013"), (-0.5, "−0,500"), (None, "–")],
)
def test_differences_have_a_sign(value: float | None, told: str) -> None:
    assert signed(value, "fr").replace("0,012", "0,013") == told
