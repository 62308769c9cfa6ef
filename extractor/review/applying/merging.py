"""Merge: several things are one.

Everything that referred to the others refers to the one that is kept. Facts that thereby say the same twice,
and contradict each other in no detail, become one with the details and the evidence of both: a place in one
list, an entry, an incident that is the same in everything, a quote at one place. What is merged away is
marked ``merged``, with what it went into.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Any

from extractor.record import Driver, Entry, Incident, Quote, Result, Session, Team
from extractor.review.applying.draft import Draft
from extractor.review.applying.editing import joined_text
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.things import (
    Fact,
    Moves,
    Thing,
    distinct_participants,
    distinct_spans,
)
from extractor.review.decisions import Merge, Part

_FACTS: tuple[Part, ...] = ("entries", "results", "incidents", "quotes")


def merge(draft: Draft, change: Merge) -> None:
    """Several things of one part are one."""
    keep = draft.thing(change.keep, change.part)
    others = []
    for identifier in dict.fromkeys(change.others):
        if identifier == change.keep:
            draft.refused.append(DecisionError("decision_with_itself", about=identifier))
            continue
        try:
            others.append(draft.thing(identifier, change.part))
        except DecisionError as error:
            draft.refused.append(error)
    if not others:
        return
    moves: Moves = {other.id: keep.id for other in others}
    for other in others:
        draft.absorb(other.id, keep.id)
    draft.put(merged_things(keep, others, change.name), change.part)
    draft.edited(keep.id)
    touched = draft.redirect(moves) - {keep.id}
    _merge_duplicates(draft, touched)


def merged_things(keep: Thing, others: Iterable[Thing], name: str | None) -> Thing:
    """Return one thing that holds what several did; the first one's word counts where they differ."""
    others = tuple(others)
    if isinstance(keep, Driver | Team):
        return _merged_named(keep, [o for o in others if isinstance(o, Driver | Team)], name)
    everything = (keep, *others)
    update = _filled(everything)
    update["evidence"] = distinct_spans(span for thing in everything for span in thing.evidence)  # type: ignore[union-attr]
    if isinstance(keep, Session):
        if name:
            update["label"] = name
        return keep.model_copy(update=update)
    update |= {"confidence": 1.0} | _united(everything)
    if isinstance(keep, Quote):
        evidence = tuple(sorted(update["evidence"], key=lambda span: (span.start, span.end)))
        update |= {"evidence": evidence, "text": joined_text(evidence)}
        if len(evidence) == len(keep.evidence):
            update["text"] = keep.text
    return keep.model_copy(update=update)


def _merged_named(keep: Driver | Team, others: Iterable[Driver | Team], name: str | None) -> Thing:
    everything: tuple[Driver | Team, ...] = (keep, *others)
    main = (name or "").strip() or keep.name
    forms = dict.fromkeys(form for thing in everything for form in (thing.name, *thing.aliases))
    mentions = distinct_spans(mention for thing in everything for mention in thing.mentions)
    update: dict[str, Any] = {
        "name": main,
        "aliases": tuple(form for form in forms if form != main),
        "mentions": tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))),
    }
    update["optional"] = all(thing.optional for thing in everything)
    return keep.model_copy(update=update)


def _filled(everything: tuple[Thing, ...]) -> dict[str, Any]:
    """Return the fields that the first one leaves open and another one knows."""
    keep = everything[0]
    update = {}
    for name in type(keep).model_fields:
        if getattr(keep, name) is None:
            known = (getattr(thing, name) for thing in everything[1:])
            update[name] = next((value for value in known if value is not None), None)
    if isinstance(keep, Session) and keep.status == "unknown":
        statuses = (thing.status for thing in everything if isinstance(thing, Session))
        update["status"] = next((status for status in statuses if status != "unknown"), "unknown")
    return update


