"""Which thing of one record is which of another record of the same text.

Nothing is guessed: two facts are one where they say the same of the same people, and the places that bear
them out touch; two people where they bear one name and share a mention. Of two that would fit, neither is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from extractor.record import RaceRecord
from extractor.review.comparing import differing, referring
from extractor.review.decisions import Part
from extractor.review.pairing import PARTS, Thing, things

#: Facts come after what they refer to; an incident may refer to others, so they are looked at twice.
_ORDER: Final[tuple[Part, ...]] = (
    "sessions",
    "drivers",
    "teams",
    "entries",
    "quotes",
    "results",
    "incidents",
)
_ELSEWHERE: Final = "\0"


@dataclass(frozen=True, slots=True)
class Sameness:
    """What of one record is what of the other.

    Attributes:
        ids: By id of the first, the id of the second; one to one.
        unchanged: Ids of the first that are told alike in every detail.
        near: By id of the first, what the second has in the same place instead.
    """

    ids: Mapping[str, str]
    unchanged: frozenset[str]
    near: Mapping[str, str] = field(default_factory=dict)


def same_things(old: RaceRecord, new: RaceRecord, known: Mapping[str, str] | None = None) -> Sameness:
    """Return what of two records of one text is the same.

    Args:
        old: The first.
        new: The second.
        known: Pairs that are known already.
    """
    ids: dict[str, str] = dict(known or {})
    ones = {part: things(old, part) for part in PARTS}
    others = {part: things(new, part) for part in PARTS}
    known_ids = {one["id"] for part in PARTS for one in ones[part]}
    for part in _ORDER:
        _pair(part, ones[part], others[part], ids, known_ids)
    _follow_causes(ones["incidents"], others["incidents"], ids, known_ids)
    by_id = {one["id"]: one for part in PARTS for one in others[part]}
    there = {one["id"]: one for part in PARTS for one in ones[part]}
    unchanged = frozenset(
        mine
        for mine, theirs in ids.items()
        if mine in there and theirs in by_id and not _differing(there[mine], by_id[theirs], ids, known_ids)
    )
    return Sameness(ids, unchanged, dict(_near(ones, others, ids)))


def _pair(
    part: Part, ones: list[Thing], others: list[Thing], ids: dict[str, str], known_ids: set[str]
) -> None:
    taken = set(ids.values())
    fits: dict[str, list[str]] = {}
    for one in ones:
        if one["id"] not in ids:
            is_same = _IS_SAME[part]
            found = [o["id"] for o in others if o["id"] not in taken and is_same(one, o, ids, known_ids)]
            fits[one["id"]] = found
    for mine, found in fits.items():
        if len(found) == 1 and sum(found[0] in other for other in fits.values()) == 1:
            ids[mine] = found[0]


def _elsewhere(ids: Mapping[str, str], known_ids: set[str]) -> dict[str, str]:
    """Return ids for everything: what has no pair is something that the other record cannot name."""
    return {one: _ELSEWHERE + one for one in known_ids} | dict(ids)


def _differing(one: Thing, other: Thing, ids: Mapping[str, str], known_ids: set[str]) -> tuple[str, ...]:
    return differing(referring(one, _elsewhere(ids, known_ids)), other, {})


_Same = Callable[[Thing, Thing, Mapping[str, str], set[str]], bool]


def _fact(one: Thing, other: Thing, ids: Mapping[str, str], known_ids: set[str]) -> bool:
    return not _differing(one, other, ids, known_ids)


def _incident(one: Thing, other: Thing, ids: Mapping[str, str], known_ids: set[str]) -> bool:
    return not set(_differing(one, other, ids, known_ids)) - {"caused_by"}


def _session(one: Thing, other: Thing, _ids: Mapping[str, str], _known: set[str]) -> bool:
    return all(one[name] == other[name] for name in ("kind", "number", "label"))


def _named(one: Thing, other: Thing, _ids: Mapping[str, str], _known: set[str]) -> bool:
    places = {(span["start"], span["end"]) for span in one["mentions"]}
    share = any((span["start"], span["end"]) in places for span in other["mentions"])
    return share and one["name"].casefold() == other["name"].casefold()


_IS_SAME: Final[Mapping[Part, _Same]] = {
    "sessions": _session,
    "drivers": _named,
    "teams": _named,
    "entries": _fact,
    "quotes": _fact,
    "results": _fact,
    "incidents": _incident,
}


def _follow_causes(ones: list[Thing], others: list[Thing], ids: dict[str, str], known_ids: set[str]) -> None:
    """Part incidents again whose causes are not the same, until none is left."""
    by_id = {one["id"]: one for one in others}
    changed = True
    while changed:
        changed = False
        for one in ones:
            theirs = ids.get(one["id"])
            if theirs in by_id and _differing(one, by_id[theirs], ids, known_ids):
                del ids[one["id"]]
                changed = True


def _near(
    ones: Mapping[Part, list[Thing]], others: Mapping[Part, list[Thing]], ids: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what has no pair, with what stands in the same place; the one that touches most."""
    taken = set(ids.values())
    for part in PARTS:
        free = [other for other in others[part] if other["id"] not in taken]
        for one in ones[part]:
            if one["id"] in ids:
                continue
            shared = [(_shared(one, other), other["id"]) for other in free]
            best = max(shared, default=(0, ""))
            if best[0]:
                yield one["id"], best[1]


def _shared(one: Thing, other: Thing) -> int:
    """Return how many characters of their places two things share."""
    name = "mentions" if "mentions" in one else "evidence"
    return sum(
        max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])) for a in one[name] for b in other[name]
    )
