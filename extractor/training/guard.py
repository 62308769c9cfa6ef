"""Whether a new model may take the place of an old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extractor.scoreboard.board import Board
from extractor.scoreboard.bootstrap import COMPOSITE
from extractor.scoreboard.paired import Difference, differences
from extractor.scoring.report import HEADLINE


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a new model reads beside an old one, or beside the rules alone.

    Attributes:
        differences: By kind of fact, the composite first.
        documents: How many reports both have read.
        faults: How many of them the new one failed on.
    """

    differences: Mapping[str, Difference]
    documents: int
    faults: int = 0

    @property
    def mean(self) -> Difference:
        """The mean F1 of the headline kinds."""
        return self.differences[COMPOSITE]

    @property
    def is_worse(self) -> bool:
        """Whether the old one is the better model: its mean is higher, or the new one fails on a report.

        A lower mean is refused even where chance might explain it: nothing then speaks for the change.
        """
        return self.faults > 0 or (self.mean.new or 0.0) < (self.mean.old or 0.0)

    def fallen(self) -> list[Difference]:
        """Return the headline kinds that are read worse by more than chance would explain."""
        return [one for kind in HEADLINE if (one := self.differences[kind]).is_sure and (one.gain or 0.0) < 0]

    def to_dict(self) -> dict[str, Any]:
        """Return all figures, ready for JSON."""
        figures = {kind: one.to_dict() for kind, one in self.differences.items()}
        return {"documents": self.documents, "faults": self.faults, "kinds": figures}


def judge(old: Board, new: Board) -> Verdict:
    """Compare two readings of the same reports.

    Raises:
        ValueError: They are of different reports.
    """
    if [one.fingerprint for one in old.documents] != [one.fingerprint for one in new.documents]:
        raise ValueError("the two have not read the same reports")
    scores = ([one.scores for one in board.documents] for board in (old, new))
    return Verdict(differences(*scores), len(new.documents), len(new.faults))
