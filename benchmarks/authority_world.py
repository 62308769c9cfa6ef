"""A small archive whose truth is known: reports of the corpus, each told several times over.

Every report of a split becomes several documents. In each of them most of its people come back, some under
another spelling, with an initial, by surname alone or with the surname first; some are replaced: by a
brother, by somebody with a common surname, by a competitor of another report, by a namesake of another
time. Years, makes, numbers and teams change; a share of the pages is misread as a scan would be. The text
changes with the record, so that the same documents can be given to the extractor. Who is who is known.

The texts are handled by programs alone: nothing here shows one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from extractor.authority.listing import Entry
from extractor.authority.person import parse_person
from extractor.corpus.library import load_split
from extractor.corpus.metadata import Split
from extractor.corpus.noise import misread, wrap
from extractor.lexicon.fold import fold
from extractor.record import Driver, RaceRecord, Team
from extractor.training.variants import moved

# Authors whose reports nobody who works on rules may read.
UNREAD = ("a40", "a41", "a42", "a43", "a44")
# Common surnames, and given names by era: fiction, put together anew.
_NAMES = {
    "common": """
        Martin Bernard Dubois Durand Moreau Laurent Simon Michel Lefebvre Leroy Roux Girard Bonnet
        Dupont Lambert Fontaine Rousseau Vincent Muller Mercier Blanc Guerin Boyer Garnier Chevalier
        Legrand Gauthier Perrin Robin Clement Morin Nicolas Henry Mathieu Gautier Masson Marchand Duval
        Denis Lemaire Meunier Brun Colin Renard
    """,
    "1960": """
        Jean Louis André Marcel Henri Robert Pierre René Maurice Georges Albert Paul Lucien Émile Roger
    """,
    "1995": """
        Jean-Pierre Michel Alain Gérard Bernard Jean-Claude Philippe Patrick Daniel Christian Jacques
        Claude Jean-Luc Serge Thierry
    """,
    "2100": """
        Julien Nicolas Thomas Romain Kévin Maxime Alexandre Sébastien Mathieu Jérémy Antoine Hugo Lucas
        Théo Florian
    """,
    "makes": """
        Bugatti Peugeot Renault Simca Alpine Citroën BMW Porsche Ford Opel Honda Yamaha Lola Fiat Seat
    """,
}
COMMON = _NAMES["common"].split()
GIVEN = {year: _NAMES[str(year)].split() for year in (1960, 1995, 2100)}
_MAKES = _NAMES["makes"].split()
NICKNAMES = {
    "Frédéric": "Fred", "Nicolas": "Nico", "Sébastien": "Seb", "Philippe": "Phil", "Alexandre": "Alex",
    "Emmanuel": "Manu", "Robert": "Bob", "André": "Dédé", "Christophe": "Chris", "Jean": "Jeannot",
    "Thomas": "Tom", "Olivier": "Oli", "Stéphane": "Steph", "Patrick": "Pat", "Lucien": "Lulu",
}  # fmt: skip
_SPELT = (
    ("y", "i"), ("i", "y"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("rr", "r"), ("ss", "s"), ("l", "ll"),
    ("n", "nn"), ("t", "tt"), ("r", "rr"), ("ph", "f"), ("th", "t"), ("eau", "aud"), ("au", "o"),
    ("ai", "ei"), ("c", "k"), ("k", "ck"), ("s", "z"),
    ("ez", "es"), ("d$", "t"), ("t$", "d"), ("$", "s"), ("$", "e"),
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHIFTS = (-13, -8, -5, -3, -2, -1, -1, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 6, 10, 16)
_GENERATION = 25  # years within which two of one full name are rare
_TWINS = 0.02  # how often a stranger's full name is somebody's already, all the same
_BARE_GUESTS = 0.2  # of those who would be named by surname alone, when they race elsewhere for once
_LISTED = 0.8  # of the people and teams are on the user's list
_CATALOGUED = 0.6  # of the documents have a day of publication, as catalogues tell it
_FORMS = {
    "full": 46,
    "capitals": 8,
    "reversed": 7,
    "initial": 11,
    "reversed_initial": 4,
    "bare": 20,
    "nick": 4,
}


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the world; ``year`` is when he or she is first seen."""

    id: str
    given: str
    surname: str
    year: int
    role: str = "driver"


