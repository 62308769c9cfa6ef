"""The app as a whole, without a browser: who reviews, in which language, and what a first start shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest

from extractor.record import Coverage, Document, RaceRecord
from extractor.review.importing import Jobs
from extractor.review.store import Store
from extractor.ui import app, imports

SCRIPT = Path(app.__file__).parent / "script" / "parc_ferme.py"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database, and imports that are asked for and never done."""
    path = tmp_path / "relecture.db"
    monkeypatch.setenv("PARCFERME_DB", str(path))
    monkeypatch.delenv("PARCFERME_REVIEWER", raising=False)
    monkeypatch.setenv("PARCFERME_LANG", "fr")
    (tmp_path / "jobs").mkdir()
    monkeypatch.setattr(imports, "_folder", tmp_path / "jobs")
    monkeypatch.setattr(imports, "start_worker", lambda folder, environment: Idle())
    yield path
    for store in app._stores.values():
        store.close()
    app._stores.clear()


class Idle:
    def poll(self) -> None:
        return None


def started(**environment: str) -> AppTest:
    return AppTest.from_file(str(SCRIPT), default_timeout=30).run()


def texts(page: AppTest) -> str:
    kinds = (page.title, page.header, page.subheader, page.markdown, page.text, page.caption, page.info)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def test_the_name_is_asked_for_first_and_kept(database: Path) -> None:
    page = started()
    assert not page.exception
    assert [one.value for one in page.title] == ["Qui relit ?"]
    page.text_input[0].set_value("  Odile   Ferrand ")
    page.button[0].click().run()
    assert not page.exception
    assert [one.value for one in page.title] == ["Bienvenue"]
    with Store.open(str(database)) as store:
        assert [one.name for one in store.reviewers()] == ["Odile Ferrand"]


@pytest.mark.slow
def test_what_is_no_name_is_asked_for_again(database: Path) -> None:
    page = started()
    page.text_input[0].set_value("   ")
    page.button[0].click().run()
    assert [one.value for one in page.error] == ["Écrivez un nom de 1 à 80 caractères."]


@pytest.mark.slow
def test_who_was_here_before_need_only_choose(database: Path) -> None:
    with Store.open(str(database)) as store:
        store.reviewer("Odile Ferrand")
    page = started()
    assert page.button_group[0].options == ["Odile Ferrand"]


