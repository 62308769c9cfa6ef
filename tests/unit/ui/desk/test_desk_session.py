"""A reading that is open: saved, refused, held back; two who decide at once; a store that does not answer."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_records import record

from extractor.errors import InputError
from extractor.ui.words import Words

pytest.importorskip("sqlalchemy")

from extractor.review.store import Store
from extractor.ui.desk.session import IDLE_AFTER, DeskSession

FR = Words("fr")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    with Store.open(str(path)) as opened:
        opened.add_document(record(), model="regles-1")
    return path


@pytest.fixture
def store(made_once: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(shutil.copy(made_once, tmp_path / "desk.db").as_posix()) as opened:
        yield opened


@pytest.fixture
def key(store: Store) -> str:
    return store.keys()[0]


def made(action: str = "accept", **change: Any) -> dict[str, Any]:
    if action in ("accept", "reject"):
        change.setdefault("targets", ["r1"])
    return {"id": uuid.uuid4().hex, "at": "2026-11-23T09:00:00Z", "change": {"action": action, **change}}


def outbox(session: DeskSession, *decisions: dict[str, Any], head: int | None = None) -> dict[str, Any]:
    return {
        "reading": session.origin.reading,
        "head": session.head if head is None else head,
        "decisions": list(decisions),
    }


def test_what_is_said_to_be_saved_is_in_the_store(store: Store, key: str) -> None:
    session = DeskSession(store, key, 1, "Camille", FR)
    one = made()
    session.receive(outbox(session, one))
    data = session.data()
    assert data["saved"] == [one["id"]]
    assert data["head"] == 1
    assert [decision.id for decision in store.decisions(key)] == [one["id"]]
    assert data["marks"]["r1"]["verdict"] == "accepted"
    assert data["status"] == "in_review"


def test_the_same_sent_again_with_more_behind_is_saved_once(store: Store, key: str) -> None:
    session = DeskSession(store, key, 1, "Camille", FR)
    one, two = made(), made("note", target="r2", new="à revoir")
    session.receive(outbox(session, one, head=0))
    session.receive(outbox(session, one, two, head=0))
    session.receive(outbox(session, one, two, head=0))
    assert [decision.id for decision in store.decisions(key)] == [one["id"], two["id"]]
    assert set(session.data()["saved"]) == {one["id"], two["id"]}


def test_what_was_saved_before_the_page_was_loaded_anew_is_confirmed(store: Store, key: str) -> None:
    one = made()
    before = DeskSession(store, key, 1, "Camille", FR)
    before.receive(outbox(before, one))
    after = DeskSession(store, key, 1, "Camille", FR)
    after.receive(outbox(after, one, head=0))
    assert after.data()["saved"] == [one["id"]]
    assert after.head == 1


def test_what_the_record_does_not_allow_is_refused_with_a_sentence_and_the_rest_is_saved(
    store: Store, key: str
) -> None:
    session = DeskSession(store, key, 1, "Camille", FR)
    bad, good = made(targets=["r99"]), made()
    session.receive(outbox(session, bad, good))
    data = session.data()
    (refusal,) = data["refused"]
    assert refusal["id"] == bad["id"]
    assert "r99" in refusal["message"]
    assert data["saved"] == [good["id"]]


def test_who_comes_late_is_told_by_whom_and_may_decide_the_same_again(store: Store, key: str) -> None:
    camille = DeskSession(store, key, 1, "Camille", FR)
    # In two windows of one reviewer the lock keeps nothing apart: the head does.
    window = DeskSession(store, key, 1, "Camille", FR)
    first, late = made("reject", targets=["r1"]), made("accept", targets=["r2"])
    gone = made("edit", target="r1", fields={"position": {"old": 1, "new": 3}})
    window.receive(outbox(window, first))
    camille.receive(outbox(camille, late, gone, head=0))
    data = camille.data()
    assert data["stale"]["ids"][:1] == [late["id"]]
    assert data["head"] == 1
    assert data["stale"]["by"] == ["Camille"]
    assert len(store.decisions(key)) == 1
    camille.receive(outbox(camille, late, head=1))
    assert camille.data()["saved"] == [late["id"]]
    assert camille.data()["stale"] is None or late["id"] not in camille.data()["stale"]["ids"]


def test_somebody_elses_lock_is_shown_and_kept(store: Store, key: str) -> None:
    DeskSession(store, key, 1, "Paul", FR)
    camille = DeskSession(store, key, 1, "Camille", FR)
    camille.receive(outbox(camille, made()))
    data = camille.data()
    assert data["lock"]["holder"] == "Paul"
    assert not data["lock"]["mine"]
    assert "Paul" in data["trouble"]
    assert store.decisions(key) == ()


def test_leaving_gives_the_lock_back_and_brings_the_queue_up_to_date(store: Store, key: str) -> None:
    camille = DeskSession(store, key, 1, "Camille", FR)
    camille.receive(outbox(camille, made()))
    assert camille.leave() is None
    assert store.lock_on(key, 1, "Paul") is None
    assert store.queue().rows[0].status == "in_review"
    assert DeskSession(store, key, 1, "Paul", FR).lock is not None


def test_a_database_that_does_not_answer_is_told_and_tried_again(
    store: Store, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = DeskSession(store, key, 1, "Camille", FR)
    one = made()

    def busy(*_: Any, **__: Any) -> int:
        raise InputError("store_busy")

    with monkeypatch.context() as broken:
        broken.setattr(store, "append", busy)
        session.receive(outbox(session, one))
        data = session.data()
        assert data["trouble"]
        assert data["saved"] == []
        assert data["refused"] == []
    session.receive(outbox(session, one))
    assert session.data()["saved"] == [one["id"]]
    assert session.data()["trouble"] is None


def test_what_others_decided_arrives_by_itself(store: Store, key: str) -> None:
    camille = DeskSession(store, key, 1, "Camille", FR)
    other = DeskSession(store, key, 1, "Camille", FR)
    other.receive(outbox(other, made("reject")))
    camille.poll()
    assert "r1" in camille.data()["gone"]


def test_readings_are_blind_to_each_other(store: Store, key: str) -> None:
    store.assign_double([key])
    first, second = DeskSession(store, key, 1, "Camille", FR), DeskSession(store, key, 2, "Paul", FR)
    first.receive(outbox(first, made("reject")))
    second.poll()
    assert second.data()["gone"] == {}
    assert second.data()["log"] == []


def test_a_document_that_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(InputError):
        DeskSession(store, "nulle-part", 1, "Camille", FR)


def test_the_order_of_doubt_stays_while_facts_are_accepted(store: Store, key: str) -> None:
    session = DeskSession(store, key, 1, "Camille", FR)
    before = session.data()["order"]
    session.receive(outbox(session, made(targets=["r2"]), made("reject")))
    assert session.data()["order"] == before == ["r2", "r1", "s1", "d1", "d2"]


def test_a_page_left_open_does_not_keep_others_out(
    store: Store, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    camille = DeskSession(store, key, 1, "Camille", FR)
    taken: list[str] = []
    monkeypatch.setattr(camille, "_take_lock", lambda: taken.append("lock"))
    camille.poll()
    assert taken == ["lock"]
    monkeypatch.setattr(camille, "_active", camille._active - IDLE_AFTER)
    camille.poll()
    assert taken == ["lock"]
