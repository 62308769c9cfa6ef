"""Which ends of printed lines are none: the paragraph goes on in the next line, column or page.

A line is full where the first word of the next one would not have found room in it. Full lines go on, unless
what follows is set apart: indented behind a full stop, further down, or marked as an entry of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from extractor.readers.printed.shapes import PrintedBlock, PrintedLine, PrintedPage

Break = Literal["joined", "line", "paragraph"]

_HYPHENS = "-‐‑¬\xad"
_ENDED = re.compile(r"[.!?…:;][»”\"')\]]*$")
_RANKED = re.compile(r"\(?\d{1,3}\s*(?:[.)°:/–—-]|ers?\b|ère\b|(?:[èe]me|e|nde?)\b)", re.IGNORECASE)
_BULLET = re.compile(r"[-–—•*▪●◦►>·■]\s*\S")
_LABELLED = re.compile(r"[^\W\d_][^.:;]{0,40}:\s*1(?:ers?\b|[.)°])")
_CLOSING = "»)]"
_NUMBERED = re.compile(r"\d{1,3}\s")
_LARGE = 1.25
"""Lines so many times as high as most of the page's are headings."""
_LEADING = 1.3
"""Lines stand so many times their height apart where no two of a page tell."""
_FAR_DOWN = 1.6
"""Lines so many times as far apart as most of the block's begin a paragraph."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual on a page.

    Attributes:
        letter: Width of a letter.
        height: Height of a line.
        blank: Width of the blank between two words.
        leading: From one line to the next.
    """

    letter: float
    height: float
    blank: float = 0.0
    leading: float = 0.0


def measures_of(page: PrintedPage) -> Measures:
    """Return what is usual on a page; all zero where it has no words."""
    lines = [line for block in page.blocks for line in block.lines]
    words = [word for line in lines for word in line.words if word.text]
    if not words:
        return Measures(0.0, 0.0)
    letter, height = median(word.w / len(word.text) for word in words), median(line.height for line in lines)
    pairs = [pair for line in lines for pair in pairwise(line.words)]
    blanks = [right.x - left.x - left.w for left, right in pairs if right.x > left.x + left.w]
    steps = [
        below.top - above.top
        for block in page.blocks
        for above, below in pairwise(block.lines)
        if below.top > above.top
    ]
    return Measures(
        letter,
        height,
        max(0.5 * letter, median(blanks) if blanks else 0.0),
        median(steps) if steps else _LEADING * height,
    )


def right_edges(page: PrintedPage, measures: Measures) -> dict[int, float]:
    """Return how far lines could have reached to the right, by the identity of their block."""
    long = [block for block in page.blocks if len(block.lines) >= 3 and block.skip is None]
    edges: dict[int, float] = {}
    for block in page.blocks:
        if not block.lines:
            continue
        own = max(line.right for line in block.lines)
        left = min(line.left for line in block.lines)
        votes: Counter[int] = Counter()
        for other in long:
            edge = max(line.right for line in other.lines)
            alike = abs(min(line.left for line in other.lines) - left) < 3 * measures.letter
            if alike and edge > own - measures.letter:
                votes[round(edge)] += len(other.lines)
        edges[id(block)] = max(own, float(votes.most_common(1)[0][0])) if votes else own
    return edges


def breaks(block: PrintedBlock, edge: float, measures: Measures) -> list[Break]:
    """Return what is between each line of a block and the next."""
    lines = block.lines
    if len(lines) < 2:
        return []
    heading = all(line.height > _LARGE * measures.height for line in lines)
    gaps = [below.top - above.top for above, below in pairwise(lines)]
    usual = median(gaps)
    left = min(line.left for line in lines)
    found: list[Break] = []
    for (above, below), gap in zip(pairwise(lines), gaps, strict=True):
        if above.goes_on is not None:
            found.append("joined" if above.goes_on else "line")
            continue
        if heading and len(lines) <= 3:
            found.append("joined")
            continue
        indented = below.left > left + 1.2 * measures.letter and above.left < below.left - measures.letter
        far = usual > 0 and gap > _FAR_DOWN * usual and len(gaps) > 2
        found.append(_between(above, below, edge, measures, apart=far or indented))
    return found


def _between(
    above: PrintedLine, below: PrintedLine, edge: float, measures: Measures, *, apart: bool
) -> Break:
    first, last = below.words[0].text, above.words[-1].text
    ended = _ENDED.search(last) is not None
    listed = _is_listed(above.text)
    if _parted(last, first):
        return "joined"
    if _begins_a_row(below.text) and (ended or listed):
        return "line"
    if ended and _is_heading(below.text) and not _is_in_capitals(above.text):
        return "paragraph"
    if _NUMBERED.match(below.text) and (listed or _NUMBERED.match(above.text)):
        return "line"
    if apart and ended and not first[0].islower():
        return "paragraph"
    if first[0].islower() and not ended:
        return "joined"
    return "joined" if is_full(above, below, edge, measures) else "line"


def goes_on(
    above: PrintedLine, below: PrintedLine, edge: float, measures: Measures, *, same_page: bool = False
) -> bool:
    """Tell whether a paragraph goes on from the last line of a block to the first of another one."""
    first, last = below.words[0].text, above.words[-1].text
    if _parted(last, first):
        return True
    if first[0] in _CLOSING:
        return True
    if _ENDED.search(last) or _begins_a_row(below.text) or not is_full(above, below, edge, measures):
        return False
    return first[0].islower() or (same_page and _is_next_line(above, below, measures))


def _is_next_line(above: PrintedLine, below: PrintedLine, measures: Measures) -> bool:
    """Tell whether a line of another block stands where the next line of this one would."""
    if any(_is_heading(line.text) or line.height > _LARGE * measures.height for line in (above, below)):
        return False
    near = 0 < below.top - above.top < _FAR_DOWN * measures.leading
    return near and abs(below.left - above.left) < 1.2 * measures.letter


def is_full(above: PrintedLine, below: PrintedLine, edge: float, measures: Measures) -> bool:
    """Tell whether the next line's first word would not have found room in a line."""
    needed = below.words[0].w + measures.blank
    return above.right + needed > edge - 0.5 * measures.letter


def _parted(last: str, first: str) -> bool:
    return len(last) > 1 and last[-1] in _HYPHENS and last[-2].isalpha() and first[0].islower()


def _begins_a_row(text: str) -> bool:
    return _is_listed(text) or _LABELLED.match(text) is not None


def _is_heading(text: str) -> bool:
    """Tell whether a line is set in capitals, without the stop of a sentence."""
    return _is_in_capitals(text) and text[-1] not in ".,;!?»"


def _is_in_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 4 and all(map(str.isupper, letters))


def _is_listed(text: str) -> bool:
    return _RANKED.match(text) is not None or _BULLET.match(text) is not None
