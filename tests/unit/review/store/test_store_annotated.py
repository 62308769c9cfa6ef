"""Annotations that come into the review desk's store: decisions of whoever annotated, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.review.annotated.bringing import Brought
from extractor.review.annotated.changes import Outcome
from extractor.review.annotated.into_store import put_into_store
from extractor.review.decisions import Accept, Edit, Replaced
from extractor.review.store import Store
from tests.unit.review.annotated.annotating import Annotator
from tests.unit.review.review_builders import at, decided, record


@pytest.fixture
def key(store: Store) -> str:
    """A document in the store."""
    return store.add_document(record(), model="1.0", origin="vauban.txt").key


def annotated(store: Store, ana: Annotator, folder: Path, reviewer: str | None = "Ana") -> Outcome:
    brought = Brought()
    brought.take(ana.returned("label-studio", folder))
    (stored,) = put_into_store(store, brought, reviewer)
    assert not brought.left()
    return stored.outcome


def changed() -> Annotator:
    ana = Annotator(record())
    ana.relabel(ana.of("i1"), "incident.off_track")
    ana.add("event", "Course 1")
    return ana


def test_annotations_are_decisions_of_the_annotator(store: Store, key: str, tmp_path: Path) -> None:
    annotated(store, changed(), tmp_path)
    made = store.decisions(key)
    assert [(one.reviewer, one.change.action, one.model) for one in made] == [("Ana", "edit", "1.0")] * 2
    state = store.state(key)
    assert state.reviewed.record.incidents[0].type == "off_track"
    assert not state.reviewed.stranded
    assert [one.name for one in store.reviewers()] == ["Ana"]


def test_what_was_brought_in_is_not_decided_again(store: Store, key: str, tmp_path: Path) -> None:
    annotated(store, changed(), tmp_path)
    again = annotated(store, changed(), tmp_path)
    assert not again.decisions
    assert not again.remarks
    assert len(store.decisions(key)) == 2


def test_what_somebody_changed_meanwhile_stays(store: Store, key: str, tmp_path: Path) -> None:
    edit = Edit(target="i1", fields={"type": Replaced(old="spin", new="crash")})
    store.append([decided(edit, by="Bob").model_copy(update={"document": key})], head=0)
    outcome = annotated(store, changed(), tmp_path)
    assert [remark.code for remark in outcome.remarks] == ["refused"]
    after = store.state(key).reviewed.record
    assert after.incidents[0].type == "crash"
    assert [span.text for span in after.event.evidence] == ["Course 1"]


def test_what_went_out_after_some_decisions_comes_back_on_them(
    store: Store, key: str, tmp_path: Path
) -> None:
    longer = at("abandonne, moteur cassé").model_dump(mode="json", exclude={"boxes", "page"})
    edit = Edit(target="i2", fields={"evidence": Replaced(old=None, new=[longer])})
    store.append([decided(edit, by="Bob").model_copy(update={"document": key})], head=0)
    ana = Annotator(store.state(key).reviewed.record)
    ana.relabel(ana.of("i2"), "incident.fire")
    accept = Accept(targets=("r1",))
    store.append([decided(accept, by="Bob").model_copy(update={"document": key})], head=1)
    for _ in range(2):
        annotated(store, ana, tmp_path, None)
    after = store.state(key).reviewed.record.incidents[1]
    assert (after.type, after.evidence[0].text) == ("fire", "abandonne, moteur cassé")
    assert [one.reviewer for one in store.decisions(key)] == ["Bob", "Bob", "7"]


def test_a_text_that_is_not_there_is_left(store: Store, tmp_path: Path) -> None:
    brought = Brought()
    brought.take(changed().returned("doccano", tmp_path))
    assert not list(put_into_store(store, brought, None))
    assert len(brought.left()) == 1
