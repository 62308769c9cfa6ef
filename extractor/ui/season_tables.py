"""A season in words: its tables as they are drawn, taken away as CSV and put on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.exports.words import Words as RecordWords
from extractor.record import IncidentType
from extractor.review.season import Cell as Said
from extractor.review.season import Matrix, Race, Source
from extractor.review.season_tables import Happening, IncidentTable, Standing, Tally
from extractor.ui.showing import Sheet
from extractor.ui.table import Cell, Tone

if TYPE_CHECKING:
    from extractor.exports.spreadsheet import Value
    from extractor.ui.context import Context
    from extractor.ui.words import Words

_OUT: Final = frozenset(("dnf", "dns", "dsq", "nc"))
_TALLIES: Final = (
    *("races", "wins", "podiums", "retirements", "poles", "best_laps"),
    *("points", "races_with_points", "disputed"),
)
#: Parts the row and the column of a cell in what is opened.
_BETWEEN: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said, and what, for choosing among several documents."""

    key: str
    title: str
    said: str


def race_name(words: Words, race: Race) -> str:
    """Return a race's name on two or three lines: where, when, which."""
    where = race.venue or words("season.results.unknown_venue")
    when = words.day(race.day) if race.day is not None else ""
    if not when and race.round is not None:
        when = words("season.results.round", n=race.round)
    kind = RecordWords(words.language).of("session_kind", race.kind)
    which = race.label or (kind if race.number is None else f"{kind} {race.number}")
    return "\n".join(part for part in (where, when, which) if part)


def said_in_words(words: Words, said: Said) -> str:
    """Return what the reports say of somebody in a race: ``1``, ``Abd.``, ``1 ≠ 2``."""
    told = [
        str(place.position) if place.position is not None and place.status == "classified"
        else words("season.results.no_place") if place.status == "classified"
        else words(f"season.status.{place.status}")
        for place in said.places
    ]  # fmt: skip
    return " ≠ ".join(dict.fromkeys(told))


def tone_of(said: Said) -> Tone:
    """Return the colour that goes with it."""
    if not said.agrees:
        return "differs"
    if said.position is not None and said.status == "classified":
        return "first" if said.position == 1 else "podium" if said.position <= 3 else ""
    return "out" if said.status in _OUT else "soft"


def matrix_cells(context: Context, table: Matrix) -> list[list[Cell]]:
    """Return the cells of results by driver and race; each with something in it opens its documents."""
    words = context.words
    rows = []
    for number, line in enumerate(table.lines):
        hint = " / ".join(line.spellings) if len(line.spellings) > 1 else ""
        row = [Cell(line.name, hint=hint)]
        for race in range(len(table.races)):
            said = line.cells.get(race)
            row.append(_cell(context, words, f"{number}{_BETWEEN}{race}", said) if said else Cell())
        rows.append(row)
    return rows


def _cell(context: Context, words: Words, to: str, said: Said) -> Cell:
    titles = "; ".join(dict.fromkeys(place.source.title for place in said.places))
    hint = titles if said.agrees else f"{words('season.results.differs')} : {titles}"
    href = context.document_link(said.places[0].source.key)
    return Cell(said_in_words(words, said), tone=tone_of(said), to=to, href=href, hint=hint)


def matrix_places(words: Words, table: Matrix, opened: str) -> list[Place]:
    """Return where a cell of the matrix is said."""
    line, _, race = opened.partition(_BETWEEN)
    if not (line.isdecimal() and race.isdecimal() and int(line) < len(table.lines)):
        return []
    said = table.lines[int(line)].cells.get(int(race))
    if said is None:
        return []
    return [_place(place.source, said_in_words(words, Said((place,)))) for place in said.places]


def incident_places(words: Words, table: IncidentTable, opened: str) -> list[Place]:
    """Return where the incidents of a cell are told."""
    kind, _, venue = opened.partition(_BETWEEN)
    known = {one: one for one in table.types}
    return [
        _place(one.source, happening(words, one))
        for one in (table.at(known[kind], venue) if kind in known else ())
    ]


def incident_key(kind: IncidentType, venue: str) -> str:
    """Return what a cell of the incidents opens."""
    return f"{kind}{_BETWEEN}{venue}"


def happening(words: Words, one: Happening) -> str:
    """Return an incident in a line: who, in which lap, in the report's words."""
    who = " / ".join(one.who) or words("season.incidents.nobody")
    lap = f", {words('season.incidents.on_lap', n=one.lap)}" if one.lap is not None else ""
    return f"{who}{lap} – {one.words}"


def _place(source: Source, said: str) -> Place:
    return Place(source.key, source.title, said)


def matrix_sheet(words: Words, table: Matrix) -> Sheet:
    """Return results by driver and race as a table to take away."""
    head = (
        words("season.results.driver"),
        *(race_name(words, race).replace("\n", " – ") for race in table.races),
    )
    rows: list[tuple[Value, ...]] = []
    for line in table.lines:
        cells = (line.cells.get(race) for race in range(len(table.races)))
        rows.append((line.name, *(said_in_words(words, said) if said else None for said in cells)))
    return Sheet("season.results", head, tuple(rows))


def standings_sheet(words: Words, standings: Sequence[Standing]) -> Sheet:
    """Return the championship as it is stated."""
    names = ("position", "points", "day")
    head = (
        words("season.results.driver"),
        *(words(f"season.standings.{name}") for name in names),
        words("season.document"),
    )
    rows: list[tuple[Value, ...]] = [
        (one.name, one.position, one.points, words.day(one.day) if one.day else None, one.source.title)
        for one in standings
    ]
    return Sheet("season.standings", head, tuple(rows))


def tallies_sheet(words: Words, tallies: Sequence[Tally]) -> Sheet:
    """Return how often each did what."""
    head = (words("season.results.driver"), *(words(f"season.tallies.{name}") for name in _TALLIES))
    rows: list[tuple[Value, ...]] = [
        (one.name, *(getattr(one, name) for name in _TALLIES)) for one in tallies
    ]
    return Sheet("season.tallies", head, tuple(rows))


def incidents_sheet(words: Words, table: IncidentTable) -> Sheet:
    """Return incidents by kind and circuit, with their sums."""
    named = RecordWords(words.language)
    head = (
        words("season.incidents.kind"),
        *(venue_name(words, venue) for venue in table.venues),
        words("season.incidents.all"),
    )
    rows: list[tuple[Value, ...]] = []
    for kind in table.types:
        counted = [len(table.at(kind, venue)) for venue in table.venues]
        rows.append((named.of("incident_type", kind), *counted, sum(counted)))
    return Sheet("season.incidents", head, tuple(rows))


def venue_name(words: Words, venue: str) -> str:
    """Return a circuit's name, or that it is not known."""
    return venue or words("season.results.unknown_venue")
