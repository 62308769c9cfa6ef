"""Documents put together for one journey: a cluster's own work is paid once for many of them.

A parcel holds so many documents that it takes about a second, measured by those that have come back, and no
more than a megabyte of texts; a single document may be larger. What travels is packed: records shrink to a
fifth.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import zstandard

from extractor.batch.task import Done, Task

SECONDS = 1.0
"""What a parcel is to take."""

MOST_DOCUMENTS = 256
MOST_BYTES = 1 << 20
_FIRST = 4  # documents, before anything is known of how long they take
_WEIGHT = 0.2  # of the newest parcel in the mean
_BESIDE_TEXT = 512  # bytes of a task without its text, about


@dataclass(frozen=True, slots=True)
class Parcel:
    """Some documents on their way.

    Attributes:
        tasks: The documents.
        size: Their size, in bytes, about.
    """

    tasks: tuple[Task, ...]
    size: int

    def halves(self) -> tuple[Parcel, Parcel]:
        """Return the parcel in two; it must hold two documents at least."""
        middle = len(self.tasks) // 2
        first, second = self.tasks[:middle], self.tasks[middle:]
        return Parcel(first, _size(first)), Parcel(second, _size(second))


@dataclass(slots=True)
class Packer:
    """Puts tasks together, as they come.

    Attributes:
        tasks: The tasks, taken only as parcels are asked for.
    """

    tasks: Iterable[Task]
    _mean: float | None = field(default=None, init=False)

    def parcels(self) -> Iterator[Parcel]:
        """Yield parcels until there are no more tasks."""
        held: list[Task] = []
        size = 0
        for task in self.tasks:
            own = size_of(task)
            if held and size + own > MOST_BYTES:
                yield Parcel(tuple(held), size)
                held, size = [], 0
            held.append(task)
            size += own
            if len(held) >= self.most:
                yield Parcel(tuple(held), size)
                held, size = [], 0
        if held:
            yield Parcel(tuple(held), size)

    @property
    def most(self) -> int:
        """How many documents make a parcel now."""
        if self._mean is None:
            return _FIRST
        return max(1, min(MOST_DOCUMENTS, round(SECONDS / max(self._mean, 1e-6))))

    def learn(self, done: Iterable[Done]) -> None:
        """Take note of how long documents took."""
        seconds = [one.seconds for one in done]
        if seconds:
            mean = sum(seconds) / len(seconds)
            self._mean = mean if self._mean is None else self._mean + _WEIGHT * (mean - self._mean)


def size_of(task: Task) -> int:
    """Return about how many bytes a task has on its way."""
    return _BESIDE_TEXT + len(task.text or "") + len(task.content or b"")


def _size(tasks: Iterable[Task]) -> int:
    return sum(map(size_of, tasks))


def packed(content: Any) -> bytes:
    """Return anything that can be pickled, for the journey."""
    return zstandard.compress(pickle.dumps(content, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(content: bytes) -> Any:
    """Return what was packed; it comes from a process of this cluster, never from a document."""
    return pickle.loads(zstandard.decompress(content))
