"""Which of the facts that were read are right, beside how sure the record says they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extractor.record import RaceRecord
from extractor.scoring.document import RESULT_KINDS, Alignments
from extractor.scoring.facts import Ids

#: The kinds whose facts carry a confidence, each fact once.
JUDGED_KINDS = (
    "entries",
    *(f"results.{kind}" for kind in RESULT_KINDS),
    "retirements",
    "incidents.lenient",
    "quotes",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact that was read and could be compared.

    Attributes:
        kind: One of :data:`JUDGED_KINDS`.
        ids: What it stands for in its record: a fact, or driver and team of an entry, or session and driver
            of a retirement.
        confidence: How sure the record is.
        correct: Whether the gold record says so, too.
    """

    kind: str
    ids: Ids
    confidence: float
    correct: bool


def judged_facts(aligned: Alignments, pred: RaceRecord) -> Iterator[Judged]:
    """Yield every fact of a record that was compared, by kind.

    What answers to an optional gold fact is neither right nor wrong and is left out. A retirement is judged
    where a result says so; one that only an incident tells is judged with the incidents.

    Args:
        aligned: What the comparison with gold made of the record's facts.
        pred: The record.
    """
    sure = confidences(pred)
    for kind in JUDGED_KINDS:
        found = aligned[kind]
        judged = [*((fact, True) for _, fact in found.pairs), *((fact, False) for fact in found.spurious)]
        for fact, correct in judged:
            if fact.ids in sure[kind]:
                yield Judged(kind, fact.ids, sure[kind][fact.ids], correct)


def confidences(record: RaceRecord) -> Mapping[str, Mapping[Ids, float]]:
    """Return how sure a record is of its facts, by kind; of a fact told several times, the surest."""
    found: dict[str, dict[Ids, float]] = defaultdict(dict)
    for kind, ids, confidence in _told(record):
        found[kind][ids] = max(confidence, found[kind].get(ids, 0.0))
    return found


def _told(record: RaceRecord) -> Iterable[tuple[str, Ids, float]]:
    for entry in record.entries:
        for driver in entry.drivers if entry.team is not None else ():
            yield "entries", (driver, entry.team or ""), entry.confidence
    for result in record.results:
        yield f"results.{result.kind}", (result.id,), result.confidence
        for driver in result.drivers if result.status == "dnf" else ():
            yield "retirements", (result.session, driver), result.confidence
    for incident in record.incidents:
        yield "incidents.lenient", (incident.id,), incident.confidence
    for quote in record.quotes:
        yield "quotes", (quote.id,), quote.confidence
