"""One document's predicted facts against its gold facts, kind by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from extractor.scoring.facts import (
    EntryFact,
    Facts,
    IncidentFact,
    MentionFact,
    NamedFact,
    NumberFact,
    QuoteFact,
    Ranges,
    ResultFact,
    RetirementFact,
)
from extractor.scoring.names import Forms, same, same_crew, same_set, some_shared
from extractor.scoring.sessions import map_sessions
from extractor.scoring.tally import Tally, pair

RESULT_KINDS = ("final", "grid", "qualifying", "running", "championship", "fastest_lap")

#: Every kind of fact that is counted, in the order of the table.
KINDS = (
    "drivers",
    "teams",
    "entries",
    "numbers",
    *(f"results.{kind}" for kind in RESULT_KINDS),
    "results.final.any_session",
    "incidents.strict",
    "incidents.lenient",
    "retirements",
    "quotes",
    "quotes.span",
    "mentions.exact",
    "mentions.overlap",
)

#: Types of incident that a reader may take for one another.
_FAMILIES = (
    frozenset({"spin", "off_track", "crash", "fall"}),
    frozenset({"mechanical", "retirement", "bodywork", "fire", "puncture"}),
    frozenset({"penalty", "disqualification", "jump_start"}),
)
_NEUTRALISATIONS = frozenset({"safety_car", "red_flag"})
_QUOTE_OVERLAP = 0.8


@dataclass(frozen=True, slots=True)
class Scores:
    """The tallies of one document, or of several together.

    Attributes:
        tallies: One per kind of :data:`KINDS`.
        speakers: Of the quotes whose span was found: ``tp`` with the right speaker, ``fp`` with a wrong one.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(KINDS, Tally()))
    speakers: Tally = field(default_factory=Tally)

    def __add__(self, other: Scores) -> Scores:
        both = {kind: self.tallies[kind] + other.tallies[kind] for kind in KINDS}
        return Scores(both, self.speakers + other.speakers)

    @property
    def speaker_accuracy(self) -> float | None:
        """Share of the quotes found that were given to the right speaker."""
        return self.speakers.precision


def score_facts(gold: Facts, pred: Facts) -> Scores:
    """Compare two sets of facts about one text."""
    mapped = map_sessions(gold.sessions, pred.sessions)
    spans, found = pair(gold.quotes, pred.quotes, _same_span)
    right = sum(_same_speaker(g, p) for g, p in found)
    tallies = {
        "drivers": pair(gold.drivers, pred.drivers, _same_named)[0],
        "teams": pair(gold.teams, pred.teams, _same_named)[0],
        "entries": pair(gold.entries, pred.entries, _same_entry)[0],
        "numbers": pair(gold.numbers, pred.numbers, _same_number)[0],
        **_score_results(gold, pred, mapped),
        "incidents.strict": pair(gold.incidents, pred.incidents, _in_session(mapped, _same_happening))[0],
        "incidents.lenient": pair(gold.incidents, pred.incidents, _in_session(mapped, _like_happening))[0],
        "retirements": pair(gold.retirements, pred.retirements, _in_session(mapped, _same_retired))[0],
        "quotes": pair(gold.quotes, pred.quotes, lambda g, p: _same_span(g, p) and _same_speaker(g, p))[0],
        "quotes.span": spans,
        **_score_mentions(gold.mentions, pred.mentions),
    }
    return Scores(tallies, Tally(tp=right, fp=len(found) - right))


_Placed = TypeVar("_Placed", IncidentFact, ResultFact, RetirementFact)


def _in_session(
    mapped: dict[str, str], match: Callable[[_Placed, _Placed], bool]
) -> Callable[[_Placed, _Placed], bool]:
    """Return ``match``, told to hold only within one session."""

    def within(gold: _Placed, pred: _Placed) -> bool:
        here = mapped.get(pred.session) if pred.session is not None else None
        return here == gold.session and match(gold, pred)

    return within


def _score_results(gold: Facts, pred: Facts, mapped: dict[str, str]) -> dict[str, Tally]:
    tallies = {}
    for kind in RESULT_KINDS:
        golds, preds = _comparable(gold.results, kind), _comparable(pred.results, kind)
        # Standings belong to a season; which race they hang on is a matter of layout.
        match = _same_place if kind == "championship" else _in_session(mapped, _same_place)
        tallies[f"results.{kind}"] = pair(golds, preds, match)[0]
        if kind == "final":
            tallies["results.final.any_session"] = pair(golds, preds, _same_place)[0]
    return tallies


