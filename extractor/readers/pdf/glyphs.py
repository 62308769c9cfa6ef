"""Letters and their boxes from pdfium: what a reader of the page sees, and nothing else.

pdfium's own words and lines are not used: it parts and orders text by rules for copying and pasting. Of its
text pages (``fpdf_text.h``) only single characters are taken: what each stands for, the room it takes, its
type and ink.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extractor.readers.layout import Letter
from extractor.readers.pdf.backdrop import Backdrop
from extractor.readers.pdf.frames import Box, Shown, Upright

MOST_LETTERS = 300_000
"""Letters of one page; a broadsheet page in small type has 40 000."""

_SLANT = math.radians(12)
"""Text that runs off by less is taken for level."""

_LONGEST_NAME = 128
_BOLD = re.compile(rb"bold|black|heavy|demi|CMBX|SFBX|-Bd", re.IGNORECASE)
_FORCED_BOLD = 1 << 18  # ISO 32000-1, table 123
_USUAL_REACH = (0.9, 0.22)
_WHITE = 245
_UNSEEN_MODES = (3, 7)
"""Text rendering modes that draw nothing (ISO 32000-1, table 106)."""
_STROKED = 1
_LINE_ENDS = frozenset((0, 10, 13, 0xFFFE, 0xFFFF))
_BLANKS = frozenset((9, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F, 0x200B, 0x3000))
_HYPHEN = 2  # how pdfium gives a hyphen at the end of a line


@dataclass(slots=True)
class Letters:
    """The letters of a page.

    Attributes:
        by_quarter: By the direction in which they run; see :class:`~extractor.readers.pdf.frames.Upright`.
            -1 is any other.
        seen: How many letters are shown.
        unseen: How many of them are not drawn: the text layer of a scan.
        unmapped: How many of them the file does not say what they stand for.
        cut: Whether there are more than are taken.
    """

    by_quarter: dict[int, list[Letter]] = field(default_factory=dict)
    seen: int = 0
    unseen: int = 0
    unmapped: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Type:
    """What letters drawn by one instruction share."""

    size: float
    quarter: int
    base: float | None  # in the upright frame; None where each letter has its own
    above: float  # how far the line's room reaches above the baseline
    below: float
    ink: str  # "seen", "unseen", "white"
    bold: bool


def letters_of(page: Any, text_page: Any, shown: Shown) -> Letters:
    """Return the letters of a page that can be seen, or that lie unseen over its image.

    Args:
        page: pdfium's page.
        text_page: pdfium's text page of it.
        shown: How the page is shown.
    """
    return _Taking(page, text_page, shown).letters()


class _Taking:
    def __init__(self, page: Any, text_page: Any, shown: Shown) -> None:
        self._text = text_page
        self._shown = shown
        self._types: dict[int, _Type] = {}
        self._backdrop = Backdrop(page, shown)
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def letters(self) -> Letters:
        found = Letters()
        count = pdfium.FPDFText_CountChars(self._text)
        found.cut = count > MOST_LETTERS
        blank = False
        last: tuple[int, Box] | None = None
        for index in range(min(count, MOST_LETTERS)):
            code = pdfium.FPDFText_GetUnicode(self._text, index)
            if code in _LINE_ENDS:
                continue
            if code in _BLANKS:  # pdfium guesses some more, by rules of its own
                blank = blank or not pdfium.FPDFText_IsGenerated(self._text, index)
                continue
            drawn = pdfium.FPDFText_GetTextObject(self._text, index)
            if not drawn:
                continue
            kind = self._type(drawn, index)
            box = self._box(index)
            if box is None or not self._is_shown(kind, box):
                continue
            address = ctypes.addressof(drawn.contents)
            into = found.by_quarter.setdefault(kind.quarter, [])
            text = self._said(code, index)
            if into and last == (address, box):  # one glyph that stands for several letters
                into[-1] = into[-1]._replace(text=into[-1].text + text)
                continue
            last = (address, box)
            found.seen += 1
            found.unseen += kind.ink == "unseen"
            found.unmapped += self._is_unmapped(code, index)
            into.append(self._letter(text, box, kind, index, spaced=blank))
            blank = False
        return found

    def _said(self, code: int, index: int) -> str:
        if code == _HYPHEN and pdfium.FPDFText_IsHyphen(self._text, index):
            return "-"
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            return "\ufffd"
        return chr(code) if code >= 32 else "\ufffd"

    def _is_unmapped(self, code: int, index: int) -> bool:
        if code == _HYPHEN and pdfium.FPDFText_IsHyphen(self._text, index):
            return False
        strange = (
            code < 32 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000
        )
        return strange or pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1

    def _box(self, index: int) -> Box | None:
        if not pdfium.FPDFText_GetLooseCharBox(self._text, index, self._rect):
            return None
        rect = self._rect
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if not math.isfinite(left + bottom + right + top):
            return None
        return self._shown.box(left, bottom, right, top)

    def _is_shown(self, kind: _Type, box: Box) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (0 <= x <= self._shown.width and 0 <= y <= self._shown.height):
            return False
        if kind.ink == "seen":
            return True
        return self._backdrop.has_image(x, y) if kind.ink == "unseen" else self._backdrop.is_dark(x, y)

    def _letter(self, text: str, box: Box, kind: _Type, index: int, *, spaced: bool) -> Letter:
        x0, _, x1, y1 = box
        base = kind.base
        if kind.quarter > 0 or base is None:
            upright = Upright(max(kind.quarter, 0), self._shown.width, self._shown.height)
            x0, _, x1, y1 = upright.box(box)
            base = self._base(index, upright, y1) if base is None else base
        top, bottom = base - kind.above, base + kind.below
        return Letter(text, x0, x1, top, bottom, base, kind.size, index, spaced, kind.bold)

    def _base(self, index: int, upright: Upright, otherwise: float) -> float:
        if not pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y):
            return otherwise
        return upright.line(*self._shown.point(self._x.value, self._y.value))

    def _type(self, drawn: Any, index: int) -> _Type:
        address = ctypes.addressof(drawn.contents)
        known = self._types.get(address)
        if known is None:
            known = self._types[address] = self._type_of(drawn, index)
        return known

    def _type_of(self, drawn: Any, index: int) -> _Type:
        matrix = pdfium.FS_MATRIX()
        scale, angle = 1.0, 0.0
        if pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            scale = math.hypot(matrix.c, matrix.d)
            angle = math.atan2(-matrix.b, matrix.a)  # to the right and down, as shown
        size = abs(pdfium.FPDFText_GetFontSize(self._text, index)) * scale
        angle = (angle + self._shown.turns * math.pi / 2) % (2 * math.pi)
        quarter = round(angle / (math.pi / 2)) % 4
        off = abs((angle + math.pi / 4) % (math.pi / 2) - math.pi / 4)
        if off > _SLANT:
            quarter = -1
        upright = Upright(max(quarter, 0), self._shown.width, self._shown.height)
        base = self._base(index, upright, math.nan) if off < 1e-4 and quarter >= 0 else None
        if base is not None and math.isnan(base):
            base = None
        if not (math.isfinite(size) and size > 0):
            size = 1.0
        above, below = _reach(drawn, size)
        return _Type(size, quarter, base, above, below, self._ink(drawn, index), self._is_bold(index))

    def _is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        pdfium.FPDFText_GetFontInfo(self._text, index, name, _LONGEST_NAME, flags)
        return _BOLD.search(name.value) is not None or bool(flags.value & _FORCED_BOLD)

    def _ink(self, drawn: Any, index: int) -> str:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        if mode in _UNSEEN_MODES:
            return "unseen"
        color = [ctypes.c_uint() for _ in range(4)]
        ask = pdfium.FPDFText_GetStrokeColor if mode == _STROKED else pdfium.FPDFText_GetFillColor
        if not ask(self._text, index, *color):
            return "seen"
        red, green, blue, opaque = (part.value for part in color)
        if opaque == 0:
            return "unseen"
        return "white" if min(red, green, blue) >= _WHITE else "seen"


def _reach(drawn: Any, size: float) -> tuple[float, float]:
    """Return how far a font's letters reach above and below the baseline, accents included.

    The boxes of pdfium's letters follow the font, or the ink, as the font says something of its height or
    nothing.
    """
    font = pdfium.FPDFTextObj_GetFont(drawn)
    height = ctypes.c_float()
    above, below = _USUAL_REACH
    if font and pdfium.FPDFFont_GetAscent(font, 1.0, height) and height.value > 0:
        above = min(max(height.value, 0.75), 1.05)
    if font and pdfium.FPDFFont_GetDescent(font, 1.0, height) and height.value < 0:
        below = min(max(-height.value, 0.2), 0.35)
    return above * size, below * size


def shown_page(page: Any) -> Shown:
    """Return how pdfium shows a page."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    turns = pdfium.FPDFPage_GetRotation(page) % 4
    return Shown(rect.left, rect.bottom, rect.right, rect.top, turns)


def slanted(letters: list[Letter]) -> Iterator[list[Letter]]:
    """Yield letters that run aslant, such as a stamp's, word by word."""
    word: list[Letter] = []
    for letter in letters:
        if word and letter.spaced:
            yield word
            word = []
        word.append(letter)
    if word:
        yield word
