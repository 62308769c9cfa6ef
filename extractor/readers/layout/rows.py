"""From words to rows: what stands on one baseline, raised letters and drop caps included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.readers.layout.words import Piece

_LEVEL = 0.3
"""Baselines no further apart, in parts of the type's size, are one."""

_RAISED = 0.6
"""How far above its line's baseline a raised word may stand, in parts of the line's size."""

_SMALLER = 0.82
"""Raised words are smaller by this factor at least."""

_DROP = 1.7
"""A drop cap is larger than the text by this factor at least."""

_TOUCHING = 0.05
"""Pieces of one word, drawn apart, leave no more room than this between them."""


@dataclass(slots=True)
class Row:
    """Words on one baseline.

    Attributes:
        words: From left to right.
        base: Height of the baseline.
        dropped: How far its beginning stands to the right of where it would, for a drop cap is beside it.
    """

    words: list[Piece]
    base: float
    dropped: float = 0.0
    _size: float = 0.0

    @property
    def x0(self) -> float:
        """Left edge, as if there were no drop cap."""
        return self.words[0].x0 - self.dropped

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(word.y1 for word in self.words)

    @property
    def size(self) -> float:
        """Size of most of its letters; asked once its words stay."""
        if not self._size:
            self._size = usual_size(self.words)
        return self._size

    @property
    def bold(self) -> bool:
        """Whether most of it is set in bold type."""
        return 2 * sum(len(word.text) for word in self.words if word.bold) > sum(
            len(word.text) for word in self.words
        )

    @property
    def wholly_bold(self) -> bool:
        """Whether all of it is set in bold type."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)


def usual_size(words: Iterable[Piece]) -> float:
    """Return the size of most letters; 1 where there are none."""
    sizes = sorted((word.size, len(word.text)) for word in words)
    if sizes and sizes[0][0] == sizes[-1][0]:
        return sizes[0][0] or 1.0
    half = sum(count for _, count in sizes) / 2
    told = 0
    for size, count in sizes:
        told += count
        if told >= half:
            return size or 1.0
    return 1.0


def rows_of(words: Sequence[Piece]) -> list[Row]:
    """Return the rows of one column, from top to bottom, drop caps put before the row that they begin."""
    size = usual_size(words)
    large = [word for word in words if _may_be_drop_cap(word, size)]
    if not large:
        return level_rows(words)
    rows = level_rows([word for word in words if not any(word is one for one in large)])
    for cap in large:
        if not _put_before(cap, rows, size):
            rows = _with(rows, cap)
    return rows


def level_rows(words: Iterable[Piece]) -> list[Row]:
    """Return the rows, from top to bottom, whatever stands beside each other."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda one: (one.base, one.x0)):
        last = rows[-1] if rows else None
        if last is not None and word.base - last.base <= _LEVEL * min(word.size, last.words[-1].size):
            last.words.append(word)
        else:
            rows.append(Row([word], word.base))
    merged: list[Row] = []
    for row in rows:
        if merged and _is_raised(merged[-1], row):
            merged[-1] = Row(merged[-1].words + row.words, row.base)
        elif merged and _is_lowered(merged[-1], row):
            merged[-1].words += row.words
        else:
            merged.append(row)
    for row in merged:
        row.words = _put_together(sorted(row.words, key=lambda one: one.x0))
        row.base = median(word.base for word in row.words)
    return merged


def _is_raised(above: Row, row: Row) -> bool:
    """Say whether all words of a row are raised ones of the row below."""
    size = max(word.size for word in row.words)
    return _is_beside(above, row, size) and max(word.size for word in above.words) <= _SMALLER * size


def _is_lowered(row: Row, below: Row) -> bool:
    size = max(word.size for word in row.words)
    return _is_beside(below, row, size) and max(word.size for word in below.words) <= _SMALLER * size


def _is_beside(small: Row, row: Row, size: float) -> bool:
    """Say whether small words stand right before or behind words of a row, and over none."""
    if abs(row.base - small.base) > _RAISED * size:
        return False
    for word in small.words:
        touched = [w for w in row.words if w.x0 < word.x1 + 0.3 * size and word.x0 < w.x1 + 0.3 * size]
        if not touched or any(min(w.x1, word.x1) - max(w.x0, word.x0) > 0.15 * size for w in touched):
            return False
    return True


def _put_together(words: list[Piece]) -> list[Piece]:
    """Return the words of a row, those that touch as one where no blank was drawn between."""
    put: list[Piece] = []
    for word in words:
        last = put[-1] if put else None
        room = word.x0 - last.x1 if last else 0.0
        small = min(word.size, last.size) if last else 1.0
        if (
            last is not None
            and -0.3 * small <= room <= _TOUCHING * small
            and not (last.blank_behind or word.spaced)
        ):
            put[-1] = joined(last, word)
        else:
            put.append(word)
    return put


def joined(one: Piece, other: Piece) -> Piece:
    """Return two pieces as one word."""
    larger = max(one, other, key=lambda piece: (piece.size, piece.base))
    return Piece(
        one.text + other.text,
        min(one.x0, other.x0),
        min(one.y0, other.y0),
        max(one.x1, other.x1),
        max(one.y1, other.y1),
        larger.base,
        max(one.size, other.size),
        min(one.order, other.order),
        one.spaced,
        other.blank_behind,
        one.bold,
    )


def _may_be_drop_cap(word: Piece, size: float) -> bool:
    letters = word.text.strip("«»“”\"'’ ")
    return word.size >= _DROP * size and len(letters) == 1 and letters.isalpha() and letters.isupper()


def _put_before(cap: Piece, rows: list[Row], size: float) -> bool:
    """Put a drop cap before the first of the rows that stand at its right; ``False`` where none do."""
    top = cap.base - 0.8 * cap.size
    beside = [
        row
        for row in rows
        if top - 0.3 * size <= row.base - 0.5 * row.size
        and row.base <= cap.base + 0.3 * size
        and -0.2 * size <= row.words[0].x0 - cap.x1 <= 1.5 * size
    ]
    if len(beside) < 2:
        return False
    first = beside[0]
    edge = cap.x0
    for row in beside:
        row.dropped = row.words[0].x0 - edge
    whole = joined(cap, first.words[0])
    whole.size, whole.base = first.words[0].size, first.words[0].base
    whole.y0, whole.y1 = min(top, first.words[0].y0), max(cap.base, first.words[0].y1)
    first.words[0] = whole
    first.dropped = 0.0
    return True


def _with(rows: list[Row], word: Piece) -> list[Row]:
    """Return the rows with a large word that is no drop cap after all."""
    for row in rows:
        if abs(row.base - word.base) <= _LEVEL * min(word.size, row.size):
            row.words = sorted([*row.words, word], key=lambda one: one.x0)
            row._size = 0.0
            return rows
    return sorted([*rows, Row([word], word.base)], key=lambda row: row.base)


def leading(rows: Sequence[Row]) -> float:
    """Return how far apart the baselines of neighbouring rows mostly are."""
    gaps = sorted(b.base - a.base for a, b in pairwise(rows) if b.base - a.base > 0.6 * min(a.size, b.size))
    if not gaps:
        return 1.25 * (rows[0].size if rows else 10.0)
    low = gaps[len(gaps) // 4]
    return min(low, 2.2 * median(row.size for row in rows))
