"""How sources are read: limits that the user may move, and what a reader may ask of its surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from extractor.limits import MAX_PAGES, MAX_PIXELS, MAX_UNPACKED_BYTES
from extractor.readers.source import Source

OcrWhen = Literal["auto", "never", "always"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user may choose.

    Attributes:
        max_bytes: Largest file; ``None`` for the usual limit of its format.
        encoding: Encoding of texts; detected where ``None``.
        max_unpacked_bytes: Most that an archive may unpack to.
        max_pixels: Largest image.
        max_pages: Most pages of one source; what comes behind is ``unread``.
        ocr: ``auto`` where a page has no text of its own, ``never``, or ``always``, even where it has.
        ocr_language: What Tesseract is told to read.
        ocr_timeout: Seconds for one page and one preparation.
        jobs: Pages read side by side; 0 for as many as there are cores.
    """

    max_bytes: int | None = None
    encoding: str | None = None
    max_unpacked_bytes: int = MAX_UNPACKED_BYTES
    max_pixels: int = MAX_PIXELS
    max_pages: int = MAX_PAGES
    ocr: OcrWhen = "auto"
    ocr_language: str = "fra"
    ocr_timeout: float = 60.0
    jobs: int = 0


def _nothing_beside(name: str) -> bytes:
    raise FileNotFoundError(name)


def _silent(done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader knows beside the bytes.

    Attributes:
        source: What is read, for errors and records.
        options: The user's choices.
        beside: Returns the content of a file that the source points to (METS), by the name it has there;
            raises ``OSError`` where there is none, :class:`~extractor.errors.InputError` where the name
            leads out of the source's own folder or archive.
        progress: Is told how many pages are done, of how many.
    """

    source: Source
    options: ReadOptions = field(default_factory=ReadOptions)
    beside: Callable[[str], bytes] = _nothing_beside
    progress: Callable[[int, int], None] = _silent
