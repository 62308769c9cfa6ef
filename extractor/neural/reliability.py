"""Whether probabilities keep their word: of the facts said to be 80 % sure, are four in five right?

The expected calibration error is that of Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated
Probabilities Using Bayesian Binning" (2015): the distance between what is said and what is true in each bin,
weighted by the facts in it. It depends on the bins, so both usual ways to cut them are given: bins of equal
mass hold about equally many facts, bins of equal width an equal part of [0, 1]. With few facts chance alone
makes it larger than 0.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from extractor.neural.curves import Floats, Truths

#: How bins are cut.
By = Literal["mass", "width"]
BINS = 10
_Z = 1.959963984540054  # the normal distribution's 97.5 %


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts whose probabilities lie together.

    Attributes:
        lower: The least probability that may lie here.
        upper: The greatest.
        count: How many facts.
        right: How many of them are right.
        said: Their mean probability.
    """

    lower: float
    upper: float
    count: int
    right: int
    said: float

    @property
    def true(self) -> float:
        """Share of the facts that are right."""
        return self.right / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of :attr:`true`."""
        return wilson(self.right, self.count)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, ready for JSON."""
        return {**asdict(self), "true": self.true, "interval": list(self.interval)}


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well some probabilities keep their word.

    Attributes:
        count: How many facts.
        right: How many of them are right.
        said: Their mean probability.
        ece: Expected calibration error over bins of equal mass, ``None`` without facts.
        ece_width: The same over bins of equal width.
        brier: Mean squared distance between probability and truth (Brier 1950).
        bins: The bins of equal mass, by rising probability.
    """

    count: int
    right: int
    said: float | None
    ece: float | None
    ece_width: float | None
    brier: float | None
    bins: tuple[Bin, ...]

    @property
    def true(self) -> float | None:
        """Share of the facts that are right."""
        return self.right / self.count if self.count else None

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, ready for JSON."""
        return {
            "facts": self.count,
            "right": self.right,
            "said": self.said,
            "true": self.true,
            "ece": self.ece,
            "ece_width": self.ece_width,
            "brier": self.brier,
            "bins": [one.to_dict() for one in self.bins],
        }


def reliability(
    probabilities: Sequence[float] | Floats, correct: Sequence[bool] | Truths, *, bins: int = BINS
) -> Reliability:
    """Measure probabilities against the truth.

    Args:
        probabilities: One for each fact, in [0, 1].
        correct: Whether it is right.
        bins: At most so many bins.
    """
    facts = _sorted(probabilities, correct)
    if not facts:
        return Reliability(0, 0, None, None, None, None, ())
    even = tuple(_binned(facts, "mass", bins))
    return Reliability(
        count=len(facts),
        right=sum(right for _, right in facts),
        said=math.fsum(said for said, _ in facts) / len(facts),
        ece=_error(even),
        ece_width=_error(tuple(_binned(facts, "width", bins))),
        brier=math.fsum((said - right) ** 2 for said, right in facts) / len(facts),
        bins=even,
    )


def expected_calibration_error(
    probabilities: Sequence[float] | Floats,
    correct: Sequence[bool] | Truths,
    *,
    by: By = "mass",
    bins: int = BINS,
) -> float | None:
    """Return the mean distance between what is said and what is true, or ``None`` without facts."""
    return _error(bins_of(probabilities, correct, by=by, bins=bins))


def bins_of(
    probabilities: Sequence[float] | Floats,
    correct: Sequence[bool] | Truths,
    *,
    by: By = "mass",
    bins: int = BINS,
) -> tuple[Bin, ...]:
    """Return the bins that hold a fact, by rising probability.

    Equal probabilities are never parted, so bins of equal mass may be fewer and of uneven size where many
    facts share one; their order never matters.
    """
    return tuple(_binned(_sorted(probabilities, correct), by, bins))


def wilson(right: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927), which is sound near 0 and 1 and for few examples."""
    if not count:
        return 0.0, 1.0
    share, z2 = right / count, _Z * _Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


#: Probability and truth of a fact.
_Fact = tuple[float, bool]


def _sorted(probabilities: Sequence[float] | Floats, correct: Sequence[bool] | Truths) -> list[_Fact]:
    """Return plain facts by rising probability; numpy is not asked for, so that scoring starts at once."""
    return sorted((float(said), bool(right)) for said, right in zip(probabilities, correct, strict=True))


def _error(bins: Sequence[Bin]) -> float | None:
    count = sum(one.count for one in bins)
    return sum(one.count * abs(one.true - one.said) for one in bins) / count if count else None


def _binned(facts: list[_Fact], by: By, bins: int) -> Iterator[Bin]:
    """Yield the bins that hold a fact; a bin holds its upper end."""
    begin, lower = 0, 0.0
    for upper in _even(facts, bins) if by == "mass" else _wide(bins):
        end = bisect_right(facts, upper, key=lambda fact: fact[0])
        inside = facts[begin:end]
        if inside:
            least = inside[0][0] if by == "mass" else lower
            said = math.fsum(said for said, _ in inside) / len(inside)
            yield Bin(least, upper, len(inside), sum(right for _, right in inside), said)
        begin, lower = end, upper


def _wide(bins: int) -> list[float]:
    return [step / bins for step in range(1, bins + 1)]


def _even(facts: list[_Fact], bins: int) -> list[float]:
    """Return the greatest probability of each bin; each holds its part of the facts or a little more."""
    ends = (facts[math.ceil(step * len(facts) / bins) - 1][0] for step in range(1, bins + 1) if facts)
    return list(dict.fromkeys(ends))
