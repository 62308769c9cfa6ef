"""From links to people: which appearances are one, which may be, and what keeps them apart.

Links are taken one by one, the surest first: those between full names before those with an initial, and those
before surnames alone, so that "Dubois" joins somebody who is known already and never makes one of Jean and
Paul. Two groups become one where

- the link is likely enough, and no other group that cannot be the same person is nearly as likely;
- nothing forbids it: a document that names both, given names that differ, more years than a career has, or
  somebody's decision;
- the groups as wholes agree, not only the two that are linked.

A component of N appearances with L links takes O(L log L) steps; components are dealt with one by one.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.authority.appearance import Kind
from extractor.authority.evidence import Evidence
from extractor.authority.model import Weights, log_odds
from extractor.authority.person import Given, compare_given
from extractor.authority.portrait import Portrait

#: From which probability on a link is proposed as the same; set on ``dev``.
AUTOMATIC: Final[dict[Kind, float]] = {"driver": 0.80, "team": 0.70}
DOUBTFUL = 0.15  # from which on it is a candidate
_LONGEST = {"driver": 48, "team": 80}
_SAMPLED = 4
_ODDS_CAP = 30.0
_CAP = 8.0  # beyond it, the logarithm of odds tells no more
_LEVELS = ("full", "initial", "bare")

Link = tuple[int, int, float]


class Forest:
    """Which numbers hang together: one machine word for each."""

    def __init__(self, size: int) -> None:
        self._parent = array("q", range(size))

    def find(self, one: int) -> int:
        """Return the number that stands for all that hang together with this one."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make two hang together; the lower number stands for both."""
        a, b = self.find(one), self.find(other)
        self._parent[max(a, b)] = min(a, b)


@dataclass(slots=True)
class Group:
    """Appearances that are one as far as is known.

    Attributes:
        members: Their numbers.
        texts: The texts that name them: one text does not name one person as two.
        givens: Given names that are spelt out.
        generations: ``elder`` or ``younger``, where told.
        first: Earliest year.
        last: Latest year.
        kind: Of them all.
        vagueness: Of the most telling name among them.
    """

    members: list[int]
    texts: set[str]
    givens: set[Given]
    generations: set[str]
    first: int
    last: int
    kind: str
    vagueness: int = 0

    @classmethod
    def of(cls, number: int, portrait: Portrait) -> Group:
        """Return a group of one."""
        year = portrait.appearance.about
        return cls(
            [number],
            {portrait.appearance.text_id},
            {portrait.given} if portrait.given else set(),
            {one.generation for one in portrait.persons if one.generation},
            9999 if year is None else year,
            0 if year is None else year,
            portrait.appearance.kind,
            vagueness(portrait),
        )

    def take(self, other: Group) -> None:
        """Take in the members of another group."""
        self.members += other.members
        self.texts |= other.texts
        self.givens |= other.givens
        self.generations |= other.generations
        self.vagueness = min(self.vagueness, other.vagueness)
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)

    def refuses(self, other: Group) -> bool:
        """Tell whether something forbids that two groups are one."""
        if max(self.last, other.last) - min(self.first, other.first) > _LONGEST[self.kind]:
            return True
        if not self.texts.isdisjoint(other.texts):
            return True
        if self.generations and other.generations and self.generations != other.generations:
            return True
        return any(compare_given(a, b) == "differs" for a in self.givens for b in other.givens)


@dataclass(slots=True)
class Merge:
    """Why two groups became one: the link that did it."""

    one: int
    other: int
    probability: float
    by_decision: bool = False


