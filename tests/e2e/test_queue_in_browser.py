"""Queue, season and dashboard as they are used: a real server, a real browser, hands on the keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

from benchmarks.review_page import chromium, served
from tools.desk_in_browser import wait_idle

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "ui"))
from ui_builders import MODEL, fill, opened, report

BROWSER = chromium()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")]
HOSTILE = "<img src=x onerror=alert(1)> Grand Prix"
FOCUSED = "document.activeElement.textContent"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('queue') / 'review.db'}"
    fill(url)
    store = opened(url)
    hostile = report(
        HOSTILE, ("Jean Malvoisin",), (0.9,), series="**Coupe** [x](javascript:alert(1))", season=1931
    )
    store.summarise(store.add_document(hostile, model=MODEL, origin="hostile.txt").key)
    with served(url) as where:
        yield where


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened_page = context.new_page()
    opened_page.set_default_timeout(60_000)
    dialogs: list[str] = []
    opened_page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened_page.goto(address)
    opened_page.wait_for_selector(".pf-table tbody tr")
    wait_idle(opened_page)
    yield opened_page
    context.close()
    assert dialogs == []


def rows(page: Any, count: int) -> None:
    """Wait until the queue has so many rows."""
    page.wait_for_function("n => document.querySelectorAll('.pf-table tbody tr').length === n", arg=count)


def test_a_document_is_found_and_opened_by_keyboard_alone(page: Any) -> None:
    rows(page, 4)
    page.keyboard.press("j")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) != first
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == first
    page.keyboard.press("/")
    page.keyboard.type("orsini")
    page.keyboard.press("Enter")
    rows(page, 1)
    assert page.url.endswith("?q=orsini")
    page.reload()
    rows(page, 1)
    wait_idle(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/document?key=*")
    page.go_back()
    rows(page, 1)
    assert "q=orsini" in page.url


def test_what_documents_say_is_never_markup(page: Any) -> None:
    rows(page, 4)
    assert page.locator(".pf-table img").count() == 0
    assert page.get_by_text(HOSTILE).count() == 1


def test_a_cell_of_the_season_leads_to_its_document(page: Any, address: str) -> None:
    page.goto(f"{address}/season?year=1964&series=Coupe+des+Alpages")
    page.wait_for_selector(".pf-table td a")
    wait_idle(page)
    page.locator(".pf-table td a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/document?key=*")


def test_charts_can_be_taken_away_without_a_network(page: Any, address: str) -> None:
    page.goto(f"{address}/dashboard")
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.wait_for()
    chart.hover()
    assert page.get_by_role("button", name="Download as PNG").count() >= 1
    assert "Relu" in str(
        chart.evaluate("e => [...e.querySelectorAll('[aria-label]')].map(x => x.ariaLabel).join()")
    )
