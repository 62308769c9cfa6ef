"""Intervals over documents."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from board_builders import scores

from extractor.scoreboard.bootstrap import COMPOSITE, intervals
from extractor.scoring.report import HEADLINE


def test_documents_that_are_all_alike_leave_no_doubt() -> None:
    same = intervals([scores(drivers=(3, 1, 1), quotes=(1, 1, 1))] * 7)
    assert same["drivers"] == (0.75, 0.75)
    assert same["quotes"] == (0.5, 0.5)
    assert same[COMPOSITE] == (0.625, 0.625)
    assert same["entries"] is None


def test_two_documents_give_the_three_draws_there_are() -> None:
    # All right or all missed: a draw has f1 0 (a quarter of them), 2/3 (half) or 1 (a quarter).
    ends = intervals([scores(drivers=(1, 0, 0)), scores(drivers=(0, 0, 1))])
    assert ends["drivers"] == (0.0, 1.0)


def test_the_interval_of_a_share_is_about_what_the_binomial_gives() -> None:
    # One fact per document, found in half of 400, none made up: recall is binomial, f1 = 2r / (1 + r).
    found = [scores(drivers=(n % 2, 0, 1 - n % 2)) for n in range(400)]
    low, high = intervals(found)["drivers"] or (0.0, 0.0)
    margin = 1.96 * math.sqrt(0.25 / 400)
    expected = [2 * r / (1 + r) for r in (0.5 - margin, 0.5 + margin)]
    assert [low, high] == pytest.approx(expected, abs=0.01)


def test_many_documents_are_surer_than_few() -> None:
    pair = [scores(drivers=(9, 1, 0)), scores(drivers=(2, 3, 4))]
    few, many = (intervals(pair * times)["drivers"] for times in (3, 60))
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < (few[1] - few[0]) / 3
    assert few[0] < many[0] < many[1] < few[1]


def test_the_same_documents_give_the_same_interval() -> None:
    some = [scores(drivers=(n, 2, 1), entries=(1, n, 0)) for n in range(9)]
    assert intervals(some) == intervals(list(some))


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_drawn_from_less_than_two_documents(count: int) -> None:
    assert intervals([scores(drivers=(1, 1, 1))] * count) == dict.fromkeys((COMPOSITE, *HEADLINE))


def test_two_documents_with_nothing_in_them_have_no_interval() -> None:
    assert set(intervals([scores(), scores()]).values()) == {None}


def test_scoring_imports_neither_numpy_nor_spacy() -> None:
    program = (
        "import sys, extractor.scoring, extractor.scoreboard.board, extractor.cli.scoreboard;"
        "assert not {'numpy', 'spacy', 'rich.table'} & set(sys.modules), 'heavy'"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
