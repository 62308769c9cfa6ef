"""What a record is not sure enough of can be left out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.confidence import Cut, sure_enough
from extractor.record import RaceRecord

sys.path.insert(0, str(Path(__file__).parent / "scoring"))
from scoring_builders import fact, incident, person, quote, record, result

shares = st.floats(0, 1)
whole = st.lists(shares, min_size=9, max_size=9)


def told(sure: list[float]) -> RaceRecord:
    """Return a record whose facts hang together, with so much confidence each."""
    e1, r1, r2, i1, i2, i3, q1, q2, r3 = sure
    return record(
        teams=[person("t1", "Écurie Bleue", at="Écurie Bleue")],
        entries=[fact("e1", drivers=["d1"], team="t1", confidence=e1)],
        results=[
            result("r1", 1, "d1", entry="e1", confidence=r1),
            result("r2", 2, "d2", confidence=r2),
            result("r3", 2, "d3", confidence=r3),
        ],
        incidents=[
            incident("i1", "spin", "d1", confidence=i1),
            incident("i2", "collision", "d2", confidence=i2, caused_by=["i1"], asserted_by="q1"),
            incident("i3", "retirement", "d3", confidence=i3, caused_by=["i1", "i2"], asserted_by="q2"),
        ],
        quotes=[
            quote("q1", "d1", "Je suis ravie", confidence=q1),
            quote("q2", "d2", "La voiture était parfaite", confidence=q2),
        ],
        findings=[
            finding("r2", "r3"),
            finding("d1", "i3"),
            finding(),
            finding("d2"),
        ],
    )


def finding(*about: str) -> dict[str, Any]:
    return {"code": "two_in_one_place", "severity": "warning", "message": "?", "about": about}


def ids(one: RaceRecord) -> set[str]:
    return {kept.id for kept in one.facts()}


@given(whole, shares)
def test_nothing_dangles(sure: list[float], least: float) -> None:
    kept, _ = sure_enough(told(sure), least)
    assert RaceRecord.model_validate(kept.model_dump()) == kept


@given(whole, shares)
def test_what_stays_is_sure_enough_and_what_left_is_not(sure: list[float], least: float) -> None:
    before = told(sure)
    kept, cut = sure_enough(before, least)
    assert ids(kept) == {one.id for one in before.facts() if one.confidence >= least}
    assert (cut.kept, cut.left_out) == (len(ids(kept)), len(ids(before)) - len(ids(kept)))
    assert cut.expected_errors == pytest.approx(sum(1 - one.confidence for one in kept.facts()))


@given(whole, shares, shares)
def test_a_higher_bar_leaves_no_more(sure: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    (many, wide), (few, narrow) = sure_enough(told(sure), low), sure_enough(told(sure), high)
    assert ids(few) <= ids(many)
    assert narrow.expected_errors <= wide.expected_errors + 1e-12
    assert sure_enough(many, high)[0] == few


@given(whole, shares)
def test_a_second_time_changes_nothing(sure: list[float], least: float) -> None:
    once, _ = sure_enough(told(sure), least)
    again, cut = sure_enough(once, least)
    assert again is once
    assert cut.left_out == 0


@given(whole)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_bar_of_nothing_is_none(sure: list[float]) -> None:
    before = told(sure)
    kept, cut = sure_enough(before, 0.0)
    assert kept is before
    assert cut.left_out == 0


@given(whole, shares)
def test_people_and_sessions_stay(sure: list[float], least: float) -> None:
    before = told(sure)
    kept, _ = sure_enough(before, least)
    for part in ("document", "event", "sessions", "drivers", "teams", "coverage"):
        assert getattr(kept, part) == getattr(before, part)


def test_what_pointed_at_a_fact_that_left_points_at_nothing() -> None:
    kept, cut = sure_enough(told([0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9]), 0.5)
    assert cut == Cut(6, 3, pytest.approx(0.6))
    assert kept.results[0].entry is None
    assert [one.caused_by for one in kept.incidents] == [(), ("i2",)]
    assert [one.asserted_by for one in kept.incidents] == [None, "q2"]


def test_a_finding_leaves_with_all_that_it_was_about() -> None:
    abouts = [one.about for one in sure_enough(told([0.9] * 9), 0.95)[0].findings]
    assert abouts == [("d1",), (), ("d2",)]
    one_gone = sure_enough(told([0.9] * 8 + [0.1]), 0.5)[0]
    assert one_gone.findings[0].about == ("r2",)


def test_cuts_add_up() -> None:
    assert Cut(2, 1, 0.5) + Cut(3, 0, 0.25) == Cut(5, 1, 0.75)


@pytest.mark.parametrize("least", [-0.1, 1.01, float("nan"), float("inf")])
def test_no_such_bar(least: float) -> None:
    with pytest.raises(ValueError, match="not between"):
        sure_enough(told([0.5] * 9), least)
