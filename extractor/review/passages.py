"""Places in one version of a text, found again in another.

Two readers may each have corrected the text. What one of them says with the offsets of his text is compared,
and taken over, in the other's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

#: Beyond so many characters a stretch that differs is taken as a whole.
_LONGEST_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that reads otherwise in the other version; either side may be empty.

    Attributes:
        start: Where it begins in the one.
        end: Where it ends there, exclusive.
        other_start: Where it begins in the other.
        other_end: Where it ends there, exclusive.
    """

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The way from one version of a text to another.

    Attributes:
        old: The one version.
        new: The other.
        differences: Where they differ, in order.
    """

    old: str
    new: str
    differences: tuple[Difference, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return a range of the old text in the new one.

        A range that begins or ends within a difference takes in all of it on that side.
        """
        if not self.differences:
            return start, end
        return self._moved(start, is_end=False), self._moved(end, is_end=True)

    def _moved(self, place: int, *, is_end: bool) -> int:
        index = bisect_right(self.differences, place, key=lambda one: one.start) - 1
        if is_end and index >= 0 and self.differences[index].start == place:
            index -= 1  # what ends where a difference begins ends before it
        if index < 0:
            return place
        one = self.differences[index]
        if place >= one.end:
            return place - one.end + one.other_end
        return one.other_end if is_end else one.other_start

    def carried(self, thing: Any) -> Any:
        """Return JSON with every span in it moved to the new text; spans that become empty are left out.

        Args:
            thing: Part of a record, as JSON.
        """
        if not self.differences:
            return thing
        if isinstance(thing, dict):
            return self._span(thing) if _is_span(thing) else {k: self.carried(v) for k, v in thing.items()}
        if isinstance(thing, list | tuple):
            return [moved for one in thing if (moved := self.carried(one)) is not None]
        return thing

    def _span(self, span: dict[str, Any]) -> dict[str, Any] | None:
        start, end = self.place(span["start"], span["end"])
        return {**span, "start": start, "end": end, "text": self.new[start:end]} if start < end else None


def _is_span(thing: dict[str, Any]) -> bool:
    return {"start", "end", "text"} <= thing.keys()


def passage(old: str, new: str) -> Passage:
    """Return the way from one version of a text to another."""
    return Passage(old, new, tuple(_differences(old, new))) if old != new else Passage(old, new)


def _differences(old: str, new: str) -> Iterator[Difference]:
    """Compare line by line, then character by character within the lines that differ."""
    a, b = old.splitlines(keepends=True), new.splitlines(keepends=True)
    at_a, at_b = _starts(a), _starts(b)
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _within(old, new, Difference(at_a[i], at_a[j], at_b[k], at_b[m]))


def _within(old: str, new: str, lines: Difference) -> Iterator[Difference]:
    a, b = old[lines.start : lines.end], new[lines.other_start : lines.other_end]
    if not (a and b) or max(len(a), len(b)) > _LONGEST_COMPARED:
        yield lines
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(lines.start + i, lines.start + j, lines.other_start + k, lines.other_start + m)


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts
