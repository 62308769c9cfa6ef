"""Whatever two readers did: to pick one of them throughout gives what that one has, and all can be taken back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.review.apply import DecisionError, apply
from extractor.review.comparing import compare
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Accept,
    Add,
    Change,
    Edit,
    Merge,
    Note,
    Reject,
    Replaced,
    Retext,
    Split,
)
from tests.unit.review.readings import TEXT, Double, incident, name, result, span

IDS = ("s1", "d1", "d2", "d3", "d4", "r1", "r2", "r3", "i1", "q1")


def edit(target: str, **fields: Any) -> Edit:
    return Edit(target=target, fields={key: Replaced(old=None, new=new) for key, new in fields.items()})


def correction(old: str, new: str) -> Retext:
    start = TEXT.index(old)
    return Retext(start=start, end=start + len(old), old=old, new=new)


CHANGES: tuple[Change, ...] = (
    *(Accept(targets=(i,)) for i in IDS),
    *(Reject(targets=(i,)) for i in IDS),
    Reject(targets=("r1", "r2", "i1")),
    Note(target="r1", new="à voir"),
    edit("r2", position=3),
    edit("r2", position=4, points=12),
    edit("r3", kind="final", drivers=["d4"]),
    edit("i1", type="crash", lap=None, participants=[{"driver": "d2", "text": "Paul Ravier"}]),
    edit("q1", speaker="d2"),
    edit("d2", name="P. Ravier", role="co_driver"),
    edit("d4", mentions=[name("Fargeat"), {**span("lui"), "form": "pronoun"}]),
    edit("event", name="VOLCANS", season=1961),
    edit("document", title="Charade"),
    Add(part="incidents", thing=incident("ix1", "retirement", "d4", "rentre aux stands")),
    Add(
        part="incidents", thing=incident("ix2", "retirement", "d4", "et rentre aux stands", caused_by=["i1"])
    ),
    Add(part="results", thing=result("rx1", 3, "d4")),
    Add(part="results", thing=result("rx2", 4, "d4")),
    Add(part="drivers", thing={"id": "dx1", "name": "Charade", "mentions": [name("CHARADE")]}),
    Add(part="results", thing=result("rx3", 5, "dx1")),
    Merge(part="drivers", keep="d1", others=("d3",)),
    Merge(part="drivers", keep="d3", others=("d1",), name="Robert Chastenet"),
    Merge(part="drivers", keep="d2", others=("d3", "d4")),
    Split(
        part="drivers",
        target="d1",
        new_id="dx2",
        name="Chastenet",
        mentions=((TEXT.rindex("Chastenet"), TEXT.rindex("Chastenet") + 9),),
        facts=("q1",),
    ),
    correction("Chastenct", "Chastenet"),
    correction("Chastenct", "Chastanet"),
    correction("mené", "dominé"),
    correction("Fargeat, lui,", "Fargeat"),
)
LOGS = st.lists(st.sampled_from(CHANGES), max_size=5, unique_by=repr)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def double(first: list[Change], second: list[Change]) -> Double:
    """Return what two readers did; what the record did not allow them they never saved."""
    both = Double(first, second)
    for reading in (FIRST, SECOND):
        stranded = {one.decision for one in both.reviewed(reading).stranded}
        both.logs[reading] = [one for one in both.logs[reading] if one.id not in stranded]
    return both


def settle_all(both: Double, pick: Literal["first", "second"]) -> None:
    for _ in range(60):
        settling = both.settling()
        if not settling.open:
            return
        both.logs[SETTLED] += settling.pick(settling.open[0], pick)
    raise AssertionError("it never ends")


@SETTINGS
@given(LOGS, LOGS)
def test_nothing_differs_between_a_reading_and_itself(first: list[Change], second: list[Change]) -> None:
    both = double(first, second)
    for reading in (FIRST, SECOND):
        assert compare(both.reviewed(reading), both.reviewed(reading)).conflicts == ()


@SETTINGS
@given(LOGS, LOGS)
def test_to_pick_the_first_throughout_changes_nothing(first: list[Change], second: list[Change]) -> None:
    both = double(first, second)
    settle_all(both, "first")
    settled = both.reviewed(SETTLED)
    assert not settled.stranded
    assert compare(settled, both.reviewed(FIRST)).conflicts == ()


@SETTINGS
@given(LOGS, LOGS)
def test_to_pick_the_second_throughout_gives_the_second(first: list[Change], second: list[Change]) -> None:
    both = double(first, second)
    settle_all(both, "second")
    settled = both.reviewed(SETTLED)
    assert not settled.stranded
    left = compare(settled, both.reviewed(SECOND)).conflicts
    assert [(item.part, item.how, item.ids, item.fields) for item in left] == []


@SETTINGS
@given(LOGS, LOGS, st.lists(st.sampled_from(("first", "second")), min_size=3, max_size=3))
def test_every_pick_can_be_taken_back(first: list[Change], second: list[Change], chosen: list[Any]) -> None:
    both = double(first, second)
    before = both.reviewed(SETTLED).record
    opened = len(both.settling().open)
    for pick in chosen:
        settling = both.settling()
        if settling.open:
            with suppress(DecisionError):  # what went with something cannot stand without it
                both.logs[SETTLED] += settling.pick(settling.open[0], pick)
    while made := both.settling().undo():
        both.logs[SETTLED] += made
    assert both.reviewed(SETTLED).record == before
    assert len(both.settling().open) == opened
    assert apply(both.record, [*both.logs[FIRST], *both.logs[SETTLED]]).record == before
