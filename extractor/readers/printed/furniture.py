"""Page furniture: running heads and page numbers, told by their return at the same height of other pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from extractor.readers.printed.shapes import PrintedLine, PrintedPage

_MARGIN = 0.15
"""Share of the page's height at its top and bottom in which furniture stands."""

_OUTERMOST = 3
"""Lines looked at in each margin."""

_SAME_HEIGHT = 0.02
"""Heights that differ by less, as a share of the page's, are the same."""

_LARGE = 1.25
"""Lines so many times as high as most of the page's are titles."""

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_SURELY_A_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*\d{1,4}\s*[-–—]|(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})",
    re.IGNORECASE,
)
_MAYBE_A_PAGE_NUMBER = re.compile(r"\W{0,2}(\d{1,4})\W{0,2}")


class _Candidate(NamedTuple):
    page: int
    line: PrintedLine
    height: float  # of its middle, as a share of the page's
    key: str


def furniture(pages: list[PrintedPage]) -> dict[int, str]:
    """Return why a line is no text, by the identity of the line: ``running_head`` or ``page_number``."""
    candidates = [one for number, page in enumerate(pages) for one in _candidates(number, page)]
    found = {id(one.line): "page_number" for one in candidates if _is_page_number(one)}
    found.update((id(one.line), "page_number") for one in _counting(candidates))
    usual = [median_height(page) for page in pages]
    titles: set[str] = set()
    for one in _returning(candidates, len(pages)):
        # The title itself, which later pages repeat, is no furniture where it first stands in large letters.
        if one.key not in titles and one.line.height > _LARGE * usual[one.page]:
            titles.add(one.key)
            continue
        titles.add(one.key)
        found.setdefault(id(one.line), "running_head")
    return found


def median_height(page: PrintedPage) -> float:
    """Return the height of most lines of a page; 0 where it has none."""
    heights = [line.height for block in page.blocks for line in block.lines]
    return median(heights) if heights else 0.0


def _candidates(number: int, page: PrintedPage) -> Iterator[_Candidate]:
    lines = sorted(
        (line for block in page.blocks if block.skip is None for line in block.lines),
        key=lambda line: line.top,
    )
    if page.height <= 0:
        return
    outer = {id(line): line for line in (*lines[:_OUTERMOST], *lines[-_OUTERMOST:])}
    for line in outer.values():
        height = (line.top + line.bottom) / 2 / page.height
        if height < _MARGIN or height > 1 - _MARGIN:
            yield _Candidate(number, line, height, _key(line.text))


def _key(text: str) -> str:
    """Return what stays the same from page to page: the letters, and that there is a number."""
    return _DIGITS.sub("0", " ".join(text.casefold().split()))


def _is_page_number(one: _Candidate) -> bool:
    return _SURELY_A_PAGE_NUMBER.fullmatch(one.line.text.strip()) is not None


def _counting(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """Yield bare numbers that go up by as much as the pages do, at the same height."""
    by_offset: dict[int, list[_Candidate]] = defaultdict(list)
    for one in candidates:
        if match := _MAYBE_A_PAGE_NUMBER.fullmatch(one.line.text.strip()):
            by_offset[int(match.group(1)) - one.page].append(one)
    for alike in by_offset.values():
        yield from (one for one in alike if any(_same_place(one, other) for other in alike))


def _returning(candidates: list[_Candidate], pages: int) -> Iterator[_Candidate]:
    """Yield lines that stand at the same height on several pages, alike but for their numbers."""
    by_key: dict[str, list[_Candidate]] = defaultdict(list)
    for one in candidates:
        if sum(sign.isalpha() for sign in one.key) >= 3:
            by_key[one.key].append(one)
    needed = 2 if pages < 5 else 3
    for alike in by_key.values():
        for one in alike:
            if 1 + sum(_same_place(one, other) for other in alike) >= needed:
                yield one


def _same_place(one: _Candidate, other: _Candidate) -> bool:
    return one.page != other.page and abs(one.height - other.height) < _SAME_HEIGHT
