"""A record of the same report with other characters in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.record import RaceRecord


def displaced(record: RaceRecord, inserted: Mapping[int, str]) -> RaceRecord:
    """Return a record whose text has more in it; spans move, and grow where something is put into them.

    Args:
        record: Any.
        inserted: What to put before which character.
    """
    text = record.document.text
    content = record.model_dump(mode="json")
    pieces = [inserted.get(n, "") + c for n, c in enumerate((*text, ""))]
    new = "".join(pieces)
    _move(content, inserted, new)
    content["document"]["text"] = new
    content["document"].pop("pages", None)
    content["coverage"] = {**content["coverage"], "characters": len(new), "characters_read": 0}
    return RaceRecord.model_validate(content)


def _move(held: Any, inserted: Mapping[int, str], text: str) -> None:
    if isinstance(held, dict):
        if {"start", "end", "text"} <= held.keys():
            start, end = held["start"], held["end"]
            held["start"] += sum(len(words) for at, words in inserted.items() if at <= start)
            held["end"] += sum(len(words) for at, words in inserted.items() if at < end)
            held["text"] = text[held["start"] : held["end"]]
        for value in held.values():
            _move(value, inserted, text)
    elif isinstance(held, list):
        for one in held:
            _move(one, inserted, text)
