"""Two readings of one document side by side, fact by fact.

Both began with the same record and are blind to each other. What one of them left as it was and the other
accepted is no difference: who marks a document as reviewed says that all that stands there is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractor.record import RaceRecord
from extractor.review.decisions import Part
from extractor.review.pairing import PARTS, Pairs, Thing, pair, things
from extractor.review.passages import Passage, passage
from extractor.review.reviewed import Mark, Reviewed

ItemPart = Part | Literal["text", "document", "event"]
#: ``merged``: one reader took several for one, the other did not.
How = Literal["same", "other", "first_only", "second_only", "merged"]

EVENT, DOCUMENT, TEXT = "event", "document", "text"
#: Fields of the document that a reviewer may correct.
DOCUMENT_FIELDS = ("title", "language", "published_on")
_SPANS = ("evidence", "mentions")
#: What says nothing about the world: who is sure of what, and what follows from other fields.
_IDLE = frozenset({"id", "confidence", "aliases"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in both readings, or in one.

    Attributes:
        part: What it is.
        how: How the readings stand to each other over it.
        ids: Its ids, those of the first reading before those of the second, each once.
        first: As the first reader left it, JSON as in the record; ``None`` where he has none.
        second: As the second left it, with ids and places of the first reading; ``None`` where he has none.
        fields: Names of the fields that differ.
        marks: What each reader decided of it last.
        place: Where in the first reading's text it stands first; what has no place comes first.
    """

    part: ItemPart
    how: How
    ids: tuple[str, ...]
    first: Thing | None
    second: Thing | None
    fields: tuple[str, ...] = ()
    marks: tuple[Mark | None, Mark | None] = (None, None)
    place: int = 0

    @property
    def key(self) -> str:
        """What it is called by; the same as long as both readings stay as they are."""
        return f"{self.part}:{'+'.join(self.ids)}"

    @property
    def differs(self) -> bool:
        """Whether somebody has to choose."""
        return self.how != "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both readings, compared.

    Attributes:
        first: The first.
        second: The second.
        items: Where the readings differ first, then in the order of the text.
        pairs: By id of the second reading, the id of the first that is the same thing.
        way: From the second reading's text to the first's.
    """

    first: Reviewed
    second: Reviewed
    items: tuple[Item, ...]
    pairs: Mapping[str, str]
    way: Passage

    def merged_by_second(self, part: Part) -> Mapping[str, str]:
        """Return what the second reader merged into what, by the first's ids."""
        return _Side(self.first, self.second, dict(self.pairs), self.way).merged_by_second(part)

    @property
    def conflicts(self) -> tuple[Item, ...]:
        """What somebody has to choose."""
        return tuple(item for item in self.items if item.differs)

    @property
    def agreed(self) -> tuple[Item, ...]:
        """What both readers say."""
        return tuple(item for item in self.items if not item.differs)


def compare(first: Reviewed, second: Reviewed) -> Comparison:
    """Compare two readings of one document."""
    way = passage(second.record.document.text, first.record.document.text)
    pairs = pair(first, _carried(second, way))
    found = [
        *_texts(way),
        *_about(first, second, way),
        *(item for part in PARTS for item in _Side(first, second, pairs, way).items(part)),
    ]
    order = {part: n for n, part in enumerate((TEXT, *PARTS, EVENT, DOCUMENT))}
    found.sort(key=lambda item: (not item.differs, order[item.part], item.place))
    return Comparison(first, second, tuple(found), pairs, way)


def _carried(second: Reviewed, way: Passage) -> Reviewed:
    """Return the second reading over the first's text; facts whose place is lost are left out of pairing."""
    if not way.differences:
        return second
    shape = second.record.model_dump(mode="json")
    text = {**shape["document"], "text": way.new, "pages": [], "told": []}
    moved = {part: way.carried(shape[part]) for part in PARTS}
    for part in PARTS:
        field = "mentions" if part in ("drivers", "teams") else "evidence"
        lost = {one["id"] for one in moved[part] if not one[field]} if part != "sessions" else set()
        if lost:
            return second
    record = RaceRecord.model_validate(
        {**shape, **moved, "document": text, "event": {}, "findings": [], "coverage": {**_nothing(way)}}
    )
    return Reviewed(record, second.marks, second.gone)


def _nothing(way: Passage) -> dict[str, int]:
    return {"characters": len(way.new), "characters_read": len(way.new)}


def _texts(way: Passage) -> Iterator[Item]:
    """Yield a difference for every stretch of the text that readers corrected otherwise."""
    for one in way.differences:
        start, end = one.other_start, one.other_end
        yield Item(
            "text",
            "other",
            (f"{start}-{end}",),
            {"start": start, "end": end, "text": way.new[start:end]},
            {"start": start, "end": end, "text": way.old[one.start : one.end]},
            ("text",),
            place=start,
        )


