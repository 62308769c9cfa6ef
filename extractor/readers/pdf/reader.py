"""Reading a PDF file, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.readers.layout import Frame, Letter, Piece, RawPage, lay_out, words_of
from extractor.readers.ocr.recognise import PageImage, Recognised, layers_of, recognise
from extractor.readers.options import Reading
from extractor.readers.pdf.document import is_cut_off, loaded, opened, pages_told, text_page
from extractor.readers.pdf.fields import fields_of
from extractor.readers.pdf.frames import Upright
from extractor.readers.pdf.glyphs import Letters, letters_of, shown_page, slanted
from extractor.readers.pdf.scans import covering_image, page_image
from extractor.readers.pdf.told import told_by
from extractor.readers.printed import PrintedPage, PrintedWord, assemble
from extractor.readers.source import SourceText, Unread

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MEDIA_TYPE = "application/pdf"
_UNMAPPED = 0.3
"""Share of letters that the file does not say the meaning of, from which on a page cannot be read."""
_FEW = 150
"""A scan with fewer letters over it has a stamp or an address on it, and no text layer."""
_MOST_MISSING = 1_000
"""Pages named one by one that a truncated file lacks."""
_NO_OCR = frozenset(("no_tesseract", "no_ocr_language"))


@dataclass(slots=True)
class _Read:
    """What was read of a page.

    Attributes:
        raw: Its words.
        lacking: Why the words are not its text, where they are not: ``no_text_layer``, ``unreadable_page``,
            ``blank_page``, ``damaged_page``.
        scanned: Resolution of its scan, where it is one.
        cut: Whether it has more letters than are read.
    """

    raw: RawPage
    lacking: str | None = None
    scanned: float | None = None
    cut: bool = False


@dataclass(slots=True)
class _Result:
    pages: dict[int, PrintedPage] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)


def read(content: bytes, reading: Reading) -> SourceText:
    """Read a PDF file.

    Text comes from the text layer, invisible text over a scan included; pages that have none are recognised,
    as the options say. Boxes are in points from the upper left of the page as it is shown.

    Raises:
        InputError: ``pdf_password``, ``pdf_damaged``, ``pdf_without_pages``; ``no_tesseract`` and the like
            where no page has text and none can be recognised.
    """
    source = reading.source.name
    with opened(content, source) as document:
        total = len(document)
        count = min(total, reading.options.max_pages)
        read_pages = [*_read_pages(document, count, reading)]
        result = _Result()
        _recognise(document, read_pages, reading, result)
        _take_text(read_pages, result)
        drawn = not any(page.scanned for page in read_pages)
        told = told_by(document, content, drawn=drawn, source=source)
    result.unread += _missing(content, total, count, read_pages)
    assembled = assemble([result.pages[number] for number in sorted(result.pages)])
    if not assembled.text.strip() and is_cut_off(content):
        raise InputError("pdf_damaged", source=source)  # no wonder that there is no text
    return SourceText.of(
        assembled.text,
        source=source,
        media_type=_MEDIA_TYPE,
        pages=assembled.pages,
        words=assembled.words,
        skipped=assembled.skipped,
        joins=assembled.joins,
        unread=tuple(sorted(result.unread, key=lambda one: (one.page or 1 << 40, one.reason))),
        told=told,
        **{name: layer for name, layer in layers_of(result.recognised, total).items() if name != "unread"},
    )


def _read_pages(document: PdfDocument, count: int, reading: Reading) -> Iterator[_Read]:
    for index in range(count):
        with loaded(document, index) as page:
            yield _Read(RawPage(index + 1, 0, 0), "damaged_page") if page is None else _read_page(page, index)
        reading.progress(index + 1, count)


def _read_page(page: PdfPage, index: int) -> _Read:
    shown = shown_page(page)
    raw = RawPage(index + 1, shown.width, shown.height)
    with text_page(page) as text:
        letters = letters_of(page, text, shown) if text is not None else Letters()
    raw.frames = _frames(letters, shown.width, shown.height)
    fields = fields_of(page, shown, raw.frames[0].words if raw.frames else [])
    if fields:
        if not raw.frames or raw.frames[0].quarter:
            raw.frames.insert(0, _frame(0, [], shown.width, shown.height))
        raw.frames[0].words += fields
    read = _Read(raw, cut=letters.cut)
    if letters.seen < _FEW or letters.unmapped:
        read.scanned = covering_image(page, shown.width, shown.height)
    elif letters.unseen:
        read.scanned = covering_image(page, shown.width, shown.height) or 0.0
    read.lacking = _lacking(page, letters, read.scanned, has_fields=bool(fields))
    return read


def _frames(letters: Letters, width: float, height: float) -> list[Frame]:
    """Return the words by direction, that of most letters first."""
    found = [
        _frame(quarter, words_of(some), width, height)
        for quarter, some in sorted(letters.by_quarter.items(), key=lambda item: -len(item[1]))
        if quarter >= 0
    ]
    aslant = [piece for word in slanted(letters.by_quarter.get(-1, [])) for piece in [_aslant(word)]]
    if aslant:
        found.append(_frame(0, aslant, width, height))
    return found


def _frame(quarter: int, words: list[Piece], width: float, height: float) -> Frame:
    upright = Upright(quarter, width, height)

    def placed(word: Piece) -> PrintedWord:
        x0, y0, x1, y1 = upright.on_page((word.x0, word.y0, word.x1, word.y1))
        return PrintedWord(word.text, round(x0, 2), round(y0, 2), round(x1 - x0, 2), round(y1 - y0, 2))

    return Frame(words, placed, quarter)


def _aslant(word: list[Letter]) -> Piece:
    first = word[0]
    return Piece(
        "".join(letter.text for letter in word),
        min(letter.x0 for letter in word),
        min(letter.y0 for letter in word),
        max(letter.x1 for letter in word),
        max(letter.y1 for letter in word),
        first.base,
        first.size,
        first.order,
        spaced=True,
        blank_behind=True,
    )


def _lacking(page: PdfPage, letters: Letters, scanned: float | None, *, has_fields: bool) -> str | None:
    """Return why the letters of a page are not its text, where they are not."""
    from pypdfium2 import raw

    if letters.seen == 0 and not has_fields:
        return "no_text_layer" if raw.FPDFPage_CountObjects(page.raw) > 0 else "blank_page"
    if letters.unmapped > _UNMAPPED * letters.seen:
        return "unreadable_page"
    if scanned and letters.seen < _FEW and not letters.unseen:
        return "no_text_layer"
    return None


def _recognise(document: PdfDocument, pages: list[_Read], reading: Reading, result: _Result) -> None:
    """Recognise the pages that need it."""
    images: list[PageImage] = []
    for page in pages:
        if not _is_to_recognise(page, reading):
            continue
        size = page.raw.width, page.raw.height
        image = page_image(document, page.raw.number - 1, size, page.scanned, reading.options.max_pixels)
        if image is not None:
            images.append(image)
        elif page.lacking is not None:
            page.lacking = "too_large"
    if not images:
        return
    try:
        for recognised in recognise(images, reading):
            _take(recognised, pages[recognised.page.number - 1], result)
    except InputError as error:
        if error.code not in _NO_OCR or all(page.lacking for page in pages):
            raise


def _is_to_recognise(page: _Read, reading: Reading) -> bool:
    if reading.options.ocr == "always":
        return page.lacking not in ("damaged_page", "blank_page")
    return reading.options.ocr == "auto" and page.lacking in ("no_text_layer", "unreadable_page")


def _take(recognised: Recognised, page: _Read, result: _Result) -> None:
    if recognised.unread is not None:
        if page.lacking is not None:
            page.lacking = recognised.unread.reason
        return
    number = recognised.page.number
    page.lacking = None
    result.pages[number] = recognised.page
    result.recognised.append(recognised)


def _take_text(pages: list[_Read], result: _Result) -> None:
    """Lay out the pages that have text, and say of the others why they have none."""
    with_text: list[RawPage] = []
    for page in pages:
        number = page.raw.number
        if page.lacking is not None:
            result.unread.append(Unread(page.lacking, number))
        elif page.cut:
            result.unread.append(Unread("too_large", number))
        if number in result.pages:
            continue
        if page.lacking == "unreadable_page":
            page.raw.frames.clear()
        with_text.append(page.raw)
    for laid in lay_out(with_text):
        result.pages[laid.number] = laid


def _missing(content: bytes, total: int, count: int, pages: list[_Read]) -> list[Unread]:
    """Return what of the file is not there, or not looked at."""
    missing: list[Unread] = []
    if total > count:
        missing.append(Unread("too_many_pages", count + 1, part=f"{count + 1}-{total}"))
    if is_cut_off(content):
        told = min(pages_told(content), _MOST_MISSING + total)
        missing += [Unread("damaged_page", number) for number in range(total + 1, told + 1)]
        if told <= total and all(page.lacking != "damaged_page" for page in pages):
            missing.append(Unread("truncated_file"))
    return missing
