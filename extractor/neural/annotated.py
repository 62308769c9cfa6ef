"""A text and what is said in it, as the heads learn it: spans and numbers, no identifiers.

Made from a gold record or from what the rules read; moved along when the text is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractor.neural.labels import NEUTRALISATIONS, claim_of_incident, claim_of_result
from extractor.record import Mention, RaceRecord, Span

Stretch = tuple[int, int]

OVERALL = "overall"
_WORD = re.compile(r"\w+")


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
    scope: int = -1  # a number of ``Annotated.classes``, -1 for the whole field


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
    happenings: tuple[tuple[str, Stretch], ...] = ()
    classes: tuple[tuple[Stretch, ...], ...] = ()

    def moved(self, text: str, offsets: Sequence[int]) -> Annotated:
        """Return the same over a changed text; ``offsets`` has the new place of each old one."""

        def move(stretch: Stretch) -> Stretch:
            return offsets[stretch[0]], offsets[stretch[1]]

        return replace(
            self,
            text=text,
            people=tuple(tuple(_moved(one, move) for one in person) for person in self.people),
            teams=tuple(tuple(map(move, team)) for team in self.teams),
            claims=tuple(replace(c, evidence=tuple(map(move, c.evidence))) for c in self.claims),
            speeches=tuple(replace(s, parts=tuple(map(move, s.parts))) for s in self.speeches),
            sessions=tuple(map(move, self.sessions)),
            happenings=tuple((kind, move(stretch)) for kind, stretch in self.happenings),
            classes=tuple(tuple(map(move, stretches)) for stretches in self.classes),
        )


def _moved(one: Reference, move: Callable[[Stretch], Stretch]) -> Reference:
    start, end = move((one.start, one.end))
    return Reference(start, end, one.form)


def annotated(record: RaceRecord) -> Annotated:
    """Return what a record says of its text."""
    people = {driver.id: number for number, driver in enumerate(record.drivers)}
    teams = {team.id: number for number, team in enumerate(record.teams)}
    scopes = _scopes(record)
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
        claims=tuple(_claims(record, people, {name: number for number, name in enumerate(scopes)})),
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
        classes=_named(record.document.text, list(scopes.values())),
    )


def _scopes(record: RaceRecord) -> dict[str, list[str]]:
    """Return the classes of a record, each with the forms in which the text names it."""
    forms: dict[str, list[str]] = {}
    for result in record.results:
        if result.scope != OVERALL:
            forms.setdefault(result.scope, []).extend((result.scope, *result.scope_aliases))
    for entry in record.entries:
        for name in entry.classes:
            forms.setdefault(name, []).append(name)
    return forms


def _named(text: str, classes: list[list[str]]) -> tuple[tuple[Stretch, ...], ...]:
    """Return for each class where one of its forms stands as words of its own, the longest form first.

    One walk over the words, however many classes there are.
    """
    by_first_word: dict[str, list[tuple[str, int]]] = {}
    for number, forms in enumerate(classes):
        for form in forms:
            first = _WORD.match(form)
            if first:
                by_first_word.setdefault(first.group().lower(), []).append((form.lower(), number))
    for found in by_first_word.values():
        found.sort(key=lambda one: -len(one[0]))
    stretches: list[list[Stretch]] = [[] for _ in classes]
    for word in _WORD.finditer(text) if by_first_word else ():
        start, taken = word.start(), set[int]()
        for form, number in by_first_word.get(word.group().lower(), ()):
            end = start + len(form)
            inside = form[-1].isalnum() and text[end : end + 1].isalnum()
            if number not in taken and not inside and text[start:end].lower() == form:
                taken.add(number)
                stretches[number].append((start, end))
    return tuple(map(tuple, stretches))


def _claims(record: RaceRecord, people: dict[str, int], scopes: dict[str, int]) -> list[Claim]:
    claims = []
    for result in record.results:
        label = claim_of_result(result)
        if label is not None and result.drivers:
            who = tuple(people[driver] for driver in result.drivers)
            where = tuple(map(_stretch, result.evidence))
            scope = scopes.get(result.scope, -1)
            claims.append(Claim(label, who, where, result.id, result.optional, scope))
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
