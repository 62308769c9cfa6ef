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


ONE_COLUMN = 4
"""One column of blocks, which keeps text beside stains together."""

ONE_BLOCK = 6
"""One block of lines, which keeps the numbers of lists, but reads dirt, too, and knows no paragraphs."""

_CUT = 0.15
_WORSE = 0.05
_FEWEST_MARKS = 2
_TRACES = 0.004
"""Share of a page's surface that may be dark where there is nothing on it: folds, holes, its edges."""
_FINE = 250
_COARSE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page.

    Attributes:
        size: Width and height of its image, in pixels.
        result: The best reading; ``None`` where none was good enough.
        reason: Why there is none.
    """

    size: tuple[int, int]
    result: Result | None = None
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
    if plain.marks < _FEWEST_MARKS and plain.ink < _TRACES:
        return Outcome(size, reason="blank_page")
    best: tuple[Quality, Result] | None = None
    reasons: set[str] = set()
    for prepared in _preparations(plain, runs, timeout):
        try:
            mode = AUTO if prepare.has_columns(prepared) else ONE_COLUMN
            result = Result(runs.alto(prepared, mode, timeout), prepared, mode)
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
        return _with_labels(size, *best, runs, timeout)
    if best is None:
        return Outcome(size, reason=min(reasons, default="ocr_failed"))
    is_blank = not best[0].words and plain.marks < prepare.ENOUGH_MARKS and plain.ink < _TRACES
    return Outcome(size, reason="blank_page" if is_blank else "unreadable_page")


def _with_labels(
    size: tuple[int, int], quality: Quality, result: Result, runs: Runs, timeout: float
) -> Outcome:
    """Read a page again as one block, where the numbers of a list were not read with its lines."""
    cut = result.lines_cut_short() if result.mode == ONE_COLUMN else 0.0
    if cut < _CUT:
        return Outcome(size, result)
    try:
        again = Result(runs.alto(result.prepared, ONE_BLOCK, timeout), result.prepared, ONE_BLOCK)
    except (TimeoutError, FailedError, InputError):
        return Outcome(size, result)
    worse = quality_of(again.letters()).score < quality.score - _WORSE
    if worse or again.lines_cut_short() > cut / 2:
        return Outcome(size, result)
    return Outcome(size, again)


def _preparations(plain: Prepared, runs: Runs, timeout: float) -> Iterator[Prepared]:
    """Yield the page prepared in one way after another; each is made only when the one before was no good."""
    even = prepare.flattened(prepare.sized(plain))
    lines = prepare.lines_of(even)
    if not lines.lies:
        yield prepare.levelled(even, lines.angle)
    quarters = runs.orientation(even, timeout)
    for turn in (1, 3) if lines.lies and quarters not in (1, 3) else (quarters or 0,):
        if turn:
            upright = prepare.turned(even, turn)
            yield prepare.levelled(upright, prepare.lines_of(upright).angle)
    if plain.dpi >= _FINE:
        yield prepare.levelled(prepare.scaled(even, 0.5 * plain.dpi / even.dpi), lines.angle)
    if even.dpi < plain.dpi:  # it was reduced for its large letters, and there may be small ones
        yield prepare.levelled(prepare.flattened(plain), lines.angle)
    if even.dpi < _COARSE:
        yield prepare.levelled(prepare.scaled(even, 2), lines.angle)
    yield prepare.binarised(prepare.levelled(plain, lines.angle))
