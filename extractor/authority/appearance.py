"""An appearance: one driver or team in one document, with what stands around the name there.

Appearances are what is linked. An appearance is named by its *anchor*, which does not depend on the
archive's order nor on the ids of a record: kind, SHA-256 of the text, and where its first mention begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from extractor.authority.person import letters_of, parse_person
from extractor.authority.resemblance import sound
from extractor.lexicon.fold import fold
from extractor.record import Driver, Entry, RaceRecord, Team

Kind = Literal["driver", "team"]
KINDS: tuple[Kind, ...] = ("driver", "team")
_MOST_RIVALS = 40
_MOST_SPELLINGS = 6
_DIGEST = 20  # hexadecimal digits of a text's SHA-256 that an anchor keeps
_TWO_WHEELS = ("rider", "passenger")
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[a-zà-ÿ])")
_EARLIEST, _LATEST = 1885, 2100


@dataclass(frozen=True, slots=True)
class Appearance:
    """A driver or team of one document.

    Attributes:
        kind: What it is.
        anchor: Names it, in this archive and any other that holds the same text.
        document: Id of the document.
        thing: Id in the record, such as ``d3``.
        name: The fullest form in the text.
        spellings: The other forms, as written.
        year: Of the event, else of publication; ``None`` where neither is told.
        series: Folded; empty where it is not told.
        venue: Folded; empty where it is not told.
        on_two_wheels: A rider or passenger; of a team: it has one.
        teams: Folded names of a driver's teams.
        mates: How the names of those sound who share the car or team; of a team, its drivers.
        rivals: How the names of all others in the document sound.
        numbers: Car numbers.
        makes: First words of the cars, folded.
        guessed_year: Of a document without a date, the year of those that name the same people.
    """

    kind: Kind
    anchor: str
    document: str
    thing: str
    name: str
    spellings: tuple[str, ...] = ()
    year: int | None = None
    series: str = ""
    venue: str = ""
    on_two_wheels: bool = False
    teams: tuple[str, ...] = ()
    mates: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    guessed_year: int | None = None

    @property
    def about(self) -> int | None:
        """The year, told or guessed."""
        return self.guessed_year if self.year is None else self.year

    def to_row(self) -> list[Any]:
        """Return the fields in order, as JSON can hold them."""
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Appearance:
        """Return what :meth:`to_row` gave."""
        values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
        return cls(*values)

    @property
    def text_id(self) -> str:
        """What of the anchor names the text: two appearances of one text are two people."""
        return self.anchor.split(":")[1]


def anchor_of(kind: Kind, sha256: str, start: int) -> str:
    """Return the anchor of somebody first mentioned at ``start`` in the text of this SHA-256."""
    return f"{kind[0]}:{sha256[:_DIGEST]}:{start}"


def kind_of(anchor: str) -> Kind:
    """Return of which kind an anchor is."""
    return "driver" if anchor.startswith("d:") else "team"


@dataclass(slots=True)
class _Around:
    """What the entries of a record say of one driver or team."""

    teams: dict[str, None] = field(default_factory=dict)
    mates: set[str] = field(default_factory=set)
    numbers: dict[str, None] = field(default_factory=dict)
    makes: dict[str, None] = field(default_factory=dict)


def appearances_of(record: RaceRecord) -> Iterator[Appearance]:
    """Yield the drivers and teams of a record; two that begin at one place are told apart by their order."""
    taken: set[str] = set()
    heard = {driver.id: heard_name(driver.name) for driver in record.drivers}
    around = _surroundings(record, heard)
    riders = {driver.id for driver in record.drivers if driver.role in _TWO_WHEELS}
    teams_of_riders = {one.team for one in record.entries if one.team and riders.intersection(one.drivers)}
    year = year_of(record)
    bearers: dict[Kind, tuple[Driver, ...] | tuple[Team, ...]]
    bearers = {"driver": record.drivers, "team": record.teams}
    for kind, things in bearers.items():
        for thing in things:
            told = around[thing.id]
            anchor = _free(anchor_of(kind, record.document.sha256, _start(thing)), taken)
            others = [sounds for other, sounds in heard.items() if other != thing.id]
            yield Appearance(
                kind=kind,
                anchor=anchor,
                document=record.document.id,
                thing=thing.id,
                name=one_line(thing.name),
                spellings=tuple(map(one_line, thing.aliases[:_MOST_SPELLINGS])),
                year=year,
                series=series_key(record.event.series or ""),
                venue=fold(one_line(record.event.venue or "")),
                on_two_wheels=thing.id in riders or thing.id in teams_of_riders,
                teams=tuple(told.teams),
                mates=tuple(sorted(told.mates)),
                rivals=tuple(sorted({one for one in others if one and one not in told.mates})[:_MOST_RIVALS]),
                numbers=tuple(told.numbers),
                makes=tuple(told.makes),
            )


def _free(anchor: str, taken: set[str]) -> str:
    wanted, count = anchor, 1
    while wanted in taken:
        count += 1
        wanted = f"{anchor}.{count}"
    taken.add(wanted)
    return wanted


def _start(thing: Driver | Team) -> int:
    named = [mention.start for mention in thing.mentions if mention.form == "name"]
    return min(named or [mention.start for mention in thing.mentions])


def _surroundings(record: RaceRecord, heard: dict[str, str]) -> dict[str, _Around]:
    ids = [driver.id for driver in record.drivers] + [team.id for team in record.teams]
    around = {one: _Around() for one in ids}
    names = {team.id: " ".join(letters_of(team.name)) for team in record.teams}
    crews: dict[str, set[str]] = {}
    for entry in record.entries:
        if entry.team:
            crews.setdefault(entry.team, set()).update(entry.drivers)
    for entry in record.entries:
        _tell(entry, around, names, heard, crews)
    return around


def _tell(
    entry: Entry,
    around: dict[str, _Around],
    names: dict[str, str],
    heard: dict[str, str],
    crews: dict[str, set[str]],
) -> None:
    together = set(entry.drivers) | (crews[entry.team] if entry.team else set())
    for bearer in (*entry.drivers, *((entry.team,) if entry.team else ())):
        told = around[bearer]
        told.mates |= {heard[mate] for mate in together if mate != bearer and heard[mate]}
        if entry.team and bearer != entry.team:
            told.teams[names[entry.team]] = None
        if entry.number:
            told.numbers[one_line(entry.number)] = None
        if entry.car:
            told.makes[make_of(entry.car)] = None


@lru_cache(maxsize=1 << 16)
def heard_name(name: str) -> str:
    """Return how the surname of somebody sounds: what he is recognised by among the others of a race."""
    return sound(parse_person(name).surname.replace(" ", ""))


@lru_cache(maxsize=1 << 12)
def make_of(car: str) -> str:
    """Return the make of a car, folded: its first word."""
    words = fold(car).split()
    return words[0] if words else ""


@lru_cache(maxsize=1 << 12)
def series_key(series: str) -> str:
    """Return the name of a series, folded, without its year."""
    return " ".join(word for word in letters_of(series) if not _YEAR.fullmatch(word))


def year_of(record: RaceRecord) -> int | None:
    """Return the year of a record: of the event, else of publication; ``None`` where none is told."""
    event = record.event
    told: list[int | date | None] = [event.season, event.starts_on, event.ends_on]
    told.append(record.document.published_on)
    for one in told:
        year = one.year if isinstance(one, date) else one
        if year is not None and _EARLIEST <= year <= _LATEST:
            return year
    return None


def one_line(text: str) -> str:
    """Return a name on one line, without control characters, a word parted at a line's end made whole."""
    text = _PARTED.sub("", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
