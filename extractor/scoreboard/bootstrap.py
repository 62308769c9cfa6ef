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
    if len(documents) < 2:
        return dict.fromkeys((COMPOSITE, *HEADLINE))
    return {name: ends(column) for name, column in drawn_figures(documents, HEADLINE).items()}


def drawn_figures(documents: Sequence[Scores], kinds: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Return the composite and the F1 of each kind in every draw; ``nan`` where a draw has no figure.

    As many documents are always drawn alike, so that figures of the same documents can be compared draw by
    draw.

    Args:
        documents: The scores of each document.
        kinds: Which kinds; those that make the composite are among them.
    """
    import numpy as np

    f1 = dict(zip(kinds, _f1(_draws(documents, kinds)).T, strict=True))
    headline = np.stack([f1[kind] for kind in HEADLINE], axis=1)
    known = (~np.isnan(headline)).sum(axis=1)
    total = np.nansum(headline, axis=1)
    composite = np.divide(total, known, out=np.full(known.shape, np.nan), where=known > 0)
    return {COMPOSITE: composite, **f1}


def ends(column: NDArray[np.float64]) -> Interval | None:
    """Return the ends between which most draws lie; draws without a figure do not count."""
    import numpy as np

    known = column[~np.isnan(column)]
    if not known.size:
        return None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _draws(documents: Sequence[Scores], kinds: Sequence[str]) -> NDArray[np.int64]:
    """Return counts added up for each draw, of shape (resamples, kinds, tp fp fn)."""
    import numpy as np

    tallies = ([scores.tallies[kind] for kind in kinds] for scores in documents)
    counts = np.array([[(t.tp, t.fp, t.fn) for t in row] for row in tallies], dtype=np.int64)
    size = len(documents)
    chosen = np.random.default_rng(SEED).integers(size, size=(RESAMPLES, size))
    times = np.apply_along_axis(np.bincount, 1, chosen, minlength=size)
    drawn: NDArray[np.int64] = (times @ counts.reshape(size, -1)).reshape(RESAMPLES, len(kinds), 3)
    return drawn


def _f1(drawn: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the F1 of each kind in every draw, of shape (resamples, kinds)."""
    import numpy as np

    right, wrong, missed = drawn[..., 0], drawn[..., 1], drawn[..., 2]
    whole = 2 * right + wrong + missed
    f1: NDArray[np.float64] = np.divide(2 * right, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return f1