@dataclass(frozen=True, slots=True)
class Entrant:
    """A team of the world."""

    id: str
    name: str


@dataclass(slots=True)
class Told:
    """A document of the world: its record, and who each thing of the record really is."""

    record: RaceRecord
    truth: dict[str, str]


@dataclass(slots=True)
class _Base:
    """A report of the corpus with its people made whole."""

    name: str
    year: int
    record: RaceRecord
    people: dict[str, Someone]
    teams: dict[str, Entrant]

    @property
    def on_two_wheels(self) -> bool:
        return any(one.role == "rider" for one in self.record.drivers)


@dataclass(slots=True)
class World:
    """Everybody, and the documents."""

    chance: random.Random
    copies: int
    bases: list[_Base] = field(default_factory=list)
    strangers: list[Someone] = field(default_factory=list)
    kin: dict[str, Someone] = field(default_factory=dict)
    namesakes: dict[str, list[Someone]] = field(default_factory=dict)
    persons: dict[str, list[Someone]] = field(default_factory=dict)
    entrants: dict[str, list[tuple[int, Entrant]]] = field(default_factory=dict)

    def known_person(self, someone: Someone) -> Someone:
        """Return the person of another report who has this full name in this generation, else the new one."""
        known = self.persons.setdefault(fold(f"{someone.given} {someone.surname}"), [])
        for one in known:
            if abs(one.year - someone.year) <= _GENERATION:
                return one
        known.append(someone)
        return someone

    def known_team(self, name: str, called: str, year: int) -> Entrant:
        """Return the team of another report that is called so in this generation, else a new one."""
        known = self.entrants.setdefault(fold(called), [])
        for since, one in known:
            if abs(since - year) <= _GENERATION:
                return one
        known.append((year, Entrant(name, called)))
        return known[-1][1]

    def documents(self) -> Iterator[Told]:
        """Yield the documents, the same for the same seed."""
        for base in self.bases:
            for number in range(self.copies):
                told = self._told(base, number)
                if told is not None:
                    yield told

    def listed(self) -> Iterator[tuple[str, Entry]]:
        """Yield a list of most of these people and teams as a user might have it, each with who it is.

        Call it when the documents have been made: strangers, brothers and namesakes are on it, too.
        """
        chance = random.Random("list")
        known = [one for base in self.bases for one in base.people.values()]
        known += [
            *self.strangers,
            *self.kin.values(),
            *(one for some in self.namesakes.values() for one in some),
        ]
        for number, one in enumerate({one.id: one for one in known}.values()):
            if chance.random() < _LISTED:
                others = tuple(respelt(one.surname, chance) for _ in range(chance.choice((0, 0, 1))))
                names = tuple(f"{one.given} {other}" for other in others)
                born = one.year - chance.randint(20, 38) if chance.random() < 0.7 else None
                first = one.year - chance.randint(0, 8) if chance.random() < 0.6 else None
                last = first + chance.randint(9, 20) if first is not None else None
                name = f"{one.given} {one.surname}"
                yield one.id, Entry(f"id:P{number}", (), name, names, "driver", born, None, first, last)
        teams = [one for base in self.bases for one in base.teams.values()]
        for number, team in enumerate({one.id: one for one in teams}.values()):
            if chance.random() < _LISTED:
                yield team.id, Entry(f"id:T{number}", (), team.name, (), "team")

    def _told(self, base: _Base, number: int) -> Told | None:
        for _ in range(4):
            shift = self.chance.choice(_SHIFTS) if number else 0
            cast = self._cast(base, base.year + shift)
            try:
                return _Telling(self.chance, base, cast, self._entrants(base), shift).told(number)
            except ValidationError:  # a span has lost its last character to the scan
                continue
        return None

    def _cast(self, base: _Base, year: int) -> dict[str, Someone]:
        cast: dict[str, Someone] = {}
        present = {one.id for one in base.people.values()}
        for thing, someone in base.people.items():
            replaced = 0.30 + 0.035 * max(abs(year - base.year) - 2, 0)
            other = self._other(base, someone, year, present) if self.chance.random() < replaced else None
            cast[thing] = other or someone
            present.add(cast[thing].id)
        return cast

    def _other(self, base: _Base, instead: Someone, year: int, present: set[str]) -> Someone | None:
        """Return who comes in somebody's place."""
        chance = self.chance
        roll = chance.random()
        if roll < 0.38:
            found = self._stranger(year)
        elif roll < 0.53:
            kin = chance.choice(list(base.people.values()))
            found = self.kin.setdefault(
                kin.id, Someone(f"{kin.id}/brother", self._given(year, not_=kin.given), kin.surname, year)
            )
        elif roll < 0.88:
            reach = chance.choice((3, 6, 10, 16, 24))
            near = [one for one in self.bases if one is not base and abs(one.year - year) <= reach]
            near = [one for one in near if one.on_two_wheels == base.on_two_wheels]
            if not near:
                return None
            found = chance.choice(list(chance.choice(near).people.values()))
        else:
            far = [other for other in self.bases if abs(other.year - year) >= 28]
            if not far:
                return None
            old = chance.choice(list(chance.choice(far).people.values()))
            found = self._namesake(old, year)
        return None if found.id in present or found.id == instead.id else found

    def _namesake(self, old: Someone, year: int) -> Someone:
        """Return somebody of another time who is called the same; there is one in a generation."""
        known = self.namesakes.setdefault(old.id, [])
        for one in known:
            if abs(one.year - year) <= _GENERATION:
                return one
        known.append(Someone(f"{old.id}/namesake {len(known)}", old.given, old.surname, year))
        return known[-1]

    def _stranger(self, year: int) -> Someone:
        chance = self.chance
        known = [one for one in self.strangers if abs(one.year - year) <= 10]
        if known and chance.random() < 0.6:
            return chance.choice(known)
        taken = {(one.given, one.surname) for one in self.strangers if abs(one.year - year) <= _GENERATION}
        while True:
            given, surname = self._given(year), chance.choice(COMMON)
            if (given, surname) not in taken or chance.random() < _TWINS:
                break
        new = Someone(f"x{len(self.strangers)}", given, surname, year)
        self.strangers.append(new)
        return new

    def _given(self, year: int, not_: str = "") -> str:
        era = next(names for until, names in GIVEN.items() if year < until)
        return self.chance.choice([name for name in era if name != not_])

    def _entrants(self, base: _Base) -> dict[str, Entrant]:
        teams: dict[str, Entrant] = {}
        present = {one.id for one in base.teams.values()}
        for thing, own in base.teams.items():
            teams[thing] = own
            others = [one for other in self.bases for one in other.teams.values() if one.id not in present]
            if others and self.chance.random() < 0.25:
                teams[thing] = self.chance.choice(others)
                present.add(teams[thing].id)
        return teams


