"""Tables whose cells have several lines: read cell by cell, as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extractor.readers.layout.rows import level_rows, usual_size
from extractor.readers.layout.words import Piece

_FLUSH = 0.6
"""How exactly cells begin at one place, in parts of the size."""
_GUTTER = 0.8
"""Least room between cells."""


class Cell(list[Piece]):
    """Words of one cell: it is as wide as they are."""


Band = tuple[Cell, Cell]


def bands_of(words: Sequence[Piece], x: float) -> list[Band]:
    """Return the rows of a table as what stands left and right of a gutter; none where it is no such table.

    Args:
        words: What stands beside the gutter.
        x: Where the right cells begin.
    """
    drawn = sorted(words, key=lambda word: word.order)
    sides = groupby(drawn, key=lambda word: (word.x0 + word.x1) / 2 >= x)
    cells = [(side, Cell(cell)) for side, cell in sides]
    if len(cells) < 4 or cells[0][0] or len(cells) % 2:
        return []
    bands = [(cells[k][1], cells[k + 1][1]) for k in range(0, len(cells), 2)]
    if not any(_lines(cell) > 1 for band in bands for cell in band) or not _are_cells(bands, x):
        return []
    # A paragraph drawn word by word across the gutter has bands that overlap.
    lowest = float("-inf")
    for left, right in bands:
        top, bottom = _extent([*left, *right])
        beside = min(_extent(left)[1], _extent(right)[1]) > max(_extent(left)[0], _extent(right)[0])
        if top < lowest or not beside:
            return []
        lowest = bottom - 0.5 * left[0].size
    return bands


def _are_cells(bands: list[Band], x: float) -> bool:
    """Say whether cells begin at one place and with no small letter, as the lines of running text do not."""
    size = usual_size(bands[0][0])
    begin = min(word.x0 for left, _ in bands for word in left)
    for left, right in bands:
        rows = [*((row, begin) for row in level_rows(left)), *((row, x) for row in level_rows(right))]
        if any(abs(row.x0 - at) > _FLUSH * size for row, at in rows):
            return False
        if max(word.x1 for word in left) > x - _GUTTER * size or right[0].text[0].islower():
            return False
    return True


def _lines(cell: list[Piece]) -> int:
    return len(level_rows(cell))


def _extent(words: list[Piece]) -> tuple[float, float]:
    return min(word.base - word.size for word in words), max(word.base for word in words)


def is_one_line(band: Band) -> bool:
    """Say whether no cell of a row has several lines."""
    return all(_lines(cell) == 1 for cell in band)
