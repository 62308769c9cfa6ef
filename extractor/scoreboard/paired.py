"""Two readers of the same documents: which one reads better, and whether chance would explain it.

Paired bootstrap (Berg-Kirkpatrick, Burkett and Klein, "An Empirical Investigation of Statistical Significance
in NLP", 2012): the same documents are drawn for both, so what is hard for both does not blur the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from extractor.scoreboard.bootstrap import COMPOSITE, Interval, drawn_figures, ends
from extractor.scoring.document import KINDS, Scores
from extractor.scoring.report import composite


@dataclass(frozen=True, slots=True)
class Difference:
    """How one figure differs.

    Attributes:
        kind: The kind of fact, or :data:`COMPOSITE`.
        old: F1 of the first reader, ``None`` where there is nothing to find.
        new: F1 of the second one.
        interval: 95 % interval of what is gained; unknown where fewer than two documents leave nothing to
            draw from.
    """

    kind: str
    old: float | None
    new: float | None
    interval: Interval | None

    @property
    def gain(self) -> float | None:
        """How much higher the second reader's F1 is."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def is_sure(self) -> bool:
        """Whether chance would not explain the difference: 0 lies outside the interval."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, ready for JSON."""
        return {"old": self.old, "new": self.new, "gain": self.gain, "interval": self.interval}


def differences(old: Sequence[Scores], new: Sequence[Scores]) -> dict[str, Difference]:
    """Compare two readers on the same documents.

    Args:
        old: The first reader's scores, document by document.
        new: The second one's, of the same documents in the same order.

    Returns:
        The difference of the composite, then of each kind of fact.

    Raises:
        ValueError: They have not read as many documents.
    """
    if len(old) != len(new):
        raise ValueError(f"{len(old)} documents cannot be compared with {len(new)}")
    before, after = (reduce(Scores.__add__, some, Scores()) for some in (old, new))
    drawn = _drawn(old, new) if len(old) > 1 else {}
    mean = Difference(COMPOSITE, composite(before), composite(after), drawn.get(COMPOSITE))
    of_kinds = (
        Difference(kind, before.tallies[kind].f1, after.tallies[kind].f1, drawn.get(kind)) for kind in KINDS
    )
    return {one.kind: one for one in (mean, *of_kinds)}


def _drawn(old: Sequence[Scores], new: Sequence[Scores]) -> dict[str, Interval | None]:
    before, after = drawn_figures(old, KINDS), drawn_figures(new, KINDS)
    return {name: ends(after[name] - before[name]) for name in before}
