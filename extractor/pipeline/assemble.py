"""The record: what the components found, put into ``race-record/1``.

Requires everything; assigns ``doc._.record``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor import record as rr
from extractor.lexicon.tokenize import joined
from extractor.pipeline.annotations import (
    EntryFact,
    IncidentFact,
    Layout,
    Name,
    People,
    QuoteFact,
    Ref,
    ResultFact,
    SessionFact,
)
from extractor.pipeline.described import Described
from extractor.pipeline.findings import FindingFact, find_findings, is_race_report
from extractor.pipeline.metadata.gather import gather
from extractor.pipeline.results.merge import confidence as result_confidence
from extractor.pipeline.retirements import fallen_out
from extractor.pipeline.tokens import Tokens

_QUOTE_TRUST = {
    "colon": 0.96,
    "verb": 0.93,
    "inside": 0.93,
    "line": 0.85,
    "heading": 0.85,
    "nominal": 0.75,
    "pronoun": 0.75,
    "carried": 0.65,
    "none": 0.6,
}


@Language.factory(
    "parcferme_record",
    requires=[
        "doc._.layout",
        "doc._.names",
        "doc._.people",
        "doc._.sessions",
        "doc._.entries",
        "doc._.results",
        "doc._.conflicts",
        "doc._.discourse",
        "doc._.incidents",
        "doc._.quotes",
    ],
    assigns=["doc._.record"],
)
def make_assembler(nlp: Language, name: str) -> Assembler:  # noqa: ARG001
    """Create the component."""
    return Assembler()


class Assembler:
    """Builds the record."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.record``."""
        doc._.record = _Builder(doc).build()
        return doc


def literal(value: object) -> Any:
    """Hand a word to a field that takes only certain words; the record checks it when it is built."""
    return value


