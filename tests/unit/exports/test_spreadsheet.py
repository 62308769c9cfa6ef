"""Tables for spreadsheets: numbers as each language writes them, and no formulas from documents."""

from __future__ import annotations

import pytest

from extractor.exports.spreadsheet import defused, table_csv


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@somme", "＝1", "\t=1", " =1"])
def test_what_a_spreadsheet_would_reckon_with_is_defused(text: str) -> None:
    assert defused(text).startswith("'")


def test_names_stay_as_they_are() -> None:
    assert defused("Jean-Marc d’Arbois") == "Jean-Marc d’Arbois"
    assert defused("deux\nlignes\x1b[31m") == "deux lignes"


def test_french_and_english_spreadsheets_get_what_they_read() -> None:
    rows = [["Tavel; Orsini", 0.25, 3, None]]
    assert table_csv(["qui", "part", "n", "rien"], rows, "fr").decode("utf-8-sig") == (
        'qui;part;n;rien\r\n"Tavel; Orsini";0,25;3;\r\n'
    )
    assert table_csv(["who"], [[-1.5]], "en").decode("utf-8-sig") == "who\r\n-1.5\r\n"


def test_half_a_character_does_not_stop_a_table() -> None:
    assert b"Tavel" in table_csv(["Tavel\ud800"], [], "fr")
