"""What led to what: retirements and their causes, stops and what they followed from."""

from __future__ import annotations

from extractor.pipeline.incidents.events import FAMILY, Event

_MISHAPS = frozenset(
    ("collision", "crash", "spin", "off_track", "fall", "puncture", "mechanical", "bodywork", "fire", "other")
)
_NEUTRAL = ("safety_car", "red_flag")
_STOPS = frozenset(("crash", "collision", "off_track", "fall", "spin", "fire", "bodywork", "mechanical"))
_WEIGHT = {
    "crash": 0,
    "collision": 1,
    "fall": 2,
    "off_track": 3,
    "fire": 4,
    "spin": 5,
    "bodywork": 6,
    "mechanical": 7,
}


def retirements(events: list[Event], blocks: list[int]) -> list[Event]:
    """Join each retirement to the mishap told beside it; of several persons each to his own."""
    out: list[Event] = []
    for event in events:
        if event.fact.type != "retirement":
            out.append(event)
            continue
        if event.pair and _of_both(event, events):
            continue
        if not event.people and _of_unnamed(event, events):
            continue
        left: set[int] = set()
        joined: list[Event] = []
        for person in sorted(event.people):
            cause = _cause_of(event, person, events, blocks)
            if cause is None:
                left.add(person)
                continue
            joined.append(cause)
            cause.retired.add(person)
            cause.plain = cause.plain or event.plain
            cause.fact.evidence += [span for span in event.fact.evidence if span not in cause.fact.evidence]
            cause.fact.consequences += [
                c for c in event.fact.consequences if c not in cause.fact.consequences
            ]
            cause.fact.lap = cause.fact.lap if cause.fact.lap is not None else event.fact.lap
            cause.fact.when, cause.fact.where = (
                cause.fact.when or event.fact.when,
                cause.fact.where or event.fact.where,
            )
        if joined:
            for other in events:
                other.causes = [
                    joined[0] if c is event else c
                    for c in other.causes
                    if not (c is event and other in joined)
                ]
        if joined and left and event.fact.rule == "list":
            joined[0].retired |= left  # a crew stands in one item
            left = set()
        if event.weak or (joined and not left):
            continue
        if joined:
            event.fact.participants = [
                p for p in event.fact.participants if p.person is None or p.person in left
            ]
            event.retired &= left
        out.append(event)
    return out


def _of_both(event: Event, events: list[Event]) -> bool:
    """Tell of those who ran into each other just before: "... ; les deux équipages abandonnent"."""
    for other in events:
        if (
            other.fact.type == "collision"
            and 0 <= event.sentence - other.sentence <= 1
            and other.first < event.first
            and other.fact.session == event.fact.session
            and len(other.people) in (2, 4)
            and (not event.people or event.people & other.people)
        ):
            other.retired |= other.people
            other.plain = other.plain or event.plain
            other.fact.evidence += event.fact.evidence
            return True
    return False


def _of_unnamed(event: Event, events: list[Event]) -> bool:
    """Tell of one in an incident without names who is out: "deux voitures s'accrochent, la n°7 y reste"."""
    for other in events:
        if (
            other.sentence == event.sentence
            and other.fact.type in _MISHAPS
            and other.first < event.first
            and not other.people
            and not other.numbers
            and event.numbers
        ):
            other.fact.participants += event.fact.participants
            other.fact.evidence += event.fact.evidence
            return True
    broken = [
        o
        for o in events
        if o.sentence == event.sentence
        and o.people
        and FAMILY.get(o.fact.type) == "machine"
        and o is not event
    ]
    if len(broken) == 1 and event.numbers and not broken[0].numbers and len(broken[0].people) == 1:
        broken[0].retired |= broken[0].people
        broken[0].fact.evidence += event.fact.evidence
        return True  # "la n°66 arrêtée dans l'herbe, X signalant une panne"
    return False


def _cause_of(event: Event, person: int, events: list[Event], blocks: list[int]) -> Event | None:
    best: tuple[int, bool, int, Event] | None = None
    for other in events:
        if other.fact.type not in _MISHAPS or person not in other.people:
            continue
        gap = abs(other.sentence - event.sentence)
        elsewhere = other.fact.session != event.fact.session
        if elsewhere and gap and -1 not in (other.fact.session, event.fact.session):
            continue  # within a sentence the clause that names the session speaks for both
        later = event.sentence - other.sentence in (2, 3) and blocks[other.sentence] == blocks[event.sentence]
        if gap > 1 and not (event.aside or other.aside or later):
            continue
        if event.weak and (gap > 0 or FAMILY.get(other.fact.type) != "machine"):
            continue
        if event.fact.rule == "hope" and other.fact.type == "puncture":
            continue
        key = (min(gap, 2), other.fact.type in ("collision", "spin"), abs(other.first - event.first), other)
        if best is None or key[:3] < best[:3]:
            best = key
    return best[3] if best else None


def link_causes(events: list[Event], blocks: list[int]) -> None:
    """Say what caused what: by the order of the telling, within a sentence or two."""
    for i, event in enumerate(events):
        kind = event.fact.type
        for other in reversed(events[:i]):
            if (
                other.fact.session != event.fact.session
                or event.sentence - other.sentence > 1
                or event.sentence < other.sentence
            ):
                continue
            if any(event is c for c in other.causes) or any(other is c for c in event.causes):
                continue
            if _leads_to(other, event):
                event.causes.append(other)
                break
        if kind == "did_not_start" and not event.causes:
            event.causes += [
                o
                for o in events
                if o.fact.type in ("mechanical", "crash", "fall")
                and o.sentence == event.sentence
                and o.people == event.people
            ][:1]
        if kind in _NEUTRAL and not event.causes and not event.extra:
            _stopped_by(event, events, blocks)
        for cause in event.causes:
            if kind in _NEUTRAL and kind not in cause.fact.consequences:
                cause.fact.consequences.append(kind)


def _leads_to(earlier: Event, later: Event) -> bool:
    a, b = earlier.fact.type, later.fact.type
    shared = bool(earlier.people & later.people)
    if b in ("penalty", "disqualification"):
        return a == "collision" and shared
    if not shared or (earlier.sentence != later.sentence and a != "collision"):
        return False
    if a in ("spin", "off_track", "mechanical", "puncture"):
        return b in ("collision", "crash", "off_track", "spin", "did_not_start", "fall") and b != a
    if a == "collision":
        return b in (
            "spin",
            "crash",
            "off_track",
            "fall",
            "puncture",
            "bodywork",
            "mechanical",
            "did_not_start",
        )
    return a in ("crash", "fall") and b in ("did_not_start", "bodywork")


def _stopped_by(event: Event, events: list[Event], blocks: list[int]) -> None:
    """Give a neutralisation its cause: the worst that the same or a neighbouring sentence tells."""
    near = [
        other
        for other in events
        if other.fact.type in _STOPS
        and (other.fact.session == event.fact.session)
        and -1 <= event.sentence - other.sentence <= 1
        and blocks[other.sentence] == blocks[event.sentence]
        and not (other.fact.type in ("mechanical", "spin") and other.sentence != event.sentence)
        and (other.sentence <= event.sentence or other.fact.type in ("crash", "bodywork"))
    ]
    if near:
        event.causes.append(
            min(near, key=lambda o: (abs(o.sentence - event.sentence), not o.retired, _WEIGHT[o.fact.type]))
        )
