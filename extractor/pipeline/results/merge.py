"""One result for each position: doubles joined, contradictions settled, what was taken back taken back."""

from __future__ import annotations

from collections import defaultdict

from extractor.pipeline.annotations import ResultFact
from extractor.pipeline.results.classnames import same_scope
from extractor.pipeline.results.context import OVERALL

# How far each way of saying is to be trusted, between 0 and 1: a first estimate, made on reports of our own.
TRUST = {
    "table": 0.98,
    "list": 0.97,
    "win": 0.9,
    "win_by": 0.93,
    "win_right": 0.92,
    "win_focus": 0.7,
    "winner_noun": 0.85,
    "podium": 0.82,
    "top": 0.82,
    "order": 0.86,
    "class_best": 0.8,
    "pole": 0.85,
    "poleman": 0.85,
    "pole_focus": 0.65,
    "leads": 0.75,
    "champion": 0.75,
    "best_time": 0.8,
    "fastest_lap": 0.75,
    "scratch": 0.7,
    "place_bracket": 0.85,
    "place_apposition": 0.85,
    "place_right": 0.85,
    "place_subject": 0.82,
    "place_ahead": 0.7,
    "place_focus": 0.65,
}
FORMAL = ("list", "table")
_BARE_PENALTY = 0.15
_AGREEMENT = 0.5  # share of the doubt that each further statement takes away
_MAX_EVIDENCE = 6


def trust(fact: ResultFact) -> float:
    """Return the trust in a fact by the pattern that found it."""
    bare = fact.rule.endswith("_bare")
    return TRUST.get(fact.rule.removesuffix("_bare"), 0.6) - (_BARE_PENALTY if bare else 0.0)


def confidence(fact: ResultFact) -> float:
    """Return a first estimate of the probability that the fact is right."""
    doubt = 1.0 - trust(fact)
    return round(1.0 - doubt * _AGREEMENT ** min(2, len(fact.evidence) - 1), 3)


def merge(facts: list[ResultFact]) -> tuple[list[ResultFact], list[tuple[ResultFact, ResultFact]]]:
    """Return the settled results and the pairs that contradict each other (kept, dropped)."""
    joined = _join(facts)
    dropped: list[tuple[ResultFact, ResultFact]] = []
    kept: list[ResultFact] = []
    groups: dict[tuple[int, str], list[ResultFact]] = defaultdict(list)
    for fact in joined:
        groups[fact.session, fact.kind].append(fact)
    for (_, kind), group in groups.items():
        if kind in ("final", "grid", "qualifying"):
            kept += _settle(group, dropped)
        else:
            kept += group
    kept.sort(key=lambda f: f.evidence[0])
    return kept, dropped


def _join(facts: list[ResultFact]) -> list[ResultFact]:
    """Join statements of one result; a crew takes in what is said of one of its members."""
    joined: list[ResultFact] = []
    index: dict[tuple[int, str, int | None, str], list[ResultFact]] = defaultdict(list)
    for fact in facts:
        key = (fact.session, fact.kind, fact.position, fact.status)
        for other in index[key]:
            if _same_people(fact.people, other.people) and (
                fact.scope == other.scope or same_scope(fact.scope, other.scope)
            ):
                _absorb(other, fact)
                break
        else:
            index[key].append(fact)
            joined.append(fact)
    return joined


def _same_people(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
    a, b = set(left), set(right)
    return a <= b or b <= a


def _absorb(kept: ResultFact, other: ResultFact) -> None:
    if other.rule in FORMAL or (len(other.people) > len(kept.people) and kept.rule not in FORMAL):
        kept.people = other.people  # a formal list knows best who was in the car
    for span in other.evidence:
        if span not in kept.evidence and len(kept.evidence) < _MAX_EVIDENCE:
            kept.evidence.append(span)
    kept.overrides |= other.overrides
    if trust(other) > trust(kept):
        kept.rule = other.rule
    kept.time, kept.gap = kept.time or other.time, kept.gap or other.gap
    kept.laps, kept.points = kept.laps or other.laps, kept.points or other.points


def _settle(group: list[ResultFact], dropped: list[tuple[ResultFact, ResultFact]]) -> list[ResultFact]:
    """Keep, of two results that cannot both be true, the better founded; of equals the later."""
    kept: list[ResultFact] = []
    ruled = min((f.evidence[0][0] for f in group if f.overrides), default=None)
    group = _without_stale(group)
    ranked = sorted(
        group,
        key=lambda f: (
            f.overrides,
            ruled is None or f.evidence[-1][0] > ruled,
            _weight(f),
            f.evidence[-1][0],
        ),
        reverse=True,
    )
    for fact in ranked:
        rival = next((other for other in kept if _contradict(fact, other)), None)
        if rival is None or (rival.rule in FORMAL and fact.rule in FORMAL):
            kept.append(fact)  # two lists that differ are two orders, or the text contradicts itself
        if rival is not None:
            dropped.append((rival, fact))
    return kept


def _without_stale(group: list[ResultFact]) -> list[ResultFact]:
    """Leave out who was told to be behind somebody whom a later ruling moved down past him.

    As in "A devant B et C", then "A tombe 9e".
    """
    stale: set[int] = set()
    for ruling in (f for f in group if f.overrides):
        before = [
            f
            for f in group
            if f is not ruling
            and f.position
            and set(f.people) & set(ruling.people)
            and f.scope == ruling.scope
        ]
        for held in before:
            if ruling.position is not None and ruling.position <= (held.position or 0):
                continue
            stale |= {
                id(f)
                for f in group
                if f.rule == "order"
                and f.scope == ruling.scope
                and f.evidence[-1][0] < ruling.evidence[0][0]
                and (held.position or 0) < (f.position or 0) <= (ruling.position or 999)
            }
    return [f for f in group if id(f) not in stale]


def _weight(fact: ResultFact) -> float:
    return confidence(fact) + 0.02 * len(fact.evidence)


def _contradict(a: ResultFact, b: ResultFact) -> bool:
    if (
        a.position is None
        or b.position is None
        or (a.scope != b.scope and not (same_scope(a.scope, b.scope) and OVERALL not in (a.scope, b.scope)))
    ):
        return False
    together = bool(set(a.people) & set(b.people))
    if together:
        return a.position != b.position
    return (
        a.position == b.position and a.evidence[0][0] != b.evidence[0][0]
    )  # "3e ex æquo : X et Y" has one start
