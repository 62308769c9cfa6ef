"""From a record to a report file: the inverse of compiling.

What compiles again to the same facts may go into a corpus and be corrected there by hand. The notation does
not say everything that a record may: :func:`extractor.corpus.normal.told_otherwise` names what gets lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.corpus.compile import fullness, surface
from extractor.corpus.evidence import named_in, occurrences
from extractor.corpus.facts import KINDS, STATUSES
from extractor.corpus.inline import NotInMarkupError, nobody, written
from extractor.corpus.markup import Mark, Marked, Range
from extractor.corpus.metadata import Metadata
from extractor.lexicon.fold import fold
from extractor.record import (
    Driver,
    Entry,
    Incident,
    LapGap,
    Participant,
    Quote,
    RaceRecord,
    Result,
    Session,
    Span,
    Team,
)

#: Words that mean something where a key may stand.
_RESERVED = frozenset(
    (
        *("inferred", "optional", "unknown", "indirect", "ev", *KINDS, *STATUSES),
        *("name", "series", "season", "round", "venue", "starts", "ends", "number", "status", "time"),
        *("car", "classes", "session", "lap", "when", "where", "conseq", "cause", "by"),
    )
)
_BREAK = r"(?:[-‐¬]\n\s*)?"
_PLAIN = re.compile(r"^\w+$")
_KEY = re.compile(r"[^a-z0-9]+")
_DURATION = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$")


def report_source(record: RaceRecord, metadata: Metadata, accepted: Mapping[str, str] | None = None) -> str:
    """Return a report file's source.

    Args:
        record: In the form that :func:`extractor.corpus.normal.normal` gives it.
        metadata: Its head.
        accepted: Reasons by code of the doubts that are settled.

    Raises:
        NotInMarkupError: Something in the record cannot be said in the notation at all.
    """
    return _Writer(record).source(metadata, accepted or {})


class _Writer:
    def __init__(self, record: RaceRecord) -> None:
        self.record, self.text = record, record.document.text
        self.keys = _keys(record)
        self.labels: dict[Range, str] = {}
        for span in sorted(_evidence(record), key=lambda one: (one.start, -one.end)):
            self.labels.setdefault((span.start, span.end), f"l{len(self.labels) + 1}")
        bearers: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
        marks = [
            Mark(mention.start, mention.end, (self.keys[bearer.id],), mention.form)
            for bearer in bearers
            for mention in bearer.mentions
        ]
        self.marked = Marked(self.text, tuple(sorted(marks, key=lambda one: (one.start, -one.end))))

    def source(self, metadata: Metadata, accepted: Mapping[str, str]) -> str:
        marks = [*self.marked.marks, *nobody(self.text, self.marked.marks)]
        text = written(self.text, marks, {label: place for place, label in self.labels.items()})
        settled = [f"accept {code}: {reason}" for code, reason in accepted.items()]
        return "\n".join([*_head(metadata), "+++", text, "+++", *self.facts(), *settled, ""])

    def facts(self) -> Iterator[str]:
        record = self.record
        yield from self._declared()
        yield from self._event()
        yield from map(self._session, record.sessions)
        yield from map(self._entry, record.entries)
        yield from self._results()
        yield from map(self._incident, record.incidents)
        yield from map(self._quote, record.quotes)
        for finding in record.findings:
            about = [self.keys.get(one, one) for one in finding.about]
            message = _quoted(" ".join(finding.message.replace('"', "”").split()))
            yield self._line(
                "finding", finding.code, finding.severity, message, *about, spans=finding.evidence
            )
        for skipped in record.coverage.skipped:
            yield self._line("skip", skipped.reason, spans=(skipped,))

    def _line(self, *words: str, spans: Sequence[Span] = ()) -> str:
        return " ".join([*words, *(f"@{self.labels[span.start, span.end]}" for span in spans)])

    def _declared(self) -> Iterator[str]:
        for driver in self.record.drivers:
            yield f"{driver.role}s: {self.keys[driver.id]}"
        if self.record.teams:
            yield f"teams: {' '.join(self.keys[team.id] for team in self.record.teams)}"
        bearers: tuple[Driver | Team, ...] = (*self.record.drivers, *self.record.teams)
        for bearer in bearers:
            names = names_of(bearer)
            if not names:
                raise NotInMarkupError("never_named", bearer.name)
            if max(names, key=fullness) != bearer.name:
                yield f"name {self.keys[bearer.id]}: {bearer.name}"
        if optional := [self.keys[bearer.id] for bearer in bearers if bearer.optional]:
            yield f"optional: {' '.join(optional)}"

    def _event(self) -> Iterator[str]:
        event = self.record.event
        named = {
            "name": event.name,
            "series": event.series,
            "season": event.season,
            "round": event.round,
            "venue": event.venue,
            "starts": event.starts_on,
            "ends": event.ends_on,
        }
        words = [_option(key, value) for key, value in named.items() if value is not None]
        if words or event.evidence:
            yield self._line("event:", *words, spans=event.evidence)

    def _session(self, session: Session) -> str:
        words = [session.kind, *([_quoted(session.label)] if session.label else [])]
        words += [_option("number", session.number)] if session.number is not None else []
        words.append(f"status={session.status}")
        words += [f"time={session.scheduled}"] if session.scheduled else []
        return self._line(f"session {self.keys[session.id]}:", *words, spans=session.evidence)

    def _entry(self, entry: Entry) -> str:
        words = ["+".join(self.keys[driver] for driver in entry.drivers)] if entry.drivers else []
        words += [self.keys[entry.team]] if entry.team else []
        words += [_option("number", entry.number)] if entry.number else []
        words += [_option("car", entry.car)] if entry.car else []
        words += [f"classes={_quoted('|'.join(entry.classes))}"] if entry.classes else []
        words += [f"session={self.keys[entry.session]}"] if entry.session else []
        return self._line("entry:", *words, *_flags(entry), spans=entry.evidence)

    def _results(self) -> Iterator[str]:
        """Results of one order on one line, as long as they follow one another."""
        head = ""
        items: list[str] = []
        for result in self.record.results:
            scopes = [] if result.scope == "overall" and not result.scope_aliases else [result.scope]
            words = [_quoted(one) for one in (*scopes, *result.scope_aliases)]
            order = " ".join([result.kind, self.keys[result.session], *words])
            if order != head and items:
                yield f"{head}: {'; '.join(items)}"
                items = []
            head = order
            items.append(self._place(result))
        if items:
            yield f"{head}: {'; '.join(items)}"

    def _place(self, result: Result) -> str:
        if not result.drivers:
            raise NotInMarkupError("no_driver", result.id)
        status = "-" if result.status == "classified" else result.status
        place = status if result.position is None else str(result.position)
        crew = "+".join(self.keys[driver] for driver in result.drivers)
        measures = [_clock(result.time)] if result.time else []
        if isinstance(result.gap, LapGap):
            measures.append(f"+{result.gap.laps}laps")
        elif result.gap:
            measures.append(f"+{_clock(result.gap)}")
        measures += [f"{result.laps}laps"] if result.laps is not None else []
        measures += [f"{_number(result.points)}pts"] if result.points is not None else []
        return self._line(place, crew, *measures, *_flags(result), spans=result.evidence)

    def _incident(self, incident: Incident) -> str:
        words = [self.keys[incident.id], incident.type, self.keys[incident.session]]
        words += [self._participant(one, incident) for one in incident.participants]
        words += [_option("lap", incident.lap)] if incident.lap is not None else []
        words += [f"when={self._words(incident.when)}"] if incident.when else []
        words += [f"where={self._words(incident.where)}"] if incident.where else []
        words += [f"conseq={','.join(incident.consequences)}"] if incident.consequences else []
        causes = [self.keys[cause] for cause in incident.caused_by]
        words += [f"cause={','.join(causes)}"] if causes else []
        words += [f"by={self.keys[incident.asserted_by]}"] if incident.asserted_by else []
        return self._line("incident", *words, *_flags(incident), spans=incident.evidence)

    def _participant(self, one: Participant, incident: Incident) -> str:
        number = f"#{one.number}" if one.number else ""
        role = "" if one.role == "subject" else f":{one.role}"
        if one.driver is None:
            return f"{self._words(one.text)}{number}{role}"
        said = "" if one.text == self._said(one.driver, incident) else f"={self._words(one.text)}"
        return f"{self.keys[one.driver]}{said}{number}{role}"

    def _words(self, words: str) -> str:
        """Return words as the text has them: it may break one at the end of a line."""
        if not occurrences(self.text, words):
            letters = (
                r"\s+" if letter.isspace() else re.escape(letter) for letter in " ".join(words.split())
            )
            match = re.search(_BREAK.join(letters), self.text)
            words = match[0] if match else words
        return _quoted(words)

    def _said(self, driver: str, incident: Incident) -> str:
        """Return how a participant is called where nothing else is written."""
        places = tuple((span.start, span.end) for span in incident.evidence)
        at = named_in(self.marked, self.keys[driver], places)
        if at is not None:
            return surface(self.text[at[0] : at[1]])
        names = names_of(next(one for one in self.record.drivers if one.id == driver))
        return max(names, key=fullness, default="")

    def _quote(self, quote: Quote) -> str:
        words = [self.keys[quote.id]]
        if quote.speaker:
            words.append(self.keys[quote.speaker])
        elif quote.speaker_name:
            words += [_quoted(quote.speaker_name), quote.speaker_role]
        else:
            words.append("unknown")
        words += ["indirect"] if quote.kind == "indirect" else []
        words += [f"session={self.keys[quote.session]}"] if quote.session else []
        return self._line("quote", *words, *_flags(quote), spans=quote.evidence)


def names_of(bearer: Driver | Team) -> list[str]:
    """Return the forms under which somebody is named, in the order of the text, each once."""
    found = (surface(mention.text) for mention in bearer.mentions if mention.form == "name")
    return list(dict.fromkeys(found))


def _evidence(record: RaceRecord) -> Iterator[Span]:
    yield from record.event.evidence
    for session in record.sessions:
        yield from session.evidence
    for fact in record.facts():
        yield from fact.evidence
    for finding in record.findings:
        yield from finding.evidence
    yield from record.coverage.skipped


def _keys(record: RaceRecord) -> dict[str, str]:
    """Return a key for everything: for people the last word of the name, as annotators choose it."""
    own: tuple[Session | Incident | Quote, ...] = (*record.sessions, *record.incidents, *record.quotes)
    keys = {one.id: one.id for one in own}
    taken = set(keys.values())
    bearers: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
    for bearer in bearers:
        words = [word for word in _KEY.split(fold(bearer.name)) if word[:1].isalpha()]
        stem = key = next((word for word in reversed(words) if len(word) > 1), "x")
        number = 1
        while key in taken or key in _RESERVED or re.fullmatch(r"[a-z]\d*", key):
            number += 1
            key = f"{stem}_{number}"
        keys[bearer.id] = key
        taken.add(key)
    return keys


def _head(metadata: Metadata) -> Iterator[str]:
    for name, value in metadata.model_dump(exclude_none=True).items():
        yield f"{name} = {value if isinstance(value, int) else json.dumps(value, ensure_ascii=False)}"


def _quoted(words: str) -> str:
    if '"' in words:
        raise NotInMarkupError("quote_mark", words)
    return f'"{" ".join(words.split())}"'


def _option(key: str, value: Any) -> str:
    plain = str(value)
    return f"{key}={plain if _PLAIN.match(plain) else _quoted(plain)}"


def _flags(fact: Entry | Result | Incident | Quote) -> list[str]:
    inferred = ["inferred"] if getattr(fact, "standing", "stated") == "inferred" else []
    return [*inferred, *(["optional"] if fact.optional else [])]


def _clock(duration: str) -> str:
    """Return ``1:02:03.400`` for ``PT1H2M3.400S``."""
    match = _DURATION.match(duration)
    if match is None:
        raise NotInMarkupError("measure", duration)
    hours, minutes, seconds = match.groups()
    if not hours and not minutes:
        return seconds or "0"
    return f"{hours}:{int(minutes or 0):02}:{seconds or 0}" if hours else f"{minutes}:{seconds or 0}"


def _number(points: float) -> str:
    return str(int(points)) if points == int(points) else repr(points)
