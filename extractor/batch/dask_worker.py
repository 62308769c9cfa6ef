"""What a worker of a Dask cluster does: each parcel goes to processes of its own, which have the model.

A worker does not read documents itself. As on a single machine, processes beside it do, within limits: one
that hangs or exhausts its memory is ended and replaced, and the worker answers its scheduler all along.

They are forked from one that has loaded the model, once for each worker, and end when nothing has come for a
while: whoever started the run may have been killed and can no longer say that it is over.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from extractor.batch.alike import Kind, kind, model_here
from extractor.batch.limits import memory_for
from extractor.batch.parcels import packed, unpacked
from extractor.batch.pool import Crew
from extractor.batch.task import Done, Settings, Task
from extractor.errors import ParcFermeError, fault

IDLE_SECONDS = 120.0
"""So long after their last document the processes of a run end."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same for all parcels of a run.

    Attributes:
        settings: Of the run.
        kind: By what its documents are to be read.
        model: Digest of its model.
        own_memory: A document may take its share of the worker's machine, whatever the settings say.
    """

    settings: Settings
    kind: Kind
    model: str
    own_memory: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a worker gave up a parcel: what no document would survive, or a fault of ours."""

    error: ParcFermeError | None
    said: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a worker can do nothing for a run: what differs, here and there."""

    differences: tuple[tuple[str, str, str], ...]


def fitness(order: bytes) -> Unfit | None:
    """Say why this worker can do nothing for a run; ``None`` where it can."""
    said: Order = unpacked(order)
    return _fitness(said)


def _fitness(order: Order) -> Unfit | None:
    differences = order.kind.differences(kind())
    if not differences and model_here(order.settings.model, order.model) is None:
        differences = [("model", order.model[:12], "-")]
    return Unfit(tuple(differences)) if differences else None


def read_parcel(order: bytes, parcel: bytes) -> bytes:
    """Return what becomes of the documents of a parcel, packed; or :class:`Unfit`, or :class:`Fault`.

    Nothing is raised: an exception that cannot be pickled would never arrive.

    Args:
        order: What is the same for all, packed.
        parcel: The tasks, packed.
    """
    try:
        return packed(_outcome(order, parcel))
    except ParcFermeError as error:
        return packed(Fault(error, fault(error)))
    except Exception as error:
        return packed(Fault(None, fault(error)))


def _outcome(order: bytes, parcel: bytes) -> list[Done] | Unfit:
    said: Order = unpacked(order)
    if (unfit := _fitness(said)) is not None:
        return unfit
    tasks: tuple[Task, ...] = unpacked(parcel)
    model = model_here(said.settings.model, said.model)
    assert model is not None
    settings = replace(said.settings, model=model)
    if said.own_memory:
        settings = replace(settings, max_memory=_share_of_memory())
    with _crews.lent(settings) as crew:
        return [done for _, done in crew.work(tasks, None)]


def _share_of_memory() -> int | None:
    """Return how many bytes a document may take here, if as many are read at a time as there are threads.

    Several workers of one machine do not know of each other: each counts on its own threads alone.
    """
    from distributed import get_worker

    return memory_for(get_worker().state.nthreads)


@dataclass(slots=True)
class _Idle:
    """Processes that wait for the next parcel of their run."""

    settings: Settings
    crew: Crew
    since: float


@dataclass(slots=True)
class Crews:
    """The processes beside this worker: one for each thread of it, with the settings of its run."""

    _idle: list[_Idle] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _watch: threading.Timer | None = None

    @contextmanager
    def lent(self, settings: Settings) -> Iterator[Crew]:
        """Lend a process that works by some settings; it comes back unless something is wrong with it."""
        crew = self._taken(settings)
        try:
            yield crew
        except BaseException:
            crew.end()
            raise
        with self._lock:
            self._idle.append(_Idle(settings, crew, time.monotonic()))
            self._look_later()

    def _taken(self, settings: Settings) -> Crew:
        with self._lock:
            for index in reversed(range(len(self._idle))):  # the one that worked last is the warmest
                if self._idle[index].settings == settings:
                    return self._idle.pop(index).crew
            _allow_children()
            return Crew(settings, 1)

    def _look_later(self) -> None:
        if self._watch is None:
            self._watch = threading.Timer(IDLE_SECONDS / 2, self._look)
            self._watch.daemon = True
            self._watch.start()

    def _look(self) -> None:
        """End those that have waited too long."""
        now = time.monotonic()
        with self._lock:
            self._watch = None
            over = [one for one in self._idle if now - one.since >= IDLE_SECONDS]
            self._idle = [one for one in self._idle if now - one.since < IDLE_SECONDS]
            if self._idle:
                self._look_later()
        for one in over:
            one.crew.end()


_crews = Crews()


def _allow_children() -> None:
    """Let this process start others.

    Dask's nanny marks workers as daemons, which :mod:`multiprocessing` allows no children, lest they outlive
    them. Ours end with the connection to who started them, however that ended.
    """
    multiprocessing.process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
