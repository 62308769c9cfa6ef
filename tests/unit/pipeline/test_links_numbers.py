"""Whose car a number is: explained behind a comma, leading a row, behind a bracket."""

from __future__ import annotations

from marked import cases, read

NUMBERS = {
    "a number, then its car": (
        "La n° 9, Bugatti de Louis Marchal et Jean Tavernier, est venue derrière.",
        {"Jean Tavernier + Louis Marchal | - | 9 | Bugatti | -"},
    ),
    "a number, then its car with an article": (
        "Le n° 4, l'Alfa Romeo de Louis Marchal, s'est éteint sous la pluie.",
        {"Louis Marchal | - | 4 | Alfa Romeo | -"},
    ),
    "a number, then the entrant's car": (
        "La n° 1, Ferrari de l'Écurie Brume, confiée à Louis Marchal, l'a emporté.",
        {"Louis Marchal | Écurie Brume | 1 | Ferrari | -"},
    ),
    "behind a bracket, before a full stop": (
        "On trouve ensuite Louis Marchal (Écurie Brume), n° 12.",
        {"Louis Marchal | Écurie Brume | 12 | - | -"},
    ),
    "brought home": (
        "Louis Marchal et Jean Tavernier amènent la Lada n° 31 à la troisième place.",
        {"Jean Tavernier + Louis Marchal | - | 31 | Lada | -"},
    ),
    "somebody else's number": (
        "Louis Marchal, n° 9, devance la Bugatti de Jean Tavernier.",
        {"Louis Marchal | - | 9 | - | -", "Jean Tavernier | - | - | Bugatti | -"},
    ),
}


@cases(NUMBERS)
def test_whose_number(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected


def _worn(rows: str) -> set[tuple[str, str | None]]:
    reading = read("Voici les voitures.\n\n" + rows)
    return {(reading.crew(entry.drivers), entry.number) for entry in reading.record.entries}


def test_numbers_in_no_order_lead_the_rows_of_their_cars() -> None:
    rows = "14 — Marchal — 1er — 25 mn 31 s\n37 — Tavernier — 2e — à 1 s\n8 — Orsini — 3e — à 6 s\n22 — Lemaire — 4e — à 7 s\n"
    assert _worn(rows) == {("Marchal", "14"), ("Tavernier", "37"), ("Orsini", "8"), ("Lemaire", "22")}


def test_ranks_that_rise_are_no_numbers() -> None:
    rows = "1 — Marchal — 25 mn 31 s\n2 — Tavernier — à 1 s\n3 — Orsini — à 6 s\n5 — Lemaire — à 7 s\n"
    assert {number for _, number in _worn(rows)} <= {None}


def test_points_that_fall_are_no_numbers() -> None:
    rows = "47 | Marchal | 2 | 1\n45 | Tavernier | 1 | 3\n42 | Orsini | 3 | 2\n34 | Lemaire | 5 | 4\n"
    assert {number for _, number in _worn(rows)} <= {None}
