"""The queue: its orders, its filters, and what can be counted."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from store_builders import added, decision, report

from extractor.review.decisions import SECOND, Note, SetStatus
from extractor.review.queue import ORDERS, QueueFilter, QueueOrder, Summary
from extractor.review.store import Store, StoreError

SUMMARIES = {
    "a": Summary(
        priority=1, lowest_confidence=0.2, expected_errors=3, series="Coupe", year=1957, title="Été"
    ),
    "b": Summary(
        priority=3, lowest_confidence=0.9, expected_errors=1, year=1961, title="Zandvoort", broken=2
    ),
    "c": Summary(priority=2, expected_errors=2, series="Rallye", title="Automne", findings=("two_winners",)),
}


@pytest.fixture
def keys(store: Store) -> dict[str, str]:
    """Three documents by the letter of their origin."""
    found = {}
    for letter, summary in SUMMARIES.items():
        found[letter] = added(store, report(series=None, season=None), origin=letter)
        store.set_summary(found[letter], summary)
    return found


def letters(store: Store, wanted: QueueFilter | None = None, order: QueueOrder = "oldest") -> str:
    page = store.queue(wanted or QueueFilter(), order)
    assert page.total == len(page.rows)
    assert store.keys(wanted or QueueFilter(), order) == tuple(row.key for row in page.rows)
    return "".join(row.origin or "" for row in page.rows)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("priority", "bca"),
        ("confidence", "abc"),
        ("errors", "acb"),
        ("broken", "bca"),
        ("newest", "cba"),
        ("oldest", "abc"),
        ("title", "cab"),
        ("year", "abc"),
    ],
)
def test_orders(store: Store, keys: dict[str, str], order: QueueOrder, expected: str) -> None:
    assert letters(store, order=order) == expected


def test_what_was_decided_upon_last_comes_first(store: Store, keys: dict[str, str]) -> None:
    store.append([decision(keys["b"])], head=0)
    assert letters(store, order="touched")[0] == "b"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (QueueFilter(series=("Coupe",)), "a"),
        (QueueFilter(series=("Coupe", "")), "ab"),
        (QueueFilter(first_year=1958), "b"),
        (QueueFilter(last_year=1957), "a"),
        (QueueFilter(first_year=1950, last_year=1970), "ab"),
        (QueueFilter(findings=("two_winners", "gap")), "c"),
        (QueueFilter(text="ÉTÉ"), "a"),
        (QueueFilter(text="aut rall"), "c"),
        (QueueFilter(text="coeurderoy étienne"), "abc"),
        (QueueFilter(text="oeurderoy"), ""),
        (QueueFilter(text="%"), ""),
        (QueueFilter(text="  "), "abc"),
        (QueueFilter(text="valbrune & !étienne | (gagne:*) <-> \\"), "abc"),
        (QueueFilter(text="valbrune 1957"), ""),
        (QueueFilter(text="_'; --"), ""),
        (QueueFilter(statuses=("reviewed",)), ""),
        (QueueFilter(statuses=("new",)), "abc"),
        (QueueFilter(reviewer="Odile"), ""),
        (QueueFilter(double=True), ""),
        (QueueFilter(double=False), "abc"),
    ],
)
def test_filters(store: Store, keys: dict[str, str], wanted: QueueFilter, expected: str) -> None:
    assert letters(store, wanted) == expected


def test_names_that_reviewers_corrected_are_found(store: Store, keys: dict[str, str]) -> None:
    store.set_summary(keys["a"], Summary(drivers_text="Ètienne de L'Espinasse"))
    assert letters(store, QueueFilter(text="espi")) == "a"


def test_any_script_is_found_and_a_text_without_end_does_no_harm(store: Store) -> None:
    mixed = added(store, report("Étienne Cœurderoy et Νίκος, Иван, 中村 : 12e en 1'02\"5 à Saint-Étienne."))
    added(store, report(" ".join(f"{n}" + "\U00020000" * 39 for n in range(30_000)), series=None))
    for word in ("νικος", "ИВ", "中", "12e", "02", "saint etienne", "d'étienne"[2:]):
        assert [row.key for row in store.queue(QueueFilter(text=word)).rows if row.key == mixed], word
    assert store.set_summary(mixed, Summary(drivers_text=" ".join(f"{n}" + "é" * 39 for n in range(30_000))))


def test_stretches_and_the_total(store: Store, keys: dict[str, str]) -> None:
    page = store.queue(order="oldest", offset=1, limit=1)
    assert ([row.origin for row in page.rows], page.total) == (["b"], 3)
    assert store.queue(offset=9).rows == ()
    assert store.queue(offset=-4, limit=0).rows == ()


def test_a_row_has_what_the_summary_says(store: Store, keys: dict[str, str]) -> None:
    summary = replace(SUMMARIES["c"], drivers_text="", counts={"final:right": 2.0}, reviewer=None)
    store.set_summary(keys["c"], summary)
    row = store.queue(QueueFilter(findings=("two_winners",))).rows[0]
    assert row.summary == summary
    assert (row.title, row.status, row.double, row.newer) == ("Automne", "new", False, False)
    assert store.counts() == {"final:right": 2.0}
    assert store.counts(QueueFilter(series=("Coupe",))) == {}


def test_what_was_imported_never_counts_as_done(store: Store) -> None:
    added(store)
    row = store.queue().rows[0]
    assert (row.status, row.summary.decided, row.reviewer) == ("new", 0, None)
    assert store.totals().statuses == {"new": 1}


def test_a_decision_moves_the_status_and_a_second_reading_does_not(
    store: Store, keys: dict[str, str]
) -> None:
    key = keys["a"]
    store.assign_double([key])
    store.append([decision(key, reading=SECOND, reviewer="Yann")], head=0)
    row = store.queue(QueueFilter(double=True)).rows[0]
    assert (row.status, row.reviewer, row.second_status, row.second_reviewer) == (
        "new",
        None,
        "in_review",
        "Yann",
    )
    store.append([decision(key, reviewer="Odile")], head=0)
    assert letters(store, QueueFilter(statuses=("in_review",))) == "a"
    store.append([decision(key, SetStatus(old="in_review", new="disputed"), reviewer="Odile")], head=1)
    assert letters(store, QueueFilter(statuses=("disputed",), reviewer="Odile")) == "a"
    assert letters(store, QueueFilter(reviewer="Yann")) == "a"
    store.append([decision(key, Note(target="r1", new="…"))], head=2, status="reviewed")
    assert letters(store, QueueFilter(statuses=("reviewed",))) == "a"


def test_who_may_make_the_second_reading(store: Store, keys: dict[str, str]) -> None:
    store.assign_double([keys["a"], keys["b"]])
    store.assign_double([keys["c"]], reviewer="Rose")
    store.append([decision(keys["a"], reviewer="Odile")], head=0)
    store.append([decision(keys["b"], reviewer="Yann", reading=SECOND)], head=0)
    assert letters(store, QueueFilter(second_for="Odile")) == ""
    assert letters(store, QueueFilter(second_for="Yann")) == "ab"
    assert letters(store, QueueFilter(second_for="Rose")) == "ac"


def test_a_summary_made_earlier_does_not_replace_one_made_later(store: Store) -> None:
    key = added(store)
    assert store.unsummarised() == (key,)
    assert store.set_summary(key, Summary(title="avant"))
    assert store.unsummarised() == ()
    store.append([decision(key), decision(key)], head=0)
    assert store.unsummarised() == (key,)
    assert store.set_summary(key, Summary(title="après", status="in_review"))
    assert not store.set_summary(key, Summary(title="en retard"), decided_upon=1)
    assert store.queue().rows[0].title == "après"
    assert store.totals().unsummarised == 0


def test_summaries_that_are_missing_are_made(store: Store) -> None:
    key = added(store)
    store.append([decision(key)], head=0)
    assert store.summarise_all() == 1
    assert store.summarise_all() == 0
    summary = store.queue().rows[0].summary
    assert (summary.facts, summary.decided, summary.status) == (1, 1, "in_review")


def test_numbers_that_are_none_and_texts_without_end_do_no_harm(store: Store) -> None:
    key = added(store)
    summary = Summary(
        priority=math.nan,
        expected_errors=math.inf,
        title="T" * 9999,
        series="s\x00" * 500,
        findings=("x" * 200,),
    )
    assert store.set_summary(key, summary)
    row = store.queue(QueueFilter(findings=("x" * 80,))).rows[0]
    assert (row.summary.priority, row.summary.expected_errors, len(row.title)) == (0, 0, 300)


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "'; DROP TABLE documents; --", "x" * 100_000, "é", ""])
def test_whatever_is_asked_for_gets_an_answer(store: Store, keys: dict[str, str], odd: str) -> None:
    for wanted in (
        QueueFilter(series=(odd, odd)),
        QueueFilter(reviewer=odd),
        QueueFilter(findings=(odd,)),
        QueueFilter(text=odd),
        QueueFilter(second_for=odd),
        QueueFilter(first_year=-(10**30), last_year=10**30),
    ):
        store.queue(wanted)
    with pytest.raises(StoreError) as caught:
        store.state(odd)
    assert caught.value.code == "store_no_document"
    assert store.page(odd, 1) is None
    assert store.page(keys["a"], 10**12) is None


def test_a_year_that_is_none_is_left_out(store: Store) -> None:
    key = added(store, report(season=10**12))
    assert store.queue().rows[0].summary.year is None
    store.set_summary(key, Summary(year=-5))
    assert store.facets().years == ()


def test_facets_and_totals(store: Store, keys: dict[str, str]) -> None:
    store.append([decision(keys["a"], reviewer="Odile")], head=0)
    store.assign_double([keys["b"]])
    facets, totals = store.facets(), store.totals()
    assert dict(facets.statuses) == {"new": 2, "in_review": 1}
    assert dict(facets.series) == {"": 1, "Coupe": 1, "Rallye": 1}
    assert facets.years == ((1961, 1), (1957, 1))
    assert facets.reviewers == (("Odile", 1),)
    assert facets.findings == (("two_winners", 1),)
    assert (totals.documents, totals.decisions, totals.double, totals.unsummarised) == (3, 1, 1, 1)
    assert totals.expected_errors == 6
    assert totals.statuses == {"new": 2, "in_review": 1}


def test_an_empty_store_has_an_empty_queue(store: Store) -> None:
    for order in ORDERS:
        assert store.queue(order=order).total == 0
    assert store.facets().series == ()
    assert store.totals().expected_errors == 0.0
    assert store.counts() == {}
