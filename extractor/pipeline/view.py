"""A view of a text: what is read in its place, aligned with it character by character.

A damaged page is read as it was most likely printed. While it is read, offsets are those of the view; what
the record says of the document is said in offsets of the document itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Characters ``start`` to ``end`` of the source are read as ``new``."""

    start: int
    end: int
    new: str


class View:
    """A text with edits made, and the way back.

    Attributes:
        source: The document's own text.
        text: The text as it is read.
    """

    __slots__ = ("_below", "_edited", "_here", "_there", "source", "text")

    source: str
    text: str

    def __init__(self, source: str | View, edits: Iterable[Edit]) -> None:
        """Make the edits in a text, or in what a view reads; one that overlaps an earlier one is left out."""
        self._below: View | None = None
        if isinstance(source, View):
            self._below, self.source, source = source, source.source, source.text
        else:
            self.source = source
        self._edited = source
        pieces: list[str] = []
        self._here, self._there = [0], [0]  # where the view goes on, and the source with it
        here = there = 0
        for edit in sorted(map(self._least, edits)):
            if edit.start < there or (edit.start == edit.end and not edit.new):
                continue
            pieces += (source[there : edit.start], edit.new)
            here += edit.start - there
            self._mark(here, edit.start)
            here, there = here + len(edit.new), edit.end
            self._mark(here, there)
        pieces.append(source[there:])
        self.text = "".join(pieces)

    def _mark(self, here: int, there: int) -> None:
        self._here.append(here)
        self._there.append(there)

    def _least(self, edit: Edit) -> Edit:
        """Return the edit without what stays as it is at its ends."""
        start, end, new = edit
        while start < end and new and self._edited[start] == new[0]:
            start, new = start + 1, new[1:]
        while start < end and new and self._edited[end - 1] == new[-1]:
            end, new = end - 1, new[:-1]
        return Edit(start, end, new)

    def in_source(self, offset: int) -> int:
        """Return the offset in the source of an offset in the view: that of the character behind it."""
        there = self._back(offset, bisect_right(self._here, offset) - 1)
        return self._below.in_source(there) if self._below else there

    def end_in_source(self, offset: int) -> int:
        """Return the same for the end of a stretch: nothing that is left out behind it belongs to it."""
        there = self._back(offset, max(0, bisect_left(self._here, offset) - 1))
        return self._below.end_in_source(there) if self._below else there

    def written(self, start: int, end: int) -> str:
        """Return what stands for a stretch of the view in the text, or view, that it was made of."""
        first = self._back(start, bisect_right(self._here, start) - 1)
        return self._edited[first : self._back(end, max(0, bisect_left(self._here, end) - 1))]

    def _back(self, offset: int, k: int) -> int:
        there = self._there[k] + offset - self._here[k]
        return min(there, self._there[k + 1] if k + 1 < len(self._there) else len(self._edited))
