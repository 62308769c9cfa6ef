"""Quote marks: where they stand, which family they are of and which way they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARK = re.compile(
    r"""«|»|<<|>>|“|”|„|‟|‹|›|"|＂|''|’’|‘‘|``|´´
      | (?<![\w'’])['‘’‚](?=\w)             # a single mark that opens
      | (?<=[\w.,!?…;)»”])['’](?![\w'’])    # a single mark that closes
      | [‘’](?=[\s.,;:!?])""",
    re.VERBOSE,
)
_FAMILIES = {
    "«": ("G", "("), "»": ("G", ")"), "<<": ("G", "("), ">>": ("G", ")"), "‹": ("g", "("), "›": ("g", ")"),
    "“": ("D", "("), "”": ("D", ")"), "„": ("D", "("), "‟": ("D", "("), '"': ("S", "?"), "＂": ("S", "?"),
    "''": ("T", "?"), "’’": ("T", "?"), "‘‘": ("T", "("), "``": ("T", "("), "´´": ("T", "?"),
}  # fmt: skip
_BEFORE_OPENING = frozenset("([{—–-/:=>'’«“‘„")
_AFTER_CLOSING = frozenset(".,;:!?…)]}»”—–-/'’<")
_ELISION = re.compile(
    r"(?:^|[^\w'’])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd|presqu|quelqu)$", re.IGNORECASE
)


class Mark(NamedTuple):
    """A quote mark.

    Attributes:
        start: Offset of the mark.
        end: Offset behind it.
        family: ``G`` guillemets, ``g`` single ones, ``D`` curly, ``S`` straight, ``T`` pairs, ``Q`` one.
        way: ``(`` opens, ``)`` closes, ``?`` may do either.
        look: The same by the spaces around it.
        doubtful: Stands behind a digit and may mean seconds.
    """

    start: int
    end: int
    family: str
    way: str
    look: str
    doubtful: bool = False


def find_marks(text: str) -> Iterator[Mark]:
    """Yield the quote marks of a text, apostrophes and seconds left out."""
    for match in _MARK.finditer(text):
        start, end = match.span()
        left = text[start - 1] if start else "\n"
        right = text[end] if end < len(text) else "\n"
        family, way = _FAMILIES.get(match.group(), ("Q", ""))
        if not way:
            yield Mark(start, end, "Q", "(" if _opens_single(text, start, right) else ")", "")
            continue
        doubtful = family in "STD" and left.isdecimal() and match.group() != "“"
        if doubtful and right.isdecimal():
            continue
        if left.isalpha() and right.isalpha() and _ELISION.search(text, max(0, start - 8), start):
            continue
        yield Mark(start, end, family, *_way(family, way, left, right), doubtful)


def _opens_single(text: str, start: int, right: str) -> bool:
    left = text[start - 1] if start else "\n"
    return (right.isalnum() and not left.isalnum()) or text[start] in "‘‚"


def _way(family: str, way: str, left: str, right: str) -> tuple[str, str]:
    opens = left.isspace() or left in _BEFORE_OPENING
    closes = right.isspace() or right in _AFTER_CLOSING
    look = "?" if opens == closes else "(" if opens else ")"
    if look == "?" and left == "\n":
        look = "("
    elif look == "?" and right in "\r\n" and not left.isspace():
        look = ")"
    if family in "ST" and way == "?":
        return look, look
    if family == "D" and look != "?":
        return look, look
    return way, look
