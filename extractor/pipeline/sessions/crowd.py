"""Who is told where: a competitor starts in one class, so what names no class is told by who is in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extractor.pipeline.annotations import Ref, Sentence

_MOST_SHARED = 1 / 3  # of a class's people who may be told elsewhere, too
_LEAST_KNOWN = 0.5  # of the people of a stretch whose class must be known


class Crowd:
    """Knows the people of each sentence."""

    def __init__(self, refs: Sequence[Ref]) -> None:
        self._refs = sorted(refs, key=lambda ref: ref.first)
        self._starts = [ref.first for ref in self._refs]

    def people(self, sentence: Sentence) -> set[int]:
        """Return the people to whom a sentence refers."""
        low, high = bisect_left(self._starts, sentence.first), bisect_left(self._starts, sentence.last)
        return {person for ref in self._refs[low:high] for person in ref.people}

    def parted(self, inside: Iterable[Sentence], outside: Iterable[Sentence]) -> bool:
        """Tell whether those told inside a part of the text are others than those told outside it."""
        here = set().union(*(self.people(s) for s in inside))
        there = set().union(*(self.people(s) for s in outside))
        return bool(here) and bool(there) and len(here & there) <= _MOST_SHARED * min(len(here), len(there))

    def classes(self, run: Sequence[Sentence], told: Mapping[str, Counter[int]]) -> list[str]:
        """Return the class of each sentence of a stretch that names none, "" where it cannot be told.

        A sentence about nobody goes with the one before it.

        Args:
            run: Sentences that follow each other.
            told: How often each class tells of each of its people.
        """
        people = [self.people(s) for s in run]
        everybody = set().union(*people) if people else set()
        known = {p for p in everybody if any(p in counts for counts in told.values())}
        if not known or len(known) < _LEAST_KNOWN * len(everybody):
            return [""] * len(run)
        found: list[str] = []
        for here in people:
            votes = {name: sum(1 for p in here if p in counts) for name, counts in told.items()}
            best = max(votes, key=lambda name: votes[name])
            found.append(best if votes[best] else "")
        for step in (1, -1):
            last = ""
            for k in range(len(found))[::step]:
                found[k] = last = found[k] or last
        return found
