"""Writing pages down as a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.readers.printed.dirt import ends_of, whole_lines
from extractor.readers.printed.flow import Measures, breaks, goes_on, measures_of, right_edges
from extractor.readers.printed.furniture import furniture
from extractor.readers.printed.shapes import (
    Assembled,
    PrintedBlock,
    PrintedLine,
    PrintedPage,
    PrintedWord,
)
from extractor.readers.source import Page, Skipped, Word

_BETWEEN = {"joined": "\n", "line": "\n", "paragraph": "\n\n"}
_BETWEEN_BLOCKS = "\n\n"


def assemble(pages: list[PrintedPage]) -> Assembled:
    """Write pages down as a text.

    What stands at the top or bottom of several pages at the same height, alike but for its numbers, is marked
    as running head or page number, unless the reader has marked it itself.

    Args:
        pages: In order. Blocks without lines, lines without words and words without letters are passed over.
    """
    writing = _Writing()
    clean = [writing.without_dirt(_without_nothing(page)) for page in pages]
    left_out = furniture(clean)
    for page in clean:
        for line, reason in whole_lines(page).items():
            left_out.setdefault(line, reason)
    for page in clean:
        _write_page(writing, page, left_out)
    return writing.assembled()


def _without_nothing(page: PrintedPage) -> PrintedPage:
    blocks = []
    for block in page.blocks:
        lines = [
            PrintedLine(words, line.goes_on)
            for line in block.lines
            if (words := [_stripped(word) for word in line.words if word.text.strip()])
        ]
        if lines:
            blocks.append(PrintedBlock(lines, block.skip, block.ends))
    return PrintedPage(page.number, page.width, page.height, page.unit, blocks, page.image, page.tilt)


def _stripped(word: PrintedWord) -> PrintedWord:
    text = " ".join(word.text.split())
    return word if text == word.text else word._replace(text=text)


@dataclass(slots=True)
class _Last:
    """The last line that is part of the report, and what is needed to tell whether it goes on."""

    line: PrintedLine
    end: int
    edge: float
    measures: Measures
    ends: bool | None


@dataclass(slots=True)
class _Writing:
    parts: list[str] = field(default_factory=list)
    at: int = 0
    pages: list[Page] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    joins: list[tuple[int, int]] = field(default_factory=list)
    last: _Last | None = None
    _pending: list[Skipped] = field(default_factory=list)
    _dirt: dict[int, tuple[list[PrintedWord], list[PrintedWord]]] = field(default_factory=dict)

    def without_dirt(self, page: PrintedPage) -> PrintedPage:
        """Take the dirt from the ends of lines, and remember it: it is written down, and left out."""
        for line in (line for block in page.blocks if block.skip is None for line in block.lines):
            first, last = ends_of(line)
            if first or last:
                end = len(line.words) - last
                self._dirt[id(line)] = line.words[:first], line.words[end:]
                line.words = line.words[first:end]
        return page

    def put(self, text: str) -> int:
        """Write down and return where it begins."""
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return start

    def line(self, line: PrintedLine, page: PrintedPage) -> tuple[int, int]:
        """Write the words of a line down, dirt included, and return where it stands."""
        start = self.at
        before, behind = self._dirt.get(id(line), ([], []))
        for number, word in enumerate((*before, *line.words, *behind)):
            if number:
                self.put(" ")
            first = self.put(word.text)
            box = word[1:5] if page.tilt is None else page.tilt.box(*word[1:5])
            self.words.append(Word(first, self.at, page.number, *box, word.confidence))
        return start, self.at

    def leave_out_dirt(self, line: PrintedLine, start: int, end: int) -> None:
        """Say what of a line of the report is dirt."""
        before, behind = self._dirt.get(id(line), ([], []))
        if before:
            self.skipped.append(Skipped(start, start + sum(len(word.text) + 1 for word in before), "noise"))
        if behind:
            self.skipped.append(Skipped(end - sum(len(word.text) + 1 for word in behind), end, "noise"))

    def leave_out(self, start: int, end: int, reason: str) -> None:
        """Remember what is no report until it is known what follows."""
        self._pending.append(Skipped(start, end, reason))

    def settle(self, start: int, *, joined: bool) -> None:
        """Say what is left out before a line of the report that begins at ``start``.

        Blanks behind what is left out go with it, so that the rest reads as if it had never been there. Where
        the paragraph goes on, all but the last blank between its two lines does.
        """
        ends = [*(one.start for one in self._pending[1:]), start]
        for one, end in zip(self._pending, ends, strict=False):
            self.skipped.append(Skipped(one.start, end, one.reason))
        if joined and self.last is not None:
            if self._pending:
                first = self.skipped[-len(self._pending)]
                self.skipped[-len(self._pending)] = Skipped(self.last.end, first.end, first.reason)
                final = self.skipped[-1]
                self.skipped[-1] = Skipped(final.start, start - 1, final.reason)
                self.joins.append((start - 1, start))
            else:
                self.joins.append((self.last.end, start))
        self._pending.clear()

    def assembled(self) -> Assembled:
        self.settle(self.at, joined=False)
        return Assembled(
            "".join(self.parts), tuple(self.pages), tuple(self.words), tuple(self.skipped), tuple(self.joins)
        )


def _write_page(writing: _Writing, page: PrintedPage, left_out: dict[int, str]) -> None:
    if writing.at:
        writing.put(_BETWEEN_BLOCKS)
    start = writing.at
    measures = measures_of(page)
    edges = right_edges(page, measures)
    for number, block in enumerate(page.blocks):
        if number:
            writing.put(_BETWEEN_BLOCKS)
        _write_block(writing, page, block, edges[id(block)], measures, left_out)
    size = page.tilt or page
    writing.pages.append(Page(page.number, start, writing.at, size.width, size.height, page.unit, page.image))


def _write_block(
    writing: _Writing,
    page: PrintedPage,
    block: PrintedBlock,
    edge: float,
    measures: Measures,
    left_out: dict[int, str],
) -> None:
    kept = [line for line in block.lines if block.skip is None and id(line) not in left_out]
    between = breaks(PrintedBlock(kept), edge, measures)
    told = 0
    for number, line in enumerate(block.lines):
        reason = block.skip or left_out.get(id(line))
        if number:
            inside = 0 < told < len(kept) and reason is None
            writing.put(_BETWEEN[between[told - 1]] if inside else "\n")
        start, end = writing.line(line, page)
        if reason is not None:
            writing.leave_out(start, end, reason)
            continue
        joined = between[told - 1] == "joined" if told else _goes_on_from(writing.last, line, measures)
        writing.settle(start, joined=joined)
        writing.leave_out_dirt(line, start, end)
        writing.last = _Last(line, end, edge, measures, ends=None)
        told += 1
    if told and writing.last is not None:
        writing.last.ends = block.ends


def _goes_on_from(last: _Last | None, line: PrintedLine, measures: Measures) -> bool:
    if last is None or last.ends is not None:
        return last is not None and last.ends is False
    same_page = last.measures is measures
    return goes_on(last.line, line, last.edge, last.measures, same_page=same_page)
