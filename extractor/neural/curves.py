"""From a score to a probability: curves fitted to scores whose facts are known to be right or wrong.

Every curve rises or stays level, and gives neither 0 nor 1. A score lies in [0, 1].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

#: Nothing is surer than this, nor its opposite, however extreme the score.
LEAST = 1e-4
#: Scores are moved off 0 and 1 before their logarithms are taken.
_EDGE = 1e-6
_STEPS, _ENOUGH, _RIDGE = 100, 1e-9, 1e-6


class Curve(Protocol):
    """A fitted curve, which calls itself by its method."""

    method: ClassVar[str]

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score, in (0, 1)."""

    def to_json(self) -> dict[str, Any]:
        """Return what the curve is made of, ready for JSON."""


@dataclass(frozen=True, slots=True)
class Platt:
    """A logistic curve over the logit of the score: ``logit p = slope * logit s + offset``.

    Platt, "Probabilistic Outputs for Support Vector Machines" (1999), with his targets, which keep the curve
    from certainty where the examples can be told apart without error. The slope is not negative.
    """

    method: ClassVar[str] = "platt"
    slope: float
    offset: float

    @classmethod
    def fit(cls, scores: Floats, correct: Truths) -> Self:
        """Fit the curve to scores and whether each was right."""
        slope, offset = _regress(_logit(scores)[:, None], correct)
        return cls(slope, offset)

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score."""
        return _expit(self.slope * _logit(scores) + self.offset)

    def to_json(self) -> dict[str, Any]:
        """Return slope and offset."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the curve that :meth:`to_json` told."""
        return cls(float(kept["slope"]), float(kept["offset"]))


@dataclass(frozen=True, slots=True)
class Beta:
    """The curve between two beta distributions: ``logit p = low * ln s - high * ln (1 - s) + offset``.

    Kull, Silva Filho and Flach, "Beta calibration" (2017, http://proceedings.mlr.press/v54/kull17a.html).
    Unlike :class:`Platt` it may bend both ends differently. Neither factor is negative.
    """

    method: ClassVar[str] = "beta"
    low: float
    high: float
    offset: float

    @classmethod
    def fit(cls, scores: Floats, correct: Truths) -> Self:
        """Fit the curve to scores and whether each was right."""
        low, high, offset = _regress(_logarithms(scores), correct)
        return cls(low, high, offset)

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score."""
        return _expit(_logarithms(scores) @ np.array([self.low, self.high]) + self.offset)

    def to_json(self) -> dict[str, Any]:
        """Return both factors and the offset."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the curve that :meth:`to_json` told."""
        return cls(float(kept["low"]), float(kept["high"]), float(kept["offset"]))


@dataclass(frozen=True, slots=True)
class Isotonic:
    """Whatever rising curve fits best, in straight pieces between its steps.

    Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates"
    (2002), by pool adjacent violators. One example more is taken as right at the lowest score and one as
    wrong at the highest, so that neither end is certain.

    Attributes:
        scores: Mean score of each step, rising.
        probabilities: Share that is right there, rising.
    """

    method: ClassVar[str] = "isotonic"
    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    @classmethod
    def fit(cls, scores: Floats, correct: Truths) -> Self:
        """Fit the curve to scores and whether each was right."""
        values, place = np.unique(scores, return_inverse=True)
        count = np.bincount(place).astype(float)
        right = np.bincount(place, weights=correct.astype(float))
        at = values * count
        right[0] += 1.0
        for end in (0, -1):
            count[end] += 1.0
            at[end] += values[end]
        steps = _pooled(np.stack([count, right, at], axis=1))
        return cls(
            tuple((steps[:, 2] / steps[:, 0]).tolist()),
            tuple((steps[:, 1] / steps[:, 0]).tolist()),
        )

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability of each score; beyond the steps it stays as it is at the last."""
        return np.interp(scores, self.scores, self.probabilities).clip(LEAST, 1 - LEAST)

    def to_json(self) -> dict[str, Any]:
        """Return the steps."""
        return {"scores": list(self.scores), "probabilities": list(self.probabilities)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the curve that :meth:`to_json` told."""
        return cls(tuple(map(float, kept["scores"])), tuple(map(float, kept["probabilities"])))