def _about(first: Reviewed, second: Reviewed, way: Passage) -> Iterator[Item]:
    """Yield the event, and the document's own fields."""
    marks = first.marks, second.marks
    one, other = (side.record.event.model_dump(mode="json") for side in (first, second))
    yield _item("event", (EVENT,), one, way.carried(other), marks)
    one, other = (
        {name: shape[name] for name in DOCUMENT_FIELDS}
        for shape in (side.record.document.model_dump(mode="json") for side in (first, second))
    )
    yield _item("document", (DOCUMENT,), one, other, marks)


class _Side:
    """One part after another, of both readings."""

    def __init__(self, first: Reviewed, second: Reviewed, pairs: Pairs, way: Passage) -> None:
        self.first, self.second, self.pairs, self.way = first, second, pairs, way
        self.merged = _merged(first, second)

    def items(self, part: Part) -> Iterator[Item]:
        ones = {one["id"]: one for one in things(self.first.record, part)}
        others = {one["id"]: one for one in things(self.second.record, part)}
        theirs = {mine: other for other, mine in self.pairs.items() if other in others}
        seen = set(self._following(part))
        for group in self._groups(part):
            seen |= set(group)
            yield self._merged_item(part, group, ones, others)
        for mine, one in ones.items():
            if mine not in seen and theirs.get(mine) not in seen:
                seen |= {mine, theirs.get(mine, mine)}
                yield self._pair(part, mine, one, theirs.get(mine), others.get(theirs.get(mine, "")))
        for other_id, other in others.items():
            if other_id not in seen and self.pairs.get(other_id) not in seen:
                yield self._pair(part, self.pairs.get(other_id), None, other_id, other)

    def _pair(
        self, part: Part, mine: str | None, one: Thing | None, other_id: str | None, other: Thing | None
    ) -> Item:
        ids = tuple(dict.fromkeys(i for i in (mine, other_id) if i is not None))
        seen = None if other is None else self._seen(other)
        marks = {**self.first.marks}, {**self.second.marks}
        lost = () if other is None or seen is None else _lost(other, seen)
        return _item(part, ids, one, seen, marks, self.merged, lost)

    def _seen(self, other: Thing) -> Thing:
        """Return a thing of the second reading with ids and places of the first."""
        moved = referring(self.way.carried(dict(other)), self.pairs)
        return {**moved, "id": self.pairs.get(other["id"], other["id"])}

    def _following(self, part: Part) -> list[str]:
        """Return what became one with another only because somebody merged people: that alone is settled."""
        following: list[str] = []
        for side in (self.first, self.second):
            following += _merges(side, part).keys() - _merges(side, part, own=True).keys()
        return following

    def _groups(self, part: Part) -> list[tuple[str, ...]]:
        """Return what hangs together by mergings, where the readers did not merge alike."""
        mine, theirs = _merges(self.first, part, own=True), self.merged_by_second(part)
        groups: list[set[str]] = []
        for taken, kept in (*mine.items(), *theirs.items()):
            touched = [group for group in groups if group & {taken, kept}]
            groups = [group for group in groups if group not in touched]
            groups.append({taken, kept}.union(*touched))
        order = {one.id: n for n, one in enumerate(getattr(self.first.record, part))}
        return [
            tuple(sorted(group, key=lambda one: (order.get(one, len(order)), one)))
            for group in groups
            if any(mine.get(one) != theirs.get(one) for one in group)
        ]

    def merged_by_second(self, part: Part) -> dict[str, str]:
        """Return what the second reader merged into what, by the first's ids."""
        named = {
            self.pairs.get(taken, taken): self.pairs.get(kept, kept)
            for taken, kept in _merges(self.second, part, own=True).items()
        }
        return {taken: kept for taken, kept in named.items() if taken != kept}

    def _merged_item(
        self, part: Part, group: tuple[str, ...], ones: Mapping[str, Thing], others: Mapping[str, Thing]
    ) -> Item:
        back = {mine: other for other, mine in self.pairs.items()}
        theirs = [others[back.get(i, i)] for i in group if back.get(i, i) in others]
        one = {"things": [ones[i] for i in group if i in ones]}
        other = {"things": [self._seen(thing) for thing in theirs]}
        marks = _last(self.first.marks, group), _last(self.second.marks, [back.get(i, i) for i in group])
        places = [_place(thing) for thing in one["things"]]
        return Item(part, "merged", group, one, other, ("things",), marks, min(places, default=0))


