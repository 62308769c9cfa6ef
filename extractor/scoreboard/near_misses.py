"""Reasons why a fact was nearly right: what a missed and a spurious one have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from extractor.scoring.facts import EntryFact, IncidentFact, MentionFact, NumberFact, ResultFact
from extractor.scoring.matching import (
    like_happening,
    same_outcome,
    same_place,
    same_retired,
    same_scope,
    same_span,
    share_words,
)
from extractor.scoring.names import same, same_crew, some_shared

Reason = Literal[
    "missed", "spurious", "session", "team", "driver", "number", "place", "scope", "crew", "type", "people",
    "speaker", "extent",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """One way in which what was read is nearly what the text says.

    Attributes:
        reason: What is wrong with it.
        holds: Whether a missed fact and a spurious one differ in that alone.
        anywhere: Whether they may belong to two sessions.
    """

    reason: Reason
    holds: Callable[[Any, Any], bool]
    anywhere: bool = False


def _same_driver(gold: EntryFact | NumberFact, pred: EntryFact | NumberFact) -> bool:
    return same(gold.driver, pred.driver)


def _same_team(gold: EntryFact, pred: EntryFact) -> bool:
    return same(gold.team, pred.team)


def _same_digits(gold: NumberFact, pred: NumberFact) -> bool:
    return gold.number == pred.number


def _other_class(gold: ResultFact, pred: ResultFact) -> bool:
    return same_outcome(gold, pred) and same_crew(gold.drivers, pred.drivers)


def _other_place(gold: ResultFact, pred: ResultFact) -> bool:
    return same_scope(gold, pred) and same_crew(gold.drivers, pred.drivers)


def _other_crew(gold: ResultFact, pred: ResultFact) -> bool:
    return gold.position is not None and same_outcome(gold, pred) and same_scope(gold, pred)


def _other_type(gold: IncidentFact, pred: IncidentFact) -> bool:
    return some_shared(gold.people, pred.people)


def _other_people(gold: IncidentFact, pred: IncidentFact) -> bool:
    return gold.type == pred.type


def _overlapping(gold: MentionFact, pred: MentionFact) -> bool:
    return gold.category == pred.category and gold.start < pred.end and pred.start < gold.end


#: Tried in this order, so that what is nearly right is not taken for something else.
NEAR: dict[str, tuple[Near, ...]] = {
    "entries": (Near("team", _same_driver), Near("driver", _same_team)),
    "numbers": (Near("number", _same_driver), Near("driver", _same_digits)),
    "results": (
        Near("session", same_place, anywhere=True),
        Near("scope", _other_class),
        Near("place", _other_place),
        Near("crew", _other_crew),
    ),
    "incidents": (
        Near("session", like_happening, anywhere=True),
        Near("type", _other_type),
        Near("people", _other_people),
    ),
    "retirements": (Near("session", same_retired, anywhere=True),),
    "quotes": (Near("speaker", same_span), Near("extent", share_words)),
    "mentions": (Near("extent", _overlapping),),
}
