"""Addresses of the files of an export, and selectors of what stands where in them."""

from __future__ import annotations

from math import ceil, floor, isfinite
from typing import Any

from extractor.exports.iris import reference_to
from extractor.record import Box, Document, DocumentPage, Span

_CONTEXT = 32
"""Code points before and behind a quotation that tell it from others like it."""

MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"


class Places:
    """Where the files of an export will be.

    Args:
        base: Address of the folder; empty where files tell of each other by relative addresses.
        images: Address of the folder of the images; empty where they are named as the record names them.
    """

    def __init__(self, base: str, images: str) -> None:
        self._base = f"{base.rstrip('/')}/" if base else ""
        self._images = f"{images.rstrip('/')}/" if images else ""

    def collection(self, *, from_page: bool = True) -> str:
        """Return the address of the collection."""
        return f"{self._base or ('../' if from_page else '')}collection.jsonld"

    def page(self, name: str, *, from_page: bool = True) -> str:
        """Return the address of a record's page of annotations."""
        folder = f"{self._base}pages/" if self._base or not from_page else ""
        return f"{folder}{reference_to(name)}.jsonld"

    def text(self, name: str) -> str:
        """Return the address of a record's text."""
        return f"{self._base or '../'}texts/{reference_to(name)}.txt"

    def source(self, name: str) -> str:
        """Return the address of an image, or of what was read."""
        reference = reference_to(name)
        return f"{self._images}{reference.lstrip('/')}" if self._images and "://" not in name else reference


def text_selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """Return a span by what it says and by where it is, in code points, as the model asks.

    https://www.w3.org/TR/annotation-model/#text-position-selector
    """
    quoted: dict[str, Any] = {"type": "TextQuoteSelector", "exact": span.text}
    if before := text[max(0, span.start - _CONTEXT) : span.start]:
        quoted["prefix"] = before
    if behind := text[span.end : span.end + _CONTEXT]:
        quoted["suffix"] = behind
    return [quoted, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def image_targets(document: Document, span: Span, places: Places) -> list[dict[str, Any]]:
    """Return where a span stands on the images of its pages, or of a PDF; nothing where nobody knows."""
    pages = {page.page: page for page in document.pages}
    found = []
    for box in span.boxes:
        page = pages.get(box.page)
        if page is not None and all(map(isfinite, (box.x, box.y, box.w, box.h))):
            target = _target(document, page, box, places)
            if target is not None:
                found.append(target)
    return found


def _target(document: Document, page: DocumentPage, box: Box, places: Places) -> dict[str, Any] | None:
    source, media_type = document.source, document.media_type
    if media_type == "application/pdf" and page.image is None:
        where = ",".join(_shortly(side) for side in (box.x, box.y, box.w, box.h))
        fragment, conforms = f"page={page.page}&viewrect={where}", PDF_FRAGMENTS
    else:
        if page.image is not None:
            source = page.image
        elif not media_type.startswith("image/"):
            return None
        fragment, conforms = _area(page, box), MEDIA_FRAGMENTS
    if source is None or not fragment:
        return None
    return {
        "type": "SpecificResource",
        "source": places.source(source),
        "selector": {"type": "FragmentSelector", "conformsTo": conforms, "value": fragment},
    }


def _area(page: DocumentPage, box: Box) -> str:
    """Return a box in whole pixels around it; in hundredths of the page where its unit is not the image's."""
    if page.unit == "pixel":
        left, top = floor(max(box.x, 0)), floor(max(box.y, 0))
        right, bottom = ceil(box.x + box.w), ceil(box.y + box.h)
        return f"xywh={left},{top},{max(right - left, 1)},{max(bottom - top, 1)}"
    if not (page.width > 0 and page.height > 0 and isfinite(page.width) and isfinite(page.height)):
        return ""
    sides = (box.x / page.width, box.y / page.height, box.w / page.width, box.h / page.height)
    return f"xywh=percent:{','.join(_shortly(100 * side) for side in sides)}"


def _shortly(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
