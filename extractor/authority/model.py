"""How likely two appearances are one: a sum of weighted evidence, and a calibrated probability of it.

The model of Fellegi and Sunter (1969, "A theory for record linkage") in the form of a logistic regression:
each piece of evidence adds its weight to the logarithm of the odds. The weights are learnt on the training
reports of the corpus, told over several documents each; the calibration on its ``dev``
(``python -m benchmarks.authority --fit``).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extractor.authority.appearance import Kind
from extractor.authority.evidence import Evidence, evidence_of, plain
from extractor.authority.portrait import Portrait, Rarity

_TELLING = 0.3  # a weight times a number from which it is a reason


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence and what it adds to the logarithm of the odds: below zero it speaks against."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted model.

    Attributes:
        of: Weight of each piece of evidence.
        slope: Calibration: the score is multiplied by it.
        shift: Calibration: then this is added.
    """

    of: Mapping[str, float]
    slope: float = 1.0
    shift: float = 0.0

    def score(self, evidence: Evidence) -> float:
        """Return the calibrated logarithm of the odds."""
        of = self.of
        return self.slope * sum(of.get(name, 0.0) * value for name, value in evidence) + self.shift

    def probability(self, evidence: Evidence) -> float:
        """Return the calibrated probability."""
        return probability(self.score(evidence))

    def reasons(self, evidence: Evidence) -> tuple[Reason, ...]:
        """Return what tells most, for and against, the weightiest first."""
        weighed = [
            Reason(plain(name), round(self.slope * self.of.get(name, 0.0) * value, 2))
            for name, value in evidence
            if plain(name) != "bias"
        ]
        telling = [one for one in weighed if abs(one.weight) >= _TELLING]
        return tuple(sorted(telling, key=lambda one: (-abs(one.weight), one.name)))


@cache
def shipped(kind: Kind) -> Weights:
    """Return the weights that the program comes with, for two appearances of a kind."""
    return _shipped(kind)


@cache
def shipped_for_groups(kind: Kind) -> Weights:
    """Return the weights for two groups of appearances: what is asked before they become one."""
    return _shipped(f"{kind}_groups")


@cache
def shipped_for_lists(kind: Kind) -> Weights:
    """Return the weights for an entity and an entry of a user's list."""
    return _shipped(f"{kind}_list")


def _shipped(table: str) -> Weights:
    packed = resources.files("extractor.authority").joinpath("weights.toml").read_text("utf-8")
    told = tomllib.loads(packed)[table]
    return Weights(told["of"], told["slope"], told["shift"])


def probability(score: float) -> float:
    """Return the probability of a logarithm of odds."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, score))))


def log_odds(likely: float) -> float:
    """Return the logarithm of the odds of a probability."""
    return math.log(likely / (1 - likely))


def score_of(one: Portrait, other: Portrait, rarity: Rarity, weights: Weights | None = None) -> float | None:
    """Return the logarithm of the odds that two are one; ``None`` where it is out of the question."""
    evidence = evidence_of(one, other, rarity)
    if evidence is None:
        return None
    return (weights or shipped(one.appearance.kind)).score(evidence)
