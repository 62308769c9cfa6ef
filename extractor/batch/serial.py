"""Tasks done one after the other in this process: for a single document, nothing else need be started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.batch.task import Done, Settings, Task
from extractor.batch.work import Watch, work


class Serial:
    """An engine of this process. Nothing limits the time and memory that a document takes.

    Args:
        watch: Who is told of pages that are read.
    """

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch

    def run(self, tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
        """Yield what becomes of each task, in their order; see :class:`~extractor.batch.task.Engine`."""
        for task in tasks:
            yield work(task, settings, self._watch)
