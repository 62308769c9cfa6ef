"""Which predicted fact is which gold fact, and what is left over on either side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from extractor.scoring.facts import HasOptional
from extractor.scoring.tally import Tally

Fact = TypeVar("Fact", bound=HasOptional)
Aligned_co = TypeVar("Aligned_co", bound=HasOptional, covariant=True)


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Aligned_co]):
    """The facts of one kind in one document, sorted by what the comparison made of them.

    Attributes:
        pairs: Required gold facts that were found, each with what was predicted.
        missed: Required gold facts that were not.
        spurious: Predicted facts that no gold fact answers to.
        excused: Optional gold facts that were found; they count neither way.
    """

    pairs: tuple[tuple[Aligned_co, Aligned_co], ...] = ()
    missed: tuple[Aligned_co, ...] = ()
    spurious: tuple[Aligned_co, ...] = ()
    excused: tuple[tuple[Aligned_co, Aligned_co], ...] = ()

    @property
    def tally(self) -> Tally:
        """The counts."""
        return Tally(len(self.pairs), len(self.spurious), len(self.missed))


def align(
    golds: Iterable[Fact], preds: Sequence[Fact], match: Callable[[Fact, Fact], bool]
) -> Alignment[Fact]:
    """Pair gold facts with predicted ones, one to one, each with the first that matches.

    Required facts choose first. An optional one takes a match off the table, so that finding it costs
    nothing, and counts neither way.
    """
    left = list(preds)
    pairs: list[tuple[Fact, Fact]] = []
    excused: list[tuple[Fact, Fact]] = []
    missed: list[Fact] = []
    for gold in sorted(golds, key=lambda g: g.optional):
        hit = next((k for k, pred in enumerate(left) if match(gold, pred)), None)
        if hit is not None:
            (excused if gold.optional else pairs).append((gold, left.pop(hit)))
        elif not gold.optional:
            missed.append(gold)
    return Alignment(tuple(pairs), tuple(missed), tuple(left), tuple(excused))
