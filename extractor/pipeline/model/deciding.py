"""How likely each fact is, and which facts stay: weights, calibration and thresholds that training found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from extractor.neural.calibration import Calibrator
from extractor.pipeline.model.weighing import FEATURES, Weighed

Array = NDArray[np.float64]

#: Kinds too rare to be weighed alone are weighed together.
_RARE = {
    f"results.{kind}": "results.rare"
    for kind in ("grid", "qualifying", "running", "championship", "fastest_lap")
}


def group_of(kind: str) -> str:
    """Return the group of kinds that shares weights and thresholds."""
    return _RARE.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over standardised numbers (Cox 1958)."""

    mean: Array
    scale: Array
    weights: Array  # the last one is the bias

    def score(self, features: NDArray[np.float32]) -> Array:
        """Return the probability for each row of features."""
        rows = np.atleast_2d((features - self.mean) / self.scale)
        logits: Array = rows @ self.weights[:-1] + self.weights[-1]
        found: Array = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return found

    @classmethod
    def fit(cls, features: NDArray[np.float32], correct: Sequence[bool], penalty: float) -> Self:
        """Fit by Newton's method with a penalty on the squared weights."""
        mean, scale = features.mean(0, dtype=np.float64), np.maximum(features.std(0, dtype=np.float64), 0.05)
        rows = np.c_[(features - mean) / scale, np.ones(len(features))]
        wanted = np.asarray(correct, np.float64)
        weights = np.zeros(rows.shape[1])
        ridge = np.eye(len(weights)) * penalty
        ridge[-1, -1] = 1e-3
        for _ in range(40):
            chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
            slope = rows.T @ (chance - wanted) + ridge @ weights
            curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
            step = np.linalg.solve(curve, slope)
            weights -= step
            if np.abs(step).max() < 1e-6:
                break
        return cls(mean, scale, weights)

    def to_json(self) -> dict[str, list[float]]:
        """Return the numbers as lists."""
        return {
            "mean": self.mean.round(6).tolist(),
            "scale": self.scale.round(6).tolist(),
            "weights": self.weights.round(6).tolist(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Sequence[float]]) -> Self:
        """Read what :meth:`to_json` wrote."""
        return cls(*(np.array(kept[name], np.float64) for name in ("mean", "scale", "weights")))


@dataclass(frozen=True, slots=True)
class Decisions:
    """What training found about facts.

    Attributes:
        weights: By group of kinds.
        calibrator: From a fact's score to its probability.
        keep: The least probability with which a fact of the rules stays, by kind.
        add: The same for facts that the model alone tells.
    """

    weights: Mapping[str, Weights]
    calibrator: Calibrator
    keep: Mapping[str, float]
    add: Mapping[str, float]

    def chances(self, facts: Sequence[Weighed]) -> list[float]:
        """Return the probability of each fact."""
        scores = self.scores(facts)
        kinds = [group_of(fact.kind) for fact in facts]
        return [float(chance) for chance in self.calibrator.many(kinds, scores)] if facts else []

    def scores(self, facts: Sequence[Weighed]) -> list[float]:
        """Return what the weights alone make of each fact."""
        scores = np.zeros(len(facts))
        groups = [group_of(fact.kind) for fact in facts]
        for group, weights in self.weights.items():
            at = [k for k, own in enumerate(groups) if own == group]
            if at:
                scores[at] = weights.score(np.stack([facts[k].features for k in at]))
        return [float(score) for score in scores]

    def least(self, kind: str, *, proposed: bool) -> float:
        """Return the probability below which a fact of a kind leaves."""
        return (self.add if proposed else self.keep).get(kind, 1.0 if proposed else 0.0)

    def to_json(self) -> dict[str, Any]:
        """Return everything for ``calibration.json``."""
        return {
            "features": list(FEATURES),
            "weights": {group: weights.to_json() for group, weights in self.weights.items()},
            "calibrator": self.calibrator.to_json(),
            "keep": dict(self.keep),
            "add": dict(self.add),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote.

        Raises:
            ValueError: It was made with other features.
        """
        if list(kept["features"]) != list(FEATURES):
            raise ValueError("made with other features")
        return cls(
            {group: Weights.from_json(weights) for group, weights in kept["weights"].items()},
            Calibrator.from_json(kept["calibrator"]),
            dict(kept["keep"]),
            dict(kept["add"]),
        )
