"""The document page: which document and which reading are opened, and what the component is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
from streamlit.testing.v1 import AppTest
from ui_builders import fill, page_test

from extractor.review.decisions import Accept, Decision, new_decision_id, now
from extractor.review.store import Store


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'relecture.db'}"
    fill(address)
    return address


def asked(url: str, key: str, language: str = "fr", **more: str) -> AppTest:
    page = page_test("document", url, language)
    page.query_params.update({"key": key, **more})
    return page.run()


def key_of(url: str, number: int = 0) -> str:
    with Store.open(url) as store:
        return store.keys(order="priority")[number]


def given(page: AppTest) -> dict[str, Any]:
    """What the component was given to draw."""
    assert not page.exception
    (component,) = [element for element in page.main if element.type == "bidi_component"]
    state: dict[str, Any] = json.loads(component.proto.json)["state"]
    return state


@pytest.mark.parametrize(("language", "button"), [("fr", "Aller à la file"), ("en", "Go to the queue")])
def test_without_a_document_there_is_a_way_to_the_queue(url: str, language: str, button: str) -> None:
    page = page_test("document", url, language).run()
    assert [one.label for one in page.button] == [button]


def test_a_document_that_is_not_there_is_said_not_to_be(url: str) -> None:
    page = asked(url, "nulle-part")
    assert not page.exception
    assert "n'est pas dans la base" in page.info[0].value


def test_the_component_is_given_the_document_and_the_one_after(url: str) -> None:
    key = key_of(url)
    state = given(asked(url, key))
    assert state["key"] == key
    assert state["reading"] == 1
    assert state["lock"]["mine"]
    assert state["words"]["desk.save"] == "Enregistrer"
    assert state["next"] not in (None, key)
    assert given(asked(url, key, "en"))["words"]["desk.save"] == "Save"


def test_readings_are_blind_whatever_the_address_asks_for(url: str) -> None:
    key = key_of(url)
    with Store.open(url) as store:
        store.assign_double([key])
        document = store.document(key)
        target = store.record(key).results[0].id
        first = Decision(
            id=new_decision_id(), document=key, reviewer="Paul", at=now(), change=Accept(targets=(target,)),
            model=document.model, text_sha256=document.text_sha256,
        )  # fmt: skip
        store.append([first], head=store.state(key).head)
    state = given(asked(url, key, reading="1"))
    assert state["reading"] == 2
    assert state["log"] == []
    assert state["marks"] == {}
