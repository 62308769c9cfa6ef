"""Workers: one that hangs, dies or eats costs its own document, once, and nobody waits for anybody for ever."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.batch import pool
from extractor.batch.pool import Pool
from extractor.batch.task import Done, Settings, Task
from tests.unit.batch import stub_worker

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def stubs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have workers that know no model, and so start at once."""
    monkeypatch.setattr(pool.workers, "serve", stub_worker.serve)
    monkeypatch.setattr(pool, "_context", lambda _: multiprocessing.get_context("spawn"))


def done(texts: list[str], *, ordered: bool = False, **settings: float) -> dict[str, Done]:
    tasks = [Task(str(k), f"t{k}", text=text) for k, text in enumerate(texts)]
    engine = Pool(2, ordered=ordered)
    made = list(engine.run(tasks, Settings(**settings)))  # type: ignore[arg-type]
    assert len(made) == len({one.task.key for one in made}) == len(texts)
    return {one.task.key: one for one in made}


def failures(made: dict[str, Done]) -> dict[str, str]:
    return {key: one.failure.code for key, one in made.items() if one.failure is not None}


def test_all_is_done_by_two_and_in_order_where_that_is_asked() -> None:
    texts = [f"Théo gagne {k} fois." for k in range(300)]
    made = done(texts, ordered=True)
    assert list(made) == [str(k) for k in range(300)]
    assert len({(one.payload or "").split()[0] for one in made.values()}) == 2


def test_what_hangs_dies_or_eats_costs_itself_alone(tmp_path: Path) -> None:
    texts = ["Théo gagne."] * 12
    texts[1], texts[3], texts[5] = "DORS", "MEURS", f"MEURS-UNE-FOIS {tmp_path / 'mark'}"
    if sys.platform.startswith("linux"):
        texts[7] = "MANGE"
    made = done(texts, timeout=2.0, max_memory=512 << 20)
    wanted = {"1": "timed_out", "3": "worker_died"}
    if sys.platform.startswith("linux"):
        wanted["7"] = "out_of_memory"
    assert failures(made) == wanted
    assert made["1"].fingerprint == "of 1"  # so that it is known when it comes again
    assert made["1"].seconds >= 2.0


def test_a_worker_that_is_worn_is_replaced() -> None:
    made = done(["USE"] * 4)
    assert len({(one.payload or "").split()[0] for one in made.values()}) == 4


def test_texts_larger_than_a_pipe_block_nobody() -> None:
    made = done(["Théo gagne. " * 100_000] * 8)
    assert all(len(one.payload or "") > 1_000_000 for one in made.values())


def test_tasks_are_taken_as_they_can_be_done() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(1_000):
            taken.append(number)
            yield Task(str(number), "t", text="Théo gagne.")

    running = Pool(2).run(tasks(), Settings())
    next(running)
    assert len(taken) < 10
    running.close()  # type: ignore[attr-defined]
    assert not [one for one in multiprocessing.active_children() if one.name == "parcferme"]


def test_the_order_waits_for_the_slow_without_keeping_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_WINDOW", 8)
    taken: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(200):
            taken.append(number)
            yield Task(str(number), "t", text="DORS" if number == 0 else "Théo gagne.")

    began = time.monotonic()
    running = Pool(2, ordered=True).run(tasks(), Settings(timeout=3.0))
    first = next(running)
    assert first.failure is not None
    assert time.monotonic() - began >= 3.0
    assert len(taken) <= 30
    assert len(list(running)) == 199
