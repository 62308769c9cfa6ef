"""From the words of pages to printed pages: running heads first, then columns, lines and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractor.readers.layout.cells import Cell
from extractor.readers.layout.columns import in_reading_order
from extractor.readers.layout.interruptions import part_interruptions
from extractor.readers.layout.paragraphs import Block, Measures, blocks_of, join_blocks
from extractor.readers.layout.rows import Row, level_rows, rows_of, usual_size
from extractor.readers.layout.widths import Widths
from extractor.readers.layout.words import Piece
from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage, PrintedWord
from extractor.readers.printed.furniture import furniture

_LOOKED_AT = 8
"""Rows at the top and bottom of a page among which running heads are looked for."""

_MARGIN = 0.12
"""Share of the page's height in which a number that stands alone is that of the page."""

_ALONE = 0.7
"""Room below or above what stands alone, in parts of its height."""

_SMALL = 1.05
"""Running heads are not larger than the text by more."""

_HEAD = re.compile(r"(?=.{8,70}$).*[^\W\d_]{3}.*(?:\s[-–—|•·]\s*|\s[pP](?:age|\.)\s*)\d{1,3}")
"""A name, perhaps a date, and a page number behind a mark of its own."""

_PRINTED_PAGE = re.compile(
    r"(?:https?|file)://\S+\s+\d{1,4}/\d{1,4}|\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d{2}(?:\s[AP]M)?(?:\s.*)?"
)
"""What browsers print above and below a page."""

_NUMBER = re.compile(r"[-–—]?\s*\d{1,4}\s*[-–—]?")

Placed = Callable[[Piece], PrintedWord]


@dataclass(slots=True)
class Frame:
    """Text that runs in one direction.

    Attributes:
        words: With their places in a frame in which the text runs to the right.
        placed: Returns a word with its box on the page as it is shown.
        quarter: In which direction the text runs on the page: 0 right, 1 down, 2 left, 3 up.
    """

    words: list[Piece]
    placed: Placed
    quarter: int = 0


@dataclass(slots=True)
class RawPage:
    """The words of a page.

    Attributes:
        number: From 1.
        width: Of the page, in ``unit``.
        height: Of the page, in ``unit``.
        frames: The words by the direction in which they run, that of most words first.
        unit: As in :class:`~extractor.readers.source.Page`.
    """

    number: int
    width: float
    height: float
    frames: list[Frame] = field(default_factory=list)
    unit: str = "point"


@dataclass(slots=True)
class _Columns:
    """The columns of a frame, as rows."""

    columns: list[tuple[list[Row], bool]]  # and whether it is a cell
    placed: Placed
    usual: float
    bold: bool


@dataclass(slots=True)
class _Laid:
    """A page between its words and its blocks."""

    page: PrintedPage
    heads: list[PrintedBlock] = field(default_factory=list)
    body: list[tuple[Block, Placed]] = field(default_factory=list)
    aside: list[tuple[Block, Placed]] = field(default_factory=list)
    feet: list[PrintedBlock] = field(default_factory=list)
    frames: list[_Columns] = field(default_factory=list)


def lay_out(pages: Sequence[RawPage]) -> list[PrintedPage]:
    """Return the pages with their blocks in reading order.

    What returns on many pages is marked as running head or page number. Text that runs in another direction
    than most of its page comes last on it.

    Args:
        pages: In order; their frames are emptied.
    """
    marks = _furniture(pages)
    laid = [_in_columns(page, found) for page, found in zip(pages, marks, strict=True)]
    widths = Widths(rows for one in laid for frame in one.frames[:1] for rows, _ in frame.columns)
    for page in pages:
        page.frames.clear()
    for one in laid:
        _in_blocks(one, widths)
    _join_pages(laid)
    laid.reverse()
    done = []
    while laid:  # what is done is forgotten, for long documents
        done.append(_printed(laid.pop()))
    return done


def _join_pages(laid: list[_Laid]) -> None:
    for following in _following(laid):
        part_interruptions([one.body for one in following], [one.page.height for one in following])
        join_blocks(block for one in following for block, _ in one.body if block.skip is None)


