"""What a cluster costs and gains: one worker against two, and processor time per document beside the reading.

    python -m benchmarks.batch_cluster [--reports 2000] [--empty 20000] [--rounds 3] [--model none]
    python -m benchmarks.batch_cluster --others   # Dask, Ray and Spark at one task, where they are installed

A real cluster of Dask on this machine: a scheduler and workers, each a process. One worker and two take
turns; the best round of each counts. The cost is measured with rows without text, which fail at once: what
remains is the way there and back, in processor seconds of this process (which hands out, and takes in),
the scheduler, and the workers with the processes beside them. These hold on a busy machine, too; the speed-up
is for a quiet one with a core for each worker and some to spare.

``--others`` gives each engine the same work, with batches of the same size and two processes: to start, with
a first batch that loads the pipeline; then all texts; then nothing but empty batches. Linux alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import clusters
from benchmarks.processes import resident, tree
from benchmarks.speed import distinct, texts
from extractor.batch.dask_engine import DaskEngine
from extractor.batch.task import Done, Settings, Task

TARGET = 1.8
_BATCH = 32
_ROUNDS_BEFORE = 64  # documents for each worker, so that all have the pipeline


def reports(count: int, prefix: str) -> Iterator[Task]:
    """Yield as many rows with reports, no two the same."""
    for number, text in enumerate(distinct(texts(), count)):
        yield Task(f"{prefix}#{number}", str(number), text=text, name=str(number))


def empty(count: int) -> Iterator[Task]:
    """Yield rows without text."""
    for number in range(count):
        yield Task(f"empty#{number}", str(number), text=" ", name=str(number))


def processor_seconds(root: int) -> float:
    """Return the processor time of a process and all that it has started, living or ended."""
    total, tick = 0.0, os.sysconf("SC_CLK_TCK")
    for one in tree(root):
        try:
            stat = Path(f"/proc/{one}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        total += sum(map(int, stat.rpartition(")")[2].split()[11:15])) / tick
    return total


def timed(address: str, tasks: Iterator[Task], settings: Settings) -> tuple[float, list[Done]]:
    """Return the seconds that a run takes from the first document that comes back, and all documents."""
    began = 0.0
    done: list[Done] = []
    for one in DaskEngine(address, patience=60).run(tasks, settings):
        began = began or time.perf_counter()
        done.append(one)
    return time.perf_counter() - began, done


# ------------------------------------------------------------------------------------------------ scaling


def scaling(count: int, rounds: int, settings: Settings) -> None:
    """Print what one worker reads in a second, and two."""
    best: dict[int, float] = {}
    words = sum(len(task.text.split()) for task in reports(count, "w") if task.text)
    with clusters.running(1) as one, clusters.running(2) as two:
        for workers, cluster in ((1, one), (2, two)):
            timed(cluster.address, reports(_ROUNDS_BEFORE * workers, "first"), settings)
        for turn in range(rounds):
            for workers, cluster in ((1, one), (2, two)):
                taken, done = timed(cluster.address, reports(count, f"r{turn}"), settings)
                assert len(done) == count
                best[workers] = min(taken, best.get(workers, taken))
    print(f"{count} reports, {words} words, best of {rounds}:")
    for workers, taken in best.items():
        print(f"  {workers} worker(s): {count / taken:8.1f} documents/s {words / taken:10.0f} words/s")
    gain = best[1] / best[2]
    print(f"  speed-up of two over one: {gain:.2f} (target on a quiet machine: {TARGET})")


# --------------------------------------------------------------------------------------------------- cost


def cost(count: int, settings: Settings) -> None:
    """Print the processor time that a document costs beside its reading, by who pays it."""
    with clusters.running(2) as cluster:
        timed(cluster.address, empty(2000), settings)
        payers = {
            "this process": [os.getpid()],
            "scheduler": [cluster.scheduler.pid],
            "workers": [worker.pid for worker in cluster.workers],
        }
        own = [worker.pid for worker in cluster.workers] + [cluster.scheduler.pid]

        def spent() -> dict[str, float]:
            sums = {name: sum(map(processor_seconds, roots)) for name, roots in payers.items()}
            sums["this process"] -= sum(map(processor_seconds, own))  # they were started from here
            return sums

        before = spent()
        taken, done = timed(cluster.address, empty(count), settings)
        after = spent()
        assert len(done) == count
        memory = resident([os.getpid()]) / 2**20
    print(f"{count} rows without text, {taken:.1f} s; this process holds {memory:.0f} MiB:")
    for name in payers:
        print(
            f"  {name:14s} {1e6 * (after[name] - before[name]) / count:8.0f} µs of processor time a document"
        )


# ------------------------------------------------------------------------------------------------- others

Do = Callable[[Sequence[list[str]]], int]


def read_batch(batch: list[str]) -> int:
    """Read some texts; return how many characters their records have."""
    import extractor

    return sum(len(extractor.extract(text, model="none").to_json()) for text in batch)


@dataclass(frozen=True, slots=True)
class Other:
    """An engine to compare.

    Attributes:
        name: What it is called.
        module: What must be installed.
        start: Starts it with two processes, and gives what reads batches.
    """

    name: str
    module: str
    start: Callable[[], AbstractContextManager[Do]]


@contextmanager
def _dask() -> Iterator[Do]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        yield lambda batches: sum(client.gather(client.map(read_batch, batches, pure=False)))


@contextmanager
def _ray() -> Iterator[Do]:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    read = ray.remote(read_batch)
    try:
        yield lambda batches: sum(ray.get([read.remote(batch) for batch in batches]))
    finally:
        ray.shutdown()


@contextmanager
def _ray_data() -> Iterator[Do]:
    import ray
    import ray.data

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    ray.data.DataContext.get_current().enable_progress_bars = False

    def read(rows: dict[str, list[list[str]]]) -> dict[str, list[int]]:
        return {"size": [read_batch(list(texts)) for texts in rows["texts"]]}

    def do(batches: Sequence[list[str]]) -> int:
        rows = ray.data.from_items([{"texts": batch} for batch in batches], override_num_blocks=len(batches))
        return int(sum(row["size"] for row in rows.map_batches(read, batch_size=1).take_all()))

    try:
        yield do
    finally:
        ray.shutdown()


@contextmanager
def _spark() -> Iterator[Do]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.log.level", "OFF").getOrCreate()
    try:
        context = session.sparkContext
        yield lambda batches: int(context.parallelize(batches, len(batches)).map(read_batch).sum())
    finally:
        session.stop()


OTHERS = (
    Other("Dask", "distributed", _dask),
    Other("Ray tasks", "ray", _ray),
    Other("Ray Data", "ray", _ray_data),
    Other("Spark", "pyspark", _spark),
)


def others(count: int) -> None:
    """Print what each engine takes for the same work."""
    batches = [list(batch) for batch in _batches(distinct(texts(), count))]
    nothing: list[list[str]] = [[] for _ in range(1000)]
    print(f"{count} reports in batches of {_BATCH}, two processes:")
    for other in OTHERS:
        if importlib.util.find_spec(other.module) is None:
            print(f"  {other.name:10s} is not installed")
            continue
        began = time.perf_counter()
        with other.start() as do:
            do(batches[:4])
            started = time.perf_counter()
            do(batches)
            worked = time.perf_counter()
            do(nothing)
            idle = time.perf_counter()
            memory = (resident(tree(os.getpid())) - resident([os.getpid()])) / 2**20
        print(
            f"  {other.name:10s} start {started - began:6.1f} s, reading {worked - started:6.1f} s,"
            f" {1e3 * (idle - worked) / len(nothing):6.2f} ms an empty batch, {memory:6.0f} MiB of processes"
        )


def _batches(all_texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(all_texts), _BATCH):
        yield all_texts[begin : begin + _BATCH]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch_cluster", description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--empty", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="none", help="folder of a model's bundle, or none")
    parser.add_argument("--others", action="store_true", help="Dask, Ray and Spark at one task")
    options = parser.parse_args(arguments)
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if options.others:
        others(options.reports)
        return 0
    settings = Settings(model=options.model)
    cost(options.empty, settings)
    scaling(options.reports, options.rounds, settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
