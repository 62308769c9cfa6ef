"""Letters as a page shows them, and what is no letter of their own: doubles, and accents drawn apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_DOUBLED = 0.13
"""Equal letters no further apart, in parts of their size, are one that is printed twice to look bold."""

_ACCENTS = {
    "\u00b4": "\u0301",
    "\u0060": "\u0300",
    "\u02c6": "\u0302",
    "^": "\u0302",
    "\u00a8": "\u0308",
    "\u00b8": "\u0327",
    "\u02dc": "\u0303",
}
_COLUMN = 4.0
"""Letters are looked up by strips of the page, so wide in its unit."""
_DOTLESS = {"ı": "i", "ȷ": "j"}


class Letter(NamedTuple):
    """A letter, or several that one glyph stands for, in a frame in which text runs to the right.

    Attributes:
        text: What it stands for.
        x0: Left end of the room it takes.
        x1: Right end.
        y0: Upper edge of its line's room.
        y1: Lower edge.
        base: Height of the baseline, from the top.
        size: Of the type, in the page's unit.
        order: Its place in the order of drawing.
        spaced: Whether a blank was drawn before it.
        bold: Whether it is set in bold type.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    size: float
    order: int
    spaced: bool = False
    bold: bool = False


def printed_once(letters: Sequence[Letter]) -> Iterable[Letter]:
    """Return the letters without those printed again on top of themselves."""
    # Of a line that is printed twice, some letters at least share a cell of this grid with their doubles.
    places = {
        (one.text, int(one.x0 / (2 * _DOUBLED * one.size)), int(one.base / (2 * _DOUBLED * one.size)))
        for one in letters
    }
    return letters if len(places) == len(letters) else _printed_once(letters)


def _printed_once(letters: Iterable[Letter]) -> Iterator[Letter]:
    seen: dict[tuple[str, int, int], list[Letter]] = {}
    for letter in letters:
        reach = max(_DOUBLED * letter.size, 1e-6)
        column, row = int(letter.x0 // reach), int(letter.base // reach)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((letter.text, column + dx, row + dy), ())
        )
        if any(_is_double(letter, other, reach) for other in near):
            continue
        seen.setdefault((letter.text, column, row), []).append(letter)
        yield letter


def _is_double(letter: Letter, other: Letter, reach: float) -> bool:
    same_size = abs(letter.size - other.size) <= 0.1 * letter.size
    return same_size and abs(letter.x0 - other.x0) <= reach and abs(letter.base - other.base) <= reach


def with_accents(letters: Iterable[Letter]) -> list[Letter]:
    """Return the letters, an accent that is drawn over one as part of it (old TeX fonts)."""
    found = [*letters]
    accents = [k for k, letter in enumerate(found) if letter.text in _ACCENTS]
    if not accents:
        return found
    columns: dict[int, list[int]] = {}
    for k, letter in enumerate(found):
        if len(letter.text) == 1 and letter.text.isalpha():
            for column in range(int(letter.x0 // _COLUMN), int(letter.x1 // _COLUMN) + 1):
                columns.setdefault(column, []).append(k)
    gone: set[int] = set()
    for k in accents:
        for other in columns.get(int((found[k].x0 + found[k].x1) / 2 // _COLUMN), ()):
            composed = _composed(found[k], found[other])
            if composed is not None:
                found[other] = composed
                gone.add(k)
                break
    return [letter for k, letter in enumerate(found) if k not in gone]


def _composed(accent: Letter, letter: Letter) -> Letter | None:
    mark = _ACCENTS[accent.text]
    middle = (accent.x0 + accent.x1) / 2
    if not letter.x0 <= middle <= letter.x1:  # an apostrophe, perhaps
        return None
    if abs(accent.base - letter.base) > 0.6 * letter.size:
        return None
    text = unicodedata.normalize("NFC", _DOTLESS.get(letter.text, letter.text) + mark)
    if len(text) != 1:
        return None
    drawn_first = accent.order == letter.order - 1
    return letter._replace(text=text, spaced=letter.spaced or (accent.spaced and drawn_first))
