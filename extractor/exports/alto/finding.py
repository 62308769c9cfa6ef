"""Which strings of an ALTO file say what a record's span says: those in its boxes, if their letters agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import isfinite

from extractor.exports.alto.file import AltoFile
from extractor.record import Box, DocumentPage, Span

_NO_LETTER = re.compile(r"[\s\-‐‑¬\xad]+")
"""Blanks, and the hyphens that part words, which may be no part of any string."""

_PARTS = 60
"""Rows and columns that a page is looked through by."""

_LEAST = 0.5
"""Share of the narrower of two boxes that must lie within the other."""

Rectangle = tuple[float, float, float, float]
Cell = tuple[int, int, int]


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
        self._pages = {page.page: page for page in pages}
        self._cells: dict[Cell, list[tuple[int, Rectangle]]] = {}
        for number, string in enumerate(file.strings):
            page = self._pages.get(first + string.page - 1) if string.page else None
            if page is not None and string.box is not None:
                width, height = file.sizes[string.page - 1]
                across = page.width / width if width > 0 and page.width > 0 else 1.0
                down = page.height / height if height > 0 and page.height > 0 else 1.0
                x, y, w, h = string.box
                box = (x * across, y * down, w * across, h * down)
                for cell in _cells(page, box):
                    self._cells.setdefault(cell, []).append((number, box))

    def saying(self, span: Span) -> list[int]:
        """Return the strings that a span covers, in order; none where they do not say what it says."""
        found = sorted({number for box in span.boxes for number in self._within(box)})
        said = "".join(_letters(self._file.strings[number].content) for number in found)
        return found if found and _letters(span.text) in said else []

    def _within(self, box: Box) -> Iterator[int]:
        page = self._pages.get(box.page)
        if page is None or not all(map(isfinite, (box.x, box.y, box.w, box.h))):
            return
        for cell in _cells(page, (box.x, box.y, box.w, box.h)):
            for number, (x, y, w, h) in self._cells.get(cell, ()):
                across = min(x + w, box.x + box.w) - max(x, box.x)
                middle = abs(y + h / 2 - box.y - box.h / 2)
                if across >= _LEAST * min(w, box.w) and middle < max(h, box.h) / 2:
                    yield number


def _cells(page: DocumentPage, box: Rectangle) -> Iterator[Cell]:
    """Yield the parts of a page that a box touches; what lies beyond the page counts as at its edge."""
    x, y, w, h = box
    left, right = _part(x, page.width), _part(x + w, page.width)
    top, bottom = _part(y, page.height), _part(y + h, page.height)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield page.page, row, column


def _part(value: float, whole: float) -> int:
    return min(max(int(_PARTS * value / whole), 0), _PARTS) if whole > 0 else 0


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)
