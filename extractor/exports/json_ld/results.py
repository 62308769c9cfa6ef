"""Results as participations with a rank, and as lists.

A place in a class is a place in an event of its own within the session, so that nobody takes it for a place
overall. A place during the race has no rank: the vocabularies know final ones only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from extractor.exports.json_ld.terms import concept
from extractor.exports.passages import Passages
from extractor.exports.sentences import Sentences
from extractor.exports.sheets import session_title
from extractor.exports.words import Words
from extractor.record import LapGap, RaceRecord, Result, Session

Node = dict[str, Any]

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?")
_OVERALL = "overall"
_RANKED = ("final", "championship")


class Results:
    """The results of one record.

    Args:
        record: It.
        words: Of the language in which things are described.
        name: Gives the address of a thing by its kind and key.
    """

    def __init__(self, record: RaceRecord, words: Words, name: Callable[[str, str], str]) -> None:
        self._record = record
        self._words = words
        self._name = name
        self._sentences = Sentences(record, words)
        self._sessions = {one.id: one for one in record.sessions}
        self._by_scope: dict[str, dict[str, list[str]]] = {one.id: {} for one in record.sessions}
        for one in record.results:
            if one.kind != "championship":
                scopes = self._by_scope[one.session]
                scopes.setdefault(one.scope, []).append(name("result", one.id))

    def of(self, session: Session) -> list[str]:
        """Return the addresses of the results of a session that are not in a class."""
        return self._by_scope[session.id].get(_OVERALL, [])

    def classes_of(self, session: Session) -> list[str]:
        """Return the addresses of a session's classes."""
        return [self._class(session.id, scope) for scope in self._scopes(session)]

    def classes(self) -> Iterator[Node]:
        """Yield the classes of all sessions, each as an event within its session."""
        for session in self._record.sessions:
            title = session_title(session, self._words.of("session_kind", session.kind))
            for scope in self._scopes(session):
                yield {
                    "@id": self._class(session.id, scope),
                    "@type": ["SportsEvent", "iptc:Event"],
                    "name": f"{title}, {scope}",
                    "superEvent": {"@id": self._name("session", session.id)},
                    "iptc:parent": {"@id": self._name("session", session.id)},
                    "iptc:participation": [{"@id": one} for one in self._by_scope[session.id][scope]],
                }

    def lists(self) -> Iterator[Node]:
        """Yield every order, by session, kind and class, as a list of schema.org."""
        orders: dict[tuple[str, str, str], list[Result]] = {}
        for one in self._record.results:
            if one.position is not None:
                orders.setdefault((one.session, one.kind, one.scope), []).append(one)
        for number, ((session, kind, scope), results) in enumerate(orders.items(), 1):
            title = self._sessions[session]
            said = [
                self._words.of("result_kind", kind),
                session_title(title, self._words.of("session_kind", title.kind)),
                "" if scope == _OVERALL else scope,
            ]
            ordered = sorted(results, key=lambda one: one.position or 0)
            yield {
                "@id": self._name("list", str(number)),
                "@type": "ItemList",
                "name": ", ".join(dict.fromkeys(filter(None, said))),
                "itemListOrder": "ItemListOrderAscending",
                "itemListElement": [{"@id": self._name("result", one.id)} for one in ordered],
            }

    def participations(self) -> Iterator[Node]:
        """Yield every result."""
        yield from map(self._participation, self._record.results)

    def _participation(self, result: Result) -> Node:
        crew = [{"@id": self._name("driver", one)} for one in result.drivers]
        one_driver = len(crew) == 1
        kind = "iptc:IndividualParticipation" if one_driver else "iptc:CompetitorParticipation"
        node = {
            "@id": self._name("result", result.id),
            "@type": ["ListItem", kind],
            "description": self._sentences(Passages("result", result.id, result, result.evidence)),
            "position": result.position,
            "item": crew,
            "iptc:participationBy": crew,
        }
        return node | self._rank(result) | _score(result) | _laps(result)

    def _rank(self, result: Result) -> Node:
        place = result.position
        if place is None:
            return {}
        if result.kind in _RANKED:
            won = result.kind == "final" and place == 1 and result.scope == _OVERALL
            return {"iptc:rank": str(place), "iptc:eventOutcome": concept("win") if won else None}
        if result.kind == "grid":
            return {"spmcrstat:grid": place}
        return {"spmcrstat:qualifyingPosition": place} if result.kind == "qualifying" else {}

    def _scopes(self, session: Session) -> list[str]:
        return [scope for scope in self._by_scope[session.id] if scope != _OVERALL]

    def _class(self, session: str, scope: str) -> str:
        return f"{self._name('session', session)}/{self._name('class', scope).rpartition('#class/')[2]}"


def _score(result: Result) -> Node:
    """Return the time, else the gap, as the IPTC's samples have it: ``00:25:12.345``."""
    if result.time is not None:
        return {"iptc:score": clock(result.time), "iptc:scoreUnits": concept("time_absolute")}
    if isinstance(result.gap, str):
        return {"iptc:score": clock(result.gap), "iptc:scoreUnits": concept("time_relative")}
    return {}


def _laps(result: Result) -> Node:
    whole = result.points is not None and float(result.points).is_integer()
    return {
        "spmcrstat:lapsCompleted": result.laps,
        "spmcrstat:lapsBehindLeader": result.gap.laps if isinstance(result.gap, LapGap) else None,
        "spmcrstat:points": int(result.points or 0) if whole and result.kind == "championship" else None,
    }


def clock(duration: str) -> str:
    """Return an ISO 8601 duration as hours, minutes, seconds and milliseconds."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return duration
    hours, minutes, seconds, thousandths = found.groups()
    return f"{int(hours or 0):02}:{int(minutes or 0):02}:{int(seconds or 0):02}.{(thousandths or '0'):0<3}"
