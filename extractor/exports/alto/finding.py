"""Which strings of an ALTO file say what a record's span says: those in its boxes, if their letters agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.exports.alto.file import AltoFile
from extractor.record import Box, DocumentPage, Span

_NO_LETTER = re.compile(r"[\s\-‐‑¬\xad]+")
"""Blanks, and the hyphens that part words, which may be no part of any string."""

_ROWS = 100
_LEAST = 0.5
"""Share of the narrower of two boxes that must lie within the other."""

Rectangle = tuple[float, float, float, float]


class StringsOfPages:
    """The strings of a file by their places on the pages of a record.

    Args:
        file: The file.
        first: The number of the record's page that the file's first page is.
        pages: The record's pages. Where page and file differ in their units, as a PDF's points do from the
            pixels of its recognition, their sizes tell how many of one make the other.
    """

    def __init__(self, file: AltoFile, first: int, pages: Iterable[DocumentPage]) -> None:
        self._file = file
        self._rows: dict[tuple[int, int], list[tuple[int, Rectangle]]] = {}
        self._heights: dict[int, float] = {}
        known = {page.page: page for page in pages}
        for number, string in enumerate(file.strings):
            page = known.get(first + string.page - 1) if string.page else None
            if page is not None and string.box is not None:
                width, height = file.sizes[string.page - 1]
                across = page.width / width if width > 0 and page.width > 0 else 1.0
                down = page.height / height if height > 0 and page.height > 0 else 1.0
                x, y, w, h = string.box
                self._heights.setdefault(page.page, (page.height or 1.0) / _ROWS)
                box = (x * across, y * down, w * across, h * down)
                self._rows.setdefault((page.page, self._row(page.page, box[1] + box[3] / 2)), []).append(
                    (number, box)
                )

    def saying(self, span: Span) -> list[int]:
        """Return the strings that a span covers, in order; none where they do not say what it says."""
        found = sorted({number for box in span.boxes for number in self._within(box)})
        said = "".join(_letters(self._file.strings[number].content) for number in found)
        return found if found and _letters(span.text) in said else []

    def _row(self, page: int, y: float) -> int:
        return int(y // self._heights[page])

    def _within(self, box: Box) -> Iterator[int]:
        if box.page not in self._heights:
            return
        first, last = self._row(box.page, box.y), self._row(box.page, box.y + box.h)
        for row in range(max(first - 1, -1), min(last, 10 * _ROWS) + 2):
            for number, (x, y, w, h) in self._rows.get((box.page, row), ()):
                across = min(x + w, box.x + box.w) - max(x, box.x)
                middle = abs(y + h / 2 - box.y - box.h / 2)
                if across >= _LEAST * min(w, box.w) and middle < max(h, box.h) / 2:
                    yield number


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)
