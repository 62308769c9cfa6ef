"""Judging the lines of a page, given which of them a library takes for the article."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_tuple
from extractor.readers.html_elements import HEADINGS, IN_RANKINGS, RANKINGS, TEXTUAL
from extractor.readers.html_places import reason_of
from extractor.readers.html_text import Line, is_layout

Element = Any

_WHOLE = 0.9  # of the article's characters stand in the part of the page that holds it
_HALF = 0.5
_MOSTLY_LINKS = 0.7
_LEAST_SHARE = 0.25  # of what is no menu, that an article makes of its page
_FEW_ITEMS = 2
_FEW_LINKS = 3  # lines of links, one after the other, are a menu
_SHORT = 80  # characters; a link that is longer tells something
_NEAR = 6  # lines above an article in which its date may stand
_SHORT_HEADING = 60
_LEAST_TITLE = 10
_RANK = re.compile(r"(?:- )?\(?\d{1,3}(?:\s*[.)°\-–:|]|ers?\b|[èe]?me?\b|\s+[A-ZÀ-Þ#])")
_DATE = re.compile(
    r"\b\d{1,2}(?:er)?\s+(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)\w*\.?\s+\d{4}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_SURELY_OUT = frozenset(("menu", "comments", "cookie_notice", "advert", "related", "footer"))
_NEVER_ARTICLES = frozenset(("nav", "footer"))
_FOOTER = re.compile(r"(?:©|\(c\)|copyright\b|tous droits réservés)", re.IGNORECASE)
_COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)
_PATH = re.compile(r"(?:vous êtes ici\s*:?\s*)?accueil\s*[>›»/→|]", re.IGNORECASE)


def reasons_of(root: Element, lines: list[Line], text: str, chosen: list[bool]) -> list[str | None]:
    """Return for each line why it is left out, ``None`` where it is read.

    Args:
        root: The page.
        lines: Its lines, in order.
        text: Its text.
        chosen: Which lines a library takes for the article; where these are few, there is none.
    """
    return _Page(root, lines, text).reasons(chosen)


class _Page:
    """A page and its lines."""

    def __init__(self, root: Element, lines: list[Line], text: str) -> None:
        self._root, self._lines, self._text = root, lines, text
        self._sizes = [line.end - line.start for line in lines]
        self._linked = [self._is_links(line) for line in lines]
        self._related = [line.block for k, line in enumerate(lines) if self._announces_more(k)]

    def _is_links(self, line: Line) -> bool:
        """Say whether a line is for clicking; a rank in a list of linked names is for reading."""
        size = line.end - line.start
        return line.linked >= _MOSTLY_LINKS * size and not _RANK.match(self._text, line.start, line.end)

    def _announces_more(self, k: int) -> bool:
        """Say whether a line is a heading above other articles."""
        if self._sizes[k] > _SHORT_HEADING or self._linked[k]:
            return False
        body = fold(self._body(k)).rstrip(" .:!?")
        return body in word_tuple("web", "more")

    def _body(self, k: int) -> str:
        return self._text[self._lines[k].start : self._lines[k].end]

    def _places(self, sizes: list[int]) -> Places:
        places = Places(self._root, self._lines, sizes)
        places.mark_related(self._related)
        return places

    def reasons(self, chosen: list[bool]) -> list[str | None]:
        """Return for each line why it is left out, ``None`` where it is read."""
        places = self._places([size * one for size, one in zip(self._sizes, chosen, strict=True)])
        self._menus = self._runs_of_links(places)
        said = [
            "menu" if menu else places.reason(line.block)
            for line, menu in zip(self._lines, self._menus, strict=True)
        ]
        anchors = [
            size if one and reason not in _SURELY_OUT else 0
            for size, one, reason in zip(self._sizes, chosen, said, strict=True)
        ]
        is_open = [reason is None and not linked for reason, linked in zip(said, self._linked, strict=True)]
        room = sum(size for size, one in zip(self._sizes, is_open, strict=True) if one)
        if sum(anchors) < max(1, _LEAST_SHARE * room):
            return self._without_article()
        return self._with_article(anchors)

    def _runs_of_links(self, places: Places) -> list[bool]:
        """Return which lines are of a menu that nothing calls one: several links, one below the other."""
        is_link = [
            linked and size < _SHORT and line.block.tag not in HEADINGS and not places.is_data(line.block)
            for linked, size, line in zip(self._linked, self._sizes, self._lines, strict=True)
        ]
        found = [False] * len(is_link)
        first = 0
        for k in range(len(is_link) + 1):
            if k < len(is_link) and is_link[k]:
                continue
            if k - first >= _FEW_LINKS:
                found[first:k] = [True] * (k - first)
            first = k + 1
        return found

    def _without_article(self) -> list[str | None]:
        places = self._places(self._sizes)
        return [
            None if line.block.tag == "h1" else "menu" if self._menus[k] else places.reason(line.block)
            for k, line in enumerate(self._lines)
        ]

    def _with_article(self, anchors: list[int]) -> list[str | None]:
        lines = self._lines
        places = self._places(anchors)
        holder = places.holder(_WHOLE * sum(anchors))
        inner, zone = set(holder.iter()), set(_article_around(holder).iter())
        within = [line.block in zone for line in lines]
        first = next(k for k, one in enumerate(within) if one)
        top = self._top(first, within)
        reasons: list[str | None] = []
        for k, line in enumerate(lines):
            reason = places.reason(line.block)
            is_data = places.is_data(line.block)
            if within[k]:
                is_chosen = anchors[k] > 0
                judged = self._inside(k, reason, is_chosen=is_chosen, is_data=is_data)
                if judged in ("footer", "menu") and line.block not in inner and self._is_dated(k):
                    judged = None  # the foot or head of an article says when it was published
                reasons.append(judged)
            elif top is not None and top <= k < first:
                reasons.append(
                    None if k == self._title else reason or self._leads_away(k) or self._if_linked(k)
                )
            elif first - _NEAR <= k < first and reason is None and self._is_dated(k):
                reasons.append(None)
            else:
                reasons.append(self._outside(k, reason, is_data=is_data, is_chosen=anchors[k] > 0))
        self._keep_headings(reasons, places)
        return reasons

    def _is_dated(self, k: int) -> bool:
        line = self._lines[k]
        return not self._linked[k] and _DATE.search(self._text, line.start, line.end) is not None

    def _if_linked(self, k: int) -> str | None:
        return "outside_article" if self._linked[k] else None

    # --- the title above the article

    _title: int | None = None
    _menus: list[bool]

    def _top(self, first: int, within: list[bool]) -> int | None:
        """Return from which line on the article's head stands above it; none where it holds its own title."""
        lines = self._lines
        own = [k for k, one in enumerate(within) if one and lines[k].block.tag == "h1"]
        own += [k for k in range(first, min(first + 3, len(lines))) if lines[k].block.tag in HEADINGS]
        if own:
            return None
        titles = [k for k in range(first - 1, -1, -1) if self._is_title(k)]
        titles += [k for k in range(first - 1, -1, -1) if lines[k].block.tag == "h1"]
        if not titles:
            return None
        self._title = top = titles[0]
        around = lines[top].block.getparent()
        while top > 0 and self._title - top < 2 and self._is_kicker(top - 1, around):
            top -= 1
        return top

    def _is_title(self, k: int) -> bool:
        """Say whether a line is what the page's head calls the page."""
        line = fold(self._body(k))
        return len(line) >= _LEAST_TITLE and line in self._named

    @property
    def _named(self) -> str:
        titles = [title.text or "" for title in islice(self._root.iter("title"), 1)]
        metas = islice(self._root.iter("meta"), 100)
        titles += [meta.get("content") or "" for meta in metas if meta.get("property") == "og:title"]
        return "\n".join(fold(" ".join(title.split())) for title in titles)

    def _is_kicker(self, k: int, around: Element) -> bool:
        """Say whether a line is a few words above the title, in the same part of the page."""
        parent = self._lines[k].block.getparent()
        is_near = self._lines[k].block is around or (parent is not None and parent is around)
        return is_near and not self._linked[k] and self._sizes[k] < _SHORT_HEADING

    # --- lines

    def _inside(self, k: int, reason: str | None, *, is_chosen: bool, is_data: bool) -> str | None:
        """Judge a line in the part of the page that holds the article."""
        if reason in _SURELY_OUT:
            return reason
        if self._menus[k]:
            return "menu"
        if leads := self._leads_away(k):
            return leads
        if is_data or (is_chosen and (not self._linked[k] or self._sizes[k] >= _SHORT)):
            return None
        if reason is not None:
            return reason
        if self._linked[k] and self._lines[k].block.tag != "h1":
            return "outside_article"
        return "footer" if _FOOTER.match(self._body(k)) else None

    def _leads_away(self, k: int) -> str | None:
        """Return why a line with links in it is none of the article, though it has other words as well."""
        if not self._lines[k].linked:
            return None
        if fold(self._body(k)).startswith(word_tuple("web", "more")):
            return "related"
        return "menu" if _PATH.match(self._body(k)) else None

    def _outside(self, k: int, reason: str | None, *, is_data: bool, is_chosen: bool) -> str | None:
        """Judge a line elsewhere on the page: a table of results may stand there, too."""
        if self._menus[k]:
            return "menu"
        if reason is None and (is_data or is_chosen) and not self._linked[k]:
            return None
        if reason is None and _COOKIES.search(self._body(k)):
            return "cookie_notice"
        return reason or "outside_article"

    def _keep_headings(self, reasons: list[str | None], places: Places) -> None:
        """Keep the heading above a table or list that is kept."""
        for k in range(len(reasons) - 1, 0, -1):
            line, above = self._lines[k], self._lines[k - 1]
            is_heading = above.block.tag in HEADINGS and reasons[k - 1] == "outside_article"
            if reasons[k] is None and is_heading and places.is_data(line.block) and not self._linked[k - 1]:
                reasons[k - 1] = None


