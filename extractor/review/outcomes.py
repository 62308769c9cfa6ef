"""What became of each thing that the extractor found: the ground of every figure about its accuracy.

What was let stand, accepted, or edited in details alone was right; what was rejected, merged into another or
edited in what it says was wrong. What a reviewer added, and what he put in the place of something wrong,
had been missed (a result that was given another kind counts in the kind that the extractor gave it). What a
correction of the text left without a place tells nothing.

A detail is what the scoring of records does not compare (:mod:`extractor.scoring`): a lap, a time, the
stretch of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from extractor.record import RaceRecord
from extractor.review.decisions import Part
from extractor.review.reviewed import Reviewed

Outcome = Literal["undecided", "accepted", "detailed", "edited", "added", "rejected", "merged", "unanchored"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

#: Parts with evidence and confidence, then those that have names alone.
FACTS: tuple[Part, ...] = ("entries", "results", "incidents", "quotes")
PARTS: tuple[Part, ...] = (*FACTS, "sessions", "drivers", "teams")

#: What a thing says. Everything else about it is detail.
_SAYS: Mapping[Part, tuple[str, ...]] = {
    "sessions": ("kind", "label", "number"),
    "drivers": ("name",),
    "teams": ("name",),
    "entries": ("drivers", "team", "number"),
    "results": ("session", "kind", "scope", "position", "status", "drivers"),
    "incidents": ("session", "type", "participants"),
    "quotes": ("text", "speaker", "speaker_name"),
}
#: Ids of the form that :func:`extractor.review.decisions.new_thing_id` gives.
_ADDED = re.compile(r"[a-z]x[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one thing.

    Attributes:
        id: Its id.
        part: Where it stands in the record.
        kind: Its part; of results the kind too, ``results.final``.
        outcome: What became of it.
        confidence: The extractor's own; ``None`` for what has none, what a reviewer added, and where unknown.
        judged: Whether a reviewer said something about this very thing.
    """

    id: str
    part: Part
    kind: str
    outcome: Outcome
    confidence: float | None
    judged: bool


def fates(reviewed: Reviewed, extracted: RaceRecord | None = None) -> Iterator[Fate]:
    """Yield what became of each thing, those that decisions took out included.

    Args:
        reviewed: The record with its decisions.
        extracted: The record before them. Without it every edit counts as one of what the thing says, what a
            reviewer added is told by its id, and the extractor's confidence in what was decided is unknown.
    """
    before = _by_id(extracted)
    for part in PARTS:
        for thing in getattr(reviewed.record, part):
            yield _standing(reviewed, part, thing, before)
    for identity, gone in reviewed.gone.items():
        if _is_found(identity, before):
            mark = reviewed.marks.get(identity)
            verdict = mark.verdict if mark is not None else None
            outcome: Outcome = verdict if verdict in ("merged", "unanchored") else "rejected"
            kind = _kind(gone.part, gone.thing.get("kind"))
            judged = outcome != "unanchored"
            yield Fate(identity, gone.part, kind, outcome, _confidence(identity, before), judged)


def _standing(reviewed: Reviewed, part: Part, thing: Any, before: Mapping[str, Any] | None) -> Fate:
    mark = reviewed.marks.get(thing.id)
    verdict = mark.verdict if mark is not None else None
    kind = _kind(part, getattr(thing, "kind", None))
    if not _is_found(thing.id, before):
        return Fate(thing.id, part, kind, "added", None, judged=True)
    if verdict in (None, "unanchored"):
        outcome: Outcome = "undecided" if verdict is None else "unanchored"
        return Fate(thing.id, part, kind, outcome, getattr(thing, "confidence", None), judged=False)
    found = before[thing.id] if before is not None else None
    if verdict == "accepted":
        outcome = "accepted"
    elif found is not None and _says(part, found, reviewed) == _says(part, thing, reviewed):
        outcome = "detailed"
    else:
        outcome = "edited"
    if found is not None:
        kind = _kind(part, getattr(found, "kind", None))
    return Fate(thing.id, part, kind, outcome, _confidence(thing.id, before), judged=True)


def _says(part: Part, thing: Any, reviewed: Reviewed) -> tuple[Any, ...]:
    """Return what a thing says, those who were merged away named as who they were merged into."""

    def now(identity: str | None) -> str | None:
        mark = reviewed.marks.get(identity) if identity is not None else None
        return now(mark.into) if mark is not None and mark.into is not None else identity

    def plain(name: str, value: Any) -> Any:
        if name == "drivers":
            return frozenset(map(now, value))
        if name == "participants":
            return frozenset(now(one.driver) or one.number or one.text for one in value)
        return now(value) if name in ("team", "session", "speaker") else value

    return tuple(plain(name, getattr(thing, name)) for name in _SAYS[part])


def _kind(part: Part, kind: object) -> str:
    return f"{part}.{kind}" if part == "results" else part


def _confidence(identity: str, before: Mapping[str, Any] | None) -> float | None:
    """Return the extractor's own confidence: what somebody decided has the confidence 1."""
    return getattr(before[identity], "confidence", None) if before is not None else None


def _is_found(identity: str, before: Mapping[str, Any] | None) -> bool:
    """Say whether the extractor found the thing, and no reviewer brought it in."""
    return identity in before if before is not None else _ADDED.fullmatch(identity) is None


def _by_id(extracted: RaceRecord | None) -> dict[str, Any] | None:
    if extracted is None:
        return None
    return {thing.id: thing for part in PARTS for thing in getattr(extracted, part)}