class _Builder:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.layout: Layout = doc._.layout
        self.tokens: Tokens = self.layout.tokens
        self.text = self.tokens.document
        self.names: list[Name] = doc._.names
        self.people: People = doc._.people
        self.sessions: list[SessionFact] = doc._.sessions
        self.entries: list[EntryFact] = doc._.entries
        self.results: list[ResultFact] = list(doc._.results)
        self.conflicts = doc._.conflicts
        self.incidents: list[IncidentFact] = list(doc._.incidents or [])
        self.quotes: list[QuoteFact] = list(doc._.quotes or [])
        self.discourse = doc._.discourse
        self.source: str | None = doc.user_data.get("source")
        self.race = is_race_report(self.tokens.norm, self.tokens.terms)
        metadata = gather(
            self.layout,
            self.names,
            self.people.persons,
            [part for quote in self.quotes for part in quote.parts],
            doc.user_data.get("told", ()),
            event=self.race,
        )
        self.described = Described(self.layout, metadata, race=self.race)
        self._mentions: dict[int, list[Ref]] = {}
        for ref in self.people.refs:
            for who in ref.people:
                self._mentions.setdefault(who, []).append(ref)

    # --- spans

    def span(self, start: int, end: int) -> rr.Span:
        """Return a stretch of what is read, as it stands in the document."""
        start, end = self.tokens.in_document(start, end)
        return rr.Span(start=start, end=end, text=self.text[start:end])

    def spans(self, ranges: Iterable[tuple[int, int]]) -> tuple[rr.Span, ...]:
        spans = (self.span(a, b) for a, b in ranges if b > a)
        return tuple(span for span in spans if span.text)

    def mention(self, start: int, end: int, form: str) -> rr.Mention:
        span = self.span(start, end)
        return rr.Mention(start=span.start, end=span.end, text=span.text, form=literal(form))

    # --- building

    def build(self) -> rr.RaceRecord:
        document = self.described.document(self.source)
        coverage = self.described.coverage()
        if not self.race:
            known = tuple(self.described.findings())
            return rr.RaceRecord(document=document, findings=known, coverage=coverage)
        self.results += fallen_out(self.incidents, self.results, self.sessions, self.people)
        persons = self._numbered(
            [k for k, p in enumerate(self.people.persons) if p.competes and self._mentioned(k)], "d"
        )
        teams = self._numbered(range(len(self.people.teams)), "t")
        used = self._used_sessions(bool(persons))
        sessions = self._numbered(used, "s")
        self.doc.user_data["session_ids"] = list(sessions.items())  # for who reads sentences after the record
        quotes = {k: f"q{n}" for n, k in enumerate(range(len(self.quotes)), 1)}
        results = [r for r in self.results if all(p in persons for p in r.people)]
        incidents = {k: f"i{n}" for n, k in enumerate(range(len(self.incidents)), 1)}
        findings = find_findings(
            self.layout,
            self.people,
            self.discourse,
            self.entries,
            results,
            self.conflicts,
        )
        return rr.RaceRecord(
            document=document,
            event=self.described.event(),
            sessions=tuple(self._session(k, sessions[k]) for k in used),
            drivers=tuple(self._driver(k, persons[k]) for k in persons),
            teams=tuple(self._team(k, teams[k]) for k in teams),
            entries=tuple(self._entries(persons, teams)),
            results=tuple(self._result(f, n, persons, sessions) for n, f in enumerate(results, 1)),
            incidents=tuple(
                self._incident(f, incidents[k], persons, sessions, incidents, quotes)
                for k, f in enumerate(self.incidents)
            ),
            quotes=tuple(self._quote(f, quotes[k], persons, sessions) for k, f in enumerate(self.quotes)),
            findings=(
                *(self._finding(f, persons, teams) for f in findings),
                *self.described.findings(),
            ),
            coverage=coverage,
        )

    @staticmethod
    def _numbered(indexes: Iterable[int], letter: str) -> dict[int, str]:
        return {k: f"{letter}{n}" for n, k in enumerate(indexes, 1)}

    def _mentioned(self, person: int) -> bool:
        return any(ref.form == "name" for ref in self._mentions.get(person, ()))

    def _used_sessions(self, anybody: bool) -> list[int]:
        used = {r.session for r in self.results} | {i.session for i in self.incidents}
        for number, session in enumerate(self.sessions):
            if session.mentions and (session.number is not None or session.label) and anybody:
                used.add(number)
        if not used and anybody and self.sessions:
            used.add(0)
        return sorted(used, key=self._told_at)

    def _told_at(self, number: int) -> tuple[int, int]:
        """Return where a session is told.

        At its heading, else where it is first named; the whole meeting comes first.
        """
        session = self.sessions[number]
        first = (
            session.headed_at if session.headed_at >= 0 else min((a for a, _ in session.mentions), default=-1)
        )
        return first, number

    def _session(self, number: int, identifier: str) -> rr.Session:
        session = self.sessions[number]
        evidence = self.spans(dict.fromkeys(self.tokens.chars(a, b) for a, b in session.mentions[:3]))
        return rr.Session(
            id=identifier,
            kind=literal(session.kind),
            label=session.label,
            number=session.number,
            scheduled=session.scheduled,
            status=literal(self._status(number)),
            evidence=evidence,
        )

    def _status(self, number: int) -> str:
        if self.sessions[number].status in ("cancelled", "shortened"):
            return self.sessions[number].status
        if any(i.type == "red_flag" and i.session == number for i in self.incidents):
            return "red_flagged"
        if any(r.session == number and r.kind in ("final", "qualifying") for r in self.results):
            return "completed"
        return self.sessions[number].status

    def _driver(self, number: int, identifier: str) -> rr.Driver:
        person = self.people.persons[number]
        mentions, ranges = [], []
        for ref in self._mentions[number]:
            a, b = self._mention_range(number, ref)
            form = "nominal" if ref.form == "car" else ref.form
            mentions.append(self.mention(a, b, form))
            if form == "name":
                ranges.append((a, b))
        name, *aliases = self._as_written((person.name, *person.aliases), ranges)
        return rr.Driver(
            id=identifier,
            name=name,
            aliases=tuple(aliases),
            role=literal(person.role),
            mentions=tuple(mentions),
        )

    def _mention_range(self, number: int, ref: Ref) -> tuple[int, int]:
        """Return the characters of one person's name inside a reference to a crew."""
        if len(ref.people) > 1 and ref.form == "name":
            person = self.people.persons[number]
            a, b = self.tokens.chars(ref.first, ref.last)
            for form in (person.name, *person.aliases):
                at = self.tokens.source.find(form, a, b)
                if at >= 0:
                    return at, at + len(form)
        return self.tokens.chars(ref.first, ref.last)

    def _team(self, number: int, identifier: str) -> rr.Team:
        team = self.people.teams[number]
        ranges = [self.tokens.chars(first, last) for first, last, t in self.people.team_refs if t == number]
        name, *aliases = self._as_written((team.name, *team.aliases), ranges)
        return rr.Team(
            id=identifier,
            name=name,
            aliases=tuple(aliases),
            mentions=tuple(self.mention(a, b, "name") for a, b in ranges),
        )

    def _as_written(self, forms: Iterable[str], ranges: Iterable[tuple[int, int]]) -> list[str]:
        """Return the forms of a name as the document has them, of which several may be read as one."""
        if not self.tokens.restored:
            return list(dict.fromkeys(forms))
        written: dict[str, list[str]] = {}
        for a, b in ranges:
            read = " ".join(joined(self.tokens.source[a:b]).split())
            written.setdefault(read, []).append(" ".join(joined(self.tokens.written(a, b)).split()))
        found: list[str] = []
        for form in forms:
            own = written.get(form, [form])
            found += [form] if form in own else []
            found += own
        return list(dict.fromkeys(name for name in found if name))

    def _entries(self, persons: dict[int, str], teams: dict[int, str]) -> Iterable[rr.Entry]:
        number = 0
        for fact in self.entries:
            members = tuple(persons[p] for p in fact.people if p in persons)
            if not members:
                continue
            number += 1
            yield rr.Entry(
                id=f"e{number}",
                evidence=self.spans(self.tokens.chars(a, b) for a, b in fact.evidence),
                confidence=round(min(0.99, fact.sure + 0.02 * (len(fact.evidence) - 1)), 3),
                session=None,
                drivers=members,
                team=None if fact.team is None else teams[fact.team],
                number=fact.number,
                car=fact.car,
                classes=tuple(fact.classes),
            )

    def _result(
        self, fact: ResultFact, number: int, persons: dict[int, str], sessions: dict[int, str]
    ) -> rr.Result:
        gap: Any = fact.gap
        if isinstance(gap, dict):
            gap = rr.LapGap(laps=gap["laps"])
        return rr.Result(
            id=f"r{number}",
            evidence=self.spans(sorted(fact.evidence)),
            confidence=result_confidence(fact),
            session=sessions[fact.session],
            kind=literal(fact.kind),
            scope=fact.scope,
            position=fact.position,
            status=literal(fact.status),
            drivers=tuple(dict.fromkeys(persons[p] for p in fact.people)),
            entry=None,
            time=fact.time,
            gap=gap,
            laps=fact.laps,
            points=fact.points,
            standing=literal(fact.standing),
        )

    def _incident(
        self,
        fact: IncidentFact,
        identifier: str,
        persons: dict[int, str],
        sessions: dict[int, str],
        incidents: dict[int, str],
        quotes: dict[int, str],
    ) -> rr.Incident:
        participants = tuple(
            rr.Participant(
                driver=persons.get(p.person) if p.person is not None else None,
                number=p.number,
                text=p.text,
                role=literal(p.role),
            )
            for p in fact.participants
        )
        return rr.Incident(
            id=identifier,
            evidence=self.spans(sorted(set(fact.evidence))),
            confidence=0.8 if fact.participants or fact.type in ("safety_car", "red_flag") else 0.6,
            session=sessions[fact.session],
            type=literal(fact.type),
            participants=participants,
            lap=fact.lap,
            when=fact.when,
            where=fact.where,
            consequences=literal(tuple(dict.fromkeys(fact.consequences))),
            caused_by=tuple(incidents[k] for k in fact.caused_by if k in incidents),
            asserted_by=quotes.get(fact.asserted_by) if fact.asserted_by is not None else None,
            standing=literal(fact.standing),
        )

    def _quote(
        self, fact: QuoteFact, identifier: str, persons: dict[int, str], sessions: dict[int, str]
    ) -> rr.Quote:
        speaker = persons.get(fact.speaker) if fact.speaker is not None else None
        name = self.people.persons[fact.speaker].name if fact.speaker is not None else fact.speaker_name
        role = "driver" if speaker else fact.speaker_role if fact.speaker_role != "driver" else "unknown"
        sentence = self.layout.sentences[
            self.discourse.sentence_at(self.tokens.at_or_after(fact.parts[0][0]))
        ]
        return rr.Quote(
            id=identifier,
            evidence=self.spans(fact.parts),
            confidence=round(_QUOTE_TRUST.get(fact.route, 0.7) - (0.0 if fact.closed else 0.1), 3),
            session=sessions.get(sentence.session),
            text=" ".join(self.span(a, b).text for a, b in fact.parts),
            speaker=speaker,
            speaker_name=name,
            speaker_role=literal(role),
            kind=literal(fact.kind),
        )

    def _finding(self, fact: FindingFact, persons: dict[int, str], teams: dict[int, str]) -> rr.Finding:
        about = [persons[p] for p in fact.persons if p in persons] + [
            teams[t] for t in fact.teams if t in teams
        ]
        about += [f"r{k + 1}" for k in fact.results]
        return rr.Finding(
            code=fact.code,
            severity=literal(fact.severity),
            message=fact.message,
            about=tuple(about),
            evidence=self.spans(fact.evidence),
        )
