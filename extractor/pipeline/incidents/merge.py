"""One happening is one incident: mentions merged, retirements joined to their causes, causes linked."""

from __future__ import annotations

from collections import defaultdict

from extractor.pipeline.annotations import IncidentFact
from extractor.pipeline.incidents.causes import link_causes, retirements
from extractor.pipeline.incidents.damage import joined_damage
from extractor.pipeline.incidents.events import FAMILY, Event, absorb
from extractor.pipeline.incidents.outcome import Outcomes

_NEUTRAL = ("safety_car", "red_flag")


def merge(events: list[Event], blocks: list[int], outcomes: Outcomes) -> list[IncidentFact]:
    """Return the incidents.

    Args:
        events: What was told, in reading order.
        blocks: The block number of each sentence.
        outcomes: Says who is out though no word says so.
    """
    events = joined_damage(_punishments(_repeated(events)), blocks)
    events = retirements(events, blocks)
    events = outcomes.contradicted(_repeated_excursions(events))
    outcomes.settle(events)
    link_causes(events, blocks)
    return _finish(events)


def _repeated(events: list[Event]) -> list[Event]:
    """Merge mentions of the same happening: one type, one session, shared people or nobody named."""
    kept: list[Event] = []
    alike: dict[str, list[Event]] = defaultdict(list)
    caused = [event for event in events if event.causes]
    for event in events:
        mates = alike["crash" if event.fact.type == "off_track" else event.fact.type]
        same = next((k for k in reversed(mates) if _same(k, event)), None)
        if same is None:
            kept.append(event)
            mates.append(event)
        else:
            if event.fact.type == "crash":
                same.fact.type = "crash"
            if same.aside and not event.aside:
                same.fact.session, same.sentence, same.aside = event.fact.session, event.sentence, False
                same.first, same.last = event.first, event.last
            if event.echo or (event.recalled and event.fact.asserted_by is not None):
                event.fact.participants = []
            absorb(same, event, caused)
    return kept


def _same(earlier: Event, later: Event) -> bool:
    a, b = earlier.fact, later.fact
    if (
        {a.type, b.type} == {"off_track", "crash"}
        and earlier.sentence == later.sentence
        and earlier.people
        and earlier.people == later.people
    ):
        return True  # "sort et tape le rail" is one way off the road
    if later.recalled and b.asserted_by is not None and a.type == b.type:
        return True  # « sans cette crevaison »: whoever speaks, it is the one told
    recalled = later.definite and b.asserted_by is not None and bool(earlier.people & later.people)
    if later.echo and a.type == b.type and 0 <= later.sentence - earlier.sentence <= 2:
        return True
    if later.past and a.type == b.type and a.session != b.session and earlier.people & later.people:
        return True
    if a.type != b.type or not (
        a.session == b.session or earlier.aside != later.aside or -1 in (a.session, b.session) or recalled
    ):
        return False
    if a.type in _NEUTRAL:
        return not later.again
    beside = earlier.sentence == later.sentence and 0 <= later.first - earlier.last <= 8
    if later.again and not earlier.aside and not beside:
        return False
    near = abs(earlier.sentence - later.sentence) <= 1
    if a.type == "retirement":
        return earlier.people == later.people or (near and bool(earlier.people & later.people))
    if earlier.people & later.people or earlier.numbers & later.numbers:
        if (
            a.type in ("penalty", "mechanical", "puncture")
            and not near
            and a.asserted_by == b.asserted_by
            and not (earlier.aside or later.aside)
        ):
            return later.definite
        return True
    nobody = not earlier.people and not earlier.numbers, not later.people and not later.numbers
    if a.type == "collision" and any(nobody):
        return (near and (later.definite or all(nobody))) or (
            later.definite and nobody[1] and later.sentence - earlier.sentence <= 3
        )
    return all(nobody) and near


def _punishments(events: list[Event]) -> list[Event]:
    """A jump start or a disqualification and its penalty are one."""
    out: list[Event] = []
    caused = [event for event in events if event.causes]
    verdicts = [e for e in events if e.fact.type in ("jump_start", "disqualification")]
    for event in events:
        partner = next(
            (
                other
                for other in verdicts
                if other is not event
                and event.fact.type == "penalty"
                and other.fact.type in ("jump_start", "disqualification")
                and other.fact.session == event.fact.session
                and abs(other.sentence - event.sentence) <= 1
                and (other.people & event.people or not other.people)
            ),
            None,
        )
        if partner is None:
            out.append(event)
            continue
        absorb(partner, event, caused)
        if "penalty" not in partner.fact.consequences and partner.fact.type == "jump_start":
            partner.fact.consequences.append("penalty")
    return out


def _repeated_excursions(events: list[Event]) -> list[Event]:
    """Merge what title or quote calls by another name of the family with what the report tells."""
    kept: list[Event] = []
    caused = [event for event in events if event.causes]
    for event in events:
        family = FAMILY.get(event.fact.type)
        same = None
        if family in ("excursion", "machine"):
            same = next(
                (
                    k
                    for k in kept
                    if FAMILY.get(k.fact.type) == family
                    and k.people & event.people
                    and (
                        k.aside != event.aside
                        or (k.fact.asserted_by is None) != (event.fact.asserted_by is None)
                    )
                    and (k.fact.session == event.fact.session or k.aside or event.aside)
                ),
                None,
            )
        if same is None:
            kept.append(event)
            continue
        if same.aside or (same.fact.asserted_by is not None and event.fact.asserted_by is None):
            if event.fact.type != "retirement":
                same.fact.type = event.fact.type
            same.fact.session = event.fact.session
            same.aside = False
        absorb(same, event, caused)
    return kept


def _finish(events: list[Event]) -> list[IncidentFact]:
    index = {id(event): k for k, event in enumerate(events)}
    for event in events:
        fact = event.fact
        fact.caused_by = sorted({index[id(c)] for c in event.causes if id(c) in index and c is not event})
        if event.retired:
            fact.retired = sorted(event.retired)
            if (
                event.people <= event.retired
                and "retirement" not in fact.consequences
                and fact.type != "retirement"
            ):
                fact.consequences.insert(0, "retirement")
        fact.evidence = sorted(set(fact.evidence))
    return [event.fact for event in events]
