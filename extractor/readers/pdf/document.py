"""Opening PDF files with pdfium, which is not thread-safe: one lock for all of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

LOCK = threading.RLock()
"""Held by whoever calls pdfium."""

_FORMAT = 3  # FPDF_ERR_FORMAT
_CODES = {4: "pdf_password", 5: "pdf_password"}  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_END = b"%%EOF"
_NEAR_THE_END = 2048
_OBJECT = re.compile(rb"\b(\d{1,7})\s+0\s+obj\b(.{0,600}?)(?=endobj|stream|\d\s+obj\b|\Z)", re.DOTALL)
_IS_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_IS_PAGE = re.compile(rb"/Type\s*/Page\b")
_MOST_PAGES = 20_000
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,400}?/N\s+(\d{1,7})")
_LENGTH = re.compile(rb"/Linearized\b[^>]{0,400}?/L\s+(\d{1,12})")


@contextmanager
def opened(content: bytes, source: str) -> Iterator[PdfDocument]:
    """Open a PDF file; pages are numbered from 0 in it.

    Raises:
        InputError: ``pdf_password``, ``pdf_damaged`` or ``pdf_without_pages``.
    """
    from pypdfium2 import PdfDocument, raw

    with LOCK:
        # pdfium reads from this very memory as long as the document is open.
        handle, held = _handle(content)
        if not handle:
            raise InputError(_CODES.get(raw.FPDF_GetLastError(), "pdf_damaged"), source=source)
        document = PdfDocument(handle)
        try:
            if len(document) < 1:
                raise InputError("pdf_without_pages", source=source)
            if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
                document.init_forms()
            yield document
        finally:
            document.close()
            del held


def _handle(content: bytes) -> tuple[Any, bytes]:
    """Return pdfium's handle, ``None`` where it refuses the file, and the memory that it reads from."""
    from pypdfium2 import raw

    handle = raw.FPDF_LoadMemDocument64(content, len(content), None)
    if not handle and raw.FPDF_GetLastError() == _FORMAT and (mended := _mended(content)):
        return raw.FPDF_LoadMemDocument64(mended, len(mended), None), mended
    return handle, content


def _mended(content: bytes) -> bytes | None:
    """Return a file that lost its end with a new one; ``None`` where none of its pages is to be seen.

    pdfium finds objects by itself where their table is missing, but not the catalog, nor pages without it.
    """
    content = content[
        : content.rfind(b"endobj") + len(b"endobj")
    ]  # what is begun and not ended swallows the rest
    root = None
    numbers: list[bytes] = []
    for match in _OBJECT.finditer(content):
        if _IS_CATALOG.search(match.group(2)):
            root = match.group(1)
        elif _IS_PAGE.search(match.group(2)):
            numbers.append(match.group(1))
    largest = max((int(match.group(1)) for match in _OBJECT.finditer(content)), default=0)
    if root is not None and b"/Pages" in content:
        return b"%s\n" % content + _trailer(root, largest + 1)
    if not numbers:
        return None
    kids = b" ".join(b"%s 0 R" % number for number in numbers[:_MOST_PAGES])
    return (
        b"%s\n%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] >>\nendobj\n"
        b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n"
        % (content, largest + 1, kids, min(len(numbers), _MOST_PAGES), largest + 2, largest + 1)
    ) + _trailer(b"%d" % (largest + 2), largest + 3)


def _trailer(root: bytes, size: int) -> bytes:
    return b"trailer\n<< /Root %s 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (root, size)


@contextmanager
def loaded(document: PdfDocument, index: int) -> Iterator[PdfPage | None]:
    """Open a page; ``None`` where it is damaged."""
    from pypdfium2 import PdfiumError

    with LOCK:
        try:
            page = document[index]
        except PdfiumError:
            yield None
            return
        try:
            yield page
        finally:
            page.close()


@contextmanager
def text_page(page: PdfPage) -> Iterator[Any]:
    """Open pdfium's text page of a page; ``None`` where there is none."""
    from pypdfium2 import raw

    text = raw.FPDFText_LoadPage(page.raw)
    try:
        yield text or None
    finally:
        if text:
            raw.FPDFText_ClosePage(text)


def is_cut_off(content: bytes) -> bool:
    """Say whether the end of a file is missing."""
    told = _LENGTH.search(content[:1024])
    if told is not None and int(told.group(1)) > len(content):
        return True
    return _END not in content[-_NEAR_THE_END:]


def pages_told(content: bytes) -> int:
    """Return how many pages a file says at its beginning that it has; 0 where it does not say."""
    told = _LINEARIZED.search(content[:1024])
    return int(told.group(1)) if told else 0
