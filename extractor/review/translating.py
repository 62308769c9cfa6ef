"""Decisions with the ids of another record: what they name there, and whether they still make sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from extractor.record import RaceRecord
from extractor.review.comparing import DOCUMENT_FIELDS, referring, same_value
from extractor.review.decisions import (
    Accept,
    Add,
    Change,
    Decision,
    Edit,
    Merge,
    Note,
    Reject,
    Replaced,
    Split,
    Undo,
)
from extractor.review.pairing import PARTS, Thing, things
from extractor.review.sameness import Sameness

_WHOLES = ("event", "document")
#: Fields that name other things.
_REFERRING = (
    "session", "team", "entry", "speaker", "asserted_by", "drivers", "caused_by", "participants",
)  # fmt: skip


class Translator:
    """Writes changes anew for another record of the same text.

    Args:
        old: The record that they were made on.
        new: The other.
        same: What of the one is what of the other.
        agreed: Ids of what the other record says by itself as it was decided: nothing need be done to those.
        log: All decisions, for what they bring in.
    """

    def __init__(
        self,
        old: RaceRecord,
        new: RaceRecord,
        same: Sameness,
        agreed: frozenset[str],
        log: Sequence[Decision],
    ) -> None:
        self._same = same
        self._agreed = agreed
        self._old = _by_id(old)
        self._new = _by_id(new)
        brought = {one for decision in log for one in _brought(decision.change)} - self._new.keys()
        #: By id as it was, the id on the other record: what was brought in keeps its own.
        self.ids = {**same.ids, **{one: one for one in brought - agreed - self._old.keys()}}
        self._own = frozenset(brought)

    def translated(self, change: Change) -> Change | None:
        """Return a change on the other record, ``None`` where it is about nothing there."""
        match change:
            case Accept() | Reject():
                found = (self.id_of(one) for one in change.targets if self._may(change, one))
                targets = tuple(one for one in found if one is not None)
                return change.model_copy(update={"targets": targets}) if targets else None
            case Note():
                target = self.id_of(change.target)
                return None if target is None else change.model_copy(update={"target": target})
            case Edit():
                return self._edit(change)
            case Add():
                return self._add(change)
            case Merge():
                others = tuple(self.ids[one] for one in change.others if one in self.ids)
                keep = self.ids.get(change.keep)
                if keep is None or not others:
                    return None
                return change.model_copy(update={"keep": keep, "others": others})
            case Split():
                return self._split(change)
            case Undo():
                return None
            case _:
                return change

    def ground(
        self, under: Sequence[Decision], again: Callable[[Decision, Change], Decision]
    ) -> list[Decision]:
        """Return decisions that others stand on, on the other record, those left out that were taken back."""
        made: dict[str, Decision] = {}
        for decision in under:
            change = decision.change
            if isinstance(change, Undo):
                undone = made.get(change.decision)
                other: Change | None = None if undone is None else Undo(decision=undone.id)
            else:
                other = self.translated(change)
            if other is not None:
                made[decision.id] = again(decision, other)
        return list(made.values())

    def there(self, theirs: str) -> Thing:
        """Return a thing of the other record, JSON as in the record."""
        return self._new[theirs]

    def named_there(self, thing: Thing) -> Thing | None:
        """Return a thing with the other record's ids; ``None`` where it refers to what is not there."""
        return referring(thing, self.ids) if set(_named_in(thing)) <= self.ids.keys() else None

    def id_of(self, mine: str) -> str | None:
        """Return what something is called on the other record; ``None`` where it is not there."""
        return mine if mine in _WHOLES else self.ids.get(mine)

    def _may(self, change: Accept | Reject, mine: str) -> bool:
        """Say whether a verdict holds there too; a person may be rejected by the name alone."""
        if mine in _WHOLES:
            names = DOCUMENT_FIELDS if mine == "document" else self._old[mine]
            return all(same_value(name, self._old[mine][name], self._new[mine][name]) for name in names)
        if mine not in self.ids or mine in self._agreed:
            return False
        return isinstance(change, Reject) or mine in self._own or mine in self._same.unchanged

    def _edit(self, change: Edit) -> Edit | None:
        target = self.id_of(change.target)
        if target is None or change.target in self._agreed:
            return None
        fields: dict[str, Replaced] = {}
        for name, value in change.fields.items():
            if not self._is_as_before(change.target, target, name):
                return None
            values = [self._value(name, one) for one in (value.old, value.new)]
            if values[1] is _NOTHING:
                return None
            fields[name] = Replaced(old=None if values[0] is _NOTHING else values[0], new=values[1])
        return change.model_copy(update={"target": target, "fields": fields})

    def _is_as_before(self, mine: str, theirs: str, name: str) -> bool:
        """Say whether a field is read as it was when somebody corrected it."""
        if mine in self._own or mine not in self._old or theirs not in self._new:
            return mine in self._own
        if name not in self._old[mine]:
            return True  # no field: that was stranded, and is again
        one = referring({name: self._old[mine].get(name)}, self.ids)
        return same_value(name, one.get(name), self._new[theirs].get(name))

    def _value(self, name: str, value: Any) -> Any:
        if name not in _REFERRING:
            return value
        try:
            moved = referring({name: value}, self.ids)[name]
            named = set(_named_in({name: value}))
        except (TypeError, KeyError, AttributeError):  # no value that such a field can have
            return value
        return moved if named <= self.ids.keys() else _NOTHING

    def _add(self, change: Add) -> Add | None:
        thing = change.thing
        if str(thing.get("id", "")) not in self.ids:
            return None
        try:
            if not set(_named_in(thing)) <= self.ids.keys():
                return None
            return change.model_copy(update={"thing": dict(referring(thing, self.ids))})
        except (TypeError, KeyError, AttributeError):
            return change  # what is no thing was stranded, and is again

    def _split(self, change: Split) -> Split | None:
        target = self.ids.get(change.target)
        if target is None or change.new_id not in self.ids:
            return None
        if change.target not in self._own:
            held = {(one["start"], one["end"]) for one in self._new[target].get("mentions", ())}
            if not set(change.mentions) <= held and change.target not in self._same.unchanged:
                return None
        facts = tuple(self.ids[one] for one in change.facts if one in self.ids)
        return change.model_copy(update={"target": target, "facts": facts})


_NOTHING = object()


def _by_id(record: RaceRecord) -> dict[str, Thing]:
    found: dict[str, Thing] = {one["id"]: one for part in PARTS for one in things(record, part)}
    event, document = (one.model_dump(mode="json") for one in (record.event, record.document))
    return found | {"event": event, "document": document}


def _brought(change: Change) -> tuple[str, ...]:
    """Return the ids of what a change brings in."""
    match change:
        case Add():
            return (str(change.thing.get("id", "")),)
        case Split():
            return (change.new_id,)
        case _:
            return ()


def _named_in(thing: Thing) -> list[str]:
    """Return the ids that a thing refers to."""
    named = [thing.get(name) for name in ("session", "team", "entry", "speaker", "asserted_by")]
    named += [one for name in ("drivers", "caused_by") for one in thing.get(name) or ()]
    named += [one.get("driver") for one in thing.get("participants") or ()]
    return [one for one in named if isinstance(one, str)]
