"""The numbers and bullets of lists, which a browser shows and the page does not hold.

https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*\bnone\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([-+]?\d{1,9})")
_BEGINS_WITH_NUMBER = re.compile(r"\s*\(?\d{1,4}\s*(?:[.)°\-–:]|ers?\b|[èe]?me?\b|nde?\b)", re.IGNORECASE)
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_BULLET = "- "
_BULLETED = frozenset(("ul", "dir", "menu"))
_LONGEST_ROMAN = 3999

Element = Any


class Markers:
    """Marks of the items of a page, asked for in order."""

    def __init__(self) -> None:
        self._last: dict[Element, int] = {}
        self._by_hand: dict[Element, bool] = {}

    def of(self, item: Element) -> str:
        """Return the mark before an item with its blank: ``1.``, ``b.``, ``-``; nothing where none is."""
        around = item.getparent()
        if around is None or _NO_MARKER.search(f"{item.get('style')};{around.get('style')}"):
            return ""
        if around.tag != "ol":
            return _BULLET if around.tag in _BULLETED else ""
        if self._is_numbered_by_hand(around):
            return ""
        return _written(self._number(item, around), item.get("type") or around.get("type") or "1") + ". "

    def _is_numbered_by_hand(self, around: Element) -> bool:
        """Say whether the items begin with numbers of their own: such a page hides those of the list."""
        if around not in self._by_hand:
            items = [item for item in islice(around, 5) if item.tag == "li"]
            by_hand = all(_BEGINS_WITH_NUMBER.match("".join(islice(item.itertext(), 8))) for item in items)
            self._by_hand[around] = bool(items) and by_hand
        return self._by_hand[around]

    def _number(self, item: Element, around: Element) -> int:
        backwards = around.get("reversed") is not None
        if own := _NUMBER.match(item.get("value") or ""):
            number = int(own.group(1))
        elif around in self._last:
            number = self._last[around] + (-1 if backwards else 1)
        elif start := _NUMBER.match(around.get("start") or ""):
            number = int(start.group(1))
        else:
            number = sum(child.tag == "li" for child in around) if backwards else 1
        self._last[around] = number
        return number


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(kind) + rest) + letters
        return letters
    if kind in ("i", "I") and 0 < number <= _LONGEST_ROMAN:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if kind == "I" else roman.lower()
    return str(number)
