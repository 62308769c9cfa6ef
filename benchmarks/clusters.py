"""A real cluster on this machine: a scheduler and workers of Dask, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_START = "import sys; from distributed.cli.dask_{kind} import main; sys.argv[0] = 'dask'; main()"


@dataclass(slots=True)
class Cluster:
    """A scheduler, and workers without anybody who would start them anew.

    Attributes:
        address: Of the scheduler.
        scheduler: Its process.
        workers: Theirs.
    """

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, *, preload: str | None = None, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker of one thread.

        Args:
            preload: A file of Python that it runs first.
            environment: Beside that of this process.
        """
        arguments = [self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--memory-limit", "0"]
        arguments += [] if preload is None else ["--preload", preload]
        worker = _started("worker", arguments, environment)
        self.workers.append(worker)
        return worker

    def end(self) -> None:
        """End everything."""
        for process in (self.scheduler, *self.workers):
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
        for process in (self.scheduler, *self.workers):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def running(workers: int = 2, scheduler: dict[str, str] | None = None) -> Iterator[Cluster]:
    """Yield a cluster that runs, with so many workers of one thread each.

    Args:
        workers: How many.
        scheduler: The scheduler's environment, beside that of this process.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = _started(
        "scheduler", ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], scheduler or {}
    )
    cluster = Cluster(f"tcp://127.0.0.1:{port}", started)
    try:
        _wait_for(port)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.end()


def _started(kind: str, arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START.format(kind=kind), *arguments],
        env={"PARCFERME_MODEL": "none", **os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("PARCFERME_CLUSTER_SAYS") else subprocess.DEVNULL,
    )


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("no scheduler")
