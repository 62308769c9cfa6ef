"""What the address asks of the queue, and that anything may stand in it."""

from __future__ import annotations

import pytest

from extractor.review.queue import QueueFilter
from extractor.ui.queue_asking import Asked, from_query, to_query

EVERYTHING = Asked(
    QueueFilter(
        statuses=("new", "disputed"),
        series=("Coupe des Alpages", ""),
        first_year=1957,
        last_year=1964,
        reviewer="Odile Ferrand",
        findings=("two_winners",),
        text="tavel & orsini",
        double=True,
    ),
    "errors",
    3,
)


def test_what_is_asked_comes_back_from_the_address() -> None:
    assert from_query(to_query(EVERYTHING)) == EVERYTHING


def test_who_asks_for_second_readings_gets_his_own() -> None:
    asked = from_query({"double": ["mine"]})
    assert to_query(asked) == {"double": ["mine"]}
    assert asked.by("Odile Ferrand").second_for == "Odile Ferrand"
    assert EVERYTHING.by("Odile Ferrand").second_for is None


def test_an_address_without_wishes_is_empty() -> None:
    assert to_query(Asked()) == {}
    assert from_query({}) == Asked()


@pytest.mark.parametrize(
    "query",
    [
        {"order": ["sideways"]},
        {"page": ["0"]},
        {"page": ["-1"]},
        {"page": ["²"]},
        {"page": ["9" * 400]},
        {"from": ["'; drop table documents"]},
        {"status": ["done", ""]},
        {"unheard": ["of"]},
        {"q": ["   "]},
    ],
)
def test_what_makes_no_sense_asks_for_nothing(query: dict[str, list[str]]) -> None:
    assert from_query(query) == Asked()


def test_endless_addresses_are_cut() -> None:
    asked = from_query({"q": ["x" * 10_000], "finding": [f"code{n}" for n in range(10_000)]})
    assert len(asked.filter.text) == 200
    assert len(asked.filter.findings) == 50
