"""What is compared: the facts of one document, with names in place of identifiers.

Gold records, predicted records and flat gold files all become :class:`Facts`; nothing else is scored.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from extractor.record import Driver, Incident, Participant, RaceRecord, Result, Team
from extractor.scoring.names import Forms, fold, forms

#: Sorted, disjoint, half-open stretches of the text, in code points.
Ranges = tuple[tuple[int, int], ...]

#: Identifiers of what a fact stands for in its record; they are never compared, and flat facts have none.
Ids = tuple[str, ...]

#: Who may have fallen out of a session by an incident; whoever profits from it has not.
_MAY_RETIRE = ("subject", "victim", "at_fault")


class HasOptional(Protocol):
    """A fact that neither earns nor costs where it is optional."""

    @property
    def optional(self) -> bool:
        """Whether two careful readers may differ over it."""


@dataclass(frozen=True, slots=True)
class SessionFact:
    """A session, as far as it helps to find its counterpart."""

    id: str
    kind: str
    label: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class NamedFact:
    """A driver or a team."""

    forms: Forms
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class EntryFact:
    """A driver drives for a team."""

    driver: Forms
    team: Forms
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A driver wears a number."""

    driver: Forms
    number: str
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ResultFact:
    """A place, or the lack of one. ``scopes`` is folded, the text's own name of the class first."""

    session: str | None
    kind: str
    scopes: Forms
    position: int | None
    status: str
    drivers: tuple[Forms, ...]
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class IncidentFact:
    """A happening. ``people`` are those who are named or numbered."""

    session: str | None
    type: str
    people: tuple[Forms, ...]
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class RetirementFact:
    """A driver fell out of a session."""

    session: str | None
    driver: Forms
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class QuoteFact:
    """Direct speech. ``speaker`` is empty where nobody is named."""

    ranges: Ranges
    speaker: Forms
    optional: bool = False
    ids: Ids = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class MentionFact:
    """A stretch of text that means a driver or a team."""

    category: Literal["driver", "team"]
    start: int
    end: int
    optional: bool = False


