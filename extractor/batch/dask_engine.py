"""Documents read by a Dask cluster: one that runs already, or one of this machine's own.

The cluster reads, and nothing else: names, ledger and output stay with the process that started the run,
which takes each document's outcome once. So a document is in the output once however often the cluster had to
read it, and a run that is cut goes on where it was, on this cluster, another or none.

https://distributed.dask.org/en/stable
"""

from __future__ import annotations

import logging
import queue
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from uuid import uuid4

from extractor.batch.alike import kind, model_digest
from extractor.batch.dask_worker import Fault, Order, Unfit, fitness, read_parcel
from extractor.batch.parcels import Packer, Parcel, packed, unpacked
from extractor.batch.task import Done, Failure, Settings, Task
from extractor.batch.work import work
from extractor.errors import EngineError, InputError, UsageError, fault
from extractor.readers.read import read_bytes

Client: TypeAlias = Any  # of a library that is not typed
Future: TypeAlias = Any
_AHEAD = 2
"""Parcels for each thread of the cluster: the one that is read and the next, so that none waits."""

_MOST_BYTES = 256 << 20
"""Of texts and files on their way, however many threads there are."""

_LOOK_SECONDS = 5.0
"""Between two looks at how many threads the cluster has."""

_TOGETHER = 64
"""Parcels that are fetched at once."""


