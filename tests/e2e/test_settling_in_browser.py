"""Adjudication as it is done: a real server, a real browser, hands on the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

from benchmarks.review_page import chromium, served
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Edit,
    Merge,
    Reject,
    Replaced,
    SetStatus,
)
from extractor.review.store import Store
from tests.unit.review.readings import decide, extracted
from tools.desk_in_browser import wait_idle

BROWSER = chromium()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")]
REVIEWED = SetStatus(old="in_review", new="reviewed")
COUNT = "document.querySelector('.pf-settle .count').innerText"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("settling") / "review.db"


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with Store.open(str(database)):
        pass
    with served(f"sqlite:///{database}") as where:
        yield where


@pytest.fixture
def key(database: Path, request: pytest.FixtureRequest) -> str:
    """A document that was read twice: three things are open."""
    edit = Edit(target="r2", fields={"position": Replaced(old=2, new=3)})
    first = [edit, Reject(targets=("i1",)), REVIEWED]
    second = [Merge(part="drivers", keep="d1", others=("d3",)), REVIEWED]
    with Store.open(str(database)) as store:
        key = store.add_document(extracted(), model="essai", origin=request.node.name).key
        store.assign_double([key])
        for changes, reading, reviewer in ((first, FIRST, "Odile"), (second, SECOND, "Basile")):
            made = [decide(one, reading, reviewer).model_copy(update={"document": key}) for one in changes]  # type: ignore[arg-type]
            store.append(made, head=0)
    return key


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield made
    made.close()


def opened(context: Any, address: str, key: str) -> Any:
    page = context.new_page()
    page.goto(f"{address}/settling?key={key}&reading=0")
    page.wait_for_selector(".pf-settle .card", timeout=60_000)
    wait_idle(page)
    return page


def press(page: Any, key: str) -> str:
    """Press a key that settles something, and return what is still open."""
    before = page.evaluate(COUNT)
    page.keyboard.press(key)
    page.wait_for_function(f"before => {COUNT} !== before", arg=before, timeout=20_000)
    return str(page.evaluate(COUNT))


def test_a_document_is_settled_by_keyboard_alone(
    context: Any, address: str, key: str, database: Path
) -> None:
    page = opened(context, address, key)
    assert page.evaluate(COUNT) == "3 points ouverts"
    assert press(page, "2") == "2 points ouverts"
    assert page.evaluate("document.activeElement.classList.contains('card')")
    page.keyboard.press("e")
    page.wait_for_selector(".pf-settle .form")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    assert press(page, "Enter") == "1 point ouvert"
    assert press(page, "1").endswith("Tout est réglé")
    with Store.open(str(database)) as store:
        settled = store.state(key, SETTLED).reviewed
        assert store.queue().rows[0].status in ("reviewed", "disputed")
    assert settled.status == "reviewed"
    assert [one.position for one in settled.record.results if one.id == "r2"] == [4]
    assert "d3" in settled.gone
    assert press(page, "u") == "1 point ouvert"
    page.keyboard.press("q")
    page.wait_for_selector(".pf-table a[data-to]", timeout=20_000)


def test_keys_pressed_at_once_settle_one_thing_at_a_time(
    context: Any, address: str, key: str, database: Path
) -> None:
    page = opened(context, address, key)
    for _ in range(5):
        page.keyboard.press("1")
    page.wait_for_function(
        "!document.querySelector('.pf-settle') || document.querySelector('.pf-settle').getAttribute('aria-busy') !== 'true'"
    )
    page.wait_for_timeout(300)  # a key that was kept for later would be taken now
    wait_idle(page)
    with Store.open(str(database)) as store:
        ids = [one.id for one in store.decisions(key, SETTLED)]
    assert len(ids) == len(set(ids))
    shown = page.evaluate(COUNT)
    page.reload()
    page.wait_for_selector(".pf-settle .card", timeout=60_000)
    assert page.evaluate(COUNT) == shown


def test_whoever_settles_later_is_told_and_sees_the_new_state(
    context: Any, address: str, key: str, database: Path
) -> None:
    page = opened(context, address, key)
    other = opened(context, address, key)
    press(other, "2")
    page.keyboard.press("1")
    page.wait_for_selector(".pf-settle .said.is-trouble", timeout=20_000)
    assert "entre-temps" in page.inner_text(".pf-settle .said")
    assert page.evaluate(COUNT) == other.evaluate(COUNT)


def test_letters_typed_into_the_form_are_text(context: Any, address: str, key: str, database: Path) -> None:
    page = opened(context, address, key)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_selector(".pf-settle .form input")
    page.keyboard.type("1uq")
    page.keyboard.press("Escape")
    assert page.query_selector(".pf-settle .form") is None
    with Store.open(str(database)) as store:
        assert store.decisions(key, SETTLED) == ()
