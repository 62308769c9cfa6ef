"""Reading one page: lightly prepared first, and only where that gave nothing good in other ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.readers.ocr import preparation as prepare
from extractor.readers.ocr.quality import GOOD, READABLE, Quality, quality_of
from extractor.readers.ocr.result import Result
from extractor.readers.ocr.tesseract import FailedError, Runs

if TYPE_CHECKING:
    from extractor.readers.ocr.preparation import Gray, Prepared

AUTO = 3
"""Tesseract's own division of the page into columns and blocks (``--psm``)."""


_FINE = 250
_COARSE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page.

    Attributes:
        size: Width and height of its image, in pixels.
        result: The best reading; ``None`` where none was good enough.
        mode: How the page was divided (``--psm``).
        reason: Why there is none.
    """

    size: tuple[int, int]
    result: Result | None = None
    mode: int = AUTO
    reason: str = "unreadable_page"


def read_page(gray: Gray, density: tuple[float | None, float | None], runs: Runs, timeout: float) -> Outcome:
    """Read the image of a page.

    Args:
        gray: The pixels of its image.
        density: Dots per inch across and down, where they are known.
        runs: Has Tesseract read.
        timeout: Seconds for one preparation.
    """
    size = gray.shape[1], gray.shape[0]
    plain = prepare.measured(gray, *density)
    if prepare.is_blank(plain):
        return Outcome(size, reason="blank_page")
    best: tuple[Quality, Result] | None = None
    reasons: set[str] = set()
    for prepared in _preparations(plain, runs, timeout):
        try:
            result = Result(runs.alto(prepared, AUTO, timeout), prepared, "ALTO")
        except TimeoutError:
            reasons.add("timed_out")
            continue
        except (FailedError, InputError):
            reasons.add("ocr_failed")
            continue
        quality = quality_of(result.letters())
        if best is None or quality.score > best[0].score:
            best = quality, result
        if quality.score >= GOOD:
            break
    if best is not None and best[0].score >= READABLE:
        return Outcome(size, best[1])
    return Outcome(size, reason="unreadable_page" if best is not None else min(reasons, default="ocr_failed"))


def _preparations(plain: Prepared, runs: Runs, timeout: float) -> Iterator[Prepared]:
    """Yield the page prepared in one way after another; each is made only when the one before was no good."""
    even = prepare.flattened(plain)
    lines = prepare.lines_of(even)
    if not lines.lies:
        yield prepare.levelled(even, lines.angle)
    quarters = runs.orientation(even, timeout)
    for turn in (1, 3) if lines.lies and quarters not in (1, 3) else (quarters or 0,):
        if turn:
            upright = prepare.turned(even, turn)
            yield prepare.levelled(upright, prepare.lines_of(upright).angle)
    if even.dpi >= _FINE:
        yield prepare.levelled(prepare.scaled(even, 0.5), lines.angle)
    if even.dpi < _COARSE:
        yield prepare.levelled(prepare.scaled(even, 2), lines.angle)
    yield prepare.binarised(prepare.levelled(plain, lines.angle))