#: How to fit the curve of each method, the simplest first.
FITS: Mapping[str, Callable[[Floats, Truths], Curve]] = {
    Platt.method: Platt.fit,
    Beta.method: Beta.fit,
    Isotonic.method: Isotonic.fit,
}
_READ: Mapping[str, Callable[[Mapping[str, Any]], Curve]] = {
    Platt.method: Platt.from_json,
    Beta.method: Beta.from_json,
    Isotonic.method: Isotonic.from_json,
}


def curve_of(kept: Mapping[str, Any]) -> Curve:
    """Return a curve as :func:`told` wrote it.

    Raises:
        ValueError: It is of no known method, or a part is missing or no number.
    """
    try:
        return _READ[kept["method"]](kept)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"no calibration curve: {error!r}") from error


def told(curve: Curve) -> dict[str, Any]:
    """Return a curve with its method, ready for JSON."""
    return {"method": curve.method, **curve.to_json()}


def _logit(scores: Floats) -> Floats:
    low, high = _logarithms(scores).T
    return np.asarray(low + high, dtype=np.float64)


def _logarithms(scores: Floats) -> Floats:
    """Return ``ln s`` and ``-ln (1 - s)``, of shape (scores, 2)."""
    inside = np.clip(scores, _EDGE, 1 - _EDGE)
    return np.stack([np.log(inside), -np.log1p(-inside)], axis=-1)


def _expit(logits: Floats) -> Floats:
    return (1.0 / (1.0 + np.exp(-np.clip(logits, -50.0, 50.0)))).clip(LEAST, 1 - LEAST)


def _regress(features: Floats, correct: Truths) -> list[float]:
    """Return the factor of each feature, none negative, and the offset of a logistic regression.

    A feature whose factor comes out negative is left out, and the rest is fitted again (Kull et al. 2017).
    """
    used = list(range(features.shape[1]))
    while True:
        found = _newton(features[:, used], _targets(correct))
        worst = int(np.argmin(found[:-1])) if used else 0
        if not used or found[worst] >= 0:
            break
        del used[worst]
    factors = [0.0] * features.shape[1]
    for feature, factor in zip(used, found, strict=False):
        factors[feature] = float(factor)
    return [*factors, float(found[-1])]


def _targets(correct: Truths) -> Floats:
    """Return what a regression aims at: a little less than 1 and more than 0 (Platt, section 2.2)."""
    right = int(correct.sum())
    return np.where(correct, (right + 1) / (right + 2), 1 / (len(correct) - right + 2))


def _newton(features: Floats, targets: Floats) -> Floats:
    """Return the weights of a logistic regression, the offset last, by Newton's method with halved steps."""
    design = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(design.shape[1])
    loss = _loss(design, targets, weights)
    for _ in range(_STEPS):
        guess = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -50.0, 50.0)))
        slope = design.T @ (guess - targets) + _RIDGE * weights
        bend = (design * (guess * (1 - guess))[:, None]).T @ design + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        share = 1.0
        while share > _ENOUGH and _loss(design, targets, weights - share * step) > loss:
            share /= 2
        weights = weights - share * step
        before, loss = loss, _loss(design, targets, weights)
        if before - loss < _ENOUGH:
            break
    return weights


def _loss(design: Floats, targets: Floats, weights: Floats) -> float:
    logits = design @ weights
    return float(np.sum(np.logaddexp(0.0, logits) - targets * logits) + _RIDGE / 2 * weights @ weights)


def _pooled(steps: Floats) -> Floats:
    """Join neighbours until the share that is right rises from one to the next.

    Args:
        steps: Count, how many are right, and sum of scores, of shape (steps, 3), by rising score.
    """
    pooled: list[Floats] = []
    for step in steps:
        pooled.append(step)
        while len(pooled) > 1 and pooled[-2][1] * pooled[-1][0] >= pooled[-1][1] * pooled[-2][0]:
            last = pooled.pop()
            pooled[-1] = pooled[-1] + last
    return np.array(pooled)
