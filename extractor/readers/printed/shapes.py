"""A printed page as readers hand it on: blocks, lines and words in reading order, and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from extractor.readers.source import Page, Skipped, Word


class PrintedWord(NamedTuple):
    """A word, as the source has it, and its box in the page's unit, from the upper left."""

    text: str
    x: float
    y: float
    w: float
    h: float
    confidence: float | None = None


@dataclass(slots=True)
class PrintedLine:
    """A line of a block.

    Attributes:
        words: From left to right; there is at least one.
        goes_on: Whether the paragraph goes on in the next line of the block; ``None`` where the reader does
            not
            say. Of a block's last line, the block's ``ends`` says it.
    """

    words: list[PrintedWord]
    goes_on: bool | None = None

    @property
    def left(self) -> float:
        """The left edge, in the page's unit."""
        return min(word.x for word in self.words)

    @property
    def right(self) -> float:
        """The right edge."""
        return max(word.x + word.w for word in self.words)

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(word.y for word in self.words)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(word.y + word.h for word in self.words)

    @property
    def height(self) -> float:
        """The height of most of its words."""
        return median(word.h for word in self.words)

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class PrintedBlock:
    """A paragraph, heading, list or table: lines that belong together.

    Attributes:
        lines: From top to bottom.
        skip: Why it is no part of the report (``running_head``, ``page_number``, ``advert``...), if it is
            none.
        ends: Whether a paragraph ends with it (``False``: it goes on in the next block); ``None`` where the
            source does not say.
    """

    lines: list[PrintedLine]
    skip: str | None = None
    ends: bool | None = None


@dataclass(frozen=True, slots=True)
class Tilt:
    """How a page lies in its source, where it was straightened to be read.

    Attributes:
        width: Of the page as it lies, in its unit.
        height: The same downwards.
        matrix: ``a b c d e f``: what stands at (x, y) of the straightened page, stands at (a x + b y + c,
            d x + e y + f) of the page as it lies.
    """

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]

    def box(self, x: float, y: float, w: float, h: float) -> tuple[float, float, float, float]:
        """Return the box on the page as it lies that holds a box of the straightened page."""
        a, b, c, d, e, f = self.matrix
        corners = [(x, y), (x + w, y), (x, y + h), (x + w, y + h)]
        across = [a * right + b * down + c for right, down in corners]
        along = [d * right + e * down + f for right, down in corners]
        left, top = max(0.0, min(across)), max(0.0, min(along))
        right, bottom = min(self.width, max(across)), min(self.height, max(along))
        box = left, top, max(0.0, right - left), max(0.0, bottom - top)
        x, y, w, h = (round(edge, 2) for edge in box)
        return x, y, w, h


@dataclass(slots=True)
class PrintedPage:
    """A page.

    Attributes:
        number: From 1.
        width: In ``unit``.
        height: In ``unit``.
        unit: As in :class:`~extractor.readers.source.Page`.
        blocks: In reading order.
        image: File name of its image, where the source names one.
        tilt: Where its words, width and height are those of the straightened page: how it lies in its source.
    """

    number: int
    width: float
    height: float
    unit: str
    blocks: list[PrintedBlock] = field(default_factory=list)
    image: str | None = None
    tilt: Tilt | None = None


class Assembled(NamedTuple):
    """What :func:`~extractor.readers.printed.assemble` makes: parts of a ``SourceText``."""

    text: str
    pages: tuple[Page, ...]
    words: tuple[Word, ...]
    skipped: tuple[Skipped, ...]
    joins: tuple[tuple[int, int], ...]
