"""The figures of an evaluation: over all documents, and of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from extractor.record import RaceRecord
from extractor.scoring.document import KINDS, Scores, score_facts
from extractor.scoring.facts import Facts, facts_of_record

#: The kinds whose mean F1 is the composite.
HEADLINE = ("drivers", "entries", "results.final", "incidents.lenient", "quotes")


@dataclass(frozen=True, slots=True)
class Report:
    """How well predicted records fit gold ones.

    Attributes:
        documents: The scores of each document, by name.
        missing: Gold documents that nothing was predicted for; they count as empty predictions.
        unmatched: Predicted documents without gold; they are not counted.
    """

    documents: dict[str, Scores]
    missing: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    total: Scores = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", reduce(Scores.__add__, self.documents.values(), Scores()))

    @property
    def composite(self) -> float | None:
        """Mean F1 of :data:`HEADLINE` over all documents; kinds with nothing to find are left out."""
        return composite(self.total)

    def to_dict(self) -> dict[str, Any]:
        """Return all figures, ready for JSON. A figure of nothing is ``None``."""
        return {
            "composite": self.composite,
            "total": figures_of(self.total),
            "documents": {
                name: {"composite": composite(scores), **figures_of(scores)}
                for name, scores in self.documents.items()
            },
            "missing": list(self.missing),
            "unmatched": list(self.unmatched),
        }


def composite(scores: Scores) -> float | None:
    """Return the mean F1 of the headline kinds that have one, or ``None``."""
    figures = [f1 for kind in HEADLINE if (f1 := scores.tallies[kind].f1) is not None]
    return sum(figures) / len(figures) if figures else None


def score_records(pairs: Iterable[tuple[str, RaceRecord, RaceRecord]]) -> Report:
    """Score (name, gold, predicted) records.

    Documents of one name are counted together.
    """
    return report_of((name, facts_of_record(gold), facts_of_record(pred)) for name, gold, pred in pairs)


def report_of(
    documents: Iterable[tuple[str, Facts, Facts]],
    missing: Iterable[str] = (),
    unmatched: Iterable[str] = (),
) -> Report:
    """Score (name, gold, predicted) facts."""
    scored: dict[str, Scores] = {}
    for name, gold, pred in documents:
        scores = score_facts(gold, pred)
        scored[name] = scored[name] + scores if name in scored else scores
    return Report(scored, tuple(missing), tuple(unmatched))


def figures_of(scores: Scores) -> dict[str, Any]:
    """Return counts and shares of every kind, as they are written to JSON."""
    return {
        "kinds": {kind: scores.tallies[kind].to_dict() for kind in KINDS},
        "speaker": {
            "accuracy": scores.speaker_accuracy,
            "right": scores.speakers.tp,
            "of": scores.speakers.tp + scores.speakers.fp,
        },
    }
