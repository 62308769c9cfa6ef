"""From what annotators gave back to decisions on the record that they were given.

What is the same as it went out changes nothing, whatever else is in the record: tools that show spans and
links say nothing of places, times and laps. What differs is decided one thing at a time:

====================================== ==================================================================
what annotators did                    what is decided
====================================== ==================================================================
moved, relabelled, added, took away    the thing is edited: its mentions or evidence, its kind
one of several marks of a thing
took away all marks of a thing         it is rejected; a session that facts hang on stays, without evidence
marked something new                   it is added, if there is enough to say
joined marks of two things (``same``)  they are merged
parted a mark from its thing           it goes over to what it is joined to now, or is something new
drew or took away any other link       the fact is edited: drivers, team, session, speaker, participants …
====================================== ==================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.exports.annotation.marking import EVENT
from extractor.exports.annotation.scheme import LABELS, LINKS, SAME, Part
from extractor.exports.annotation.task import Link, Mark, Returned, Task
from extractor.record import Incident, Result
from extractor.review.annotated.aligning import align
from extractor.review.annotated.desk import Desk, Signature
from extractor.review.annotated.grouping import Group, group
from extractor.review.annotated.linking import Reference, changed, directed
from extractor.review.annotated.newcomers import Newcomers, join_by_name
from extractor.review.annotated.placing import PARTS, Spans, alike
from extractor.review.annotated.remarks import Remark
from extractor.review.annotated.usable import is_of, usable, with_unusable
from extractor.review.applying.things import DOCUMENT, spans_field
from extractor.review.decisions import Decision, Merge, Note, Reject
from extractor.review.reviewed import Reviewed

MOST_NOTE = 2_000
_FIRST: tuple[Part, ...] = ("drivers", "teams", "sessions")
_THEN: tuple[Part, ...] = ("quotes", "entries", "results", "incidents")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        reviewed: Its record with the decisions.
        decisions: In order; none where nothing changed.
        remarks: What there is to tell.
    """

    reviewed: Reviewed
    decisions: tuple[Decision, ...]
    remarks: tuple[Remark, ...]


def decide(reviewed: Reviewed, task: Task, returned: Returned, signature: Signature) -> Outcome:
    """Decide what annotators have done.

    Args:
        reviewed: The record that they were given; ``task`` is made of it.
        task: What went out.
        returned: What came back, of the same text.
        signature: Under which to decide.
    """
    desk = Desk(reviewed, signature)
    _Deciding(desk, task, returned).run()
    return Outcome(desk.reviewed, tuple(desk.decisions), tuple(desk.remarks))


