"""Offsets in UTF-16 code units, as JavaScript counts, and in code points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from extractor.exports.annotation.task import Mark


class Units:
    """The places of a text's characters in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._before = list(accumulate((1 + (c > "\uffff") for c in text), initial=0))

    def of(self, offset: int) -> int:
        """Return a place in code units."""
        return self._before[offset]

    def point(self, units: int) -> int:
        """Return a place in code points; what lies behind the text's end stays behind it."""
        beyond = max(0, units - self._before[-1])
        return units if units < 0 else bisect_left(self._before, units - beyond) + beyond

    def points(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """Return marks that were placed in code units, in code points."""
        return tuple(replace(mark, start=self.point(mark.start), end=self.point(mark.end)) for mark in marks)


def in_code_points(text: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the marks with offsets in code points.

    They are taken as they are, unless the words that the tool wrote down beside them stand elsewhere, and
    all stand there where UTF-16 code units are counted.
    """
    if text.isascii() or all(_stands(text, mark) for mark in marks):
        return marks
    moved = Units(text).points(marks)
    return moved if all(_stands(text, mark) for mark in moved) else marks


def _stands(text: str, mark: Mark) -> bool:
    return mark.text is None or said_alike(text[mark.start : mark.end], mark.text)


def said_alike(words: str, told: str) -> bool:
    """Tell whether a tool may have written words down so: it may spell line breaks out, or leave them."""
    return _bare(words) == _bare(told)


def _bare(words: str) -> str:
    return "".join(words.replace("\\n", "\n").replace("\\r", "\r").split())
