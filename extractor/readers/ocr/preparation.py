"""What is done to the image of a page before its text is recognised, and the way back to its own pixels.

Sizes are told in inches and measured by the density of the image, so that a page is treated alike whatever it
was scanned with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Gray = NDArray[np.uint8]
    Affine = NDArray[np.float64]

_LEAST_DPI, _MOST_DPI = 100.0, 1300.0
ENOUGH_MARKS = 40
"""Fewer marks are no page of text."""
_SMALL, _LARGE_ENOUGH = 10.6, 15.0
_LARGE, _SMALL_ENOUGH = 18.0, 16.0
_FINE_ENOUGH = 210.0
"""Dots per inch below which no page is reduced: notes and tables are smaller than most letters."""
_SPECKS = 2000
_SEEN, _SEEN_LARGE, _LARGE_PAGE = 1700, 1400, 2500
_LETTER = 0.065
_PAGE = 11.7
_WORKED_AT = 50
_GUTTER = 4
_GUTTER_INK = 0.05
_CLOSED = 0.3
_DARK = 60
_SKEW_SEEN_AT = 100
_LEAST_SKEW = 0.15
_FEET = 25_000
_MOST_SKEW = 8.0
_UPRIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Prepared:
    """An image as the engine gets it.

    Attributes:
        gray: Rows of pixels, 0 black and 255 white.
        dpi: Its dots per inch, as far as known.
        back: Affine map (2 by 3) from its pixels to those of the page's own image.
        steps: What was done, in words of the record.
        letter: Height of most letters, in its pixels; 0 where there are too few to tell.
        marks: How many marks may be letters.
        ink: Share of the page that stands out from its ground.
    """

    gray: Gray
    dpi: float
    back: Affine
    steps: tuple[str, ...] = ()
    letter: float = 0.0
    marks: int = 0
    ink: float = 0.0


def measured(gray: Gray, dpi: float | None, dpi_down: float | None) -> Prepared:
    """Return a page as it is, with its density: the one told, unless its letters say otherwise.

    Pixels that are no squares, as in faxes, are made so.
    """
    import numpy as np

    page = Prepared(gray, dpi or 0.0, np.eye(2, 3))
    if dpi and dpi_down and not 0.95 < dpi / dpi_down < 1.05:
        page = scaled(page, max(1.0, dpi_down / dpi), max(1.0, dpi / dpi_down))
        page = replace(page, dpi=max(dpi, dpi_down))
    marks = marks_of(page.gray)
    if marks.specks > _SPECKS + 2 * len(marks.heights):
        page = despeckled(page)
        marks = marks_of(page.gray)
    letter = float(np.median(marks.heights)) if len(marks.heights) >= ENOUGH_MARKS else 0.0
    # What letters of usual size would be scanned at; where there are none, a page of usual size.
    seen = letter / _LETTER if letter else max(gray.shape) / _PAGE
    plausible = _LEAST_DPI <= page.dpi <= _MOST_DPI and 0.45 < page.dpi / seen < 2.2
    dpi = page.dpi if plausible else min(_MOST_DPI, max(70.0, seen))
    return replace(page, dpi=dpi, letter=letter, marks=len(marks.heights), ink=marks.ink)


def sized(page: Prepared) -> Prepared:
    """Return the page with its letters as large as the engine likes them.

    It reads larger ones no better, and takes a quarter longer for a page of 300 dots per inch.
    """
    if 0 < page.letter < _SMALL:
        return scaled(page, min(2.0, _LARGE_ENOUGH / page.letter))
    if page.letter > _LARGE:
        factor = max(_SMALL_ENOUGH / page.letter, _FINE_ENOUGH / page.dpi)
        return scaled(page, factor) if factor < 1 else page
    return page


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands out from its ground on a page.

    Attributes:
        heights: Of what may be letters, in pixels.
        specks: How many marks are too small for letters.
        ink: Share of the page that is dark, specks aside.
    """

    heights: Any
    specks: int
    ink: float


def marks_of(gray: Gray) -> Marks:
    """Return the connected marks on a page."""
    import cv2

    factor = _seen_at(gray)
    small = _shrunk(gray, factor)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 20)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    boxes = stats[1:]
    width, height, area = boxes[:, 2], boxes[:, 3], boxes[:, 4]
    letters = (height >= 4) & (height <= 120) & (width <= 4 * height) & (height <= 8 * width) & (area >= 6)
    ink = float(area[area >= 6].sum()) / dark.size
    return Marks(height[letters] / factor, int((area < 6).sum()), ink)