def build_world(corpus: Path, split: Split, *, copies: int = 6, seed: int = 0) -> World:
    """Return the world of a split of the corpus.

    Args:
        corpus: The corpus's folder.
        split: Of it; of ``train``, what rules may be written from.
        copies: How often each report is told.
        seed: Two calls with one seed give one world.
    """
    world = World(random.Random(f"{split}/{seed}"), copies)
    for report in load_split(corpus, split):
        if split == "train" and report.metadata.author in UNREAD:
            continue
        year = report.metadata.year
        people = {
            one.id: world.known_person(_whole(f"{report.name}/{one.id}", one, year, world))
            for one in report.record.drivers
            if not one.optional
        }
        teams = {
            one.id: world.known_team(f"{report.name}/{one.id}", " ".join(one.name.split()), year)
            for one in report.record.teams
            if not one.optional
        }
        world.bases.append(_Base(report.name, year, report.record, people, teams))
    return world


def _whole(name: str, driver: Driver, year: int, world: World) -> Someone:
    """Return a person with a given name: the report's, or one of the time where it has none."""
    words = driver.name.split()
    parsed = parse_person(driver.name)
    if (
        parsed.given
        and len(words) > 1
        and parse_person(words[0] + " Dubois").given == parsed.given
        and len(words[0]) > 2
    ):
        return Someone(name, words[0].title(), " ".join(words[1:]).title(), year, driver.role)
    if len(words) == 1:
        return Someone(name, world._given(year), driver.name.title(), year, driver.role)
    surname = " ".join(word for word in words if not word.endswith(".")).title()
    return Someone(name, world._given(year), surname.split()[-1], year, driver.role)


# ----------------------------------------------------------------------------------------------- a telling


