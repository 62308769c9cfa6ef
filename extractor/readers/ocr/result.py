"""What Tesseract gives for a page: its ALTO, led back to the page's own image, and as words on a page.

ALTO 3: https://www.loc.gov/standards/alto/
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.readers.ocr import preparation as prepare
from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage, PrintedWord
from extractor.readers.printed.shapes import Tilt
from extractor.readers.xml import Element, parse_xml

if TYPE_CHECKING:
    from extractor.readers.ocr.preparation import Affine, Prepared

_FEW_LINES = 3
_BEFORE = 4.0
"""Numbers of a list stand so many times the height of a line before it, at most."""

_LEVEL = 1e-3
"""Maps that differ less from none, per pixel, are none."""


class Letters(NamedTuple):
    """A word as the engine read it: its text, and how sure it was (0 to 1)."""

    text: str
    confidence: float


class Result:
    """The ALTO of one page as Tesseract gave it, in pixels of the prepared image."""

    def __init__(self, alto: bytes, prepared: Prepared, mode: int) -> None:
        """Parse the ALTO of an image that was divided in this way (``--psm``).

        Raises:
            InputError: It is no sound XML.
        """
        self.root = parse_xml(alto, source="ALTO")
        self.prepared = prepared
        self.mode = mode

    def letters(self) -> list[Letters]:
        """Return the words, without where they stand."""
        return [
            Letters(word.get("CONTENT", ""), _number(word, "WC"))
            for word in _all(self.root, "String")
            if word.get("CONTENT", "").strip()
        ]

    def lines_cut_short(self) -> float:
        """Return the share of lines before which letters stand that were not read, such as numbers of a list.

        Numbers taken for one word that runs from top to bottom count as not read.
        """
        import numpy as np

        lines = [line for line in _all(self.root, "TextLine") if not _runs_down(line)]
        if len(lines) < _FEW_LINES:
            return 0.0
        marks = prepare.mark_boxes(self.prepared)
        middle = marks[:, 1] + marks[:, 3] / 2
        cut = 0
        for line in lines:
            left, top, height = (_number(line, name) for name in ("HPOS", "VPOS", "HEIGHT"))
            before = (marks[:, 0] + marks[:, 2] < left) & (marks[:, 0] > left - _BEFORE * height)
            beside = (middle > top) & (middle < top + height)
            sized = (marks[:, 3] > 0.35 * height) & (marks[:, 3] < 1.3 * height)
            cut += bool(np.any(before & beside & sized))
        return cut / len(lines)

    def page(self, page: PrintedPage, across: float, down: float) -> PrintedPage:
        """Return a page with the words that stand on it.

        Args:
            page: The page, still empty.
            across: Widths of the page's unit per pixel of its image.
            down: The same for heights.
        """
        import numpy as np

        to_page = np.array([[across, 0], [0, down]]) @ self.prepared.back
        # Lines are straight and level in the prepared image: there the paragraphs are told from each other.
        wide, high = (float(math.hypot(*to_page[:, axis])) for axis in (0, 1))
        lie = to_page.copy()
        lie[:, 0] /= wide
        lie[:, 1] /= high
        height, width = self.prepared.gray.shape
        as_is = bool(np.abs(lie - np.eye(2, 3)).max() < _LEVEL)
        return PrintedPage(
            page.number,
            page.width if as_is else width * wide,
            page.height if as_is else height * high,
            page.unit,
            list(_blocks(self.root, wide, high)),
            page.image,
            None if as_is else Tilt(page.width, page.height, _six(lie)),
        )

    def alto(
        self, size: tuple[int, int], number: int, name: str | None, engine: tuple[str, str, str]
    ) -> bytes:
        """Return the ALTO in pixels of the page's own image, with what was done to it.

        Args:
            size: Width and height of the page's own image, in pixels.
            number: Of the page.
            name: File name of the image, where it has one.
            engine: Its name, its version and its settings.
        """
        from lxml import etree

        for element in self.root.iter("*"):
            if element.get("HPOS") is not None and element.get("WIDTH") is not None:
                _move(element, self.prepared.back, size)
        for page in _all(self.root, "Page"):
            page.set("WIDTH", str(size[0]))
            page.set("HEIGHT", str(size[1]))
            page.set("PHYSICAL_IMG_NR", str(number))
        for space in _all(self.root, "PrintSpace"):
            for attribute, value in (("HPOS", 0), ("VPOS", 0), ("WIDTH", size[0]), ("HEIGHT", size[1])):
                space.set(attribute, str(value))
        for file in _all(self.root, "fileName"):
            file.text = "".join(sign if sign.isprintable() else "?" for sign in name or "")
        for processing in _all(self.root, "OCRProcessing"):
            _tell_processing(processing, self.prepared.steps, engine)
        content: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return content


def _runs_down(line: Element) -> bool:
    return _number(line, "HEIGHT") > 2.5 * _number(line, "WIDTH")


def _all(element: Element, name: str) -> Iterator[Element]:
    return element.iter(f"{{*}}{name}")  # type: ignore[no-any-return]


def _six(matrix: Affine) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = map(float, matrix.ravel())
    return a, b, c, d, e, f


def _blocks(root: Element, wide: float, high: float) -> Iterator[PrintedBlock]:
    for block in _all(root, "TextBlock"):
        lines = [
            PrintedLine(words) for line in _all(block, "TextLine") if (words := _words(line, wide, high))
        ]
        if lines:
            yield PrintedBlock(lines)


def _words(line: Element, wide: float, high: float) -> list[PrintedWord]:
    return [
        PrintedWord(
            word.get("CONTENT"),
            _number(word, "HPOS") * wide,
            _number(word, "VPOS") * high,
            _number(word, "WIDTH") * wide,
            _number(word, "HEIGHT") * high,
            _number(word, "WC"),
        )
        for word in _all(line, "String")
        if word.get("CONTENT", "").strip()
    ]


def _number(element: Element, attribute: str) -> float:
    try:
        return float(element.get(attribute, "0"))
    except ValueError:
        return 0.0


def _move(element: Element, back: Affine, size: tuple[int, int]) -> None:
    """Set an element's box to the one in the page's own image that holds it."""
    left, top = _number(element, "HPOS"), _number(element, "VPOS")
    right, bottom = left + _number(element, "WIDTH"), top + _number(element, "HEIGHT")
    if element.get("HEIGHT") is None:  # blanks have no height
        bottom = top
    own = Tilt(*size, _six(back)).box(left, top, right - left, bottom - top)
    x0, y0, x1, y1 = own[0], own[1], own[0] + own[2], own[1] + own[3]
    x0, x1 = max(0, math.floor(x0 + _LEVEL)), min(size[0], math.ceil(x1 - _LEVEL))
    y0, y1 = max(0, math.floor(y0 + _LEVEL)), min(size[1], math.ceil(y1 - _LEVEL))
    for attribute, value in (
        ("HPOS", x0),
        ("VPOS", y0),
        ("WIDTH", max(0, x1 - x0)),
        ("HEIGHT", max(0, y1 - y0)),
    ):
        if element.get(attribute) is not None:
            element.set(attribute, str(value))


def _tell_processing(processing: Any, steps: tuple[str, ...], engine: tuple[str, str, str]) -> None:
    """Say in the ALTO's own elements what was done to the image, and by which engine it was read."""
    from lxml import etree

    def put(parent: Any, name: str, text: str | None = None) -> Any:
        element = etree.SubElement(parent, f"{{{space}}}{name}")
        element.text = text
        return element

    space = etree.QName(processing).namespace
    for child in list(processing):
        processing.remove(child)
    if steps:
        before = put(processing, "preProcessingStep")
        for step in steps:
            put(before, "processingStepDescription", step)
        put(put(before, "processingSoftware"), "softwareName", "parcferme")
    step = put(processing, "ocrProcessingStep")
    put(step, "processingStepSettings", engine[2])
    software = put(step, "processingSoftware")
    put(software, "softwareName", engine[0])
    put(software, "softwareVersion", engine[1])
