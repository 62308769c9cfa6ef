"""Tasks done by processes side by side, each within a time and a memory that its document may take.

A worker that hangs is ended and replaced; the document that it hung on is a failure, and so is one that
exhausts its memory. A worker that dies otherwise may have been somebody's victim: its document is given to
another worker once more, and is a failure only when that one dies as well.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import types
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection as connections
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, cast

from extractor.batch import worker as workers
from extractor.batch.nursery import VARIABLE
from extractor.batch.task import Done, Failure, Known, Settings, Task
from extractor.batch.work import work

_AHEAD = 2
"""Tasks that a worker has at a time: the one it does and the next, so that it never waits."""

_WINDOW = 64
"""How many tasks for each process may be ahead of the oldest one where the order is kept."""

_LARGE = 8_000  # characters

_TRIES = 2
_LONGEST_WAIT = 1.0
_END = 3.0  # seconds for a process to end
_starting = (
    threading.Lock()
)  # environment and main module are the whole process's, which may have several crews
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@dataclass(slots=True)
class _Given:
    """A task that a worker has, with its place in the order, and how often it was given out."""

    place: int
    task: Task
    tries: int = 1
    known: Known | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    """A worker, as seen from here."""

    process: BaseProcess
    connection: Connection
    given: deque[_Given] = field(default_factory=deque)
    since: float = 0.0
    is_ready: bool = False
    is_worn: bool = False

    def give(self, given: _Given) -> None:
        if not self.given:
            self.since = time.monotonic()
        self.given.append(given)
        with suppress(
            BrokenPipeError, ConnectionResetError
        ):  # it has died, which is noticed where it is heard
            self.connection.send(given.task)

    def end(self) -> None:
        """End it at once, with whatever it has started."""
        self.connection.close()
        if self.process.pid is not None and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join(_END)


class Pool:
    """An engine of processes on this machine.

    Args:
        processes: How many.
        ordered: Yield in the order of the tasks.
    """

    def __init__(self, processes: int, *, ordered: bool = False) -> None:
        self._processes, self._ordered = max(1, processes), ordered

    def run(self, tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
        """Yield what becomes of each task; see :class:`~extractor.batch.task.Engine`."""
        crew = Crew(settings, self._processes)
        try:
            yield from (
                self._in_order(crew, tasks) if self._ordered else (done for _, done in crew.work(tasks, None))
            )
        finally:
            crew.end()

    def _in_order(self, crew: Crew, tasks: Iterable[Task]) -> Iterator[Done]:
        waiting: dict[int, Done] = {}
        following = 0
        for place, done in crew.work(tasks, self._processes * _WINDOW):
            waiting[place] = done
            while following in waiting:
                yield waiting.pop(following)
                following += 1


class Crew:
    """Workers that wait for tasks until they are told to end.

    Args:
        settings: Of all their tasks.
        processes: How many workers.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self._settings, self._processes = settings, processes
        self._context: BaseContext | None = None
        self._workers: list[_Worker] = []
        self._again: deque[_Given] = deque()
        self._out: set[int] = set()
        self._last = -1

    def work(self, tasks: Iterable[Task], window: int | None) -> Iterator[tuple[int, Done]]:
        """Yield what becomes of the tasks, each with its place in their order.

        Args:
            tasks: Taken as there is somebody to do them.
            window: How far a task may be ahead of the oldest that is out; ``None`` for any distance.
        """
        ahead = enumerate(tasks)
        is_over = False
        while not is_over or self._out or self._again:
            while not is_over or self._again:
                free = self._free(window)
                if free is None:
                    break
                given = self._next(ahead)
                if given is None:
                    is_over = True
                    break
                if _is_here(given.task):
                    yield given.place, work(given.task, self._settings)
                    continue
                if free.given and _is_large(given.task):
                    self._again.appendleft(given)
                    break
                self._out.add(given.place)
                free.give(given)
            for place, done in self._heard() if self._out else ():
                self._out.discard(place)
                yield place, done

    def end(self) -> None:
        """End all workers."""
        for one in self._workers:
            one.end()
        self._workers.clear()

    # --- handing out

    def _next(self, ahead: Iterator[tuple[int, Task]]) -> _Given | None:
        if self._again:
            return self._again.popleft()
        following = next(ahead, None)
        if following is None:
            return None
        self._last = following[0]
        return _Given(*following)

    def _free(self, window: int | None) -> _Worker | None:
        """Return the worker that has least to do and may have more, if there is one."""
        if window is not None and self._out and not self._again and self._last - min(self._out) >= window:
            return None
        free = [one for one in self._workers if len(one.given) < _AHEAD and not one.is_worn]
        idle = next((one for one in free if not one.given), None)
        if idle is None and len(self._workers) < self._processes:
            idle = self._hired()
        return idle or min(free, key=lambda one: len(one.given), default=None)

    def _hired(self) -> _Worker:
        context = self._context = self._context or _context(self._settings.model)
        ours, theirs = context.Pipe()
        process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=workers.serve, args=(theirs, self._settings), daemon=True, name="parcferme"
        )
        with _starting, _without_main():
            process.start()
        theirs.close()
        hired = _Worker(process, ours)
        self._workers.append(hired)
        return hired

    # --- hearing

    def _heard(self) -> Iterator[tuple[int, Done]]:
        """Wait until somebody has something to say, or too long for nothing; yield what is done."""
        by_connection = {one.connection: one for one in self._workers if one.given}
        for spoken in connections.wait(list(by_connection), self._patience()):
            one = by_connection[cast("Connection", spoken)]
            try:
                kind, content = one.connection.recv()
            except (EOFError, ConnectionResetError, OSError):
                yield from self._dead(one)
                continue
            yield from self._told(one, kind, content)
        yield from self._late()

    def _told(self, one: _Worker, kind: str, content: Any) -> Iterator[tuple[int, Done]]:
        one.since = time.monotonic()
        if kind == "ready":
            one.is_ready = True
        elif kind == "read":
            one.given[0].known = content
        elif kind == "fatal":
            raise content
        elif kind == "done":
            done, one.is_worn = content
            yield one.given.popleft().place, done
            if one.is_worn:
                self._dismiss(one)

    def _patience(self) -> float:
        timeout = self._settings.timeout
        if timeout is None:
            return _LONGEST_WAIT
        now = time.monotonic()
        left = [one.since + timeout - now for one in self._workers if one.given and one.is_ready]
        return max(0.0, min(_LONGEST_WAIT, *left)) if left else _LONGEST_WAIT

    def _late(self) -> Iterator[tuple[int, Done]]:
        """End the workers whose documents take too long."""
        timeout = self._settings.timeout
        if timeout is None:
            return
        now = time.monotonic()
        hanging = [one for one in self._workers if one.given and one.is_ready and now - one.since > timeout]
        for one in hanging:
            if one.connection.poll():  # it has just said something
                continue
            given = one.given.popleft()
            yield given.place, _failed(given, "timed_out", now - one.since, limit=f"{timeout:g}")
            self._dismiss(one)

    def _dead(self, one: _Worker) -> Iterator[tuple[int, Done]]:
        """Replace a worker that died; its document is tried once more."""
        one.process.join(_END)
        code = one.process.exitcode
        given = one.given.popleft()
        if code is not None and code == -getattr(signal, "SIGALRM", sys.maxsize):
            timeout = self._settings.timeout or 0.0
            yield given.place, _failed(given, "timed_out", timeout, limit=f"{timeout:g}")
        elif given.tries < _TRIES:
            given.tries += 1
            self._again.append(given)
        else:
            yield given.place, _failed(given, "worker_died", 0.0, status=str(code))
        self._dismiss(one)

    def _dismiss(self, one: _Worker) -> None:
        """Let a worker go; what it has not begun is given to others."""
        self._again.extend(one.given)
        one.given.clear()
        self._workers.remove(one)
        one.end()


def _is_here(task: Task) -> bool:
    """Say whether only this process can read a document: standard input."""
    return task.source is not None and task.source.path is None


def _is_large(task: Task) -> bool:
    """Say whether a task may not fit into a connection that nobody reads just now.

    Sending it to a worker that is sending as well would have both wait for ever.
    """
    return task.text is not None and len(task.text) > _LARGE


def _failed(given: _Given, code: str, seconds: float, **parameters: str) -> Done:
    task, known = given.task, given.known or Known("")
    name = task.source.name if task.source is not None else task.key
    return Done(
        task.bare(), known.fingerprint, known.beside, failure=Failure(code, name, parameters), seconds=seconds
    )


def _context(model: str) -> BaseContext:
    """Return what starts processes: forks of one that has the model, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    # Processes side by side are what uses the cores; libraries that start threads beside them slow them down.
    with _starting, _environment({VARIABLE: model, **dict.fromkeys(_ONE_THREAD, "1")}), _without_main():
        context.set_forkserver_preload(["extractor.batch.nursery"])
        forkserver.ensure_running()
    return context


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep new processes from running the program's own file, which they have no use for."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
