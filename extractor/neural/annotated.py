"""A text and what is said in it, as the heads learn it: spans and numbers, no identifiers.

Made from a gold record or from what the rules read; moved along when the text is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.neural.labels import NEUTRALISATIONS, claim_of_incident, claim_of_result
from extractor.record import Mention, RaceRecord, Span

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch that refers to somebody; ``form`` as in the record."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What is told of some people: a number of ``labels.CLAIMS``, where, and the fact's identifier."""

    label: int
    people: tuple[int, ...]
    evidence: tuple[Stretch, ...]
    fact: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """Words spoken; ``speaker`` is a number of ``people``, -1 where it is nobody of them."""

    parts: tuple[Stretch, ...]
    speaker: int
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text. ``people`` and ``teams`` list the stretches of each; ``entries`` are pairs of both."""

    text: str
    people: tuple[tuple[Reference, ...], ...] = ()
    teams: tuple[tuple[Stretch, ...], ...] = ()
    entries: frozenset[tuple[int, int]] = frozenset()
    claims: tuple[Claim, ...] = ()
    speeches: tuple[Speech, ...] = ()
    sessions: tuple[Stretch, ...] = ()
    happenings: tuple[tuple[str, Stretch], ...] = field(default=())

    def moved(self, text: str, offsets: Sequence[int]) -> Annotated:
        """Return the same over a changed text; ``offsets`` has the new place of each old one."""

        def move(stretch: Stretch) -> Stretch:
            return offsets[stretch[0]], offsets[stretch[1]]

        return Annotated(
            text=text,
            people=tuple(tuple(_moved(one, move) for one in person) for person in self.people),
            teams=tuple(tuple(map(move, team)) for team in self.teams),
            entries=self.entries,
            claims=tuple(
                Claim(c.label, c.people, tuple(map(move, c.evidence)), c.fact, c.optional)
                for c in self.claims
            ),
            speeches=tuple(Speech(tuple(map(move, s.parts)), s.speaker, s.fact) for s in self.speeches),
            sessions=tuple(map(move, self.sessions)),
            happenings=tuple((kind, move(stretch)) for kind, stretch in self.happenings),
        )


def _moved(one: Reference, move: Callable[[Stretch], Stretch]) -> Reference:
    start, end = move((one.start, one.end))
    return Reference(start, end, one.form)


def annotated(record: RaceRecord) -> Annotated:
    """Return what a record says of its text."""
    people = {driver.id: number for number, driver in enumerate(record.drivers)}
    teams = {team.id: number for number, team in enumerate(record.teams)}
    return Annotated(
        text=record.document.text,
        people=tuple(tuple(map(_reference, driver.mentions)) for driver in record.drivers),
        teams=tuple(tuple(map(_stretch, team.mentions)) for team in record.teams),
        entries=frozenset(
            (people[driver], teams[entry.team])
            for entry in record.entries
            if entry.team is not None
            for driver in entry.drivers
        ),
        claims=tuple(_claims(record, people)),
        speeches=tuple(
            Speech(
                tuple(map(_stretch, quote.evidence)),
                -1 if quote.speaker is None else people[quote.speaker],
                quote.id,
            )
            for quote in record.quotes
        ),
        sessions=tuple(sorted({_stretch(span) for session in record.sessions for span in session.evidence})),
        happenings=tuple(
            (one.type if one.type in NEUTRALISATIONS else "incident", _stretch(span))
            for one in record.incidents
            for span in one.evidence
        ),
    )


def _claims(record: RaceRecord, people: dict[str, int]) -> list[Claim]:
    claims = []
    for result in record.results:
        label = claim_of_result(result)
        if label is not None and result.drivers:
            who = tuple(people[driver] for driver in result.drivers)
            where = tuple(map(_stretch, result.evidence))
            claims.append(Claim(label, who, where, result.id, result.optional))
    for incident in record.incidents:
        label = claim_of_incident(incident)
        who = tuple(dict.fromkeys(people[p.driver] for p in incident.participants if p.driver is not None))
        if label is not None and who:
            where = tuple(map(_stretch, incident.evidence))
            claims.append(Claim(label, who, where, incident.id, incident.optional))
    return claims


def _reference(mention: Mention) -> Reference:
    return Reference(mention.start, mention.end, mention.form)


def _stretch(span: Span) -> Stretch:
    return span.start, span.end
