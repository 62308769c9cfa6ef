"""The dashboard: every figure with its base, and no number where there is nothing to count."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("altair")
pytest.importorskip("sqlalchemy")
from streamlit.testing.v1 import AppTest
from ui_builders import fill, opened, page_test, table_rows

from extractor.review.figures import share
from extractor.ui import charts, keeping
from extractor.ui.dashboard_accuracy import share_in_words
from extractor.ui.keeping import forget, kept
from extractor.ui.words import Words


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('dashboard') / 'relecture.db'}"
    fill(address)
    return address


def tab(url: str, language: str, name: str) -> AppTest:
    page = page_test("dashboard", url, language)
    page.session_state["dashboard.tab"] = name
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join(one.value for one in (*page.caption, *page.markdown, *page.info))


@pytest.mark.parametrize(
    ("language", "base", "finding"),
    [
        ("fr", "3 documents. Ce qui est importé est nouveau", "deux vainqueurs"),
        ("en", "3 documents. What is imported is new", "two winners"),
    ],
)
def test_the_archive_is_shown_with_its_bases(url: str, language: str, base: str, finding: str) -> None:
    page = tab(url, language, "archive")
    assert base in said(page)
    assert len(page.get("vega_lite_chart")) == 2
    assert finding in {row[0]["text"] for row in table_rows(page, 1)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_accuracy_is_measured_on_reviewed_documents_alone(url: str, language: str) -> None:
    page = tab(url, language, "accuracy")
    assert ("relus (1)" if language == "fr" else "reviewed (1)") in said(page)
    assert (
        "trop peu pour un écart moyen" if language == "fr" else "too few for a calibration error"
    ) in said(page)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_speed_needs_enough_decisions(url: str, language: str) -> None:
    page = tab(url, language, "work")
    page.selectbox(key="dashboard.days").set_value(0).run()
    rows = table_rows(page)
    assert [cell["text"] for cell in rows[0]] == [
        "Odile Ferrand",
        "2",
        "1",
        "0,0" if language == "fr" else "0.0",
        "–",
        "–",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_double_review_there_is_no_agreement(url: str, language: str) -> None:
    page = tab(url, language, "agreement")
    assert page.info


@pytest.mark.slow
def test_an_empty_archive_has_no_figures(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'vide.db'}"
    opened(address)
    page = page_test("dashboard", address, "fr").run()
    assert not page.exception
    assert "Rien n'est encore importé" in page.info[0].value


def test_a_share_is_never_told_without_its_base() -> None:
    nine = share(9, 10)
    assert nine is not None
    assert share_in_words(Words("fr"), nine) == "90,0\u202f% (9 sur 10 ; 95 % : 60\u202f% à 98\u202f%)"


def test_charts_write_numbers_as_the_language_does() -> None:
    rows = [{"label": "Relu", "value": 1200, "said": "1 200"}]
    french = charts.bars(rows, Words("fr"), label="État", value="Documents").to_json()
    assert "\u202f" in french
    assert "\u202f" not in charts.bars(rows, Words("en"), label="Status", value="Documents").to_json()


def test_what_is_quick_is_never_kept(url: str) -> None:
    made: list[int] = []
    for _ in range(2):
        kept(opened(url), "essai", lambda: made.append(1))
    assert len(made) == 2


def test_what_is_slow_is_kept_for_a_while(url: str) -> None:
    made: list[int] = []

    def slow() -> int:
        time.sleep(0.16)
        made.append(1)
        return len(made)

    assert [kept(opened(url), "lent", slow) for _ in range(3)] == [1, 1, 1]
    forget(opened(url))
    assert kept(opened(url), "lent", slow) == 2


def test_what_grew_old_is_shown_once_more_while_it_is_made_anew(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    is_done = threading.Event()

    def slow() -> int:
        time.sleep(0.16)
        made.append(1)
        if len(made) == 2:
            is_done.set()
        return len(made)

    assert kept(opened(url), "vieux", slow) == 1
    now = time.monotonic
    monkeypatch.setattr(keeping.time, "monotonic", lambda: now() + 70)
    assert [kept(opened(url), "vieux", slow) for _ in range(3)] == [1, 1, 1]
    assert is_done.wait(10)
    assert len(made) == 2
    monkeypatch.setattr(keeping.time, "monotonic", lambda: now() + 7000)
    assert kept(opened(url), "vieux", slow) == 3
