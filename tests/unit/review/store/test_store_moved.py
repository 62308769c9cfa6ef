"""Decisions are taken over to a later record: at once or not at all, and the log keeps all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_builders import MODEL, decision, report

from extractor.record import RaceRecord
from extractor.review.decisions import FIRST, SECOND, Accept, Reject, SetStatus, Undo
from extractor.review.store import StaleError, Store, StoreError

LATER = "0.5.0/essai"


def later(*, position: int = 1) -> RaceRecord:
    """What a later model makes of the same report: other ids, and perhaps another place."""
    shape = json.loads(report().to_json())
    shape["drivers"][0]["id"] = "d7"
    shape["results"][0] |= {"id": "r4", "drivers": ["d7"], "position": position, "confidence": 0.5}
    return RaceRecord.model_validate(shape)


@pytest.fixture
def key(store: Store) -> str:
    key = store.add_document(report(), model=MODEL).key
    store.append([decision(key, Accept(targets=("r1", "d1")))], head=0)
    return key


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "autre.db")) as opened:
        yield opened


def verdicts(store: Store, key: str, reading: int = FIRST) -> dict[str, str | None]:
    return {i: mark.verdict for i, mark in store.state(key, reading).reviewed.marks.items()}  # type: ignore[arg-type]


def test_what_is_read_alike_is_decided_alike_and_the_queue_knows(store: Store, key: str) -> None:
    store.add_document(later(), model=LATER)
    assert store.with_newer() == (key,)
    store.move(store.plan(key, "Lucien"))
    state = store.state(key)
    assert (state.version, state.head) == (2, 1)
    assert verdicts(store, key) == {"r4": "accepted", "d7": "accepted"}
    assert store.left(key, FIRST) == ()
    assert (store.with_newer(), store.document(key).newer, store.document(key).model) == ((), False, LATER)
    assert store.summarise(key).decided == 1
    assert store.unsummarised() == ()
    made = store.decisions(key)
    assert [one.reviewer for one in made] == ["Odile Ferrand"]
    assert len(list(store.log())) == 2  # the one before is kept
    assert len(store.moments(made[0].at)) == 1  # and decided once


def test_work_goes_on_behind_what_was_taken_over(store: Store, key: str) -> None:
    store.add_document(later(), model=LATER)
    store.move(store.plan(key, "Lucien"))
    [carried] = store.decisions(key)
    undo = decision(key, Undo(decision=carried.id), model=LATER)
    assert store.append([undo], head=1, version=2) == 2
    assert verdicts(store, key) == {}
    with pytest.raises(StaleError):
        store.append(
            [decision(key, Reject(targets=("r1",)))], head=1, version=1
        )  # a page that has not noticed
    with pytest.raises(StoreError) as told:
        store.plan(key, "Lucien")
    assert told.value.code == "store_nothing_newer"


def test_what_is_read_otherwise_is_listed_until_somebody_decides(store: Store, key: str) -> None:
    store.add_document(later(position=2), model=LATER)
    store.append([decision(key, SetStatus(old="in_review", new="reviewed"))], head=1)
    plan = store.plan(key, "Lucien")
    assert [one.id for one in plan.left] == ["r1"]
    store.move(plan)
    state = store.state(key)
    assert state.reviewed.status == store.queue().rows[0].status == "in_review"
    [left] = store.left(key, FIRST)
    assert (left.near, left.thing["position"]) == ("r4", 1)
    assert left.change is not None
    store.append([decision(key, left.change, model=LATER)], head=state.head, version=2)
    assert store.state(key).reviewed.record.results[0].position == 1
    assert store.left(key, FIRST) == ()


def test_whoever_decides_meanwhile_is_not_passed_over(store: Store, key: str) -> None:
    store.add_document(later(), model=LATER)
    plan = store.plan(key, "Lucien")
    store.append([decision(key, Reject(targets=("r1",)))], head=1)
    with pytest.raises(StaleError):
        store.move(plan)
    assert store.state(key).version == 1
    plan = store.plan(key, "Lucien")
    store.move(plan)
    with pytest.raises(StaleError):
        store.move(plan)  # twice
    assert verdicts(store, key) == {"r4": "rejected", "d7": "accepted"}


def test_both_readings_go_over_together(store: Store, key: str) -> None:
    store.assign_double([key])
    store.append([decision(key, Reject(targets=("r1",)), reading=SECOND, reviewer="Lucien")], head=0)
    store.add_document(later(), model=LATER)
    store.move(store.plan(key, "Solène"))
    assert verdicts(store, key, FIRST) == {"r4": "accepted", "d7": "accepted"}
    assert verdicts(store, key, SECOND) == {"r4": "rejected"}
    assert store.document(key).heads == {1: 1, 2: 1}


def test_the_log_as_a_file_brings_it_all_back(store: Store, other: Store, key: str) -> None:
    store.add_document(later(position=2), model=LATER)
    store.move(store.plan(key, "Lucien"))
    state = store.state(key)
    store.append([decision(key, Reject(targets=("r4",)), model=LATER)], head=state.head, version=2)
    lines = list(store.export_log(with_records=True))
    for _ in range(2):
        imported = other.import_log(lines)
        assert imported.refused == ()
        assert list(other.export_log(with_records=True)) == lines
    assert imported.known == 3
    assert other.state(key) == store.state(key)
    assert other.left(key, FIRST) == store.left(key, FIRST)
    assert other.document(key).heads == store.document(key).heads


def test_a_move_made_elsewhere_is_taken_with_the_log(store: Store, other: Store, key: str) -> None:
    other.import_log(list(store.export_log(with_records=True)))
    store.add_document(later(), model=LATER)
    store.move(store.plan(key, "Lucien"))
    imported = other.import_log(list(store.export_log(with_records=True)))
    assert (imported.refused, imported.decisions, imported.known) == ((), 1, 1)
    assert other.state(key) == store.state(key)
