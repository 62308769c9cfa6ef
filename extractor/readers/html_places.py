"""What the parts of a page are for, by their elements, roles, classes and ids."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

from extractor.lexicon.fold import fold
from extractor.lexicon.words import table

Element = Any

_BY_TAG = {
    "nav": "menu",
    "menu": "menu",
    "header": "menu",
    "footer": "footer",
    "aside": "outside_article",
    "amp-ad": "advert",
    "amp-embed": "advert",
    "amp-consent": "cookie_notice",
    "amp-sidebar": "menu",
}
_BY_ROLE = {
    "navigation": "menu",
    "menubar": "menu",
    "menu": "menu",
    "banner": "menu",
    "search": "menu",
    "contentinfo": "footer",
    "complementary": "outside_article",
    "alertdialog": "cookie_notice",
    "dialog": "cookie_notice",
}
_NEVER_BY_NAME = frozenset(
    ("html", "body", "main", "article", "h1", "table", "tbody", "tr", "td", "th", "time")
)
# Parts of a name: ``-``, ``_`` and capitals part them.
_PART = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")
_LONGEST_NAME = 500


def reason_of(element: Element) -> str | None:
    """Return why an element by itself is no part of an article; ``None`` where nothing says so."""
    by_role = _BY_ROLE.get((element.get("role") or "").strip().lower())
    if by_role is not None:
        return by_role
    if element.tag not in _NEVER_BY_NAME:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAME]
        for name in names.split():
            if reason := _of_name(name):
                return reason
    return _BY_TAG.get(element.tag)


def _of_name(name: str) -> str | None:
    named, paired, beside = _words()
    parts = [fold(part) for part in _PART.findall(name)]
    if not beside.isdisjoint(parts):
        return None
    for pair in pairwise(parts):
        if reason := paired.get(" ".join(pair)):
            return reason
    return next((reason for reason, words in named.items() if not words.isdisjoint(parts)), None)


@cache
def _words() -> tuple[dict[str, frozenset[str]], dict[str, str], frozenset[str]]:
    """Return what parts are called: by reason, pairs of words, and words beside which nothing is said."""
    words = table("web")
    named = {reason: frozenset(one["words"]) for reason, one in words["named"].items()}
    paired = {pair: reason for reason, one in words["paired"].items() for pair in one["words"]}
    return named, paired, frozenset(words["beside"]["words"])
