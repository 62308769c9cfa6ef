"""Several at once: processes and threads on one store."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from processes import Say, Work, at_once
from store_builders import added, decision, report

from extractor.review.decisions import FIRST, Accept, Note
from extractor.review.queue import QueueFilter, Summary
from extractor.review.store import StaleError, Store

pytestmark = pytest.mark.slow


def appender(url: str, key: str, reviewer: str) -> Work:
    def work(say: Say) -> None:
        with Store.open(url) as store:
            for round_ in range(20):
                try:
                    store.append([decision(key, reviewer=reviewer)], head=round_)
                    say(f"{round_} won")
                except StaleError as error:
                    say(f"{round_} late {error.head}")
                # Both go on to the next head together.
                while store.document(key).heads.get(FIRST, 0) <= round_:
                    time.sleep(0.001)

    return work


def test_of_two_at_one_head_exactly_one_wins(store: Store, url: str) -> None:
    key = added(store)
    said = at_once([appender(url, key, name) for name in ("Odile", "Yann")])
    lines = [line for one in said for line in one]
    assert not [line for line in lines if line.startswith("fault")]
    assert Counter(line.split()[0] for line in lines if "won" in line) == {str(n): 1 for n in range(20)}
    # Who is late is told a head that is really there.
    assert all(int(line.split()[2]) > int(line.split()[0]) for line in lines if "late" in line)
    assert len(store.decisions(key)) == 20


def test_of_twenty_who_ask_for_a_lock_exactly_one_holds_it(store: Store, url: str) -> None:
    keys = [added(store, origin=str(n)) for n in range(5)]

    def locker(name: str) -> Work:
        def work(say: Say) -> None:
            with Store.open(url) as mine:
                for key in keys:
                    lock = mine.lock(key, FIRST, name)
                    say(f"{key} {lock.mine} {lock.holder}")

        return work

    said = at_once([locker(f"Relecteur {n}") for n in range(20)])
    lines = [line.split(" ", 2) for one in said for line in one]
    assert len(lines) == 100, said
    for key in keys:
        of_key = [line for line in lines if line[0] == key]
        assert [mine for _, mine, _ in of_key].count("True") == 1
        assert len({holder for _, _, holder in of_key}) == 1


def test_of_twenty_who_wait_for_a_lock_to_lapse_exactly_one_gets_it(store: Store, url: str) -> None:
    key = added(store)

    def heir(name: str) -> Work:
        def work(say: Say) -> None:
            with Store.open(url) as mine:
                while (lock := mine.lock(key, FIRST, name)).holder == "Odile":
                    time.sleep(0.01)
                say(f"{lock.mine}")

        return work

    store.lock(key, FIRST, "Odile", seconds=0.7)
    said = at_once([heir(f"Relecteur {n}") for n in range(20)])
    assert sorted(line for one in said for line in one) == ["False"] * 19 + ["True"]


def test_one_document_added_by_many_is_there_once(store: Store, url: str) -> None:
    def adder(say: Say) -> None:
        with Store.open(url) as mine:
            for n in range(10):
                say(mine.add_document(report(), model="m", origin=str(n)).novelty)
                say(mine.reviewer(f"Odile {n}").name)

    said = at_once([adder] * 6)
    lines = Counter(line for one in said for line in one)
    assert lines["new"] == 10
    assert lines["same"] == 50
    assert store.queue().total == len(store.reviewers()) == 10


def test_many_threads_of_one_process_on_one_store(store: Store) -> None:
    keys = [added(store, origin=str(n)) for n in range(8)]

    def session(number: int) -> int:
        saved = 0
        for n in range(6):
            key = keys[(number + n) % len(keys)]
            while True:
                head = store.state(key).head
                try:
                    store.append([decision(key, Accept(targets=("r1",)), reviewer=f"R{number}")], head=head)
                except StaleError:
                    continue
                saved += 1
                break
            store.queue(QueueFilter(text="valbrune"), "touched")
            store.lock(key, FIRST, f"R{number}")
            store.set_summary(key, Summary(title=f"{number}"))
            store.release(key, FIRST, f"R{number}")
        return saved

    with ThreadPoolExecutor(40) as pool:
        assert sum(pool.map(session, range(40))) == 40 * 6
    assert sum(1 for _ in store.log()) == 40 * 6
    assert threading.active_count() < 20


def test_what_one_page_sends_twice_at_once_is_saved_once(store: Store) -> None:
    key = added(store)
    made = [decision(key, Note(target="r1", new=str(n))) for n in range(5)]
    with ThreadPoolExecutor(8) as pool:
        heads = list(pool.map(lambda _: store.append(made, head=0), range(8)))
    assert set(heads) == {5}
    assert list(store.decisions(key)) == made
