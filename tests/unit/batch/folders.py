"""Runs without processes and without a pipeline: what a run keeps, and what it does again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.batch.files import Place
from extractor.batch.folder import Files, ShardFiles, Sink, open_ledger
from extractor.batch.run import Run
from extractor.batch.shards import KINDS
from extractor.batch.task import Done, Failure, Settings, Task
from extractor.batch.work import work


@dataclass
class Listener:
    """Remembers what it is told."""

    made: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    still_failed: list[str] = field(default_factory=list)

    def done(self, done: Done) -> None:
        (self.made if done.failure is None else self.failed).append(done.task.key)

    def known(self, task: Task, failure: Failure | None) -> None:
        (self.unchanged if failure is None else self.still_failed).append(task.key)


class Here:
    """An engine of this process, whose records say nothing; ``meanwhile`` may interfere with each document."""

    def __init__(self, meanwhile: Callable[[Task], None] = lambda _: None) -> None:
        self._meanwhile = meanwhile

    def run(self, tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
        for task in tasks:
            self._meanwhile(task)
            yield work(task, settings)


class Unordered(Here):
    """The same, each four tasks back to front."""

    def run(self, tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
        some: list[Done] = []
        for done in super().run(tasks, settings):
            some.insert(0, done)
            if len(some) == 4:
                yield from some
                some = []
        yield from some


def texts(reports: dict[str, str]) -> list[Task]:
    """Return tasks for texts by their names; a text ``""`` fails."""
    return [Task(name, name.rpartition("/")[2], text=text, label=name) for name, text in reports.items()]


def sink_of(folder: Path, fmt: str, rows: int = 3) -> Sink:
    place = Place(folder, fmt)
    ledger = open_ledger(place)
    try:
        if fmt == "json":
            return Files(place, ".json", ledger, lambda _: False)
        return ShardFiles(place, ledger, rows=rows)
    except BaseException:
        ledger.close(keep=False)
        raise


def run(
    folder: Path,
    tasks: Iterable[Task],
    fmt: str = "jsonl.zst",
    *,
    engine: Here | None = None,
    settings: Settings | None = None,
    retry_failed: bool = False,
) -> Listener:
    """Run tasks into a folder as the command does."""
    heard = Listener()
    sink = sink_of(folder, fmt)
    try:
        Run(sink, engine or Here(), settings or Settings(), heard, retry_failed).run(tasks)
    finally:
        sink.ledger.close(keep=False)
    return heard


def records(folder: Path, fmt: str = "jsonl.zst") -> dict[str, str]:
    """Return the records of a folder by their ids, as they are written; none is there twice."""
    found: dict[str, str] = {}
    for line in lines(folder, fmt):
        name = json.loads(line)["document"]["id"]
        assert name not in found, f"{name} is there twice"
        found[name] = line
    return found


def lines(folder: Path, fmt: str) -> Iterator[str]:
    if fmt == "json":
        yield from (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json")))
    else:
        for path in sorted(folder.glob(f"records-*.{fmt}")):
            yield from KINDS[fmt]().read(path)


def read_texts(folder: Path, fmt: str = "jsonl.zst") -> dict[str, str]:
    """Return the texts of the records by their ids."""
    return {name: json.loads(line)["document"]["text"] for name, line in records(folder, fmt).items()}


def changed(settings: Settings, **values: object) -> Settings:
    return replace(settings, **values)  # type: ignore[arg-type]
