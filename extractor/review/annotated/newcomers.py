"""Things that annotators found and the extractor did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.exports.annotation import scheme
from extractor.exports.annotation.scheme import LABELS
from extractor.exports.annotation.task import Mark
from extractor.lexicon.fold import fold
from extractor.record import Driver, Team
from extractor.review.annotated.desk import Desk
from extractor.review.annotated.grouping import Group
from extractor.review.annotated.linking import Reference, changed
from extractor.review.annotated.placing import Shape, span_of
from extractor.review.applying.copies import plain
from extractor.review.decisions import Add, Part

PEOPLE: tuple[Part, ...] = ("drivers", "teams")


def names_in(marks: Iterable[Mark]) -> list[str]:
    """Return the names among mentions, each once, the longest first."""
    named = (plain(mark.text or "") for mark in marks if LABELS[mark.label].value == "name")
    return sorted(dict.fromkeys(named), key=lambda name: -len(name))


def join_by_name(groups: list[Group], desk: Desk) -> list[Group]:
    """Let new marks that nobody linked be the person or team whose name they are, where there is one alone.

    New marks of one name are one person.

    Returns:
        The groups that are left.
    """
    kept: list[Group] = []
    by_name: dict[tuple[str, str], Group] = {}
    of_owner = {owner: group for group in groups for owner in group.owners}
    for group in groups:
        names = names_in(group.marks) if group.part in PEOPLE and group.is_new and not group.owners else []
        if not names:
            kept.append(group)
            continue
        owner = _bearer(group, names, desk)
        known = of_owner.get(owner) if owner is not None else by_name.get((group.part, fold(names[0])))
        if owner is not None:
            desk.remark("joined_by_name", text=names[0], name=owner, start=group.marks[0].start)
        if known is not None:
            known.marks += group.marks
            continue
        if owner is not None:
            group.owners = [owner]
            of_owner[owner] = group
        by_name[group.part, fold(names[0])] = group
        kept.append(group)
    return kept


def _bearer(group: Group, names: Sequence[str], desk: Desk) -> str | None:
    """Return whose name this is, if one alone bears it."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for thing in desk.things(group.part):
        if isinstance(thing, Driver | Team):
            said = [mention.text for mention in thing.mentions if mention.form == "name"]
            for form in (thing.name, *thing.aliases, *said):
                bearers[fold(plain(form))].add(thing.id)
    found = set().union(*(bearers[fold(name)] for name in names))
    return found.pop() if len(found) == 1 else None


class Newcomers:
    """Adds what is new.

    Args:
        desk: Where it is added.
        references: What facts refer to now, by id of the fact.
    """

    def __init__(self, desk: Desk, references: dict[str, list[Reference]]) -> None:
        self._desk = desk
        self._references = references

    def add(self, group: Group, identifier: str) -> bool:
        """Add what a group of marks is about, if there is enough to say."""
        thing = self._thing(group, identifier)
        if thing is None or group.part == "event":
            return False
        return self._desk.make(Add(part=group.part, thing=thing))

    def _thing(self, group: Group, identifier: str) -> Shape | None:
        spans = [span_of(mark) for mark in sorted(group.marks, key=lambda mark: (mark.start, mark.end))]
        if group.part in PEOPLE:
            names = names_in(group.marks)
            if not names:
                return self._not(group, "nameless")
            return {"id": identifier, "name": names[0], "aliases": names[1:], "mentions": spans}
        field, kind = LABELS[group.marks[0].label].field, self._kind(group)
        base: Shape = {"id": identifier, "evidence": spans}
        if group.part == "sessions":
            return None if kind is None else {**base, "kind": kind, "label": plain(spans[0]["text"])}
        if group.part == "entries":
            return self._entry({**base, "drivers": [], "team": None, "session": None}, group)
        if kind is None or field is None:
            return None
        return self._fact({**base, field: kind}, group)

    def _kind(self, group: Group) -> str | None:
        """Return what all labels of a group agree on."""
        values = {LABELS[mark.label].value for mark in group.marks}
        if len(values) > 1:
            self._not(group, "kinds_disagree")
            return None
        return values.pop()

    def _entry(self, entry: Shape, group: Group) -> Shape | None:
        entry |= changed(entry, (), self._told(entry["id"]), {})
        return entry if entry["drivers"] or entry["team"] else self._not(group, "somebody_needed")

    def _fact(self, fact: Shape, group: Group) -> Shape | None:
        if group.part == "quotes":
            blank: Shape = {"session": None, "speaker": None, "speaker_name": None, "speaker_role": "unknown"}
            fact = {**blank, **fact, "text": " ".join(span["text"] for span in fact["evidence"])}
        else:
            lists: Shape = {"results": {"drivers": []}, "incidents": {"participants": []}}[group.part]
            fact = {"session": self._only_session(), **fact, **lists}
        if group.part == "incidents":
            fact |= {"caused_by": [], "asserted_by": None}
        names = {driver.id: driver.name for driver in self._desk.record.drivers}
        fact |= changed({"caused_by": [], "drivers": [], **fact}, (), self._told(fact["id"]), names)
        if group.part == "quotes":
            return fact
        if fact["session"] is None:
            return self._not(group, "session_needed")
        if group.part == "results":
            if not fact["drivers"]:
                return self._not(group, "driver_needed")
            self._not(group, "place_unknown")
        return fact

    def _told(self, fact: str) -> list[Reference]:
        """Return the references of something new to what is there; the others come behind."""
        later = (scheme.CAUSED_BY, scheme.ASSERTED_BY)
        return [one for one in self._references.get(fact, ()) if one.label not in later]

    def _only_session(self) -> str | None:
        sessions = self._desk.record.sessions
        return sessions[0].id if len(sessions) == 1 else None

    def _not(self, group: Group, code: str) -> Shape | None:
        """Say what is missing; there is nothing then."""
        first = group.marks[0]
        self._desk.remark(code, label=first.label, text=first.text, start=first.start)
        return None
