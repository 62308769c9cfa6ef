"""A run: every input is handed out once, what becomes of it is kept, and what is kept is known to be.

An input whose record is there, made by the same settings of the same bytes, is not done again. Its file is
not even read where its size and times are as they were.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from extractor.batch.folder import Sink
from extractor.batch.interrupts import Interrupts
from extractor.batch.ledger import DONE, FAILED, Entry
from extractor.batch.task import Done, Engine, Failure, Settings, Task
from extractor.errors import ParcFermeError

COMMIT_SECONDS = 1.0
"""What is done is kept so often: no more than this is lost, whatever happens."""

COMMIT_DOCUMENTS = 1_000

_SETTLED = 2.0  # seconds after which a file that changes again has other times, on every file system


class Watcher(Protocol):
    """Is told how a run goes, in the order in which things happen."""

    def done(self, done: Done) -> None:
        """A document was read, or failed."""

    def known(self, task: Task, failure: Failure | None) -> None:
        """A document was read, or failed, in a former run, and nothing has changed since."""


@dataclass(slots=True)
class Run:
    """One run over any number of inputs.

    Attributes:
        sink: Takes the records, and has the ledger.
        engine: Does the work.
        settings: Of all documents.
        watcher: Is told how it goes.
        retry_failed: Try what failed in a former run once more, though nothing has changed.
    """

    sink: Sink
    engine: Engine
    settings: Settings
    watcher: Watcher
    retry_failed: bool = False
    _interrupts: Interrupts = field(default_factory=Interrupts, init=False)
    _before: dict[str, Entry] = field(default_factory=dict, init=False)
    _since: float = field(default=0.0, init=False)
    _uncommitted: int = field(default=0, init=False)

    def run(self, tasks: Iterable[Task]) -> None:
        """Do everything; what was done stays done, however this ends.

        Raises:
            OutputError: Something cannot be written. The same command goes on where this one ended.
            ModelError: The model is none, or damaged; likewise whatever no document would survive.
            KeyboardInterrupt: The user asked to stop.
            SystemExit: Somebody else did.
        """
        self._since = time.monotonic()
        with self._interrupts:
            complete = False
            try:
                self._work(tasks)
                complete = True
            finally:
                # On the way out of an error there may be no room to write; what was kept is kept already.
                with self._interrupts.deferred():
                    self._finish(complete)

    def _work(self, tasks: Iterable[Task]) -> None:
        working = self.engine.run(self._handed_out(tasks), self.settings)
        try:
            for done in working:
                with self._interrupts.deferred():
                    self._keep(done)
        finally:
            close = getattr(working, "close", None)
            if close is not None:
                with self._interrupts.deferred():
                    close()

    def _finish(self, complete: bool) -> None:
        with self.sink.ledger.refusals():
            if complete:
                self.sink.finish(complete=True)
                return
            with suppress(ParcFermeError):
                self.sink.finish(complete=False)

    # --- handing out

    def _handed_out(self, tasks: Iterable[Task]) -> Iterator[Task]:
        for task in tasks:
            with self._interrupts.deferred(), self.sink.ledger.refusals():
                handed = self._handed(task)
            if handed is not None:
                yield handed

    def _handed(self, task: Task) -> Task | None:
        """Return a task with its name and what is known of it; ``None`` where nothing is left to do."""
        ledger = self.sink.ledger
        if self.sink.is_own(task):
            return None
        entry = ledger.find(task.key)
        if entry is not None and entry.seen == ledger.run:
            return None  # it comes twice
        name = ledger.add(task) if entry is None or entry.name is None else entry.name
        if entry is not None:
            ledger.see(entry)
        if task.failure is not None:
            if entry is not None:
                self._before[task.key] = entry
            self._keep(Done(task, failure=task.failure))
            return None
        signature = _signature(task)
        if entry is None or not self._stands(entry):
            self.sink.accept(name)
            if entry is not None and entry.state is not None:
                self._before[task.key] = entry
            return task.named(name, None, signature)
        if signature and signature == entry.signature:
            self.watcher.known(task, entry.failure)
            return None
        self._before[task.key] = entry
        return task.named(name, entry.known if entry.known.fingerprint else None, signature)

    def _stands(self, entry: Entry) -> bool:
        """Say whether what became of an input would become of it again, if it is what it was."""
        if entry.settings != self.settings.fingerprint:
            return False
        if entry.state == DONE:
            return self.sink.holds(entry)
        return entry.state == FAILED and entry.limits == self.settings.limits and not self.retry_failed

    # --- keeping

    def _keep(self, done: Done) -> None:
        ledger = self.sink.ledger
        before = self._before.pop(done.task.key, None)
        with ledger.refusals():
            if done.unchanged:
                ledger.confirm(done)
                self.watcher.known(done.task, before.failure if before is not None else None)
            else:
                shard = None
                if done.failure is None:
                    shard = self.sink.put(done)
                elif before is not None:
                    self.sink.drop(before)
                ledger.finish(done, self.settings, shard)
                self.watcher.done(done)
            self._uncommitted += 1
            if self._uncommitted >= COMMIT_DOCUMENTS or time.monotonic() - self._since >= COMMIT_SECONDS:
                self.sink.commit()
                self._uncommitted, self._since = 0, time.monotonic()


def _signature(task: Task) -> str:
    """Return size and times of a task's file; nothing where they prove nothing."""
    if task.source is None or task.source.path is None:
        return ""
    try:
        found = os.stat(task.source.path)  # noqa: PTH116 - of a million files
    except (OSError, ValueError):
        return ""
    if time.time() - max(found.st_mtime, found.st_ctime) < _SETTLED:
        return ""  # it may change once more within the same tick of the file system's clock
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}"
