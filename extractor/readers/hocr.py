"""hOCR: recognised pages as HTML, whether it is well-formed or not.

Specification: http://kba.github.io/hocr-spec/1.2/. The text is what a browser would show of each line; words
lend it their boxes. Tesseract calls headings ``ocr_header``, which others use for running heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from extractor.errors import InputError
from extractor.limits import MAX_PAGES
from extractor.readers.marked import (
    Box,
    Layout,
    Named,
    Piece,
    box,
    confidence,
    engine,
    file_name,
    in_lines,
    line_of,
    number,
    source_text,
)
from extractor.readers.options import Reading
from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage
from extractor.readers.source import SourceText, Told, Unread
from extractor.readers.xml import Element, character, local, parse_html, parse_xml, text_of

MEDIA_TYPE = "text/vnd.hocr+html"

_PAGE = "ocr_page"
_WORDS = frozenset({"ocrx_word", "ocr_word"})
_LINES = frozenset(
    {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno"}
)
_BLOCKS = frozenset({"ocr_par", "ocr_carea", "ocrx_block", "ocr_float", "ocr_table", "ocr_textimage"})
_FLOATS = frozenset({"ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno"})
_SKIPPED = {"ocr_header": "running_head", "ocr_footer": "running_head", "ocr_pageno": "page_number"}
_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)[\s,]+(-?[\d.]+)[\s,]+(-?[\d.]+)[\s,]+(-?[\d.]+)")
_CONFIDENCE = re.compile(r"\bx_wconf\s+(-?[\d.]+)")
_IMAGE = re.compile(r"\bimage\s+(?:\"([^\"]*)\"|'([^']*)'|([^;\s]+))")
_TOLD = {
    "title": "title",
    "date": "published_on",
    "publisher": "publisher",
    "creator": "author",
    "language": "language",
}
_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DAMAGED = frozenset({"damaged_xml", "damaged_text"})


def read(content: bytes, reading: Reading) -> SourceText:
    """Read an hOCR file.

    Raises:
        InputError: It is made to do harm, or in no known encoding.
    """
    options = reading.options
    layout = layout_of(
        content, source=reading.source.name, encoding=options.encoding, max_pages=options.max_pages
    )
    return source_text(layout, reading, MEDIA_TYPE)


def layout_of(
    content: bytes, *, source: str, encoding: str | None = None, max_pages: int = MAX_PAGES
) -> Layout:
    """Return the pages of an hOCR file; errors as :func:`read`."""
    try:
        root = parse_xml(content, source=source, encoding=encoding)
    except InputError as error:
        if error.code not in _DAMAGED:
            raise
        root = parse_html(content, source=source, encoding=encoding)
    layout = Layout()
    by_tesseract = _head(root, layout)
    pages = [element for element in root.iter() if _PAGE in _classes(element)]
    for element in pages[:max_pages]:
        _page(layout, element, by_tesseract=by_tesseract)
    if len(pages) > max_pages:
        layout.unread.append(Unread("too_many_pages", max_pages + 1))
    if layout.languages:
        layout.told.append(Told("language", layout.languages.most_common(1)[0][0], "hocr lang"))
    return layout


def _head(root: Element, layout: Layout) -> bool:
    """Read what the head says, and return whether the file is Tesseract's."""
    metas: dict[str, str] = {}
    title = ""
    for element in root.iter():
        name = local(element).lower()
        if name == "meta" and element.get("name"):
            metas.setdefault(element.get("name").strip().lower(), (element.get("content") or "").strip())
        elif name == "title" and not title:
            title = " ".join(text_of(element).split())
        elif name == "body":
            break
    layout.ocr = engine(metas.get("ocr-system"), language=metas.get("ocr-langs"))
    if title and file_name(title) == title and "." not in title[-5:]:
        layout.told.append(Told("title", title, "hocr title"))
    for key, value in metas.items():
        field = _TOLD.get(re.sub(r"^dc(terms)?[.:]", "", key)) if key.startswith("dc") else None
        if field and value and (field != "published_on" or _ISO_DATE.fullmatch(value)):
            layout.told.append(Told(field, value, f"hocr meta {key}"))
    return metas.get("ocr-system", "").lower().startswith("tesseract")


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def _title(element: Element) -> str:
    return element.get("title") or ""


