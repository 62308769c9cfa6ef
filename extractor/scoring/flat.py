"""Flat facts: gold as a person writes it by hand, with names in place of identifiers and few offsets.

A flat file needs neither spans nor the text itself, so that gold of a text that may not be copied can be
kept. Quotes are found again by their words once the text is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from extractor.record import RaceRecord
from extractor.scoring.facts import (
    EntryFact,
    Facts,
    IncidentFact,
    NamedFact,
    NumberFact,
    QuoteFact,
    Ranges,
    ResultFact,
    RetirementFact,
    SessionFact,
    distinct_results,
    entry_pairs,
    merged,
    number_forms,
    number_pairs,
    retirement_pairs,
)
from extractor.scoring.names import Forms, fold, forms


class _Flat(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class FlatSession(_Flat):
    """A session; ``id`` is what the other facts call it."""

    id: str
    kind: str
    label: str | None = None
    number: int | None = None


class FlatNamed(_Flat):
    """A driver or a team."""

    name: str
    aliases: tuple[str, ...] = ()
    optional: bool = False


class FlatEntry(_Flat):
    """A driver and the team."""

    driver: str
    team: str
    optional: bool = False


class FlatNumber(_Flat):
    """A driver and the car's number."""

    driver: str
    number: str
    optional: bool = False


class FlatResult(_Flat):
    """A place in a session."""

    session: str | None = None
    kind: str
    scope: str | None = "overall"
    scope_aliases: tuple[str, ...] = ()
    position: int | None = None
    status: str = "classified"
    drivers: tuple[str, ...] = ()
    optional: bool = False


class FlatIncident(_Flat):
    """A happening, with those who are named in it and the numbers of cars that are not."""

    session: str | None = None
    type: str
    drivers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    optional: bool = False


class FlatRetirement(_Flat):
    """Somebody who fell out of a session."""

    session: str | None = None
    driver: str
    optional: bool = False


class FlatQuote(_Flat):
    """Direct speech, given by ``spans`` (code points), else by ``parts``, else by ``text``.

    A part is either whole or its first and last words.
    """

    session: str | None = None
    speaker: str | None = None
    speaker_aliases: tuple[str, ...] = ()
    text: str | None = None
    parts: tuple[str, ...] | tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    optional: bool = False


class FlatFacts(_Flat):
    """One document's gold facts without offsets."""

    id: str | None = None
    sessions: tuple[FlatSession, ...]
    drivers: tuple[FlatNamed, ...]
    teams: tuple[FlatNamed, ...] = ()
    entries: tuple[FlatEntry, ...] = ()
    numbers: tuple[FlatNumber, ...] = ()
    results: tuple[FlatResult, ...] = ()
    incidents: tuple[FlatIncident, ...] = ()
    retirements: tuple[FlatRetirement, ...] = ()
    quotes: tuple[FlatQuote, ...] = ()


def flatten(record: RaceRecord) -> FlatFacts:
    """Return the flat facts of a gold record: what is scored of it, mentions excepted."""
    names = {d.id: d.name for d in record.drivers} | {t.id: t.name for t in record.teams}
    return FlatFacts(
        id=record.document.id,
        sessions=tuple(
            FlatSession(id=s.id, kind=s.kind, label=s.label, number=s.number) for s in record.sessions
        ),
        drivers=tuple(FlatNamed(name=d.name, aliases=d.aliases, optional=d.optional) for d in record.drivers),
        teams=tuple(FlatNamed(name=t.name, aliases=t.aliases, optional=t.optional) for t in record.teams),
        entries=tuple(
            FlatEntry(driver=names[driver], team=names[team], optional=optional)
            for (driver, team), optional in entry_pairs(record)
        ),
        numbers=tuple(
            FlatNumber(driver=names[driver], number=number, optional=optional)
            for (driver, number), optional in number_pairs(record)
        ),
        results=tuple(
            FlatResult(
                session=r.session,
                kind=r.kind,
                scope=r.scope,
                scope_aliases=r.scope_aliases,
                position=r.position,
                status=r.status,
                drivers=tuple(names[d] for d in r.drivers),
                optional=r.optional,
            )
            for r in distinct_results(record)
        ),
        incidents=tuple(
            FlatIncident(
                session=i.session,
                type=i.type,
                drivers=tuple(names[p.driver] for p in i.participants if p.driver),
                numbers=tuple(p.number.lstrip("#") for p in i.participants if p.number and not p.driver),
                optional=i.optional,
            )
            for i in record.incidents
        ),
        retirements=tuple(
            FlatRetirement(session=session, driver=names[driver], optional=optional)
            for (session, driver), optional in retirement_pairs(record)
        ),
        quotes=tuple(
            FlatQuote(
                session=q.session,
                speaker=names[q.speaker] if q.speaker else q.speaker_name,
                parts=tuple(span.text for span in q.evidence),
                spans=tuple((span.start, span.end) for span in q.evidence),
                optional=q.optional,
            )
            for q in record.quotes
            if q.kind == "direct"
        ),
    )


