"""A record as results sheets: what belongs to each session, in the order one reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.record import Entry, Incident, Quote, RaceRecord, Result, Session

#: What a reader wants first.
RESULT_KINDS = ("final", "grid", "qualifying", "fastest_lap", "running", "championship")
_STATUSES = ("classified", "nc", "dnf", "dsq", "dns")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a results sheet."""

    result: Result
    drivers: str
    team: str
    number: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One order: of a kind, overall or in a class."""

    kind: str
    scope: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SessionSheets:
    """All that happened in one session."""

    session: Session
    sheets: tuple[Sheet, ...]
    incidents: tuple[Incident, ...]


class Names:
    """The names that a record's identifiers stand for."""

    def __init__(self, record: RaceRecord) -> None:
        self._names = {d.id: d.name for d in record.drivers} | {t.id: t.name for t in record.teams}
        self._entries = record.entries

    def __call__(self, reference: str | None) -> str:
        """Return the name of a driver or team, empty for nobody."""
        return self._names.get(reference, "") if reference else ""

    def crew(self, drivers: Iterable[str]) -> str:
        """Return the names of a crew."""
        return " / ".join(self(driver) for driver in drivers)

    def entry_of(self, result: Result) -> Entry | None:
        """Return the entry that a result belongs to: the one it names, else the fullest of its drivers'."""
        if result.entry is not None:
            return next((e for e in self._entries if e.id == result.entry), None)
        drivers = set(result.drivers)
        theirs = [
            e for e in self._entries if drivers & set(e.drivers) and e.session in (None, result.session)
        ]
        return max(theirs, key=lambda e: (bool(e.team), bool(e.number)), default=None)


def session_sheets(record: RaceRecord) -> list[SessionSheets]:
    """Return each session with its sheets and incidents, in the record's order."""
    names = Names(record)
    return [
        SessionSheets(
            session=session,
            sheets=tuple(_sheets([r for r in record.results if r.session == session.id], names)),
            incidents=tuple(i for i in record.incidents if i.session == session.id),
        )
        for session in record.sessions
    ]


def speaker_of(quote: Quote, names: Names) -> str:
    """Return who speaks, empty where nobody is named."""
    return names(quote.speaker) or quote.speaker_name or ""


def words_of(quote: Quote) -> str:
    """Return what was said, with an ellipsis where the report interrupts it."""
    return " … ".join(part.text for part in quote.evidence) if len(quote.evidence) > 1 else quote.text


def session_title(session: Session, kind: str) -> str:
    """Return a session's own name, else ``kind`` (its kind in words) and its number."""
    if session.label:
        return session.label[:1].upper() + session.label[1:]
    return f"{kind} {session.number}" if session.number is not None else kind


def _sheets(results: list[Result], names: Names) -> list[Sheet]:
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result.kind, result.scope), []).append(result)
    # Overall first, then the classes as the text brings them in.
    order = sorted(groups, key=lambda group: (RESULT_KINDS.index(group[0]), group[1] != "overall"))
    return [
        Sheet(kind, scope, tuple(_row(result, names) for result in sorted(groups[kind, scope], key=_place)))
        for kind, scope in order
    ]


def _place(result: Result) -> tuple[int, bool, int]:
    """Sort by place; whoever has none comes after, and whoever was not classified last."""
    return _STATUSES.index(result.status), result.position is None, result.position or 0


def _row(result: Result, names: Names) -> Row:
    entry = names.entry_of(result)
    return Row(
        result=result,
        drivers=names.crew(result.drivers),
        team=names(entry.team) if entry else "",
        number=(entry.number or "").lstrip("#") if entry else "",
    )
