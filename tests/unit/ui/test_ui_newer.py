"""A later extraction: what taking the decisions over would do is shown first, and what is left can be taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
from streamlit.testing.v1 import AppTest
from ui_builders import decide, opened, page_test, report

from extractor.review.decisions import FIRST, Accept, SetStatus
from extractor.review.store import Store

NAMES = ("Henri Tavel", "Luc Orsini")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A reviewed report that a later model reads otherwise in one point."""
    address = f"sqlite:///{tmp_path / 'relecture.db'}"
    store = opened(address)
    key = store.add_document(report("Grand Prix de Valmorel", NAMES, (0.9, 0.4)), model="1").key
    decide(store, key, Accept(targets=("r0", "r1")), SetStatus(old="new", new="reviewed"))
    later = report("Grand Prix de Valmorel", NAMES, (0.8, 0.3), positions=(1, 3))
    store.add_document(later, model="2")
    return address


def key_of(url: str) -> str:
    with Store.open(url) as store:
        return store.keys()[0]


def document(url: str, language: str = "fr") -> AppTest:
    page = page_test("document", url, language)
    page.query_params["key"] = key_of(url)
    return page.run()


def pressed(page: AppTest, key: str) -> AppTest:
    assert not page.exception
    return page.button(key=key).click().run()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Résultat « Luc Orsini », accepté : lu autrement maintenant (Place 2 → 3)"),
        ("en", 'Result "Luc Orsini", accepted: read otherwise now (Place 2 → 3)'),
    ],
)
def test_what_would_become_of_decisions_is_shown_and_then_done(url: str, language: str, said: str) -> None:
    page = document(url, language)
    assert [one.value for one in page.text] == [said]
    page = pressed(page, "newer.go")
    assert not page.exception
    with Store.open(url) as store:
        state = store.state(key_of(url))
        assert state.version == 2
        assert state.reviewed.marks["r0"].verdict == "accepted"
        assert store.queue().rows[0].status == "in_review"
    assert [one.value for one in page.text] == [said]  # left over now


def test_what_is_left_is_taken_over_by_a_press(url: str) -> None:
    page = pressed(pressed(document(url), "newer.go"), "newer.take.r1")
    assert not page.exception
    with Store.open(url) as store:
        record = store.state(key_of(url)).reviewed.record
        assert [one.position for one in record.results] == [1, 2]
        assert store.left(key_of(url), FIRST) == ()
    assert not page.text


def test_who_only_looks_on_is_offered_nothing(url: str) -> None:
    with Store.open(url) as store:
        store.lock(key_of(url), FIRST, "Lucien Maréchal")
    assert not document(url).button


def test_all_documents_are_gone_over_but_those_that_somebody_reviews(url: str) -> None:
    with Store.open(url) as store:
        store.lock(key_of(url), FIRST, "Lucien Maréchal")
    page = pressed(page_test("exchange", url, "fr").run(), "newer.go_all")
    assert [one.value for one in page.success] == [
        "Décisions reprises dans 0 document(s) ; 0 point(s) à trancher."
    ]
    assert [one.value for one in page.warning] == ["1 document laissé : quelqu'un y travaille."]
    with Store.open(url) as store:
        store.release(key_of(url), FIRST, "Lucien Maréchal")
    page = pressed(page_test("exchange", url, "fr").run(), "newer.go_all")
    assert [one.value for one in page.success] == [
        "Décisions reprises dans 1 document(s) ; 1 point(s) à trancher."
    ]
    assert "newer.go_all" not in [one.key for one in page.button]
