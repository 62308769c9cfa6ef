"""What a season comes down to: standings as the reports state them, counts of places, incidents by circuit.

No system of points is known here. Points are those that a report states, with the report that states them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractor.record import Incident, IncidentType
from extractor.review.season import OVERALL, Line, Report, Source, drivers_of, in_order, matrix
from extractor.scoring.names import fold


@dataclass(frozen=True, slots=True)
class Standing:
    """What the last report that speaks of it says of somebody's championship.

    Attributes:
        name: As that report has it.
        position: In the championship; ``None`` where it is not stated.
        points: ``None`` where they are not stated.
        day: Of the event reported, else of publication.
        source: The result.
    """

    name: str
    position: int | None
    points: float | None
    day: date | None
    source: Source


def stated_standings(reports: Iterable[Report], scope: str = OVERALL) -> tuple[Standing, ...]:
    """Return what was said last of each driver's championship, by the latest report first, then by position.

    Standings of two reports are of two dates: each line names its report.
    """
    latest: dict[str, tuple[int, Standing]] = {}
    for number, report in enumerate(in_order(reports)):
        day = report.record.event.starts_on or report.record.document.published_on
        for result in report.record.results:
            if result.kind == "championship" and result.scope == scope:
                source = Source(report.key, report.title, result.id)
                for name in drivers_of(report, result):
                    said = Standing(name, result.position, result.points, day, source)
                    latest[fold(name)] = (number, said)
    ordered = sorted(latest.values(), key=lambda one: (-one[0], one[1].position or 10_000, one[1].name))
    return tuple(standing for _, standing in ordered)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody did what, as far as the reports tell.

    Attributes:
        name: Of the driver.
        races: In which a report gives a place or a retirement.
        wins: First places that all reports of the race agree on.
        podiums: First to third places, likewise.
        retirements: Likewise.
        poles: First places of grids.
        best_laps: Fastest laps.
        points: Sum of the points that reports state for single races; ``None`` where none does.
        races_with_points: How many races that is.
        disputed: Races whose reports differ; they count nowhere else than in ``races``.
    """

    name: str
    races: int
    wins: int
    podiums: int
    retirements: int
    poles: int
    best_laps: int
    points: float | None
    races_with_points: int
    disputed: int


def tallies(reports: Iterable[Report], scope: str = OVERALL) -> tuple[Tally, ...]:
    """Return how often each driver did what, in the order of the matrix of results."""
    every = list(reports)
    finals = matrix(every, "final", scope).lines
    grids = matrix(every, "grid", scope).lines
    laps = matrix(every, "fastest_lap", scope).lines
    poles, best_laps = _firsts(grids), _firsts(laps, named_is_first=True)
    known = {line.folded for line in finals}
    others = {line.folded: replace(line, cells={}) for line in (*grids, *laps) if line.folded not in known}
    return tuple(
        _tally(line, poles, best_laps)
        for line in (*finals, *others.values())
        if line.cells or poles[line.folded] or best_laps[line.folded]
    )


def _tally(line: Line, poles: Mapping[str, int], best_laps: Mapping[str, int]) -> Tally:
    agreed = [cell for cell in line.cells.values() if cell.agrees]
    points = [cell.points for cell in agreed if cell.points is not None]
    return Tally(
        name=line.name,
        races=len(line.cells),
        wins=sum(cell.position == 1 for cell in agreed),
        podiums=sum(cell.position is not None and cell.position <= 3 for cell in agreed),
        retirements=sum(cell.status == "dnf" for cell in agreed),
        poles=poles[line.folded],
        best_laps=best_laps[line.folded],
        points=sum(points) if points else None,
        races_with_points=len(points),
        disputed=len(line.cells) - len(agreed),
    )


def _firsts(lines: Sequence[Line], *, named_is_first: bool = False) -> Counter[str]:
    """Return how often each was first; of a fastest lap, who is named without a place has it."""
    return Counter(
        {
            line.folded: sum(
                cell.agrees and (cell.position == 1 or (named_is_first and cell.position is None))
                for cell in line.cells.values()
            )
            for line in lines
        }
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident and who was in it."""

    type: IncidentType
    who: tuple[str, ...]
    lap: int | None
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class IncidentTable:
    """Incidents by type and circuit.

    Attributes:
        types: The most frequent first.
        venues: Circuits in the order of the season; an empty one stands for reports that name none.
        cells: By type and folded circuit.
    """

    types: tuple[IncidentType, ...]
    venues: tuple[str, ...]
    cells: Mapping[tuple[IncidentType, str], tuple[Happening, ...]]

    def at(self, kind: IncidentType, venue: str) -> tuple[Happening, ...]:
        """Return what happened of a kind at a circuit."""
        return self.cells.get((kind, fold(venue)), ())


def incidents(reports: Iterable[Report]) -> IncidentTable:
    """Return the incidents of a season. What two reports tell of counts twice: nothing says it is one."""
    venues: dict[str, str] = {}
    cells: dict[tuple[IncidentType, str], list[Happening]] = {}
    for report in in_order(reports):
        venue = report.record.event.venue or ""
        for incident in report.record.incidents:
            venues.setdefault(fold(venue), venue)
            cells.setdefault((incident.type, fold(venue)), []).append(_happening(report, incident))
    counted: Counter[IncidentType] = Counter()
    for (kind, _), its in cells.items():
        counted[kind] += len(its)
    types = sorted(counted, key=lambda kind: (-counted[kind], kind))
    return IncidentTable(
        tuple(types), tuple(venues.values()), {place: tuple(its) for place, its in cells.items()}
    )


def _happening(report: Report, incident: Incident) -> Happening:
    names = {driver.id: driver.name for driver in report.record.drivers}
    who = tuple(names[one.driver] if one.driver else one.text for one in incident.participants)
    source = Source(report.key, report.title, incident.id)
    return Happening(incident.type, who, incident.lap, _said(incident), source)


def _said(incident: Incident) -> str:
    words: Sequence[str] = [span.text for span in incident.evidence]
    return " … ".join(words)
