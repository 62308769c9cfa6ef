"""The things of a record, whatever their part: their spans, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from extractor.record import (
    Driver,
    Entry,
    Incident,
    Participant,
    Quote,
    RaceRecord,
    Result,
    Session,
    Span,
    Team,
)
from extractor.review.decisions import Part

Thing = Session | Driver | Team | Entry | Result | Incident | Quote
Fact = Entry | Result | Incident | Quote

MODELS: Mapping[Part, type[Thing]] = {
    "sessions": Session,
    "drivers": Driver,
    "teams": Team,
    "entries": Entry,
    "results": Result,
    "incidents": Incident,
    "quotes": Quote,
}
PARTS: tuple[Part, ...] = tuple(MODELS)
#: Names of what has no id of its own.
EVENT, DOCUMENT = "event", "document"

_AnySpan = TypeVar("_AnySpan", bound=Span)


def things_of(record: RaceRecord, part: Part) -> tuple[Thing, ...]:
    """Return the things of one part of a record."""
    found: tuple[Thing, ...] = getattr(record, part)
    return found


def spans_field(thing: Thing) -> str:
    """Return the name of the field that holds a thing's spans."""
    return "mentions" if isinstance(thing, Driver | Team) else "evidence"


def spans_of(thing: Thing) -> tuple[Span, ...]:
    """Return the spans of a thing."""
    return thing.mentions if isinstance(thing, Driver | Team) else thing.evidence


def references(thing: Thing) -> Iterator[tuple[Part, str]]:
    """Yield (part, id) of everything that a thing refers to."""
    if isinstance(thing, Session | Driver | Team):
        return
    if thing.session is not None:
        yield "sessions", thing.session
    if isinstance(thing, Entry | Result):
        for driver in thing.drivers:
            yield "drivers", driver
    if isinstance(thing, Entry):
        if thing.team is not None:
            yield "teams", thing.team
    elif isinstance(thing, Result):
        if thing.entry is not None:
            yield "entries", thing.entry
    elif isinstance(thing, Incident):
        yield from _incident_references(thing)
    elif thing.speaker is not None:
        yield "drivers", thing.speaker


def _incident_references(incident: Incident) -> Iterator[tuple[Part, str]]:
    for cause in incident.caused_by:
        yield "incidents", cause
    if incident.asserted_by is not None:
        yield "quotes", incident.asserted_by
    for participant in incident.participants:
        if participant.driver is not None:
            yield "drivers", participant.driver


Moves = Mapping[str, str | None]


def redirected(thing: Thing, moves: Moves, names: Mapping[str, str]) -> Thing:
    """Return a thing that refers to other things, or to fewer.

    Args:
        thing: Session, driver and team refer to nothing and stay.
        moves: By id, what is now referred to instead; ``None`` takes the reference away.
        names: Names of the drivers that are taken away: a quote keeps its speaker's.

    Returns:
        The very same object where nothing changes.
    """
    if not any(reference in moves for _, reference in references(thing)):
        return thing
    if isinstance(thing, Entry):
        return thing.model_copy(
            update={
                "session": _one(thing.session, moves),
                "drivers": _many(thing.drivers, moves),
                "team": _one(thing.team, moves),
            }
        )
    if isinstance(thing, Result):
        return thing.model_copy(
            update={
                "session": _one(thing.session, moves),
                "drivers": _many(thing.drivers, moves),
                "entry": _one(thing.entry, moves),
            }
        )
    if isinstance(thing, Incident):
        return _redirected_incident(thing, moves)
    if isinstance(thing, Quote):
        return _redirected_quote(thing, moves, names)
    return thing


def _redirected_incident(incident: Incident, moves: Moves) -> Incident:
    causes = tuple(cause for cause in _many(incident.caused_by, moves) if cause != incident.id)
    return incident.model_copy(
        update={
            "session": _one(incident.session, moves),
            "participants": distinct_participants(
                p.model_copy(update={"driver": _one(p.driver, moves)}) if p.driver in moves else p
                for p in incident.participants
            ),
            "caused_by": causes,
            "asserted_by": _one(incident.asserted_by, moves),
        }
    )


def _redirected_quote(quote: Quote, moves: Moves, names: Mapping[str, str]) -> Quote:
    update: dict[str, Any] = {"session": _one(quote.session, moves)}
    if quote.speaker is not None and quote.speaker in moves:
        update["speaker"] = moves[quote.speaker]
        if (
            update["speaker"] is None
        ):  # no competitor, but the words were still spoken by somebody of that name
            update["speaker_name"] = quote.speaker_name or names.get(quote.speaker)
            update["speaker_role"] = "unknown" if quote.speaker_role == "driver" else quote.speaker_role
    return quote.model_copy(update=update)


def distinct_participants(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return the participants with each driver once in each role; the unnamed all stay."""
    found: list[Participant] = []
    seen: set[tuple[str, str]] = set()
    for participant in participants:
        if participant.driver is not None:
            key = (participant.driver, participant.role)
            if key in seen:
                continue
            seen.add(key)
        found.append(participant)
    return tuple(found)


def distinct_spans(spans: Iterable[_AnySpan]) -> tuple[_AnySpan, ...]:
    """Return the spans with each place once, in the order given."""
    found: dict[tuple[int, int], _AnySpan] = {}
    for span in spans:
        found.setdefault((span.start, span.end), span)
    return tuple(found.values())


def _one(reference: str | None, moves: Moves) -> str | None:
    return moves.get(reference, reference) if reference is not None else None


def _many(references: tuple[str, ...], moves: Moves) -> tuple[str, ...]:
    moved = (moves.get(reference, reference) for reference in references)
    return tuple(dict.fromkeys(reference for reference in moved if reference is not None))
