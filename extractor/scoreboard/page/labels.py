"""A fact of a record in half a line, and where the text says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.exports.sheets import Names, session_title, speaker_of, words_of
from extractor.exports.words import Words
from extractor.record import Driver, Participant, RaceRecord, Span, Team
from extractor.scoreboard.words import BoardWords
from extractor.scoring.facts import (
    EntryFact,
    Fact,
    IncidentFact,
    MentionFact,
    NamedFact,
    NumberFact,
    QuoteFact,
    Ranges,
    ResultFact,
    RetirementFact,
)

_BETWEEN = " · "


class Labels:
    """The facts of one record, told and found again.

    Args:
        record: The record that the facts were taken from.
        lang: Language of the words between the names.
    """

    def __init__(self, record: RaceRecord, lang: str) -> None:
        self._record = record
        self._words = Words(lang)
        self._own = BoardWords(lang)
        self._names = Names(record)
        self._sessions = {session.id: session for session in record.sessions}
        self._results = {result.id: result for result in record.results}
        self._incidents = {incident.id: incident for incident in record.incidents}
        self._quotes = {quote.id: quote for quote in record.quotes}
        named: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
        self._named = {one.id: one for one in named}

    def told(self, fact: Fact) -> str:
        """Return the fact in half a line."""
        match fact:
            case NamedFact():
                return self._names(fact.ids[0])
            case EntryFact():
                return " – ".join(map(self._names, fact.ids))
            case NumberFact():
                return f"{self._names(fact.ids[0])} – {self._words('number')} {fact.number}"
            case ResultFact():
                return self._told_result(fact)
            case IncidentFact():
                return self._told_incident(fact)
            case RetirementFact():
                return self._names(fact.ids[1]) + _BETWEEN + self._session(fact.ids[0])
            case QuoteFact():
                return self._told_quote(fact)
            case MentionFact():
                words = self._record.document.text[fact.start : fact.end]
                return f"{words} ({self._words(fact.category).lower()})"

    def found(self, fact: Fact) -> Ranges:
        """Return where the text says it, in code points."""
        if isinstance(fact, MentionFact):
            return ((fact.start, fact.end),)
        return tuple(dict.fromkeys((span.start, span.end) for span in self._spans(fact)))

    def _spans(self, fact: Fact) -> Iterable[Span]:
        match fact:
            case NamedFact():
                return self._named[fact.ids[0]].mentions
            case EntryFact():
                return self._entered(fact.ids[0], team=fact.ids[1])
            case NumberFact():
                return self._entered(fact.ids[0], number=fact.number)
            case ResultFact():
                return self._results[fact.ids[0]].evidence
            case IncidentFact():
                return self._incidents[fact.ids[0]].evidence
            case RetirementFact():
                return self._fallen_out(*fact.ids)
            case QuoteFact():
                return self._quotes[fact.ids[0]].evidence
        return ()

    def _entered(self, driver: str, *, team: str | None = None, number: str | None = None) -> Iterator[Span]:
        for entry in self._record.entries:
            meant = entry.team == team if team else (entry.number or "").lstrip("#") == number
            if meant and driver in entry.drivers:
                yield from entry.evidence

    def _fallen_out(self, session: str, driver: str) -> Iterator[Span]:
        for result in self._record.results:
            if (result.session, result.status) == (session, "dnf") and driver in result.drivers:
                yield from result.evidence
        for incident in self._record.incidents:
            tells = incident.type == "retirement" or "retirement" in incident.consequences
            if tells and incident.session == session and driver in {p.driver for p in incident.participants}:
                yield from incident.evidence

    def _told_result(self, fact: ResultFact) -> str:
        result = self._results[fact.ids[0]]
        status = self._words.of("result_status", result.status)
        place = f"{result.position}." if result.position else status or "–"
        scope = "" if result.scope == "overall" else result.scope
        crew = self._names.crew(result.drivers) or "–"
        return _BETWEEN.join(filter(None, (f"{place} {crew}", self._session(result.session), scope)))

    def _told_incident(self, fact: IncidentFact) -> str:
        incident = self._incidents[fact.ids[0]]
        people = ", ".join(map(self._participant, incident.participants)) or self._own("nobody")
        what = self._words.of("incident_type", incident.type)
        return _BETWEEN.join((f"{what} ({people})", self._session(incident.session)))

    def _participant(self, participant: Participant) -> str:
        return self._names(participant.driver) or participant.text

    def _told_quote(self, fact: QuoteFact) -> str:
        quote = self._quotes[fact.ids[0]]
        speaker = speaker_of(quote, self._names) or self._own("unknown_speaker")
        return f"{speaker}{_BETWEEN}« {words_of(quote)} »"

    def _session(self, identifier: str) -> str:
        session = self._sessions[identifier]
        return session_title(session, self._words.of("session_kind", session.kind))
