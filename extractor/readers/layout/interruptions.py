"""What stands between the two parts of a paragraph that goes on: notes, tables, captions, heads of pages.

A column ends in the middle of a sentence, and what follows on the page is a note in small type, a table, or
the head of the next page; the sentence goes on behind. What interrupts goes before or behind the paragraph,
on its own page.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.readers.layout.paragraphs import Block, counts_on, goes_on_elsewhere, is_table_row, parted

_MOST = 6
"""Blocks that interrupt a paragraph."""
_HEAD = 0.12
"""Share of the page's height in which a single line that interrupts a paragraph is the head of its page."""
_CAPTION = re.compile(r"(?:tab(?:leau|le)|fig(?:ure)?|photo|ph|illustration|légende)\b", re.IGNORECASE)


def part_interruptions(pages: list[list], heights: list[float]) -> None:  # type: ignore[type-arg]
    """Put what interrupts a paragraph before or behind it.

    Args:
        pages: The blocks of each page with what belongs to them, in reading order; changed in place.
        heights: Of the pages.
    """
    places = [(page, number) for page, blocks in enumerate(pages) for number in range(len(blocks))]
    flat = [pages[page][number] for page, number in places]
    of_page = [page for page, _ in places]
    k = 0
    while k < len(flat):
        end = _end_of_interruption([block for block, *_ in flat], k)
        if end is not None:
            _mark_heads(flat[k + 1 : end], of_page[k + 1 : end], of_page[k], heights)
            before = [
                one
                for one, page in zip(flat[k + 1 : end], of_page[k + 1 : end], strict=True)
                if page == of_page[k]
            ]
            behind = flat[k + 1 + len(before) : end]
            flat[k : end + 1] = [*before, flat[k], flat[end], *behind]
            first = of_page[end]
            of_page[k : end + 1] = [of_page[k]] * (len(before) + 1) + [first] * (1 + len(behind))
            k += len(before)
        k += 1
    for blocks in pages:
        blocks.clear()
    for one, page in zip(flat, of_page, strict=True):
        pages[page].append(one)


def _end_of_interruption(blocks: list[Block], k: int) -> int | None:
    """Return where the paragraph of a block goes on; ``None`` where nothing interrupts it."""
    above = blocks[k]
    if above.goes_on[-1] is not None or above.skip is not None:
        return None
    for end in range(k + 1, min(k + 2 + _MOST, len(blocks))):
        below = blocks[end]
        first = below.rows[0].words[0].text[0]
        if goes_on_elsewhere(above, below) and (first.islower() or parted(above.rows[-1], below.rows[0])):
            return end if end > k + 1 else None
        if not _may_interrupt(above, below):
            return None
    return None


def _may_interrupt(text: Block, block: Block) -> bool:
    size = text.rows[-1].size
    other = abs(block.rows[0].size - size) > 0.08 * size and block.rows[0].size < 1.1 * size
    first = block.rows[0]
    table = all(is_table_row(row, block) for row in block.rows) or all(
        counts_on(one.text, other.text) for one, other in pairwise(block.rows)
    )
    return other or table or len(block.rows) == 1 or _CAPTION.match(first.text) is not None


def _mark_heads(between: list, pages: list[int], page: int, heights: list[float]) -> None:  # type: ignore[type-arg]
    for (block, *_), at in zip(between, pages, strict=True):
        if at > page and len(block.rows) == 1 and block.rows[0].base < _HEAD * heights[at]:
            block.skip = "running_head"
