"""Figures of the whole archive: how far review has come, and how often the extractor was right.

They are computed from :attr:`extractor.review.queue.Summary.counts`, added up over documents by status, so
that no record has to be opened. Accuracy is measured on documents marked *reviewed* alone: there somebody
vouches for the whole page. What a reviewer let stand there counts as right, since a reviewer who mends what
is wrong need not confirm what is right; the share among what was judged one by one is given beside it, and
is lower where reviewers turn to the doubtful first. Both are shares with their base and an interval.

The intervals are those of Wilson (1927), *Probable inference, the law of succession, and statistical
inference*, JASA 22. They take facts for independent; those of one report are not quite, so true intervals
are somewhat wider.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from extractor.record import ResultKind
from extractor.review.decisions import DocumentStatus
from extractor.review.outcomes import OUTCOMES, Outcome

#: Counts added up over the documents of each status.
Counts = Mapping[DocumentStatus, Mapping[str, float]]

_RESULTS: Final[tuple[ResultKind, ...]] = (
    "final", "grid", "qualifying", "running", "championship", "fastest_lap",
)  # fmt: skip
#: In the order in which they are shown.
KINDS: Final = (
    *(f"results.{kind}" for kind in _RESULTS),
    *("incidents", "quotes", "entries"),
    *("drivers", "teams", "sessions"),
)
#: Kinds that have no evidence and confidence of their own.
NAMES: Final = ("drivers", "teams", "sessions")
_RIGHT: Final[tuple[Outcome, ...]] = ("undecided", "accepted", "detailed")
_WRONG: Final[tuple[Outcome, ...]] = ("edited", "rejected", "merged")
_MISSED: Final[tuple[Outcome, ...]] = ("edited", "added")
_TO_DO: Final[tuple[DocumentStatus, ...]] = ("new", "in_review", "disputed")
#: For an interval of 95 %.
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its base and the interval in which the true one lies with 95 %.

    Attributes:
        part: How many.
        whole: Of how many; at least 1.
        value: ``part / whole``.
        low: Lower end of the interval.
        high: Upper end.
    """

    part: int
    whole: int
    value: float
    low: float
    high: float


def share(part: float, whole: float) -> Share | None:
    """Return a share with Wilson's interval, ``None`` where there is nothing to have a share of."""
    if whole <= 0:
        return None
    value = part / whole
    spread = _Z * math.sqrt(value * (1 - value) / whole + _Z**2 / (4 * whole**2))
    centre, scale = value + _Z**2 / (2 * whole), 1 + _Z**2 / whole
    low, high = max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
    return Share(round(part), round(whole), value, low, high)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well the extractor does with one kind of thing, on reviewed documents.

    Attributes:
        kind: One of :data:`KINDS`, or ``all`` for facts of every kind.
        found: How many the extractor found, those left out that lost their place in the text.
        let_stand: How many of them nobody said anything about.
        missed: How many reviewers added, or put in the place of something wrong.
        precision: Of those found, how many were right.
        judged: The same among those somebody judged one by one.
        recall: Of what the documents say, how much was found as it is.
    """

    kind: str
    found: int
    let_stand: int
    missed: int
    precision: Share | None
    judged: Share | None
    recall: Share | None


def accuracy(counts: Counts) -> tuple[Accuracy, ...]:
    """Return the accuracy of all facts together, ``all``, and of each kind that occurs in reviewed documents.

    Drivers, teams and sessions have lines of their own and are not in ``all``, which holds facts with
    evidence.
    """
    tally = outcomes_by_kind({"reviewed": counts.get("reviewed", {})})
    facts = [kind for kind in tally if kind not in NAMES]
    together = _added(tally[kind] for kind in facts)
    lines = [("all", together), *tally.items()]
    return tuple(_accuracy(kind, became) for kind, became in lines if sum(became.values()))


def outcomes_by_kind(counts: Counts) -> dict[str, dict[str, float]]:
    """Return how many things of each kind met each outcome, over all statuses; none, no line."""
    total = _added(counts.values())
    table: dict[str, dict[str, float]] = {
        kind: {one: total[f"{kind}:{one}"] for one in OUTCOMES if f"{kind}:{one}" in total} for kind in KINDS
    }
    return {kind: became for kind, became in table.items() if became}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the whole archive has come.

    Attributes:
        documents: How many there are.
        done: How many are reviewed or rejected.
        facts: How many facts their records have.
        decided: How many of them somebody decided.
        expected_errors: Wrong facts to expect among the undecided ones of documents that are still to be
            done.
        let_stand: Undecided facts in documents that are done: a reviewer vouches for them as a whole.
    """

    documents: int
    done: int
    facts: int
    decided: int
    expected_errors: float
    let_stand: int


@dataclass(frozen=True, slots=True)
class StatusSums:
    """Sums over the documents of one status: how many, their facts, those decided, and errors expected."""

    documents: int
    facts: int
    decided: int
    expected_errors: float


def progress(sums: Mapping[DocumentStatus, StatusSums]) -> Progress:
    """Return how far the archive has come."""
    every = list(sums.values())
    to_do = [sums[status] for status in _TO_DO if status in sums]
    reviewed = sums.get("reviewed", StatusSums(0, 0, 0, 0.0))
    documents = sum(one.documents for one in every)
    return Progress(
        documents=documents,
        done=documents - sum(one.documents for one in to_do),
        facts=sum(one.facts for one in every),
        decided=sum(one.decided for one in every),
        expected_errors=math.fsum(one.expected_errors for one in to_do),
        let_stand=reviewed.facts - reviewed.decided,
    )


def _accuracy(kind: str, became: Mapping[str, float]) -> Accuracy:
    right = sum(became.get(one, 0) for one in _RIGHT)
    wrong = sum(became.get(one, 0) for one in _WRONG)
    let_stand = became.get("undecided", 0)
    missed = sum(became.get(one, 0) for one in _MISSED)
    return Accuracy(
        kind=kind,
        found=round(right + wrong),
        let_stand=round(let_stand),
        missed=round(missed),
        precision=share(right, right + wrong),
        judged=share(right - let_stand, right - let_stand + wrong),
        recall=share(right, right + missed),
    )


def _added(several: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for one in several:
        for name, amount in one.items():
            total[name] = total.get(name, 0) + amount
    return total
