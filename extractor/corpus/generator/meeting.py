"""A meeting composed: discipline, year, venue, entries, and its sessions run one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from extractor.corpus.generator import running
from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.model import Entry, Meeting, Placed, Run, Team
from extractor.corpus.generator.people import Cast
from extractor.corpus.generator.words import table

_POINTS = (25, 20, 16, 13, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
_PLACES = {
    "rally": "rallies",
    "hill_climb": "climbs",
    "ice": "ice",
    "rallycross": "earth",
    "autocross": "earth",
    "motocross": "earth",
    "grass_track": "earth",
}
_STYLES = {
    "federation": 8, "team": 9, "club": 8, "regional": 10, "magazine": 9, "agency": 6, "live": 5,
    "results": 6,
    "sponsor": 3, "swiss": 3, "belgian": 4, "quebec": 2, "amateur": 4, "interview": 4, "roundup": 6,
    "capitals": 2, "circuit": 4, "chronicle": 6, "memoir": 2, "newsletter": 3,
}  # fmt: skip
_MODERN_CLASS = re.compile(
    r"LMP|GT[34]|\b(?:RC|R|MX|KZ|X|T|S)\d|GTTS|F2000|Silver|Pro|Rookie|Elite|Junior|Super(?!bike)|Open|Inter|DE\b"
)
_MODERN_STYLES = ("live", "sponsor", "newsletter", "interview", "circuit", "amateur", "team")


def compose(chance: Chance) -> Meeting:
    """Compose a meeting and run it."""
    discipline = chance.pick(sorted(table("disciplines")))
    about = table("disciplines")[discipline]
    year = _year(about, chance)
    venue = _venue(discipline, year, chance)
    cast = Cast(chance, year, venue)
    pairs = [pair for pair in about["classes"] if year > 1989 or not _MODERN_CLASS.search(" ".join(pair))]
    classes = list(chance.pick(pairs)) if pairs and chance.happens(0.6) else []
    entries = _entries(discipline, about, year, classes, cast)
    day = date(year, chance.between(3, 10), chance.between(1, 28))
    day += timedelta(days=(6 - day.weekday()) % 7)
    series = str(chance.pick(about["series"]))
    title = _title(discipline, about["format"], chance)
    meeting = Meeting(
        discipline, about["format"], year, day, _style(year, chance), venue, title, series,
        chance.between(2, 9), entries, classes, [],
    )  # fmt: skip
    unit = _unit(year, chance)
    low, high = about["lap"]
    base = chance.between(low * 10, high * 10) * 100
    _FORMATS[meeting.format](meeting, base, unit, chance)
    _stand(meeting, chance)
    meeting.officials = [
        (cast.stranger(), chance.pick(["organiser", "official", "team", "team"])) for _ in range(2)
    ]
    meeting.others = [cast.stranger() for _ in range(4)]
    return meeting


def _year(about: Mapping[str, Any], chance: Chance) -> int:
    first, last = about["years"]
    if first < 1975 and chance.happens(0.5):  # as many old reports as new ones
        return chance.between(first, 1980)
    return chance.between(first, last)


def _style(year: int, chance: Chance) -> str:
    while True:
        style = chance.weighed(_STYLES)
        if style == "memoir" and year > 1995:
            continue
        if (style in _MODERN_STYLES and year < 1985) or (style == "chronicle" and year > 1975):
            continue
        return style


def _venue(discipline: str, year: int, chance: Chance) -> str:
    place = _PLACES.get(discipline, "old_circuits" if year < 1960 else "circuits")
    return str(chance.pick(table("places")[place]))


def _unit(year: int, chance: Chance) -> int:
    if year < 1958:
        return chance.pick([200, 200, 100])
    if year < 1976:
        return 100
    return 10 if year < 1988 else chance.pick([1, 1, 1, 10])


def _title(discipline: str, format_: str, chance: Chance) -> str:
    """Return the meeting's name, with ``{de}`` where the venue follows."""
    if format_ == "rally":
        return chance.pick(["Rallye {de}", "Rallye national {de}", "Rallye régional {de}", "Ronde {de}"])
    if format_ == "endurance":
        return chance.pick(["6 Heures {de}", "Quatre Heures {de}", "1000 Kilomètres {de}", "12 Heures {de}"])
    if discipline == "hill_climb":
        return chance.pick(["Course de côte {de}", "Montée {de}"])
    if discipline == "slalom":
        return "Slalom {de}"
    if discipline == "vintage_gp":
        return chance.pick(["Grand Prix {de}", "Circuit {de}", "Coupe {de}"])
    return chance.pick(["Coupes {de}", "Trophée {de}", "Grand Prix {de}", "Meeting {de}", "Challenge {de}"])


