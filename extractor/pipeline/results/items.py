"""The items of a list: who holds a rank, with what time or gap, and what else the item tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.pipeline.annotations import Ref, ResultFact
from extractor.pipeline.results.context import Context
from extractor.pipeline.results.ranks import Rank
from extractor.values.times import duration, gap

_TOGETHER = frozenset(("/", "&", "-", "–"))


def item_facts(context: Context, rank: Rank, base: ResultFact) -> Iterator[ResultFact]:
    """Yield the results that one item of a list tells.

    Args:
        context: Words around a position.
        rank: The rank and who holds it.
        base: The list's session, kind, class and rule.
    """
    tokens = context.tokens
    shared = "aequo" in tokens.norm[rank.token : rank.ref.first]
    people = tuple(rank.ref.people) if shared else _crew(context, rank, rank.end)
    end = rank.ref.outer if rank.ref.outer > 0 else rank.ref.last
    start, finish = tokens.start[rank.token], tokens.end[end - 1]
    fact = replace(base, people=people, position=rank.position, evidence=[(start, finish)])
    _times(context, fact, end, rank.end)
    yield fact
    yield from _class_firsts(context, fact, end, rank.end)
    yield from _behind(context, fact, end, rank.end)
    if shared:
        for others, last in _equals(context, rank):
            yield replace(fact, people=others, evidence=[(start, tokens.end[last - 1])])


def told_on(context: Context, rank: Rank) -> bool:
    """Tell whether a story follows the name: "23e : X tire tout droit" is a lap log, no list."""
    end = rank.ref.outer if rank.ref.outer > 0 else rank.ref.last
    lower = [s for s in context.tokens.shape[end : min(rank.end, end + 6)] if s == "l"]
    return len(lower) >= 3 and rank.end - end > 5


def _behind(context: Context, fact: ResultFact, first: int, last: int) -> Iterator[ResultFact]:
    """Yield who stands in the item of a place as next: "2. X, à 2 s, devant Y", "6. X, suivi de Y"."""
    position = fact.position or 0
    for term in context.found(first, last, "order"):
        ref = next((r for r in context.discourse.refs_between(term.end, min(last, term.end + 6))), None)
        if ref is None or ref.form not in ("name", "car"):
            return
        group = [r for r in context.discourse.group(ref) if ref.first <= r.first < last]
        for people, end in _units(context, group):
            position += 1
            span = context.tokens.chars(term.start, end)
            yield replace(
                fact,
                people=people,
                position=position,
                evidence=[span],
                time=None,
                gap=None,
                laps=None,
                points=None,
            )


def _units(context: Context, group: list[Ref]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield crews and where their names end: "A/B, suivis de C/D"."""
    people: tuple[int, ...] = ()
    last = -1
    for ref in group:
        joined = last >= 0 and context.tokens.text[last : ref.first] in ([mark] for mark in _TOGETHER)
        if people and not joined:
            yield people, last
            people = ()
        people += tuple(p for p in ref.people if p not in people)
        last = ref.last
    if people:
        yield people, last


def _class_firsts(context: Context, fact: ResultFact, first: int, last: int) -> list[ResultFact]:
    """Return the class that the holder of a rank has won.

    As in "5. X à 1 tour, vainqueur classe B", "7. Y (1er Junior)".
    """
    found: list[ResultFact] = []
    for term in context.found(first, last, "class_best", "win"):
        name = next(
            (n for n in context.classes_between(term.end, min(last, term.end + 4)) if n.last <= last), None
        )
        if name is None or context.tokens.norm[term.start].startswith("meilleur"):
            continue
        span = (fact.evidence[0][0], context.tokens.end[name.last - 1])
        found.append(
            replace(
                fact, position=1, scope=context.label(name), evidence=[span], time=None, gap=None, laps=None
            )
        )
        break
    return found


def _equals(context: Context, rank: Rank) -> list[tuple[tuple[int, ...], int]]:
    """Return the others who share a rank and where their names end: "3e ex æquo : X et Y"."""
    return [
        (ref.people, ref.last)
        for ref in context.discourse.group(rank.ref)
        if rank.ref.first < ref.first < rank.end and ref.people
    ]


def _crew(context: Context, rank: Rank, stop: int) -> tuple[int, ...]:
    """Return the people of a rank: "1. A et B (#70)" is one crew."""
    people = list(rank.ref.people)
    group = context.discourse.group(rank.ref)
    for ref in group:
        if rank.ref.first < ref.first < stop:
            between = context.tokens.norm[
                (rank.ref.outer if rank.ref.outer > 0 else rank.ref.last) : ref.first
            ]
            if (between and between[0] in ("et", "/", "&", "-", "–")) or len(people) > 1 or between == [","]:
                people += [p for p in ref.people if p not in people]
    return tuple(people)


def _times(context: Context, fact: ResultFact, first: int, last: int) -> None:
    """Read the time of the first and the gaps of the others."""
    tokens = context.tokens
    for i in range(first, min(last, first + 14)):
        text = tokens.text[i]
        if tokens.shape[i] != "d":
            continue
        before = tokens.norm[i - 1]
        after = tokens.norm[i + 1] if i + 1 < len(tokens) else ""
        if after in ("tour", "tours", "t", "laps") and text.isdecimal() and int(text):
            if before in ("a", "+"):
                fact.gap = fact.gap or {"laps": int(text)}
            else:
                fact.laps = fact.laps or int(text)
        elif after in ("pts", "points", "pt", "point") and text.isdecimal():
            fact.points = fact.points or float(text)
        elif (before in ("a", "+") or tokens.text[i - 1] == "+") and (value := gap(text)):
            fact.gap = fact.gap or value
        elif (value := duration(text)) and any(c in text for c in "'’′:\"”″") and "h" not in text.lower():
            fact.time = fact.time or value
