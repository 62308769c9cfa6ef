"""Counting: true and false positives, false negatives, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractor.scoring.facts import HasOptional


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts were found, invented and missed. A share of nothing is ``None``, never perfect."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """Share of the predicted facts that are right."""
        return _share(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Share of the gold facts that were found."""
        return _share(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def to_dict(self) -> dict[str, float | int | None]:
        """Return counts and shares, as they are written to JSON."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


Gold = TypeVar("Gold", bound=HasOptional)
Pred = TypeVar("Pred")


def pair(
    golds: Sequence[Gold], preds: Sequence[Pred], match: Callable[[Gold, Pred], bool]
) -> tuple[Tally, list[tuple[Gold, Pred]]]:
    """Pair gold facts with predicted ones, one to one, each with the first that matches.

    Required facts choose first. An optional one takes a match off the table, so that finding it costs
    nothing, and counts neither way.

    Returns:
        The tally and the pairs of required facts.
    """
    left = list(preds)
    pairs: list[tuple[Gold, Pred]] = []
    missed = 0
    for gold in sorted(golds, key=lambda g: g.optional):
        hit = next((k for k, pred in enumerate(left) if match(gold, pred)), None)
        if hit is not None:
            pred = left.pop(hit)
            if not gold.optional:
                pairs.append((gold, pred))
        elif not gold.optional:
            missed += 1
    return Tally(len(pairs), len(left), missed), pairs


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