#: A fact of any kind.
Fact = (
    NamedFact | EntryFact | NumberFact | ResultFact | IncidentFact | RetirementFact | QuoteFact | MentionFact
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document. ``mentions`` is ``None`` where they were not annotated at all."""

    sessions: tuple[SessionFact, ...] = ()
    drivers: tuple[NamedFact, ...] = ()
    teams: tuple[NamedFact, ...] = ()
    entries: tuple[EntryFact, ...] = ()
    numbers: tuple[NumberFact, ...] = ()
    results: tuple[ResultFact, ...] = ()
    incidents: tuple[IncidentFact, ...] = ()
    retirements: tuple[RetirementFact, ...] = ()
    quotes: tuple[QuoteFact, ...] = ()
    mentions: tuple[MentionFact, ...] | None = field(default=())


def facts_of_record(record: RaceRecord) -> Facts:
    """Return what a record says, with names for identifiers and every fact once."""
    named: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
    names = {one.id: forms(one.name, *one.aliases) for one in named}
    return Facts(
        sessions=tuple(SessionFact(s.id, s.kind, s.label, s.number) for s in record.sessions),
        drivers=tuple(NamedFact(names[d.id], d.optional, (d.id,)) for d in record.drivers),
        teams=tuple(NamedFact(names[t.id], t.optional, (t.id,)) for t in record.teams),
        entries=tuple(
            EntryFact(names[driver], names[team], optional, (driver, team))
            for (driver, team), optional in entry_pairs(record)
        ),
        numbers=tuple(
            NumberFact(names[driver], number, optional, (driver,))
            for (driver, number), optional in number_pairs(record)
        ),
        results=tuple(_result(result, names) for result in distinct_results(record)),
        incidents=tuple(_incident(incident, names) for incident in record.incidents),
        retirements=tuple(
            RetirementFact(session, names[driver], optional, (session, driver))
            for (session, driver), optional in retirement_pairs(record)
        ),
        quotes=tuple(
            QuoteFact(
                merged((span.start, span.end) for span in quote.evidence),
                _speaker(quote.speaker, quote.speaker_name, names),
                quote.optional,
                (quote.id,),
            )
            for quote in record.quotes
            if quote.kind == "direct"
        ),
        mentions=tuple(_mentions(record)),
    )


def entry_pairs(record: RaceRecord) -> list[tuple[tuple[str, str], bool]]:
    """Return (driver id, team id) pairs, each once, and whether each is optional."""
    return _once(
        ((driver, entry.team), entry.optional)
        for entry in record.entries
        if entry.team is not None
        for driver in entry.drivers
    )


def number_pairs(record: RaceRecord) -> list[tuple[tuple[str, str], bool]]:
    """Return (driver id, number) pairs, each once, and whether each is optional."""
    return _once(
        ((driver, entry.number.lstrip("#")), entry.optional)
        for entry in record.entries
        if entry.number
        for driver in entry.drivers
    )


def retirement_pairs(record: RaceRecord) -> list[tuple[tuple[str, str], bool]]:
    """Return (session id, driver id) of those who fell out, in order, and whether each is optional.

    A ``dnf`` and an incident of type ``retirement`` say so outright. An incident with the consequence
    ``retirement`` says so of its participants; where some of them are known to be out already, it may well
    have meant those alone, so that the others are optional.
    """
    outright = [((r.session, d), r.optional) for r in record.results if r.status == "dnf" for d in r.drivers]
    for incident in record.incidents:
        if incident.type == "retirement":
            outright += [((incident.session, d), incident.optional) for d in _may_have_retired(incident)]
    sure = dict(_once(outright))
    out = [*sure.items(), *_retired_by_consequence(record, set(sure))]
    return sorted(_once(out), key=lambda pair: str(pair[0]))


def _retired_by_consequence(
    record: RaceRecord, sure: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], bool]]:
    for incident in record.incidents:
        if incident.type == "retirement" or "retirement" not in incident.consequences:
            continue
        pairs = [(incident.session, driver) for driver in _may_have_retired(incident)]
        told_elsewhere = any(pair in sure for pair in pairs)
        for pair in pairs:
            if pair not in sure:
                yield pair, incident.optional or told_elsewhere


def distinct_results(record: RaceRecord) -> list[Result]:
    """Return the results, those that say the same as an earlier one left out.

    One that is required stands for its optional twin.
    """
    kept: dict[Hashable, Result] = {}
    for result in record.results:
        key = (
            result.kind,
            result.session,
            fold(result.scope or "overall"),
            result.position,
            result.status,
            tuple(sorted(result.drivers)),
        )
        if key not in kept or (kept[key].optional and not result.optional):
            kept[key] = result
    return list(kept.values())


def number_forms(number: str | int) -> Forms:
    """Return how a car that is known by its number alone is compared."""
    return forms("#" + str(number).lstrip("#"))


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return the union of half-open ranges, sorted and disjoint."""
    union: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        elif end > start:
            union.append((start, end))
    return tuple(union)


_Key = TypeVar("_Key", bound=Hashable)


def _once(facts: Iterable[tuple[_Key, bool]]) -> list[tuple[_Key, bool]]:
    """Keep the first of equal facts; a fact is optional only where each telling of it is."""
    kept: dict[_Key, bool] = {}
    for fact, optional in facts:
        kept[fact] = kept.get(fact, True) and optional
    return list(kept.items())


def _may_have_retired(incident: Incident) -> list[str]:
    return [p.driver for p in incident.participants if p.driver and p.role in _MAY_RETIRE]


def _person(participant: Participant, names: dict[str, Forms]) -> Forms | None:
    if participant.driver:
        return names[participant.driver]
    return number_forms(participant.number) if participant.number else None


def _result(result: Result, names: dict[str, Forms]) -> ResultFact:
    return ResultFact(
        session=result.session,
        kind=result.kind,
        scopes=forms(result.scope or "overall", *result.scope_aliases),
        position=result.position,
        status=result.status,
        drivers=tuple(names[driver] for driver in result.drivers),
        optional=result.optional,
        ids=(result.id,),
    )


def _incident(incident: Incident, names: dict[str, Forms]) -> IncidentFact:
    people = (_person(participant, names) for participant in incident.participants)
    known = tuple(person for person in people if person is not None)
    return IncidentFact(incident.session, incident.type, known, incident.optional, (incident.id,))


def _speaker(driver: str | None, name: str | None, names: dict[str, Forms]) -> Forms:
    if driver is not None:
        return names[driver]
    return forms(name) if name else ()


def _mentions(record: RaceRecord) -> Iterator[MentionFact]:
    seen = set()
    categories: tuple[tuple[Literal["driver", "team"], tuple[Driver | Team, ...]], ...] = (
        ("driver", record.drivers),
        ("team", record.teams),
    )
    for category, named in categories:
        # Required first: a crew's shared mention counts if it does for one of them.
        for someone in sorted(named, key=lambda n: n.optional):
            for mention in someone.mentions:
                key = (category, mention.start, mention.end)
                if key not in seen:
                    seen.add(key)
                    yield MentionFact(*key, someone.optional)
