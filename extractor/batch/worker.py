"""A worker: a process that does one task after the other, within limits, until it is told to stop.

Where the system can, workers are forked from a process that has the model loaded already (:mod:`nursery
<extractor.batch.nursery>`), so that a new one costs milliseconds and memory is shared.

The limits hold even for a document that keeps the interpreter from running: memory is limited by the kernel,
and an alarm of the kernel ends a worker whose document has taken far longer than it may, even if nobody is
there any more to end it.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from extractor.batch.task import Done, Settings, Task
from extractor.batch.work import Watch, work

MOST_DOCUMENTS = 2_000
"""So many documents, and a worker is replaced: libraries keep something of each that they see."""

MOST_GROWTH = 256 << 20
"""The same when it has grown by so many bytes; memory once used is seldom given back."""

_GRACE = 10  # seconds for whoever watches the clock to end a worker, before the kernel does

Message = tuple[str, Any]
"""``("ready", None)``, ``("read", Known)``, ``("pages", (done, total))``, ``("done", (Done, worn))`` or
``("fatal", error)``."""


def serve(connection: Connection, settings: Settings) -> None:
    """Do the tasks that come through a connection, and answer for each; what the process runs.

    Args:
        connection: To whoever hands tasks out; ``None`` through it, or its end, is the end.
        settings: Of the run.
    """
    _stand_alone()
    _limit_memory(settings.max_memory)
    begun_with, count = _resident(), 0
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(("ready", None))
        while (task := connection.recv()) is not None:
            count += 1
            done = _one(task, settings, connection)
            if done is None:
                return
            worn = (
                count >= MOST_DOCUMENTS or _resident() - begun_with > MOST_GROWTH or _is_out_of_memory(done)
            )
            connection.send(("done", (done, worn)))


def _one(task: Task, settings: Settings, connection: Connection) -> Done | None:
    """Return what becomes of a task, ``None`` where nothing is to be hoped for any other either."""
    alarm = _Alarm(settings.timeout)

    def pages(done: int, total: int) -> None:
        alarm.set()
        connection.send(("pages", (done, total)))

    alarm.set()
    try:
        return work(task, settings, Watch(pages, lambda known: connection.send(("read", known))))
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:  # travels to whoever hands tasks out, who raises it
        connection.send(("fatal", error))
        return None
    finally:
        alarm.unset()


def _is_out_of_memory(done: Done) -> bool:
    return done.failure is not None and done.failure.code == "out_of_memory"


class _Alarm:
    """Has the kernel end this process when a document has taken far too long, where there are such alarms."""

    def __init__(self, timeout: float | None) -> None:
        self._seconds = None if timeout is None else timeout + _GRACE

    def set(self) -> None:
        """Begin to count anew."""
        self._put(self._seconds)

    def unset(self) -> None:
        """Count no longer."""
        self._put(0)

    def _put(self, seconds: float | None) -> None:
        if seconds is not None and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, seconds)


def _stand_alone() -> None:
    """Let the keyboard interrupt who hands tasks out and not this process, which ends with the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if hasattr(os, "setpgid"):  # so that what it has started, such as Tesseract, can be ended with it
        with suppress(OSError):
            os.setpgid(0, 0)


def _limit_memory(most: int | None) -> None:
    """Let this process have so many bytes beyond what it has; where the system cannot, nothing is limited."""
    if most is None or not sys.platform.startswith("linux"):
        return
    import resource

    limit = _pages()[0] + most
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def _resident() -> int:
    """Return how many bytes of memory this process holds; 0 where the system does not say."""
    return _pages()[1]


def _pages() -> tuple[int, int]:
    """Return the size of this process in bytes: all addresses, and what is in memory."""
    try:
        size, resident, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(size) * page, int(resident) * page
