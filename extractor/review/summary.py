"""What a document's record and decisions come down to: the columns that the queue is sorted and filtered by.

**Expected errors.** A confidence is a calibrated probability, so a fact that nobody decided is wrong with
``1 - confidence``, and the sum of these is the number of wrong facts to expect. What the extractor missed
is not in it.

**Priority** is the number of errors that a reviewer is expected to mend per minute spent on the document::

    (expected errors + what findings tell beyond them) / (minutes to open, read and look through, and to mend)

A finding of race logic says that something is wrong with the facts it is about, whatever their confidences:
two winners cannot both be right. It is worth what :data:`TOLD` says for its severity, less the errors that
are expected of these facts anyway. The minutes are those of :data:`COST`; they are estimates of ours, to be
set against the speeds that the dashboard measures. Short documents with a few doubtful facts thus come
before long ones with the same doubts, and a document in which nothing is doubtful comes last. Those
reviewed or rejected have the priority 0: nothing waits there.

The three plain orders (lowest confidence, broken logic, most errors expected) are kept beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.exports.plain import shortened
from extractor.record import Driver, Finding, RaceRecord, Severity, Team
from extractor.review.logic import findings
from extractor.review.outcomes import FACTS, Fate, fates
from extractor.review.queue import Summary
from extractor.review.reviewed import Reviewed

#: How many errors a finding tells of, by severity. An error is a contradiction (at least one of the facts
#: is wrong, unless the report itself is), a warning is worth a look and as often as not a fault, a note
#: seldom is.
TOLD: Final[Mapping[Severity, float]] = {"error": 0.9, "warning": 0.4, "info": 0.05}

#: Bins of confidence that calibration is measured in, of equal width.
BINS: Final = 10
_LONGEST_TITLE = 160
_LONGEST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Minutes that a reviewer spends.

    Attributes:
        opening: To open a document, find one's way and leave it again.
        per_character: To read: about 250 words of French, 1,500 characters, in a minute.
        per_fact: To look at one undecided fact and its evidence, and to press a key: four seconds.
        per_error: To mend one error: half a minute.
    """

    opening: float = 0.25
    per_character: float = 1 / 1500
    per_fact: float = 4 / 60
    per_error: float = 0.5

    def minutes(self, characters: int, undecided: int, errors: float) -> float:
        """Return the minutes for a document of so many characters, undecided facts and expected errors."""
        return (
            self.opening
            + characters * self.per_character
            + undecided * self.per_fact
            + errors * self.per_error
        )


COST: Final = Cost()


def summarise(reviewed: Reviewed, extracted: RaceRecord | None = None) -> Summary:
    """Return what the queue is to know of a document.

    Args:
        reviewed: The record with the decisions of the reading that counts.
        extracted: The record before any decision. Without it :attr:`Summary.counts` cannot tell an edit of
            mere details from one of what a fact says, and nothing of the confidences of what was decided;
            nothing else depends on it.
    """
    record = reviewed.record
    became = tuple(fates(reviewed, extracted))
    standing = {fact.id for fact in record.facts()}
    undecided = [fate for fate in became if fate.id in standing and not fate.judged]
    doubts = {fate.id: 1.0 - (fate.confidence or 0.0) for fate in undecided}
    found = findings(record)
    expected = math.fsum(doubts.values())
    return Summary(
        priority=_priority(reviewed, doubts, expected, found),
        lowest_confidence=min((fate.confidence or 0.0 for fate in undecided), default=None),
        expected_errors=expected,
        findings=tuple(sorted({finding.code for finding in found})),
        facts=len(standing),
        decided=len(standing) - len(undecided),
        series=record.event.series,
        year=year_of(record),
        title=title_of(record),
        drivers_text=_names(record),
        status=reviewed.status,
        reviewer=_last_reviewer(reviewed),
        broken=math.fsum(TOLD[finding.severity] for finding in found),
        counts=_counts(became, is_reviewed=reviewed.status == "reviewed"),
    )


def title_of(record: RaceRecord) -> str | None:
    """Return a document's title on one line, else the first line of its text that says something."""
    lines = (record.document.title or "", *record.document.text[:2000].splitlines())
    return next((line for line in (shortened(line, _LONGEST_TITLE) for line in lines) if line), None)


def year_of(record: RaceRecord) -> int | None:
    """Return the year of the season, else of the event, else of publication."""
    if record.event.season is not None:
        return record.event.season
    day = record.event.starts_on or record.document.published_on
    return day.year if day is not None else None


def _priority(
    reviewed: Reviewed, doubts: Mapping[str, float], expected: float, found: Sequence[Finding]
) -> float:
    if reviewed.status in ("reviewed", "rejected"):
        return 0.0
    errors = expected + math.fsum(_told_beyond(finding, doubts) for finding in found)
    return errors / COST.minutes(len(reviewed.record.document.text), len(doubts), errors)


def _told_beyond(finding: Finding, doubts: Mapping[str, float]) -> float:
    """Return how many errors a finding tells of beyond those that are expected of its facts."""
    return max(0.0, TOLD[finding.severity] - math.fsum(doubts.get(about, 0.0) for about in finding.about))


def _names(record: RaceRecord) -> str:
    named: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
    return " ".join(name for one in named for name in (one.name, *one.aliases))[:_LONGEST_NAMES]


def _last_reviewer(reviewed: Reviewed) -> str | None:
    last = max(reviewed.marks.values(), key=lambda mark: (mark.at, mark.decision), default=None)
    return last.reviewer if last is not None else None


def _counts(became: Iterable[Fate], *, is_reviewed: bool) -> dict[str, float]:
    """Return the figures that add up over documents, for :mod:`extractor.review.figures`.

    What confidences are worth is measured on reviewed documents alone; others do without: a hundred
    thousand of these are read for the dashboard.
    """
    counts: dict[str, float] = {}

    def add(name: str, amount: float = 1) -> None:
        counts[name] = counts.get(name, 0) + amount

    for fate in became:
        add(f"{fate.kind}:{fate.outcome}")
        if (
            is_reviewed
            and fate.part in FACTS
            and fate.confidence is not None
            and fate.outcome != "unanchored"
        ):
            where = f"calibration:{bin_of(fate.confidence)}:{'judged' if fate.judged else 'left'}"
            add(f"{where}:n")
            add(f"{where}:confidence", fate.confidence)
            if fate.outcome in ("undecided", "accepted", "detailed"):
                add(f"{where}:right")
    return {name: round(amount, 6) for name, amount in counts.items()}


def bin_of(confidence: float) -> int:
    """Return the bin of a confidence, 0 to 9; 1.0 lies in the last."""
    return min(int(confidence * BINS), BINS - 1)