def _article_around(holder: Element) -> Element:
    """Return the element around that the page calls an article, where it is but one; else the holder."""
    for around in holder.iterancestors():
        kind = f"{around.get('role')} {around.get('itemtype')}"
        if around.tag == "article" or "rticle" in kind or "hentry" in (around.get("class") or "").split():
            others = [one for one in around.iter("article") if one is not around]
            return holder if any(one is not holder and holder not in one.iter() for one in others) else around
    return holder


class Places:
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
        self._marked: set[Element] = set()

    def mark_related(self, headings: list[Element]) -> None:
        """Note that what stands under headings such as "Lire aussi" is about other things."""
        for heading in headings:
            around = heading.getparent()
            if around is not None and not self._holds_most(around) and around.tag not in ("body", "html"):
                self._marked.add(around)
                continue
            self._marked.add(heading)
            for sibling in heading.itersiblings():
                if sibling.tag == heading.tag or self._holds_most(sibling):
                    break
                self._marked.add(sibling)

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
        if element in self._marked:
            return "related"
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
    if block.tag == "table" and is_layout(block):
        return False
    items = list(islice(block.iter("tr", "li", "dt"), 50))
    numbers = sum(any(sign.isdigit() for sign in "".join(islice(item.itertext(), 40))) for item in items)
    return len(items) >= _FEW_ITEMS and (block.tag == "ol" or 2 * numbers >= len(items))
