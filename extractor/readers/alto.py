"""ALTO, versions 1 to 4: the form in which libraries keep the text of scanned pages.

Specification: https://www.loc.gov/standards/alto/. The text is what the strings hold, in the order of the
blocks or, where there is one, of ``ReadingOrder``. Of a parted word both parts and the hyphen stay; ``HYP``,
or ``HypPart1`` where there is none, says that the page shows one. What stands in the margins, or is tagged as
running title, page number or advertisement, stays in the text and is no part of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.limits import MAX_PAGES
from extractor.readers.marked import (
    HYPHENS,
    Box,
    Layout,
    Named,
    Piece,
    around,
    box,
    confidence,
    engine,
    file_name,
    line_of,
    number,
    pages_until_damage,
    skip_reason,
    source_text,
    together,
)
from extractor.readers.options import Reading
from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage
from extractor.readers.source import Ocr, SourceText, Told, Unread
from extractor.readers.xml import Element, child, children, finished, local, text_of

MEDIA_TYPE = "application/alto+xml"

_UNITS = {"pixel": "pixel", "mm10": "mm10", "inch1200": "inch1200"}
_PARTS = ("Description", "Tags", "ReadingOrder", "Page")
# The order in which the parts of a page are read; in the file, margins come first.
_AREAS = ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin")
_MARGINS = {
    "TopMargin": "running_head",
    "BottomMargin": "running_head",
    "LeftMargin": "margin",
    "RightMargin": "margin",
}
_EXPORT = re.compile(r"export|conver", re.IGNORECASE)
"""Programs that wrote down what others recognised."""

_MOST_IN_MARGINS = 0.5
_TOUCHING = 0.2
"""Strings without a blank between them are one word where they are closer than this share of their height."""


def read(content: bytes, reading: Reading) -> SourceText:
    """Read an ALTO file.

    Raises:
        InputError: It is damaged before its first page is complete, or made to do harm.
    """
    options = reading.options
    layout = layout_of(
        content, source=reading.source.name, encoding=options.encoding, max_pages=options.max_pages
    )
    return source_text(layout, reading, MEDIA_TYPE)


def layout_of(
    content: bytes, *, source: str, encoding: str | None = None, max_pages: int = MAX_PAGES
) -> Layout:
    """Return the pages of an ALTO file; errors as :func:`read`."""
    layout = Layout()
    pages_until_damage(layout, _pages(layout, content, source, encoding, max_pages))
    if layout.languages:
        layout.told.append(Told("language", layout.languages.most_common(1)[0][0], "alto LANG"))
    return layout


@dataclass(slots=True)
class _File:
    """What a file says of all its pages."""

    unit: str | None = None
    image: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)


def _pages(
    layout: Layout, content: bytes, source: str, encoding: str | None, max_pages: int
) -> Iterator[None]:
    file = _File()
    for element in finished(content, _PARTS, source=source, encoding=encoding):
        name = local(element)
        if name == "Description":
            file.unit = _UNITS.get(text_of(child(element, "MeasurementUnit")).strip().lower())
            file.image = file_name(text_of(child(element, "sourceImageInformation", "fileName")))
            layout.ocr = _recognition(element) or layout.ocr
        elif name == "Tags":
            for tag in children(element):
                if reason := skip_reason(tag.get("LABEL"), tag.get("TYPE")):
                    file.tags[tag.get("ID", "")] = reason
        elif name == "ReadingOrder":
            for reference in element.iter("{*}ElementRef"):
                for one in reference.get("REF", "").split():
                    file.order.setdefault(one, len(file.order))
        elif len(layout.pages) >= max_pages:
            layout.unread.append(Unread("too_many_pages", len(layout.pages) + 1))
            return
        else:
            _page(layout, element, file)
            yield


def _recognition(description: Element) -> Ocr | None:
    """Return by what the text was recognised: the last step that made content."""
    found: Ocr | None = None
    for step in description.iter("{*}ocrProcessingStep", "{*}processingStep", "{*}Processing"):
        category = text_of(child(step, "processingCategory")) or step.get("TYPE", "")
        if category.lower() not in ("", "contentgeneration"):
            continue
        software = child(step, "processingSoftware")
        if software is None:
            continue
        name = text_of(child(software, "softwareName"))
        if found is None or not _EXPORT.search(name):
            found = engine(name, text_of(child(software, "softwareVersion"))) or found
    return found


def _page(layout: Layout, element: Element, file: _File) -> None:
    unit = file.unit or ("pixel" if _is_recent(element) else "mm10")
    width, height = number(element.get("WIDTH")), number(element.get("HEIGHT"))
    page = PrintedPage(len(layout.pages) + 1, max(width or 0, 0), max(height or 0, 0), unit, image=file.image)
    blocks: list[Named] = []
    in_margins: list[PrintedBlock] = []
    for area in sorted(children(element), key=_place):
        margin = _MARGINS.get(local(area))
        found = [*_blocks(area, file, margin, (element.get("ID", ""),), layout)]
        in_margins += (one.block for one in found if margin is not None)
        blocks += found
    _keep_what_is_no_margin(blocks, in_margins)
    layout.add(page, _in_reading_order(blocks, file.order))


def _is_recent(page: Element) -> bool:
    """Say whether the unit, which the file does not name, is not yet that of the first versions."""
    return str(page.tag).partition("}")[0].endswith(("ns-v3#", "ns-v4#", "ns-v5#"))


def _place(area: Element) -> int:
    name = local(area)
    return _AREAS.index(name) if name in _AREAS else _AREAS.index("PrintSpace")


def _keep_what_is_no_margin(blocks: list[Named], in_margins: list[PrintedBlock]) -> None:
    """Take a margin that holds most of the page's words for a mistake."""
    letters = sum(_letters(one.block) for one in blocks)
    if sum(map(_letters, in_margins)) > _MOST_IN_MARGINS * letters:
        for block in in_margins:
            block.skip = None