def _last(marks: Mapping[str, Mark], ids: Sequence[str]) -> Mark | None:
    """Return the mark of a merging among those of several things, else any."""
    found = [marks[i] for i in ids if i in marks]
    return next((mark for mark in found if mark.verdict == "merged"), found[0] if found else None)


def _merges(side: Reviewed, part: Part, *, own: bool = False) -> dict[str, str]:
    """Return what was merged into what, by one reader, followed to the end.

    Args:
        side: The reading.
        part: Of what.
        own: Leave out facts that became one because those whom they are about did.
    """
    found = [
        (i, mark, side.gone[i].part)
        for i, mark in side.marks.items()
        if mark.verdict == "merged" and mark.into and i in side.gone
    ]
    people = {mark.decision for _, mark, of in found if of in ("drivers", "teams", "sessions")}
    is_fact = part not in ("drivers", "teams", "sessions")
    merges = {
        i: mark.into or ""
        for i, mark, of in found
        if of == part and not (own and is_fact and mark.decision in people)
    }
    for taken, kept in merges.items():
        while kept in merges:
            kept = merges[kept]
        merges[taken] = kept
    # What was merged into something that was rejected is as good as rejected.
    return {taken: kept for taken, kept in merges.items() if kept and kept not in side.gone}


def _merged(first: Reviewed, second: Reviewed) -> dict[str, str]:
    """Return what either reader merged: facts that differ in nothing else do not differ."""
    merged: dict[str, str] = {}
    for side in (second, first):
        for part in PARTS:
            merged |= _merges(side, part)
    return merged


def _item(
    part: ItemPart,
    ids: tuple[str, ...],
    one: Thing | None,
    other: Thing | None,
    marks: tuple[Mapping[str, Mark], Mapping[str, Mark]],
    merged: Mapping[str, str] | None = None,
    lost: tuple[str, ...] = (),
) -> Item:
    both = one is not None and other is not None
    fields = tuple(sorted({*differing(one, other, merged or {}), *lost})) if both else ()  # type: ignore[arg-type]
    how: How = "other" if fields else "same"
    if one is None or other is None:
        how = "second_only" if one is None else "first_only"
    decided = marks[0].get(ids[0]), marks[1].get(ids[-1])
    return Item(part, how, ids, one, other, fields, decided, _place(one or other or {}))


def _lost(thing: Thing, carried: Thing) -> tuple[str, ...]:
    """Return the fields of which some spans have no place in the other reader's text."""
    return tuple(name for name in _SPANS if len(thing.get(name, ())) > len(carried.get(name, ())))


def _place(thing: Thing) -> int:
    spans = [span["start"] for field in _SPANS for span in thing.get(field, ())]
    return min(spans, default=0)


def differing(one: Thing, other: Thing, merged: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the fields in which two tellings of one thing differ.

    Evidence differs only where no stretch of the one touches one of the other: readers select a word more or
    less. Of mentions every character counts, since they are what names are learnt from.
    """
    names = [name for name in one.keys() | other.keys() if name not in _IDLE]
    a, b = referring(one, merged), referring(other, merged)
    return tuple(sorted(name for name in names if not same_value(name, a.get(name), b.get(name))))


def same_value(name: str, one: Any, other: Any) -> bool:
    """Tell whether a field says the same in two tellings of one thing."""
    if name == "evidence":
        return bool(one) == bool(other) and (not one or _touch(one, other))
    if name == "mentions":
        return _places(one) == _places(other)
    if name in ("drivers", "classes", "consequences", "caused_by", "scope_aliases"):
        return set(one or ()) == set(other or ())
    if name == "participants":
        return sorted(map(repr, one or ())) == sorted(map(repr, other or ()))
    return bool((one or None) == (other or None))


def _touch(one: Sequence[Thing], other: Sequence[Thing]) -> bool:
    return any(a["start"] < b["end"] and b["start"] < a["end"] for a in one for b in other)


def _places(spans: Sequence[Thing]) -> set[tuple[Any, ...]]:
    return {(span["start"], span["end"], span["form"]) for span in spans}


def referring(thing: Thing, ids: Mapping[str, str]) -> Thing:
    """Return a thing that refers to others by other ids; its own id stays."""
    if not ids:
        return thing
    moved = dict(thing)
    for name in ("session", "team", "entry", "speaker", "asserted_by"):
        if isinstance(moved.get(name), str):
            moved[name] = ids.get(moved[name], moved[name])
    for name in ("drivers", "caused_by"):
        if name in moved:
            moved[name] = list(dict.fromkeys(ids.get(one, one) for one in moved[name]))
    if "participants" in moved:
        moved["participants"] = [
            {**one, "driver": ids.get(one["driver"], one["driver"])} for one in moved["participants"]
        ]
    return moved
