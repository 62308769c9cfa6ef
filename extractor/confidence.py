"""Leaving out what a record is not sure enough of, how many errors that leaves, and how that is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from extractor.messages import Messages
from extractor.record import Finding, Incident, RaceRecord, Result


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of leaving out the facts of one record or of many.

    Attributes:
        kept: How many facts remain.
        left_out: How many facts left.
        expected_errors: How many of those that remain are wrong, if confidences are true probabilities: the
            sum of what each lacks to certainty.
    """

    kept: int = 0
    left_out: int = 0
    expected_errors: float = 0.0

    def __add__(self, other: Cut) -> Cut:
        return Cut(
            self.kept + other.kept,
            self.left_out + other.left_out,
            self.expected_errors + other.expected_errors,
        )


def sure_enough(record: RaceRecord, least: float) -> tuple[RaceRecord, Cut]:
    """Return a record without the facts whose confidence is below ``least``, and what came of it.

    Facts are entries, results, incidents and quotes. What pointed at one that left points at nothing: a
    result has no entry, an incident no such cause and nobody who claims it. A finding that was about such
    facts alone leaves with them. Sessions, drivers and teams stay, for the text names them all the same.

    Args:
        record: The record; it is not changed.
        least: Between 0, which leaves everything, and 1.

    Raises:
        ValueError: ``least`` is no such number.
    """
    if not 0.0 <= least <= 1.0:
        raise ValueError(f"{least} is not between 0 and 1")
    left = {fact.id for fact in record.facts() if fact.confidence < least}
    cut = _cut([fact.confidence for fact in record.facts() if fact.id not in left], len(left))
    return (_without(record, left) if left else record), cut


def _cut(kept: Sequence[float], left_out: int) -> Cut:
    return Cut(len(kept), left_out, math.fsum(1.0 - confidence for confidence in kept))


def _without(record: RaceRecord, left: set[str]) -> RaceRecord:
    parts = {
        "entries": _staying(record.entries, left),
        "results": tuple(_result(one, left) for one in _staying(record.results, left)),
        "incidents": tuple(_incident(one, left) for one in _staying(record.incidents, left)),
        "quotes": _staying(record.quotes, left),
        "findings": tuple(_findings(record.findings, left)),
    }
    return record.model_copy(update=parts)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Named = TypeVar("_Named", bound=_HasId)


def _staying(facts: Iterable[_Named], left: set[str]) -> tuple[_Named, ...]:
    return tuple(fact for fact in facts if fact.id not in left)


def _result(result: Result, left: set[str]) -> Result:
    return result.model_copy(update={"entry": None}) if result.entry in left else result


def _incident(incident: Incident, left: set[str]) -> Incident:
    causes = tuple(cause for cause in incident.caused_by if cause not in left)
    claimed = None if incident.asserted_by in left else incident.asserted_by
    if (causes, claimed) == (incident.caused_by, incident.asserted_by):
        return incident
    return incident.model_copy(update={"caused_by": causes, "asserted_by": claimed})


def _findings(findings: Iterable[Finding], left: set[str]) -> Iterator[Finding]:
    for finding in findings:
        about = tuple(one for one in finding.about if one not in left)
        if about == finding.about:
            yield finding
        elif about:
            yield finding.model_copy(update={"about": about})


def cut_line(cut: Cut, least: float, messages: Messages) -> str:
    """Return a line that says how many facts left and remain, and how many errors to expect.

    Args:
        cut: What came of leaving facts out.
        least: The confidence that a fact needed to stay.
        messages: The user's language.
    """
    bar = f"{least:g}"
    return messages(
        "cut.line",
        least=bar.replace(".", ",") if messages.language == "fr" else bar,
        left_out=_counted("left_out", cut.left_out, messages),
        kept=_counted("kept", cut.kept, messages, errors=_errors(cut, messages)),
    )


def _errors(cut: Cut, messages: Messages) -> str:
    count = round(cut.expected_errors)
    if not count and cut.expected_errors:
        return messages("cut.errors.few")
    return _counted("errors", count, messages)


def _counted(key: str, count: int, messages: Messages, **more: str) -> str:
    """Return a sentence in the form that its number asks for."""
    form = {0: "none", 1: "one"}.get(count, "many")
    return messages(f"cut.{key}.{form}", n=count, **more)
