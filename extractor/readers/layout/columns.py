"""Columns, and the order in which they are read.

A gutter is a strip that no word enters, with words on both sides, those at its right flush with it. The
tallest one parts what it runs through; what stands above it (a title over columns) and below is read before
and after. The cells of a table have gutters, too: what tells columns of text is that they are drawn one
after the other, or that their lines begin in the middle of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.readers.layout.cells import Cell, bands_of, is_one_line
from extractor.readers.layout.rows import Row, leading, level_rows, usual_size
from extractor.readers.layout.words import Piece

_GUTTER = 0.6
"""Least width of a gutter, in parts of the usual size; TeX's columns leave one size."""

_FLUSH = 0.25
"""How exactly the lines of a column begin at one place."""

_DEEPEST = 12
"""How often a page is parted at most."""

_LEVEL = 0.3
"""Baselines no further apart, in parts of the size, are one."""

_RUNNING = 0.3
"""Share of a column's lines that begin with a small letter, where it is running text."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip between columns.

    Attributes:
        x: Where the right column begins.
        top: Upper end of what it parts.
        bottom: Lower end.
        rows: How many rows it parts, counted on both sides.
        is_table: Whether it parts cells that have several lines, not columns.
    """

    x: float
    top: float
    bottom: float
    rows: int
    is_table: bool = False


