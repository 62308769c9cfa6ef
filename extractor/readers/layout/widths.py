"""How wide columns are: a short one is as wide as longer ones that begin at the same place, on any page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.readers.layout.paragraphs import is_flush
from extractor.readers.layout.rows import Row

_ENOUGH = 5
"""Lines of which the longest shows how wide a column is."""
_MANY = 12
"""As many lines show it of their own column, justified or not."""


@dataclass(frozen=True, slots=True)
class _Width:
    left: float
    right: float
    size: float


class Widths:
    """The columns of a document by the place where they begin."""

    def __init__(self, columns: Iterable[Sequence[Row]]) -> None:
        self._known: list[_Width] = []
        seen: set[tuple[int, int]] = set()
        for rows in columns:
            if len(rows) < _ENOUGH:
                continue
            width = _width_of(rows)
            key = round(width.left), round(width.right)
            if key not in seen:
                seen.add(key)
                self._known.append(width)

    def edge_of(self, rows: Sequence[Row]) -> float | None:
        """Return how far to the right lines of a column could reach; ``None`` if no other shows it."""
        if not rows:
            return None
        own = _width_of(rows)
        if len(rows) >= _MANY or is_flush(rows, own.right):
            return None
        return min(
            (
                other.right
                for other in self._known
                if abs(other.left - own.left) < 1.5 * own.size and other.right > own.right - 0.1 * own.size
            ),
            default=None,
        )


def _width_of(rows: Sequence[Row]) -> _Width:
    return _Width(min(row.x0 for row in rows), max(row.x1 for row in rows), rows[0].size)
