"""The figures of the corpus: over all of it, by slice, and document by document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

from extractor.corpus.metadata import Split
from extractor.scoreboard.bootstrap import COMPOSITE, Interval, intervals
from extractor.scoreboard.calibration import Calibration, calibration_of
from extractor.scoreboard.judged import judged_facts
from extractor.scoreboard.mistakes import Frequency, Mistake, mistakes_of, most_frequent
from extractor.scoreboard.reading import Fault, Reading
from extractor.scoring.document import Alignments, Scores, align_facts, scores_of
from extractor.scoring.facts import Facts, facts_of_record
from extractor.scoring.report import HEADLINE, Report, composite

#: What the corpus is cut by.
DIMENSIONS = ("discipline", "era", "style", "noise", "author")
#: Slices of fewer documents say little.
FEW = 5


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """One report, read and compared.

    Attributes:
        reading: The report, its gold record, and what was read.
        aligned: What the comparison made of every fact.
        scores: Its tallies.
        mistakes: What was read wrongly.
    """

    reading: Reading
    aligned: Alignments
    scores: Scores
    mistakes: tuple[Mistake, ...]

    @property
    def name(self) -> str:
        """The document's name."""
        return self.reading.report.name

    @property
    def split(self) -> Split:
        """The split that it belongs to."""
        return self.reading.split

    @property
    def fault(self) -> Fault | None:
        """What stopped the reading, if anything did."""
        return self.reading.record if isinstance(self.reading.record, Fault) else None

    @property
    def composite(self) -> float | None:
        """Mean F1 of the headline kinds."""
        return composite(self.scores)

    @property
    def fingerprint(self) -> str:
        """Which text and gold it was scored on."""
        return hashlib.sha256(self.reading.report.record.to_json().encode()).hexdigest()[:12]

    def slice_of(self, dimension: str) -> str:
        """Return where it belongs in one of :data:`DIMENSIONS`, or ``split``."""
        return self.split if dimension == "split" else str(getattr(self.reading.report.metadata, dimension))


@dataclass(frozen=True, slots=True)
class Slice:
    """The documents that share a discipline, a decade or the like.

    Attributes:
        value: What they share.
        size: How many they are.
        scores: Their tallies together.
        interval: How sure their composite is; unknown where they are few.
    """

    value: str
    size: int
    scores: Scores
    interval: Interval | None

    @property
    def is_small(self) -> bool:
        """Whether so few documents say little."""
        return self.size < FEW

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, ready for JSON."""
        return {
            "documents": self.size,
            "small": self.is_small,
            "composite": composite(self.scores),
            "interval": self.interval,
            "f1": {kind: self.scores.tallies[kind].f1 for kind in HEADLINE},
        }


class Board:
    """The scores of some documents.

    Args:
        documents: The documents, in order.
    """

    def __init__(self, documents: Iterable[ScoredDocument]) -> None:
        self.documents = tuple(documents)

    @cached_property
    def splits(self) -> tuple[Split, ...]:
        """The splits that the documents come from."""
        return tuple(dict.fromkeys(document.split for document in self.documents))

    def of(self, split: Split) -> Board:
        """Return the scores of one split."""
        return Board(document for document in self.documents if document.split == split)

    @cached_property
    def total(self) -> Scores:
        """The tallies of all documents."""
        return _sum(self.documents)

    @cached_property
    def intervals(self) -> dict[str, Interval | None]:
        """How sure the composite and the headline kinds are."""
        return intervals([document.scores for document in self.documents])

    @property
    def faults(self) -> list[ScoredDocument]:
        """The documents that could not be read."""
        return [document for document in self.documents if document.fault]

    @cached_property
    def report(self) -> Report:
        """The figures in the form that records are scored in."""
        return Report({self.label(document): document.scores for document in self.documents})

    @cached_property
    def calibration(self) -> Calibration:
        """What the confidences are worth."""
        return calibration_of(
            fact
            for document in self.documents
            if not isinstance(document.reading.record, Fault)
            for fact in judged_facts(document.aligned, document.reading.record)
        )

    def label(self, document: ScoredDocument) -> str:
        """Return the document's name, with its split where there are several."""
        return document.name if len(self.splits) < 2 else f"{document.split}/{document.name}"

    @cached_property
    def slices(self) -> dict[str, list[Slice]]:
        """The slices of each dimension, by name; the splits first where there are several."""
        dimensions = ("split", *DIMENSIONS) if len(self.splits) > 1 else DIMENSIONS
        return {dimension: self._cut(dimension) for dimension in dimensions}

    def worst(self, count: int) -> list[ScoredDocument]:
        """Return the documents of the lowest composite; those with nothing to find are left out."""
        known = [document for document in self.documents if document.composite is not None]
        return sorted(known, key=lambda d: (d.composite, self.label(d)))[:count]

    def errors(self) -> list[Frequency]:
        """Return how often each sort of error occurs, the commonest first."""
        return most_frequent(document.mistakes for document in self.documents)

    def to_dict(self) -> dict[str, Any]:
        """Return all figures, ready for JSON. There is no text in them."""
        return {
            "splits": list(self.splits),
            **self.report.to_dict(),
            "intervals": self.intervals,
            "calibration": self.calibration.to_dict(),
            "slices": {
                dimension: {one.value: one.to_dict() for one in slices}
                for dimension, slices in self.slices.items()
            },
            "errors": [
                {
                    "kind": error.kind,
                    "reason": error.reason,
                    "detail": error.detail,
                    "times": error.times,
                    "documents": error.documents,
                }
                for error in self.errors()
            ],
            "faults": {self.label(d): d.fault.kind for d in self.documents if d.fault},
        }

    def _cut(self, dimension: str) -> list[Slice]:
        groups: dict[str, list[ScoredDocument]] = {}
        for document in self.documents:
            groups.setdefault(document.slice_of(dimension), []).append(document)
        return [
            Slice(value, len(some), _sum(some), _interval(some)) for value, some in sorted(groups.items())
        ]


def score_readings(readings: Iterable[Reading]) -> Board:
    """Compare what was read with what the authors say. What could not be read counts as empty."""
    return Board(map(_scored, readings))


def _scored(reading: Reading) -> ScoredDocument:
    gold = facts_of_record(reading.report.record)
    pred = Facts() if isinstance(reading.record, Fault) else facts_of_record(reading.record)
    aligned = align_facts(gold, pred)
    return ScoredDocument(reading, aligned, scores_of(aligned), tuple(mistakes_of(aligned, gold, pred)))


def _interval(documents: Sequence[ScoredDocument]) -> Interval | None:
    if len(documents) < FEW:
        return None
    return intervals([document.scores for document in documents])[COMPOSITE]


def _sum(documents: Sequence[ScoredDocument]) -> Scores:
    return reduce(Scores.__add__, (document.scores for document in documents), Scores())