def _letters(block: PrintedBlock) -> int:
    return sum(len(word.text) for line in block.lines for word in line.words)


def _blocks(
    element: Element, file: _File, skip: str | None, within: tuple[str, ...], layout: Layout
) -> Iterator[Named]:
    """Yield the text blocks of an element, however deep (libxml2 allows 256 levels)."""
    name = local(element)
    skip = _skip(element, file) or skip
    if identity := element.get("ID"):
        within = (identity, *within)
    if name in ("TextBlock", "TextLine"):
        _count_language(element, layout)
        lines = [element] if name == "TextLine" else [*children(element, "TextLine")]
        loose = [one for one in children(element) if local(one) in ("String", "HYP")]
        made = [(line.get("ID", ""), _line(line, _box(line) or _box(element))) for line in lines]
        if loose and name == "TextBlock":
            made.append(("", _line(element, _box(element))))
        made = _lines_in_order(made, file.order)
        yield Named(
            PrintedBlock([line for _, line in made], skip), (*within, *(one for one, _ in made if one))
        )
        return
    for inner in children(element):
        yield from _blocks(inner, file, skip, within, layout)


def _skip(element: Element, file: _File) -> str | None:
    for tag in element.get("TAGREFS", "").split():
        if tag in file.tags:
            return file.tags[tag]
    # An illustration is set with its caption, which is to be read.
    reason = skip_reason(element.get("TYPE"))
    return None if reason == "illustration" else reason


def _count_language(block: Element, layout: Layout) -> None:
    for element in (block, *block.iterancestors("{*}Page")):
        language = (element.get("LANG") or element.get("language") or "").strip()[:20]
        if language:
            letters = sum(len(string.get("CONTENT", "")) for string in block.iter("{*}String"))
            layout.languages[language] += letters
            return


def _lines_in_order(
    lines: list[tuple[str, PrintedLine]], order: dict[str, int]
) -> list[tuple[str, PrintedLine]]:
    if any(one in order for one, _ in lines):
        return [lines[k] for k in _sorted([(one,) for one, _ in lines], order)]
    return lines


def _in_reading_order(blocks: list[Named], order: dict[str, int]) -> list[Named]:
    return [blocks[k] for k in _sorted([one.ids for one in blocks], order)] if order else blocks


def _sorted(ids: list[tuple[str, ...]], order: dict[str, int]) -> list[int]:
    """Return positions in the order told; what is not told of stays behind what it stood behind."""
    keys, last = [], -1
    for k, mine in enumerate(ids):
        last = next((order[one] for one in mine if one in order), last)
        keys.append((last, k))
    return [k for _, k in sorted(keys)]


def _box(element: Element) -> Box | None:
    get = element.get
    return box(number(get("HPOS")), number(get("VPOS")), number(get("WIDTH")), number(get("HEIGHT")))


def _line(element: Element, within: Box | None) -> PrintedLine:
    """Return the words of a line: strings, those that touch put together, and the hyphen at its end."""
    pieces: list[Piece] = []
    has_blanks = child(element, "SP") is not None
    parted, last = True, None
    for one in element:
        name = local(one)
        if name == "SP":
            parted = True
        elif name == "HYP":
            _hyphenate(pieces, one.get("CONTENT", "").strip() or "-", _box(one))
        elif name == "String" and (text := one.get("CONTENT", "").strip()):
            piece = Piece(text, _box(one), confidence(one.get("WC")))
            if has_blanks and not parted and _touch(pieces[-1], piece):
                piece = together((pieces.pop(), piece))
            pieces.append(piece)
            parted, last = False, one
    if last is not None and _is_first_part(last) and pieces[-1].text[-1] not in HYPHENS:
        _hyphenate(pieces, "-", None)
    return line_of(pieces, within)


def _hyphenate(pieces: list[Piece], hyphen: str, where: Box | None) -> None:
    if not pieces:
        pieces.append(Piece(hyphen, where))
    elif not pieces[-1].text.endswith(hyphen):
        piece = pieces[-1]
        together = around((piece.box, where)) if piece.box is not None else None
        pieces[-1] = Piece(piece.text.rstrip() + hyphen, together, piece.confidence)


def _is_first_part(string: Element) -> bool:
    """Say whether a word goes on in the next line, by the word that the two parts are."""
    whole = string.get("SUBS_CONTENT", "")
    return string.get("SUBS_TYPE") == "HypPart1" and len(whole) > len(string.get("CONTENT", ""))


def _touch(left: Piece, right: Piece) -> bool:
    if left.box is None or right.box is None:
        return False
    gap = right.box.x - left.box.right
    return abs(gap) < _TOUCHING * max(left.box.h, right.box.h)
