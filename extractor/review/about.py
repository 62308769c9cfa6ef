"""What may be picked of an item, and what decisions are about: things by id, and stretches of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

from extractor.record import RaceRecord
from extractor.review.comparing import DOCUMENT, EVENT, Item
from extractor.review.decisions import (
    Accept,
    Add,
    Change,
    Decision,
    Edit,
    Merge,
    Note,
    Part,
    Reject,
    Retext,
    Undo,
)
from extractor.review.pairing import PARTS

Pick = Literal["first", "second", "both", "neither"]
#: Fields of a fact that refer to other things, and to what.
REFERENCES: Mapping[str, Part] = {
    "session": "sessions",
    "team": "teams",
    "entry": "entries",
    "speaker": "drivers",
    "asserted_by": "quotes",
    "drivers": "drivers",
    "caused_by": "incidents",
}


def corrected(decisions: Sequence[Decision]) -> list[tuple[int, int, Decision]]:
    """Return which stretches of the text that the settling began with its corrections replaced."""
    found: list[tuple[int, int, Decision]] = []
    for decision in decisions:
        change = decision.change
        if isinstance(change, Retext):
            start = change.start
            for a, b, other in sorted(found, key=lambda one: one[:2]):
                grown = len(other.change.new) - (b - a) if isinstance(other.change, Retext) else 0
                start -= grown if a < start else 0
            found.append((start, start + change.end - change.start, decision))
    return found


def targets(change: Change) -> tuple[str, ...]:
    """Return the ids that a change is about."""
    if isinstance(change, Accept | Reject):
        return change.targets
    if isinstance(change, Note):
        kept = [line.partition(" = ")[0] for line in change.new.split("\n") if " = " in line]
        return tuple(kept) if kept and change.target == DOCUMENT else (change.target,)
    if isinstance(change, Edit):
        return (change.target,)
    if isinstance(change, Add):
        return (str(change.thing.get("id")),)
    return (change.keep, *change.others) if isinstance(change, Merge) else ()


def references(thing: Mapping[str, Any]) -> list[tuple[Part, str]]:
    """Return (part, id) of everything that a thing, as in the record's JSON, refers to."""
    found: list[tuple[Part, str]] = []
    for name, part in REFERENCES.items():
        value = thing.get(name)
        found += [(part, one) for one in ([value] if isinstance(value, str) else value or ())]
    return found + [("drivers", one["driver"]) for one in thing.get("participants", ()) if one["driver"]]


def by_place(item: Item, places: Iterable[tuple[int, int, Decision]]) -> Decision | None:
    """Return the decision that replaced the stretch of text that an item is about; see :func:`corrected`."""
    start, end = (item.first or {})["start"], (item.first or {})["end"]
    return next((decision for a, b, decision in places if a <= start and end <= b), None)


def contents(thing: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields of a thing that say something."""
    return tuple(name for name in thing if name not in ("id", "confidence"))


def picks(item: Item) -> tuple[Pick, ...]:
    """Return what may be picked of an item."""
    if item.how == "other" and item.part in PARTS:
        return ("first", "second", "both", "neither")
    return ("first", "second")


def may_be_edited(item: Item) -> bool:
    """Tell whether the settling reader may write something third."""
    return item.how == "other"


def renamed(decisions: Sequence[Decision]) -> dict[str, str]:
    """Return by its old id the new one of what came back: added again, with a note on what stays gone."""
    return {
        note.change.target: str(add.change.thing.get("id"))
        for add, note in pairwise(decisions)
        if isinstance(add.change, Add) and isinstance(note.change, Note) and add.at == note.at
    }


def without_undoings(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions without those that take one of them back."""
    own = {one.id for one in decisions}
    return [one for one in decisions if not (isinstance(one.change, Undo) and one.change.decision in own)]


def thing_of(record: RaceRecord, target: str) -> Mapping[str, Any] | None:
    """Return what a decision names, as JSON: a thing, event or document; ``None`` where there is none."""
    whole = (record.event, EVENT), (record.document, DOCUMENT)
    named = [(one, one.id) for part in PARTS for one in getattr(record, part)]
    found = next((one for one, name in (*whole, *named) if name == target), None)
    return None if found is None else found.model_dump(mode="json")
