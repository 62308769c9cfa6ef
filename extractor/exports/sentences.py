"""What the record says, a line for each thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from extractor.exports.figures import figure_of
from extractor.exports.passages import Kind, Passages
from extractor.exports.plain import one_line
from extractor.exports.sheets import Names, session_title, speaker_of
from extractor.exports.words import Words
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
    Team,
    Told,
)


class Sentences:
    """Puts the things of one record into words.

    Args:
        record: It.
        words: Of the reader's language.
    """

    def __init__(self, record: RaceRecord, words: Words) -> None:
        self._words = words
        self._names = Names(record)
        self._sessions = {one.id: self._title(one) for one in record.sessions}

    def __call__(self, one: Passages) -> str:
        """Return one line about a thing."""
        return one_line(_SAYING[one.kind](self, one.thing))

    def _about(self, subject: str, *said: object) -> str:
        colon = " : " if self._words.lang == "fr" else ": "
        return colon.join(filter(None, (subject, _joined(said))))

    def _title(self, session: Session) -> str:
        return session_title(session, self._words.of("session_kind", session.kind))

    def _told(self, told: Told) -> str:
        return self._about(told.field, told.value)

    def _event(self, event: Event) -> str:
        said = [event.name, event.series, event.season, event.venue]
        if event.round is not None:
            said.append(self._words("round", n=event.round))
        return self._about(self._words("event"), *said)

    def _session(self, session: Session) -> str:
        status = self._words.of("session_status", session.status)
        return self._about(self._words("session"), self._title(session), status)

    def _driver(self, driver: Driver) -> str:
        return self._about(self._words.of("driver_role", driver.role), driver.name)

    def _team(self, team: Team) -> str:
        return self._about(self._words("team"), team.name)

    def _entry(self, entry: Entry) -> str:
        number = f"#{entry.number.lstrip('#')}" if entry.number else None
        said = [self._names.crew(entry.drivers), self._names(entry.team), number, entry.car, *entry.classes]
        return self._about(self._words("entry"), *said)

    def _result(self, result: Result) -> str:
        kind = self._words.of("result_kind", result.kind)
        scope = None if result.scope == "overall" else result.scope
        place = f"{result.position}." if result.position is not None else None
        status = self._words.of("result_status", result.status)
        crew = self._names.crew(result.drivers)
        who = " ".join(filter(None, (place, crew)))
        where = _joined([kind, self._sessions[result.session], scope])
        return self._about(where, who, status, figure_of(result, self._words))

    def _incident(self, incident: Incident) -> str:
        who = _joined([one.text for one in incident.participants])
        kind = self._words.of("incident_type", incident.type)
        lap = None if incident.lap is None else self._words("on_lap", n=incident.lap)
        came_of_it = [self._words.of("consequence", one) for one in incident.consequences]
        said = [who, lap, incident.where, *came_of_it]
        return self._about(_joined([kind, self._sessions[incident.session]]), *said)

    def _quote(self, quote: Quote) -> str:
        speaker = speaker_of(quote, self._names) or self._words("unknown_speaker")
        return self._about(self._words("quote"), speaker)

    def _finding(self, finding: Finding) -> str:
        return self._about(self._words("finding"), finding.message)

    def _skipped(self, skipped: SkippedSpan) -> str:
        return self._about(self._words("skipped"), self._words.reason(skipped.reason))


_SAYING: Mapping[Kind, Callable[[Sentences, Any], str]] = {
    "told": Sentences._told,
    "event": Sentences._event,
    "session": Sentences._session,
    "driver": Sentences._driver,
    "team": Sentences._team,
    "entry": Sentences._entry,
    "result": Sentences._result,
    "incident": Sentences._incident,
    "quote": Sentences._quote,
    "finding": Sentences._finding,
    "skipped": Sentences._skipped,
}


def _joined(said: Iterable[object]) -> str:
    """Return what is said, nothing twice."""
    return ", ".join(dict.fromkeys(str(one) for one in said if one not in (None, "")))