def as_gray(image: Image) -> Gray:
    """Return the pixels of an image of any mode; what is transparent is white, 16 bits become 8."""
    import numpy as np
    import PIL.Image

    if image.mode in ("I", "F", "I;16", "I;16B", "I;16L", "I;16N"):
        return _stretched(np.asarray(image, dtype=np.float32))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        own = image.convert("RGBA")
        white = PIL.Image.new("RGBA", own.size, (255, 255, 255, 255))
        return np.asarray(PIL.Image.alpha_composite(white, own).convert("L"))
    return np.asarray(image if image.mode == "L" else image.convert("L"))


def _stretched(values: Any) -> Gray:
    import numpy as np

    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= 255:
        return values.astype(np.uint8)  # type: ignore[no-any-return]
    top = 65535.0 if low >= 0 and 4096 < high <= 65535 else high
    low = min(low, 0.0)
    return ((values - low) * (255.0 / max(top - low, 1e-9))).clip(0, 255).astype(np.uint8)  # type: ignore[no-any-return]


def flattened(page: Prepared) -> Prepared:
    """Return the page on an even white ground: no shadow, stain, dark border; faint ink made black.

    Each pixel is divided by the lightest around it, in a window wider than any stroke of a letter.
    """
    import cv2
    import numpy as np

    gray = page.gray
    small = _shrunk(gray, _WORKED_AT / page.dpi)
    size = max(3, round(_CLOSED * _WORKED_AT)) | 1
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), size / 3)
    dark = ground < _DARK
    levels = np.maximum(ground, 1)
    if dark.any():
        levels[dark] = 1
    full = cv2.resize(levels, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(gray, full, scale=255)
    return replace(page, gray=_contrasted(_bytes(even)), steps=(*page.steps, "background"))


def _contrasted(even: Gray) -> Gray:
    """Return the image with its ink black and its ground white."""
    import cv2
    import numpy as np

    sample = even[::4, ::4]
    level, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = sample[sample <= level]
    black = float(np.percentile(ink, 20)) if ink.size else 0.0
    white = max(level + 0.75 * (255 - level), black + 32)
    table = ((np.arange(256) - black) * (255 / (white - black))).clip(0, 255).astype(np.uint8)
    return _bytes(cv2.LUT(even, table))


def despeckled(page: Prepared) -> Prepared:
    """Return the page without specks of a pixel or two, and with what grain remains smoothed."""
    import cv2

    calm = cv2.GaussianBlur(cv2.medianBlur(page.gray, 3), (0, 0), max(0.4, page.dpi / 400))
    return replace(page, gray=_bytes(calm), steps=(*page.steps, "despeckle"))


def binarised(page: Prepared) -> Prepared:
    """Return the page in black and white, each pixel judged by its neighbourhood (Sauvola's threshold)."""
    import cv2
    import numpy as np

    values = page.gray.astype(np.float32)
    side = max(15, round(page.dpi / 8)) | 1
    mean = cv2.boxFilter(values, -1, (side, side))
    square = cv2.sqrBoxFilter(values, -1, (side, side))
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    threshold = mean * (1 + 0.2 * (deviation / 128 - 1))
    black = np.where(values > threshold, 255, 0).astype(np.uint8)
    return replace(page, gray=black, steps=(*page.steps, "binarise"))


def scaled(page: Prepared, factor: float, down: float | None = None) -> Prepared:
    """Return the page enlarged or reduced, by another factor downwards where one is given."""
    import cv2

    height, width = page.gray.shape
    down = down or factor
    size = max(1, round(width * factor)), max(1, round(height * down))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    back = page.back.copy()
    back[:, 0] *= width / size[0]
    back[:, 1] *= height / size[1]
    step = f"scale {factor:.3g}" if down == factor else f"scale {factor:.3g} x {down:.3g}"
    gray = cv2.resize(page.gray, size, interpolation=how)
    return Prepared(
        _bytes(gray), page.dpi * factor, back, (*page.steps, step), page.letter * down, page.marks
    )


def turned(page: Prepared, quarters: int) -> Prepared:
    """Return the page turned clockwise by quarters."""
    import numpy as np

    quarters %= 4
    if not quarters:
        return page
    height, width = page.gray.shape
    gray = np.ascontiguousarray(np.rot90(page.gray, -quarters))
    # A point (x, y) of the turned page, as a point of the page before.
    before = {
        1: [[0, 1, 0], [-1, 0, height]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, -1, width], [1, 0, 0]],
    }[quarters]
    back = _after(page.back, np.array(before, dtype=np.float64))
    return replace(page, gray=gray, back=back, steps=(*page.steps, f"rotate {90 * quarters}"))


