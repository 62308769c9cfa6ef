"""What lies under the letters of a page: asked only where letters are white or not drawn at all."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from extractor.readers.pdf.frames import Box, Shown

_MOST_OBJECTS = 20_000
_DEEPEST = 4
_LIGHT = 235


class Backdrop:
    """Images and filled areas of a page."""

    def __init__(self, page: Any, shown: Shown) -> None:
        self._page = page
        self._shown = shown
        self._images: list[Box] | None = None
        self._areas: list[Box] = []

    def has_image(self, x: float, y: float) -> bool:
        """Say whether an image lies at a point of the page as it is shown."""
        return _covers(self._found(), x, y)

    def is_dark(self, x: float, y: float) -> bool:
        """Say whether an image or a coloured area lies at a point."""
        return _covers(self._found(), x, y) or _covers(self._areas, x, y)

    def _found(self) -> list[Box]:
        if self._images is None:
            self._images = []
            for drawn in _objects(self._page):
                self._note(drawn, self._images)
        return self._images

    def _note(self, drawn: Any, images: list[Box]) -> None:
        if _holds(drawn, _is_image, _DEEPEST):
            images.extend(self._bounds(drawn))
        elif _holds(drawn, _is_area, _DEEPEST):
            self._areas.extend(self._bounds(drawn))

    def _bounds(self, drawn: Any) -> Iterator[Box]:
        edges = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            yield self._shown.box(left, bottom, right, top)


def _covers(boxes: list[Box], x: float, y: float) -> bool:
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)


def _objects(page: Any) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if drawn:
            yield drawn


def _inside(form: Any) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
        drawn = pdfium.FPDFFormObj_GetObject(form, index)
        if drawn:
            yield drawn


def _holds(drawn: Any, wanted: Callable[[Any], bool], depth: int) -> bool:
    """Say whether something drawn is what is wanted, or a form that holds it."""
    if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_FORM:
        return wanted(drawn)
    return depth > 0 and any(_holds(one, wanted, depth - 1) for one in _inside(drawn))


def _is_image(drawn: Any) -> bool:
    return bool(pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_IMAGE)


def _is_area(drawn: Any) -> bool:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    return kind == pdfium.FPDF_PAGEOBJ_SHADING or (kind == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(drawn))


def _is_filled(path: Any) -> bool:
    """Say whether a path is filled with a colour on which white can be read."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroked) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    color = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *color):
        return True
    red, green, blue, opaque = (part.value for part in color)
    return opaque > 0 and min(red, green, blue) < _LIGHT
