"""Formal lists: classifications, classes, standings, in many layouts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.corpus.generator.model import Entry, Person, Placed, Run
from extractor.corpus.generator.page import Name, Piece
from extractor.corpus.generator.referring import Ref
from extractor.corpus.generator.telling import Teller

# How an item begins, and what parts the items, by layout.
_NUMBERS = {
    "lines": ("{n}. ", "\n"),
    "semicolons": ("{n}. ", " ; "),
    "dashes": ("– {n}. ", "\n"),
    "ranks": ("{o} : ", "\n"),
    "hyphens": ("{n} - ", "\n"),
    "table": ("{n} | ", "\n"),
    "tabs": ("{n}\t", "\n"),
    "inline": ("{n}. ", ", "),
}
_DETAILS = {"none": 4, "team": 4, "car": 5, "car_team": 4, "number": 3, "number_car": 2}


def tell_list(teller: Teller, run: Run, *, scope: str | None = None) -> None:
    """Tell a classification, or that of one class, as a list."""
    chance = teller.chance
    ranked = run.in_class(scope) if scope else run.final
    if not ranked:
        return
    depth = chance.pick([3, 5, 6, 8, 10, 20])
    details = chance.weighed(_DETAILS)
    timed = chance.happens(0.6)
    teller.caller.paragraph()
    writer = _Items(teller, details)
    for place, placed in enumerate(ranked[:depth], 1):
        tail, values = _measure(teller, placed, ranked[0], place, timed=timed)
        at = writer.item(place, placed.entry, tail)
        if scope:
            teller.entry_told(placed.entry, ["scope"], at)
        teller.result(run, "final", place, placed.entry, at, scope=scope or "overall", **values)
    writer.end()


def tell_standings(teller: Teller, run: Run) -> None:
    """Tell the championship as a list."""
    writer = _Items(teller, "none")
    for place, (entry, points) in enumerate(teller.meeting.standings[: teller.chance.between(3, 8)], 1):
        word = teller.chance.pick([f", {points} pts", f" ({points} pts)", f", {points} points"])
        at = writer.item(place, entry, word)
        teller.result(run, "championship", place, entry, at, points=float(points))
    writer.end()


def _measure(
    teller: Teller, placed: Placed, first: Placed, place: int, *, timed: bool
) -> tuple[str, dict[str, Any]]:
    """Return how a time or gap is written behind a name, and what it says."""
    clock, table = teller.habits.clock, teller.habits.layout in ("table", "tabs")
    lead = {"table": " | ", "tabs": "\t"}.get(
        teller.habits.layout, teller.chance.pick([", ", " ", " en "]) if place == 1 else ", "
    )
    if not timed:
        return "", {}
    if place == 1:
        return lead + clock.time(placed.time), {"time": placed.time}
    laps = placed.laps_down - first.laps_down
    if laps > 0:
        return f"{lead}{'' if table else 'à '}{laps} tour{'s' if laps > 1 else ''}", {"gap": {"laps": laps}}
    if laps < 0:
        return "", {}
    if teller.chance.happens(0.1):
        return lead + clock.time(placed.time), {"time": placed.time}
    gap = clock.time(placed.time - first.time)
    if gap.isdigit():
        gap += " s"
    sign = "+" if teller.meeting.year > 1995 and teller.habits.list_names == "up" else "" if table else "à "
    return f"{lead}{sign}{gap}", {"gap": placed.time - first.time}


class _Items:
    """Writes the items of one list."""

    def __init__(self, teller: Teller, details: str) -> None:
        self.teller, self.details, self.count = teller, details, 0
        self.form, self.separator = _NUMBERS[teller.habits.layout]

    def item(self, place: int, entry: Entry, tail: str) -> tuple[int, int]:
        """Write one item and return where it stands."""
        teller, page = self.teller, self.teller.page
        page.add(self.separator if self.count else "")
        self.count += 1
        ordinal = "1er" if place == 1 else f"{place}e"
        head: list[Piece] = [self.form.format(n=place, o=ordinal)]
        tells: list[str] = []
        if self.details.startswith("number"):
            head.append(f"{teller.caller.number(entry)} ")
            tells.append("number")
        names = _names(teller, entry)
        more, told = self._bracket(entry)
        at = page.add(*head, *names, *more, tail)
        teller.caller.named.update(person.key for person in entry.people)
        teller.entry_told(entry, [*tells, *told], at)
        return at

    def _bracket(self, entry: Entry) -> tuple[list[Piece], list[str]]:
        pieces: list[Piece] = []
        told: list[str] = []
        if "car" in self.details:
            pieces.append(entry.car)
            told.append("car")
        if "team" in self.details and entry.team:
            pieces += [" – ", self.teller.caller.team(entry)] if pieces else [self.teller.caller.team(entry)]
            told.append("team")
        if not pieces:
            return [], []
        if self.teller.habits.layout in ("table", "tabs"):
            return [" | " if self.teller.habits.layout == "table" else "\t", *pieces], told
        return [" (", *pieces, ")"], told

    def end(self) -> None:
        """End the list."""
        self.teller.page.line()


def _names(teller: Teller, entry: Entry) -> Sequence[Piece]:
    def written(person: Person) -> Name:
        return Name((person.key,), "name", (_list_name(teller, person),))

    return teller.caller.crew(Ref(entry), written, "/" if len(entry.people) > 2 else "").pieces


def _list_name(teller: Teller, person: Person) -> str:
    how = teller.habits.list_names
    if person.pseudonym:
        return person.pseudonym
    if how == "full":
        return person.full
    if how == "initial":
        return f"{person.first[0]}. {person.last}"
    if how == "last_first":
        return f"{person.last.upper()} {person.first}"
    return person.last.upper() if how == "up" else person.last
