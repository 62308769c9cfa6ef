"""Frames: from PDF user space to the page as it is shown, and to one in which text runs to the right.

PDF counts from below, in user space before rotation (ISO 32000-1, 8.3.2 and 14.11.2). The page as it is
shown is the crop box, turned by ``/Rotate``, counted from its upper left corner. Text that runs up, down or
upside down on it is laid out in a frame turned with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Shown(NamedTuple):
    """A page as it is shown.

    Attributes:
        left: Of the crop box, in user space.
        bottom: Of the crop box.
        right: Of the crop box.
        top: Of the crop box.
        turns: Quarter turns to the right in which it is shown.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.right - self.left if self.turns % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.top - self.bottom if self.turns % 2 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point in user space is shown."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return where a box in user space is shown: left, top, right, bottom."""
        if self.turns == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


@dataclass(frozen=True, slots=True)
class Upright:
    """A frame in which text runs to the right.

    Attributes:
        quarter: In which direction the text runs as shown: 0 right, 1 down, 2 left, 3 up.
        width: Of the page as shown.
        height: Of the page as shown.
    """

    quarter: int
    width: float
    height: float

    def box(self, box: Box) -> Box:
        """Return a box of the page in this frame."""
        x0, y0, x1, y1 = box
        if self.quarter == 0:
            return box
        if self.quarter == 1:
            return y0, self.width - x1, y1, self.width - x0
        if self.quarter == 2:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        return self.height - y1, x0, self.height - y0, x1

    def line(self, x: float, y: float) -> float:
        """Return how far down a point of the page is in this frame."""
        return (y, self.width - x, self.height - y, x)[self.quarter]

    def on_page(self, box: Box) -> Box:
        """Return a box of this frame on the page."""
        x0, y0, x1, y1 = box
        if self.quarter == 0:
            return box
        if self.quarter == 1:
            return self.width - y1, x0, self.width - y0, x1
        if self.quarter == 2:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        return y0, self.height - x1, y1, self.height - x0
