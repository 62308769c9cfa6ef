"""The season's page: reviewed reports alone unless asked otherwise, every cell with its document, nothing made up."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("altair")
pytest.importorskip("sqlalchemy")
from ui_builders import fill, opened, page_test, table_rows

from extractor.exports.html.tables import TableOfPage, tables_page
from extractor.review.season import Cell, Place, Source
from extractor.review.season_reports import season_reports, series_of
from extractor.ui.season_tables import said_in_words, tone_of
from extractor.ui.words import Words


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('season') / 'relecture.db'}"
    fill(address)
    return address


@pytest.mark.parametrize(
    ("language", "joined", "spin"),
    [
        ("fr", "ne sont réunis d'un document à l'autre que", "Tête-à-queue"),
        ("en", "are joined across documents only", "Spin"),
    ],
)
def test_only_reviewed_reports_make_a_season(url: str, language: str, joined: str, spin: str) -> None:
    page = page_test("season", url, language).run()
    assert not page.exception
    assert [row[0]["text"] for row in table_rows(page)] == ["Henri TAVEL", "Jo Rivoal"]
    assert joined in page.caption[0].value
    assert table_rows(page, 2)[0][0]["text"] == spin


@pytest.mark.slow
def test_the_rest_is_shown_when_asked_for(url: str) -> None:
    page = page_test("season", url, "fr").run()
    page.checkbox(key="season.rest").check().run()
    rows = {row[0]["text"]: [cell.get("text", "") for cell in row[1:]] for row in table_rows(page)}
    assert rows["Henri TAVEL"] == ["1", "1", ""]
    assert "dont 2 pas encore relus" in page.caption[0].value


@pytest.mark.slow
def test_a_season_without_reviewed_reports_says_so(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'vide.db'}"
    opened(address)
    assert page_test("season", address, "fr").run().info


def test_spellings_of_a_series_are_one_series(url: str) -> None:
    (alpages,) = series_of(opened(url), 1964)
    assert (alpages.name, alpages.documents, alpages.reviewed) == ("Coupe des Alpages", 3, 1)
    assert series_of(opened(url), 1999) == ()
    found = season_reports(opened(url), alpages.spellings, 1964, with_rest=True)
    assert found.total == 3
    assert sum(report.is_settled for report in found.reports) == 1


def place(position: int | None, status: str = "classified") -> Place:
    return Place(position, status, None, Source("a", "Compte rendu", "r1"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("places", "french", "tone"),
    [
        ((place(1),), "1", "first"),
        ((place(3), place(3)), "3", "podium"),
        ((place(1), place(2)), "1 ≠ 2", "differs"),
        ((place(None, "dnf"),), "Abd.", "out"),
        ((place(None),), "cité", "soft"),
        ((place(7),), "7", ""),
    ],
)
def test_a_cell_says_what_the_reports_say(places: tuple[Place, ...], french: str, tone: str) -> None:
    said = Cell(places)
    assert said_in_words(Words("fr"), said) == french
    assert tone_of(said) == tone


def test_the_page_to_take_away_holds_text_alone() -> None:
    page = tables_page(
        "<b>1964</b>", [], [TableOfPage("T", (), ["<i>"], [["<script>alert(1)</script>", ""]])], "fr"
    )
    assert "<script" not in page
    assert "&lt;b&gt;1964" in page
    assert 'lang="fr"' in page


@pytest.mark.slow
def test_the_address_names_the_season(url: str) -> None:
    page = page_test("season", url, "fr")
    page.query_params.update({"year": "1964", "series": "Coupe des Alpages", "rest": "1", "key": "other"})
    page.run()
    assert page.checkbox(key="season.rest").value
    assert page.query_params == {"year": "1964", "series": "Coupe des Alpages", "rest": "1"}
    nonsense = page_test("season", url, "fr")
    nonsense.query_params.update({"year": "<b>", "series": "Nulle part", "rest": "yes"})
    nonsense.run()
    assert not nonsense.exception
    assert nonsense.query_params == {"year": "1964", "series": "Coupe des Alpages"}