def in_reading_order(words: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """Return the columns, or parts of them, in the order in which they are read."""
    if not words:
        return []
    gutter = _tallest_gutter(words) if depth < _DEEPEST else None
    if gutter is None:
        return [words if isinstance(words, Cell) else list(words)]
    above = [word for word in words if word.base < gutter.top]
    below = [word for word in words if word.base > gutter.bottom]
    beside = [word for word in words if gutter.top <= word.base <= gutter.bottom]
    if gutter.is_table:
        parts = [above, *_cells(beside, gutter.x), below]
        return [region for part in parts for region in in_reading_order(part, depth + 1)]
    left = [word for word in beside if (word.x0 + word.x1) / 2 < gutter.x]
    right = [word for word in beside if (word.x0 + word.x1) / 2 >= gutter.x]
    return [region for part in (above, left, right, below) for region in in_reading_order(part, depth + 1)]


def _cells(words: Sequence[Piece], x: float) -> Iterator[list[Piece]]:
    for left, right in bands_of(words, x):
        if is_one_line((left, right)):
            yield left + right
        else:
            yield from (left, right)


def _tallest_gutter(words: Sequence[Piece]) -> Gutter | None:
    rows = level_rows(words)
    if len(rows) < 2:
        return None
    size = usual_size(words)
    found = [gutter for x in _flush_edges(rows, size) for gutter in _gutters_at(x, words, size)]
    return max(found, key=lambda gutter: (not gutter.is_table, gutter.rows), default=None)


def _flush_edges(rows: list[Row], size: float) -> list[float]:
    """Return where several rows begin, or go on behind some room."""
    begins = sorted(
        word.x0
        for row in rows
        for before, word in pairwise([None, *row.words])
        if word is not None and (before is None or word.x0 - before.x1 >= _GUTTER * size)
    )
    edges: list[list[float]] = []
    for x in begins:
        if edges and x - edges[-1][0] <= 2 * _FLUSH * size:
            edges[-1].append(x)
        else:
            edges.append([x])
    return [alike[0] for alike in edges if len(alike) >= 2]


def _gutters_at(x: float, words: Sequence[Piece], size: float) -> list[Gutter]:
    """Return the gutters that end at ``x``, one below the other."""
    low, high = x - _GUTTER * size, x - 0.05 * size
    edge = x + 2 * _FLUSH * size
    inside = sorted(
        (word.base - word.size, word.base + 0.1 * word.size)
        for word in words
        if word.x0 < high and word.x1 > low
    )
    top = min(word.base for word in words) - size
    bottom = max(word.base for word in words) + size
    free: list[tuple[float, float]] = []
    at = top
    for begin, end in inside:
        if begin > at:
            free.append((at, begin))
        at = max(at, end)
    if bottom > at:
        free.append((at, bottom))
    gutters = (_gutter(x, edge, begin, end, words, size) for begin, end in free)
    return [gutter for gutter in gutters if gutter is not None]


def _gutter(
    x: float, edge: float, top: float, bottom: float, words: Sequence[Piece], size: float
) -> Gutter | None:
    within = [word for word in words if top < word.base - 0.35 * word.size and word.base <= bottom]
    left = level_rows(word for word in within if word.x1 <= x)
    right = level_rows(word for word in within if word.x0 >= x - 0.05 * size)
    if len(left) < 2 or len(right) < 2:
        return None
    flush = sum(row.words[0].x0 <= edge for row in right)
    if flush < max(2, 0.4 * len(right)):
        return None
    top, bottom, left, right = _without_lone_rows(left, right, top, bottom)
    if len(left) < 2 or len(right) < 2:
        return None
    if not _parts_text(left, right, x, size):
        beside = [word for word in within if top < word.base <= bottom]
        is_table = bool(bands_of(beside, x))
        return Gutter(x, top, bottom, len(left) + len(right), is_table=True) if is_table else None
    return Gutter(x, top, bottom, len(left) + len(right))


def _without_lone_rows(
    left: list[Row], right: list[Row], top: float, bottom: float
) -> tuple[float, float, list[Row], list[Row]]:
    """Leave out rows above and below that are drawn across the gutter and set apart from the columns.

    A head with a name at its left and a date at its right is no part of the columns below, although the
    gutter runs through it.
    """
    usual = min(leading(left), leading(right))
    while min(len(left), len(right)) > 2:
        first = min(left[0].base, right[0].base)
        head = [rows[0] for rows in (left, right) if rows[0].base - first < 0.3 * usual]
        rest = [row for rows in (left, right) for row in rows if all(row is not one for one in head)]
        if not rest or min(row.base for row in rest) - first < 1.4 * usual or not _drawn_before(head, rest):
            break
        left = [row for row in left if all(row is not one for one in head)]
        right = [row for row in right if all(row is not one for one in head)]
        top = (first + min(row.base for row in rest)) / 2
    while min(len(left), len(right)) > 2:
        final = max(left[-1].base, right[-1].base)
        foot = [rows[-1] for rows in (left, right) if final - rows[-1].base < 0.3 * usual]
        rest = [row for rows in (left, right) for row in rows if all(row is not one for one in foot)]
        if not rest or final - max(row.base for row in rest) < 1.4 * usual or not _drawn_before(rest, foot):
            break
        left = [row for row in left if all(row is not one for one in foot)]
        right = [row for row in right if all(row is not one for one in foot)]
        bottom = (final + max(row.base for row in rest)) / 2
    return top, bottom, left, right


def _drawn_before(some: list[Row], others: list[Row]) -> bool:
    return max(word.order for row in some for word in row.words) < min(
        word.order for row in others for word in row.words
    )


def _parts_text(left: list[Row], right: list[Row], x: float, size: float) -> bool:
    """Say whether a gutter parts columns of text, not cells of a table."""
    if _median_letters(left) < 4 or _median_letters(right) < 4:
        return False
    fewest = min(len(left), len(right))
    width = x - max(row.x1 for row in left)
    changes = _changes_of_side(left, right)
    alternation = changes / max(1, 2 * fewest - 1)
    if alternation <= 0.34 or changes <= 1:
        return fewest >= 3 or width >= 1.5 * size
    running = _running(left) >= _RUNNING and _running(right) >= _RUNNING
    return running and fewest >= 5 and width >= 0.8 * size and _is_wider_than_blanks(left, right)


def _is_wider_than_blanks(left: list[Row], right: list[Row]) -> bool:
    """Say whether the room between columns is wider than between words, which justified lines stretch."""
    wider = beside = 0
    for row in left:
        other = next((one for one in right if abs(one.base - row.base) < _LEVEL * row.size), None)
        blanks = [b.x0 - a.x1 for one in (row, other) if one for a, b in pairwise(one.words)]
        if other is None or not blanks:
            continue
        beside += 1
        wider += other.words[0].x0 - row.x1 > 1.5 * median(blanks)
    return wider >= 0.8 * beside


def _median_letters(rows: list[Row]) -> float:
    counts = sorted(sum(len(word.text) for word in row.words) for row in rows)
    return counts[len(counts) // 2]


def _changes_of_side(left: list[Row], right: list[Row]) -> int:
    """Return how often drawing changes from one side to the other."""
    drawn = sorted(
        (word.order, side) for side, rows in ((0, left), (1, right)) for row in rows for word in row.words
    )
    return sum(a[1] != b[1] for a, b in pairwise(drawn))


def _running(rows: list[Row]) -> float:
    """Return the share of lines that begin in the middle of a sentence."""
    return sum(row.words[0].text[0].islower() for row in rows) / len(rows)
