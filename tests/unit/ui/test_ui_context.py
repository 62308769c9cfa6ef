"""What pages are given: addresses of documents, and the way to other pages."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from extractor.review.decisions import FIRST, SECOND
from extractor.ui.context import Context


def context(language: str = "fr") -> Context:
    store: Any = None
    return Context.of(store, "Odile Ferrand", language)


def test_a_context_speaks_its_language() -> None:
    assert context("fr").words("shell.nav.queue") == "File"
    assert context("en").words("shell.nav.queue") == "Queue"


def test_the_address_of_a_document_holds_any_key() -> None:
    assert (
        context().document_link("mistral 1957/a&b", SECOND) == "document?key=mistral+1957%2Fa%26b&reading=2"
    )
    assert context().document_link("a", FIRST) == "document?key=a"


def _asked() -> None:
    import streamlit as st

    from extractor.ui.context import Context

    asked = Context.of(None, "Odile Ferrand").asked_document()  # type: ignore[arg-type]
    st.text(repr(asked))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, None),
        ({"key": ""}, None),
        ({"key": "mistral"}, ("mistral", 1)),
        ({"key": "mistral", "reading": "2"}, ("mistral", 2)),
        ({"key": "mistral", "reading": "-7"}, ("mistral", 1)),
        ({"key": "mistral", "reading": "²"}, ("mistral", 1)),
    ],
)
def test_a_document_is_asked_for_by_the_address(query: dict[str, str], asked: object) -> None:
    page = AppTest.from_function(_asked)
    page.query_params.update(query)
    page.run()
    assert page.text[0].value == repr(asked)


def _gone() -> None:
    import streamlit as st

    from extractor.ui.context import Context

    Context.of(None, "Odile Ferrand").open_document("mistral", 2)  # type: ignore[arg-type]
    st.text("never said")


def test_a_page_by_itself_tells_where_it_would_have_gone() -> None:
    page = AppTest.from_function(_gone).run()
    assert not page.exception
    assert not page.text
    assert page.query_params == {"page": "document", "key": "mistral", "reading": "2"}
