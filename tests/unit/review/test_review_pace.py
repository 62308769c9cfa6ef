"""How fast review goes: gaps of work, pauses left out, nothing told where there is little."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from extractor.review.pace import Moment, in_all, paces

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def worked(*seconds: float, reviewer: str = "Odile Ferrand", start: datetime = START) -> list[Moment]:
    return [Moment(reviewer, start + timedelta(seconds=second)) for second in seconds]


def test_a_pause_is_no_work_and_what_ends_it_is_not_timed() -> None:
    (day,) = paces(worked(0, 10, 30, 3600, 3605))
    assert day.decisions == 5
    assert day.timed == 3
    assert day.worked == timedelta(seconds=35)


def test_longer_pauses_can_be_allowed() -> None:
    (day,) = paces(worked(0, 900), pause=timedelta(minutes=20))
    assert day.worked == timedelta(minutes=15)


def test_speed_is_told_where_there_is_enough_of_it() -> None:
    assert paces(worked(0, 10))[0].decisions_per_hour is None
    (day,) = paces(worked(*range(0, 901, 30)))
    assert day.decisions_per_hour == pytest.approx(120)
    assert day.documents_per_hour == 0


def test_undoing_takes_time_but_decides_nothing() -> None:
    moments = [*worked(0, 10), Moment("Odile Ferrand", START + timedelta(seconds=20), is_undoing=True)]
    (day,) = paces(moments)
    assert (day.decisions, day.timed, day.worked) == (2, 1, timedelta(seconds=20))


def test_reviewers_and_days_are_kept_apart_and_added_up() -> None:
    tomorrow = START + timedelta(days=1)
    done = Moment("Ada Nkemelu", START, is_done=True)
    by_day = paces([*worked(0, 60), *worked(0, 60, 120, start=tomorrow), done])
    assert [(pace.reviewer, pace.day) for pace in by_day] == [
        ("Ada Nkemelu", START.date()),
        ("Odile Ferrand", START.date()),
        ("Odile Ferrand", tomorrow.date()),
    ]
    ada, odile = in_all(by_day)
    assert (ada.documents, ada.worked) == (1, timedelta())
    assert (odile.decisions, odile.timed, odile.worked) == (5, 3, timedelta(minutes=3))


def test_nobody_worked() -> None:
    assert paces([]) == ()
    assert in_all([]) == ()