class _Deciding:
    def __init__(self, desk: Desk, task: Task, returned: Returned) -> None:
        self.desk, self.task = desk, task
        self.marks, unusable = usable(task, returned.marks, desk)
        self.links = None if returned.links is None else tuple(self._known(returned.links, returned.marks))
        self.found = with_unusable(align(task, self.marks, self.links), unusable)
        self.forgiven: set[str] = set()
        if returned.is_anew or not self.found.pairs:
            self._forgive()
        for region in self.found.unsure:
            told = region.id in self.forgiven or any(is_of(region, mark) for mark in unusable)
            if not told:
                desk.remark("unsure_removal", label=region.label, text=region.text, start=region.start)
        self.spans = Spans.of(desk.record, task, self.found, self.marks)
        self.groups = join_by_name(group(task, self.found, self.marks, self.links), desk)
        self.notes = returned.notes
        self.of_mark: dict[str, str] = {}
        self.new: dict[str, Group] = {}
        self.removed: list[Reference] = []
        self.added: list[Reference] = []

    def _forgive(self) -> None:
        """Take away nothing: who began with an empty page, or emptied it, has not said no to each."""
        found = self.found
        if found.removed:
            self.desk.remark("begun_anew", count=len(found.removed))
        self.forgiven = {region.id for region in found.removed}
        found.unsure += found.removed
        found.removed = []
        found.redrawn = set(found.pairs)

    def run(self) -> None:
        """Do everything in an order in which each finds what it refers to."""
        for one in self.groups:
            self._name(one)
        self._compare_links()
        newcomers = Newcomers(self.desk, self._added_by_fact())
        self._merge()
        for parts in (_FIRST, _THEN):
            for part in parts:
                for identifier, one in self.new.items():
                    if one.part == part:
                        newcomers.add(one, identifier)
        self._edit()
        self._reject()
        self._note()

    def _known(self, links: Sequence[Link], marks: Sequence[Mark]) -> Iterator[Link]:
        """Yield the links that say something, and tell of the others."""
        by_id = {mark.id: mark for mark in self.marks}
        there = {mark.id for mark in marks}
        for link in dict.fromkeys(links):
            told: dict[str, object] = {"label": link.label, "head": link.head, "tail": link.tail}
            told |= {
                name: by_id[end].text
                for name, end in (("head", link.head), ("tail", link.tail))
                if end in by_id
            }
            if link.label not in LINKS:
                self.desk.remark("unknown_link", **told)
            elif link.head not in by_id or link.tail not in by_id:
                if link.head not in there or link.tail not in there:
                    self.desk.remark("link_loose", **told)
            elif link.label == SAME:
                if LABELS[by_id[link.head].label].part == LABELS[by_id[link.tail].label].part:
                    yield link
                else:
                    self.desk.remark("link_between_kinds", **told)
            else:
                fitting = directed(link, by_id)
                if fitting is None:
                    self.desk.remark("link_between_kinds", **told)
                else:
                    yield fitting

    # --- who is who

    def _name(self, one: Group) -> None:
        """Say which thing each mark of a group is about; something new gets its id."""
        if one.owners:
            identifier = one.owners[0]
        else:
            first = min(one.marks, key=lambda mark: (mark.start, mark.end))
            assert one.part != "event"
            identifier = self.desk.new_id(one.part, (first.start, first.end, first.label, len(self.new)))
            self.new[identifier] = one
        for mark in one.marks:
            self.of_mark[mark.id] = identifier

    def _merge(self) -> None:
        for one in self.groups:
            if len(one.owners) > 1 and one.part != "event":
                self.desk.make(Merge(part=one.part, keep=one.owners[0], others=tuple(one.owners[1:])))
        self._follow_absorbed()

    def _follow_absorbed(self) -> None:
        """Facts that say the same since people were merged became one: so did their marks and links."""
        groups = {owner: one for one in self.groups for owner in one.owners}
        marks = self.desk.reviewed.marks
        into = {one: mark.into for one, mark in marks.items() if mark.verdict == "merged" and mark.into}
        for gone, kept in into.items():
            one, other = groups.get(kept), groups.get(gone)
            if gone not in self.spans.held or (one is not None and one is other):
                continue
            if one is None:
                part = next(
                    part for part in PARTS if any(thing.id == kept for thing in self.desk.things(part))
                )
                one = groups[kept] = Group(part, [], [kept])
                self.groups.append(one)
            one.owners.append(gone)
            if other is not None:
                one.marks += other.marks
                self.groups.remove(other)
        self.removed = [replace(one, fact=into.get(one.fact, one.fact)) for one in self.removed]
        self.added = [replace(one, fact=into.get(one.fact, one.fact)) for one in self.added]

    # --- links other than who is who

    def _compare_links(self) -> None:
        """Find which references are gone and which are new."""
        if self.links is None:
            return
        texts = {mark.id: mark.text or "" for mark in self.marks}
        back = {region.id: mark for mark, region in self.found.pairs.items()}
        owner = {region.id: region.owner for region in self.task.regions}
        kept = {one.owners[n]: one.owners[0] for one in self.groups for n in range(len(one.owners))}
        drawn = {link for link in self.links if link.label != SAME}
        now = {link: self._reference(link, texts) for link in drawn}
        before: set[tuple[str, str, str]] = set()
        for link in self.task.links:
            head, tail = back.get(link.head), back.get(link.tail)
            if link.label == SAME or head is None or tail is None:
                continue
            if self.found.redrawn & {head, tail} and Link(head, tail, link.label) not in drawn:
                continue
            fact, target = (kept.get(owner[end], owner[end]) for end in (link.head, link.tail))
            before.add((fact, link.label, target))
            told = now.get(Link(head, tail, link.label))
            if told is None or told.key != (fact, link.label, target):
                self.removed.append(Reference(fact, link.label, target))
        said = {one.key for one in now.values()}
        self.removed = [one for one in self.removed if one.key not in said]
        fresh = {one.key: one for one in now.values() if one.key not in before}
        order = [self._reference(link, texts).key for link in self.links if link.label != SAME]
        self.added = [fresh[key] for key in dict.fromkeys(order) if key in fresh]

    def _reference(self, link: Link, texts: dict[str, str]) -> Reference:
        return Reference(self.of_mark[link.head], link.label, self.of_mark[link.tail], texts[link.tail])

    def _added_by_fact(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = defaultdict(list)
        for one in self.added:
            found[one.fact].append(one)
        return found

    # --- what is there already

    def _edit(self) -> None:
        groups = {one.owners[0]: one for one in self.groups if one.owners}
        if EVENT in groups or self.spans.held[EVENT]:
            self._edit_event(groups.get(EVENT))
        for part in PARTS:
            for thing in self.desk.things(part):
                one = self.new.get(thing.id) or groups.get(thing.id)
                old = thing.model_dump(mode="json")
                new = self._references_of(thing.id, old)
                if one is not None and thing.id not in self.new:
                    new |= self._marked(one, old, spans_field(thing))
                self.desk.edit(thing.id, old, new)

    def _edit_event(self, one: Group | None) -> None:
        old = self.desk.record.event.model_dump(mode="json")
        spans = self.spans.wanted([EVENT], one)
        if not alike(spans, old["evidence"]):
            self.desk.edit(EVENT, old, {"evidence": spans})

    def _marked(self, one: Group, old: dict[str, Any], field: str) -> dict[str, Any]:
        """Return spans and kind of a thing as its marks have them, where they are others."""
        new: dict[str, Any] = {}
        spans = self.spans.wanted(one.owners, one)
        if not alike(spans, old[field]):
            new[field] = spans
        named = LABELS[one.marks[0].label].field if one.marks else None
        if named in ("kind", "type"):
            values = {LABELS[mark.label].value for mark in one.marks}
            if len(values) == 1:
                new[named] = values.pop()
            else:
                other = next(mark for mark in one.marks if LABELS[mark.label].value != old[named])
                self.desk.remark("kinds_disagree", label=other.label, text=other.text, start=other.start)
        return new

    def _references_of(self, fact: str, old: dict[str, Any]) -> dict[str, Any]:
        removed = [one for one in self.removed if one.fact == fact]
        added = [one for one in self.added if one.fact == fact and self._is_there(one)]
        if not removed and not added:
            return {}
        names = {driver.id: driver.name for driver in self.desk.record.drivers}
        shape = {"drivers": [], "caused_by": [], "participants": [], **dict.fromkeys(_SINGLE_FIELDS), **old}
        new = {name: value for name, value in changed(shape, removed, added, names).items() if name in old}
        if new.get("session", "") is None and old.get("session") is not None and _needs_session(old):
            self.desk.remark("session_stays", name=fact)
            del new["session"]
        return new

    def _is_there(self, one: Reference) -> bool:
        """Tell whether what a new link leads to is in the record; say so where it is not."""
        if self.desk.thing(one.target) is not None:
            return True
        self.desk.remark("link_to_nothing", label=one.label, tail=one.words)
        return False

    # --- what is gone

    def _reject(self) -> None:
        claimed = {owner for one in self.groups for owner in one.owners}
        out = {region.owner for region in self.task.regions}
        lost = [
            o for o in self.spans.held if o in out and o not in claimed | {EVENT} and not self.spans.keeps(o)
        ]
        lost = [identifier for identifier in lost if not self._stays_without_place(identifier, lost)]
        before = self._ids()
        if lost and self.desk.make(Reject(targets=tuple(lost))):
            for identifier in before - self._ids() - set(lost):
                self.desk.remark("went_along", name=identifier)
        for owner in out - claimed - set(lost) - {EVENT}:
            self._trim(owner)

    def _trim(self, owner: str) -> None:
        """Take away what is gone of something of which a part was not shown, or may be there."""
        thing = self.desk.thing(owner)
        if thing is not None and self.spans.keeps(owner):
            field, old = spans_field(thing), thing.model_dump(mode="json")
            spans = self.spans.wanted([owner], None)
            if not alike(spans, old[field]):
                self.desk.edit(owner, old, {field: spans})

    def _stays_without_place(self, identifier: str, lost: Sequence[str]) -> bool:
        """Keep a session that facts hang on; only that the text names it is gone."""
        facts: tuple[Result | Incident, ...] = (*self.desk.record.results, *self.desk.record.incidents)
        if not any(fact.session == identifier and fact.id not in lost for fact in facts):
            return False
        thing = self.desk.thing(identifier)
        if thing is None:
            return False
        self.desk.edit(identifier, thing.model_dump(mode="json"), {"evidence": []})
        self.desk.remark("left_without_place", name=identifier)
        return True

    # --- what was written

    def _note(self) -> None:
        """Keep the annotator's words as remarks of a reviewer, and tell of them."""
        captions = {region.caption for region in self.task.regions}
        said: dict[str, list[str]] = defaultdict(list)
        for mark, words in self.notes:
            if mark is not None and words in captions:
                continue  # it is the one that went out
            target = DOCUMENT if mark is None else self.of_mark.get(mark, DOCUMENT)
            there = target in (DOCUMENT, EVENT) or self.desk.thing(target) is not None
            said[target if there else DOCUMENT].append(words)
        for target, lines in said.items():
            note = "\n".join(dict.fromkeys(lines))
            self.desk.remark("comment", name=target, comment=note)
            self.desk.make(Note(target=target, new=note[:MOST_NOTE]))

    def _ids(self) -> set[str]:
        return {thing.id for part in PARTS for thing in self.desk.things(part)}


_SINGLE_FIELDS = ("team", "session", "speaker", "asserted_by", "speaker_name", "speaker_role")


def _needs_session(fact: dict[str, Any]) -> bool:
    """Tell whether a fact cannot be without a session: results and incidents."""
    return "standing" in fact
