"""The spans that a thing has after annotators have been at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.exports.annotation.marking import EVENT
from extractor.exports.annotation.scheme import LABELS
from extractor.exports.annotation.task import Mark, Region, Task
from extractor.record import RaceRecord
from extractor.review.annotated.aligning import Alignment
from extractor.review.annotated.grouping import Group
from extractor.review.applying.things import spans_field
from extractor.review.applying.things import things_of as things
from extractor.review.decisions import Part

Shape = dict[str, Any]
PARTS: tuple[Part, ...] = ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes")


@dataclass(slots=True)
class Spans:
    """The spans of a record as it went out, and what became of each."""

    held: Mapping[str, list[Shape]]
    regions: Mapping[tuple[str, int], Region]
    back: Mapping[str, Mark]
    unsure: frozenset[str]

    @classmethod
    def of(cls, record: RaceRecord, task: Task, found: Alignment, marks: Sequence[Mark]) -> Spans:
        """Look at a record and at what came back of its task."""
        by_id = {mark.id: mark for mark in marks}
        held = {
            thing.id: thing.model_dump(mode="json")[spans_field(thing)]
            for part in PARTS
            for thing in things(record, part)
        }
        held[EVENT] = record.event.model_dump(mode="json")["evidence"]
        return cls(
            held,
            {(region.owner, region.index): region for region in task.regions},
            {region.id: by_id[mark] for mark, region in found.pairs.items()},
            frozenset(region.id for region in found.unsure),
        )

    def keeps(self, owner: str) -> bool:
        """Tell whether a thing has spans that the annotators did not see, or that nobody can tell gone."""
        return any(self._stays(owner, index) for index in range(len(self.held[owner])))

    def wanted(self, owners: Sequence[str], group: Group | None) -> list[Shape]:
        """Return the spans of a thing that is all of these, in order.

        Args:
            owners: Its ids in the record that went out.
            group: Its marks; ``None`` where none came back.
        """
        marks = {mark.id: mark for mark in group.marks} if group is not None else {}
        found: list[Shape] = []
        for owner in owners:
            for index, span in enumerate(self.held[owner]):
                mark = self._mark(owner, index)
                if mark is not None and mark.id in marks:
                    found.append(moved(span, marks.pop(mark.id)))
                elif self._stays(owner, index):
                    found.append(span)
        was_sorted = all(_in_order(self.held[owner]) for owner in owners)
        found += [span_of(mark) for mark in marks.values()]
        return _distinct(sorted(found, key=_place) if was_sorted else found)

    def _mark(self, owner: str, index: int) -> Mark | None:
        region = self.regions.get((owner, index))
        return None if region is None else self.back.get(region.id)

    def _stays(self, owner: str, index: int) -> bool:
        region = self.regions.get((owner, index))
        return region is None or region.id in self.unsure


def span_of(mark: Mark) -> Shape:
    """Return a new span, as in the record's JSON; ``text`` of the mark is the document's."""
    label = LABELS[mark.label]
    span: Shape = {"start": mark.start, "end": mark.end, "text": mark.text}
    return {**span, "form": label.value} if label.field == "form" else span


def moved(span: Shape, mark: Mark) -> Shape:
    """Return a span where and what the mark now says; the very same where it says the same."""
    new = span_of(mark)
    same = (span["start"], span["end"]) == (new["start"], new["end"])
    return {**span, **new} if same else new


def alike(some: Sequence[Shape], others: Sequence[Shape]) -> bool:
    """Tell whether two lists of spans are the same, in whatever order."""
    return {_said(one) for one in some} == {_said(one) for one in others}


def _said(span: Shape) -> tuple[int, int, str | None]:
    return span["start"], span["end"], span.get("form")


def _place(span: Shape) -> tuple[int, int]:
    return span["start"], span["end"]


def _in_order(spans: Sequence[Shape]) -> bool:
    places = [_place(span) for span in spans]
    return places == sorted(places)


def _distinct(spans: Sequence[Shape]) -> list[Shape]:
    return list({_place(span): span for span in reversed(spans)}.values())[::-1]
