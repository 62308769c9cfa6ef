"""The text cut at every boundary of a span, so that overlapping and nested spans need no nested elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Cover:
    """A span of a fact, in code points.

    Attributes:
        key: Which fact.
        kind: What sort of fact: ``result``, ``quote``, ``driver``, ...
        start: First code point.
        end: The one after the last.
    """

    key: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two boundaries, with all spans that cover it, the shortest first.

    Attributes:
        start: First code point.
        end: The one after the last.
        covers: The spans that cover all of it.
        opens: Those of them that begin here.
    """

    start: int
    end: int
    covers: tuple[Cover, ...]
    opens: tuple[Cover, ...]


def cut(length: int, covers: Iterable[Cover]) -> Iterator[Segment]:
    """Yield the segments of a text of so many code points, in order and without gaps."""
    starting: dict[int, list[Cover]] = defaultdict(list)
    ending: dict[int, list[Cover]] = defaultdict(list)
    for cover in dict.fromkeys(covers):
        starting[cover.start].append(cover)
        ending[cover.end].append(cover)
    open_now: dict[Cover, None] = {}
    boundaries = sorted({0, length, *starting, *ending})
    for start, end in pairwise(boundaries):
        for cover in ending[start]:
            open_now.pop(cover, None)
        open_now.update(dict.fromkeys(starting[start]))
        yield Segment(
            start,
            end,
            tuple(sorted(open_now, key=lambda c: c.end - c.start)),
            tuple(starting[start]),
        )
