"""The reports of a season, out of the store: which series a year has, and the records that count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.review.decisions import FIRST, SETTLED, Reading
from extractor.review.queue import QueueFilter, QueueRow
from extractor.review.season import Report
from extractor.scoring.names import fold

if TYPE_CHECKING:
    from extractor.review.store import Store

#: Reports that a season is made of at most; each has to be opened.
MOST_REPORTS: Final = 300
#: Documents of a year whose series are looked at.
_MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class SeriesOfYear:
    """A series in a year.

    Attributes:
        name: The spelling that most documents use.
        spellings: All of them; they differ in case, accents and punctuation alone.
        documents: How many there are.
        reviewed: How many of these are marked reviewed.
    """

    name: str
    spellings: tuple[str, ...]
    documents: int
    reviewed: int


def series_of(store: Store, year: int) -> tuple[SeriesOfYear, ...]:
    """Return the series of a year, those with most reviewed documents first.

    Documents without a series are left out.
    """
    rows = store.queue(QueueFilter(first_year=year, last_year=year), "oldest", 0, _MOST_ROWS).rows
    by_name: dict[str, list[QueueRow]] = {}
    for row in rows:
        if row.summary.series:
            by_name.setdefault(fold(row.summary.series) or row.summary.series, []).append(row)
    found = [_series(its) for its in by_name.values()]
    return tuple(sorted(found, key=lambda one: (-one.reviewed, -one.documents, one.name)))


def _series(rows: Sequence[QueueRow]) -> SeriesOfYear:
    spelled = Counter(row.summary.series or "" for row in rows)
    name = min(spelled, key=lambda one: (-spelled[one], one))
    reviewed = sum(row.status == "reviewed" for row in rows)
    return SeriesOfYear(name, tuple(sorted(spelled)), len(rows), reviewed)


@dataclass(frozen=True, slots=True)
class SeasonReports:
    """The reports of a season.

    Attributes:
        reports: At most :data:`MOST_REPORTS`, with the record that counts.
        total: How many there are.
    """

    reports: tuple[Report, ...]
    total: int


def season_reports(store: Store, spellings: Sequence[str], year: int, *, with_rest: bool) -> SeasonReports:
    """Return the reports of a series in a year.

    Args:
        store: Where they are.
        spellings: Of the series.
        year: Of the season.
        with_rest: Also those that nobody has marked reviewed; never those rejected.
    """
    wanted = QueueFilter(
        statuses=("reviewed", "new", "in_review", "disputed") if with_rest else ("reviewed",),
        series=tuple(spellings),
        first_year=year,
        last_year=year,
    )
    page = store.queue(wanted, "oldest", 0, MOST_REPORTS)
    return SeasonReports(tuple(_report(store, row) for row in page.rows), page.total)


def _report(store: Store, row: QueueRow) -> Report:
    """Return a report with the record that counts: the settled reading where there is one, else the first."""
    reading: Reading = SETTLED if store.document(row.key).heads.get(SETTLED) else FIRST
    record = store.state(row.key, reading).reviewed.record
    return Report(row.key, row.title, record, row.status == "reviewed")
