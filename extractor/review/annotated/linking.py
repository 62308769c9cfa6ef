"""What links between facts and people say, as changes of the facts' fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.exports.annotation import scheme
from extractor.exports.annotation.scheme import LABELS, Part
from extractor.exports.annotation.task import Link, Mark

_FACTS: Final[tuple[Part, ...]] = ("entries", "results", "incidents", "quotes")
_INCIDENTS: Final[tuple[Part, ...]] = ("incidents",)

_Ends = tuple[tuple[Part, ...], Part]
#: From what to what each link leads.
ENDS: Final[dict[str, _Ends]] = {
    scheme.DRIVER: (("entries", "results"), "drivers"),
    scheme.TEAM: (("entries",), "teams"),
    scheme.SPEAKER: (("quotes",), "drivers"),
    scheme.SESSION: (_FACTS, "sessions"),
    **dict.fromkeys(scheme.ROLES, (_INCIDENTS, "drivers")),
    scheme.CAUSED_BY: (_INCIDENTS, "incidents"),
    scheme.ASSERTED_BY: (_INCIDENTS, "quotes"),
}
_LISTS: Final = {scheme.DRIVER: "drivers", scheme.CAUSED_BY: "caused_by"}
_SINGLE: Final = {
    scheme.TEAM: "team",
    scheme.SESSION: "session",
    scheme.SPEAKER: "speaker",
    scheme.ASSERTED_BY: "asserted_by",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact refers to something.

    Attributes:
        fact: Its id.
        label: Of the link.
        target: Id of what it refers to.
        words: What the text calls it there.
    """

    fact: str
    label: str
    target: str
    words: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it says, whatever the words."""
        return self.fact, self.label, self.target


def directed(link: Link, marks: Mapping[str, Mark]) -> Link | None:
    """Return a link as it leads from the fact, if it fits what it joins; the annotator may have turned it."""
    sources, target = ENDS[link.label]
    head, tail = (LABELS[marks[end].label].part for end in (link.head, link.tail))
    if head in sources and tail == target:
        return link
    return Link(link.tail, link.head, link.label) if tail in sources and head == target else None


def changed(
    fact: Mapping[str, Any],
    removed: Iterable[Reference],
    added: Sequence[Reference],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """Return the fields of a fact that references change.

    Args:
        fact: As in the record's JSON.
        removed: References that are taken away.
        added: References that are new.
        names: Of drivers, by id.
    """
    new: dict[str, Any] = {}
    gone = list(removed)
    for label, field in _LISTS.items():
        out = [one.target for one in gone if one.label == label]
        into = [one.target for one in added if one.label == label]
        if out or into:
            new[field] = _exchanged(fact[field], out, into)
    for label, field in _SINGLE.items():
        into = [one.target for one in added if one.label == label]
        if into or any(one.label == label and one.target == fact[field] for one in gone):
            new[field] = into[0] if into else None
    if "speaker" in new:
        new |= _spoken(fact, new["speaker"], names)
    roles = (
        [one for one in gone if one.label in scheme.ROLES],
        [one for one in added if one.label in scheme.ROLES],
    )
    if any(roles):
        new["participants"] = _participants(fact["participants"], *roles)
    return new


def _exchanged(held: Sequence[str], out: list[str], into: list[str]) -> list[str]:
    """Return a list in which some are others; what comes for what goes takes its place."""
    waiting = [one for one in into if one not in held]
    found: list[str] = []
    for one in held:
        if one not in out:
            found.append(one)
        elif waiting:
            found.append(waiting.pop(0))
    return [*found, *waiting]


def _spoken(fact: Mapping[str, Any], speaker: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    if speaker is not None:
        return {"speaker_name": names.get(speaker), "speaker_role": "driver"}
    role = "unknown" if fact["speaker_role"] == "driver" else fact["speaker_role"]
    return {"speaker_name": fact["speaker_name"] or names.get(fact["speaker"] or ""), "speaker_role": role}


def _participants(
    held: Sequence[Mapping[str, Any]], removed: list[Reference], added: list[Reference]
) -> list[dict[str, Any]]:
    out = {(one.label, one.target) for one in removed}
    waiting = list(added)
    found: list[dict[str, Any]] = []
    for one in held:
        if (one["role"], one["driver"]) not in out:
            found.append(dict(one))
            continue
        # Somebody in another role keeps number and words; somebody else in the same role takes the place.
        same = next((new for new in waiting if new.target == one["driver"]), None)
        other = same or next((new for new in waiting if new.label == one["role"]), None)
        if other is not None:
            waiting.remove(other)
            found.append({**one, "role": other.label} if same else _participant(other))
    present = {(one["role"], one["driver"]) for one in found}
    return [*found, *(_participant(one) for one in waiting if (one.label, one.target) not in present)]


def _participant(reference: Reference) -> dict[str, Any]:
    return {"driver": reference.target, "number": None, "text": reference.words, "role": reference.label}