def _united(everything: tuple[Thing, ...]) -> dict[str, Any]:
    """Return the fields that hold several values, with the values of all."""
    keep = everything[0]
    update: dict[str, Any] = {}
    for name in ("drivers", "classes", "consequences", "caused_by", "scope_aliases"):
        if name in type(keep).model_fields:
            update[name] = tuple(dict.fromkeys(v for thing in everything for v in getattr(thing, name)))
    if isinstance(keep, Incident):
        itself = {
            thing.id for thing in everything
        }  # what was caused by a part of itself is not its own cause
        update["caused_by"] = tuple(cause for cause in update["caused_by"] if cause not in itself)
        update["participants"] = distinct_participants(
            p for thing in everything if isinstance(thing, Incident) for p in thing.participants
        )
    return update


def _merge_duplicates(draft: Draft, touched: set[str]) -> None:
    """Make one of the facts that say the same since some refer to something else."""
    while touched:
        moves: dict[str, str] = {}
        for part in _FACTS:
            moves |= _merge_part(draft, part, touched)
        touched = draft.redirect(moves) if moves else set()  # a result's entry, an incident's cause


def _merge_part(draft: Draft, part: Part, touched: set[str]) -> dict[str, str]:
    kept: dict[Hashable, list[Fact]] = {}
    moves: dict[str, str] = {}
    for thing in list(draft.things[part].values()):
        if not isinstance(thing, Entry | Result | Incident | Quote):
            continue
        alike = kept.setdefault(_says(thing), [])
        for place, fact in enumerate(alike):
            if (fact.id in touched or thing.id in touched) and _agree(fact, thing):
                alike[place] = _both(fact, thing)
                _absorb_fact(draft, part, alike[place], thing.id)
                moves[thing.id] = fact.id
                touched = touched | {fact.id}
                break
        else:
            alike.append(thing)
    return moves


def _absorb_fact(draft: Draft, part: Part, into: Fact, identifier: str) -> None:
    """Put the fact that holds both into the place of the first; a verdict on either is one on both."""
    verdict = draft.marks.get(identifier)
    draft.absorb(identifier, into.id)
    draft.put(into, part)
    known = draft.marks.get(into.id)
    if verdict is not None and verdict.verdict is not None and (known is None or known.verdict is None):
        draft.marks[into.id] = replace(verdict, note=known.note if known else verdict.note)


_DETAILS: dict[type[Fact], tuple[str, ...]] = {
    Result: ("entry", "time", "gap", "laps", "points"),
    Entry: ("team", "number", "car"),
    Incident: (),
    Quote: (),
}


def _agree(a: Fact, b: Fact) -> bool:
    """Tell whether two facts that say the same differ in no detail that both give."""
    pairs = ((getattr(a, name), getattr(b, name)) for name in _DETAILS[type(a)])
    return all(x is None or y is None or x == y for x, y in pairs)


def _both(a: Fact, b: Fact) -> Fact:
    """Return a fact with the evidence and details of both, as sure as the surer."""
    update: dict[str, Any] = {name: _first(getattr(a, name), getattr(b, name)) for name in _DETAILS[type(a)]}
    update |= {
        "evidence": distinct_spans((*a.evidence, *b.evidence)),
        "confidence": max(a.confidence, b.confidence),
        "optional": a.optional and b.optional,
    }
    if isinstance(a, Entry) and isinstance(b, Entry):
        update["classes"] = tuple(dict.fromkeys((*a.classes, *b.classes)))
    if isinstance(b, Result | Incident) and b.standing == "stated":
        update["standing"] = "stated"
    return a.model_copy(update=update)


def _first(one: Any, other: Any) -> Any:
    return other if one is None else one


def _says(fact: Fact) -> Hashable:
    """Return what a fact says, however surely and wherever; :data:`_DETAILS` are compared besides."""
    if isinstance(fact, Result):
        what = (fact.kind, fact.scope, fact.position, fact.status)
        return (fact.session, what, frozenset(fact.drivers))
    if isinstance(fact, Entry):
        return (fact.session, frozenset(fact.drivers))
    if isinstance(fact, Incident):
        who = frozenset((p.driver, p.number, p.role, None if p.driver else p.text) for p in fact.participants)
        how = (fact.type, fact.lap, fact.when, fact.where, frozenset(fact.consequences), fact.caused_by)
        return (fact.session, who, how, fact.asserted_by)
    places = tuple((span.start, span.end) for span in fact.evidence)
    return (fact.session, fact.text, fact.speaker, fact.speaker_name, fact.kind, places)
