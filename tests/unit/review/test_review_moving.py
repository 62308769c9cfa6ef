"""Decisions on one record taken over to a later model's: what carries, what is settled by itself, what is left."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from review_builders import at, log, record

from extractor.record import RaceRecord
from extractor.review.apply import apply
from extractor.review.decisions import Accept, Add, Change, Edit, Reject, Replaced, SetStatus
from extractor.review.moving import Moved, move

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def later(**changed: Any) -> RaceRecord:
    """What a later model makes of the report: parts as JSON instead of those of the earlier."""
    shape = json.loads(record().to_json()) | {"findings": []}
    for part, things in changed.items():
        known = {thing["id"]: thing for thing in shape[part]}
        shape[part] = [{**known.get(thing["id"], {}), **thing} for thing in things]
    return RaceRecord.model_validate(shape)


def others(part: str, *without: str) -> list[dict[str, Any]]:
    return [thing for thing in json.loads(record().to_json())[part] if thing["id"] not in without]


def moved(new: RaceRecord, *changes: Change) -> Moved:
    return move(record(), log(*changes), new, model="regles-2", by="Solène Aubry", at=AT)


def verdicts(new: RaceRecord, one: Moved) -> dict[str, str | None]:
    return {i: mark.verdict for i, mark in apply(new, one.decisions).marks.items()}


def test_a_fact_that_is_read_otherwise_now_is_listed_with_what_is_there_instead() -> None:
    [first, *_] = others("results")
    new = later(results=[{**first, "position": 2}, *others("results", first["id"])])
    result = moved(new, Accept(targets=(first["id"], "d2")))
    assert verdicts(new, result) == {"d2": "accepted"}
    [left] = result.left
    assert (left.id, left.why, left.near, left.verdict) == (first["id"], "changed", first["id"], "accepted")
    assert left.thing["position"] == first["position"]


def test_what_was_rejected_and_is_not_read_any_more_needs_nothing() -> None:
    [first, *_] = others("results")
    result = moved(later(results=others("results", first["id"])), Reject(targets=(first["id"],)))
    assert (result.left, result.decisions, result.taken) == ((), (), 1)


def test_what_was_corrected_and_is_read_so_now_is_accepted() -> None:
    [first, *_] = others("results")
    new = later(results=[{**first, "position": 4}, *others("results", first["id"])])
    edit = Edit(target=first["id"], fields={"position": Replaced(old=first["position"], new=4)})
    result = moved(new, edit)
    assert verdicts(new, result) == {first["id"]: "accepted"}
    assert result.left == ()
    [made] = result.decisions
    assert made.reviewer == log(edit)[0].reviewer  # who corrected it said so


def test_what_was_added_and_is_read_now_is_there_once() -> None:
    thing = {**others("results")[0], "id": "rx1", "position": 5, "drivers": ["d2"]}
    thing["evidence"] = [at("Yves Lorrain").model_dump(mode="json", exclude_none=True)]
    new = later(results=[*others("results"), {**thing, "id": "r9"}])
    result = moved(new, Add(part="results", thing=thing))
    after = apply(new, result.decisions)
    assert [one.id for one in after.record.results if one.position == 5] == ["r9"]
    assert after.marks["r9"].verdict == "accepted"


def test_what_stood_in_a_reviewed_document_is_accepted_and_the_rest_is_to_review() -> None:
    [first, *_] = others("results")
    new = later(results=others("results", first["id"]))
    result = moved(new, SetStatus(old="new", new="reviewed"))
    after = apply(new, result.decisions)
    assert after.status == "in_review"
    assert {one.id for one in result.left} == {first["id"]}
    assert all(after.marks[fact.id].verdict == "accepted" for fact in after.record.facts() if fact.id != "e1")
    assert result.decisions[-1].reviewer == "Solène Aubry"


def test_on_the_very_same_record_a_reviewed_document_stays_reviewed() -> None:
    new = later()
    result = moved(new, SetStatus(old="new", new="reviewed"))
    assert apply(new, result.decisions).status == "reviewed"
    assert (result.left, result.new) == ((), ())
