"""Offsets that a tool counted in UTF-16 code units, as JavaScript does, in code points."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate

from extractor.exports.annotation.task import Mark


def in_code_points(text: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the marks with offsets in code points.

    They are taken as they are, unless the words that the tool wrote down beside them stand elsewhere, and
    all stand there where UTF-16 code units are counted.
    """
    if text.isascii() or all(_stands(text, mark) for mark in marks):
        return marks
    units = list(accumulate((1 + (c > "\uffff") for c in text), initial=0))
    moved = tuple(
        replace(mark, start=bisect_left(units, mark.start), end=bisect_left(units, mark.end))
        for mark in marks
    )
    return moved if all(_stands(text, mark) for mark in moved) else marks


def _stands(text: str, mark: Mark) -> bool:
    return mark.text is None or said_alike(text[mark.start : mark.end], mark.text)


def said_alike(words: str, told: str) -> bool:
    """Tell whether a tool may have written words down so: it may spell line breaks out, or leave them."""
    return _bare(words) == _bare(told)


def _bare(words: str) -> str:
    return "".join(words.replace("\\n", "\n").replace("\\r", "\r").split())
