"""The log: appended to behind its head, each decision once, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_builders import MODEL, added, decision, report

from extractor.review.apply import apply
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Accept,
    Edit,
    Note,
    Reject,
    Replaced,
    SetStatus,
    Undo,
)
from extractor.review.store import StaleError, Store, StoreError


def test_decisions_come_back_as_they_went_in(store: Store) -> None:
    key = added(store)
    made = [
        decision(key, Note(target="r1", new="Vu au marbre ; « sic » 𝔊 \x00")),
        decision(key, Edit(target="r1", fields={"position": Replaced(old=1, new=None)}), reviewer="Zoé Ñ."),
        decision(key, SetStatus(old="in_review", new="reviewed"), model=None),
    ]
    assert store.append(made, head=0) == 3
    assert list(store.decisions(key)) == made
    assert list(store.log()) == made


def test_the_state_is_the_record_with_the_decisions_applied(store: Store) -> None:
    key = added(store)
    made = [decision(key, Accept(targets=("r1",))), decision(key, Note(target="d1", new="Le fils"))]
    store.append(made, head=0)
    state = store.state(key)
    assert (state.head, state.version) == (2, 1)
    assert state.reviewed == apply(report(), made)


def test_what_is_sent_again_is_saved_once(store: Store) -> None:
    key = added(store)
    first, second = decision(key), decision(key)
    assert store.append([first], head=0) == 1
    assert store.append([first], head=0) == 1  # the answer was lost
    assert store.append([first, second], head=0) == 2  # and something new came with it
    assert store.append([first, second], head=2) == 2
    assert store.decisions(key) == (first, second)


def test_who_is_late_is_told_the_present_head_and_nothing_is_kept(store: Store) -> None:
    key = added(store)
    mine, theirs, late = decision(key), decision(key, reviewer="Yann"), decision(key)
    store.append([mine], head=0)
    store.append([theirs], head=1)
    for made in (
        [late],
        [mine, late],
    ):  # that one's own is there already does not hide that somebody came behind
        with pytest.raises(StaleError) as caught:
            store.append(made, head=0)
        assert caught.value.head == 2
    with pytest.raises(StaleError):
        store.append([late], head=7)
    assert store.decisions(key) == (mine, theirs)
    assert "quelqu'un d'autre" in str(caught.value)


def test_all_or_none(store: Store) -> None:
    key, other = added(store), added(store, origin="ailleurs.txt")
    taken = decision(other)
    store.append([taken], head=0)
    stolen = decision(key).model_copy(update={"id": taken.id})
    with pytest.raises(StoreError) as caught:
        store.append([decision(key), stolen], head=0)
    assert caught.value.code == "store_id_taken"
    assert store.decisions(key) == ()
    assert store.document(key).heads == {}


def test_readings_have_logs_of_their_own_and_the_settled_one_stands_on_the_first(store: Store) -> None:
    key = added(store)
    first, second = decision(key), decision(key, Reject(targets=("r1",)), reading=SECOND, reviewer="Yann")
    settled = decision(key, Note(target="r1", new="Entendu"), reading=SETTLED, reviewer="Rose")
    for one in (first, second, settled):
        assert store.append([one], head=0) == 1
    assert store.document(key).heads == {FIRST: 1, SECOND: 1, SETTLED: 1}
    assert store.decisions(key, SECOND) == (second,)
    assert store.state(key, SETTLED).reviewed == apply(report(), [first, settled])
    assert store.state(key, SETTLED).head == 1
    assert store.state(key, SECOND).reviewed == apply(report(), [second])


def test_decisions_stay_on_the_record_that_they_were_made_on(store: Store) -> None:
    key = added(store)
    old = store.state(key)
    store.add_document(report(confidence=0.4), model="0.5.0")  # while somebody looks at the old one
    store.append([decision(key)], head=old.head, version=old.version)
    assert store.document(key).version == 1
    assert store.document(key).model == MODEL
    assert store.state(key).reviewed.record.results[0].confidence == 1.0


def test_without_a_version_the_model_tells_the_record(store: Store) -> None:
    key = added(store)
    store.add_document(report(confidence=0.4), model="0.5.0")
    store.append([decision(key)], head=0)
    assert store.state(key).version == 1


def test_a_second_reader_who_looked_at_another_record_is_told(store: Store) -> None:
    key = added(store)
    store.add_document(report(confidence=0.4), model="0.5.0")
    store.append([decision(key)], head=0, version=1)
    with pytest.raises(StaleError):
        store.append([decision(key, reading=SECOND)], head=0, version=2)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda d: d.model_copy(update={"text_sha256": "0" * 64}), "store_other_text"),
        (lambda d: d.model_copy(update={"document": "inconnu"}), "store_no_document"),
        (lambda d: d.model_copy(update={"id": ""}), "store_bad_id"),
        (lambda d: d.model_copy(update={"id": "x" * 65}), "store_bad_id"),
        (lambda d: d.model_copy(update={"id": "a\x00b"}), "store_bad_id"),
        (lambda d: d.model_copy(update={"reviewer": ""}), "store_bad_name"),
        (lambda d: d.model_copy(update={"reviewer": "x" * 81}), "store_bad_name"),
        (
            lambda d: d.model_copy(
                update={"change": Edit(target="r1", fields={"scope": Replaced(old="", new="\ud83c")})}
            ),
            "store_unfit_decision",
        ),
    ],
)
def test_what_is_not_fit_to_be_kept_is_refused(store: Store, spoil: Callable, code: str) -> None:
    key = added(store)
    with pytest.raises(StoreError) as caught:
        store.append([decision(key), spoil(decision(key))][1:], head=0)
    assert caught.value.code == code
    assert store.decisions(key) == ()


def test_a_vast_decision_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.review.store.log.MOST_DECISION_BYTES", 1 << 20)
    key = added(store)
    with pytest.raises(StoreError) as caught:
        store.append([decision(key, Note(target="r1", new="x" * (1 << 20)))], head=0)
    assert caught.value.code == "store_decision_too_large"


def test_one_id_twice_in_one_go_is_refused(store: Store) -> None:
    key = added(store)
    one = decision(key)
    with pytest.raises(StoreError) as caught:
        store.append([one, one], head=0)
    assert caught.value.code == "store_id_twice"


def test_nothing_to_append_is_no_fault(store: Store) -> None:
    assert store.append([], head=4) == 4


def test_a_thousand_decisions_at_once(store: Store) -> None:
    key = added(store)
    made = [decision(key) for _ in range(1200)]
    assert store.append(made[:700], head=0) == 700
    assert store.append(made, head=0) == 1200
    assert len(store.decisions(key)) == 1200


def test_a_time_without_a_zone_is_utc_and_kept_in_milliseconds(store: Store) -> None:
    key = added(store)
    at = datetime(2026, 11, 23, 8, 0, 0, 123_456)  # noqa: DTZ001
    store.append([decision(key).model_copy(update={"at": at})], head=0)
    assert store.decisions(key)[0].at == datetime(2026, 11, 23, 8, 0, 0, 123_000, tzinfo=UTC)


def test_an_undoing_is_a_line_like_others(store: Store) -> None:
    key = added(store)
    rejected = decision(key, Reject(targets=("r1",)))
    store.append([rejected], head=0)
    assert not store.state(key).reviewed.record.results
    store.append([decision(key, Undo(decision=rejected.id))], head=1)
    assert store.state(key).reviewed.record.results
    assert len(store.decisions(key)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET reviewer = 'Personne'",
        "DELETE FROM decisions",
        "UPDATE records SET body = '{}'",
        "DELETE FROM records",
    ],
)
def test_nobody_changes_what_is_kept_not_even_by_hand(store: Store, statement: str) -> None:
    key = added(store)
    made = decision(key)
    store.append([made], head=0)
    with pytest.raises(DBAPIError, match="never changed"), store._engine.begin() as connection:
        connection.execute(text(statement))
    assert store.decisions(key) == (made,)


def test_neither_by_replacing_nor_by_emptying(store: Store) -> None:
    key = added(store)
    store.append([decision(key)], head=0)
    statement = (
        "INSERT OR REPLACE INTO decisions SELECT document_id, reading, seq, id, version, 'X', at, action, body, "
        "model FROM decisions"
        if store.is_sqlite
        else "TRUNCATE decisions"
    )
    with pytest.raises(DBAPIError), store._engine.begin() as connection:
        connection.execute(text(statement))
    assert store.decisions(key)[0].reviewer == "Odile Ferrand"


def test_a_decision_needs_its_record(store: Store) -> None:
    key = added(store)
    store.append([decision(key)], head=0)
    statement = (
        "INSERT INTO decisions SELECT document_id, reading, seq + 1, 'autre', 9, reviewer, at, action, body, model, carried "
        "FROM decisions"
    )
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), store._engine.begin() as connection:
        connection.execute(text(statement))
