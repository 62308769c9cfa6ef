"""What doccano exports: JSON Lines, in the ZIP archive as it is downloaded or taken out of it.

With relations a line has ``entities`` and ``relations``, without them a list of ``label`` (in old versions
``labels``). In the archive there is a file for each annotator, or one for all that is called ``all``.

Offsets count UTF-16 code units, which is what the tool's page takes from the browser, unless a line says
``"parcferme_offsets": "code points"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.errors import RecordError
from extractor.exports.annotation.files import Found
from extractor.exports.annotation.offsets import Units
from extractor.exports.annotation.task import (
    OFFSETS,
    Link,
    Lost,
    Mark,
    Returned,
    integer,
    not_understood,
    told_in,
)

CODE_POINTS = "code points"
_NOBODY = ("all", "unknown", "admin")


def read_found(found: Found) -> Iterator[Returned | RecordError]:
    """Yield what annotators made of a document."""
    yield _of_line(found)


def _of_line(found: Found) -> Returned | RecordError:
    fields = found.fields
    text = fields.get("text", fields.get("data"))
    entities = fields.get("entities")
    listed = fields.get("label", fields.get("labels"))
    if not isinstance(text, str) or not (isinstance(entities, list) or isinstance(listed, list)):
        return not_understood(found.source, "text, entities, label")
    lost: list[Lost] = []
    if isinstance(entities, list):
        marks = [_entity(one) for one in entities]
    else:
        marks = [_listed(one, str(number)) for number, one in enumerate(listed or [])]
    relations = fields.get("relations")
    links = [_link(one) for one in relations] if isinstance(relations, list) else None
    lost += [Lost("mark_unreadable", {"fault": mark}) for mark in marks if isinstance(mark, str)]
    lost += [Lost("link_unreadable", {"fault": link}) for link in links or () if isinstance(link, str)]
    good = tuple(mark for mark in marks if isinstance(mark, Mark))
    return Returned(
        found.source,
        text,
        good if fields.get(OFFSETS) == CODE_POINTS else Units(text).points(good),
        None if links is None else tuple(link for link in links if isinstance(link, Link)),
        told_in(fields),
        annotator=None if found.file in _NOBODY else found.file,
        lost=tuple(lost),
        notes=tuple((None, str(one)) for one in _comments(fields)),
    )


def _entity(held: Any) -> Mark | str:
    if not isinstance(held, dict):
        return _shown(held)
    start, end, label = integer(held.get("start_offset")), integer(held.get("end_offset")), held.get("label")
    if start is None or end is None or not isinstance(label, str):
        return _shown(held)
    return Mark(str(held.get("id")), label, start, end)


def _listed(held: Any, number: str) -> Mark | str:
    if not isinstance(held, list) or len(held) != 3:
        return _shown(held)
    start, end, label = integer(held[0]), integer(held[1]), held[2]
    return _shown(held) if start is None or end is None else Mark(number, str(label), start, end)


def _link(held: Any) -> Link | str:
    if not isinstance(held, dict) or not isinstance(held.get("type"), str):
        return _shown(held)
    return Link(str(held.get("from_id")), str(held.get("to_id")), held["type"])


def _comments(fields: dict[str, Any]) -> list[Any]:
    comments = fields.get("Comments")
    return [one.get("comment", one) if isinstance(one, dict) else one for one in comments] if comments else []


def _shown(held: object) -> str:
    return str(held)[:80]
