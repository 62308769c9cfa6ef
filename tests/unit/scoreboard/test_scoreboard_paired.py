"""Two readers of the same documents."""

from __future__ import annotations

import pytest
from board_builders import scores

from extractor.scoreboard.bootstrap import COMPOSITE
from extractor.scoreboard.paired import differences
from extractor.scoring.document import KINDS


def test_the_same_reading_differs_in_nothing() -> None:
    some = [scores(drivers=(n, 2, 1), quotes=(1, n, 0)) for n in range(9)]
    found = differences(some, list(some))
    assert list(found) == [COMPOSITE, *KINDS]
    assert found["drivers"].gain == 0.0
    assert found["drivers"].interval == (0.0, 0.0)
    assert not found["drivers"].is_sure


def test_what_every_document_gains_is_sure_however_unlike_they_are() -> None:
    # F1 per document lies anywhere from 0 to 1; the second reader finds one more in each.
    old = [scores(drivers=(n, 0, 20 - n)) for n in range(20)]
    new = [scores(drivers=(n + 1, 0, 19 - n)) for n in range(20)]
    gained = differences(old, new)["drivers"]
    assert gained.interval is not None
    low, high = gained.interval
    assert 0 < low < (gained.gain or 0) < high
    assert high - low < 0.05
    assert gained.is_sure


def test_what_some_gain_and_others_lose_is_not_sure() -> None:
    one, other = scores(drivers=(1, 0, 1)), scores(drivers=(2, 0, 0))
    gained = differences([one, other] * 5, [other, one] * 5)[COMPOSITE]
    assert gained.gain == pytest.approx(0)
    assert not gained.is_sure
    assert gained.interval is not None
    assert gained.interval[0] < 0 < gained.interval[1]


def test_a_loss_is_sure_too() -> None:
    lost = differences([scores(drivers=(4, 0, 0))] * 4, [scores(drivers=(3, 0, 1))] * 4)["drivers"]
    assert lost.is_sure
    assert (lost.gain or 0) < 0


def test_the_composite_is_that_of_the_headline_kinds() -> None:
    found = differences([scores(drivers=(1, 1, 1), quotes=(1, 0, 0))] * 3, [scores(drivers=(1, 0, 0))] * 3)
    assert found[COMPOSITE].old == pytest.approx(0.75)
    assert found[COMPOSITE].new == pytest.approx(1.0)
    assert found["quotes"].gain is None
    assert found["quotes"].interval is None


def test_one_document_leaves_nothing_to_draw_from() -> None:
    found = differences([scores(drivers=(1, 0, 1))], [scores(drivers=(2, 0, 0))])
    assert found["drivers"].gain == pytest.approx(1 / 3)
    assert found["drivers"].interval is None
    assert not found["drivers"].is_sure


def test_other_documents_are_not_compared() -> None:
    with pytest.raises(ValueError, match="1 documents cannot be compared with 2"):
        differences([scores()], [scores(), scores()])