@pytest.mark.slow
def test_the_command_may_say_who_it_is_and_in_which_language(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARCFERME_REVIEWER", "Odile Ferrand")
    monkeypatch.setenv("PARCFERME_LANG", "en")
    page = started()
    assert not page.exception
    assert [one.value for one in page.title] == ["Welcome"]


def test_the_sample_is_one_click_away(
    database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PARCFERME_REVIEWER", "Odile Ferrand")
    page = started()
    page.button(key="imports.sample").click().run()
    assert not page.exception
    [progress] = Jobs(tmp_path / "jobs").all()
    assert (progress.names, progress.by) == (("sample",), "Odile Ferrand")


@pytest.mark.slow
def test_a_database_that_does_not_open_is_told_in_words(
    database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "texte.txt").write_text("un compte rendu, pas une base de données")
    monkeypatch.setenv("PARCFERME_DB", str(tmp_path / "texte.txt"))
    page = started()
    assert not page.exception
    assert "La base de données ne s'ouvre pas." in page.error[0].value


def test_a_fault_in_a_page_is_told_as_ours(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARCFERME_REVIEWER", "Odile Ferrand")

    def fails(context: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(imports, "welcome", fails)
    page = started()
    assert not page.exception
    assert "ZeroDivisionError" in page.error[0].value
    assert "interne" in page.error[0].value


@pytest.mark.slow
def test_a_name_that_somebody_signs_in_under_cannot_be_typed(database: Path) -> None:
    with Store.open(str(database)) as store:
        store.reviewer("Odile Ferrand", subject="https://connexion.example#42")
    page = started()
    page.text_input[0].set_value("odile ferrand")
    page.button[0].click().run()
    assert not page.exception
    assert page.error
    assert page.text_input  # it is asked for again


@pytest.mark.slow
def test_where_the_institution_says_who_it_is_nobody_is_asked(database: Path) -> None:
    page = AppTest.from_file(str(SCRIPT), default_timeout=30)
    page.user = {
        "is_logged_in": True,
        "name": "Odile Ferrand",
        "iss": "https://connexion.example",
        "sub": "42",
        "iat": time.time(),
    }
    page.run()
    assert not page.exception
    assert [one.value for one in page.title] == ["Bienvenue"]
    with Store.open(str(database)) as store:
        [reviewer] = store.reviewers()
    assert (reviewer.name, reviewer.subject) == ("Odile Ferrand", "https://connexion.example#42")


@pytest.mark.slow
def test_who_has_not_signed_in_with_the_institution_sees_nothing(database: Path) -> None:
    page = AppTest.from_file(str(SCRIPT), default_timeout=30)
    page.secrets["auth"] = {"client_id": "relecture"}
    page.user = {"is_logged_in": False}
    page.run()
    assert not page.exception
    assert [one.label for one in page.button] == ["Se connecter"]
    assert not page.text_input


def _settings(language: str) -> AppTest:
    def draw(language: str, address: str) -> None:
        from extractor.review.store import Store
        from extractor.ui.context import Context
        from extractor.ui.settings_page import show

        with Store.open(address) as store:
            show(Context.of(store, "Odile Ferrand", language))

    import os

    return AppTest.from_function(draw, args=(language, os.environ["PARCFERME_DB"])).run()


@pytest.mark.parametrize(("language", "said"), [("fr", "0 document\n"), ("en", "0 documents\n")])
def test_settings_tell_who_and_where(database: Path, language: str, said: str) -> None:
    page = _settings(language)
    assert not page.exception
    assert said in texts(page)
    assert str(database) in texts(page)


def test_light_and_dark_are_chosen_in_the_settings(database: Path) -> None:
    page = _settings("fr")
    [look] = [one for one in page.radio if "Sombre" in one.options]
    assert look.value == "system"
    look.set_value("dark").run()
    assert not page.exception
    assert [one.value for one in page.radio if "Sombre" in one.options] == ["dark"]


def a_record(name: str = "belleroche") -> RaceRecord:
    text = f"Grand Prix de {name}."
    document = Document(id=name, source=f"{name}.txt", sha256="0" * 64, text=text)
    return RaceRecord(document=document, coverage=Coverage(characters=len(text), characters_read=len(text)))


def _exchange(language: str, *, is_local: bool = True) -> AppTest:
    def draw(language: str, address: str, is_local: bool) -> None:
        from extractor.review.store import Store
        from extractor.ui.context import Context
        from extractor.ui.exchange_page import show

        with Store.open(address) as store:
            show(Context.of(store, "Odile Ferrand", language, is_local=is_local))

    import os

    page = AppTest.from_function(
        draw, args=(language, os.environ["PARCFERME_DB"], is_local), default_timeout=30
    )
    return page.run()


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.slow)])
def test_everything_can_be_taken_out(database: Path, language: str) -> None:
    with Store.open(str(database)) as store:
        store.add_document(a_record(), model="0.3.0 rules")
    page = _exchange(language)
    assert not page.exception
    page.multiselect(key="exchange.statuses").set_value([]).run()
    for kind in ("records", "log", "database"):
        page.button(key=f"exchange.prepare.{kind}").click().run()
        assert not page.exception
        assert not page.error
    names = [page.session_state[f"exchange.ready.{kind}"].name for kind in ("records", "log", "database")]
    stems = {
        "fr": ["parc-ferme-enregistrements", "parc-ferme-journal"],
        "en": ["parc-ferme-records", "parc-ferme-log"],
    }
    assert [name[: -len("-2026-11-23.jsonl")] for name in names[:2]] == stems[language]
    assert names[2].endswith(".db")


@pytest.mark.parametrize("form", ["csv", pytest.param("markdown", marks=pytest.mark.slow)])
def test_records_are_given_out_in_the_formats_of_other_programs(database: Path, form: str) -> None:
    with Store.open(str(database)) as store:
        store.add_document(a_record(), model="0.3.0 rules")
    page = _exchange("fr")
    page.multiselect(key="exchange.statuses").set_value([]).run()
    page.selectbox(key="exchange.form").set_value(form).run()
    page.button(key="exchange.prepare.records").click().run()
    assert not page.exception
    assert not page.error
    ready = page.session_state["exchange.ready.records"]
    assert ready.name.endswith(".zip" if form == "csv" else ".md")
    assert ready.file.stat().st_size
    assert any("RFC 4180" in one for one in page.selectbox(key="exchange.form").options)


@pytest.mark.slow
def test_where_nothing_is_reviewed_yet_there_is_nothing_to_take(database: Path) -> None:
    with Store.open(str(database)) as store:
        store.add_document(a_record(), model="0.3.0 rules")
    page = _exchange("fr")
    page.button(key="exchange.prepare.records").click().run()
    assert [one.value for one in page.info] == ["Il n'y a rien à exporter pour ce choix."]


@pytest.mark.slow
def test_a_path_of_the_server_is_asked_for_only_on_ones_own_machine(database: Path, tmp_path: Path) -> None:
    page = _exchange("fr")
    [path] = [field for field in page.text_input if "machine" in field.label]
    path.set_value("~/archives/1957")
    next(button for button in page.button if button.label == "Importer ce chemin").click().run()
    [progress] = Jobs(tmp_path / "jobs").all()
    assert progress.names == (str(Path("~/archives/1957").expanduser()),)
    assert not [field for field in _exchange("fr", is_local=False).text_input if "machine" in field.label]


@pytest.mark.slow
def test_an_import_that_is_over_tells_what_failed(database: Path, tmp_path: Path) -> None:
    from extractor.review.importing import Failure, Progress

    jobs = Jobs(tmp_path / "jobs")
    job = jobs.ask(["archives/1957"])
    failure = Failure(
        "vide.txt", "empty_file", {"fr": "vide.txt : le fichier est vide", "en": "vide.txt: it is empty"}
    )
    jobs.tell(Progress(job, "done", names=("archives/1957",), total=3, added=2).with_failure(failure))
    page = _exchange("en")
    assert not page.exception
    assert "Finished: 2 new" in texts(page)
    assert "vide.txt: it is empty" in str(page.dataframe[0].value)
