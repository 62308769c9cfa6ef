"""Pages without text of their own: their images, for text recognition."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from extractor.readers.ocr.recognise import PageImage
from extractor.readers.pdf.document import loaded

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

_USUAL_DPI = 300.0
_LEAST_DPI = 60.0
"""Below this nothing can be recognised: the page is too large."""
_BETWEEN = (100.0, 600.0)
_LARGE = 0.5
"""Share of the page that its scan covers at least."""


def covering_image(page: PdfPage, width: float, height: float) -> float | None:
    """Return the pixels per inch of an image that covers most of a page; ``None`` without one."""
    from pypdfium2 import raw

    for drawn in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = drawn.get_bounds()
        if (right - left) * (top - bottom) < _LARGE * width * height or right <= left:
            continue
        across, down = ctypes.c_uint(), ctypes.c_uint()
        if raw.FPDFImageObj_GetImagePixelSize(drawn.raw, across, down):
            return float(72 * max(across.value, down.value) / max(right - left, top - bottom))
    return None


def page_image(
    document: PdfDocument, index: int, size: tuple[float, float], scanned: float | None, max_pixels: int
) -> PageImage | None:
    """Return the image of a page, to be drawn when it is opened; ``None`` where the page is too large.

    Args:
        document: The file; it has to stay open.
        index: Of the page, from 0.
        size: Width and height of the page, in points.
        scanned: Resolution of its scan, where it is one.
        max_pixels: Largest image.
    """
    width, height = size
    dpi = min(max(scanned or _USUAL_DPI, _BETWEEN[0]), _BETWEEN[1])
    most = (max_pixels / max(width * height, 1e-9)) ** 0.5 * 72
    dpi = min(dpi, 0.999 * most)
    if not dpi >= _LEAST_DPI:
        return None
    return PageImage(index + 1, lambda: _drawn(document, index, dpi), width, height, "point", dpi)


def _drawn(document: PdfDocument, index: int, dpi: float) -> Image:
    with loaded(document, index) as page:
        if page is None:
            raise ValueError(index)
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        try:
            image: Image = bitmap.to_pil().copy()
            return image
        finally:
            bitmap.close()
