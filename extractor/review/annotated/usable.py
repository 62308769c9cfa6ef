"""Marks that mean something, and those that do not: the regions of the latter are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.exports.annotation.offsets import said_alike
from extractor.exports.annotation.scheme import LABELS
from extractor.exports.annotation.task import Mark, Region, Task
from extractor.review.annotated.aligning import Alignment
from extractor.review.annotated.desk import Desk


def usable(task: Task, marks: Sequence[Mark], desk: Desk) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Return the marks that mean something, with the text's own words, and those that do not."""
    text, given = task.text, {(region.start, region.end, region.label) for region in task.regions}
    good: list[Mark] = []
    bad: list[Mark] = []
    seen: set[Mark] = set()
    names: set[str] = set()
    for mark in marks:
        fault = None if (mark.start, mark.end, mark.label) in given else _fault(text, mark)
        words = text[max(mark.start, 0) : max(mark.end, 0)][:80]
        if fault is not None:
            desk.remark(
                fault, label=mark.label, text=words or mark.text or "", start=mark.start, end=mark.end
            )
            bad.append(mark)
        elif mark not in seen:
            seen.add(mark)
            name = mark.id if mark.id not in names else f"{mark.id}~{len(names)}"
            names.add(name)
            good.append(replace(mark, id=name, text=text[mark.start : mark.end]))
    return tuple(good), tuple(bad)


def _fault(text: str, mark: Mark) -> str | None:
    if mark.label not in LABELS:
        return "unknown_label"
    if not 0 <= mark.start < mark.end <= len(text):
        return "outside"
    words = text[mark.start : mark.end]
    if not words.strip():
        return "blank"
    return None if mark.text is None or said_alike(words, mark.text) else "other_words"


def with_unusable(found: Alignment, unusable: Sequence[Mark]) -> Alignment:
    """Keep the regions of marks that could not be used: they are there, only not as they should be."""
    for mark in unusable:
        for region in [one for one in found.removed if is_of(one, mark)]:
            found.removed.remove(region)
            found.unsure.append(region)
    return found


def is_of(region: Region, mark: Mark) -> bool:
    """Tell whether a mark that cannot be used may be what became of a region."""
    if region.id == mark.id or (region.start, region.end) == (mark.start, mark.end):
        return True
    return region.label == mark.label and mark.start < region.end and region.start < mark.end