class DaskEngine:
    """An engine of a Dask cluster.

    Args:
        address: Of its scheduler, such as ``tcp://10.0.0.1:8786``; ``None`` for a cluster on this machine
            that lasts as long as the run.
        processes: How many workers a cluster on this machine has.
        shared: Workers read files themselves, by the paths that they have here; else they are sent.
        own_memory: Each worker's machine says how much memory a document may take there, not the settings.
        patience: Seconds to wait for the scheduler, and for a worker where there is none.
    """

    def __init__(
        self,
        address: str | None = None,
        *,
        processes: int = 2,
        shared: bool = False,
        own_memory: bool = False,
        patience: float = 60.0,
    ) -> None:
        self._address, self._processes, self._patience = address, max(1, processes), patience
        self._shared, self._own_memory = shared or address is None, own_memory

    def run(self, tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
        """Yield what becomes of each task; see :class:`~extractor.batch.task.Engine`.

        Raises:
            EngineError: The cluster cannot be reached, has no workers, is gone, or is not alike.
            UsageError: ``needs_dask``.
        """
        with self._client() as client:
            run = _Run(client, settings, shared=self._shared, patience=self._patience)
            run.begin(own_memory=self._own_memory)
            try:
                yield from run.work(tasks)
            finally:
                run.end()

    @contextmanager
    def _client(self) -> Iterator[Client]:
        distributed, dask = _library()
        if self._address is not None:
            with _connected(distributed, self._address, self._address, self._patience) as client:
                yield client
            return
        # A worker that dies took no document with it but by accident: two tries show whose fault it is.
        with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
            cluster = distributed.LocalCluster(
                n_workers=self._processes,
                threads_per_worker=1,
                processes=True,
                dashboard_address=_NOWHERE,
                worker_dashboard_address=_NOWHERE,
                silence_logs=_SILENT,
                memory_limit=0,
                preload=[_PRELOAD],
            )
        with cluster, _connected(distributed, cluster, cluster.scheduler_address, self._patience) as client:
            yield client


# Dask runs it in each worker: the keyboard interrupts who started the run, who ends the others.
_PRELOAD = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
_NOWHERE = "127.0.0.1:0"  # Dask serves pages about itself in any case: for this machine alone, on a free port
_SILENT = 60  # beyond every level of logging: what matters is said as an error of ours


def _library() -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ModuleNotFoundError as error:
        raise UsageError("needs_dask") from error
    return distributed, dask


@contextmanager
def _connected(distributed: Any, place: Any, address: str, patience: float) -> Iterator[Client]:
    for name in list(logging.root.manager.loggerDict):  # each has a level of its own
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(_SILENT)
    try:
        client = distributed.Client(place, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise EngineError("cluster_unreachable", source=address, reason=fault(error)) from error
    try:
        yield client
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=5)


@dataclass(slots=True)
class _Sent:
    """A parcel that the cluster has."""

    parcel: Parcel
    future: Future


class _Run:
    """One run on a cluster that is there."""

    def __init__(self, client: Client, settings: Settings, *, shared: bool, patience: float) -> None:
        self._client, self._settings = client, settings
        self._address = str(client.scheduler.address)
        self._shared, self._patience = shared, patience
        self._order = b""
        self._name = f"parcferme-{uuid4().hex[:8]}"
        self._number = 0
        self._sent: dict[str, _Sent] = {}
        self._bytes = 0
        self._again: deque[Parcel] = deque()
        self._finished: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._threads = 1
        self._looked = 0.0
        self._heard = time.monotonic()

    def begin(self, *, own_memory: bool = False) -> None:
        """Wait for a worker, and look whether all that are there can do this run.

        Args:
            own_memory: As in :class:`DaskEngine`.

        Raises:
            EngineError: There is none, or one cannot.
        """
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except TimeoutError as error:
            raise self._error("cluster_no_workers", seconds=f"{self._patience:g}") from error
        except OSError as error:
            raise self._error("cluster_lost") from error
        try:
            model = model_digest(self._settings.model)
        except OSError as error:
            raise self._error("cluster_fault", fault=fault(error)) from error
        self._order = packed(Order(self._settings, kind(), model, own_memory))
        for worker, unfit in self._asked().items():
            self._refuse(unfit, worker)

    def _asked(self) -> dict[str, Unfit | None]:
        try:
            answers: dict[str, Unfit | None] = self._client.run(fitness, self._order)
        except OSError as error:
            raise self._error("cluster_lost") from error
        except Exception as error:  # whatever a worker raises that lacks the program, or has quite another
            raise self._error("cluster_fault", fault=fault(error)) from error
        return answers

    def end(self) -> None:
        """Give back what the cluster still has."""
        with suppress(Exception):
            self._client.cancel([sent.future for sent in self._sent.values()], force=True)
        self._sent.clear()

    def work(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what becomes of each task."""
        here: deque[Done] = deque()
        packer = Packer(self._with_content(tasks, here))
        parcels = packer.parcels()
        is_over = False
        while not is_over or self._sent or self._again:
            while self._has_room() and (self._again or not is_over):
                parcel = self._again.popleft() if self._again else next(parcels, None)
                if parcel is None:
                    is_over = True
                else:
                    self._send(parcel)
                while here:
                    yield here.popleft()
            for done in self._fetched():
                packer.learn(done)
                yield from done

    def _with_content(self, tasks: Iterable[Task], here: deque[Done]) -> Iterator[Task]:
        """Yield tasks with what they need on their way; what can be done here only goes to ``here``."""
        for task in tasks:
            source = task.source
            if source is None or (self._shared and source.path is not None):
                yield task
            elif source.path is None:  # standard input
                here.append(work(task, self._settings))
            else:
                try:
                    yield replace(
                        task, content=read_bytes(source, max_bytes=self._settings.reading.max_bytes)
                    )
                except InputError as error:
                    here.append(Done(task.bare(), failure=Failure.of(error, source.name)))

    # --- there

    def _has_room(self) -> bool:
        now = time.monotonic()
        if now - self._looked >= _LOOK_SECONDS:
            self._look(now)
        return not self._sent or (len(self._sent) < _AHEAD * self._threads and self._bytes < _MOST_BYTES)

    def _look(self, now: float) -> None:
        """See how many threads there are, and give up where there have been none for too long."""
        try:
            threads = sum(self._client.nthreads().values())
        except (OSError, TimeoutError, AttributeError, RuntimeError) as error:  # of a client that is cut off
            raise self._error("cluster_lost") from error
        self._looked = now
        self._threads = max(1, threads)
        if threads:
            self._heard = now
        elif now - self._heard > self._patience:
            raise self._error("cluster_no_workers", seconds=f"{self._patience:g}")

    def _send(self, parcel: Parcel) -> None:
        self._number += 1
        key = f"{self._name}-{self._number}"
        try:
            future = self._client.submit(read_parcel, self._order, packed(parcel.tasks), key=key, pure=False)
        except (OSError, RuntimeError) as error:
            raise self._error("cluster_lost") from error
        self._sent[key] = _Sent(parcel, future)
        self._bytes += parcel.size
        future.add_done_callback(self._finished.put)

    # --- and back

    def _fetched(self) -> Iterator[list[Done]]:
        """Wait a while for parcels that are finished; yield what is in each."""
        futures = self._ready()
        fine: list[Future] = []
        for future in futures:
            if future.status == "finished":
                fine.append(future)
            elif future.status == "error":
                yield from self._failed(future)
            else:  # nobody here cancels anything: the scheduler has gone
                raise self._error("cluster_lost")
        if not fine:
            return
        try:
            contents = self._client.gather(fine)
        except Exception as error:
            raise self._error("cluster_lost") from error
        for future, content in zip(fine, contents, strict=True):
            self._taken(future)
            result = unpacked(content)
            if isinstance(result, Unfit):
                self._refuse(result, None)
            elif isinstance(result, Fault):
                raise result.error or self._error("cluster_fault", fault=result.said)
            else:
                yield result

    def _ready(self) -> list[Future]:
        """Return futures that are no longer on their way, some at a time, or none after a while."""
        if not self._sent:
            return []
        try:
            futures = [self._finished.get(timeout=_LOOK_SECONDS)]
        except queue.Empty:
            self._look(time.monotonic())
            return []
        with suppress(queue.Empty):
            while len(futures) < _TOGETHER:
                futures.append(self._finished.get_nowait())
        return [future for future in futures if str(future.key) in self._sent]

    def _taken(self, future: Future) -> Parcel:
        sent = self._sent.pop(str(future.key))
        self._bytes -= sent.parcel.size
        future.release()
        return sent.parcel

    def _failed(self, future: Future) -> Iterator[list[Done]]:
        """Take apart a parcel that kills workers, until it is one document that does."""
        from distributed.scheduler import KilledWorker

        error = future.exception()
        parcel = self._taken(future)
        if not isinstance(error, KilledWorker):
            raise self._error("cluster_fault", fault="?" if error is None else fault(error))
        if len(parcel.tasks) > 1:
            self._again.extend(parcel.halves())
            return
        (task,) = parcel.tasks
        name = task.source.name if task.source is not None else task.key
        yield [Done(task.bare(), failure=Failure("worker_died", name, {"status": "?"}))]

    # --- errors

    def _refuse(self, unfit: Unfit | None, worker: str | None) -> None:
        if unfit is None:
            return
        name, here, there = unfit.differences[0]
        what = "cluster_model" if name == "model" else "cluster_unlike"
        raise self._error(what, worker=worker or "?", name=name, here=here, there=there)

    def _error(self, code: str, **parameters: object) -> EngineError:
        return EngineError(code, source=self._address, **parameters)
