"""The queue page: what is shown first, what the fields and the address ask for, and the way to a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
from streamlit.testing.v1 import AppTest
from ui_builders import fill, opened, page_test, table_rows


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('queue') / 'relecture.db'}"
    fill(address)
    return address


def titles(page: AppTest) -> list[str]:
    return [row[1]["text"] for row in table_rows(page)]


@pytest.mark.parametrize(
    ("language", "title", "status"), [("fr", "File de relecture", "Nouveau"), ("en", "Review queue", "New")]
)
def test_the_most_useful_document_stands_first(url: str, language: str, title: str, status: str) -> None:
    page = page_test("queue", url, language).run()
    assert not page.exception
    assert page.title[0].value == title
    assert titles(page)[0] == "Course de côte de Malbosc"
    assert table_rows(page)[0][0]["text"] == status
    assert titles(page)[-1] == "Rallye des Trois-Cols"


def test_findings_are_said_in_words(url: str) -> None:
    rows = table_rows(page_test("queue", url, "fr").run())
    assert [row[4].get("tags") for row in rows if row[1]["text"] == "Grand Prix de Valmorel"] == [
        ["deux vainqueurs"]
    ]


def test_the_address_is_followed_and_written(url: str) -> None:
    page = page_test("queue", url, "fr")
    page.query_params["status"] = "reviewed"
    page.run()
    assert titles(page) == ["Rallye des Trois-Cols"]
    page.multiselect(key="queue.statuses").set_value([]).run()
    page.text_input(key="queue.text").set_value("orsini").run()
    assert page.query_params == {"q": "orsini"}
    assert titles(page) == ["Grand Prix de Valmorel"]


@pytest.mark.slow
def test_nonsense_in_the_address_shows_everything(url: str) -> None:
    page = page_test("queue", url, "fr")
    page.query_params.update({"status": "done", "order": "<b>", "page": "99999999999", "from": "x"})
    page.run()
    assert not page.exception
    assert len(titles(page)) == 3
    assert page.query_params == {}


@pytest.mark.slow
def test_a_page_behind_the_last_is_the_first(url: str) -> None:
    page = page_test("queue", url, "fr")
    page.query_params["page"] = "40"
    page.run()
    assert len(titles(page)) == 3


@pytest.mark.slow
def test_where_nothing_fits_one_press_shows_everything(url: str) -> None:
    page = page_test("queue", url, "fr")
    page.query_params.update({"q": "introuvable"})
    page.run()
    assert page.info[0].value == "Aucun document ne répond à ces critères."
    page.button(key="queue.clear").click().run()
    assert len(titles(page)) == 3


@pytest.mark.slow
def test_other_orders_can_be_asked_for(url: str) -> None:
    page = page_test("queue", url, "fr").run()
    page.selectbox(key="queue.order").set_value("title").run()
    assert titles(page) == ["Course de côte de Malbosc", "Grand Prix de Valmorel", "Rallye des Trois-Cols"]
    assert page.query_params == {"order": "title"}


def test_progress_counts_what_reviewers_finished(url: str) -> None:
    page = page_test("queue", url, "fr").run()
    said = [json.loads(json.dumps(bar.proto.text)) for bar in page.get("progress")]
    assert said[0] == "**Documents relus** 1 sur 3"


@pytest.mark.slow
def test_an_empty_store_offers_a_sample(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'vide.db'}"
    opened(address)
    for language in ("fr", "en"):
        page: Any = page_test("queue", address, language).run()
        assert not page.exception
        assert page.button
