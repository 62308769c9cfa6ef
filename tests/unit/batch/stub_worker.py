"""What workers do in tests of the pool: sleep, die or eat as their text says, else copy it."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from extractor.batch import worker
from extractor.batch.task import Done, Failure, Known, Settings, Task


def serve(connection: Connection, settings: Settings) -> None:
    """Stand in for :func:`extractor.batch.worker.serve`."""
    worker._stand_alone()
    worker._limit_memory(settings.max_memory)
    connection.send(("ready", None))
    while (task := connection.recv()) is not None:
        connection.send(("read", Known(f"of {task.key}")))
        connection.send(("done", _done(task)))


def _done(task: Task) -> tuple[Done, bool]:
    word, _, rest = (task.text or "").partition(" ")
    if word == "DORS":
        time.sleep(60)
    elif word == "MEURS":
        os._exit(7)
    elif word == "MEURS-UNE-FOIS":
        mark = Path(rest)
        if not mark.exists():
            mark.write_text("déjà")
            os._exit(7)
    elif word == "MANGE":
        try:
            return Done(task.bare(), payload=str(len(bytearray(4 << 30)))), False
        except MemoryError:
            return Done(task.bare(), failure=Failure("out_of_memory", task.key)), True
    elif word == "REFUSE":
        raise SystemExit(3)
    return Done(task.bare(), f"of {task.key}", payload=f"{os.getpid()} {task.text}"), word == "USE"
