"""From letters to words.

Words end where a blank is drawn, and where the next letter leaves more room than letters of one word do. How
much that is depends on the line: in spaced type every letter leaves room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.readers.layout.letters import Letter, printed_once, with_accents

_APART = 0.15
"""Room between the letters of two words at least, in parts of the type's size; TeX sets 0.22 and more."""

_BACK = 0.45
"""How far a letter may reach back under the one before (kerning, italics)."""

_SPACED = 0.1
"""From this room between most letters on, a line is set in spaced type."""

_ENOUGH = 3
"""Rooms that show whether type is spaced."""

_OVERLAP = 0.5
"""Share of the smaller letter's height that letters of one word have in common; raised letters do."""


@dataclass(slots=True)
class Piece:
    """A word, or as much of one as stands on a line.

    Attributes:
        text: Its letters.
        x0: Left edge.
        y0: Upper edge.
        x1: Right edge.
        y1: Lower edge.
        base: Height of its baseline, from the top.
        size: Of most of its letters.
        order: Place of its first letter in the order of drawing.
        spaced: Whether a blank was drawn before it.
        blank_behind: Whether one was drawn behind it.
        bold: Whether it is set in bold type.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    order: int
    spaced: bool = False
    blank_behind: bool = False
    bold: bool = False


def words_of(letters: Sequence[Letter]) -> list[Piece]:
    """Return the words, in the order of drawing."""
    words: list[Piece] = []
    for run in _runs(with_accents(printed_once(letters))):
        words += _cut(run)
    return words


def _runs(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Yield letters that are drawn one behind the other on one line."""
    run: list[Letter] = []
    for letter in letters:
        if run and not _beside(run[-1], letter):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _beside(one: Letter, other: Letter) -> bool:
    smaller = min(one.size, other.size)
    if other.x0 < one.x1 - _BACK * smaller or other.x0 > one.x1 + 4 * max(one.size, other.size):
        return False
    # What counts is where letters stand, not the room that their fonts claim above and below.
    top, bottom = max(_top(one), _top(other)), min(one.base, other.base)
    return bottom - top >= _OVERLAP * 0.7 * smaller


def _top(letter: Letter) -> float:
    return letter.base - 0.7 * letter.size


def _cut(run: list[Letter]) -> Iterator[Piece]:
    for stretch, blank_behind in _between_blanks(run):
        limit = _limit(stretch)
        word = [stretch[0]]
        for one, other in pairwise(stretch):
            if other.x0 - one.x1 > limit * min(one.size, other.size):
                yield _piece(word)
                word = []
            word.append(other)
        yield _piece(word, blank_behind=blank_behind)


def _between_blanks(run: list[Letter]) -> Iterator[tuple[list[Letter], bool]]:
    """Yield the letters between blanks that are drawn, and whether there is one behind them."""
    stretch: list[Letter] = []
    for letter in run:
        if stretch and letter.spaced:
            yield stretch, True
            stretch = []
        stretch.append(letter)
    if stretch:
        yield stretch, False


def _limit(stretch: list[Letter]) -> float:
    """Return from which room on words end, in parts of the size."""
    rooms = sorted((b.x0 - a.x1) / min(a.size, b.size) for a, b in pairwise(stretch))
    if len(rooms) < _ENOUGH or not all(letter.text.isalpha() for letter in stretch[:_ENOUGH]):
        return _APART
    usual = rooms[len(rooms) // 4]
    return usual * 1.5 + _APART if usual > _SPACED else _APART


def _piece(letters: list[Letter], *, blank_behind: bool = False) -> Piece:
    size = median(letter.size for letter in letters)
    large = [letter for letter in letters if letter.size >= 0.9 * size]
    return Piece(
        text="".join(letter.text for letter in letters),
        x0=min(letter.x0 for letter in letters),
        y0=min(letter.y0 for letter in letters),
        x1=max(letter.x1 for letter in letters),
        y1=max(letter.y1 for letter in letters),
        base=max(letter.base for letter in large),
        size=max(letter.size for letter in letters),
        order=letters[0].order,
        spaced=letters[0].spaced,
        blank_behind=blank_behind,
        bold=2 * sum(letter.bold for letter in letters) > len(letters),
    )
