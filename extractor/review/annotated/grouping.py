"""Which marks are about one thing, by the links that say so (``same``).

Every later mark of a thing is linked to its first one. A mark whose link was taken away leaves the thing, and
joins what it is linked to now. Where a mark itself is gone its links are, too, and that says nothing: what is
left of the thing stays together. Two things whose marks are linked are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.exports.annotation.marking import EVENT
from extractor.exports.annotation.scheme import LABELS, SAME, Part
from extractor.exports.annotation.task import Link, Mark, Task
from extractor.review.annotated.aligning import Alignment


@dataclass(slots=True)
class Group:
    """Marks about one thing.

    Attributes:
        part: Of the record.
        marks: In the order of the file.
        owners: Ids of the things that it is; several where they were found to be one, none where it is new.
        is_new: All of its marks are new, too.
    """

    part: Part
    marks: list[Mark]
    owners: list[str] = field(default_factory=list)
    is_new: bool = False


def group(task: Task, found: Alignment, marks: Sequence[Mark], links: Iterable[Link] | None) -> list[Group]:
    """Return the groups of all marks.

    Args:
        task: What went out.
        found: Which mark is which region of it.
        marks: What came back.
        links: All between the marks; ``None`` where the file does not tell: things stay as they were.
    """
    by_id = {mark.id: mark for mark in marks}
    same = None if links is None else _same(links, by_id)
    sets = _Sets(by_id)
    owned = _owned(task, found)
    leaving = set() if same is None else _leaving(task, found, same)
    for held in owned.values():
        sets.join([one for one in held if one not in leaving])
    sets.join([mark.id for mark in marks if LABELS[mark.label].part == "event"])
    for pair in same or ():
        sets.join(list(pair))
    claims = _claims(owned, sets)
    return [
        Group(
            _part(by_id[held[0]]),
            [by_id[one] for one in held],
            [EVENT] if _part(by_id[held[0]]) == "event" else claims.get(root, []),
            not any(one in found.pairs for one in held),
        )
        for root, held in sets.all().items()
    ]


def _part(mark: Mark) -> Part:
    return LABELS[mark.label].part


def _same(links: Iterable[Link], marks: dict[str, Mark]) -> set[frozenset[str]]:
    """Return the pairs of marks that are linked as the same, of one part."""
    return {
        frozenset((link.head, link.tail))
        for link in links
        if link.label == SAME
        and link.head in marks
        and link.tail in marks
        and _part(marks[link.head]) == _part(marks[link.tail])
    }


def _owned(task: Task, found: Alignment) -> dict[str, list[str]]:
    """Return, by id of the thing, its marks in the order of its spans."""
    back = {region.id: mark for mark, region in found.pairs.items()}
    owned: dict[str, list[str]] = defaultdict(list)
    for region in task.regions:
        if region.id in back:
            owned[region.owner].append(back[region.id])
    return owned


def _leaving(task: Task, found: Alignment, same: set[frozenset[str]]) -> set[str]:
    """Return the marks whose link to their thing was taken away, though both ends are there."""
    back = {region.id: mark for mark, region in found.pairs.items()}
    ends = ((back.get(link.head), back.get(link.tail)) for link in task.links if link.label == SAME)
    parted = ((a, b) for a, b in ends if a is not None and b is not None and frozenset((a, b)) not in same)
    return {a for a, b in parted if not found.redrawn & {a, b}}


def _claims(owned: dict[str, list[str]], sets: _Sets) -> dict[str, list[str]]:
    """Return the things that each set is, largest share first: a thing is where most of its marks are."""
    shares: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for owner, held in owned.items():
        counts: dict[str, int] = defaultdict(int)
        for one in held:
            counts[sets.root(one)] += 1
        main = max(counts, key=lambda root: (counts[root], root == sets.root(held[0])))
        shares[main].append((-counts[main], owner))
    order = {owner: n for n, owner in enumerate(owned)}
    return {
        root: [owner for _, owner in sorted(some, key=lambda one: (one[0], order[one[1]]))]
        for root, some in shares.items()
    }


class _Sets:
    """Sets of ids that are joined again and again."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._above = {one: one for one in ids}

    def root(self, one: str) -> str:
        """Return who stands for the set that something is in."""
        while self._above[one] != one:
            self._above[one] = one = self._above[self._above[one]]
        return one

    def join(self, some: Sequence[str]) -> None:
        """Make one set of those that all of these are in."""
        for one in some[1:]:
            self._above[self.root(one)] = self.root(some[0])

    def all(self) -> dict[str, list[str]]:
        """Return every set by who stands for it."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self._above:
            found[self.root(one)].append(one)
        return dict(found)