def _page(layout: Layout, element: Element, *, by_tesseract: bool) -> None:
    sheet = _box(element)
    match = _IMAGE.search(_title(element))
    page = PrintedPage(
        len(layout.pages) + 1,
        sheet.right if sheet else 0,
        sheet.bottom if sheet else 0,
        "pixel",
        image=file_name(next(filter(None, match.groups()), None)) if match else None,
    )
    blocks = []
    for (holder, skip), lines in groupby(_lines(element), key=lambda one: one[:2]):
        skip = None if by_tesseract else skip
        made = [line for *_, line in lines]
        blocks.append(Named(PrintedBlock(made, skip), (holder.get("id"),) if holder.get("id") else ()))
        # Tesseract says of each of its files as a whole that it is English.
        tellers = (
            one for one in (holder, *holder.iterancestors()) if not by_tesseract or local(one) != "html"
        )
        if language := next((one.get("lang") for one in tellers if one.get("lang")), ""):
            layout.languages[language[:20]] += sum(len(word.text) for line in made for word in line.words)
    layout.add(page, blocks)


def _lines(page: Element) -> Iterator[tuple[Element, str | None, PrintedLine]]:
    """Yield the lines of a page with the block that each is part of, and why it is to be skipped."""
    inside: Element | None = None
    loose: list[Piece] = []
    holder = page
    for element in page.iter():
        classes = _classes(element)
        line = classes & _LINES if not _holds_lines(element, classes) else None
        word = classes & _WORDS
        if not line and not word:
            continue
        if word and inside is not None and inside in element.iterancestors():
            continue
        here = _holder(element, page)
        if loose and (line or here is not holder):
            yield from ((holder, None, line_of(pieces)) for pieces in in_lines(loose))
            loose = []
        holder = here
        if line:
            inside = element
            yield here, _reason(element, page), _line(element)
        else:
            loose.append(_piece(element))
    yield from ((holder, None, line_of(pieces)) for pieces in in_lines(loose))


def _holds_lines(element: Element, classes: frozenset[str]) -> bool:
    """Say whether a float, which Tesseract takes for a line, is a block of lines, as others have it."""
    return bool(classes & _FLOATS) and any(
        _classes(one) & (_LINES | _BLOCKS) for one in element.iterdescendants()
    )


def _reason(line: Element, page: Element) -> str | None:
    """Return why a line, or what it is in, is no part of the report."""
    for one in (line, *line.iterancestors()):
        if one is page:
            break
        for name in _classes(one):
            if name in _SKIPPED:
                return _SKIPPED[name]
    return None


def _holder(element: Element, page: Element) -> Element:
    """Return the paragraph, else the area, else the page that an element is part of."""
    for one in element.iterancestors():
        if one is page or _classes(one) & _BLOCKS:
            return one
    return page


def _line(element: Element) -> PrintedLine:
    within = _box(element)
    pieces = [_piece(one) for one in element.iter() if _classes(one) & _WORDS and _line_of(one) is element]
    text = "".join(_shown(element))
    return line_of(pieces, within, text) if pieces else line_of([Piece(text, within)], within)


def _line_of(word: Element) -> Element | None:
    return next((one for one in word.iterancestors() if _classes(one) & _LINES), None)


def _shown(line: Element) -> Iterator[str]:
    """Yield the text of a line as a browser shows it; a line within, which was not closed, is another one."""
    yield line.text or ""
    for one in line:
        if local(one) == "br" or _classes(one) & _LINES:
            yield " "
        elif local(one):
            yield from _shown(one)
        else:
            yield character(one)
        yield one.tail or ""


def _piece(element: Element) -> Piece:
    match = _CONFIDENCE.search(_title(element))
    sure = confidence(match.group(1), of=100) if match else None
    return Piece(text_of(element), _box(element), sure)


def _box(element: Element) -> Box | None:
    match = _BOX.search(_title(element))
    if match is None:
        return None
    left, top, right, bottom = (number(side) for side in match.groups())
    if left is None or top is None or right is None or bottom is None:
        return None
    return box(left, top, right - left, bottom - top)
