"""A season of a series, from its reports: who came where in which race.

Nothing is filled in. A place is a result of a record; races of two reports are one race only where both
name the same circuit, the same day or round, and the same session; people of two reports are one person
only where their names are equal once case, accents and punctuation are folded away. Where two reports of
one race give somebody different places, both are shown and neither is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.record import RaceRecord, Result, ResultKind, ResultStatus, Session, SessionKind
from extractor.scoring.names import fold

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Report:
    """A document of the season.

    Attributes:
        key: Of the document in the store.
        title: For reading.
        record: As it is after decisions.
        is_settled: Somebody marked it reviewed.
    """

    key: str
    title: str
    record: RaceRecord
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said: the thing ``id`` in the document ``key``."""

    key: str
    title: str
    id: str


@dataclass(frozen=True, slots=True)
class Race:
    """A race, as one report or several tell of it.

    Attributes:
        venue: Circuit or place; ``None`` where no report names it.
        day: First day of the event; ``None`` where no report tells.
        round: Of the season.
        kind: What sort of session.
        number: Of the session.
        label: The text's own name for the session.
        reports: Keys of the documents that tell of it.
    """

    venue: str | None
    day: date | None
    round: int | None
    kind: SessionKind
    number: int | None
    label: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What one report says of somebody in one race.

    Attributes:
        position: ``None`` where there is none.
        status: Whether classified.
        points: As the report states them for this race.
        source: The result or, where only an incident tells of retiring, the incident.
    """

    position: int | None
    status: ResultStatus
    points: float | None
    source: Source


@dataclass(frozen=True, slots=True)
class Cell:
    """What the reports say of somebody in one race; at least one place."""

    places: tuple[Place, ...]

    @property
    def agrees(self) -> bool:
        """Whether all reports say the same."""
        return len({(place.position, place.status) for place in self.places}) == 1

    @property
    def position(self) -> int | None:
        """The place that all reports agree on; ``None`` where they differ or name none."""
        return self.places[0].position if self.agrees else None

    @property
    def status(self) -> ResultStatus | None:
        """The status that all reports agree on."""
        return self.places[0].status if self.agrees else None

    @property
    def points(self) -> float | None:
        """The points that are stated; ``None`` where none are, or reports differ."""
        stated = {place.points for place in self.places if place.points is not None}
        return stated.pop() if len(stated) == 1 else None


@dataclass(frozen=True, slots=True)
class Line:
    """One driver's season.

    Attributes:
        name: The spelling that most reports use.
        folded: What joins the spellings.
        spellings: All of them.
        cells: By number of the race.
    """

    name: str
    folded: str
    spellings: tuple[str, ...]
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Results by driver and race."""

    races: tuple[Race, ...]
    lines: tuple[Line, ...]


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Return reports by the day of the event, else of publication, then by round; undated ones last."""
    return sorted(reports, key=_when)


def scopes(reports: Iterable[Report], kind: ResultKind) -> tuple[str, ...]:
    """Return the scopes of results of a kind: ``overall`` first, then classes, the most frequent first."""
    counted = Counter(
        result.scope for report in reports for result in report.record.results if result.kind == kind
    )
    ordered = sorted(counted, key=lambda scope: (scope != OVERALL, -counted[scope], scope))
    return tuple(ordered)


def matrix(reports: Iterable[Report], kind: ResultKind = "final", scope: str = OVERALL) -> Matrix:
    """Return results by driver and race.

    Retirements that only an incident tells of stand in the matrix of overall final results too.

    Args:
        reports: In any order.
        kind: Of the results.
        scope: ``overall``, or a class as the reports name it.
    """
    ordered = in_order(reports)
    told: dict[tuple[object, ...], list[tuple[Report, Session]]] = {}
    places: dict[tuple[object, ...], list[tuple[str, Place]]] = {}
    for report in ordered:
        of_session = _places(report, kind, scope)
        for session in report.record.sessions:
            if session.id in of_session:
                race = _race_key(report, session)
                told.setdefault(race, []).append((report, session))
                places.setdefault(race, []).extend(of_session[session.id])
    races = tuple(_race(its) for its in told.values())
    return Matrix(races, _lines([places[race] for race in told]))


def _places(report: Report, kind: ResultKind, scope: str) -> dict[str, list[tuple[str, Place]]]:
    """Return names and places by session."""
    names = {driver.id: driver.name for driver in report.record.drivers}
    found: dict[str, list[tuple[str, Place]]] = {}
    for result in report.record.results:
        if result.kind == kind and result.scope == scope:
            place = Place(result.position, result.status, result.points, _source(report, result.id))
            found.setdefault(result.session, []).extend((names[driver], place) for driver in result.drivers)
    if kind == "final" and scope == OVERALL:
        for session, driver, place in _retired(report, found, names):
            found.setdefault(session, []).append((driver, place))
    return found


def _retired(
    report: Report, found: Mapping[str, Sequence[tuple[str, Place]]], names: Mapping[str, str]
) -> Iterator[tuple[str, str, Place]]:
    """Yield session, name and place of those of whom only an incident says that they retired.

    An incident with several participants does not tell which of them its consequence befell.
    """
    placed = {(session, name) for session, its in found.items() for name, _ in its}
    for incident in report.record.incidents:
        drivers = {one.driver for one in incident.participants if one.driver is not None}
        told = incident.type == "retirement" or (
            "retirement" in incident.consequences and len(incident.participants) == 1
        )
        for driver in sorted(drivers) if told else ():
            if (incident.session, names[driver]) not in placed:
                placed.add((incident.session, names[driver]))
                yield incident.session, names[driver], Place(None, "dnf", None, _source(report, incident.id))


def _lines(by_race: Sequence[Sequence[tuple[str, Place]]]) -> tuple[Line, ...]:
    spellings: dict[str, Counter[str]] = {}
    cells: dict[str, dict[int, list[Place]]] = {}
    for number, places in enumerate(by_race):
        for name, place in places:
            folded = fold(name) or name
            spellings.setdefault(folded, Counter())[name] += 1
            cells.setdefault(folded, {}).setdefault(number, []).append(place)
    lines = [
        Line(
            name=min(spellings[folded], key=lambda name: (-spellings[folded][name], name)),
            folded=folded,
            spellings=tuple(sorted(spellings[folded])),
            cells={number: Cell(tuple(places)) for number, places in its.items()},
        )
        for folded, its in cells.items()
    ]
    return tuple(sorted(lines, key=_standing))


def _standing(line: Line) -> tuple[object, ...]:
    """Sort by how often first, second, third ...; equal ones by name. An order, not a championship."""
    positions = Counter(cell.position for cell in line.cells.values() if cell.position is not None)
    return tuple(-positions[position] for position in range(1, 41)), line.folded


def _race_key(report: Report, session: Session) -> tuple[object, ...]:
    """Return what two sessions share that are one race; a race of unknown place or time is alone."""
    event = report.record.event
    venue, when = fold(event.venue or ""), event.starts_on or event.round
    if not venue or when is None:
        return report.key, session.id
    name = fold(session.label or "") if session.number is None else session.number
    return venue, when, session.kind, name


def _race(told: Sequence[tuple[Report, Session]]) -> Race:
    report, session = told[0]
    event = report.record.event
    rounds = [one.record.event.round for one, _ in told if one.record.event.round is not None]
    return Race(
        venue=event.venue,
        day=event.starts_on,
        round=rounds[0] if rounds else None,
        kind=session.kind,
        number=session.number,
        label=session.label,
        reports=tuple(dict.fromkeys(one.key for one, _ in told)),
    )


def _source(report: Report, identity: str) -> Source:
    return Source(report.key, report.title, identity)


def _when(report: Report) -> tuple[date, int, str, str]:
    event = report.record.event
    day = event.starts_on or report.record.document.published_on or date.max
    return day, event.round or 0, report.title, report.key


def drivers_of(report: Report, result: Result) -> tuple[str, ...]:
    """Return the names of a result's crew."""
    names = {driver.id: driver.name for driver in report.record.drivers}
    return tuple(names[driver] for driver in result.drivers)