def _entries(
    discipline: str, about: Mapping[str, Any], year: int, classes: list[str], cast: Cast
) -> list[Entry]:
    chance = cast.chance
    count = chance.between(8, 16)
    cars = _cars(discipline, year)
    two = discipline in ("superbike", "motocross", "supermoto", "grass_track", "sidecar")
    teams = [cast.team(two) for _ in range(chance.between(1, 5))]
    foreign, women = chance.pick([0.05, 0.1, 0.35]), chance.pick([0.03, 0.12])
    low, high = about["crew"]
    crew = chance.between(low, high)
    if crew == 2 and discipline in ("rally", "rally_raid") and chance.happens(0.35):
        crew = 1  # reports that leave co-drivers out
    numbers = sorted(chance.some(range(1, 99 if chance.happens(0.8) else 300), count))
    entries = []
    for index in range(count):
        people = [cast.person(_role(discipline, seat), foreign=foreign, women=women) for seat in range(crew)]
        team: Team | None = chance.pick(teams) if chance.happens(0.7) else None
        scope = chance.pick(classes) if classes else None
        pace = index * chance.between(1, 3) + (4 if scope and scope == classes[-1] else 0)
        entries.append(Entry(index, people, team, numbers[index], chance.pick(cars), scope, pace))
    return chance.mixed(entries)


def _cars(discipline: str, year: int) -> list[str]:
    found = []
    for line in table("machines")["cars"]:
        years, name, disciplines = line.split("|")
        first, last = years.split("-")
        if discipline in disciplines.split() and int(first) <= year <= int(last):
            found.append(name)
    return found or ["Renault", "Peugeot", "Ford"]


def _role(discipline: str, seat: int) -> str:
    if discipline in ("superbike", "motocross", "supermoto", "grass_track"):
        return "rider"
    if discipline == "sidecar":
        return "passenger" if seat else "rider"
    return "co_driver" if seat and discipline in ("rally", "rally_raid") else "driver"


