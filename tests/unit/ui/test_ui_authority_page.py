"""Who is who: two are shown side by side, answers are kept, counted and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
from ui_builders import opened, page_test, table_rows

from extractor.authority.questions import Question, Side, key_of
from extractor.review.store.authority import AuthorityFilter

HOSTILE = "<img src=x onerror=alert(1)> **Marceline** :red[x]"


def question(
    one: str, other: str, likely: float, standing: str = "doubtful", identifier: str | None = None
) -> Question:
    left = Side("d-1", one, (f"{one[0]}. alias",), (1961, 1968), 3, ("carton-1", "carton-2"), (f"d:{one}:1",))
    right = Side("d-2", other, (), (1964, 1964), 1, ("carton-9",), () if identifier else (f"d:{other}:1",))
    key = key_of(left.anchors[0], identifier or right.anchors[0])
    reasons = '[["surname_same", 1.2], ["given_differs", -2.0], ["of_tomorrow", 0.5]]'
    return Question(key, "driver", standing, left, right, identifier, likely, reasons)  # type: ignore[arg-type]


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'qui.db'}"
    opened(address).ask_authority(
        [
            question("Jean Marceline", HOSTILE, 0.5),
            question("Paul Bréguet", "P. Breguet", 0.7),
            question("Luc Orsini", "L. Orsini", 0.93, "automatic"),
            question("Anna Brac", "Brac, Anna", 0.6, identifier="wikidata:Q1"),
        ]
    )
    return address


def texts(page: object) -> str:
    return "\n".join(one.value for one in page.text)  # type: ignore[attr-defined]


def test_the_most_doubtful_is_asked_first_and_shown_as_text(url: str) -> None:
    page = page_test("authority", url, "fr").run()
    assert not page.exception
    assert "Jean Marceline" in texts(page)
    assert HOSTILE in texts(page)
    assert not any(HOSTILE in one.value for one in page.markdown)
    assert "+ même nom" in texts(page)
    assert "− prénoms différents" in texts(page)
    assert "+ of_tomorrow" in texts(page)
    assert len(table_rows(page)) == 2


def test_an_answer_is_kept_and_taken_back(url: str) -> None:
    page = page_test("authority", url, "fr").run()
    page.button(key="authority.same").click().run()
    assert not page.exception
    (made,) = opened(url).authority_decisions()
    assert (made.action, made.left, made.right) == ("same", ("d:Jean Marceline:1",), (f"d:{HOSTILE}:1",))
    assert "Jean Marceline" not in texts(page)
    page.button(key="authority.undo").click().run()
    assert "Jean Marceline" in texts(page)
    assert opened(url).authority_questions(AuthorityFilter(is_answered=True))[1] == 0


def test_an_entry_of_the_list_is_accepted_or_refused(url: str) -> None:
    page = page_test("authority", url, "en").run()
    page.selectbox(key="authority.asked").select("entry").run()
    assert "wikidata:Q1" in texts(page)
    page.button(key="authority.not_identifier").click().run()
    (made,) = opened(url).authority_decisions()
    assert (made.action, made.identifier, made.right) == ("not_identifier", "wikidata:Q1", ())
    assert page.info


def test_what_is_passed_over_comes_back(url: str) -> None:
    page = page_test("authority", url, "fr").run()
    seen = []
    for _ in range(4):
        seen.append(page.text[0].value)
        page.button(key="authority.skip").click().run()
    assert seen[:3] == ["Jean Marceline", "Anna Brac", "Paul Bréguet"]
    assert seen[3] == "Jean Marceline"


def test_what_the_program_joined_can_be_parted(url: str) -> None:
    page = page_test("authority", url, "fr").run()
    page.selectbox(key="authority.state").select("automatic").run()
    assert "Luc Orsini" in texts(page)
    page.button(key="authority.different").click().run()
    page.selectbox(key="authority.state").select("answered").run()
    assert "Répondu : pas le même" in texts(page)


def test_names_are_looked_for(url: str) -> None:
    page = page_test("authority", url, "fr").run()
    page.text_input(key="authority.search").set_value("BREGUET").run()
    assert "Paul Bréguet" in texts(page)
    page.text_input(key="authority.search").set_value("personne").run()
    assert page.info


def test_a_desk_without_questions_says_where_they_come_from(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'vide.db'}"
    opened(address)
    page = page_test("authority", address, "en").run()
    assert "parcferme authority build --db" in page.info[0].value
