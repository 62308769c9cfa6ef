"""Where a record says what: everything in it that has evidence, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.record import (
    Driver,
    Entry,
    Event,
    Finding,
    Incident,
    Quote,
    RaceRecord,
    Result,
    Session,
    SkippedSpan,
    Span,
    Team,
    Told,
)

Kind = Literal[
    "told", "event", "session", "driver", "team", "entry", "result", "incident", "quote", "finding", "skipped"
]
Thing = Told | Event | Session | Driver | Team | Entry | Result | Incident | Quote | Finding | SkippedSpan


@dataclass(frozen=True, slots=True)
class Passages:
    """Something that the record says, with where the text says it.

    Attributes:
        kind: What it is.
        key: Its identifier in the record; for what has none, its kind and number: ``finding-1``, ``event``.
        thing: It.
        spans: Its evidence; for drivers and teams, the mentions.
    """

    kind: Kind
    key: str
    thing: Thing
    spans: tuple[Span, ...]


def passages_of(record: RaceRecord) -> Iterator[Passages]:
    """Yield everything that has evidence, in the record's order."""
    yield from _numbered("told", record.document.told)
    if record.event.evidence:
        yield Passages("event", "event", record.event, record.event.evidence)
    yield from _named("session", record.sessions)
    yield from (Passages("driver", one.id, one, one.mentions) for one in record.drivers)
    yield from (Passages("team", one.id, one, one.mentions) for one in record.teams)
    yield from _named("entry", record.entries)
    yield from _named("result", record.results)
    yield from _named("incident", record.incidents)
    yield from _named("quote", record.quotes)
    yield from _numbered("finding", record.findings)
    for number, one in enumerate(record.coverage.skipped, 1):
        yield Passages("skipped", f"skipped-{number}", one, (one,))


def identifiers_of(record: RaceRecord) -> tuple[str, ...]:
    """Return every identifier of the record."""
    named = (
        record.sessions,
        record.drivers,
        record.teams,
        record.entries,
        record.results,
        record.incidents,
        record.quotes,
    )
    return tuple(one.id for things in named for one in things)


def _named(kind: Kind, things: Sequence[Session | Entry | Result | Incident | Quote]) -> Iterator[Passages]:
    for one in things:
        if one.evidence:
            yield Passages(kind, one.id, one, one.evidence)


def _numbered(kind: Kind, things: Sequence[Told | Finding]) -> Iterator[Passages]:
    for number, one in enumerate(things, 1):
        if one.evidence:
            yield Passages(kind, f"{kind}-{number}", one, one.evidence)