@dataclass(slots=True)
class Clustered:
    """What became of a component.

    Attributes:
        groups: The people or teams, each its members' numbers in order.
        merges: The links that made them.
        doubtful: Links between groups that were not followed, best first: a candidate for a person's eyes.
    """

    groups: list[list[int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    doubtful: list[Merge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody decided, by numbers: these are the same, those are not."""

    same: frozenset[tuple[int, int]] = frozenset()
    different: frozenset[tuple[int, int]] = frozenset()


Score = Callable[[int, int], float | None]


class Clustering:
    """The clustering of one component."""

    def __init__(
        self,
        portraits: dict[int, Portrait],
        links: Sequence[Link],
        score: Score,
        weights: Weights,
        *,
        settled: Settled | None = None,
        automatic: float,
        watch: Callable[[int, int, Clustering, float], None] | None = None,
    ) -> None:
        self._watch = watch
        self._asked: dict[tuple[int, ...], float] = {}
        self._settled = settled or Settled()
        self._score, self._portraits = score, portraits
        self._automatic, self._weights = automatic, weights
        self._groups = {number: Group.of(number, portrait) for number, portrait in portraits.items()}
        self._whose = {number: number for number in portraits}
        self._apart: dict[int, set[int]] = {}
        for a, b in self._settled.different:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)
        self._links = sorted(links, key=self._rank)
        self._linked: dict[int, list[tuple[int, float]]] = {number: [] for number in portraits}
        for a, b, score_ in links:
            self._linked[a].append((b, score_))
            self._linked[b].append((a, score_))

    def _rank(self, link: Link) -> tuple[int, float, int, int]:
        one, other, score = link
        level = max(vagueness(self._portraits[one]), vagueness(self._portraits[other]))
        return level, -score, one, other

    def question(self, one: int, other: int, score: float) -> tuple[Evidence, list[int], list[int]] | None:
        """Return what would be asked of the groups of two numbers, and the groups."""
        a, b = self._whose[one], self._whose[other]
        if a == b or self._forbidden(a, b):
            return None
        return self._features(a, b, score), list(self._groups[a].members), list(self._groups[b].members)

    def run(self) -> Clustered:
        """Return the groups."""
        found = Clustered()
        for a, b in sorted(self._settled.same):
            if self._whose[a] != self._whose[b]:
                self._join(self._whose[a], self._whose[b])
                found.merges.append(Merge(a, b, 1.0, by_decision=True))
        left = self._links
        for _ in range(3):  # what was doubtful may be clear once others have found together
            before, left = left, self._follow(left, found)
            if len(left) == len(before):
                break
        found.groups = [sorted(group.members) for group in self._groups.values()]
        found.groups.sort()
        found.doubtful = self._doubtful(left)
        return found

    def _follow(self, links: Sequence[Link], found: Clustered) -> list[Link]:
        left: list[Link] = []
        for one, other, score in links:
            a, b = self._whose[one], self._whose[other]
            if a == b:
                continue
            likely = self._likely(a, b, score)
            if self._watch is not None:
                self._watch(one, other, self, score)
            if likely < self._automatic:
                left.append((one, other, score))
                continue
            self._join(a, b)
            found.merges.append(Merge(one, other, likely))
        return left

    def _likely(self, a: int, b: int, score: float) -> float:
        """Return how likely two groups are one, given the score of the best link between them."""
        sizes = len(self._groups[a].members), len(self._groups[b].members)
        asked = (a, *sizes, b) if a < b else (b, *sizes[::-1], a)
        known = self._asked.get(asked)
        if known is None:  # two groups that have not grown are asked once, whatever the number of their links
            known = 0.0
            if not self._forbidden(a, b):
                known = self._weights.probability(self._features(a, b, score))
            self._asked[asked] = known
        return known

    def _features(self, a: int, b: int, score: float) -> Evidence:
        """Return what speaks for and against two groups being one; keys of ``weights.toml``."""
        small, large = self._groups[a], self._groups[b]
        if len(small.members) > len(large.members):
            small, large = large, small
        scores, against = self._between(small, large)
        scores += self._sampled(small, large)
        level = _LEVELS[max(small.vagueness, large.vagueness)]
        found = [
            ("bias", 1.0),
            ("best", max(-_CAP, min(_CAP, score))),
            ("mean", sum(scores) / len(scores) if scores else score),
            ("worst", min(scores, default=score)),
            ("support", math.log1p(sum(one > 0 for one in scores))),
            ("against", math.log1p(against)),
        ]
        return [(f"{name}/{level}", value) for name, value in found]

    def _forbidden(self, a: int, b: int) -> bool:
        one, other = self._groups[a], self._groups[b]
        if self._apart and self._decided_apart(one, other):
            return True
        return one.refuses(other)

    def _decided_apart(self, one: Group, other: Group) -> bool:
        members = set(other.members)
        return any(not members.isdisjoint(self._apart.get(number, ())) for number in one.members)

    def _between(self, small: Group, large: Group) -> tuple[list[float], float]:
        """Return the scores of the links between two groups, and the odds of those that stand against it.

        These are the groups to which the smaller one may belong if not to the larger, being somebody else.
        """
        here, there = self._whose[small.members[0]], self._whose[large.members[0]]
        best: dict[int, float] = {}
        scores: list[float] = []
        for number in small.members:
            for other, score in self._linked[number]:
                whose = self._whose[other]
                if whose == there:
                    scores.append(max(-_CAP, min(_CAP, score)))
                elif whose != here and score > best.get(whose, -_ODDS_CAP):
                    best[whose] = score
        against = sum(
            math.exp(min(score, _CAP))
            for whose, score in best.items()
            if not self._forbidden(here, whose) and self._forbidden(there, whose)
        )
        return scores, against

    def _sampled(self, small: Group, large: Group) -> list[float]:
        """Return the scores of some pairs of two groups: they are to agree as wholes."""
        if len(large.members) == 1:
            return []
        step = max(1, len(large.members) // _SAMPLED)
        found: list[float] = []
        for position, other in enumerate(sorted(large.members)[::step][:_SAMPLED]):
            score = self._score(small.members[position % len(small.members)], other)
            found.append(-_CAP if score is None else max(-_CAP, min(_CAP, score)))
        return found

    def _join(self, a: int, b: int) -> None:
        if len(self._groups[a].members) < len(self._groups[b].members):
            a, b = b, a
        taken = self._groups.pop(b)
        for number in taken.members:
            self._whose[number] = a
        self._groups[a].take(taken)

    def _doubtful(self, links: Iterable[Link]) -> list[Merge]:
        """Return for each two groups the best link between them that was not followed."""
        best: dict[tuple[int, int], Merge] = {}
        for one, other, score in links:
            a, b = self._whose[one], self._whose[other]
            if a == b:
                continue
            likely = self._likely(a, b, score)
            pair = (min(a, b), max(a, b))
            if likely >= DOUBTFUL and (pair not in best or likely > best[pair].probability):
                best[pair] = Merge(one, other, likely)
        return sorted(best.values(), key=lambda it: (-it.probability, it.one, it.other))


def vagueness(portrait: Portrait) -> int:
    """Say how little a name tells: 0 for a full one, 1 for one with an initial, 2 for a surname alone."""
    if not portrait.persons:
        return 0
    given = portrait.given
    return 2 if not given else 0 if any(len(part) > 1 for part in given) else 1


def components(size: int, links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    """Yield (number, lowest number of its component) for every number below ``size``, in order."""
    forest = Forest(size)
    for one, other, _ in links:
        forest.join(one, other)
    for number in range(size):
        yield number, forest.find(number)


LEAST_SCORE = log_odds(DOUBTFUL / 2)  # a link below it is not kept
