"""Documents, records and pages: what is there once, and what comes beside it."""

from __future__ import annotations

import pytest
from store_builders import MODEL, TEXT, added, decision, report

from extractor.review.store import PageImage, Store, StoreError
from extractor.review.store.stored import Added


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    key = added(store)
    assert store.record(key) == report()
    document = store.document(key)
    assert (document.origin, document.model, document.version) == ("valbrune.txt", MODEL, 1)
    assert not document.newer
    assert document.heads == {}


def test_the_same_text_from_the_same_origin_is_one_document(store: Store) -> None:
    key = added(store)
    assert store.add_document(report(), model=MODEL) == Added(key, "same", 1)
    assert added(store, origin="ailleurs.txt") != key
    assert added(store, report(TEXT + " Fin.")) != key
    assert store.queue().total == 3


def test_a_key_is_the_same_in_every_database(store: Store) -> None:
    assert added(store, origin="a.txt") == "9b0b01383cbf92471ff395ac"


def test_a_newer_extraction_takes_the_place_of_one_that_nobody_decided_upon(store: Store) -> None:
    key = added(store)
    again = store.add_document(report(confidence=0.4), model="0.5.0")
    assert (again.key, again.novelty, again.version) == (key, "newer", 2)
    assert store.record(key).results[0].confidence == 0.4
    assert store.document(key).model == "0.5.0"
    assert store.queue().rows[0].summary.lowest_confidence == 0.4


def test_a_newer_extraction_comes_beside_one_that_was_decided_upon(store: Store) -> None:
    key = added(store)
    store.append([decision(key)], head=0)
    assert store.add_document(report(confidence=0.4), model="0.5.0").novelty == "newer"
    document = store.document(key)
    assert (document.version, len(document.versions), document.newer) == (1, 2, True)
    assert store.record(key) == report()
    assert store.record(key, 2).results[0].confidence == 0.4
    assert store.state(key).version == 1
    assert store.queue().rows[0].newer


def test_the_same_extraction_again_is_not_another_version(store: Store) -> None:
    key = added(store)
    store.add_document(report(confidence=0.4), model="0.5.0")
    assert store.add_document(report(), model=MODEL) == Added(key, "same", 1)
    assert len(store.document(key).versions) == 2


def test_images_of_pages_are_kept_once(store: Store) -> None:
    pages = (PageImage(1, b"une"), PageImage(2, b"deux", "image/jpeg"))
    key = store.add_document(report(), model=MODEL, pages=pages).key
    store.add_document(report(), model=MODEL, pages=(PageImage(1, b"autre"), PageImage(3, b"trois")))
    assert store.document(key).pages == (1, 2, 3)
    assert store.page_image(key, 1) == b"une"
    assert store.page(key, 2) == pages[1]
    assert store.page_image(key, 4) is None
    assert store.page_image("inconnu", 1) is None


def test_a_vast_image_is_refused_and_nothing_of_it_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.review.store.documents.MOST_IMAGE_BYTES", 10)
    with pytest.raises(StoreError) as caught:
        store.add_document(report(), model=MODEL, pages=(PageImage(7, b"x" * 11),))
    assert "page 7" in str(caught.value)
    assert store.queue().total == 0


def test_text_and_origin_may_hold_anything(store: Store) -> None:
    text = "Un \x00 nul, un 𝔊, des « guillemets » '; DROP TABLE documents; --"
    key = store.add_document(report(text), model=None, origin="dossier\udcff/été\x00.txt").key
    assert store.record(key).document.text == text
    assert "été" in str(store.document(key).origin)
    assert store.document(key).model is None


def test_an_unknown_document_is_told(store: Store) -> None:
    for ask in (store.document, store.record, store.state, store.decisions):
        with pytest.raises(StoreError) as caught:
            ask("inconnu")
        assert caught.value.code == "store_no_document"
    with pytest.raises(StoreError) as caught:
        store.record(added(store), 9)
    assert caught.value.code == "store_no_version"
