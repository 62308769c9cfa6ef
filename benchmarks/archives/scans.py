"""Typewritten pages, 'scanned': ink, paper, skew, stains and what shows through, and where each word went."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

Grey = NDArray[np.float32]
"""A page: 0 is black, 1 is white."""

PRINTED_DPI = 300


class Box(NamedTuple):
    """A rectangle from the upper left."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned page.

    Attributes:
        image: 8 bits a pixel.
        dpi: Pixels per inch.
        moved: 2 by 3: from pixels of the printed page, at 300 dpi, to pixels of the scan.
    """

    image: NDArray[np.uint8]
    dpi: int
    moved: NDArray[np.float64]

    def picture(self) -> Image.Image:
        """Return the page as a Pillow image."""
        from PIL import Image

        return Image.fromarray(self.image)

    def box(self, printed: Box) -> Box:
        """Return the upright box around where a box of the printed page went."""
        x, y, w, h = printed
        corners = np.array([(x, y, 1), (x + w, y, 1), (x, y + h, 1), (x + w, y + h, 1)])
        there = corners @ self.moved.T
        left, top = there.min(axis=0)
        right, bottom = there.max(axis=0)
        return Box(float(left), float(top), float(right - left), float(bottom - top))


def printed_pages(pdf: Path) -> list[Grey]:
    """Return the pages of a PDF at 300 dpi."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            np.asarray(page.render(scale=PRINTED_DPI / 72, grayscale=True).to_pil(), np.float32)
            / np.float32(255)
            for page in document
        ]
    finally:
        document.close()


def scanned(page: Grey, dpi: int, seed: str) -> Scan:
    """Return a page as a scanner sees it.

    Args:
        page: As printed, at 300 dpi.
        dpi: What the scanner resolves.
        seed: The same gives the same scan.
    """
    import cv2

    chance = np.random.default_rng(random.Random(f"{seed} {dpi}").getrandbits(64))
    inked = _paper(_showing_through(_inked(page, chance), chance), chance)
    moved = _skew(page.shape, chance)
    height, width = page.shape
    turned = cv2.warpAffine(
        inked, moved, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    factor = dpi / PRINTED_DPI
    soft = cv2.GaussianBlur(turned, (0, 0), chance.uniform(0.7, 1.1))
    seen = cv2.resize(soft, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    noisy = seen + chance.normal(0, chance.uniform(0.015, 0.03), seen.shape)
    image = np.clip(noisy * 255, 0, 255).astype(np.uint8)
    return Scan(image, dpi, np.asarray(moved, dtype=np.float64) * factor)


def _cloud(shape: tuple[int, ...], cell: int, chance: np.random.Generator) -> Grey:
    """Return soft noise between 0 and 1, of hills about ``cell`` pixels wide."""
    import cv2

    rows, columns = shape[0] // cell + 2, shape[1] // cell + 2
    coarse = chance.random((rows, columns), dtype=np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def _inked(page: Grey, chance: np.random.Generator) -> Grey:
    """Return a page whose ribbon inks here more and there less."""
    import cv2

    heavy, thin = cv2.erode(page, np.ones((2, 2), np.uint8)), cv2.dilate(page, np.ones((3, 2), np.uint8))
    uneven = 2 * _cloud(page.shape, 60, chance) - 1
    struck = page + np.clip(uneven, 0, 1) * (heavy - page) + np.clip(-uneven, 0, 1) * (thin - page)
    faint = 0.72 + 0.25 * _cloud(page.shape, 25, chance) - 0.08 * _cloud(page.shape, 4, chance)
    return np.asarray(1 - (1 - struck) * np.clip(faint, 0.45, 1), dtype=np.float32)


def _showing_through(page: Grey, chance: np.random.Generator) -> Grey:
    """Return a page through which another's ink is seen, the wrong way round."""
    import cv2

    behind = np.roll(page[:, ::-1], int(chance.integers(20, 90)), axis=0)
    dim = cv2.GaussianBlur(np.ascontiguousarray(behind), (0, 0), 3)
    return np.asarray(page * (1 - chance.uniform(0.04, 0.10) * (1 - dim)), dtype=np.float32)


def _paper(page: Grey, chance: np.random.Generator) -> Grey:
    """Return a page on old paper: grey, uneven, with a few stains and specks, darker at one edge."""
    import cv2

    height, width = page.shape
    tone = chance.uniform(0.84, 0.93) - 0.06 * _cloud(page.shape, 700, chance)
    tone -= 0.02 * _cloud(page.shape, 6, chance)
    for _ in range(int(chance.integers(1, 4))):
        stain = np.zeros(page.shape, np.float32)
        centre = (int(chance.integers(0, width)), int(chance.integers(0, height)))
        axes = (int(chance.integers(60, 260)), int(chance.integers(60, 260)))
        cv2.ellipse(stain, centre, axes, float(chance.uniform(0, 180)), 0, 360, 1, -1)
        tone -= chance.uniform(0.05, 0.14) * cv2.GaussianBlur(stain, (0, 0), 12)
    edge = np.linspace(0, 1, width, dtype=np.float32) ** 8
    tone -= 0.15 * edge
    specks = chance.random(page.shape) < 0.00002
    dark = cv2.dilate(specks.astype(np.float32), np.ones((3, 3), np.uint8))
    return np.asarray(page * tone * (1 - 0.5 * dark), dtype=np.float32)


def _skew(shape: tuple[int, ...], chance: np.random.Generator) -> NDArray[np.float64]:
    """Return how the sheet lies on the glass: turned by up to 1.3 degrees, and a little aside."""
    import cv2

    height, width = shape[:2]
    angle = float(chance.uniform(0.3, 1.3) * chance.choice((-1, 1)))
    moved = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    aside = np.zeros((2, 3))
    aside[:, 2] = chance.uniform(-12, 12, 2)
    return np.asarray(moved, dtype=np.float64) + aside


CONTAINERS = ("tiff", "pdf", "png", "jpg")


def save(scans: list[Scan], path: Path, kind: str) -> None:
    """Write scanned pages as ``tiff``, ``pdf`` (images alone), ``png`` or ``jpg``, which hold one page."""
    first, *rest = (scan.picture() for scan in scans)
    dpi = scans[0].dpi
    if kind == "tiff":
        first.save(path, save_all=True, append_images=rest, compression="tiff_lzw", dpi=(dpi, dpi))
    elif kind == "pdf":
        first.save(path, save_all=True, append_images=rest, resolution=dpi, quality=80)
    elif kind == "png":
        first.save(path, dpi=(dpi, dpi))
    else:
        first.save(path, quality=78, dpi=(dpi, dpi))
