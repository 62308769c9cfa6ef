"""What somebody decided about who is who. Decisions are kept, can be undone, and stand above every build.

A decision names appearances by their anchors, never by ids of a build, so that it holds in every later
one. The log only grows: to undo is to add a decision that undoes. Of two that contradict each other the
later one holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args
from uuid import uuid4

from extractor.errors import InputError

Action = Literal["same", "different", "identifier", "not_identifier", "undo"]
MOST_ANCHORS = 60
"""How many appearances of one side a decision names at most: what somebody can have looked at."""


@dataclass(frozen=True, slots=True)
class AuthorityDecision:
    """One decision.

    Attributes:
        id: Names it.
        at: When, in UTC, ISO 8601.
        by: Who.
        action: ``same`` and ``different`` are about both sides, ``identifier`` (this is who it is) and
            ``not_identifier`` about the left one, ``undo`` about another decision.
        left: Anchors of the appearances on one side.
        right: Anchors of those on the other.
        identifier: ``scheme:value`` of an entry of somebody's list.
        undoes: Id of the decision that is undone.
        note: Anything.
    """

    id: str
    at: str
    by: str
    action: Action
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    identifier: str | None = None
    undoes: str | None = None
    note: str | None = None

    @classmethod
    def make(
        cls,
        action: Action,
        by: str,
        left: Sequence[str] = (),
        right: Sequence[str] = (),
        *,
        identifier: str | None = None,
        undoes: str | None = None,
    ) -> AuthorityDecision:
        """Return a new decision, made now."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        sides = tuple(left[:MOST_ANCHORS]), tuple(right[:MOST_ANCHORS])
        return cls(uuid4().hex, at, by, action, *sides, identifier, undoes)

    def to_json(self) -> str:
        """Return the decision as one line of JSON."""
        return json.dumps({key: value for key, value in asdict(self).items() if value}, ensure_ascii=False)

    @classmethod
    def of(cls, told: dict[str, Any]) -> AuthorityDecision:
        """Return the decision that a JSON object holds.

        Raises:
            ValueError: It is none.
        """
        known = {key: value for key, value in told.items() if key in cls.__slots__}
        for side in ("left", "right"):
            anchors = known.get(side, [])
            if not isinstance(anchors, list | tuple) or not all(isinstance(one, str) for one in anchors):
                raise ValueError(side)
            known[side] = tuple(anchors)
        if not all(isinstance(known.get(key), str) for key in ("id", "at", "by", "action")):
            raise ValueError("id, at, by, action")
        if known["action"] not in get_args(Action):
            raise ValueError(known["action"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decisions say together.

    Attributes:
        same: Pairs of anchors that are one.
        different: Pairs of anchors that are not.
        identifiers: Anchors and what they are identified as.
        refused: Anchors and what they are not.
        overruled: Ids of decisions that a later one contradicts.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    overruled: tuple[str, ...] = ()


def in_force(decisions: Iterable[AuthorityDecision]) -> list[AuthorityDecision]:
    """Return the decisions that nobody has undone, in order; an undoing can be undone, too."""
    made = list(decisions)
    undone: set[str] = set()
    for one in reversed(made):
        if one.action == "undo" and one.id not in undone and one.undoes:
            undone.add(one.undoes)
    return [one for one in made if one.id not in undone and one.action != "undo"]


def standing(decisions: Iterable[AuthorityDecision]) -> Standing:
    """Return what holds: the newest first, and an older one only where it contradicts none that is newer."""
    parents: dict[str, str] = {}
    different: set[tuple[str, str]] = set()
    same: list[tuple[str, str]] = []
    named: dict[tuple[str, str], bool] = {}
    overruled: list[str] = []

    def find(one: str) -> str:
        while parents.setdefault(one, one) != one:
            one = parents[one]
        return one

    for decision in reversed(in_force(decisions)):
        if decision.action == "same":
            edges = _star(decision)
            if _parts(edges, different, parents):
                overruled.append(decision.id)
                continue
            same += edges
            for a, b in edges:
                parents[find(a)] = find(b)
        elif decision.action == "different":
            pairs = {(a, b) for a in decision.left for b in decision.right}
            if any(find(a) == find(b) for a, b in pairs):
                overruled.append(decision.id)
                continue
            different |= pairs
        elif decision.identifier:
            for anchor in decision.left:
                named.setdefault((anchor, decision.identifier), decision.action == "identifier")
    return Standing(
        tuple(sorted(same)),
        tuple(sorted(different)),
        tuple(sorted(pair for pair, is_so in named.items() if is_so)),
        tuple(sorted(pair for pair, is_so in named.items() if not is_so)),
        tuple(overruled),
    )


def _star(decision: AuthorityDecision) -> list[tuple[str, str]]:
    """Return pairs that hold all of both sides together."""
    anchors = sorted({*decision.left, *decision.right})
    return [(anchors[0], other) for other in anchors[1:]]


def _parts(
    edges: Sequence[tuple[str, str]], different: set[tuple[str, str]], parents: dict[str, str]
) -> bool:
    """Tell whether joining these would make one of two that a newer decision keeps apart."""
    tried = dict(parents)

    def root(one: str) -> str:
        while tried.setdefault(one, one) != one:
            one = tried[one]
        return one

    for a, b in edges:
        tried[root(a)] = root(b)
    return any(root(a) == root(b) for a, b in different)


def read_decisions(path: Path) -> list[AuthorityDecision]:
    """Return the decisions of a file of JSON Lines.

    Raises:
        InputError: It cannot be read, or a line is no decision.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError("not_found", source=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("authority_decisions_unreadable", source=str(path)) from error
    return list(_decisions(text, path))


def _decisions(text: str, path: Path) -> Iterator[AuthorityDecision]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            if not isinstance(told, dict):
                raise ValueError("no object")
            yield AuthorityDecision.of(told)
        except (ValueError, RecursionError) as error:
            raise InputError("authority_no_decision", source=f"{path}:{number}", why=error) from error
