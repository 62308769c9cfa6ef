"""One happening is one incident: mentions merged, retirements joined to their causes, causes linked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from extractor.pipeline.annotations import IncidentFact

FAMILY = {
    **dict.fromkeys(("spin", "off_track", "crash", "fall"), "excursion"),
    **dict.fromkeys(("mechanical", "retirement", "bodywork", "fire", "puncture"), "machine"),
    **dict.fromkeys(("penalty", "disqualification", "jump_start"), "punishment"),
}
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


@dataclass(slots=True)
class Event:
    """A fact in the making, with where it was told."""

    fact: IncidentFact
    sentence: int
    first: int
    last: int
    again: bool = False
    aside: bool = False  # told in the title, a heading or the lead
    definite: bool = False
    extra: bool = False  # one more of those that the text counts
    weak: bool = False  # a retirement only if a mishap beside it says so
    retired: set[int] = field(default_factory=set)
    causes: list[Event] = field(default_factory=list)

    @property
    def people(self) -> set[int]:
        """The persons of the incident."""
        return {p.person for p in self.fact.participants if p.person is not None}

    @property
    def numbers(self) -> set[str]:
        """The car numbers of those without a name."""
        return {p.number for p in self.fact.participants if p.person is None and p.number}


def merge(events: list[Event], blocks: list[int]) -> list[IncidentFact]:
    """Return the incidents.

    Args:
        events: What was told, in reading order.
        blocks: The block number of each sentence.
    """
    events = _punishments(_repeated(events))
    events = _retirements(events, blocks)
    events = _repeated_excursions(events)
    _link(events, blocks)
    return _finish(events)


def _absorb(kept: Event, gone: Event, events: list[Event]) -> None:
    """Let ``kept`` take over evidence, participants and particulars of ``gone``."""
    mine, theirs = kept.fact, gone.fact
    known = kept.people
    for participant in theirs.participants:
        if participant.person is not None:
            if participant.person not in known:
                mine.participants.append(participant)
        elif participant.number is not None:
            if participant.number not in kept.numbers and participant.number not in {
                p.number for p in mine.participants
            }:
                mine.participants.append(participant)
        elif not theirs.participants or (
            not any(p.text == participant.text for p in mine.participants) and len(mine.participants) < 2
        ):
            mine.participants.append(participant)
    mine.evidence += [span for span in theirs.evidence if span not in mine.evidence]
    mine.consequences += [c for c in theirs.consequences if c not in mine.consequences]
    mine.lap = mine.lap if mine.lap is not None else theirs.lap
    mine.when, mine.where = mine.when or theirs.when, mine.where or theirs.where
    if theirs.asserted_by is None:
        mine.asserted_by = None
    kept.retired |= gone.retired
    kept.causes += [c for c in gone.causes if c is not kept]
    for event in events:
        if event.causes:
            event.causes = [
                kept if c is gone else c for c in event.causes if not (c is gone and event is kept)
            ]


def _repeated(events: list[Event]) -> list[Event]:
    """Merge mentions of the same happening: one type, one session, shared people or nobody named."""
    kept: list[Event] = []
    alike: dict[str, list[Event]] = defaultdict(list)
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
            _absorb(same, event, events)
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
    recalled = later.definite and b.asserted_by is not None and bool(earlier.people & later.people)
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
        _absorb(partner, event, events)
        if "penalty" not in partner.fact.consequences and partner.fact.type == "jump_start":
            partner.fact.consequences.append("penalty")
    return out


def _retirements(events: list[Event], blocks: list[int]) -> list[Event]:
    """Join each retirement to the mishap told beside it; of several persons each to his own."""
    out: list[Event] = []
    for event in events:
        if event.fact.type != "retirement":
            out.append(event)
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
        if event.weak or (joined and not left):
            continue
        if joined:
            event.fact.participants = [
                p for p in event.fact.participants if p.person is None or p.person in left
            ]
            event.retired &= left
        out.append(event)
    return out


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
        if other.fact.session != event.fact.session and -1 not in (other.fact.session, event.fact.session):
            continue
        gap = abs(other.sentence - event.sentence)
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


def _repeated_excursions(events: list[Event]) -> list[Event]:
    """Merge what title or quote calls by another name of the family with what the report tells."""
    kept: list[Event] = []
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
        _absorb(same, event, events)
    return kept


def _link(events: list[Event], blocks: list[int]) -> None:
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
