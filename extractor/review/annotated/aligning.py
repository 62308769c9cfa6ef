"""Which of the marks that came back is which region that went out.

A tool may keep ids (Label Studio does), or give its own (doccano), or none (Prodigy, JSON-MIN). In order:

1. the same id and part;
2. the same place and label; where several regions stand there, those with the most links alike;
3. the same place and part, another label: relabelled;
4. the same label, and a place that overlaps: moved.

Where several regions of one label stand at one place and fewer came back, links may tell which is gone. Where
they do not, nobody can: all are kept, and it is said (``unsure``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from extractor.exports.annotation.scheme import LABELS
from extractor.exports.annotation.task import Link, Mark, Region, Task

_Place = tuple[int, int, str]
_Key = Callable[[Region | Mark], Hashable]


@dataclass(slots=True)
class Alignment:
    """Who is who among marks and regions.

    Attributes:
        pairs: Region by id of the mark.
        removed: Regions that are gone.
        added: Marks that are new.
        unsure: Regions of which one or more are gone, nobody can tell which; they are kept.
        redrawn: Marks that were taken away and drawn again, by their ids: that their links went says nothing.
    """

    pairs: dict[str, Region] = field(default_factory=dict)
    removed: list[Region] = field(default_factory=list)
    added: list[Mark] = field(default_factory=list)
    unsure: list[Region] = field(default_factory=list)
    redrawn: set[str] = field(default_factory=set)


def align(task: Task, marks: Sequence[Mark], links: Iterable[Link] | None) -> Alignment:
    """Find every mark's region.

    Args:
        task: What went out.
        marks: What came back, all with labels that are known.
        links: Between the marks; ``None`` where nothing is known of them.
    """
    return _Aligning(task, marks, links).run()


class _Aligning:
    def __init__(self, task: Task, marks: Sequence[Mark], links: Iterable[Link] | None) -> None:
        self.found = Alignment()
        self.regions = {region.id: region for region in task.regions}
        self.marks = {mark.id: mark for mark in marks}
        self.links_out = _signatures(task.links, {r.id: _place(r) for r in task.regions})
        told = () if links is None else tuple(links)
        self.links_back = _signatures(told, {mark.id: _place(mark) for mark in marks})

    def run(self) -> Alignment:
        for mark in list(self.marks.values()):
            region = self.regions.get(mark.id)
            if region is not None and _part(region) == _part(mark):
                self._pair(mark, region)
        by_id = set(self.found.pairs)
        self._groups(_place)
        self._groups(lambda one: (one.start, one.end, _part(one)))
        self._overlaps()
        if by_id:  # a tool that keeps ids gives another one to what is drawn again
            self.found.redrawn = set(self.found.pairs) - by_id
        self.found.removed = list(self.regions.values())
        self.found.added = list(self.marks.values())
        return self.found

    def _pair(self, mark: Mark, region: Region) -> None:
        self.found.pairs[mark.id] = region
        del self.marks[mark.id], self.regions[region.id]

    def _groups(self, key: _Key) -> None:
        """Pair what has the same key."""
        regions: dict[Hashable, list[Region]] = defaultdict(list)
        marks: dict[Hashable, list[Mark]] = defaultdict(list)
        for region in self.regions.values():
            regions[key(region)].append(region)
        for mark in self.marks.values():
            marks[key(mark)].append(mark)
        for at, some in regions.items():
            if at in marks:
                self._pair_alike(some, marks[at])

    def _pair_alike(self, regions: list[Region], marks: list[Mark]) -> None:
        scores = {
            (mark.id, region.id): len(self.links_back[mark.id] & self.links_out[region.id])
            for mark in marks
            for region in regions
        }
        ranked = sorted(scores, key=lambda pair: -scores[pair])  # as they stand, among equals
        for mark_id, region_id in ranked:
            if mark_id in self.marks and region_id in self.regions:
                self._pair(self.marks[mark_id], self.regions[region_id])
        left = [region for region in regions if region.id in self.regions]
        for region in left:
            if self._might_be_another(region, regions, left):
                self.found.unsure.append(region)
                del self.regions[region.id]

    def _might_be_another(self, region: Region, regions: list[Region], left: list[Region]) -> bool:
        """Tell whether it may as well be one of its neighbours that is gone, and of another thing."""
        own = self.links_out[region.id]
        kept = [one for one in regions if one not in left]
        return any(one.owner != region.owner and self.links_out[one.id] == own for one in kept) or (
            not any(self.links_back.values()) and any(one.owner != region.owner for one in kept)
        )

    def _overlaps(self) -> None:
        ranked = sorted(
            (
                (_shared(mark, region), mark.id, region.id)
                for mark in self.marks.values()
                for region in self.regions.values()
                if mark.label == region.label and mark.start < region.end and region.start < mark.end
            ),
            key=lambda one: -one[0],
        )
        for _, mark_id, region_id in ranked:
            if mark_id in self.marks and region_id in self.regions:
                self._pair(self.marks[mark_id], self.regions[region_id])


def _place(one: Region | Mark) -> _Place:
    return one.start, one.end, one.label


def _part(one: Region | Mark) -> str:
    return LABELS[one.label].part


def _shared(mark: Mark, region: Region) -> float:
    """Return how much of both is in both, from 0 to 1."""
    both = min(mark.end, region.end) - max(mark.start, region.start)
    return both / (max(mark.end, region.end) - min(mark.start, region.start))


def _signatures(links: Iterable[Link], places: dict[str, _Place]) -> defaultdict[str, frozenset[Hashable]]:
    """Return, by id, what each is linked to, and how."""
    found: defaultdict[str, set[Hashable]] = defaultdict(set)
    for link in links:
        if link.head in places and link.tail in places:
            found[link.head].add(("to", link.label, places[link.tail]))
            found[link.tail].add(("from", link.label, places[link.head]))
    return defaultdict(frozenset, {name: frozenset(held) for name, held in found.items()})
