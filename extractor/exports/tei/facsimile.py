"""The pages of the source, and on them the places of what is marked: ``facsimile``, ``surface``, ``zone``."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any
from urllib.parse import quote

from lxml import etree

from extractor.exports.tei.names import TEI, XML
from extractor.exports.xml_text import Identifiers, legal
from extractor.record import Box, DocumentPage, Span

Element = Any


class Facsimile:
    """The pages of one document; zones are made as they are asked for.

    Units are the source's own, which TEI leaves to the surface's coordinates; the header says which they are.
    """

    def __init__(self, pages: Iterable[DocumentPage], ids: Identifiers) -> None:
        self._ids = ids
        self._surfaces: dict[int, Element] = {}
        self._zones: dict[Box, str] = {}
        for page in pages:
            if page.page not in self._surfaces:
                self._surfaces[page.page] = self._surface(page)

    def _surface(self, page: DocumentPage) -> Element:
        name = self._ids.new(f"page-{page.page}")
        size = {"ulx": "0", "uly": "0", "lrx": number(page.width), "lry": number(page.height)}
        surface = etree.Element(f"{TEI}surface", {f"{XML}id": name, "n": str(page.page), **size})
        if page.image:
            etree.SubElement(
                surface, f"{TEI}graphic", {"url": quote(legal(page.image), safe="/:?#&=%+,;@()~")}
            )
        return surface

    def reference(self, page: int) -> dict[str, str]:
        """Return what leads to a page's surface; nothing where the record has no such page."""
        surface = self._surfaces.get(page)
        return {} if surface is None else {"facs": f"#{surface.get(f'{XML}id')}"}

    def zones(self, spans: Iterable[Span]) -> str:
        """Return what leads to the places of spans on their pages, empty where they have none."""
        found = dict.fromkeys(
            self._zone(box)
            for span in spans
            for box in span.boxes
            if box.page in self._surfaces and all(map(isfinite, (box.x, box.y, box.w, box.h)))
        )
        return " ".join(f"#{one}" for one in found)

    def _zone(self, box: Box) -> str:
        if box not in self._zones:
            name = self._ids.new(f"zone-{len(self._zones) + 1}")
            corners = {
                "ulx": number(box.x),
                "uly": number(box.y),
                "lrx": number(box.x + box.w),
                "lry": number(box.y + box.h),
            }
            etree.SubElement(self._surfaces[box.page], f"{TEI}zone", {f"{XML}id": name, **corners})
            self._zones[box] = name
        return self._zones[box]

    def write(self) -> Element | None:
        """Return ``facsimile``; ``None`` where there are no pages."""
        if not self._surfaces:
            return None
        facsimile = etree.Element(f"{TEI}facsimile")
        facsimile.extend(self._surfaces.values())
        return facsimile


def number(value: float) -> str:
    """Return a number as XML Schema has decimals, without an exponent; nothing finite is 0."""
    return f"{value if isfinite(value) else 0:.3f}".rstrip("0").rstrip(".")
