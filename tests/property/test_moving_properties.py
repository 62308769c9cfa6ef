"""What is true of taking any decisions over to any other record of the same text."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from deciding import PARTS, Reviewer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.record import RaceRecord
from extractor.review.apply import apply
from extractor.review.comparing import referring
from extractor.review.decisions import Undo
from extractor.review.moving import Moved, move
from extractor.review.reviewed import Reviewed

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "review"))
from review_builders import record

moving = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
randoms = st.integers(0, 2**32).map(Random)
lengths = st.integers(0, 12)
AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def reviewer(random: Random, decisions: int) -> Reviewer:
    made = Reviewer(record(), random)
    made.decide(decisions)
    return made


def renamed(one: RaceRecord, random: Random, keep: float = 1.0) -> tuple[RaceRecord, dict[str, str]]:
    """Return a record that says the same under other ids, some facts of it, and which id is which."""
    shape = json.loads(one.to_json())
    for part in ("entries", "results", "incidents", "quotes"):
        shape[part] = [thing for thing in shape[part] if random.random() < keep]
    ids: dict[str, str] = {}
    for part in PARTS:
        numbers = random.sample(range(1, 40), len(shape[part]))
        ids |= {thing["id"]: f"{part[0]}{n}" for thing, n in zip(shape[part], numbers, strict=True)}
    there = {thing["id"] for part in PARTS for thing in shape[part]}
    for part in PARTS:
        shape[part] = [_renamed(thing, ids, there) for thing in shape[part]]
        random.shuffle(shape[part])
    shape["findings"] = []
    return RaceRecord.model_validate(shape), ids


def _renamed(thing: Any, ids: dict[str, str], there: set[str]) -> Any:
    for name in ("entry", "asserted_by"):
        if thing.get(name) not in there and name in thing:
            thing[name] = None
    if "caused_by" in thing:
        thing["caused_by"] = [one for one in thing["caused_by"] if one in there]
    return {**referring(thing, ids), "id": ids[thing["id"]]}


def moved_to(made: Reviewer, new: RaceRecord) -> Moved:
    return move(made.record, made.log, new, model="regles-2", by="Solène", at=AT)


def verdicts(reviewed: Reviewed) -> dict[str, str]:
    return {i: mark.verdict for i, mark in reviewed.marks.items() if mark.verdict}


def said(one: RaceRecord, ids: dict[str, str]) -> dict[str, Any]:
    """What a record says, by id, but for how sure it is."""
    shape = json.loads(one.to_json())
    return {
        ids.get(thing["id"], thing["id"]): {**referring(thing, ids), "id": "", "confidence": 0}
        for part in PARTS
        for thing in shape[part]
    }


@moving
@given(randoms, lengths)
def test_on_a_record_that_says_the_same_everything_is_as_it_was(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    new, ids = renamed(record(), random)
    moved = moved_to(made, new)
    after = apply(new, moved.decisions)
    assert moved.left == ()
    assert moved.new == ()
    before = verdicts(made.reviewed)
    assert moved.taken == len(before)
    assert {ids.get(i, i): verdict for i, verdict in before.items()}.items() <= verdicts(after).items()
    assert said(after.record, {}) == said(made.reviewed.record, ids)
    assert after.record.document == made.reviewed.record.document
    assert after.status == (made.reviewed.status if moved.decisions else "new")


@moving
@given(randoms, lengths, st.floats(0, 1))
def test_whatever_was_decided_is_taken_over_or_listed(random: Random, decisions: int, keep: float) -> None:
    made = reviewer(random, decisions)
    new, _ = renamed(record(), random, keep)
    moved = moved_to(made, new)
    after = apply(new, moved.decisions)
    assert RaceRecord.model_validate_json(after.record.to_json()) == after.record
    before = verdicts(made.reviewed)
    listed = {one.id for one in moved.left if one.verdict is not None}
    assert len(before) == moved.taken + len(listed)
    assert {one.id: one.verdict for one in moved.left if one.verdict}.items() <= before.items()
    known = {decision.id for decision in made.log}
    assert all(decision.carried in known and decision.id not in known for decision in moved.decisions)
    assert {one.reviewer for one in moved.decisions} <= {"Ana", "Bruno", "Solène"}


@moving
@given(randoms, lengths, st.floats(0.5, 1))
def test_it_comes_to_the_same_however_often_it_is_done(random: Random, decisions: int, keep: float) -> None:
    made = reviewer(random, decisions)
    new, _ = renamed(record(), random, keep)
    moved = moved_to(made, new)
    assert moved_to(made, new) == moved
    there = move(new, moved.decisions, new, model="regles-2", by="Solène", at=AT)
    assert there.left == ()
    assert verdicts(apply(new, there.decisions)) == verdicts(apply(new, moved.decisions))


@moving
@given(randoms, lengths)
def test_what_was_taken_over_can_be_taken_back(random: Random, decisions: int) -> None:
    made = reviewer(random, decisions)
    new, ids = renamed(record(), random)
    moved = moved_to(made, new)
    applied = [d for d in moved.decisions if not isinstance(d.change, Undo)]
    if not applied:
        return
    last = applied[-1]
    if made.reviewed.status == "reviewed" or last.id in apply(new, moved.decisions).undone:
        return
    undo = last.model_copy(update={"id": "u", "change": Undo(decision=last.id)})
    after = apply(new, [*moved.decisions, undo])
    original = next(d for d in made.log if d.id == last.carried)
    undone = original.model_copy(update={"id": "u", "change": Undo(decision=original.id)})
    assert said(after.record, {}) == said(apply(record(), [*made.log, undone]).record, ids)