class _Telling:
    """One document in the making."""

    def __init__(
        self,
        chance: random.Random,
        base: _Base,
        cast: dict[str, Someone],
        entrants: dict[str, Entrant],
        shift: int,
    ) -> None:
        self.chance, self.base, self.cast, self.entrants, self.shift = chance, base, cast, entrants, shift

    def told(self, number: int) -> Told:
        record = self.base.record
        changes = dict(self._changes(record))
        text, offsets = _rewritten(record.document.text, changes)
        text = _YEAR.sub(lambda found: str(int(found.group()) + self.shift), text)
        record = moved(record, text, offsets)
        rate = self.chance.choices((None, 0.0, 0.01, 0.03), (60, 12, 18, 10))[0]
        if rate is not None:
            record = _scanned(record, self.chance, rate)
        record = self._dressed(record, number)
        truth = {i: one.id for i, one in self.cast.items()} | {i: one.id for i, one in self.entrants.items()}
        return Told(record, truth)

    def _changes(self, record: RaceRecord) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield what is to stand in the place of which stretch."""
        for driver in record.drivers:
            if driver.id not in self.cast:
                continue
            someone = self.cast[driver.id]
            at_home = someone in self.base.people.values()
            full, short = self._forms(someone, is_at_home=at_home)
            fullest = max(len(one.text.split()) for one in driver.mentions if one.form == "name")
            for one in driver.mentions:
                if one.form == "name":
                    is_full = len(one.text.split()) > 1 or (fullest == 1 and one is driver.mentions[0])
                    yield (one.start, one.end), full if is_full else short
        for team in record.teams:
            if team.id not in self.entrants:
                continue
            name = team_variant(self.entrants[team.id].name, self.chance, self.base.year + self.shift)
            for one in team.mentions:
                if one.form == "name":
                    yield (one.start, one.end), name

    def _forms(self, someone: Someone, *, is_at_home: bool) -> tuple[str, str]:
        """Return how somebody is called in this document at first and then."""
        chance = self.chance
        surname = respelt(someone.surname, chance) if chance.random() < 0.12 else someone.surname
        given = someone.given
        if chance.random() < 0.06:
            given = given.replace("-", " ") if "-" in given else respelt(given, chance)
        form = chance.choices(list(_FORMS), list(_FORMS.values()))[0]
        if form == "bare" and not is_at_home and chance.random() > _BARE_GUESTS:
            form = "full"  # who is no regular is introduced
        if " " in surname and chance.random() < 0.15:  # a particle lost
            surname = surname.split(" ", 1)[1]
        full = {
            "full": f"{given} {surname}",
            "capitals": f"{given} {surname.upper()}",
            "reversed": f"{surname.upper()} {given}",
            "initial": f"{initials(given)} {surname}",
            "reversed_initial": f"{surname} {initials(given)}",
            "bare": surname,
            "nick": f"{NICKNAMES.get(given, given)} {surname}",
        }[form]
        return full, surname.upper() if form in ("capitals", "reversed") else surname

    def _dressed(self, record: RaceRecord, number: int) -> RaceRecord:
        """Return the record with names as the text has them, and what changes from year to year changed."""
        event = record.event
        if self.shift:
            event = event.model_copy(
                update={
                    "season": event.season + self.shift if event.season else None,
                    "starts_on": None,
                    "ends_on": None,
                }
            )
        kept_numbers = self.chance.random() < (0.3 if self.shift else 0.85)
        kept_cars = self.chance.random() < (0.4 if self.shift else 0.85)
        entries = [
            one.model_copy(
                update={
                    "number": one.number
                    if kept_numbers or not one.number
                    else str(self.chance.randint(1, 99)),
                    "car": one.car if kept_cars or not one.car else self.chance.choice(_MAKES),
                }
            )
            for one in record.entries
        ]
        document = record.document.model_copy(update={"id": f"{self.base.name}-{number}"})
        if self.chance.random() < _CATALOGUED:
            published = date(
                self.base.year + self.shift, self.chance.randint(1, 12), self.chance.randint(1, 28)
            )
            document = document.model_copy(update={"published_on": published})
        return record.model_copy(
            update={
                "document": document,
                "event": event,
                "entries": tuple(entries),
                "drivers": tuple(_renamed(one) for one in record.drivers),
                "teams": tuple(_renamed(one) for one in record.teams),
            }
        )


_Thing = TypeVar("_Thing", Driver, Team)


def _renamed(thing: _Thing) -> _Thing:
    """Return a driver or team called as its mentions are: the fullest first."""
    named = [" ".join(one.text.split()) for one in thing.mentions if one.form == "name"]
    forms = sorted(dict.fromkeys(named), key=lambda form: (-len(form.split()), -len(form)))
    if not forms:
        return thing
    return thing.model_copy(update={"name": forms[0], "aliases": tuple(forms[1:])})


def _rewritten(text: str, changes: dict[tuple[int, int], str]) -> tuple[str, list[int]]:
    """Return a text with stretches replaced, and for every old offset, the end included, the new one."""
    pieces: list[str] = []
    offsets: list[int] = []
    last = length = 0
    for (start, end), new in sorted(changes.items()):
        if start < last:
            continue
        offsets += range(length, length + start - last)
        pieces += [text[last:start], new]
        length += start - last
        offsets += [length] * (end - start)
        length += len(new)
        last = end
    offsets += range(length, length + len(text) - last + 1)
    return "".join((*pieces, text[last:])), offsets


def _scanned(record: RaceRecord, chance: random.Random, rate: float) -> RaceRecord:
    text, offsets = wrap(record.document.text, chance)
    record = moved(record, text, offsets)
    if rate:
        text, offsets = misread(record.document.text, chance, rate)
        record = moved(record, text, offsets)
    return record


def initials(given: str) -> str:
    """Return the initials of a given name: "J.-P."."""
    return "-".join(f"{part[0]}." for part in given.replace(" ", "-").split("-") if part)


def respelt(name: str, chance: random.Random) -> str:
    """Return a name with one change of spelling that somebody might have made."""
    fitting = [(old, new) for old, new in _SPELT if re.search(f"(?<=.){old}", name)]
    if not fitting:
        return name
    old, new = chance.choice(fitting)
    places = list(re.finditer(f"(?<=.){old}", name))
    place = chance.choice(places)
    return name[: place.start()] + new + name[place.end() :]


_GENERIC = ("Écurie", "Team", "Scuderia", "Équipe")
_AFTER = ("Racing", "Compétition", "Sport", "Motorsport", "Racing Team")
_SPONSORS = (
    "Verlan",
    "Huilor",
    "Castelbrac",
    "Pneus Orval",
    "Mutuelle du Lac",
    "Biscuits Loriot",
    "Radio Cap",
)


def team_variant(name: str, chance: random.Random, year: int) -> str:
    """Return how a team may be called in another document: sponsors and years come, "Écurie" goes."""
    roll = chance.random()
    words = name.split()
    if roll < 0.5 or not words:
        return name
    if roll < 0.6:
        return name.upper()
    if roll < 0.68:
        return respelt(name, chance)
    if roll < 0.76 and len(words) > 1 and words[0] in (*_GENERIC, "team", "écurie"):
        return " ".join(words[1:])
    if roll < 0.82 and words[0].lower() not in ("team", "écurie", "équipe", "scuderia"):
        return f"{chance.choice(_GENERIC)} {name}"
    if roll < 0.88:
        return f"{name} {chance.choice(_AFTER)}" if words[-1] not in _AFTER else " ".join(words[:-1]) or name
    if roll < 0.96:
        return f"{name} {chance.choice(_SPONSORS)}"
    return f"{name} {year}"


def truth_of_extracted(extracted: RaceRecord, told: Told) -> dict[str, str]:
    """Return who the things of an extracted record really are, by the characters that name them.

    What names nobody of the gold record is somebody of its own.
    """
    found: dict[str, str] = {}
    golds: Sequence[tuple[Sequence[Driver | Team], Iterable[Driver | Team]]] = (
        (told.record.drivers, extracted.drivers),
        (told.record.teams, extracted.teams),
    )
    for known, things in golds:
        whose = {
            offset: told.truth[one.id]
            for one in known
            if one.id in told.truth
            for mention in one.mentions
            if mention.form == "name"
            for offset in range(mention.start, mention.end)
        }
        for thing in things:
            hits: dict[str, int] = {}
            for mention in thing.mentions:
                if mention.form == "name":
                    for offset in range(mention.start, mention.end):
                        if offset in whose:
                            hits[whose[offset]] = hits.get(whose[offset], 0) + 1
            key = max(sorted(hits), key=hits.__getitem__, default=None)
            found[thing.id] = key or f"{extracted.document.sha256}/{thing.id}"
    return found
