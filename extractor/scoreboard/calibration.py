"""How far the confidences of records can be trusted: over all facts, and kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.neural.reliability import Reliability, reliability
from extractor.record import RaceRecord
from extractor.scoreboard.judged import JUDGED_KINDS, Judged, judged_facts
from extractor.scoring.document import align_facts
from extractor.scoring.evaluate import Pairing


@dataclass(frozen=True, slots=True)
class Calibration:
    """What confidences are worth.

    Attributes:
        total: Over all facts.
        kinds: Over the facts of each kind that has any.
    """

    total: Reliability
    kinds: Mapping[str, Reliability]

    def to_dict(self) -> dict[str, Any]:
        """Return all figures, ready for JSON. There is no text in them."""
        kinds = {kind: found.to_dict() for kind, found in self.kinds.items()}
        return {"total": self.total.to_dict(), "kinds": kinds}


def calibration_of(facts: Iterable[Judged]) -> Calibration:
    """Measure the confidences of facts against whether they are right."""
    known = list(facts)
    by_kind = {kind: [fact for fact in known if fact.kind == kind] for kind in JUDGED_KINDS}
    return Calibration(_measured(known), {kind: _measured(some) for kind, some in by_kind.items() if some})


def calibration_of_pairing(pairing: Pairing) -> Calibration:
    """Measure the confidences of predicted records; flat facts have none."""
    return calibration_of(
        fact
        for pair in pairing.pairs
        if isinstance(pair.record, RaceRecord)
        for fact in judged_facts(align_facts(pair.gold, pair.pred), pair.record)
    )


def _measured(facts: list[Judged]) -> Reliability:
    return reliability([fact.confidence for fact in facts], [fact.correct for fact in facts])
