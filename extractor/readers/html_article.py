"""Which lines of a page are its article.

The library says where the article is: every text of the page is given a sign of its own that no report holds,
and what comes back with its sign is what the library takes for the article. Its tidied text is never
printed, and it does not have the last word: it leaves out tables, lists and leads, so what stands within the
part of the page that holds the article is kept, unless the page itself says that it is a menu, a comment or
the like (:mod:`extractor.readers.html_judging`).
"""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from collections.abc import Iterator
from typing import Any

from extractor.readers.html_judging import reasons_of
from extractor.readers.html_text import Line
from extractor.readers.source import Skipped

Element = Any

_FIRST_SIGN = 0x20000  # ideographs of the Supplementary Plane: letters to any library, in no French page
_MOST_SIGNS = 40_000
_DEEPEST = 200
_MOST_CHARACTERS = 3_000_000
_MOST_ELEMENTS = 50_000


def skipped_lines(root: Element, lines: list[Line], text: str) -> list[Skipped]:
    """Return what of a page's text is no part of its article.

    Args:
        root: The page; its texts are signed, so that it is of no use afterwards.
        lines: Its lines, in order.
        text: Its text.
    """
    if not lines:
        return []
    return list(_stretches(lines, reasons_of(root, lines, text, _chosen(root, lines, text)), len(text)))


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


def _chosen(root: Element, lines: list[Line], text: str) -> list[bool]:
    """Return which lines the library takes for the article; none where the page is beyond it."""
    if len(lines) > _MOST_SIGNS or len(text) > _MOST_CHARACTERS or is_beyond(root):
        return [False] * len(lines)
    if any("\U00020000" <= sign <= "\U0003ffff" for sign in set(text)):
        return [False] * len(lines)
    for number, line in enumerate(lines):
        sign = chr(_FIRST_SIGN + number)
        for element, is_tail in line.nodes:
            if is_tail:
                element.tail += sign
            else:
                element.text += sign
    found = Counter(_article_text(root))
    return [2 * found[chr(_FIRST_SIGN + k)] >= max(1, len(line.nodes)) for k, line in enumerate(lines)]


def is_beyond(root: Element) -> bool:
    """Say whether a page is larger, or nested deeper, than a library that calls itself can bear."""
    depths: dict[Element, int] = {root: 0}
    for element in root.iterdescendants():
        depth = depths[element.getparent()] + 1
        if depth > _DEEPEST or len(depths) > _MOST_ELEMENTS:
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
