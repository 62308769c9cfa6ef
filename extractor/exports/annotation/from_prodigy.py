"""What Prodigy writes with ``db-out``: JSON Lines.

Of an answer ``accept`` the spans count; ``reject`` and ``ignore`` say that they are not to be used. Links are
there where the interface was that of relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from extractor.errors import RecordError
from extractor.exports.annotation.files import Found
from extractor.exports.annotation.task import (
    VIEW,
    Answer,
    Link,
    Lost,
    Mark,
    Returned,
    integer,
    not_understood,
    told_in,
)
from extractor.exports.prodigy import VIEW_IDS

_ANSWERS = ("accept", "reject", "ignore")


def read_found(found: Found) -> Iterator[Returned | RecordError]:
    """Yield what annotators made of a document."""
    yield _of_line(found)


def _of_line(found: Found) -> Returned | RecordError:
    fields = found.fields
    text, spans = fields.get("text"), fields.get("spans", [])
    if not isinstance(text, str) or not isinstance(spans, list):
        return not_understood(found.source, "text, spans")
    answer = fields.get("answer", "accept")
    if answer not in _ANSWERS:
        return not_understood(found.source, f"answer: {str(answer)[:40]}")
    lost: list[Lost] = []
    marks = [_mark(one, str(number)) for number, one in enumerate(spans)]
    lost += [Lost("mark_unreadable", {"fault": mark}) for mark in marks if isinstance(mark, str)]
    good = tuple(mark for mark in marks if isinstance(mark, Mark))
    told = _told(fields)
    relations = fields.get("relations")
    links: list[Link] | None = None
    if told.get(VIEW) == "relations" and isinstance(relations, list):
        found_links = [_link(one, good, fields) for one in relations]
        lost += [Lost("link_unreadable", {"fault": link}) for link in found_links if isinstance(link, str)]
        links = [link for link in found_links if isinstance(link, Link)]
    return Returned(
        found.source,
        text,
        good,
        None if links is None else tuple(links),
        told,
        cast("Answer", answer),
        _annotator(fields),
        _at(fields.get("_timestamp")),
        tuple(lost),
    )


def _told(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return what went out with the task; the interface says at least what it can show."""
    told = told_in(fields)
    shown = fields.get("_view_id")
    if VIEW not in told and isinstance(shown, str) and shown in VIEW_IDS:
        told[VIEW] = VIEW_IDS[shown]
    return told


def _mark(held: Any, number: str) -> Mark | str:
    if not isinstance(held, dict):
        return _shown(held)
    start, end, label = integer(held.get("start")), integer(held.get("end")), held.get("label")
    if start is None or end is None or not isinstance(label, str):
        return _shown(held)
    text = held.get("text")
    return Mark(number, label, start, end, text if isinstance(text, str) else None)


def _link(held: Any, marks: tuple[Mark, ...], fields: Mapping[str, Any]) -> Link | str:
    if not isinstance(held, dict) or not isinstance(held.get("label"), str):
        return _shown(held)
    head = _end(held.get("head_span"), held.get("head"), marks, fields)
    tail = _end(held.get("child_span"), held.get("child"), marks, fields)
    return _shown(held) if head is None or tail is None else Link(head, tail, held["label"])


def _end(span: Any, token: Any, marks: tuple[Mark, ...], fields: Mapping[str, Any]) -> str | None:
    """Return the mark at which a relation ends: the span that it names, else the one that holds its token."""
    if isinstance(span, dict):
        place = (span.get("start"), span.get("end"))
        return next((mark.id for mark in marks if (mark.start, mark.end) == place), None)
    tokens, number = fields.get("tokens"), integer(token)
    if not isinstance(tokens, list) or number is None or not 0 <= number < len(tokens):
        return None
    held = tokens[number]
    start = integer(held.get("start")) if isinstance(held, dict) else None
    if start is None:
        return None
    return next((mark.id for mark in marks if mark.start <= start < mark.end), None)


def _annotator(fields: Mapping[str, Any]) -> str | None:
    who = fields.get("_annotator_id")
    return who if isinstance(who, str) and who else None


def _at(seconds: Any) -> datetime | None:
    number = integer(seconds)
    try:
        return None if number is None else datetime.fromtimestamp(number, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _shown(held: object) -> str:
    return str(held)[:80]
