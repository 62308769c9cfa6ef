"""A gold record under other names or on a spoilt page: the same facts in a changed text."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from extractor.neural.annotated import Annotated, annotated
from extractor.record import RaceRecord
from extractor.training.augment import renamed, spoilt

Change = Callable[[Annotated], Annotated]

# How often a variant is spoilt as well, and at what share of misread characters.
_SPOILT = 0.5
_RATES = (0.0, 0.01, 0.03)
_TRIES = 3


def variant(record: RaceRecord, name: str, seed: int, number: int) -> RaceRecord | None:
    """Return the record of a report told anew with other names; the same arguments give the same record.

    The first variant of a report has only its names changed, later ones may be spoilt as a scan would be.
    ``None`` where no change was found that leaves every fact a place in the text.
    """
    for attempt in range(_TRIES):
        chance = random.Random(f"{seed}/{name}/{number}/{attempt}")

        def change(text: Annotated, chance: random.Random = chance) -> Annotated:
            text = renamed(text, chance)
            is_spoilt = number > 0 and chance.random() < _SPOILT
            return spoilt(text, chance, chance.choice(_RATES)) if is_spoilt else text

        try:
            return changed(record, change)
        except ValidationError:  # a span has lost its last character
            continue
    return None


def changed(record: RaceRecord, change: Change) -> RaceRecord:
    """Return the record of a changed text.

    Raises:
        ValidationError: A span is left with no text.
    """
    before = record.document.text
    # Each place of the text goes through the change as if something stood there: that says where it goes.
    probe = replace(annotated(record), sessions=tuple((at, at) for at in range(len(before) + 1)))
    after = change(probe)
    return moved(record, after.text, [start for start, _ in after.sessions])


def moved(record: RaceRecord, text: str, offsets: list[int]) -> RaceRecord:
    """Return the record over ``text``; ``offsets`` has the new offset of each old one, the end included.

    Names, aliases and participants are called as the text calls them now.

    Raises:
        ValidationError: A span is left with no text.
    """
    words: dict[str, str] = {}

    def move(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [move(one) for one in value]
        if not isinstance(value, Mapping):
            return value
        kept = {key: move(one) for key, one in value.items()}
        if {"start", "end", "text"} <= value.keys():
            kept["start"], kept["end"] = offsets[value["start"]], offsets[value["end"]]
            kept["text"] = text[kept["start"] : kept["end"]]
            words.setdefault(value["text"], kept["text"])
        return kept

    columns = move(record.model_dump(exclude={"document"}))
    for bearer in (*columns["drivers"], *columns["teams"]):
        bearer["name"] = words.get(bearer["name"], bearer["name"])
        bearer["aliases"] = [words.get(alias, alias) for alias in bearer["aliases"]]
    for incident in columns["incidents"]:
        for one in incident["participants"]:
            one["text"] = words.get(one["text"], one["text"])
    for quote in columns["quotes"]:
        quote["text"] = " ".join(part["text"] for part in quote["evidence"])
    skipped = sum(span["end"] - span["start"] for span in columns["coverage"]["skipped"])
    columns["coverage"] |= {"characters": len(text), "characters_read": len(text) - skipped}
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = record.document.model_copy(update={"text": text, "sha256": digest, "title": None})
    return RaceRecord.model_validate({**columns, "document": document.model_dump()})
