"""Which appearances are compared at all.

Comparing each with each would take N² steps. Only those are compared that share a surname, or a word of a
team's name, or whose surnames are a misreading apart (:func:`~extractor.authority.spool.signatures`). Where
many share one, they are set in order, by given name, by series, by team and each time by year, and compared
with their neighbours in each order (sorted neighbourhood: Hernández and Stolfo 1995). N appearances are
compared about N times ``ORDERS × WINDOW`` times at most, whatever their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapidfuzz.distance import Levenshtein

from extractor.authority.appearance import Kind
from extractor.authority.resemblance import sound
from extractor.authority.spool import Light, Spool

ALL_PAIRS = 40  # up to so many appearances, each is compared with each
WINDOW = 8  # neighbours on one side
_ALL_ACROSS = 600
_EDITS = ((6, 1), (10, 2), (99, 3))  # up to which length how many edits are thought of
_ORDERS: tuple[Callable[[Light], tuple[object, ...]], ...] = (
    lambda one: (one.given, one.year, one.series, one.id),
    lambda one: (one.given[:1], one.series, one.year, one.id),
    lambda one: (one.series, one.year, one.given, one.id),
    lambda one: (one.team, one.year, one.given, one.id),
    lambda one: (one.year, one.given, one.id),
)


def candidate_pairs(spool: Spool, kind: Kind) -> Iterator[tuple[int, int]]:
    """Yield the numbers of appearances that are to be compared; some pairs more than once."""
    for key in spool.keys(kind):
        own = spool.block(kind, key)
        yield from _within(own)
        for other in spool.near(kind, key):
            if may_be_one(key, other):
                yield from _across(own, spool.block(kind, other))


def may_be_one(key: str, other: str) -> bool:
    """Tell whether two folded words are near enough to be compared."""
    if sound(key) == sound(other):
        return True
    least = min(len(key), len(other))
    edits = next(edits for length, edits in _EDITS if least < length)
    return bool(Levenshtein.distance(key, other, score_cutoff=edits) <= edits)


def _within(block: list[Light]) -> Iterator[tuple[int, int]]:
    if len(block) <= ALL_PAIRS:
        for i, one in enumerate(block):
            for other in block[i + 1 :]:
                yield one.id, other.id
        return
    for order in _ORDERS:
        ordered = sorted(block, key=order)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 : i + 1 + WINDOW]:
                yield one.id, other.id


def _across(own: list[Light], others: list[Light]) -> Iterator[tuple[int, int]]:
    if len(own) * len(others) <= _ALL_ACROSS:
        for one in own:
            for other in others:
                if one.id != other.id:
                    yield one.id, other.id
        return
    here = {one.id for one in own}
    both = own + [other for other in others if other.id not in here]
    for order in _ORDERS:
        ordered = sorted(both, key=order)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 : i + 1 + WINDOW]:
                if (one.id in here) != (other.id in here):
                    yield one.id, other.id
