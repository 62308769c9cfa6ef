"""Addresses of the files of an export, and selectors of what stands where in them."""

from __future__ import annotations

import re
from math import ceil, floor, isfinite
from typing import Any

from extractor.exports.iris import reference_to
from extractor.record import Box, Document, DocumentPage, Span

_CONTEXT = 32
"""Code points before and behind a quotation that tell it from others like it."""

_PLACEHOLDER = re.compile(r"\{(page|document|image)\}")

MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"


class Places:
    """Where the files of an export will be.

    Args:
        base: Address of the folder; empty where files tell of each other by relative addresses.
        images: Address of the folder of the images; empty where they are named as the record names them. With
            ``{page}``, ``{document}`` or ``{image}`` in it, the address of each, such as a IIIF canvas.
    """

    def __init__(self, base: str, images: str) -> None:
        self._base = f"{base.rstrip('/')}/" if base else ""
        self._images = images

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

    def image(self, page: DocumentPage, name: str) -> str | None:
        """Return the address of a page's image, ``None`` where nobody says what it is called.

        Args:
            page: It.
            name: Of the record's files.
        """
        if _PLACEHOLDER.search(self._images):
            values = {"page": str(page.page), "document": name, "image": page.image or ""}
            return _PLACEHOLDER.sub(lambda found: reference_to(values[found[1]]), self._images)
        return None if page.image is None else self.source(page.image)

    def source(self, name: str) -> str:
        """Return the address of what was read, or of an image."""
        reference = reference_to(name)
        if not self._images or _PLACEHOLDER.search(self._images) or "://" in reference:
            return reference
        return f"{self._images.rstrip('/')}/{reference.lstrip('/')}"


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


def image_targets(document: Document, span: Span, name: str, places: Places) -> list[dict[str, Any]]:
    """Return where a span stands on the images of its pages, or of a PDF; nothing where nobody knows."""
    pages = {page.page: page for page in document.pages}
    found = []
    for box in span.boxes:
        page = pages.get(box.page)
        if page is not None and all(map(isfinite, (box.x, box.y, box.w, box.h))):
            target = _target(document, page, box, places.image(page, name), places)
            if target is not None:
                found.append(target)
    return found


def _target(
    document: Document, page: DocumentPage, box: Box, image: str | None, places: Places
) -> dict[str, Any] | None:
    source = None if document.source is None else places.source(document.source)
    if image is not None or document.media_type.startswith("image/"):
        source = image or source
        fragment, conforms = _area(page, box), MEDIA_FRAGMENTS
    elif document.media_type == "application/pdf":
        where = ",".join(_shortly(side) for side in (box.x, box.y, box.w, box.h))
        fragment, conforms = f"page={page.page}&viewrect={where}", PDF_FRAGMENTS
    else:
        return None
    if source is None or not fragment:
        return None
    return {
        "type": "SpecificResource",
        "source": source,
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
