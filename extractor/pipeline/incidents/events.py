"""What one or more mentions tell of one happening."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.pipeline.annotations import IncidentFact

FAMILY = {
    **dict.fromkeys(("spin", "off_track", "crash", "fall"), "excursion"),
    **dict.fromkeys(("mechanical", "retirement", "bodywork", "fire", "puncture"), "machine"),
    **dict.fromkeys(("penalty", "disqualification", "jump_start"), "punishment"),
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
    echo: bool = False  # what a puncture told just before leads to: "sur la jante"
    past: bool = False  # "après son accrochage", which another session may have seen
    recalled: bool = False  # "cette crevaison"
    extra: bool = False  # one more of those that the text counts
    weak: bool = False  # a retirement only if a mishap beside it says so
    pair: bool = False  # told of "les deux pilotes"
    grave: bool = False  # what usually ends a race
    plain: bool = False  # said in plain words to be out
    damage: bool = False  # a part that a contact bends or tears off
    damaged: set[int] = field(default_factory=set)  # whose car the contact broke
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


def absorb(kept: Event, gone: Event, caused: list[Event]) -> None:
    """Let ``kept`` take over evidence, participants and particulars of ``gone``.

    ``caused`` are the events that have a cause; ``kept`` joins them where it takes one over.
    """
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
    kept.grave = kept.grave or gone.grave
    kept.damaged |= gone.damaged
    kept.plain = kept.plain or gone.plain
    if gone.causes and not kept.causes:
        caused.append(kept)
    kept.causes += [c for c in gone.causes if c is not kept]
    for event in caused:
        event.causes = [kept if c is gone else c for c in event.causes if not (c is gone and event is kept)]
