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
_NUMBERED = re.compile(r"\d{1,3}\s")
_LARGE = 1.25
"""Lines so many times as high as most of the page's are headings."""
_FAR_DOWN = 1.6
"""Lines so many times as far apart as most of the block's begin a paragraph."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual on a page.

    Attributes:
        letter: Width of a letter.
        height: Height of a line.
    """

    letter: float
    height: float


def measures_of(page: PrintedPage) -> Measures:
    """Return what is usual on a page; all zero where it has no words."""
    lines = [line for block in page.blocks for line in block.lines]
    words = [word for line in lines for word in line.words if word.text]
    if not words:
        return Measures(0.0, 0.0)
    return Measures(median(word.w / len(word.text) for word in words), median(line.height for line in lines))


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
    if _is_listed(below.text) and (ended or listed):
        return "line"
    if _NUMBERED.match(below.text) and (listed or _NUMBERED.match(above.text)):
        return "line"
    if apart and ended and not first[0].islower():
        return "paragraph"
    if first[0].islower() and not ended:
        return "joined"
    return "joined" if is_full(above, below, edge, measures) else "line"


def goes_on(above: PrintedLine, below: PrintedLine, edge: float, measures: Measures) -> bool:
    """Tell whether a paragraph goes on from the last line of a block to the first of another one."""
    first, last = below.words[0].text, above.words[-1].text
    if _parted(last, first):
        return True
    return (
        first[0].islower()
        and _ENDED.search(last) is None
        and not _is_listed(below.text)
        and is_full(above, below, edge, measures)
    )


def is_full(above: PrintedLine, below: PrintedLine, edge: float, measures: Measures) -> bool:
    """Tell whether the next line's first word would not have found room in a line."""
    needed = below.words[0].w + 0.5 * measures.letter
    return above.right + needed > edge - 0.5 * measures.letter


def _parted(last: str, first: str) -> bool:
    return len(last) > 1 and last[-1] in _HYPHENS and last[-2].isalpha() and first[0].islower()


def _is_listed(text: str) -> bool:
    return _RANKED.match(text) is not None or _BULLET.match(text) is not None
