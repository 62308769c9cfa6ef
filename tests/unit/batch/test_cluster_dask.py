"""Documents read by a real cluster of Dask, of several processes, some of which are killed."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from benchmarks import clusters
from extractor.batch.dask_engine import DaskEngine
from extractor.batch.serial import Serial
from extractor.batch.task import Done, Settings, Task
from extractor.errors import EngineError
from extractor.readers.source import Source, Told

pytestmark = pytest.mark.slow

REPORT = """Grand Prix de Brumeval, {number}e édition

Hugo Ferrandi (Écurie du Midi) l'emporte devant Luc Tessier. Parti en pole, Tessier abandonne au {number}e tour.
"""


def reports(count: int, begin: int = 0) -> Iterator[Task]:
    for number in range(begin, begin + count):
        text = REPORT.format(number=number)
        yield Task(f"r#{number}", f"r-{number}", text=text, label="r", name=f"r-{number}")


def engine(cluster: clusters.Cluster | None, **options: object) -> DaskEngine:
    address = None if cluster is None else cluster.address
    return DaskEngine(address, patience=30.0, **options)  # type: ignore[arg-type]


def payloads(done: list[Done]) -> dict[str, str | None]:
    assert Counter(one.task.key for one in done).most_common(1)[0][1] == 1
    return {one.task.key: one.payload for one in done}


@pytest.fixture(scope="module")
def cluster() -> Iterator[clusters.Cluster]:
    with clusters.running(2) as running:
        yield running


def test_a_cluster_reads_what_one_process_reads(cluster: clusters.Cluster, tmp_path: Path) -> None:
    def tasks() -> Iterator[Task]:
        yield from reports(30)
        for name, content in (("a.txt", REPORT.format(number=7).encode("cp1252")), ("vide.txt", b"")):
            path = tmp_path / name
            path.write_bytes(content)
            told = (Told("title", "Brumeval", "row title"),)
            yield Task(str(path), name, source=Source(name, path), label=name, name=name, told=told)
        absent = tmp_path / "absent.txt"
        yield Task(str(absent), "absent", source=Source("absent.txt", absent), name="absent")

    alone = list(Serial().run(tasks(), Settings()))
    for shared in (False, True):
        together = list(engine(cluster, shared=shared).run(tasks(), Settings()))
        assert payloads(together) == payloads(alone)
        assert {one.task.key: one.fingerprint for one in together} == {
            one.task.key: one.fingerprint for one in alone
        }
        assert Counter(one.failure.code for one in together if one.failure) == {
            "empty_file": 1,
            "not_found": 1,
        }


def test_tasks_are_taken_no_faster_than_they_are_done(cluster: clusters.Cluster) -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for task in reports(100_000):
            taken += 1
            yield task

    running = engine(cluster).run(tasks(), Settings())
    assert len(list(islice(running, 20))) == 20
    running.close()  # type: ignore[attr-defined]
    assert taken < 3000


def test_a_worker_that_is_killed_costs_no_document_and_repeats_none() -> None:
    with clusters.running(2) as cluster:
        done = []
        for one in engine(cluster).run(reports(120), Settings()):
            done.append(one)
            if len(done) == 10:
                os.kill(cluster.workers[0].pid, signal.SIGKILL)
            if len(done) == 40:  # one joins while the run is on
                cluster.add_worker()
        assert not any(one.failure for one in done)
        assert len(payloads(done)) == 120


def test_a_document_that_hangs_costs_itself_alone(cluster: clusters.Cluster, tmp_path: Path) -> None:
    pipe = tmp_path / "tuyau.txt"
    os.mkfifo(pipe)

    def tasks() -> Iterator[Task]:
        yield Task("tuyau", "tuyau", source=Source("tuyau.txt", pipe), name="tuyau")
        yield from reports(20)

    done = list(engine(cluster, shared=True).run(tasks(), Settings(timeout=2.0)))
    assert len(payloads(done)) == 21
    assert [(one.task.key, one.failure.code) for one in done if one.failure] == [("tuyau", "timed_out")]


def test_a_document_that_kills_whole_workers_is_found_and_costs_itself_alone(tmp_path: Path) -> None:
    preload = tmp_path / "poison.py"
    preload.write_text(
        "import os\n"
        "from extractor.batch import dask_worker\n"
        "if not hasattr(dask_worker, 'unpoisoned'):  # a preload is run more than once\n"
        "    dask_worker.unpoisoned = dask_worker.read_parcel\n"
        "def read_parcel(order, parcel):\n"
        "    if any('POISON' in task.text for task in dask_worker.unpacked(parcel)):\n"
        "        os._exit(9)\n"
        "    return dask_worker.unpoisoned(order, parcel)\n"
        "dask_worker.read_parcel = read_parcel\n"
    )

    def tasks() -> Iterator[Task]:
        yield from reports(1)
        yield Task("poison", "poison", text="POISON", name="poison")

    with clusters.running(0, scheduler={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}) as cluster:
        for _ in range(3):
            cluster.add_worker(preload=str(preload))
        done = list(engine(cluster).run(tasks(), Settings()))
    assert len(payloads(done)) == 2
    assert [(one.task.key, one.failure.code) for one in done if one.failure] == [("poison", "worker_died")]


def test_a_scheduler_that_goes_is_said_and_what_is_left_can_be_done_elsewhere() -> None:
    done = []
    with clusters.running(1) as cluster:
        running = engine(cluster).run(reports(5000), Settings())
        done += islice(running, 10)
        cluster.scheduler.kill()
        with pytest.raises(EngineError) as caught:
            done.extend(running)
        assert caught.value.code == "cluster_lost"
        assert caught.value.source == cluster.address
        assert len(payloads(done)) < 5000


def test_machines_that_are_not_alike_are_refused(tmp_path: Path) -> None:
    shutil.copytree(
        clusters.ROOT / "extractor", tmp_path / "extractor", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (tmp_path / "extractor" / "lexicon" / "speech.toml").open("a") as file:
        file.write("# a word more\n")
    with clusters.running(0) as cluster:
        cluster.add_worker(PYTHONPATH=str(tmp_path))
        with pytest.raises(EngineError) as caught:
            list(engine(cluster).run(reports(3), Settings()))
        assert caught.value.code == "cluster_unlike"
        assert caught.value.parameters["name"] == "code"


def test_a_cluster_that_is_not_there_or_has_no_worker_is_said() -> None:
    with clusters.running(0) as cluster:
        with pytest.raises(EngineError) as caught:
            list(DaskEngine(cluster.address, patience=1.0).run(reports(1), Settings()))
        assert caught.value.code == "cluster_no_workers"
    for address in (cluster.address, "10.0.0.1", "nulle part"):
        with pytest.raises(EngineError) as caught:
            list(DaskEngine(address, patience=1.0).run(reports(1), Settings()))
        assert caught.value.code == "cluster_unreachable"


def test_without_an_address_this_machine_is_the_cluster() -> None:
    done = list(engine(None, processes=1).run(reports(20), Settings()))
    assert len(payloads(done)) == 20
    assert not any(one.failure for one in done)
