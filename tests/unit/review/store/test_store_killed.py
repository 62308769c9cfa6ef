"""Killed in the middle of saving: what was said to be saved is there, and everything replays."""

from __future__ import annotations

import os
import random
import time

import pytest
from processes import Child, Say, Work
from sqlalchemy import text
from store_builders import added, decision, report

from extractor.review.apply import apply
from extractor.review.decisions import Edit, Note, Reject, Replaced, Undo
from extractor.review.queue import Summary
from extractor.review.store import Store

pytestmark = pytest.mark.slow

#: ``python -m benchmarks.review_kills`` does it two hundred times.
ROUNDS = int(os.environ.get("PARCFERME_KILLS", "40"))


def save_for_ever(store: Store, keys: list[str], seed: int) -> Work:
    """Save decisions, now one and now several, and say their ids only after ``append`` has returned."""

    def work(say: Say) -> None:
        dice = random.Random(seed)
        while True:
            key = dice.choice(keys)
            head = store.document(key).heads.get(1, 0)
            edit = Edit(target="r1", fields={"laps": Replaced(old=None, new=dice.randint(1, 90))})
            made = [decision(key, edit)]
            if dice.random() < 0.4:
                note = Note(target="d1", new="x" * 5000)
                made += [decision(key, Reject(targets=("r1",))), decision(key, note)]
                made.append(decision(key, Undo(decision=made[1].id)))
            store.append(made, head=head)
            say(f"{key} {','.join(one.id for one in made)}")
            if dice.random() < 0.3:
                store.set_summary(key, Summary(title=str(head), findings=("two_winners",)))
            if dice.random() < 0.1:
                store.add_document(report(f"Étienne Cœurderoy, {seed}, {head}."), model="m")

    return work


def begun(store: Store, keys: list[str], seed: int) -> tuple[Child, bytes]:
    """Return a process that has saved something, and the beginning of what it said.

    It opens connections of its own; what SQLAlchemy has learnt of our statements it inherits, which is why this
    is quick.
    """
    store.close()
    child = Child(save_for_ever(store, keys, seed))
    return child, child.first()


def test_killed_again_and_again_and_nothing_lost(store: Store) -> None:
    dice = random.Random(20261123)
    saved: dict[str, str] = {}
    keys: list[str] = []
    for round_ in range(ROUNDS):
        if round_ % 20 == 0:
            keys = [added(store, origin=f"{round_}-{n}") for n in range(3)]
        child, first = begun(store, keys, round_)
        time.sleep(dice.random() * 0.03)
        child.kill()
        lines = child.said(first)
        assert lines
        assert not [line for line in lines if line.startswith("fault")], lines
        new = {one: line.split()[0] for line in lines for one in line.split()[1].split(",")}
        assert new.keys() <= ids(store)
        saved |= new
        if store.is_sqlite:
            with store._engine.connect() as connection:
                assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    check_everything(store, saved)


def ids(store: Store) -> set[str]:
    with store._engine.connect() as connection:
        return set(connection.scalars(text("SELECT id FROM decisions")))


def check_everything(store: Store, saved: dict[str, str]) -> None:
    """Every line said is in the log, every log is whole, every state replays."""
    logged = {one.id: one.document for one in store.log()}
    assert saved.items() <= logged.items()
    for key in [row.key for row in store.queue(limit=10_000).rows]:
        decisions = store.decisions(key)
        assert store.document(key).heads.get(1, 0) == len(decisions)
        state = store.state(key)
        assert state.reviewed == apply(store.record(key), decisions)
        assert not state.reviewed.stranded
    with Store.open(str(store._engine.url.render_as_string(hide_password=False))) as again:
        assert again.totals() == store.totals()
        assert again.totals().decisions == len(logged)


def test_a_server_that_crashes_loses_nothing_that_was_said_to_be_saved(postgres) -> None:
    url = postgres.database()
    saved: dict[str, str] = {}
    with Store.open(url) as store:
        keys = [added(store, origin=str(n)) for n in range(3)]
        for round_ in range(6):
            child, first = begun(store, keys, round_)
            time.sleep(0.05)
            postgres.control("stop", "-m", "immediate")
            lines = [line for line in child.said(first) if not line.startswith("fault")]
            postgres.start()
            saved |= {one: line.split()[0] for line in lines for one in line.split()[1].split(",")}
        assert len(saved) >= 6  # one a round at least; a busy machine gets no further
        check_everything(store, saved)
