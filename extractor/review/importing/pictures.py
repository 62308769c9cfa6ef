"""Pictures of pages, for the document page to show boxes on: of PDF files and scans, in bounded size.

They are drawn as the reader saw them, so that boxes lie where they belong: the whole page as it is shown.
Where the text came from a file of an OCR (ALTO, PAGE, hOCR, METS), the image that it names is looked for
beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import InputError
from extractor.readers import Reading, ReadOptions, Source, SourceText, read_bytes
from extractor.readers.read import beside

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

DPI = 150.0
"""Resolution at which the letters of a report can be read."""
LONGEST_SIDE = 2600
"""Pixels; newspaper pages are larger than letters, and shown coarser."""
MOST_BYTES = 900_000
"""Of one picture."""
MOST_PAGES = 400
"""Pictures of one document."""
MOST_BYTES_OF_DOCUMENT = 120_000_000

_QUALITIES = (82, 70, 55, 40)
_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".jp2")
_FAULTS = (OSError, ValueError, MemoryError, ArithmeticError, SyntaxError, InputError)
"""What Pillow and pdfium raise on damaged images; a page without a picture is still a page."""


class Picture(NamedTuple):
    """The picture of a page: its number from 1, the bytes, their media type."""

    page: int
    body: bytes
    media_type: str


def pictures_of(source: Source, read: SourceText, options: ReadOptions) -> Iterator[Picture]:
    """Yield the pictures of a source's pages, as far as there are any.

    Args:
        source: What was read.
        read: What the reader made of it.
        options: Limits.
    """
    pages = [page.number for page in read.pages][:MOST_PAGES]
    if not pages:
        return
    with suppress(*_FAULTS):
        if read.media_type == "application/pdf":
            yield from _bounded(_of_pdf(source, pages, options))
        elif read.media_type.startswith("image/"):
            yield from _bounded(_of_image(source, pages, options))
        else:
            yield from _bounded(_beside(source, read, options))


def _bounded(pictures: Iterator[tuple[int, Callable[[], Image]]]) -> Iterator[Picture]:
    """Yield encoded pictures until the document has its share; damaged ones are left out."""
    left = MOST_BYTES_OF_DOCUMENT
    for number, drawn in pictures:
        with suppress(*_FAULTS):
            body, media_type = encoded(drawn())
            left -= len(body)
            if left < 0:
                return
            yield Picture(number, body, media_type)


def encoded(image: Image) -> tuple[bytes, str]:
    """Return an image as bytes of at most :data:`MOST_BYTES`, and their media type."""
    image = _in_size(image, LONGEST_SIDE)
    if image.mode in ("1", "P") or (image.mode == "L" and _is_bilevel(image)):
        body = _saved(image.convert("L").quantize(4), "PNG", optimize=True)
        if len(body) <= MOST_BYTES:
            return body, "image/png"
    plain = image.convert("L" if image.mode in ("1", "L", "LA", "I;16", "I") else "RGB")
    while True:
        for quality in _QUALITIES:
            body = _saved(plain, "JPEG", quality=quality, optimize=True)
            if len(body) <= MOST_BYTES:
                return body, "image/jpeg"
        plain = _in_size(plain, max(plain.size) * 3 // 4)


def _is_bilevel(image: Image) -> bool:
    """Say whether nearly all of a grey image is black or white, as drawn text is."""
    counts = image.histogram()
    return sum(counts[:32]) + sum(counts[224:]) > 0.97 * sum(counts)


def _in_size(image: Image, longest: int) -> Image:
    if max(image.size) <= longest:
        return image
    small = image.convert("L") if image.mode == "1" else image
    small.thumbnail((longest, longest))
    return small


def _saved(image: Image, kind: str, **options: object) -> bytes:
    room = BytesIO()
    image.save(room, kind, **options)
    return room.getvalue()


def _of_pdf(
    source: Source, pages: list[int], options: ReadOptions
) -> Iterator[tuple[int, Callable[[], Image]]]:
    from extractor.readers.pdf.document import opened

    content = read_bytes(source, max_bytes=options.max_bytes)
    with opened(content, source.name) as document:
        for number in pages:
            yield number, partial(_drawn, document, number - 1)


def _drawn(document: PdfDocument, index: int) -> Image:
    from extractor.readers.pdf.document import loaded

    with loaded(document, index) as page:
        if page is None:
            raise ValueError(index)
        longest = max(page.get_width(), page.get_height(), 1.0)
        bitmap = page.render(scale=min(DPI / 72, LONGEST_SIDE / longest))
        try:
            image: Image = bitmap.to_pil().copy()
        finally:
            bitmap.close()
    return image


def _of_image(
    source: Source, pages: list[int], options: ReadOptions
) -> Iterator[tuple[int, Callable[[], Image]]]:
    from extractor.readers.image import page_images

    reading = Reading(source, options, beside=beside(source, options))
    for page in page_images(read_bytes(source, max_bytes=options.max_bytes), reading):
        if page.number in pages:
            yield page.number, page.open


def _beside(
    source: Source, read: SourceText, options: ReadOptions
) -> Iterator[tuple[int, Callable[[], Image]]]:
    """Yield images that lie beside a file of an OCR: those it names, else one of its own name."""
    from extractor.readers.image import page_images

    read_beside = beside(source, options)
    reading = Reading(source, options, beside=read_beside)
    own = [source.stem + suffix for suffix in _IMAGES] if len(read.pages) == 1 else []
    for page in read.pages[:MOST_PAGES]:
        named = [PurePosixPath(page.image.replace("\\", "/")).name] if page.image else []
        for name in [*named, *own]:
            with suppress(*_FAULTS):
                first = next(iter(page_images(read_beside(name), reading)))
                yield page.number, first.open
                break
