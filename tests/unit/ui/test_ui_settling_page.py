"""The adjudication page: the list, the sample, the figures, and what is pressed on a document."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")
from streamlit.testing.v1 import AppTest

from extractor.errors import ParcFermeError
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Accept,
    Edit,
    Merge,
    Reject,
    Replaced,
    SetStatus,
)
from extractor.review.doubling import bench
from extractor.review.store import Store
from extractor.ui import settling_page
from extractor.ui.context import Context
from extractor.ui.settling.view import chosen, page_data
from extractor.ui.words import Words
from tests.unit.review.readings import decide, extracted

REVIEWED = SetStatus(old="in_review", new="reviewed")
EDIT = Edit(target="r2", fields={"position": Replaced(old=2, new=3)})


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
def key(database: str) -> str:
    """A document with two readings that differ in three things."""
    with Store.open(database) as store:
        key = store.add_document(extracted(), model="essai", origin="charade.txt").key
        store.assign_double([key])
        for changes, reading, reviewer in (
            ([EDIT, Reject(targets=("i1",)), REVIEWED], FIRST, "Odile"),
            (
                [Merge(part="drivers", keep="d1", others=("d3",)), Accept(targets=("i1",)), REVIEWED],
                SECOND,
                "Basile",
            ),
        ):
            made = [decide(one, reading, reviewer).model_copy(update={"document": key}) for one in changes]  # type: ignore[arg-type]
            store.append(made, head=0)
    return key


def _page(database: str, language: str) -> None:
    from extractor.review.store import Store
    from extractor.ui import settling_page
    from extractor.ui.context import Context

    with Store.open(database) as store:
        settling_page.show(Context.of(store, "Claire", language))


def page(
    database: str, language: str = "fr", key: str | None = None, act: dict[str, Any] | None = None
) -> AppTest:
    at = AppTest.from_function(_page, args=(database, language), default_timeout=20)
    if key is not None:
        at.query_params["key"] = key
    if act is not None:
        at.session_state["settling.act"] = {"id": "a1", "key": key, **act}
    at.run()
    assert not at.exception
    return at


def settled(database: str, key: str) -> Any:
    with Store.open(database) as store:
        return bench(store, key, "Claire")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_archive_says_so(database: str, language: str) -> None:
    at = page(database, language)
    assert at.title[0].value == Words(language)("settling.title")
    assert at.info[0].value == Words(language)("settling.list.none")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_list_warns_of_thin_figures(database: str, key: str, language: str) -> None:
    at = page(database, language)
    assert "30" in at.warning[0].value


@pytest.mark.slow
def test_a_sample_is_drawn_and_kept(database: str) -> None:
    with Store.open(database) as store:
        store.add_document(extracted(), model="essai", origin="charade.txt")
    at = page(database)
    at.number_input(key="settling.sample.share").set_value(100)
    at.button[0].click().run()
    assert not at.exception
    assert at.success[0].value == "1 document ajouté à la double lecture."
    with Store.open(database) as store:
        assert store.totals().double == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_document_is_drawn(database: str, key: str, language: str) -> None:
    page(database, language, key)


@pytest.mark.slow
def test_a_reading_that_is_not_done_is_not_shown(database: str) -> None:
    with Store.open(database) as store:
        key = store.add_document(extracted(), model="essai", origin="charade.txt").key
        store.assign_double([key])
    assert page(database, key=key).info[0].value == Words("fr")("settling.stage_told.first")


class TestPressing:
    def item(self, database: str, key: str, part: str) -> str:
        return next(one.key for one in settled(database, key).settling.open if one.part == part)

    def test_a_pick_is_saved_under_the_name_of_who_settles(self, database: str, key: str) -> None:
        item = self.item(database, key, "results")
        page(database, key=key, act={"do": "pick", "item": item, "pick": "second", "head": 0})
        with Store.open(database) as store:
            made = store.decisions(key, SETTLED)
        assert {one.reviewer for one in made} == {"Claire"}
        assert len(settled(database, key).settling.open) == 2

    @pytest.mark.slow
    def test_something_third_is_written(self, database: str, key: str) -> None:
        item = self.item(database, key, "results")
        page(
            database,
            key=key,
            act={"do": "edit", "item": item, "fields": {"position": {"text": " 4 "}}, "head": 0},
        )
        assert settled(database, key).settling.state.record.results[1].position == 4

    @pytest.mark.slow
    def test_all_settled_and_taken_back(self, database: str, key: str) -> None:
        while place := settled(database, key):
            if not place.settling.open:
                break
            item = place.settling.open[0].key
            page(database, key=key, act={"do": "pick", "item": item, "pick": "second", "head": place.head})
        assert place.stage == "settled"
        page(database, key=key, act={"do": "undo", "head": place.head})
        assert len(settled(database, key).settling.open) == 1

    @pytest.mark.parametrize(
        "act",
        [
            {"do": "pick", "item": "results:r2", "pick": "second", "head": 7},
            {"do": "pick", "item": "results:nothing", "pick": "second", "head": 0},
            {"do": "pick", "item": "results:r2", "pick": "third", "head": 0},
            {"do": "edit", "item": "results:r2", "fields": {"position": {"text": "-1"}}, "head": 0},
            {"do": "edit", "item": "results:r2", "fields": {"position": "4"}, "head": 0},
            {"do": "edit", "item": "results:r2", "fields": {"id": {"text": "r1"}}, "head": 0},
            {"do": "undo", "head": 0},
            {"do": "drop table", "head": 0},
            {"do": "pick", "item": ["results:r2"], "pick": {"a": 1}, "head": "0"},
        ],
    )
    def test_what_makes_no_sense_changes_nothing(self, database: str, key: str, act: dict[str, Any]) -> None:
        with Store.open(database) as store:
            with suppress(ParcFermeError):
                assert settling_page.done(Context.of(store, "Claire"), key, act)
            assert store.decisions(key, SETTLED) == ()

    @pytest.mark.slow
    def test_an_action_sent_twice_is_done_once(self, database: str, key: str) -> None:
        at = AppTest.from_function(_page, args=(database, "fr"), default_timeout=20)
        at.query_params["key"] = key
        item = self.item(database, key, "results")
        for _ in range(2):
            act = {"id": "a1", "key": key, "do": "pick", "item": item, "pick": "second", "head": 0}
            at.session_state["settling.act"] = act
            at.run()
        assert settled(database, key).head == len({one.id for one in self.log(database, key)})

    def log(self, database: str, key: str) -> Any:
        with Store.open(database) as store:
            return store.decisions(key, SETTLED)

    @pytest.mark.slow
    def test_somebody_else_holds_the_lock(self, database: str, key: str) -> None:
        with Store.open(database) as store:
            store.lock(key, SETTLED, "Basile")
        page(database, key=key, act={"do": "pick", "item": "results:r2", "pick": "second", "head": 0})
        assert settled(database, key).head == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_browser_gets_is_plain_and_names_everybody(database: str, key: str, language: str) -> None:
    data = page_data(settled(database, key), Words(language), title="x")
    said = json.dumps(data, ensure_ascii=False)
    assert "Paul Ravier" in said
    assert data["readers"] == ["Odile", "Basile"]
    assert data["open"] == len(data["items"]) == 3
    result = next(one for one in data["items"] if one["kind"] == "result")
    assert [row["value"] for side in result["sides"] for row in side["rows"] if row["differs"]] == ["3", "2"]
    assert result["sides"][0]["passages"][0]["text"] == "devant Paul Ravier"
    assert result["editing"][0]["form"] == "text"


def test_a_form_gives_only_fields_that_differ(database: str, key: str) -> None:
    item = next(one for one in settled(database, key).settling.open if one.part == "results")
    assert chosen(item, {"position": {"side": "second"}, "drivers": {"text": "x"}}) == {"position": 2}
