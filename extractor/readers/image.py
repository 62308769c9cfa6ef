"""Images of pages: PNG, JPEG, TIFF of many pages, GIF, BMP, WebP, JPEG 2000; their text is recognised.

Pillow opens them: https://pillow.readthedocs.io/en/stable/handbook/image-file-formats.html
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import count
from math import isfinite
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError
from extractor.readers.ocr import PageImage, Recognised, layers_of, recognise
from extractor.readers.ocr.recognise import DAMAGE
from extractor.readers.options import Reading
from extractor.readers.printed import assemble
from extractor.readers.source import SourceText, Unread

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000")
_ORIENTATION = 0x0112
_ON_THEIR_SIDE = (5, 6, 7, 8)
_SUBFILE = 254
_REDUCED_OR_MASK = 0b101
_guard = RLock()


def read(content: bytes, reading: Reading) -> SourceText:
    """Read the image of a page, or of several.

    Raises:
        InputError: ``damaged_image``, ``image_too_large``, ``blank_pages``, ``nothing_recognised``,
            ``no_tesseract`` or ``no_ocr_language``.
    """
    with pillow_unguarded():
        image = _opened(content, reading)
    name = Path(reading.source.label).name
    pages, unread = _pages(image, name, reading)
    layers: dict[str, Any] = {"unread": tuple(unread)}
    text = ""
    if reading.options.ocr == "never":
        layers["unread"] = (*(Unread("image", page.number) for page in pages), *unread)
    else:
        found = list(recognise(pages, reading))
        _refuse_nothing(found, reading)
        assembled = assemble([one.page for one in found])
        text = assembled.text
        layers = {**assembled._asdict(), **layers_of(found)}
        layers["unread"] = (*layers["unread"], *unread)
        del layers["text"]
    media_type = _media_type(image)
    return SourceText.of(text, source=reading.source.name, media_type=media_type, **layers)


def page_images(content: bytes, reading: Reading) -> list[PageImage]:
    """Return the pages of an image file, to be drawn when they are opened; nothing is recognised.

    Raises:
        InputError: ``damaged_image`` or ``image_too_large``.
    """
    with pillow_unguarded():
        image = _opened(content, reading)
    return _pages(image, Path(reading.source.label).name, reading)[0]


@contextmanager
def pillow_unguarded() -> Iterator[None]:
    """Let Pillow open images of any size for a while: ``max_pixels`` is asked before they are decoded.

    Its own guard is one for the whole program, which may be another's, so it is put back.
    """
    import PIL.Image

    with _guard:
        usual = PIL.Image.MAX_IMAGE_PIXELS
        PIL.Image.MAX_IMAGE_PIXELS = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of odd metadata, which no page needs
                yield
        finally:
            PIL.Image.MAX_IMAGE_PIXELS = usual


def _opened(content: bytes, reading: Reading) -> ImageFile:
    """Return the image, of which only the header was read."""
    import PIL.Image

    try:
        image = PIL.Image.open(BytesIO(content), formats=_FORMATS)
    except DAMAGE as error:
        raise InputError("damaged_image", source=reading.source.name) from error
    limit = reading.options.max_pixels
    if image.width * image.height > limit:
        size = f"{image.width} x {image.height}"
        shown = f"{limit:_}".replace("_", " ")
        raise InputError("image_too_large", source=reading.source.name, size=size, limit=shown)
    return image


def _media_type(image: ImageFile) -> str:
    known = image.get_format_mimetype()
    return "image/jpeg" if known is None or image.format == "MPO" else known


def _pages(image: ImageFile, name: str, reading: Reading) -> tuple[list[PageImage], list[Unread]]:
    """Return the pages, and what of the file is none or is not read."""
    if image.format != "TIFF":
        # Further frames of GIF, PNG and WebP move; those of MPO are the same picture again.
        return [_page(image, 0, 1, name)], []
    pages: list[PageImage] = []
    unread: list[Unread] = []
    most = reading.options.max_pages
    for frame in count():
        try:
            image.seek(frame)
        except EOFError:
            break
        except DAMAGE:
            unread.append(Unread("damaged_page", len(pages) + 1))
            break
        if _tag(image, _SUBFILE) & _REDUCED_OR_MASK and pages:
            continue
        if len(pages) == most:
            unread.append(Unread("too_many_pages", most + 1))
            break
        pages.append(_page(image, frame, len(pages) + 1, name))
    return pages, unread


def _tag(image: ImageFile, tag: int) -> int:
    """Return a number that a TIFF file tells of the page that it stands at; 0 where it tells none."""
    told = getattr(image, "tag_v2", {}).get(tag, 0)
    return told if isinstance(told, int) else 0


def _page(image: ImageFile, frame: int, number: int, name: str) -> PageImage:
    across, down = _density(image)
    width, height = image.size
    # What stands behind the pixels of a PNG is known only when they are decoded: too late.
    told = image.format != "PNG" or "exif" in image.info
    orientation = image.getexif().get(_ORIENTATION) if told else None
    if orientation in _ON_THEIR_SIDE:
        across, down, width, height = down, across, height, width
    shown = partial(_shown, image, frame, turned=orientation not in (None, 1))
    return PageImage(number, shown, width, height, "pixel", across, down, name)


def _density(image: ImageFile) -> tuple[float | None, float | None]:
    """Return the dots per inch across and down that the file tells."""
    try:
        across, down = (float(told) for told in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None, None
    return (across, down) if across > 0 and down > 0 and isfinite(across + down) else (None, None)


def _shown(image: ImageFile, frame: int, *, turned: bool) -> Image:
    """Return a page as viewers show it, which turn it as its metadata say."""
    from PIL import ImageOps

    with pillow_unguarded():
        image.seek(frame)
        image.load()
        return ImageOps.exif_transpose(image) if turned else image


def _refuse_nothing(found: list[Recognised], reading: Reading) -> None:
    """Say why, where no page has text."""
    reasons = {one.unread.reason for one in found if one.unread is not None}
    if len(reasons) == 0 or any(one.unread is None for one in found):
        return
    source = reading.source.name
    if reasons == {"damaged_page"}:
        raise InputError("damaged_image", source=source)
    if reasons == {"blank_page"}:
        raise InputError("blank_pages", source=source)
    raise InputError("nothing_recognised", source=source)
