"""What stands in the fields of a form, and in text boxes laid over a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from extractor.readers.layout import Piece
from extractor.readers.pdf.frames import Box, Shown

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST_FIELDS = 2_000
_MOST_LETTERS = 20_000
_UNSEEN = 2 | 32  # hidden, no view (ISO 32000-1, table 165)
_SECRET = 1 << 13  # a password (table 228)
_SIZE = 11.0
_SHOWN_TYPES = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)


def fields_of(page: PdfPage, shown: Shown, words: list[Piece]) -> list[Piece]:
    """Return the words in form fields and text boxes.

    Their places are shared out over the field's own, for pdfium does not tell them.

    Args:
        page: The page.
        shown: How it is shown.
        words: The words of the page itself: fields come behind those at their left.
    """
    found: list[Piece] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_FIELDS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            text = _text_of(annotation, page)
            rect = pdfium.FS_RECTF()
            if text.strip() and pdfium.FPDFAnnot_GetRect(annotation, rect):
                box = shown.box(rect.left, rect.bottom, rect.right, rect.top)
                found += _pieces(text, box, [*words, *found])
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _text_of(annotation: Any, page: PdfPage) -> str:
    if pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return ""
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _said(lambda *to: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", *to))
    forms = page.formenv
    if kind != pdfium.FPDF_ANNOT_WIDGET or forms is None:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldType(forms, annotation) not in _SHOWN_TYPES:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(forms, annotation) & _SECRET:
        return ""
    return _said(lambda *to: pdfium.FPDFAnnot_GetFormFieldValue(forms, annotation, *to))


def _said(ask: Callable[[Any, int], int]) -> str:
    """Return a string that pdfium writes as UTF-16 into room that it is given."""
    needed = ask(None, 0)
    if not 2 < needed <= 4 * _MOST_LETTERS:
        return ""
    room = (ctypes.c_ushort * (needed // 2 + 1))()
    ask(ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), needed)
    return bytes(room)[: needed - 2].decode("utf-16-le", "replace")


def _pieces(text: str, box: Box, words: list[Piece]) -> Iterator[Piece]:
    x0, y0, x1, y1 = box
    lines = [line for line in text.splitlines() if line.strip()]
    step = (y1 - y0) / len(lines)
    size = max(1.0, min(_SIZE, 0.8 * step))
    longest = max(map(len, lines))
    letter = min(0.55 * size, (x1 - x0) / longest)
    for number, line in enumerate(lines):
        base = y0 + number * step + (step + 0.7 * size) / 2
        order = _order_of(x0, base, size, words)
        at = 0
        for part in line.split():
            start = line.index(part, at)
            at = start + len(part)
            yield Piece(
                part,
                x0 + letter * start,
                base - 0.8 * size,
                x0 + letter * at,
                base + 0.2 * size,
                base,
                size,
                order,
                spaced=True,
                blank_behind=True,
            )


def _order_of(x: float, base: float, size: float, words: list[Piece]) -> int:
    """Return the place in the order of drawing of what stands at the left, or above."""
    level = [word for word in words if abs(word.base - base) < size and word.x0 <= x]
    if level:
        return max(level, key=lambda word: word.x0).order
    above = [word for word in words if word.base < base]
    return max(above, key=lambda word: word.base).order if above else 0
