"""When a predicted fact says the same as a gold one. Sessions are compared elsewhere."""

from __future__ import annotations

from extractor.scoring.facts import (
    EntryFact,
    IncidentFact,
    NamedFact,
    NumberFact,
    QuoteFact,
    Ranges,
    ResultFact,
    RetirementFact,
)
from extractor.scoring.names import same, same_crew, same_set, some_shared

#: Types of incident that a reader may take for one another.
_FAMILIES = (
    frozenset({"spin", "off_track", "crash", "fall"}),
    frozenset({"mechanical", "retirement", "bodywork", "fire", "puncture"}),
    frozenset({"penalty", "disqualification", "jump_start"}),
)
_NEUTRALISATIONS = frozenset({"safety_car", "red_flag"})
_QUOTE_OVERLAP = 0.8


def same_place(gold: ResultFact, pred: ResultFact) -> bool:
    """Say whether two results put one crew in one place of one order, whatever the session."""
    return same_outcome(gold, pred) and same_scope(gold, pred) and same_crew(gold.drivers, pred.drivers)


def same_outcome(gold: ResultFact, pred: ResultFact) -> bool:
    """Say whether two results tell of one place, or of one way of having none."""
    # The best lap has no second place, so that a missing position means the first.
    default = 1 if gold.kind == "fastest_lap" else None
    position = gold.position or default
    if position != (pred.position or default):
        return False
    return position is not None or gold.status == pred.status


def same_scope(gold: ResultFact, pred: ResultFact) -> bool:
    """Say whether one class is meant: its name, an alias, or one with more words about it."""
    meant = pred.scopes[0]
    words = set(meant.split())
    for scope in gold.scopes:
        if scope == meant:
            return True
        if "overall" not in (scope, meant) and (set(scope.split()) <= words or words <= set(scope.split())):
            return True
    return False


def same_named(gold: NamedFact, pred: NamedFact) -> bool:
    """Say whether two drivers, or two teams, bear one name."""
    return same(gold.forms, pred.forms)


def same_entry(gold: EntryFact, pred: EntryFact) -> bool:
    """Say whether two entries tie one driver to one team."""
    return same(gold.driver, pred.driver) and same(gold.team, pred.team)


def same_number(gold: NumberFact, pred: NumberFact) -> bool:
    """Say whether one driver wears one number."""
    return gold.number == pred.number and same(gold.driver, pred.driver)


def same_retired(gold: RetirementFact, pred: RetirementFact) -> bool:
    """Say whether one driver fell out."""
    return same(gold.driver, pred.driver)


def same_happening(gold: IncidentFact, pred: IncidentFact) -> bool:
    """Say whether two incidents are of one type and concern the same people."""
    if gold.type != pred.type:
        return False
    return gold.type in _NEUTRALISATIONS or same_set(gold.people, pred.people)


def like_happening(gold: IncidentFact, pred: IncidentFact) -> bool:
    """Say whether two incidents are of like type and share somebody."""
    if gold.type != pred.type and not any({gold.type, pred.type} <= family for family in _FAMILIES):
        return False
    if gold.type in _NEUTRALISATIONS:
        return True
    return not (gold.people or pred.people) or some_shared(gold.people, pred.people)


def same_span(gold: QuoteFact, pred: QuoteFact) -> bool:
    """Say whether two quotes cover nearly the same words."""
    shared = _shared_length(gold.ranges, pred.ranges)
    union = _length(gold.ranges) + _length(pred.ranges) - shared
    return union > 0 and shared / union >= _QUOTE_OVERLAP


def share_words(gold: QuoteFact, pred: QuoteFact) -> bool:
    """Say whether two quotes have any words in common."""
    return _shared_length(gold.ranges, pred.ranges) > 0


def same_speaker(gold: QuoteFact, pred: QuoteFact) -> bool:
    """Say whether two quotes are given to one speaker, or both to nobody."""
    if not gold.speaker:
        return not pred.speaker
    return same(gold.speaker, pred.speaker)


def _length(ranges: Ranges) -> int:
    return sum(end - start for start, end in ranges)


def _shared_length(a: Ranges, b: Ranges) -> int:
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
