"""Orders by the clock: hill climbs and slaloms, where each drives alone. All people and places are invented."""

from __future__ import annotations

import pytest
from marked import cases, read

from extractor.values.times import clock_at

CLIMB = "Course de côte de Brumeval\n\nSoixante pilotes étaient à la course de côte de Brumeval, pour deux montées.\n\n"
SLALOM = "Slalom de Brumeval\n\nSoixante pilotes étaient au slalom de Brumeval, entre les quilles.\n\n"
FIRST = {
    f"heat 1: final {n} {name}"
    for n, name in enumerate(("Louis Marchal", "Jean Tavernier", "Paul Orsini"), 1)
}


def told(text: str) -> set[str]:
    return {line for line in read(text).told if ": final" in line or ": qualifying" in line}


RUNS = {
    "one after another": "Première montée : Louis Marchal signe 1'04\"912, Jean Tavernier 1'05\"330 et Paul Orsini 1'06\"1.",
    "each with his verb": "Première montée. Louis Marchal réalise 4'02\"8, Jean Tavernier (Osella) est crédité de 4'04\"0, Paul Orsini de 4'05\"1.",
    "best time and ordinals": "Première montée. La Lotus de Louis Marchal fait le meilleur temps en 4'02\"8. L'Elva de Jean Tavernier est deuxième en 4'04\"0 et la Porsche de Paul Orsini troisième en 4'05\"1.",
    "a model that is a number": "Première montée. La Lotus 23 de Louis Marchal fait le meilleur temps en 4'02\"8. La Lotus 30 de Jean Tavernier est deuxième en 4'04\"0, puis vient la Ferrari de Paul Orsini en 4'05\"1.",
    "old times": "Première montée. Louis Marchal est le plus rapide en 2 mn 26 s 4/10, devant Jean Tavernier, 2 mn 28 s, et Paul Orsini, 2 mn 31 s 2/10.",
    "second best times": "Première montée. Meilleur temps pour Louis Marchal. Jean Tavernier signe le deuxième temps, Paul Orsini le troisième temps.",
}  # fmt: skip


@cases(RUNS)
def test_times_make_the_order_of_a_run(case: str) -> None:
    found = told(CLIMB + case + "\n\nSeconde montée. Il pleut.")
    assert found >= FIRST - {"heat 1: final 3 Paul Orsini"} if "puis vient" in case else found == FIRST


SILENT = {
    "a record": "Première montée. Louis Marchal monte en 1'04\"9 ; l'ancien record appartenait à Jean Tavernier, 1'05\"3.",
    "practice": "Essais. Louis Marchal signe 1'04\"9 aux essais, Jean Tavernier 1'05\"3.",
    "one's own two runs": "Première montée. Louis Marchal passe de 1'06\"2 à 1'04\"9.",
    "faster behind slower": "Première montée. Louis Marchal met 1'06\"2, Jean Tavernier 1'04\"9.",
    "times far apart": "Première montée. Louis Marchal signe 1'04\"9, Jean Tavernier 3'05\"3.",
}


@cases(SILENT)
def test_other_times_make_no_order(case: str) -> None:
    found = {line for line in told(CLIMB + case + "\n\nSeconde montée. Il pleut.") if ": final" in line}
    assert not {line for line in found if "Jean Tavernier" in line}


def test_laps_of_a_race_make_no_order() -> None:
    text = "Circuit de Brumeval\n\nDans cette course, Louis Marchal tourne en 1'04\"9, Jean Tavernier en 1'05\"3."
    assert not told(text)


def test_a_slalom_has_its_best_times() -> None:
    text = (
        SLALOM
        + "En première manche, meilleur temps pour la Golf GTI de Louis Marchal en 1'09\"57, devant Jean Tavernier, 1'09\"80."
    )
    assert (
        {line for line in told(text) if line.endswith(("1 Louis Marchal", "2 Jean Tavernier"))}
        == told(text)
        != set()
    )


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("4'02\"8", 242.8), ("2 mn 26 s 4 / 10", 146.4), ("1 m . 12 s . 205", 72.205), ("36 s . 1 / 5", 36.2), ("6.29.2", 389.2),
        ("1 h . 57 min . 13 s . 2 / 5", 7033.4), ("57\"3", 57.3), ("48\" 2 / 5", 48.4), ("59 secondes", 59.0), ("1:12.4", 72.4),
    ],
)  # fmt: skip
def test_clock_times(words: str, seconds: float) -> None:
    found = clock_at(words.split(" "), 0)
    assert found is not None
    assert found == (pytest.approx(seconds), len(words.split(" ")))


@pytest.mark.parametrize(
    "words", ['8"4', "12 h 30", "1.500", "205", "14 juillet", "15 tours", "3 s . 4 / 5", "n° 12"]
)
def test_no_clock_times(words: str) -> None:
    assert clock_at(words.split(" "), 0) is None
