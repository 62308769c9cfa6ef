"""What is said beside what is true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.neural.reliability import bins_of, expected_calibration_error, reliability, wilson

told = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80)


def test_by_hand() -> None:
    said = [0.9] * 10 + [0.5] * 10
    right = [True] * 7 + [False] * 3 + [True] * 5 + [False] * 5
    found = reliability(said, right)
    assert found.ece == pytest.approx(0.1)  # (10 * 0.2 + 10 * 0.0) / 20
    assert found.ece_width == pytest.approx(0.1)
    assert found.brier == pytest.approx((7 * 0.01 + 3 * 0.81 + 10 * 0.25) / 20)
    assert [(one.count, one.right, one.said) for one in found.bins] == [
        (10, 5, 0.5),
        (10, 7, pytest.approx(0.9)),
    ]
    assert (found.true, found.said) == (pytest.approx(0.6), pytest.approx(0.7))


@pytest.mark.parametrize("by", ["mass", "width"])
def test_what_keeps_its_word_has_a_small_error(by: str) -> None:
    rng = np.random.default_rng(1)
    said = rng.random(20_000)
    right = rng.random(20_000) < said
    error = expected_calibration_error(said, right, by=by)  # type: ignore[arg-type]
    assert error is not None
    assert error < 0.015


@pytest.mark.parametrize("by", ["mass", "width"])
def test_what_does_not_keep_its_word_has_a_large_one(by: str) -> None:
    rng = np.random.default_rng(2)
    said = rng.random(20_000)
    right = rng.random(20_000) < said**3
    error = expected_calibration_error(said, right, by=by)  # type: ignore[arg-type]
    assert error == pytest.approx(0.25, abs=0.01)  # 1/2 - 1/4


@given(told, st.sampled_from(["mass", "width"]), st.integers(1, 12))
def test_every_fact_is_in_one_bin(facts: list[tuple[float, bool]], by: str, bins: int) -> None:
    said, right = [f[0] for f in facts], [f[1] for f in facts]
    found = bins_of(said, right, by=by, bins=bins)  # type: ignore[arg-type]
    assert len(found) <= bins
    assert sum(one.count for one in found) == len(facts)
    assert sum(one.right for one in found) == sum(right)
    for one in found:
        inside = [s for s in said if one.lower <= s <= one.upper]
        assert len(inside) >= one.count
        assert one.lower - 1e-12 <= one.said <= one.upper + 1e-12
        low, high = one.interval
        assert 0 <= low <= one.true <= high <= 1


@given(told, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(facts: list[tuple[float, bool]], random) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    one, other = (reliability(*map(list, zip(*some, strict=True))) for some in (facts, shuffled))
    assert (one.ece, one.brier) == (pytest.approx(other.ece), pytest.approx(other.brier))
    assert [b.count for b in one.bins] == [b.count for b in other.bins]


@given(told)
def test_shares_are_shares(facts: list[tuple[float, bool]]) -> None:
    found = reliability([f[0] for f in facts], [f[1] for f in facts])
    for figure in (found.ece, found.ece_width, found.brier, found.said, found.true):
        assert figure is not None
        assert 0 <= figure <= 1


def test_bins_of_equal_mass_hold_equally_many() -> None:
    said = np.linspace(0.01, 0.99, 100)
    assert [one.count for one in bins_of(said, said > 0.5, bins=10)] == [10] * 10


def test_nothing_has_no_error() -> None:
    found = reliability([], [])
    assert (found.count, found.ece, found.brier, found.bins) == (0, None, None, ())


def test_intervals_by_the_book() -> None:
    """Newcombe (1998), table I."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(29, 29) == pytest.approx((0.8830, 1.0), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
