"""Which lines of a page are its article.

The library says where the article is: every text of the page is given a sign of its own that no report holds,
and what comes back with its sign is what the library takes for the article. Its tidied text is never
printed, and it does not have the last word: it leaves out tables, lists and leads, so what stands within the
part of the page that holds the article is kept, unless the page itself says that it is a menu, a comment or
the like.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from extractor.readers.html_elements import HEADINGS, IN_RANKINGS, RANKINGS, TEXTUAL
from extractor.readers.html_places import reason_of
from extractor.readers.html_text import Line
from extractor.readers.source import Skipped

Element = Any

_FIRST_SIGN = 0x20000  # ideographs of the Supplementary Plane: letters to any library, in no French page
_MOST_SIGNS = 40_000
_DEEPEST = 200
_MOST_CHARACTERS = 3_000_000
_WHOLE = 0.9  # of the article's characters stand in the part of the page that holds it
_HALF = 0.5
_MOSTLY_LINKS = 0.7
_LEAST_SHARE = 0.25  # of what is no menu, that an article makes of its page
_FEW_ITEMS = 2
_RANK = re.compile(r"(?:- )?\(?\d{1,3}(?:\s*[.)°\-–:|]|ers?\b|[èe]?me?\b|\s+[A-ZÀ-Þ#])")
_SURELY_OUT = frozenset(("menu", "comments", "cookie_notice", "advert", "related", "footer"))
_NEVER_ARTICLES = frozenset(("nav", "footer"))
_MORE = re.compile(
    r"(?:à |a )?(?:lire|voir|découvr\w+) (?:aussi|également|encore)\b"
    r"|(?:sur|dans) le même sujet|articles? liés?\b",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"(?:©|\(c\)|copyright\b|tous droits réservés)", re.IGNORECASE)
_COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)


def skipped_lines(root: Element, lines: list[Line], text: str) -> list[Skipped]:
    """Return what of a page's text is no part of its article.

    Args:
        root: The page; its texts are signed, so that it is of no use afterwards.
        lines: Its lines, in order.
        text: Its text.
    """
    reasons = _Page(root, lines, text).reasons()
    return list(_stretches(lines, reasons, len(text)))


def _stretches(lines: list[Line], reasons: list[str | None], length: int) -> Iterator[Skipped]:
    """Yield what is left out, up to the line that is read again."""
    first = 0
    for number, reason in enumerate(reasons):
        following = reasons[number + 1] if number + 1 < len(reasons) else ""
        if reason == following:
            continue
        if reason is not None:
            end = lines[number + 1].start if number + 1 < len(lines) else length
            yield Skipped(lines[first].start, end, reason)
        first = number + 1


class _Page:
    """Judges the lines of a page."""

    def __init__(self, root: Element, lines: list[Line], text: str) -> None:
        self._root, self._lines, self._text = root, lines, text
        self._sizes = [line.end - line.start for line in lines]
        self._linked = [self._is_links(line) for line in lines]

    def _is_links(self, line: Line) -> bool:
        """Say whether a line is for clicking; a rank in a list of linked names is for reading."""
        size = line.end - line.start
        return line.linked >= _MOSTLY_LINKS * size and not _RANK.match(self._text, line.start, line.end)

    def reasons(self) -> list[str | None]:
        """Return for each line why it is left out, ``None`` where it is read."""
        chosen = self._chosen()
        places = _Places(
            self._root, self._lines, [size * one for size, one in zip(self._sizes, chosen, strict=True)]
        )
        said = [places.reason(line.block) for line in self._lines]
        anchors = [
            size if one and reason not in _SURELY_OUT else 0
            for size, one, reason in zip(self._sizes, chosen, said, strict=True)
        ]
        is_open = [reason is None and not linked for reason, linked in zip(said, self._linked, strict=True)]
        room = sum(size for size, one in zip(self._sizes, is_open, strict=True) if one)
        if sum(anchors) < max(1, _LEAST_SHARE * room):
            return self._without_article()
        return self._with_article(anchors)

    # --- what the library says

    def _chosen(self) -> list[bool]:
        """Return which lines the library takes for the article; none where the page is beyond it."""
        lines = self._lines
        if not lines or len(lines) > _MOST_SIGNS or len(self._text) > _MOST_CHARACTERS:
            return [False] * len(lines)
        if is_deep(self._root) or any("\U00020000" <= sign <= "\U0003ffff" for sign in set(self._text)):
            return [False] * len(lines)
        for number, line in enumerate(lines):
            sign = chr(_FIRST_SIGN + number)
            for element, is_tail in line.nodes:
                if is_tail:
                    element.tail += sign
                else:
                    element.text += sign
        found = Counter(_article_text(self._root))
        return [2 * found[chr(_FIRST_SIGN + k)] >= max(1, len(line.nodes)) for k, line in enumerate(lines)]

    # --- what the page says

    def _without_article(self) -> list[str | None]:
        places = _Places(self._root, self._lines, self._sizes)
        return [None if line.block.tag == "h1" else places.reason(line.block) for line in self._lines]

    def _with_article(self, anchors: list[int]) -> list[str | None]:
        lines = self._lines
        places = _Places(self._root, lines, anchors)
        holder = places.holder(_WHOLE * sum(anchors))
        inside = set(holder.iter())
        within = [line.block in inside for line in lines]
        first = next(k for k, one in enumerate(within) if one)
        title = self._title(first, within)
        reasons: list[str | None] = []
        for k, line in enumerate(lines):
            reason = places.reason(line.block)
            if within[k]:
                reasons.append(
                    self._inside(k, reason, is_chosen=anchors[k] > 0, is_data=places.is_data(line.block))
                )
            elif anchors[k]:
                reasons.append(None)
            elif title is not None and title <= k < first:
                reasons.append(self._above(k, reason, is_title=k == title))
            else:
                reasons.append(self._outside(k, reason, is_data=places.is_data(line.block)))
        self._keep_headings(reasons, places)
        return reasons

    def _title(self, first: int, within: list[bool]) -> int | None:
        """Return the number of the line above the article that is its title; none where it has one within."""
        lines = self._lines
        if any(one and line.block.tag == "h1" for one, line in zip(within, lines, strict=True)):
            return None
        above = range(first - 1, -1, -1)
        return next((k for k in above if lines[k].block.tag == "h1"), None)

    def _inside(self, k: int, reason: str | None, *, is_chosen: bool, is_data: bool) -> str | None:
        """Judge a line in the part of the page that holds the article."""
        if reason in _SURELY_OUT:
            return reason
        line = self._lines[k]
        body = self._text[line.start : line.end]
        if line.linked and _MORE.match(body):
            return "related"
        if is_chosen or is_data:
            return None
        if reason is not None:
            return reason
        if line.block.tag in HEADINGS and not self._linked[k]:
            return None
        if self._linked[k]:
            return "outside_article"
        return "footer" if _FOOTER.match(body) else None

    def _above(self, k: int, reason: str | None, *, is_title: bool) -> str | None:
        """Judge a line between the title and the part that holds the article: leads and dates stand there."""
        if is_title:
            return None
        return reason or ("outside_article" if self._linked[k] else None)

    def _outside(self, k: int, reason: str | None, *, is_data: bool) -> str | None:
        if reason is None and is_data and not self._linked[k]:
            return None
        if reason is None and _COOKIES.search(self._text, self._lines[k].start, self._lines[k].end):
            return "cookie_notice"
        return reason or "outside_article"

    def _keep_headings(self, reasons: list[str | None], places: _Places) -> None:
        """Keep the heading above a table or list that is kept."""
        for k in range(len(reasons) - 1, 0, -1):
            line, above = self._lines[k], self._lines[k - 1]
            is_heading = above.block.tag in HEADINGS and reasons[k - 1] == "outside_article"
            if reasons[k] is None and is_heading and places.is_data(line.block) and not self._linked[k - 1]:
                reasons[k - 1] = None


class _Places:
    """What the parts of a page are for, given how many characters of the article each holds."""

    def __init__(self, root: Element, lines: list[Line], sizes: list[int]) -> None:
        self._root = root
        self._weights: dict[Element, int] = {}
        for line, size in zip(lines, sizes, strict=True):
            if size:
                self._weights[line.block] = self._weights.get(line.block, 0) + size
        for element in reversed(list(root.iter())):
            around = element.getparent()
            if around is not None and (weight := self._weights.get(element)):
                self._weights[around] = self._weights.get(around, 0) + weight
        self._most = _HALF * sum(sizes)
        self._known: dict[Element, str | None] = {}
        self._lists: dict[Element, bool] = {}

    def holder(self, least: float) -> Element:
        """Return the inmost element that holds as many characters of the article."""
        holder = self._root
        while True:
            inner = next((child for child in holder if self._weights.get(child, 0) >= least), None)
            if inner is None or inner.tag in TEXTUAL:
                return holder
            holder = inner

    def reason(self, element: Element) -> str | None:
        """Return why an element, by itself or by what it stands in, is no part of an article."""
        passed: list[Element] = []
        reason: str | None = None
        while element is not None and element not in self._known:
            passed.append(element)
            element = element.getparent()
        if element is not None:
            reason = self._known[element]
        for one in reversed(passed):
            if reason is None:
                reason = self._own(one)
            self._known[one] = reason
        return reason

    def _own(self, element: Element) -> str | None:
        reason = reason_of(element)
        if reason is None or (self._holds_most(element) and element.tag not in _NEVER_ARTICLES):
            return None
        if element.tag == "header" and reason == "menu" and _is_titled(element):
            return None
        return reason

    def _holds_most(self, element: Element) -> bool:
        return self._weights.get(element, 0) > self._most

    def is_data(self, block: Element) -> bool:
        """Say whether a block is of a list or table that tells results: numbers, and no mere links."""
        while block is not None and block.tag not in RANKINGS:
            if block.tag not in IN_RANKINGS:
                return False
            block = block.getparent()
        if block is None:
            return False
        if block not in self._lists:
            self._lists[block] = _tells_results(block)
        return self._lists[block]


def _is_titled(header: Element) -> bool:
    """Say whether a header is that of an article, and no page's with its menu."""
    return header.find(".//h1") is not None and header.find(".//nav") is None


def _tells_results(block: Element) -> bool:
    items = list(islice(block.iter("tr", "li", "dt"), 50))
    numbers = sum(any(sign.isdigit() for sign in "".join(islice(item.itertext(), 40))) for item in items)
    return len(items) >= _FEW_ITEMS and (block.tag == "ol" or 2 * numbers >= len(items))


def is_deep(root: Element) -> bool:
    """Say whether a page is nested deeper than a library that calls itself can bear."""
    depths: dict[Element, int] = {root: 0}
    for element in root.iterdescendants():
        depth = depths[element.getparent()] + 1
        if depth > _DEEPEST:
            return True
        depths[element] = depth
    return False


def _article_text(root: Element) -> str:
    """Return the article as the library has it, with the signs."""
    import trafilatura

    # The library tells the log about every page, and damaged ones make it fail in ways of their own.
    with _quiet("trafilatura", "htmldate", "justext"):
        try:
            found = trafilatura.bare_extraction(root, include_comments=False, include_tables=True)
        except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError, RecursionError):
            return ""
    body = getattr(found, "body", None)
    return "" if body is None else "".join(body.itertext())


@contextlib.contextmanager
def _quiet(*names: str) -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
