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
    """

    number: int
    width: float
    height: float
    unit: str
    blocks: list[PrintedBlock] = field(default_factory=list)
    image: str | None = None


class Assembled(NamedTuple):
    """What :func:`~extractor.readers.printed.assemble` makes: parts of a ``SourceText``."""

    text: str
    pages: tuple[Page, ...]
    words: tuple[Word, ...]
    skipped: tuple[Skipped, ...]
    joins: tuple[tuple[int, int], ...]
