"""What the logical map of a METS file says: which blocks of a page are one article, and in which order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from extractor.readers.mets.files import logical_maps
from extractor.readers.printed import PrintedBlock
from extractor.readers.xml import Element, child, children, local

_ARTICLE = re.compile(r"article|news|report|letter|obituary|review|interview|brief|result", re.IGNORECASE)
_ADVERT = re.compile(r"advert|publicit|annonce", re.IGNORECASE)
_ENDING = re.compile(r"paragraph|heading|headline|title|caption|byline", re.IGNORECASE)


class _Area(NamedTuple):
    """A part of an article.

    Attributes:
        article: Number of the article.
        begin: Identifier of its first block.
        end: Identifier of its last block.
        advert: Whether it is an advertisement.
        ends: Whether a paragraph ends with it, ``False`` where it goes on in the next one.
    """

    article: int
    begin: str
    end: str
    advert: bool
    ends: bool | None


class Articles:
    """The articles of a document."""

    def __init__(self, root: Element) -> None:
        self._areas: dict[str, list[_Area]] = defaultdict(list)
        self._count = 0
        for structure in logical_maps(root):
            for div in children(structure, "div"):
                self._collect(div, None, advert=False)

    def _collect(self, div: Element, article: int | None, *, advert: bool) -> None:
        kind = div.get("TYPE", "")
        is_advert = _ADVERT.search(kind) is not None
        if is_advert or _ARTICLE.fullmatch(kind):
            self._count += 1
            article = self._count
        advert = advert or is_advert
        for part in children(div):
            if local(part) == "fptr" and article is not None:
                ends = True if _ENDING.search(kind) else None
                self._point(part, article, advert=advert, ends=ends)
            elif local(part) == "div":
                self._collect(part, article, advert=advert)

    def _point(self, pointer: Element, article: int, *, advert: bool, ends: bool | None) -> None:
        sequence = child(pointer, "seq")
        areas = [*pointer.iter("{*}area")]
        text = [one for one in areas if one.get("BEGIN") and one.get("BETYPE", "IDREF").upper() == "IDREF"]
        for k, one in enumerate(text, 1):
            goes_on = sequence is not None and k < len(text)
            begin = one.get("BEGIN")
            area = _Area(article, begin, one.get("END") or begin, advert, False if goes_on else ends)
            self._areas[one.get("FILEID", "")].append(area)

    def arranged(
        self, file: str, blocks: list[PrintedBlock], ids: list[tuple[str, ...]]
    ) -> list[PrintedBlock]:
        """Return the blocks of a page, those of an article where its first one stands, in its own order.

        Blocks learn from the map whether they are advertisements and whether a paragraph ends with them.

        Args:
            file: Identifier of the file that the page is in.
            blocks: In the page's own order.
            ids: What the page calls them and what they are part of.
        """
        areas = self._areas.get(file)
        if not areas:
            return blocks
        mine: dict[int, tuple[int, int]] = {}  # article and place in it, by block
        called = _Called(ids)
        for place, area in enumerate(areas):
            for k in called.not_yet_taken(area):
                mine[k] = (area.article, place)
                if area.advert:
                    blocks[k].skip = blocks[k].skip or "advert"
        order = [*_together(len(blocks), mine)]
        for position, k in enumerate(order):
            if k in mine:
                following = order[position + 1] if position + 1 < len(order) else None
                blocks[k].ends = _ends(k, following, mine, areas, blocks[k].ends)
        return [blocks[k] for k in order]


class _Called:
    """The blocks of a page by what they are called, each given away once."""

    def __init__(self, ids: list[tuple[str, ...]]) -> None:
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        for k, names in enumerate(ids):
            for name in names:
                self._first.setdefault(name, k)
                self._last[name] = k
        # For each block the next one, itself included, that is not taken: areas may be many, and overlap.
        self._free = list(range(len(ids) + 1))

    def not_yet_taken(self, area: _Area) -> Iterator[int]:
        """Take the blocks from the first to the last one of an area; its ends may hold several."""
        if area.begin not in self._first:
            return
        last = max(self._last[area.begin], self._last.get(area.end, 0))
        k = self._next(self._first[area.begin])
        while k <= last and k < len(self._free) - 1:
            yield k
            self._free[k] = k + 1
            k = self._next(k)

    def _next(self, k: int) -> int:
        while self._free[k] != k:
            self._free[k] = self._free[self._free[k]]
            k = self._free[k]
        return k


def _together(count: int, mine: dict[int, tuple[int, int]]) -> Iterator[int]:
    by_article: dict[int, list[int]] = defaultdict(list)
    for k, (article, _) in mine.items():
        by_article[article].append(k)
    done: set[int] = set()
    for k in range(count):
        if k in done:
            continue
        group = sorted(by_article[mine[k][0]], key=lambda one: (mine[one][1], one)) if k in mine else [k]
        done.update(group)
        yield from group


def _ends(
    k: int,
    following: int | None,
    mine: dict[int, tuple[int, int]],
    areas: list[_Area],
    said: bool | None,
) -> bool | None:
    """Return whether a paragraph ends with a block: with its article, its area, or as the page says."""
    article, place = mine[k]
    if following is None:
        return areas[place].ends or said
    if following not in mine or mine[following][0] != article:
        return True
    if mine[following][1] == place:
        return said
    if areas[place].ends is False:
        return False if mine[following][1] == place + 1 else None
    return areas[place].ends or said
