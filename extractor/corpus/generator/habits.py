"""One report's habits: its tense, its notations, its layout."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.corpus.generator import clock
from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.model import Meeting

_TENSES = {
    "live": {"present": 1},
    "chronicle": {"simple": 5, "perfect": 3, "imperfect": 1},
    "agency": {"perfect": 5, "simple": 2, "imperfect": 1},
    "memoir": {"simple": 4, "present": 1},
    "magazine": {"present": 4, "simple": 3, "perfect": 2},
    "regional": {"perfect": 5, "present": 3, "simple": 2},
}
_ANY = {"present": 6, "perfect": 4, "simple": 2, "imperfect": 1}
_NOTATIONS = {
    "team": 6, "car": 6, "number": 4, "team_car": 4, "car_team": 4, "car_slash_team": 3, "car_number": 4,
    "number_team": 3, "town": 1, "age": 1, "car_scope": 2, "sur": 4, "de": 4, "pour": 3, "numbered": 3,
    "origin": 4, "pilot": 2, "plain": 6, "car_of": 5, "volant": 2,
}  # fmt: skip
_LISTS = {
    "lines": 6,
    "semicolons": 4,
    "dashes": 2,
    "ranks": 3,
    "hyphens": 2,
    "table": 2,
    "tabs": 1,
    "inline": 2,
}


@dataclass(slots=True)
class Habits:
    """How one report is written."""

    tense: str
    clock: clock.Clock
    ordinals: str
    marks: tuple[str, str]
    crew: str
    number: str
    notations: list[str]
    surnames_up: bool
    layout: str
    list_names: str
    headed: bool
    tags: tuple[str, ...]
    short: float  # how often somebody is meant otherwise than by name


def drawn(meeting: Meeting, chance: Chance) -> Habits:
    """Return the habits of a report about a meeting."""
    old = meeting.year < 1976
    unit = meeting.runs[0].unit
    notation = chance.pick(clock.OLD if unit >= 100 and old else clock.NEW)
    if unit == 200:
        notation = "old"
    tags = ["old" if meeting.year < 1965 else "new" if meeting.year > 1990 else "middle"]
    tags.append("bikes" if meeting.two_wheels else "cars")
    tags.append(meeting.format)
    quotes = chance.pick([("« ", " »"), ("« ", " »"), ("“", "”"), ('"', '"')])
    return Habits(
        tense=chance.weighed(_TENSES.get(meeting.style, _ANY)),
        clock=clock.Clock(notation, unit),
        ordinals=chance.pick(["e", "e", "words", "words", "ème"]),
        marks=("« ", " »") if meeting.year < 1960 and chance.happens(0.7) else quotes,
        crew=chance.pick([" / ", "/", "-", " - ", " et ", " et "]),
        number=chance.pick(
            ["n° {}", "n°{}", "N° {}"] if meeting.year < 1995 else ["n° {}", "n°{}", "#{}", "#{}"]
        ),
        notations=[chance.weighed(_NOTATIONS) for _ in range(chance.between(1, 3))] + ["plain"],
        surnames_up=chance.happens(0.15),
        layout=chance.weighed(_LISTS),
        list_names=chance.pick(["short", "short", "full", "initial", "last_first", "up"]),
        headed=chance.happens(0.5),
        tags=tuple(tags),
        short=chance.pick([0.05, 0.12, 0.2]),
    )