def facts_of_flat(flat: FlatFacts, text: str) -> Facts:
    """Return flat facts as :class:`Facts`.

    Args:
        flat: What a person wrote down.
        text: The document's text, in which quotes without offsets are found by their words. Without it
            they are never matched.
    """
    driver = _Known(flat.drivers).forms_of
    team = _Known(flat.teams).forms_of
    return Facts(
        sessions=tuple(SessionFact(s.id, s.kind, s.label, s.number) for s in flat.sessions),
        drivers=tuple(NamedFact(forms(d.name, *d.aliases), d.optional) for d in flat.drivers),
        teams=tuple(NamedFact(forms(t.name, *t.aliases), t.optional) for t in flat.teams),
        entries=tuple(EntryFact(driver(e.driver), team(e.team), e.optional) for e in flat.entries),
        numbers=tuple(NumberFact(driver(n.driver), n.number, n.optional) for n in flat.numbers),
        results=tuple(
            ResultFact(
                session=r.session,
                kind=r.kind,
                scopes=forms(r.scope or "overall", *r.scope_aliases),
                position=r.position,
                status=r.status,
                drivers=tuple(driver(d) for d in r.drivers),
                optional=r.optional,
            )
            for r in flat.results
        ),
        incidents=tuple(
            IncidentFact(
                session=i.session,
                type=i.type,
                people=(*(driver(d) for d in i.drivers), *(number_forms(n) for n in i.numbers)),
                optional=i.optional,
            )
            for i in flat.incidents
        ),
        retirements=tuple(RetirementFact(r.session, driver(r.driver), r.optional) for r in flat.retirements),
        quotes=tuple(QuoteFact(locate(q, text), _speaker(q, driver), q.optional) for q in flat.quotes),
        mentions=None,
    )


def locate(quote: FlatQuote, text: str) -> Ranges:
    """Return where a quote stands in ``text``; empty where its words are not to be found."""
    if quote.spans:
        return merged(quote.spans)
    if quote.parts:
        return _locate_parts(quote.parts, text)
    if not quote.text:
        return ()
    whole = _find(quote.text, text, 0)
    return (whole,) if whole else _locate_pieces(quote.text.split(), text)


class _Known:
    """The spellings of everybody a flat file names."""

    def __init__(self, named: tuple[FlatNamed, ...]) -> None:
        self._by_form: dict[str, Forms] = {}
        every = {one.name: forms(one.name, *one.aliases) for one in named}
        for name, spellings in every.items():
            self._by_form.setdefault(fold(name), spellings)
        # A name comes before an alias, whoever bears it.
        for spellings in every.values():
            for spelling in spellings:
                self._by_form.setdefault(spelling, spellings)

    def forms_of(self, name: str) -> Forms:
        return self._by_form.get(fold(name), forms(name))


def _speaker(quote: FlatQuote, driver: Callable[[str], Forms]) -> Forms:
    if not quote.speaker:
        return ()
    named = (quote.speaker, *quote.speaker_aliases)
    return tuple(dict.fromkeys(spelling for name in named for spelling in driver(name)))


def _find(words: str, text: str, start: int) -> tuple[int, int] | None:
    """Find ``words`` from ``start`` on, literally, else with other punctuation and spaces between them."""
    at = text.find(words, start)
    if at >= 0:
        return at, at + len(words)
    pattern = r"\W+".join(re.escape(word) for word in re.findall(r"\w+", words))
    match = re.compile(pattern).search(text, start) if pattern else None
    return match.span() if match else None


def _locate_parts(parts: tuple[str, ...] | tuple[tuple[str, str], ...], text: str) -> Ranges:
    """Find every part after the one before it; a part is whole, or its first and last words."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        head, tail = (part, part) if isinstance(part, str) else part
        first = _find(head, text, at)
        last = _find(tail, text, first[0]) if first else None
        if first is None or last is None:
            return ()
        found.append((first[0], last[1]))
        at = last[1]
    return merged(found)


def _locate_pieces(words: list[str], text: str) -> Ranges:
    """Find a quote that the narrator breaks into: the longest runs of its words, in order."""
    found: list[tuple[int, int]] = []
    at = 0
    while words:
        for length in range(len(words), 0, -1):
            hit = _find(" ".join(words[:length]), text, at)
            if hit:
                found.append(hit)
                at = hit[1]
                words = words[length:]
                break
        else:
            break
    return merged(found)
