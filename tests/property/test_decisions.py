"""What is true of any decisions on any record."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from deciding import Reviewer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor.record import RaceRecord
from extractor.review.apply import DecisionError, apply, check, step
from extractor.review.decisions import Accept, Change, Decision, Note, Retext, SetStatus, Undo
from extractor.review.logic import findings
from extractor.review.reviewed import Reviewed

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "review"))
from review_builders import record

DEV = Path(__file__).parents[2] / "corpus" / "data" / "dev.jsonl"

reviewing = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
randoms = st.integers(0, 2**32).map(Random)  # of its own, which draws more evenly than hypothesis would
lengths = st.integers(0, 12)


def reviewer(random: Random, decisions: int) -> Reviewer:
    made = Reviewer(record(), random)
    made.decide(decisions)
    return made


def content(reviewed: Reviewed) -> Reviewed:
    """Return what is shown of a reviewed record, without how it came about."""
    return replace(reviewed, undone=frozenset(), trail=None)


def assert_whole(reviewed: Reviewed, log: list[Decision]) -> None:
    """Every invariant of the record, every fact with evidence, every decision accounted for."""
    made = reviewed.record
    assert RaceRecord.model_validate_json(made.to_json()) == made
    assert all(fact.evidence for fact in made.facts())
    known = {decision.id for decision in log}
    assert reviewed.undone <= known
    assert {stranded.decision for stranded in reviewed.stranded} <= known - reviewed.undone
    there = {thing.id for part in ("sessions", "drivers", "teams") for thing in getattr(made, part)}
    there |= {fact.id for fact in made.facts()}
    assert not there & reviewed.gone.keys()
    out = {i for i, mark in reviewed.marks.items() if mark.verdict in ("rejected", "merged", "unanchored")}
    assert out == reviewed.gone.keys()
    assert {loose.target for loose in reviewed.loose} <= there | reviewed.gone.keys() | {"event", "document"}
    assert all(0.0 <= fact.confidence <= 1.0 for fact in made.facts())
    ids = there | {"event", "document"}
    assert all(about in ids for finding in findings(made) for about in finding.about)


@reviewing
@given(randoms, lengths)
def test_a_log_gives_the_same_record_at_once_and_step_by_step(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    assert_whole(made.reviewed, made.log)
    assert apply(record(), made.log) == made.reviewed
    assert apply(record(), [*made.log, *made.log]) == made.reviewed
    half = len(made.log) // 2
    again = apply(record(), made.log[:half])
    for decision in made.log[half:]:
        again = step(again, decision)
    assert again == made.reviewed


@reviewing
@given(randoms, lengths)
def test_undoing_the_last_is_never_having_done_it(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    before = made.reviewed
    change = made.change()
    if isinstance(change, Undo):
        return
    last = made.save(change)
    after = made.reviewed
    undo = made.save(Undo(decision=last.id))
    assert content(made.reviewed) == content(before)
    made.save(Undo(decision=undo.id))
    assert content(made.reviewed) == content(after)


@reviewing
@given(randoms, lengths)
def test_undoing_in_the_middle_leaves_what_does_not_depend_on_it(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    plain = [decision for decision in made.log if not isinstance(decision.change, Undo)]
    once = apply(record(), plain)
    for number, decision in enumerate(plain):
        undone = step(
            once, Decision(**decision.model_dump() | {"id": "u", "change": Undo(decision=decision.id)})
        )
        assert_whole(undone, plain)
        if isinstance(decision.change, Retext):
            continue  # what came after names places in the text; their moving is tested by example
        assert content(undone) == content(apply(record(), plain[:number] + plain[number + 1 :]))


@reviewing
@given(randoms, lengths)
def test_no_decision_is_lost(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    before = made.reviewed
    decision = made.save(made.change())
    after = made.reviewed
    if isinstance(decision.change, Note | SetStatus):
        return  # may say what was said before
    stranded = any(one.decision == decision.id for one in after.stranded)
    assert stranded or after != before


@reviewing
@given(randoms, lengths)
def test_accepting_one_thing_and_another_commutes(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    one, other = made.target(), made.target()
    if one == other:
        return
    shape = Reviewer(record(), random)
    first, second = (shape.save(Accept(targets=(target,))) for target in (one, other))
    ab, ba = apply(record(), [first, second]), apply(record(), [second, first])
    assert (ab.record, ab.marks, set(ab.stranded)) == (ba.record, ba.marks, set(ba.stranded))


def dev_texts() -> list[str]:
    """Return some reports of the corpus's part for trying things out."""
    lines = DEV.read_text(encoding="utf-8").splitlines() if DEV.exists() else []
    return [json.loads(line)["text"] for line in lines[::9]]


@pytest.mark.slow
def test_two_hundred_decisions_on_extracted_reports() -> None:
    for seed, text in enumerate(dev_texts()):
        made = Reviewer(extractor.extract(text), Random(seed))
        for number in range(200):
            before, change = made.reviewed, made.change()
            allowed = is_allowed(before, change)
            decision = made.save(change)
            refused = any(one.decision == decision.id for one in made.reviewed.stranded)
            assert refused is not allowed
            if number % 20 == 0:
                assert_whole(made.reviewed, made.log)
            if number % 20 == 0 and not isinstance(change, Undo):
                undo = decision.model_copy(update={"id": "u", "change": Undo(decision=decision.id)})
                assert content(step(made.reviewed, undo)) == content(before)
        assert apply(made.record, made.log) == made.reviewed


def is_allowed(reviewed: Reviewed, change: Change) -> bool:
    """Tell whether a page would let a reviewer do it."""
    try:
        check(reviewed, change)
    except DecisionError as error:
        return error.in_language("en") == error.in_language("fr")  # then its sentences are missing
    return True