def _following(laid: list[_Laid]) -> Iterator[list[_Laid]]:
    """Yield the pages between which none is missing."""
    run: list[_Laid] = []
    for one in laid:
        if run and one.page.number != run[-1].page.number + 1:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _furniture(pages: Sequence[RawPage]) -> list[list[tuple[Row, str]]]:
    """Return for each page the rows that are no text, and why."""
    outlines: list[PrintedPage] = []
    rows: dict[int, Row] = {}
    for page in pages:
        outline = PrintedPage(page.number, page.width, page.height, page.unit)
        for frame in page.frames[:1]:
            outer = _outermost(level_rows(frame.words))
            for row in outer:
                line = PrintedLine([frame.placed(word) for word in row.words])
                rows[id(line)] = row
                outline.blocks.append(PrintedBlock([line]))
        outlines.append(outline)
    found = furniture(outlines)
    for outline in outlines:
        found.update(_standing_alone(outline))
    return [
        [
            (rows[id(line)], found[id(line)])
            for block in outline.blocks
            for line in block.lines
            if id(line) in found
        ]
        for outline in outlines
    ]


def _outermost(rows: list[Row]) -> list[Row]:
    """Return the rows among which furniture is looked for, and some more for comparison."""
    return rows if len(rows) <= 3 * _LOOKED_AT else rows[: 2 * _LOOKED_AT] + rows[-_LOOKED_AT:]


def _standing_alone(page: PrintedPage) -> dict[int, str]:
    """Return head and number of a page, if they stand alone: there may be no others to compare them with."""
    lines = [block.lines[0] for block in page.blocks]
    if len(lines) < 2:
        return {}
    usual = median(line.height for line in lines)
    ends = (
        (lines[0], lines[1].top - lines[0].bottom, lines[0].bottom < _MARGIN * page.height),
        (lines[-1], lines[-1].top - lines[-2].bottom, lines[-1].top > (1 - _MARGIN) * page.height),
    )
    return {
        id(line): "page_number"
        for line, room, outside in ends
        if outside and room > _ALONE * line.height and _NUMBER.fullmatch(line.text)
    } | {
        id(line): "running_head"
        for line, room, outside in ends
        if outside
        and room > _ALONE * line.height
        and line.height < _SMALL * usual
        and (_HEAD.fullmatch(line.text) or _PRINTED_PAGE.fullmatch(line.text))
    }


def _in_columns(page: RawPage, marks: list[tuple[Row, str]]) -> _Laid:
    laid = _Laid(PrintedPage(page.number, page.width, page.height, page.unit))
    for number, frame in enumerate(page.frames):
        words = frame.words
        if number == 0 and marks:
            words = [word for word in words if not any(_is_of(word, row) for row, _ in marks)]
            _put_aside(laid, marks, frame, words)
        columns = [(rows_of(part), isinstance(part, Cell)) for part in in_reading_order(words)]
        bold = 2 * sum(len(word.text) for word in words if word.bold) > sum(len(word.text) for word in words)
        laid.frames.append(_Columns(columns, frame.placed, usual_size(words), bold))
    return laid


def _in_blocks(laid: _Laid, widths: Widths) -> None:
    for number, frame in enumerate(laid.frames):
        target = laid.aside if number else laid.body
        for rows, is_cell in frame.columns:
            edge = None if is_cell else widths.edge_of(rows)
            measures = Measures(frame.usual, edge, frame.bold)
            blocks = blocks_of(rows, measures)
            if is_cell and target:
                target[-1][0].goes_on[-1] = False
            if is_cell:
                blocks[-1].goes_on[-1] = False
            target += [(block, frame.placed) for block in blocks]
    laid.frames.clear()


def _is_of(word: Piece, row: Row) -> bool:
    level = abs(word.base - row.base) <= 0.5 * row.size
    return level and row.x0 <= (word.x0 + word.x1) / 2 <= row.x1


def _put_aside(laid: _Laid, marks: list[tuple[Row, str]], frame: Frame, body: list[Piece]) -> None:
    middle = (min(word.base for word in body) + max(word.base for word in body)) / 2 if body else 0.0
    for row, reason in marks:
        line = PrintedLine([frame.placed(word) for word in row.words])
        (laid.heads if row.base <= middle else laid.feet).append(PrintedBlock([line], reason))


def _printed(laid: _Laid) -> PrintedPage:
    page = laid.page
    page.blocks = [
        *laid.heads,
        *(_printed_block(block, placed) for block, placed in laid.body),
        *(_printed_block(block, placed) for block, placed in laid.aside),
        *laid.feet,
    ]
    return page


def _printed_block(block: Block, placed: Placed) -> PrintedBlock:
    lines = [
        PrintedLine([placed(word) for word in row.words], goes_on)
        for row, goes_on in zip(block.rows, block.goes_on, strict=True)
    ]
    on = block.goes_on[-1]
    return PrintedBlock(lines, block.skip, None if on is None else not on)
