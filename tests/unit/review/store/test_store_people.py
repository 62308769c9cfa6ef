"""Reviewers by name or sign-in, locks that lapse, and whose a second reading is."""

from __future__ import annotations

import time

import pytest
from store_builders import added, decision

from extractor.review.decisions import FIRST, SECOND
from extractor.review.store import Store, StoreError


def test_a_reviewer_is_one_whatever_the_case_and_blanks(store: Store) -> None:
    odile = store.reviewer("  Odile \t Ferrand\n")
    assert odile.name == "Odile Ferrand"
    assert store.reviewer("odile FERRAND") == odile
    assert store.reviewers() == (odile,)


@pytest.mark.parametrize("name", ["", "  \n", "\x00\u200b", "—", "x" * 81])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError) as caught:
        store.reviewer(name)
    assert caught.value.code == "store_bad_name"


def test_who_signs_in_keeps_the_name_whatever_the_provider_calls_them_later(store: Store) -> None:
    odile = store.reviewer("Odile Ferrand", "oidc|1")
    assert store.reviewer("O. Ferrand-Roux", "oidc|1") == odile
    assert store.reviewer("Odile Ferrand", "oidc|2").name == "Odile Ferrand 2"
    assert store.reviewer("Odile Ferrand", "oidc|2").name == "Odile Ferrand 2"


def test_nobody_takes_the_name_of_somebody_who_signs_in(store: Store) -> None:
    store.reviewer("Odile Ferrand", "oidc|1")
    with pytest.raises(StoreError) as caught:
        store.reviewer("odile ferrand")
    assert caught.value.code == "store_name_taken"


def test_a_lock_is_held_by_one(store: Store) -> None:
    key = added(store)
    assert store.lock(key, FIRST, "Odile").mine
    held = store.lock(key, FIRST, "Yann")
    assert (held.mine, held.holder) == (False, "Odile")
    assert store.lock(key, SECOND, "Yann").mine
    assert store.lock_on(key, FIRST, "Yann") == held
    assert {lock.holder for lock in store.locks()} == {"Odile", "Yann"}
    assert store.queue().rows[0].held_by == "Odile"


def test_a_lock_that_has_lapsed_goes_to_who_asks(store: Store) -> None:
    key = added(store)
    store.lock(key, FIRST, "Odile", seconds=0.05)
    time.sleep(0.06)
    assert store.lock_on(key, FIRST, "Odile") is None
    assert store.locks() == ()
    assert store.lock(key, FIRST, "Yann").mine
    assert store.renew(key, FIRST, "Odile") == store.lock_on(key, FIRST, "Odile")
    assert store.lock_on(key, FIRST, "Odile").holder == "Yann"  # type: ignore[union-attr]


def test_a_lock_is_renewed_by_its_holder_even_late_if_nobody_took_it(store: Store) -> None:
    key = added(store)
    short = store.lock(key, FIRST, "Odile", seconds=0.05)
    longer = store.renew(key, FIRST, "Odile", seconds=60)
    assert longer is not None
    assert longer.until > short.until
    store.renew(key, FIRST, "Odile", seconds=0.01)
    time.sleep(0.02)
    late = store.renew(key, FIRST, "Odile")
    assert late is not None
    assert late.mine
    assert store.renew(key, SECOND, "Odile") is None


def test_only_the_holder_gives_a_lock_back(store: Store) -> None:
    key = added(store)
    store.lock(key, FIRST, "Odile")
    assert not store.release(key, FIRST, "Yann")
    assert store.release(key, FIRST, "Odile")
    assert not store.release(key, FIRST, "Odile")
    assert store.lock(key, FIRST, "Yann").mine


def test_without_double_review_everybody_has_the_first_reading(store: Store) -> None:
    key = added(store)
    store.append([decision(key, reviewer="Odile")], head=0)
    assert store.reading_for(key, "Yann") == FIRST


def test_the_second_reading_goes_to_somebody_else(store: Store) -> None:
    key = added(store)
    assert store.assign_double([key]) == 1
    assert store.assign_double([key]) == 0
    assert store.reading_for(key, "Yann") == FIRST
    store.append([decision(key, reviewer="Odile")], head=0)
    assert [store.reading_for(key, name) for name in ("Odile", "Yann")] == [FIRST, SECOND]
    store.append([decision(key, reviewer="Yann", reading=SECOND)], head=0)
    assert [store.reading_for(key, name) for name in ("Odile", "Yann", "Rose")] == [FIRST, SECOND, FIRST]


def test_a_second_reading_that_was_given_is_nobody_elses(store: Store) -> None:
    key = added(store)
    store.assign_double([key], reviewer="Rose")
    assert [store.reading_for(key, name) for name in ("Odile", "Rose")] == [FIRST, SECOND]
    assert store.queue().rows[0].second_reviewer == "Rose"


def test_double_review_is_given_up_only_before_it_begins(store: Store) -> None:
    key, other = added(store), added(store, origin="b")
    store.assign_double([key, other])
    store.append([decision(key, reviewer="Yann", reading=SECOND)], head=0)
    assert store.dismiss_double([key, other]) == 1
    assert [store.document(one).double for one in (key, other)] == [True, False]


def test_an_unknown_document_among_those_to_be_doubled_leaves_all_as_they_were(store: Store) -> None:
    key = added(store)
    with pytest.raises(StoreError):
        store.assign_double([key, "inconnu"])
    assert not store.document(key).double