def _comparable(results: tuple[ResultFact, ...], kind: str) -> list[ResultFact]:
    """Leave out what is counted elsewhere (who fell out) or says nothing (a grid place unknown)."""
    chosen = (r for r in results if r.kind == kind and r.status != "dnf")
    return [r for r in chosen if kind != "grid" or r.position is not None]


def _same_place(gold: ResultFact, pred: ResultFact) -> bool:
    # The best lap has no second place, so that a missing position means the first.
    default = 1 if gold.kind == "fastest_lap" else None
    position = gold.position or default
    if position != (pred.position or default):
        return False
    if position is None and gold.status != pred.status:
        return False
    return _same_scope(gold.scopes, pred.scopes[0]) and same_crew(gold.drivers, pred.drivers)


def _same_scope(gold: Forms, pred: str) -> bool:
    """Say whether a class is meant: its name, an alias, or one with more words about it."""
    words = set(pred.split())
    for scope in gold:
        if scope == pred:
            return True
        if "overall" not in (scope, pred) and (set(scope.split()) <= words or words <= set(scope.split())):
            return True
    return False


def _same_named(gold: NamedFact, pred: NamedFact) -> bool:
    return same(gold.forms, pred.forms)


def _same_entry(gold: EntryFact, pred: EntryFact) -> bool:
    return same(gold.driver, pred.driver) and same(gold.team, pred.team)


def _same_number(gold: NumberFact, pred: NumberFact) -> bool:
    return gold.number == pred.number and same(gold.driver, pred.driver)


def _same_retired(gold: RetirementFact, pred: RetirementFact) -> bool:
    return same(gold.driver, pred.driver)


def _same_happening(gold: IncidentFact, pred: IncidentFact) -> bool:
    if gold.type != pred.type:
        return False
    return gold.type in _NEUTRALISATIONS or same_set(gold.people, pred.people)


def _like_happening(gold: IncidentFact, pred: IncidentFact) -> bool:
    if gold.type != pred.type and not any({gold.type, pred.type} <= family for family in _FAMILIES):
        return False
    if gold.type in _NEUTRALISATIONS:
        return True
    return not (gold.people or pred.people) or some_shared(gold.people, pred.people)


def _same_span(gold: QuoteFact, pred: QuoteFact) -> bool:
    shared = _shared_length(gold.ranges, pred.ranges)
    union = _length(gold.ranges) + _length(pred.ranges) - shared
    return union > 0 and shared / union >= _QUOTE_OVERLAP


def _same_speaker(gold: QuoteFact, pred: QuoteFact) -> bool:
    if not gold.speaker:
        return not pred.speaker
    return same(gold.speaker, pred.speaker)


def _length(ranges: Ranges) -> int:
    return sum(end - start for start, end in ranges)


def _shared_length(a: Ranges, b: Ranges) -> int:
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)


def _score_mentions(
    gold: tuple[MentionFact, ...] | None, pred: tuple[MentionFact, ...] | None
) -> dict[str, Tally]:
    """Compare the spans of drivers and teams; nothing where one side has never marked any."""
    if gold is None or pred is None:
        return {"mentions.exact": Tally(), "mentions.overlap": Tally()}
    where = {(p.category, p.start, p.end): p for p in pred}
    same_spans = {(g.category, g.start, g.end) for g in gold} & where.keys()
    required = sum((g.category, g.start, g.end) in same_spans for g in gold if not g.optional)
    golds = [g for g in gold if (g.category, g.start, g.end) not in same_spans]
    preds = [p for key, p in where.items() if key not in same_spans]
    exact = Tally(required, len(preds), sum(not g.optional for g in golds))
    rest = _pair_overlaps(golds, preds)
    return {"mentions.exact": exact, "mentions.overlap": Tally(required + rest.tp, rest.fp, rest.fn)}


def _pair_overlaps(golds: list[MentionFact], preds: list[MentionFact]) -> Tally:
    """Pair what overlaps, in the order of the text, after equal spans have been paired."""
    return pair(
        sorted(golds, key=lambda m: (m.start, m.end)),
        sorted(preds, key=lambda m: (m.start, m.end)),
        lambda g, p: g.category == p.category and g.start < p.end and p.start < g.end,
    )[0]
