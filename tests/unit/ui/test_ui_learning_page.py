"""The learning page: what would be learnt, what not and why, the export and the command."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")
from streamlit.testing.v1 import AppTest

from extractor.review.decisions import Change, Reject, SetStatus
from extractor.review.gold import Candidate, archive, candidates
from extractor.review.store import Store
from extractor.ui.learning_page import command
from extractor.ui.words import Words
from tests.unit.review.readings import decide, extracted

REVIEWED = SetStatus(old="in_review", new="reviewed")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return f"sqlite:///{tmp_path / 'desk.db'}"


def fill(database: str, *changes: Change, double: bool = False) -> str:
    with Store.open(database) as store:
        key = store.add_document(extracted(), model="essai", origin="charade.txt").key
        made = [decide(one).model_copy(update={"document": key}) for one in changes]
        store.append(made, head=0)
        if double:
            store.assign_double([key])
    return key


def _page(database: str, language: str, is_local: bool) -> None:
    from extractor.review.store import Store
    from extractor.ui import learning_page
    from extractor.ui.context import Context

    with Store.open(database) as store:
        learning_page.show(Context.of(store, "Claire", language, is_local=is_local))


def page(database: str, language: str = "fr", *, is_local: bool = True) -> AppTest:
    at = AppTest.from_function(_page, args=(database, language, is_local), default_timeout=20).run()
    assert not at.exception
    return at


def tables(at: AppTest) -> list[list[list[dict[str, Any]]]]:
    return [json.loads(one.proto.json)["rows"] for one in at.get("bidi_component")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_differs_is_told_by_kind(database: str, language: str) -> None:
    fill(database, Reject(targets=("i1",)), REVIEWED)
    at = page(database, language)
    words = Words(language)
    assert [metric.value for metric in at.metric] == ["1", "1", "0"]
    rows = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in tables(at)[0]}
    assert rows[words("learning.part.incidents")] == ["0", "–", "–", "–", "1", "–", "–"]
    assert rows[words("learning.part.results.final")][0] == "2"
    assert at.code[0].value.startswith("parcferme train ")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_archive_without_reviewed_documents(database: str, language: str) -> None:
    fill(database, Reject(targets=("i1",)))
    at = page(database, language)
    assert at.metric[0].value == "0"
    assert at.button(key="learning.export").disabled


@pytest.mark.slow
def test_what_is_not_learnt_from_says_why(database: str) -> None:
    fill(database, REVIEWED, double=True)
    at = page(database)
    assert tables(at)[0][0][1]["text"] == Words("fr")("learning.why.waits_second")


@pytest.mark.slow
def test_the_export_is_written_and_known_afterwards(database: str, tmp_path: Path) -> None:
    fill(database, REVIEWED)
    at = page(database)
    at.button(key="learning.export").click().run()
    assert not at.exception
    assert len(list((tmp_path / "gold").glob("*.record.json"))) == 1
    assert [metric.value for metric in page(database).metric] == ["1", "0", "0"]


@pytest.mark.slow
def test_nobody_from_elsewhere_writes_to_this_disk(database: str) -> None:
    fill(database, REVIEWED)
    at = page(database, is_local=False)
    assert at.button(key="learning.export").disabled
    assert at.text_input(key="learning.folder").disabled


def test_the_command_can_be_pasted_into_a_shell() -> None:
    assert command(Path("/srv/l'or relu"), Path("corpus")) == "parcferme train '/srv/l'\"'\"'or relu'"


def test_gold_comes_as_an_archive_too(database: str) -> None:
    fill(database, REVIEWED)
    with Store.open(database) as store:
        ready = [one for one in candidates(store, {}) if isinstance(one, Candidate)]
    names = zipfile.ZipFile(io.BytesIO(archive(ready))).namelist()
    assert sorted(Path(name).suffix for name in names) == [".csv", ".json", ".report"]
