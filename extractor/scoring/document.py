"""One document's predicted facts against its gold facts, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from extractor.scoring.alignment import Alignment, align
from extractor.scoring.facts import (
    Facts,
    IncidentFact,
    MentionFact,
    ResultFact,
    RetirementFact,
)
from extractor.scoring.matching import (
    like_happening,
    same_entry,
    same_happening,
    same_named,
    same_number,
    same_place,
    same_retired,
    same_span,
    same_speaker,
)
from extractor.scoring.sessions import map_sessions
from extractor.scoring.tally import Tally

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


#: What the comparison made of the facts of each kind of :data:`KINDS`.
Alignments = Mapping[str, Alignment[Any]]


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
    return scores_of(align_facts(gold, pred))


def scores_of(aligned: Alignments) -> Scores:
    """Return the tallies of facts that have been compared."""
    found = aligned["quotes.span"].pairs
    right = sum(same_speaker(gold, pred) for gold, pred in found)
    return Scores({kind: aligned[kind].tally for kind in KINDS}, Tally(tp=right, fp=len(found) - right))


def align_facts(gold: Facts, pred: Facts) -> Alignments:
    """Say of every fact of two sets about one text whether it is right, missed or spurious."""
    mapped = map_sessions(gold.sessions, pred.sessions)
    return {
        "drivers": align(gold.drivers, pred.drivers, same_named),
        "teams": align(gold.teams, pred.teams, same_named),
        "entries": align(gold.entries, pred.entries, same_entry),
        "numbers": align(gold.numbers, pred.numbers, same_number),
        **_align_results(gold, pred, mapped),
        "incidents.strict": align(gold.incidents, pred.incidents, _in_session(mapped, same_happening)),
        "incidents.lenient": align(gold.incidents, pred.incidents, _in_session(mapped, like_happening)),
        "retirements": align(gold.retirements, pred.retirements, _in_session(mapped, same_retired)),
        "quotes": align(gold.quotes, pred.quotes, lambda g, p: same_span(g, p) and same_speaker(g, p)),
        "quotes.span": align(gold.quotes, pred.quotes, same_span),
        **_align_mentions(gold.mentions, pred.mentions),
    }


_Placed = TypeVar("_Placed", IncidentFact, ResultFact, RetirementFact)


def _in_session(
    mapped: dict[str, str], match: Callable[[_Placed, _Placed], bool]
) -> Callable[[_Placed, _Placed], bool]:
    """Return ``match``, told to hold only within one session."""

    def within(gold: _Placed, pred: _Placed) -> bool:
        here = mapped.get(pred.session) if pred.session is not None else None
        return here == gold.session and match(gold, pred)

    return within


def _align_results(gold: Facts, pred: Facts, mapped: dict[str, str]) -> dict[str, Alignment[ResultFact]]:
    aligned = {}
    for kind in RESULT_KINDS:
        golds, preds = _comparable(gold.results, kind), _comparable(pred.results, kind)
        # Standings belong to a season; which race they hang on is a matter of layout.
        match = same_place if kind == "championship" else _in_session(mapped, same_place)
        aligned[f"results.{kind}"] = align(golds, preds, match)
        if kind == "final":
            aligned["results.final.any_session"] = align(golds, preds, same_place)
    return aligned


def _comparable(results: tuple[ResultFact, ...], kind: str) -> list[ResultFact]:
    """Leave out what is counted elsewhere (who fell out) or says nothing (a grid place unknown)."""
    chosen = (r for r in results if r.kind == kind and r.status != "dnf")
    return [r for r in chosen if kind != "grid" or r.position is not None]


def _align_mentions(
    gold: tuple[MentionFact, ...] | None, pred: tuple[MentionFact, ...] | None
) -> dict[str, Alignment[MentionFact]]:
    """Compare the spans of drivers and teams; nothing where one side has never marked any."""
    if gold is None or pred is None:
        return {"mentions.exact": Alignment(), "mentions.overlap": Alignment()}
    where = {(p.category, p.start, p.end): p for p in pred}
    same_spans = {(g.category, g.start, g.end) for g in gold} & where.keys()
    found = [(g, where[g.category, g.start, g.end]) for g in gold if _place(g) in same_spans]
    pairs = tuple(pair for pair in found if not pair[0].optional)
    excused = tuple(pair for pair in found if pair[0].optional)
    golds = [g for g in gold if _place(g) not in same_spans]
    preds = [p for key, p in where.items() if key not in same_spans]
    missed = tuple(g for g in golds if not g.optional)
    rest = _align_overlaps(golds, preds)
    return {
        "mentions.exact": Alignment(pairs, missed, tuple(preds), excused),
        "mentions.overlap": Alignment(pairs + rest.pairs, rest.missed, rest.spurious, excused + rest.excused),
    }


def _place(mention: MentionFact) -> tuple[str, int, int]:
    return mention.category, mention.start, mention.end


def _align_overlaps(golds: list[MentionFact], preds: list[MentionFact]) -> Alignment[MentionFact]:
    """Pair what overlaps, in the order of the text, after equal spans have been paired."""
    return align(
        sorted(golds, key=lambda m: (m.start, m.end)),
        sorted(preds, key=lambda m: (m.start, m.end)),
        lambda g, p: g.category == p.category and g.start < p.end and p.start < g.end,
    )