def _races(meeting: Meeting, base: int, unit: int, chance: Chance) -> None:
    count = 2 if meeting.discipline == "motocross" else chance.pick([1, 1, 2, 2, 3])
    kind = "bikes" if meeting.two_wheels else "wheels"
    name = chance.pick(["Course {n}", "Course {n}", "Manche {n}", "{word} course", "{word} manche"])
    laps = min(chance.between(6, 24), max(3_000_000 // base, 4))
    for number in range(1, count + 1):
        label = (
            name.format(n=number, word=("Première", "Deuxième", "Troisième")[number - 1])
            if count > 1
            else None
        )
        run = Run(
            f"c{number}", "race", label, number if count > 1 else None, laps, unit, list(meeting.entries)
        )
        _start(run, base, chance, qualified=number == 1 or chance.happens(0.5))
        running.race(run, base, chance, kind=kind, most=chance.between(1, 5))
        _after(run, meeting.year, chance)
        meeting.runs.append(run)


def _endurance(meeting: Meeting, base: int, unit: int, chance: Chance) -> None:
    block = chance.between(6, 12)
    run = Run("c", "race", None, None, chance.between(12, 24), unit, list(meeting.entries))
    _start(run, base, chance, qualified=True)
    running.race(run, base * block, chance, kind="wheels", most=6)
    run.best = None
    for placed in run.final:
        placed.laps_down = (placed.time - run.final[0].time) // base
    for happening in run.happenings:
        happening.lap *= block
    run.laps *= block
    run.orders = [order for order in run.orders for _ in range(block)]
    _after(run, meeting.year, chance)
    meeting.runs.append(run)


def _start(run: Run, base: int, chance: Chance, *, qualified: bool) -> None:
    if len(run.entries) > 6 and chance.happens(0.25):
        run.absent.append(run.entries.pop(chance.below(len(run.entries))))
    if qualified:
        running.qualify(run, base, chance)
    else:
        run.grid = chance.mixed(run.entries)
    run.clock = (
        f"{chance.between(9, 17):02d}:{chance.pick(['00', '05', '10', '15', '20', '30', '40', '45', '50'])}"
    )


def _after(run: Run, year: int, chance: Chance) -> None:
    if chance.happens(0.35):
        running.neutralise(run, chance, ["safety_car", "red_flag"] if year > 1985 else ["red_flag"])
    if chance.happens(0.22):
        running.judge(run, chance)


def _timed(meeting: Meeting, base: int, unit: int, chance: Chance) -> None:
    """Run a rally or climbs: one standing by added times, and the parts that are told."""
    rally = meeting.format == "rally"
    stages = chance.between(4, 10) if rally else chance.between(2, 4)
    run = Run("o", "overall", None, None, stages, unit, list(meeting.entries))
    if chance.happens(0.2):
        run.absent.append(run.entries.pop())
    running.race(run, base, chance, kind="clock", most=chance.between(1, 5), standing=False)
    if meeting.discipline == "drag":
        run.happenings = [h for h in run.happenings if h.type != "collision"]
    run.best = None
    meeting.runs.append(run)


def _heats(meeting: Meeting, base: int, unit: int, chance: Chance) -> None:
    kind = "bikes" if meeting.two_wheels else "wheels"
    groups = meeting.classes or [""]
    for number, scope in enumerate(groups, 1):
        entries = [entry for entry in meeting.entries if not scope or entry.scope == scope]
        if len(entries) < 4:
            continue
        semi = Run(f"d{number}", "semi_final", "demi-finale", None, 4, unit, entries, scope=scope or None)
        if len(entries) > 5 and chance.happens(0.5):
            running.race(semi, base, chance, kind=kind, most=0)
            meeting.runs.append(semi)
        label = f"finale {scope}" if scope else chance.pick(["finale", "finale A"])
        run = Run(
            f"f{number}", "final", label, None, chance.between(5, 8), unit, entries[:8], scope=scope or None
        )
        run.grid = [placed.entry for placed in semi.final if placed.entry in run.entries] or list(run.entries)
        running.race(run, base, chance, kind=kind, most=3)
        run.best = None
        _after(run, meeting.year, chance)
        meeting.runs.append(run)
    if not any(run.kind == "final" for run in meeting.runs):
        run = Run("f", "final", "finale", None, chance.between(5, 8), unit, meeting.entries[:8])
        running.race(run, base, chance, kind=kind, most=3)
        run.best = None
        meeting.runs.append(run)


_FORMATS: dict[str, Callable[[Meeting, int, int, Chance], None]] = {
    "races": _races,
    "endurance": _endurance,
    "rally": _timed,
    "climbs": _timed,
    "heats": _heats,
}


def _stand(meeting: Meeting, chance: Chance) -> None:
    """Set the championship's standings: points from before, and those of this meeting."""
    before = {entry: chance.between(0, 12) * 5 + max(60 - 4 * entry.pace, 0) for entry in meeting.entries}
    for run in meeting.runs:
        if run.kind in ("race", "final", "overall"):
            for placed, points in zip(run.final, _POINTS, strict=False):
                before[placed.entry] += points
    taken: set[int] = set()
    for entry in meeting.entries:
        while before[entry] in taken:
            before[entry] += 1
        taken.add(before[entry])
    meeting.standings = sorted(before.items(), key=lambda pair: -pair[1])


def winner(run: Run) -> Placed:
    """Return who won a session."""
    return run.final[0]
