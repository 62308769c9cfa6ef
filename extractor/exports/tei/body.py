"""The text as it was read, with names and speech marked up and the places of all evidence.

Joined together, the texts of the elements in ``body`` are the document's text, character by character; only
what XML cannot hold is a ``g`` with one sign instead. Nothing is indented there, nothing is left out: the
blank lines between paragraphs stand at their ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from extractor.exports.tei.facsimile import Facsimile
from extractor.exports.tei.marks import Mark, Node, Stretch, nested
from extractor.exports.tei.names import TEI, XML
from extractor.exports.xml_text import ILLEGAL, Identifiers, shown
from extractor.record import DocumentPage

_BLANK_LINES = re.compile(r"(?:\r\n?|\n)\s*(?:\r\n?|\n)\s*")
_LINE_END = re.compile(r"\r\n?|\n")

Element = Any


@dataclass(slots=True)
class Body:
    """Writes the text of one document.

    Attributes:
        text: It.
        ids: Of the file.
        facsimile: The pages.
        anchors: The ``xml:id`` of every place that something points to, by offset.
        unfit: The characters that XML cannot hold, with the ``xml:id`` of their declaration.
    """

    text: str
    ids: Identifiers
    facsimile: Facsimile
    anchors: dict[int, str] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    _points: dict[int, list[Element]] = field(default_factory=dict)
    _places: list[int] = field(default_factory=list)
    _pieces: dict[int, list[Element]] = field(default_factory=dict)
    _paragraphs: list[tuple[int, int]] = field(default_factory=list)
    _nodes: list[list[Node]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for character in sorted(set(ILLEGAL.findall(self.text))):
            self.unfit[character] = self.ids.new(f"u{ord(character):04X}")

    def anchor(self, offset: int) -> str:
        """Return the ``xml:id`` of a place in the text, of which the offset is a part."""
        if offset not in self.anchors:
            self.anchors[offset] = self.ids.new(f"c{offset}")
        return self.anchors[offset]

    def lay_out(self, marks: Sequence[Mark]) -> list[Stretch]:
        """Decide which elements there will be in each paragraph, and return what finds no place in any."""
        self._paragraphs = list(_paragraphs(self.text))
        left_out = []
        for (_, end), part in zip(self._paragraphs, _by_paragraph(marks, self._paragraphs), strict=True):
            nodes, too_deep = nested(part, end)
            self._nodes.append(nodes)
            left_out += too_deep
        return left_out

    def write(self, title: str | None, pages: Sequence[DocumentPage]) -> Element:
        """Return ``body``; it must be laid out, and anchors must be known by now."""
        body = etree.Element(f"{TEI}body", {f"{XML}space": "preserve"})
        self._place_points(pages)
        last = len(self._paragraphs) - 1
        for number, (start, end) in enumerate(self._paragraphs):
            is_head = number == 0 < last and self.text[start:end].strip() == (title or "").strip()
            paragraph = etree.SubElement(body, f"{TEI}head" if is_head else f"{TEI}p")
            self._fill(paragraph, self._nodes[number], start, end)
            if number == last:
                self._put_points(paragraph, end)
        if not self._paragraphs:
            etree.SubElement(body, f"{TEI}ab")
        self._chain()
        return body

    def _place_points(self, pages: Sequence[DocumentPage]) -> None:
        """Make what stands between characters: page beginnings, line beginnings, anchors."""
        for page in pages:
            attributes = {"n": str(page.page)} | self.facsimile.reference(page.page)
            self._points.setdefault(page.start, []).append(etree.Element(f"{TEI}pb", attributes))
        for start, end in self._paragraphs:
            visible = start + len(self.text[start:end].rstrip())
            for found in _LINE_END.finditer(self.text, start, visible):
                self._points.setdefault(found.end(), []).append(etree.Element(f"{TEI}lb"))
        for offset, name in self.anchors.items():
            self._points.setdefault(offset, []).append(etree.Element(f"{TEI}anchor", {f"{XML}id": name}))
        for found in ILLEGAL.finditer(self.text):
            self._points.setdefault(found.start(), [])
        self._places = sorted(self._points)

    def _fill(self, parent: Element, nodes: list[Node], start: int, end: int) -> None:
        at = start
        for node in nodes:
            self._put_text(parent, at, node.start)
            element = etree.SubElement(parent, f"{TEI}{node.mark.tag}", node.mark.attributes)
            self._pieces.setdefault(id(node.mark), []).append((element, node.mark, node.start, node.end))
            self._fill(element, node.within, node.start, node.end)
            at = node.end
        self._put_text(parent, at, end)

    def _put_text(self, parent: Element, start: int, end: int) -> None:
        """Write text from ``start`` to ``end``, and the points from ``start`` on but before ``end``."""
        at = start
        first = bisect_left(self._places, start)
        for place in self._places[first : bisect_left(self._places, end)]:
            _append(parent, self.text[at:place])
            self._put_points(parent, place)
            at = place
            if ILLEGAL.match(self.text[place]):
                sign = etree.SubElement(parent, f"{TEI}g", {"ref": f"#{self.unfit[self.text[place]]}"})
                sign.text = shown(self.text[place])
                at = place + 1
        _append(parent, self.text[at:end])

    def _put_points(self, parent: Element, place: int) -> None:
        parent.extend(self._points.pop(place, ()))

    def _chain(self) -> None:
        """Give marks their identifiers and places on the page, and tell their pieces of each other."""
        for pieces in self._pieces.values():
            for number, (element, mark, start, end) in enumerate(pieces):
                if len(pieces) > 1 or mark.tag == "said":
                    element.set(
                        f"{XML}id", mark.name if not number else self.ids.new(f"{mark.name}.{number + 1}")
                    )
                spans = [one for one in mark.spans if one.start < end and one.end > start]
                if zones := self.facsimile.zones(spans):
                    element.set("facs", zones)
            for (before, *_), (behind, *_) in pairwise(pieces):
                before.set("next", f"#{behind.get(f'{XML}id')}")
                behind.set("prev", f"#{before.get(f'{XML}id')}")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs, each with the blank lines behind it; together they are the text."""
    start = 0
    for found in _BLANK_LINES.finditer(text):
        if text[start : found.start()].strip():
            yield start, found.end()
            start = found.end()
    if start < len(text):
        yield start, len(text)


def _by_paragraph(marks: Sequence[Mark], paragraphs: list[tuple[int, int]]) -> list[list[Stretch]]:
    """Return what of the marks stands in each paragraph."""
    parts: list[list[Stretch]] = [[] for _ in paragraphs]
    ends = [end for _, end in paragraphs]
    for mark in marks:
        for span in sorted(mark.spans, key=lambda span: span.start):
            at, number = span.start, bisect_right(ends, span.start)
            while at < span.end:
                parts[number].append(Stretch(at, min(span.end, ends[number]), mark))
                at, number = ends[number], number + 1
    return parts


def _append(parent: Element, text: str) -> None:
    if not text:
        return
    last = next(parent.iterchildren(reversed=True), None)  # its length would be counted anew each time
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
