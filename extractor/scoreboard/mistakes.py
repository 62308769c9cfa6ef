"""What went wrong with a fact: near misses and their reasons, then what is simply missed or spurious."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.scoreboard.near_misses import NEAR, Reason
from extractor.scoring.document import RESULT_KINDS, Alignments
from extractor.scoring.facts import Fact, Facts, IncidentFact, ResultFact, RetirementFact
from extractor.scoring.sessions import map_sessions

_PLACED = (ResultFact, IncidentFact, RetirementFact)
#: The kinds in which every error is looked at once; the others count the same errors another way.
ERROR_KINDS = (
    "drivers",
    "teams",
    "entries",
    "numbers",
    *(f"results.{kind}" for kind in RESULT_KINDS),
    "incidents.lenient",
    "retirements",
    "quotes",
    "mentions.exact",
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that was read wrongly.

    Attributes:
        kind: The kind of fact.
        reason: What is wrong with it.
        gold: What the text says, ``None`` where it says nothing of the sort.
        pred: What was read, ``None`` where nothing was.
    """

    kind: str
    reason: Reason
    gold: Fact | None = None
    pred: Fact | None = None

    @property
    def detail(self) -> str:
        """What narrows it down without quoting the text: the types of an incident."""
        types = [fact.type for fact in (self.gold, self.pred) if isinstance(fact, IncidentFact)]
        return " → ".join(dict.fromkeys(types))


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often one sort of error occurs. It quotes no text, and may be shown of any report.

    Attributes:
        kind: The kind of fact.
        reason: What is wrong with it.
        detail: What narrows it down, or nothing.
        times: How many facts.
        documents: In how many documents.
    """

    kind: str
    reason: Reason
    detail: str
    times: int
    documents: int


def mistakes_of(aligned: Alignments, gold: Facts, pred: Facts) -> list[Mistake]:
    """Return everything that was read wrongly in one document, by kind."""
    sessions = map_sessions(gold.sessions, pred.sessions)
    return [mistake for kind in ERROR_KINDS for mistake in _of_kind(kind, aligned, sessions)]


def most_frequent(documents: Iterable[Sequence[Mistake]]) -> list[Frequency]:
    """Return how often each sort of error occurs, the commonest first."""
    times: Counter[tuple[str, Reason, str]] = Counter()
    within: Counter[tuple[str, Reason, str]] = Counter()
    for mistakes in documents:
        keys = [(m.kind, m.reason, m.detail) for m in mistakes]
        times.update(keys)
        within.update(set(keys))
    ranked = sorted(times, key=lambda key: (-times[key], ERROR_KINDS.index(key[0]), key))
    return [Frequency(*key, times[key], within[key]) for key in ranked]


def _of_kind(kind: str, aligned: Alignments, sessions: dict[str, str]) -> list[Mistake]:
    missed, spurious = list(aligned[kind].missed), list(aligned[kind].spurious)
    found = []
    for near in NEAR.get(kind.partition(".")[0], ()):
        anywhere = near.anywhere or kind == "results.championship"
        for gold in list(missed):
            pred = next(
                (p for p in spurious if (anywhere or _together(gold, p, sessions)) and near.holds(gold, p)),
                None,
            )
            if pred is not None:
                found.append(Mistake(kind, near.reason, gold, pred))
                missed = [one for one in missed if one is not gold]
                spurious = [one for one in spurious if one is not pred]
    found += [Mistake(kind, "missed", gold=gold) for gold in missed]
    found += [Mistake(kind, "spurious", pred=pred) for pred in spurious]
    return found


def _together(gold: Fact, pred: Fact, sessions: dict[str, str]) -> bool:
    """Say whether two facts belong to one session; facts without any belong together."""
    if not (isinstance(gold, _PLACED) and isinstance(pred, _PLACED)):
        return True
    return pred.session is not None and sessions.get(pred.session) == gold.session
