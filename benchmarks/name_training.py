"""How taggers of names learn beside each other: from the same passages, by the same clock."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from benchmarks.newspapers import TYPES, Passage, entities

_SLICE = 10  # each tenth passage of the training part tells when to stop
ALL = "all"


@dataclass(frozen=True, slots=True)
class Budget:
    """How long is trained.

    Attributes:
        epochs: Rounds over the passages at most.
        seconds: Processor time at most; a round under way is finished.
        patience: Rounds without a better one after which training ends.
    """

    epochs: int
    seconds: float
    patience: int


@dataclass(slots=True)
class Clock:
    """Tells how much of a budget is used up, for a rate of learning that is to fall to nothing at the end."""

    budget: Budget
    rounds: int = 0
    began: float = field(default_factory=time.process_time)

    @property
    def seconds(self) -> float:
        """Processor time since the beginning."""
        return time.process_time() - self.began

    def share(self, of_round: float = 0.0) -> float:
        """Return the share of the budget behind us, when ``of_round`` of this round is."""
        return min(
            1.0, max(self.seconds / self.budget.seconds, (self.rounds + of_round) / self.budget.epochs)
        )


@dataclass(frozen=True, slots=True)
class Training:
    """What training took.

    Attributes:
        seconds: Processor time, checks included.
        curve: F1 on the slice after each round.
    """

    seconds: float
    curve: tuple[float, ...]


class Tagger(Protocol):
    """Learns and finds names."""

    def learn_once(self, passages: Sequence[Passage], clock: Clock) -> None:
        """Learn from each passage once."""

    def tags(self, passages: Sequence[Passage]) -> list[list[str]]:
        """Return the BIO tags of the words of each passage."""

    def keep(self) -> Any:
        """Return what :meth:`restore` takes."""

    def restore(self, kept: Any) -> None:
        """Be again as when ``kept`` was kept."""


def learn(tagger: Tagger, passages: Sequence[Passage], budget: Budget) -> Training:
    """Train until a slice held back is read no better; leave the tagger as after its best round."""
    checked = passages[::_SLICE]
    learnt = [passage for place, passage in enumerate(passages) if place % _SLICE]
    shuffle, clock = random.Random(1), Clock(budget)
    curve: list[float] = []
    kept = tagger.keep()
    while clock.share() < 1 and not _stale(curve, budget.patience):
        shuffle.shuffle(learnt)
        tagger.learn_once(learnt, clock)
        curve.append(score(checked, tagger.tags(checked))[ALL].f1)
        if curve[-1] > max(curve[:-1], default=-1.0):
            kept = tagger.keep()
        clock.rounds += 1
    tagger.restore(kept)
    return Training(clock.seconds, tuple(curve))


def _stale(curve: Sequence[float], patience: int) -> bool:
    return bool(curve) and len(curve) - 1 - curve.index(max(curve)) >= patience


@dataclass(frozen=True, slots=True)
class Score:
    """Names found right, found, and to be found: the same words and the same type, or wrong."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of those found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of those to be found that were found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def score(passages: Sequence[Passage], tags: Sequence[Sequence[str]]) -> dict[str, Score]:
    """Return the scores by type, and over all types."""
    wanted, found = set(), set()
    for place, (passage, row) in enumerate(zip(passages, tags, strict=True)):
        wanted |= {(place, *name) for name in entities(passage.tags)}
        found |= {(place, *name) for name in entities(row)}
    scores = {}
    for kind in (*TYPES, ALL):
        theirs = {name for name in found if kind in (name[-1], ALL)}
        gold = {name for name in wanted if kind in (name[-1], ALL)}
        scores[kind] = Score(len(theirs & gold), len(theirs), len(gold))
    return scores
