"""Recognising the text of page images.

Whoever has pages without text (images, PDF without a text layer) calls :func:`recognise`. Images are opened
one after the other in the thread that iterates, so that what opens them need not be thread-safe; only as
many are open as pages are read side by side.
"""

from __future__ import annotations

import os
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import InputError
from extractor.readers.ocr import tesseract
from extractor.readers.ocr.attempts import Outcome, read_page
from extractor.readers.ocr.preparation import as_gray
from extractor.readers.options import Reading
from extractor.readers.printed import PrintedPage
from extractor.readers.source import Ocr, Unread

if TYPE_CHECKING:
    from PIL.Image import Image

DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ArithmeticError,
    MemoryError,
    struct.error,
)
"""What Pillow raises on damaged images: https://github.com/python-pillow/Pillow/issues has cases of each."""


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
        dpi_down: The same downwards, where it differs, as in faxes.
        name: File name of the image, where it has one.
    """

    number: int
    open: Callable[[], Image]
    width: float
    height: float
    unit: str = "pixel"
    dpi: float | None = None
    dpi_down: float | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page.

    Attributes:
        page: Blocks, lines and words with their boxes in the page's unit, as ``assemble`` takes them;
            without blocks where it is unread.
        unread: Why there is no text: ``blank_page``, ``unreadable_page``, ``damaged_page``, ``too_large``,
            ``timed_out``, ``ocr_failed``; ``None`` where there is.
        ocr: Engine, version, language, and what was done to the image; ``None`` where it is unread.
        alto: ALTO of the page, in pixels of the image; ``None`` where it is unread.
    """

    page: PrintedPage
    unread: Unread | None = None
    ocr: Ocr | None = None
    alto: bytes | None = None


class _Begun(NamedTuple):
    """A page that is being read: what will come of it, or why nothing will, and how large it is."""

    page: PageImage
    outcome: Future[Outcome] | str
    pixels: int = 0


def recognise(pages: Sequence[PageImage], reading: Reading) -> Iterator[Recognised]:
    """Yield what stands on each page, in order, while others are being read.

    ``reading.options`` says how many side by side, in which language, and the limits; ``reading.progress``
    is told of every page done. One bad page is unread and stops nothing. Closing the iterator ends what still
    runs.

    Raises:
        InputError: ``no_tesseract`` or ``no_ocr_language``, before the first page.
    """
    options = reading.options
    engine = tesseract.find(options.ocr_language, reading.source.name)
    runs = tesseract.Runs(engine, options.ocr_language)
    jobs = options.jobs or os.cpu_count() or 1
    begun: deque[_Begun] = deque()
    pool = ThreadPoolExecutor(min(jobs, max(1, len(pages))), thread_name_prefix="ocr")
    try:
        for done in range(len(pages)):
            # One more than are read at once is open, so that none waits.
            while (
                len(begun) <= jobs and done + len(begun) < len(pages) and _is_room(begun, options.max_pixels)
            ):
                begun.append(_begun(pages[done + len(begun)], pool, runs, reading))
            yield _recognised(begun.popleft(), engine, options.ocr_language)
            reading.progress(done + 1, len(pages))
    finally:
        runs.stop()
        pool.shutdown(wait=True, cancel_futures=True)


def _is_room(begun: deque[_Begun], most: int) -> bool:
    """Tell whether another page may be opened: together they have no more pixels than one page may have."""
    return sum(one.pixels for one in begun) < most


def _begun(page: PageImage, pool: ThreadPoolExecutor, runs: tesseract.Runs, reading: Reading) -> _Begun:
    """Open a page and hand it to the pool; where it cannot be opened, return why."""
    try:
        most = reading.options.max_pixels
        if page.unit == "pixel" and page.width * page.height > most:
            return _Begun(page, "too_large")
        image = page.open()
        if image.width * image.height > most:
            return _Begun(page, "too_large")
        gray = as_gray(image)
    except InputError as error:
        return _Begun(page, error.code)
    except DAMAGE:
        return _Begun(page, "damaged_page")
    density = page.dpi, page.dpi_down
    future = pool.submit(read_page, gray, density, runs, reading.options.ocr_timeout)
    return _Begun(page, future, gray.size)


def _recognised(begun: _Begun, engine: tesseract.Tesseract, language: str) -> Recognised:
    page = begun.page
    empty = PrintedPage(page.number, page.width, page.height, page.unit, image=page.name)
    outcome = begun.outcome if isinstance(begun.outcome, str) else begun.outcome.result()
    if isinstance(outcome, str):
        return Recognised(empty, Unread(outcome, page.number))
    if outcome.result is None:
        return Recognised(empty, Unread(outcome.reason, page.number))
    width, height = outcome.size
    result = outcome.result
    printed = result.page(empty, page.width / width, page.height / height)
    settings = f"-l {language} --psm {outcome.result.mode}"
    alto = result.alto(outcome.size, page.number, page.name, ("tesseract", engine.version, settings))
    ocr = Ocr("tesseract", engine.version, language, result.prepared.steps)
    return Recognised(printed, None, ocr, alto)


def layers_of(found: Sequence[Recognised], pages: int | None = None) -> dict[str, Any]:
    """Return what recognised pages tell, as parts of a ``SourceText``: ``ocr``, ``alto`` and ``unread``.

    Args:
        found: The pages that were recognised.
        pages: How many the source has, if more.
    """
    read = [one for one in found if one.ocr is not None and one.alto is not None]
    several = (pages or len(found)) > 1
    steps = {step.split()[0]: None for one in read for step in (one.ocr.preparation if one.ocr else ())}
    return {
        "ocr": replace(read[0].ocr, preparation=tuple(steps)) if read and read[0].ocr else None,
        "alto": tuple(
            (f"p{one.page.number:04}.alto.xml" if several else "alto.xml", one.alto) for one in read
        ),
        "unread": tuple(one.unread for one in found if one.unread is not None),
    }
