"""How far figures would move with other reports of the same sort: bootstrap over documents.

Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13: documents are drawn with
replacement, their counts are added up, and the figures of the draws are cut off at both ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.scoring.document import Scores
from extractor.scoring.report import HEADLINE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 20_240
#: Share of the draws that lie within the interval.
LEVEL = 0.95
#: The key of the mean over the headline kinds.
COMPOSITE = "composite"

#: Lower and upper end.
Interval = tuple[float, float]


def intervals(documents: Sequence[Scores]) -> dict[str, Interval | None]:
    """Return the interval of the composite and of each headline kind's F1.

    Args:
        documents: The scores of each document.

    Returns:
        Intervals by kind, :data:`COMPOSITE` first; ``None`` where fewer than two documents, or no fact at
        all, leave nothing to draw from. The same documents in the same order give the same intervals.
    """
    names = (COMPOSITE, *HEADLINE)
    if len(documents) < 2:
        return dict.fromkeys(names)
    shares = _shares(_draws(documents))
    return {name: _ends(column) for name, column in zip(names, shares, strict=True)}


def _draws(documents: Sequence[Scores]) -> NDArray[np.int64]:
    """Return counts added up for each draw, of shape (resamples, headline kinds, tp fp fn)."""
    import numpy as np

    tallies = ([scores.tallies[kind] for kind in HEADLINE] for scores in documents)
    counts = np.array([[(t.tp, t.fp, t.fn) for t in row] for row in tallies], dtype=np.int64)
    size = len(documents)
    chosen = np.random.default_rng(SEED).integers(size, size=(RESAMPLES, size))
    times = np.apply_along_axis(np.bincount, 1, chosen, minlength=size)
    drawn: NDArray[np.int64] = (times @ counts.reshape(size, -1)).reshape(RESAMPLES, len(HEADLINE), 3)
    return drawn


def _shares(drawn: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """Return the composite and the F1 of each kind in every draw; what has no figure is left out."""
    import numpy as np

    right, wrong, missed = drawn[..., 0], drawn[..., 1], drawn[..., 2]
    whole = 2 * right + wrong + missed
    f1 = np.divide(2 * right, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    known = (whole > 0).sum(axis=1)
    total = np.nansum(f1, axis=1)
    composite = np.divide(total, known, out=np.full(known.shape, np.nan), where=known > 0)
    return [column[~np.isnan(column)] for column in (composite, *f1.T)]


def _ends(shares: NDArray[np.float64]) -> Interval | None:
    import numpy as np

    if not shares.size:
        return None
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