def straightened(page: Prepared, angle: float) -> Prepared:
    """Return the page turned so that lines which rise by ``angle`` degrees are level."""
    import cv2
    import numpy as np

    height, width = page.gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1)
    # Wide enough that no corner is lost.
    sine, cosine = abs(turn[0, 1]), abs(turn[0, 0])
    size = math.ceil(width * cosine + height * sine), math.ceil(width * sine + height * cosine)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    gray = cv2.warpAffine(
        page.gray,
        turn,
        size,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    back = _after(page.back, np.asarray(cv2.invertAffineTransform(turn)))
    return replace(page, gray=_bytes(gray), back=back, steps=(*page.steps, f"deskew {angle:.1f}"))


def _after(outer: Any, inner: Any) -> Affine:
    """Return the map that does ``inner`` and then ``outer``."""
    import numpy as np

    full = np.vstack([inner, [0, 0, 1]])
    return outer @ full  # type: ignore[no-any-return]


def _bytes(pixels: Any) -> Gray:
    """Return pixels that OpenCV gave as what they are."""
    return pixels  # type: ignore[no-any-return]


def _seen_at(gray: Gray) -> float:
    """Return by how much a page is reduced to look at its marks, which stay large enough to be told."""
    longest: int = max(gray.shape)
    seen = _SEEN_LARGE if longest > _LARGE_PAGE else _SEEN
    return min(1.0, max(seen / longest, 0.4))


def _shrunk(gray: Gray, factor: float) -> Gray:
    import cv2

    if factor >= 1:
        return gray
    size = max(8, round(gray.shape[1] * factor)), max(8, round(gray.shape[0] * factor))
    return _bytes(cv2.resize(gray, size, interpolation=cv2.INTER_AREA))


def levelled(page: Prepared, angle: float) -> Prepared:
    """Return the page with its lines, which rise by ``angle`` degrees, running level."""
    return page if abs(angle) < _LEAST_SKEW else straightened(page, angle)


@dataclass(frozen=True, slots=True)
class Lines:
    """How the lines of a page run.

    Attributes:
        angle: By how many degrees they rise to the right.
        level: How clearly there are lines across the page, at that angle.
        upright: The same for lines from top to bottom: more, where the page lies on its side.
        ink: Share of the page that is black.
    """

    angle: float
    level: float
    upright: float
    ink: float

    @property
    def lies(self) -> bool:
        """Whether the page lies on its side."""
        return self.upright > _UPRIGHT * self.level


def lines_of(page: Prepared) -> Lines:
    """Return how the lines of an evened page run, by the profiles of where its letters stand."""
    import cv2
    import numpy as np

    small = _shrunk(page.gray, _SKEW_SEEN_AT / page.dpi)
    level, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    black = small <= min(level, 200)
    ink = float(black.mean())
    # Lower edges of letters: baselines show most sharply.
    feet = black[:-1] & ~black[1:]
    sides = black[:, :-1] & ~black[:, 1:]
    down, across = np.nonzero(feet)
    angle, here = _best_angle(across, down, small.shape[1])
    down, across = np.nonzero(sides)
    _, there = _best_angle(down, across, small.shape[0])
    return Lines(angle, here, there, ink)


def _best_angle(along: Any, down: Any, length: int) -> tuple[float, float]:
    """Return the angle at which points gather on lines most, and how much they do."""
    import numpy as np

    if along.size < 50:
        return 0.0, 0.0
    if along.size > _FEET:
        chosen = np.random.default_rng(0).choice(along.size, _FEET, replace=False)
        along, down = along[chosen], down[chosen]
    along = along - length / 2

    def gathered(angle: float) -> float:
        rows = np.round(down + along * math.tan(math.radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float((counts.astype(np.float64) ** 2).sum() * counts.size / along.size**2)

    best = 0.0
    for step, reach in ((1.0, _MOST_SKEW), (0.25, 1.0), (0.05, 0.25)):
        around = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(around, key=gathered))
    return best, gathered(best)


def has_columns(page: Prepared) -> bool:
    """Tell whether an evened page has columns of text side by side, by the white gutter between them."""
    import numpy as np

    small = _shrunk(page.gray, _WORKED_AT / page.dpi)
    black = small < 200
    rows = black[black.any(axis=1)]
    if not rows.size:
        return False
    per_column = rows.sum(axis=0)
    before = np.cumsum(per_column) / per_column.sum()
    white = (per_column < _GUTTER_INK * len(rows)) & (before > 0.2) & (before < 0.8)
    return "1" * _GUTTER in "".join("1" if one else "0" for one in white)


def mark_boxes(page: Prepared) -> Any:
    """Return left, top, width and height of the connected marks on an evened page, in its pixels."""
    import cv2
    import numpy as np

    factor = _seen_at(page.gray)
    dark = (_shrunk(page.gray, factor) < 128).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return stats[1:, :4] / factor
