"""ALTO 4 of a record's own pages: its text, word by word, with the places that the record knows.

A record knows the places of what it says, not of every word: the others have none. Where one box holds
several words, each has its share of it, by letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extractor.errors import InputError
from extractor.exports.alto.tags import Tag
from extractor.exports.passages import passages_of
from extractor.exports.tei.facsimile import number
from extractor.exports.xml_text import legal
from extractor.record import Box, DocumentPage, RaceRecord, Span
from extractor.version import __version__

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_A = f"{{{NAMESPACE}}}"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_UNITS = {
    "pixel": ("pixel", 1.0),
    "mm10": ("mm10", 1.0),
    "inch1200": ("inch1200", 1.0),
    "point": ("inch1200", 50 / 3),
}
"""ALTO's unit for each of ours, and how many of it make one: a point is 1/72 inch."""

_WORD = re.compile(r"\S+")
_PARAGRAPH = re.compile(r"(?:\r\n?|\n)\s*(?:\r\n?|\n)\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

Element = Any
Word = tuple[int, int]


def made(record: RaceRecord, tags: list[Tag]) -> dict[str, bytes]:
    """Return a file for each page, by name: ``0001.xml``.

    Raises:
        InputError: ``alto_without_pages``.
    """
    if not record.document.pages:
        raise InputError("alto_without_pages", source=record.document.source or record.document.id)
    places = _Places(record)
    return {
        f"{page.page:04}.xml": _Page(record, page, places, tags).write() for page in record.document.pages
    }


class _Places:
    """Where words stand, as far as the record tells."""

    def __init__(self, record: RaceRecord) -> None:
        self._text = record.document.text
        self._boxes: dict[Word, Box] = {}
        spans = {
            (span.start, span.end): span for one in passages_of(record) for span in one.spans if span.boxes
        }
        # The shortest last: what it says of a word is the most exact.
        for span in sorted(spans.values(), key=lambda span: span.start - span.end):
            self._boxes.update(self._shares(span))

    def of(self, word: Word) -> Box | None:
        """Return the place of a word, ``None`` where the record does not know it."""
        return self._boxes.get(word)

    def _shares(self, span: Span) -> Iterator[tuple[Word, Box]]:
        """Yield the words that lie within a span, each with its part of the span's boxes."""
        lines = list(_lines(self._text, span))
        if len(lines) != len(span.boxes):
            return  # nobody knows which words are in which box
        for (start, end), box in zip(lines, span.boxes, strict=True):
            letter = box.w / (end - start)
            for found in _WORD.finditer(self._text, start, end):
                is_whole = not self._text[found.start() - 1 : found.start()].strip() or found.start() == 0
                if is_whole and not self._text[found.end() : found.end() + 1].strip():
                    left = box.x + letter * (found.start() - start)
                    share = box.model_copy(update={"x": left, "w": letter * len(found[0])})
                    yield found.span(), share


def _lines(text: str, span: Span) -> Iterator[Word]:
    """Yield the parts of a span line by line, without blanks at their ends."""
    at = span.start
    for line in re.split(r"(\r\n?|\n)", text[span.start : span.end]):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            yield start, start + len(bare)
        at += len(line)


class _Page:
    """Writes one page."""

    def __init__(self, record: RaceRecord, page: DocumentPage, places: _Places, tags: list[Tag]) -> None:
        self._record = record
        self._text = record.document.text
        self._page = page
        self._places = places
        self._unit, self._scale = _UNITS.get(page.unit, ("pixel", 1.0))
        on_page = [
            (tag, [span for span in tag.spans if span.start < page.end and span.end > page.start])
            for tag in tags
        ]
        self._tags = [(tag, f"tag{count}", spans) for count, (tag, spans) in enumerate(on_page, 1) if spans]
        self._words = [found.span() for found in _WORD.finditer(self._text, page.start, page.end)]
        self._references: dict[Word, list[str]] = {}
        starts = [start for start, _ in self._words]
        for _, name, spans in self._tags:
            for span in spans:
                first = max(0, bisect_left(starts, span.start) - 1)
                for word in self._words[first : bisect_left(starts, span.end)]:
                    references = self._references.setdefault(word, [])
                    if word[1] > span.start and name not in references:
                        references.append(name)

    def write(self) -> bytes:
        """Return the file."""
        root = etree.Element(f"{_A}alto", nsmap={None: NAMESPACE, "xsi": _XSI})
        root.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
        root.set("SCHEMAVERSION", "4.4")
        self._describe(root)
        if self._tags:
            element = etree.SubElement(root, f"{_A}Tags")
            for tag, name, _ in self._tags:
                etree.SubElement(element, f"{_A}{tag.element}", tag.attributes(name))
        self._lay_out(etree.SubElement(root, f"{_A}Layout"))
        etree.indent(root)
        return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"

    def _describe(self, root: Element) -> None:
        description = etree.SubElement(root, f"{_A}Description")
        etree.SubElement(description, f"{_A}MeasurementUnit").text = self._unit
        source = etree.SubElement(description, f"{_A}sourceImageInformation")
        if self._page.image:
            etree.SubElement(source, f"{_A}fileName").text = legal(self._page.image)
        document = self._record.document
        if document.source:
            etree.SubElement(source, f"{_A}documentIdentifier").text = legal(document.source)
        if document.ocr is not None:
            self._step(description, "contentGeneration", document.ocr.engine, document.ocr.version)
        self._step(description, "contentModification", "Parc Fermé", __version__)

    def _step(self, description: Element, category: str, software: str, version: str | None) -> None:
        step = etree.SubElement(description, f"{_A}Processing", {"ID": f"step{len(description) - 1}"})
        etree.SubElement(step, f"{_A}processingCategory").text = category
        used = etree.SubElement(step, f"{_A}processingSoftware")
        etree.SubElement(used, f"{_A}softwareName").text = legal(software)
        if version:
            etree.SubElement(used, f"{_A}softwareVersion").text = legal(version)

    def _lay_out(self, layout: Element) -> None:
        page = self._page
        told = {"ID": f"page{page.page}", "PHYSICAL_IMG_NR": str(page.page)}
        told |= {"WIDTH": self._measure(page.width), "HEIGHT": self._measure(page.height)}
        language = self._record.document.language or ""
        if _LANGUAGE.fullmatch(language):
            told["LANG"] = language
        space = etree.SubElement(etree.SubElement(layout, f"{_A}Page", told), f"{_A}PrintSpace")
        block: Element = None
        for count, (line, begins) in enumerate(self._text_lines(), 1):
            if begins:
                block = etree.SubElement(space, f"{_A}TextBlock", {"ID": f"block{count}"})
            self._line(etree.SubElement(block, f"{_A}TextLine", {"ID": f"line{count}"}), line)

    def _text_lines(self) -> Iterator[tuple[list[Word], bool]]:
        """Yield the words of each line, and whether a paragraph begins with it."""
        line: list[Word] = []
        begins, end = True, self._page.start
        for word in self._words:
            between = self._text[end : word[0]]
            if line and ("\n" in between or "\r" in between):
                yield line, begins
                line, begins = [], _PARAGRAPH.search(between) is not None
            line.append(word)
            end = word[1]
        if line:
            yield line, begins

    def _line(self, element: Element, line: list[Word]) -> None:
        boxes = []
        for count, word in enumerate(line):
            if count:
                etree.SubElement(element, f"{_A}SP")
            start, end = word
            told = {"ID": f"c{start}-{end}", "CONTENT": legal(self._text[start:end])}
            box = self._places.of(word)
            if box is not None and box.page == self._page.page:
                told |= self._place(box)
                boxes.append(box)
            if references := self._references.get(word):
                told["TAGREFS"] = " ".join(references)
            etree.SubElement(element, f"{_A}String", told)
        if len(boxes) == len(line):
            left, top = min(one.x for one in boxes), min(one.y for one in boxes)
            right, bottom = max(one.x + one.w for one in boxes), max(one.y + one.h for one in boxes)
            whole = boxes[0].model_copy(update={"x": left, "y": top, "w": right - left, "h": bottom - top})
            for name, value in self._place(whole).items():
                element.set(name, value)

    def _place(self, box: Box) -> dict[str, str]:
        sides = {"HPOS": box.x, "VPOS": box.y, "WIDTH": box.w, "HEIGHT": box.h}
        return {name: self._measure(side) for name, side in sides.items()}

    def _measure(self, value: float) -> str:
        return number(value * self._scale)
