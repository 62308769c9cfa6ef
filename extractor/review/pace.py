"""How fast review goes: decisions and documents in an hour of work, by reviewer and day.

The log tells when each decision was made, not when anybody sat there. Between two decisions of one reviewer
the time counts as work where it is no longer than a pause (ten minutes unless told otherwise); a longer one
ends a stretch of work. What came before the first decision of a stretch is unknown, so that decision is not
counted either: an hour's decisions are the gaps counted, over the time that they took. A document is
counted when it is marked reviewed or rejected. A decision on many facts at once is one decision; undoing is
none, but it takes time.

Days are those of UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Final

#: Decisions whose times are looked at, the newest: half a year of ten people who decide all day.
MOST_MOMENTS: Final = 500_000
PAUSE: Final = timedelta(minutes=10)
#: What it takes for a speed to be told as a number.
FEWEST_DECISIONS: Final = 20
LEAST_TIME: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the log, as far as its time tells something.

    Attributes:
        reviewer: Who.
        at: When.
        is_undoing: It takes another decision back.
        is_done: It marks a document as reviewed or rejected.
    """

    reviewer: str
    at: datetime
    is_undoing: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """One reviewer's work, on one day or in all.

    Attributes:
        reviewer: Who.
        day: ``None`` for all days together.
        decisions: How many, undoings left out.
        timed: How many of them have a gap that counts as work before them.
        documents: How many were marked reviewed or rejected.
        worked: Sum of these gaps, and of those before undoings.
    """

    reviewer: str
    day: date | None
    decisions: int
    timed: int
    documents: int
    worked: timedelta

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to speak of a speed."""
        return self.timed >= FEWEST_DECISIONS and self.worked >= LEAST_TIME

    @property
    def decisions_per_hour(self) -> float | None:
        """Decisions in an hour of work; ``None`` where there are too few."""
        return self.timed / _hours(self.worked) if self.is_enough else None

    @property
    def documents_per_hour(self) -> float | None:
        """Documents in an hour of work; ``None`` where there is too little to tell."""
        return self.documents / _hours(self.worked) if self.is_enough else None


def paces(moments: Iterable[Moment], pause: timedelta = PAUSE) -> tuple[Pace, ...]:
    """Return each reviewer's work by day, in the order of names and days.

    Args:
        moments: In any order.
        pause: What is longer is no work.
    """
    ordered = sorted(moments, key=lambda moment: (moment.reviewer, moment.at))
    return tuple(
        _pace(reviewer, day, list(its), pause)
        for reviewer, theirs in groupby(_with_gaps(ordered), key=lambda timed: timed[0].reviewer)
        for day, its in groupby(theirs, key=lambda timed: timed[0].at.astimezone(UTC).date())
    )


def in_all(by_day: Iterable[Pace]) -> tuple[Pace, ...]:
    """Return each reviewer's work over all days, in the order of names."""
    ordered = sorted(by_day, key=lambda pace: pace.reviewer)
    return tuple(
        _together(reviewer, list(theirs)) for reviewer, theirs in groupby(ordered, lambda p: p.reviewer)
    )


def _with_gaps(ordered: Sequence[Moment]) -> Iterator[tuple[Moment, timedelta | None]]:
    """Yield each moment with the time since the same reviewer's last; ``None`` before the first."""
    if ordered:
        yield ordered[0], None
    for before, moment in pairwise(ordered):
        yield moment, moment.at - before.at if moment.reviewer == before.reviewer else None


def _pace(reviewer: str, day: date, its: Sequence[tuple[Moment, timedelta | None]], pause: timedelta) -> Pace:
    worked = [(moment, gap) for moment, gap in its if gap is not None and gap <= pause]
    return Pace(
        reviewer=reviewer,
        day=day,
        decisions=sum(not moment.is_undoing for moment, _ in its),
        timed=sum(not moment.is_undoing for moment, _ in worked),
        documents=sum(moment.is_done for moment, _ in its),
        worked=sum((gap for _, gap in worked), timedelta()),
    )


def _together(reviewer: str, days: Sequence[Pace]) -> Pace:
    return Pace(
        reviewer=reviewer,
        day=None,
        decisions=sum(pace.decisions for pace in days),
        timed=sum(pace.timed for pace in days),
        documents=sum(pace.documents for pace in days),
        worked=sum((pace.worked for pace in days), timedelta()),
    )


def _hours(time: timedelta) -> float:
    return time / timedelta(hours=1)
