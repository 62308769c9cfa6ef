"""What the dashboard asks of the database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from store_builders import added, decision, report

from extractor.review.decisions import SetStatus, Undo
from extractor.review.store import Store

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def test_sums_are_told_apart_by_status(store: Store) -> None:
    key = added(store)
    added(store, report(confidence=0.4), origin="ailleurs.txt")
    store.append([decision(key), decision(key, SetStatus(old="new", new="reviewed"))], head=0)
    store.summarise(key)
    sums = store.sums()
    assert (sums["reviewed"].documents, sums["reviewed"].facts, sums["reviewed"].decided) == (1, 1, 1)
    assert (sums["new"].documents, sums["new"].decided) == (1, 0)
    assert sums["new"].expected_errors == pytest.approx(0.6)


def test_an_empty_store_has_no_sums_and_no_moments(store: Store) -> None:
    assert store.sums() == {}
    assert store.moments(LONG_AGO) == []
    assert store.counts() == {}


def test_the_log_tells_when_somebody_worked_and_what_was_finished(store: Store) -> None:
    key = added(store)
    first = decision(key)
    made = [
        first,
        decision(key, Undo(decision=first.id)),
        decision(key, SetStatus(old="new", new="rejected")),
    ]
    store.append(made, head=0)
    moments = sorted(store.moments(LONG_AGO), key=lambda moment: moment.at)
    assert [(one.is_undoing, one.is_done) for one in moments] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert {one.reviewer for one in moments} == {"Odile Ferrand"}
    assert [one.at for one in store.moments(made[1].at)] == [made[2].at, made[1].at]


def test_counts_know_the_confidence_that_an_accepted_fact_had(store: Store) -> None:
    key = added(store, report(confidence=0.4))
    store.append([decision(key), decision(key, SetStatus(old="new", new="reviewed"))], head=0)
    store.summarise(key)
    counts = store.counts()
    assert counts["results.final:accepted"] == 1
    assert counts["calibration:4:judged:right"] == 1
