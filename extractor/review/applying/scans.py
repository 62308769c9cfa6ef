"""Where on a page a stretch of text stands that somebody selected.

The record has no box for every word, only those of its spans. A new span takes the boxes of those within it:
who selects "Paul Marchal gagne" sees the name lit on the page.
"""

from __future__ import annotations

from typing import Any

from extractor.record import Box, RaceRecord


def on_page(span: Any, record: RaceRecord) -> Any:
    """Return a span, as in the record's JSON, with page and boxes as far as they are known.

    What is no span, or says already where it stands, is returned as it is.
    """
    if not isinstance(span, dict) or span.get("page") is not None or span.get("boxes"):
        return span
    start, end = span.get("start"), span.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return span
    page = next((page.page for page in record.document.pages if page.start <= start < page.end), None)
    boxes: dict[Box, None] = {}
    for known in record.spans():
        if start <= known.start and known.end <= end:
            boxes.update(dict.fromkeys(known.boxes))
    return {**span, "page": page, "boxes": [box.model_dump() for box in boxes]}
