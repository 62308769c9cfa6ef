"""Dirt: what recognition took for signs and is none, told by its place and by the engine's own doubt.

Specks become lone signs at the ends of lines, where they hide that a line is a heading, and lines of one or
two letters between two lines of a paragraph. Signs are left out only where they were recognised, and hardly.
"""

from __future__ import annotations

from extractor.readers.printed.shapes import PrintedBlock, PrintedLine, PrintedPage, PrintedWord

_DOUBTFUL = 0.5
"""Lone signs at the ends of a line are dirt below this confidence."""

_NOT_SURE = 0.75
"""One or two letters that are a line of their own are dirt below this confidence."""

_MOST_SIGNS = 2


def whole_lines(page: PrintedPage) -> dict[int, str]:
    """Return ``noise`` for lines that are dirt altogether, by the identity of the line."""
    return {
        id(line): "noise"
        for block in page.blocks
        if block.skip is None
        for line in block.lines
        if _is_dirt(line, block)
    }


def _is_dirt(line: PrintedLine, block: PrintedBlock) -> bool:
    signs = "".join(word.text for word in line.words)
    told = [word.confidence for word in line.words if word.confidence is not None]
    if len(signs) > _MOST_SIGNS or not told:
        return False
    letters = signs.isalpha() and len(block.lines) == 1
    return max(told) < (_NOT_SURE if letters else _DOUBTFUL)


def ends_of(line: PrintedLine) -> tuple[int, int]:
    """Return how many words at the beginning and the end of a line are dirt; 0 where all are."""
    first, last = 0, len(line.words)
    while first < last and _is_speck(line.words[first]):
        first += 1
    # Where a line parts its entries by semicolons, the last one is no speck either.
    parts = sum(word.text.endswith(";") for word in line.words) > 1
    while (
        last > first and _is_speck(line.words[last - 1]) and not (parts and line.words[last - 1].text == ";")
    ):
        last -= 1
    return (first, len(line.words) - last) if first < last else (0, 0)


def _is_speck(word: PrintedWord) -> bool:
    if word.confidence is None or word.confidence >= _DOUBTFUL or len(word.text) > _MOST_SIGNS:
        return False
    return not any(sign.isalnum() for sign in word.text)
