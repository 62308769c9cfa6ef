"""From words on pages to a text that remembers where each word stands.

Readers of paged formats (PDF, ALTO, PAGE, hOCR) give pages as blocks, lines and words in reading order.
:func:`assemble` writes them down: a blank between words, a line end between lines, an empty line between
blocks and pages, and nothing tidied. It says which line ends are none, for the paragraph goes on behind them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
        words: From left to right.
    """

    words: list[PrintedWord]


@dataclass(slots=True)
class PrintedBlock:
    """A paragraph, heading, list or table: lines that belong together.

    Attributes:
        lines: From top to bottom.
        skip: Why it is no part of the report (``running_head``, ``page_number``, ``advert``), where it is
            none.
        ends: Whether a paragraph ends with it: ``None`` where the source does not say.
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
    """What :func:`assemble` makes: parts of a :class:`~extractor.readers.source.SourceText`."""

    text: str
    pages: tuple[Page, ...]
    words: tuple[Word, ...]
    skipped: tuple[Skipped, ...]
    joins: tuple[tuple[int, int], ...]


def assemble(pages: list[PrintedPage]) -> Assembled:
    """Write pages down as a text.

    What stands at the top or bottom of many pages in the same place, alike but for its numbers, is marked as
    running head or page number, unless the reader has marked it itself.
    """
    raise NotImplementedError
