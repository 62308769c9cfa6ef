"""PAGE XML, versions 2010 to 2019: what Transkribus, eScriptorium, OCR-D and others write.

Specification: https://github.com/PRImA-Research-Lab/PAGE-XML. The order is that of ``ReadingOrder``, of
Transkribus' ``custom`` attribute, or of the file. Where a line has a text of its own, that is what it says;
its words lend it their boxes. A table is read row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.limits import MAX_PAGES
from extractor.readers.marked import (
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
)
from extractor.readers.options import Reading
from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage
from extractor.readers.source import SourceText, Told, Unread
from extractor.readers.xml import Element, child, children, finished, local, text_of

MEDIA_TYPE = "application/vnd.prima.page+xml"

_INDEX = re.compile(r"readingOrder\s*\{[^}]*index\s*:\s*(\d{1,9})")
_STRUCTURE = re.compile(r"structure\s*\{[^}]*type\s*:\s*([\w-]+)")
_POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_LANGUAGES = ("primaryLanguage", "language")
_SKIPPED_REGIONS = {
    "AdvertRegion": "advert",
    "ImageRegion": "illustration",
    "GraphicRegion": "illustration",
    "LineDrawingRegion": "illustration",
    "NoiseRegion": "noise",
}
_ENDING = frozenset({"heading", "caption", "credit"})
"""Kinds of text region with which a paragraph ends. A paragraph may be part of one."""

# From baseline and number of letters to a box: a letter is half as wide as high, and hangs down by a fifth.
_HEIGHT_OF_A_LETTER = 2.0
_ABOVE_THE_BASELINE = 0.8


def read(content: bytes, reading: Reading) -> SourceText:
    """Read a PAGE file.

    Raises:
        InputError: It is damaged, or made to do harm.
    """
    options = reading.options
    layout = layout_of(
        content, source=reading.source.name, encoding=options.encoding, max_pages=options.max_pages
    )
    return source_text(layout, reading, MEDIA_TYPE)


def layout_of(
    content: bytes, *, source: str, encoding: str | None = None, max_pages: int = MAX_PAGES
) -> Layout:
    """Return the pages of a PAGE file, which are usually one; errors as :func:`read`."""
    layout = Layout()
    pages_until_damage(layout, _pages(layout, content, source, encoding, max_pages))
    if layout.languages:
        layout.told.append(Told("language", layout.languages.most_common(1)[0][0], "page primaryLanguage"))
    return layout


def _pages(
    layout: Layout, content: bytes, source: str, encoding: str | None, max_pages: int
) -> Iterator[None]:
    for element in finished(content, ("Metadata", "Page"), source=source, encoding=encoding):
        if local(element) == "Metadata":
            _metadata(layout, element)
        elif len(layout.pages) >= max_pages:
            layout.unread.append(Unread("too_many_pages", len(layout.pages) + 1))
            return
        else:
            _page(layout, element)
            yield


def _metadata(layout: Layout, metadata: Element) -> None:
    # Transkribus lists every model that it ran, its own name last.
    creators = [line for line in text_of(child(metadata, "Creator")).splitlines() if line.strip()]
    if creators:
        layout.ocr = engine(creators[-1])
    transkribus = child(metadata, "TranskribusMetadata")
    title = "" if transkribus is None else transkribus.get("title", "").strip()
    if title:
        layout.told.append(Told("title", title, "page TranskribusMetadata title"))


def _page(layout: Layout, element: Element) -> None:
    width, height = number(element.get("imageWidth")), number(element.get("imageHeight"))
    image = file_name(element.get("imageFilename"))
    page = PrintedPage(len(layout.pages) + 1, max(width or 0, 0), max(height or 0, 0), "pixel", image=image)
    order: dict[str, int] = {}
    reading_order = child(element, "ReadingOrder")
    if reading_order is not None:
        for reference in _references(reading_order):
            order.setdefault(reference, len(order))
    layout.add(page, _regions(element, order, None, layout))


def _references(group: Element) -> Iterator[str]:
    """Yield the regions that a group of the reading order names, and its groups within."""
    parts = [*children(group)]
    if any(part.get("index") for part in parts):
        parts.sort(key=lambda part: number(part.get("index")) or 0)
    for part in parts:
        if reference := part.get("regionRef"):
            yield reference
        yield from _references(part)


def _regions(element: Element, order: dict[str, int], skip: str | None, layout: Layout) -> Iterator[Named]:
    """Yield the blocks of the regions within an element, in reading order."""
    for region in _in_order([one for one in children(element) if local(one).endswith("Region")], order):
        kind = _kind(region)
        why = skip or _SKIPPED_REGIONS.get(local(region)) or skip_reason(kind)
        if local(region) == "TableRegion":
            yield Named(PrintedBlock([*_rows(region)], why, ends=True), _ids(region))
            continue
        inner = [*_regions(region, order, why, layout)]
        lines = [*_lines(region)] if not inner or child(region, "TextLine") is not None else []
        if lines:
            ends = True if kind in _ENDING and region.get("continuation") != "true" else None
            yield Named(PrintedBlock(lines, why, ends), _ids(region))
            _count_language(region, lines, layout)
        yield from inner


def _ids(region: Element) -> tuple[str, ...]:
    return tuple(
        one for one in (region.get("id"), *(line.get("id") for line in children(region, "TextLine"))) if one
    )


def _kind(region: Element) -> str:
    custom = _STRUCTURE.search(region.get("custom", ""))
    return str(region.get("type") or (custom.group(1) if custom else ""))


def _in_order(regions: list[Element], order: dict[str, int]) -> list[Element]:
    """Return regions as the reading order has them; one that it does not name stays behind the last."""
    if not any(region.get("id") in order for region in regions):
        return _by_custom_index(regions)
    keys, last = [], -1
    for k, region in enumerate(regions):
        # A region that is only there for those within it is where the first of them is.
        named = [order[one.get("id")] for one in region.iter() if one.get("id") in order]
        last = min(named, default=last)
        keys.append((last, k))
    return [regions[k] for _, k in sorted(keys)]


def _by_custom_index(elements: list[Element]) -> list[Element]:
    found = [_INDEX.search(element.get("custom", "")) for element in elements]
    if all(match is None for match in found):
        return elements
    keys, last = [], -1
    for k, match in enumerate(found):
        last = int(match.group(1)) if match else last
        keys.append((last, k))
    return [elements[k] for _, k in sorted(keys)]


def _count_language(region: Element, lines: Iterable[PrintedLine], layout: Layout) -> None:
    for element in (region, *region.iterancestors("{*}Page")):
        for name in _LANGUAGES:
            if language := (element.get(name) or "").strip()[:20]:
                layout.languages[language] += sum(len(word.text) for line in lines for word in line.words)
                return


def _rows(table: Element) -> Iterator[PrintedLine]:
    """Yield the rows of a table, its cells (regions or, of Transkribus, ``TableCell``) from left to right."""
    cells: dict[tuple[float, float, int], list[PrintedLine]] = {}
    for k, cell in enumerate(one for one in children(table) if local(one) in ("TableCell", "TextRegion")):
        role = child(cell, "Roles", "TableCellRole")
        row, column = (
            (cell.get("row"), cell.get("col"))
            if role is None
            else (role.get("rowIndex"), role.get("columnIndex"))
        )
        where = number(row)
        place = (where if where is not None else float(k), number(column) or 0.0, k)
        cells[place] = [*_lines(cell)]
    last: float | None = None
    words: list[PrintedLine] = []
    for place in sorted(cells):
        if last is not None and place[0] != last and words:
            yield PrintedLine([word for line in words for word in line.words])
            words = []
        last = place[0]
        words += cells[place]
    if words:
        yield PrintedLine([word for line in words for word in line.words])


def _lines(region: Element) -> Iterator[PrintedLine]:
    """Yield the lines of a region; where it has none, those of its own text, which share its box."""
    lines = _by_custom_index([*children(region, "TextLine")])
    whole = _box(region)
    made = [_line(line, None) for line in lines]
    if any(line.words for line in made):
        yield from made
        return
    texts = [text for text in _text(region)[0].splitlines() if text.strip()]
    for k, text in enumerate(texts):
        part = whole and Box(whole.x, whole.y + whole.h / len(texts) * k, whole.w, whole.h / len(texts))
        yield line_of([Piece(text, part, _text(region)[1])], part)


def _line(line: Element, within: Box | None) -> PrintedLine:
    text, sure = _text(line)
    pieces = []
    for word in children(line, "Word"):
        inner, of_word = _text(word)
        if not inner:
            inner = "".join(_text(glyph)[0] for glyph in children(word, "Glyph"))
        if inner.strip():
            pieces.append(Piece(inner, _box(word), sure if of_word is None else of_word))
    where = _box(line) or _on_the_baseline(line, text) or within
    if not pieces:
        pieces = [Piece(text, where, sure)]
        return line_of(pieces, where)
    return line_of(pieces, where or around(piece.box for piece in pieces), text if text.strip() else None)


def _text(element: Element) -> tuple[str, float | None]:
    """Return the text of an element, that of the lowest index or else the surest, and how sure it is."""
    found: list[tuple[float, float, int, str, float | None]] = []
    for k, one in enumerate(children(element, "TextEquiv")):
        unicode = child(one, "Unicode")
        text = text_of(unicode if unicode is not None else child(one, "PlainText"))
        if not text.strip():
            continue
        index, sure = number(one.get("index")), confidence(one.get("conf"))
        # An index outranks any confidence; without either, the first is taken.
        found.append((index if index is not None else 1e9, -(sure or 0), k, text, sure))
    if not found:
        return "", None
    *_, text, sure = min(found)
    return text, sure


def _points(element: Element | None) -> list[tuple[float, float]]:
    """Return the points of ``Coords`` or ``Baseline``: an attribute, or in 2010 elements."""
    if element is None:
        return []
    pairs = _POINT.findall(element.get("points", "")) or [
        (point.get("x", ""), point.get("y", "")) for point in children(element, "Point")
    ]
    known = [(number(x), number(y)) for x, y in pairs]
    return [(x, y) for x, y in known if x is not None and y is not None]


def _box(element: Element) -> Box | None:
    points = _points(child(element, "Coords"))
    if not points:
        return None
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)


def _on_the_baseline(line: Element, text: str) -> Box | None:
    """Return about where a line stands of which only the baseline is known."""
    points = _points(child(line, "Baseline"))
    if not points or not text.strip():
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    height = _HEIGHT_OF_A_LETTER * (right - left) / len(text.strip())
    middle = sum(y for _, y in points) / len(points)
    return box(left, middle - _ABOVE_THE_BASELINE * height, right - left, height)
