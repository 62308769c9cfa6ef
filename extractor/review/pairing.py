"""Which thing of one reading is which of the other.

What came from the extractor has one id in both readings. What reviewers added has an id of its own in each;
two additions are one where the rules of scoring call them the same fact, or where they are about the same
people and only one detail is told otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from extractor.record import RaceRecord
from extractor.review.decisions import Part
from extractor.review.reviewed import Reviewed
from extractor.scoring.document import align_facts
from extractor.scoring.facts import Facts, facts_of_record

PARTS: tuple[Part, ...] = get_args(Part)

#: A thing as in the record's JSON.
Thing = Mapping[str, Any]
#: By id of the second reading, the id of the first that is the same thing.
Pairs = dict[str, str]

#: Kinds of alignment whose facts carry the id of one thing of a part, the strict ones first.
_ALIGNED: Mapping[str, Part] = {
    "drivers": "drivers",
    "teams": "teams",
    "results.final": "results",
    "results.grid": "results",
    "results.qualifying": "results",
    "results.running": "results",
    "results.championship": "results",
    "results.fastest_lap": "results",
    "incidents.strict": "incidents",
    "incidents.lenient": "incidents",
    "quotes": "quotes",
    "quotes.span": "quotes",
}


def pair(first: Reviewed, second: Reviewed) -> Pairs:
    """Return which thing of the second reading is which of the first.

    Args:
        first: The first reading.
        second: The second, its spans in the text of the first.
    """
    alone = _Alone(first, second)
    if alone.first and alone.second:
        alone.align()
        for part, same in _ALIKE.items():
            alone.match(part, same)
    paired = set(alone.pairs.values())
    known = _ids(first.record) | first.gone.keys()
    left = (_ids(second.record) | second.gone.keys()) & known - paired - alone.pairs.keys()
    return {**alone.pairs, **{one: one for one in left}}


class _Alone:
    """What each reading has alone, getting less."""

    def __init__(self, first: Reviewed, second: Reviewed) -> None:
        self.records = first.record, second.record
        # What both readers had is itself alone; what one merged is part of what it was merged into.
        self.had = first.gone.keys(), second.gone.keys()
        self.merged = _merged(first) | _merged(second)
        mine, theirs = _ids(first.record), _ids(second.record)
        # Who rejects a fact and adds a better one has paired it no less than who edits it.
        self.pairs: Pairs = {one: one for one in mine & theirs}
        self.first, self.second = mine - theirs, theirs - mine

    def add(self, first: str, second: str) -> None:
        apart = (first in self.had[1] and second in self.had[0]) or {first, second} & self.merged
        if first in self.first and second in self.second and not apart:
            self.pairs[second] = first
            self.first.discard(first)
            self.second.discard(second)

    def align(self) -> None:
        """Pair what scoring calls the same."""
        first, second = (facts_of_record(record) for record in self.records)
        aligned = align_facts(_only(first, self.first), _only(second, self.second))
        for kind in _ALIGNED:
            for one, other in (*aligned[kind].pairs, *aligned[kind].excused):
                self.add(one.ids[0], other.ids[0])

    def match(self, part: Part, same: Callable[[Thing, Thing, Pairs], bool]) -> None:
        """Pair what is left and much alike, in order."""
        firsts, seconds = (
            [one for one in things(record, part) if one["id"] in ids]
            for record, ids in zip(self.records, (self.first, self.second), strict=True)
        )
        for other in seconds:
            for one in firsts:
                if one["id"] in self.first and same(one, other, self.pairs):
                    self.add(one["id"], other["id"])
                    break


def things(record: RaceRecord, part: Part) -> list[Thing]:
    """Return the things of one part as JSON."""
    return [one.model_dump(mode="json") for one in getattr(record, part)]


def _ids(record: RaceRecord) -> set[str]:
    return {one.id for part in PARTS for one in getattr(record, part)}


def _merged(reading: Reviewed) -> set[str]:
    return {i for i in reading.gone if (mark := reading.marks.get(i)) and mark.verdict == "merged"}


def _only(facts: Facts, ids: Iterable[str]) -> Facts:
    """Leave only facts of things with these ids; sessions stay, since facts hang on them."""
    kept = set(ids)
    chosen = {
        part: tuple(fact for fact in getattr(facts, part) if fact.ids[0] in kept)
        for part in ("drivers", "teams", "results", "incidents", "quotes")
    }
    return replace(facts, **chosen, entries=(), numbers=(), retirements=(), mentions=())


def _same_session(one: Thing, other: Thing, pairs: Pairs) -> bool:
    return bool(other["session"] is None or pairs.get(other["session"], other["session"]) == one["session"])


def _people(thing: Thing, pairs: Pairs) -> set[str]:
    return {pairs.get(driver, driver) for driver in thing["drivers"]}


def _sessions(one: Thing, other: Thing, _pairs: Pairs) -> bool:
    return bool(one["kind"] == other["kind"] and one["number"] == other["number"])


def _entries(one: Thing, other: Thing, pairs: Pairs) -> bool:
    same_number = one["number"] is not None and one["number"] == other["number"]
    return same_number or bool(set(one["drivers"]) & _people(other, pairs))


def _results(one: Thing, other: Thing, pairs: Pairs) -> bool:
    same_order = one["kind"] == other["kind"] and one["scope"] == other["scope"]
    return same_order and _same_session(one, other, pairs) and set(one["drivers"]) == _people(other, pairs)


def _incidents(one: Thing, other: Thing, pairs: Pairs) -> bool:
    return one["type"] == other["type"] and _overlap(one, other) and _same_session(one, other, pairs)


def _quotes(one: Thing, other: Thing, _pairs: Pairs) -> bool:
    return _overlap(one, other)


def _named(one: Thing, other: Thing, _pairs: Pairs) -> bool:
    places = {(span["start"], span["end"]) for span in one["mentions"]}
    return any((span["start"], span["end"]) in places for span in other["mentions"])


def _overlap(one: Thing, other: Thing) -> bool:
    return any(
        a["start"] < b["end"] and b["start"] < a["end"] for a in one["evidence"] for b in other["evidence"]
    )


#: Sessions and people first, since facts are told apart by them.
_ALIKE: Mapping[Part, Callable[[Thing, Thing, Pairs], bool]] = {
    "sessions": _sessions,
    "drivers": _named,
    "teams": _named,
    "entries": _entries,
    "results": _results,
    "incidents": _incidents,
    "quotes": _quotes,
}
