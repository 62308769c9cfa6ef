"""Whether confidences keep their word: of the facts said to be 80 % sure, are 80 % right?

Measured on documents marked reviewed, in ten bins of equal width. The expected calibration error is the
mean distance between confidence and share of right ones, bins weighted by their facts (Guo et al. 2017, *On
calibration of modern neural networks*, ICML). Even perfect confidences show some distance, by chance; how
much is told beside it. With fewer facts than :data:`FEWEST` no number is given at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractor.review.figures import Counts, Share, share
from extractor.review.summary import BINS

#: Facts that it takes for the error to be told as a number.
FEWEST: Final = 200
#: Facts that it takes for a bin to be shown as a sure one.
FEWEST_IN_BIN: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts of about one confidence.

    Attributes:
        low: Lower end of the bin.
        high: Upper end.
        confidence: Mean confidence of its facts.
        right: How many of them were right.
    """

    low: float
    high: float
    confidence: float
    right: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the confidences are worth.

    Attributes:
        facts: How many facts it is measured on.
        bins: Those with facts, upwards.
        error: Expected calibration error; ``None`` where there are too few facts.
        by_chance: What perfect confidences would show with so many facts; ``None`` likewise.
    """

    facts: int
    bins: tuple[Bin, ...]
    error: float | None
    by_chance: float | None


def calibration(counts: Counts, *, with_let_stand: bool = True) -> Calibration:
    """Return what the confidences of reviewed documents' facts are worth.

    Args:
        counts: By status.
        with_let_stand: What nobody said anything about in a reviewed document counts as right; otherwise it
            is left out.
    """
    reviewed = counts.get("reviewed", {})
    ways = ("judged", "left") if with_let_stand else ("judged",)
    bins = [one for number in range(BINS) if (one := _bin(reviewed, number, ways)) is not None]
    facts = sum(one.right.whole for one in bins)
    if facts < FEWEST:
        return Calibration(facts, tuple(bins), None, None)
    error = math.fsum(one.right.whole * abs(one.right.value - one.confidence) for one in bins) / facts
    return Calibration(facts, tuple(bins), error, math.fsum(map(_chance, bins)) / facts)


def _bin(counts: Mapping[str, float], number: int, ways: tuple[str, ...]) -> Bin | None:
    def of(what: str) -> float:
        return math.fsum(counts.get(f"calibration:{number}:{way}:{what}", 0) for way in ways)

    right = share(of("right"), of("n"))
    if right is None:
        return None
    return Bin(number / BINS, (number + 1) / BINS, of("confidence") / of("n"), right)


def _chance(one: Bin) -> float:
    """Return a bin's facts times the distance that chance alone makes there, by the normal approximation."""
    return math.sqrt(2 * one.confidence * (1 - one.confidence) * one.right.whole / math.pi)
