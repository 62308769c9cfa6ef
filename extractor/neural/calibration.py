"""Scores made into probabilities: for each kind of fact the curve that foretells other documents best.

    >>> calibrator = Calibrator.fit(kinds, scores, correct, documents)  # doctest: +SKIP
    >>> calibrator("results.final", 0.9)  # doctest: +SKIP
    0.83

How far the outcome can be trusted is measured in :mod:`extractor.neural.reliability`.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from extractor.neural.curves import FITS, LEAST, Curve, Floats, Platt, Truths, curve_of, told

#: A kind with fewer examples than this goes by the curve of all kinds together.
FEWEST = 40
FOLDS = 5
#: Goes by what was scored while nothing is known.
_AS_SCORED = Platt(slope=1.0, offset=0.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A curve and what it rests on.

    Attributes:
        curve: The curve.
        examples: How many scores it was fitted to.
        losses: Log loss of each method on documents that it was not fitted to; empty where there was nothing
            to compare on.
    """

    curve: Curve
    examples: int
    losses: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {**told(self.curve), "examples": self.examples, "losses": dict(self.losses)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return what :meth:`to_json` told."""
        losses = {str(method): float(loss) for method, loss in kept.get("losses", {}).items()}
        return cls(curve_of(kept), int(kept.get("examples", 0)), losses)


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Makes a probability of a score.

    Attributes:
        kinds: The curve of each kind that has examples enough.
        pooled: The curve for every other kind.
    """

    kinds: Mapping[str, Fitted]
    pooled: Fitted

    @classmethod
    def fit(
        cls,
        kinds: Sequence[str],
        scores: Sequence[float] | Floats,
        correct: Sequence[bool] | Truths,
        documents: Sequence[str],
        *,
        fewest: int = FEWEST,
    ) -> Self:
        """Fit to facts that are known to be right or wrong, whatever their order.

        Args:
            kinds: Kind of each fact.
            scores: Its score, in [0, 1].
            correct: Whether it is right.
            documents: Name of the document it was read in; methods are compared on documents not fitted to.
            fewest: A kind with fewer examples goes by the curve of all kinds together.

        Raises:
            ValueError: The four differ in length, or a score is outside [0, 1].
        """
        named, read = np.asarray(kinds, dtype=np.str_), np.asarray(documents, dtype=np.str_)
        scored, right = np.asarray(scores, dtype=np.float64), np.asarray(correct, dtype=np.bool_)
        if not len(named) == len(scored) == len(right) == len(read):
            raise ValueError("kinds, scores, correct and documents differ in length")
        if not np.all((scored >= 0) & (scored <= 1)):
            raise ValueError("a score is outside 0 to 1")
        folds = _folds(read)
        found = {}
        for kind in sorted(set(named.tolist())):
            chosen = named == kind
            if chosen.sum() >= fewest:
                found[kind] = _fitted(scored[chosen], right[chosen], folds[chosen])
        return cls(found, _fitted(scored, right, folds))

    def __call__(self, kind: str, score: float) -> float:
        """Return the probability that a fact of this kind and score is right, in (0, 1)."""
        return float(self.curve(kind)(np.array([score], dtype=np.float64))[0])

    def many(self, kinds: Sequence[str], scores: Sequence[float] | Floats) -> Floats:
        """Return the probability of each of many facts."""
        named, scored = np.asarray(kinds, dtype=np.str_), np.asarray(scores, dtype=np.float64)
        probabilities = np.empty_like(scored)
        for kind in set(named.tolist()):
            chosen = named == kind
            probabilities[chosen] = self.curve(kind)(scored[chosen])
        return probabilities

    def curve(self, kind: str) -> Curve:
        """Return the curve that a kind goes by."""
        return self.kinds.get(kind, self.pooled).curve

    def to_json(self) -> dict[str, Any]:
        """Return the curves, ready for JSON."""
        kinds = {kind: fitted.to_json() for kind, fitted in self.kinds.items()}
        return {"pooled": self.pooled.to_json(), "kinds": kinds}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the calibrator that :meth:`to_json` told.

        Raises:
            ValueError: It is none.
        """
        try:
            kinds = {str(kind): Fitted.from_json(fitted) for kind, fitted in kept["kinds"].items()}
            return cls(kinds, Fitted.from_json(kept["pooled"]))
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"no calibration: {error!r}") from error


def log_loss(probabilities: Floats, correct: Truths) -> float:
    """Return the mean of minus the logarithm of the probability that was given to what is true."""
    inside = np.clip(probabilities, LEAST, 1 - LEAST)
    return float(-np.mean(np.where(correct, np.log(inside), np.log1p(-inside))))


def _folds(documents: np.ndarray[Any, np.dtype[np.str_]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the fold of each fact; the facts of one document share theirs.

    Documents are dealt out by a checksum of their names, so that neighbours by name are not put together.
    """
    names = sorted(set(documents.tolist()), key=lambda name: (zlib.crc32(name.encode()), name))
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    return np.array([fold[name] for name in documents.tolist()], dtype=np.int64)


def _fitted(scores: Floats, correct: Truths, folds: np.ndarray[Any, np.dtype[np.int64]]) -> Fitted:
    if not scores.size:
        return Fitted(_AS_SCORED, 0, {})
    order = np.lexsort((folds, correct, scores))  # sums of floats depend on their order, in the last digit
    scores, correct, folds = scores[order], correct[order], folds[order]
    held_out = [folds == fold for fold in np.unique(folds)]
    if len(held_out) < 2:
        return Fitted(Platt.fit(scores, correct), len(scores), {})
    losses = {}
    for method, fit in FITS.items():
        foretold = np.empty_like(scores)
        for out in held_out:
            foretold[out] = fit(scores[~out], correct[~out])(scores[out])
        losses[method] = log_loss(foretold, correct)
    best = min(losses, key=lambda method: losses[method])
    return Fitted(FITS[best](scores, correct), len(scores), losses)
