"""Dates as French papers of a century write them; times, laps and numbers are none."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.values.dates import Day, find_dates, iso_date, year_of


def told(text: str) -> list[tuple[str, tuple[date, date] | None]]:
    return [(text[one.start : one.end], one.on()) for one in find_dates(text, latest=2026)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Albi, le 5 juin 1954", "1954-06-05", "1954-06-05"),
        ("Publié le 12/05/2019 à 18h", "2019-05-12", "2019-05-12"),
        ("le 12.05.2019", "2019-05-12", "2019-05-12"),
        ("le 5-6-54, vers midi", "1954-06-05", "1954-06-05"),
        ("le 5.VI.1954", "1954-06-05", "1954-06-05"),
        ("2019-05-12T18:04", "2019-05-12", "2019-05-12"),
        ("du 3 au 5 mai 2019", "2019-05-03", "2019-05-05"),
        ("les 5 et 6 juin 1993", "1993-06-05", "1993-06-06"),
        ("les 5, 6 et 7 juin 1993", "1993-06-05", "1993-06-07"),
        ("Magny-Cours, 13-15 septembre 2019", "2019-09-13", "2019-09-15"),
        ("du 30 avril au 2 mai 2019", "2019-04-30", "2019-05-02"),
        ("du samedi 29 juillet au mardi 1er août 1989", "1989-07-29", "1989-08-01"),
        ("samedi 21 et dimanche 22 mai 2016", "2016-05-21", "2016-05-22"),
        ("DIMANCHE 11 JUIN\n1967", "1967-06-11", "1967-06-11"),
        ("le quatorze juillet 1931", "1931-07-14", "1931-07-14"),
        ("le 14 juillet MCMXXXII", "1932-07-14", "1932-07-14"),
        ("28 sept. 1958", "1958-09-28", "1958-09-28"),
        ("12 févr 1988", "1988-02-12", "1988-02-12"),
        ("9 8bre 1931", "1931-10-09", "1931-10-09"),
        ("le 15 aoust 1922", "1922-08-15", "1922-08-15"),
    ],
)
def test_days_are_read_in_all_their_forms(text: str, first: str, last: str) -> None:
    ((_, days),) = told(text)
    assert days == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "first_of_april", ["1er avril", "ler avril", "Ier avril", "1 er avril", "1'er avril"]
)
def test_the_first_of_a_month_survives_the_ocr(first_of_april: str) -> None:
    ((_, days),) = told(f"dimanche {first_of_april} 1934")
    assert days == (date(1934, 4, 1), date(1934, 4, 1))


@pytest.mark.parametrize(("text", "day"), [("lO juin 1934", 10), ("2O mai 1934", 20), ("l2 juin 1934", 12)])
def test_letters_stand_for_digits(text: str, day: int) -> None:
    assert find_dates(text)[0].first.day == day


@pytest.mark.parametrize(
    "text",
    [
        "les 24 Heures du Mans",
        "en 1'12\"4, soit 3/5 de mieux",
        "à 1.500 cm3",
        "le 35 mai",
        "le 31/13/2019",
        "la course 3/5",
        "2.05.12",
        "en 1.05.54",
        "le 12/05/24 ou un siècle plus tôt",
        "les six manches de mars",
        "au km 12.4.2",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert not told(text)


def test_a_number_before_a_date_is_no_day_of_it() -> None:
    assert told("Communiqué n° 5 – 19 mai 2003") == [("19 mai 2003", (date(2003, 5, 19), date(2003, 5, 19)))]
    assert told("BULLETIN N° 4 - DIMANCHE 27 SEPTEMBRE 1959")[0][1] == (date(1959, 9, 27), date(1959, 9, 27))
    assert told("Course 1, 2 mai 1998")[0][1] == (date(1998, 5, 2), date(1998, 5, 2))


def test_a_day_without_a_year_has_none_until_it_is_given() -> None:
    (found,) = find_dates("dimanche 6 septembre")
    assert found.on() is None
    assert found.on(2020) == (date(2020, 9, 6), date(2020, 9, 6))


def test_the_weekday_refutes_a_year_that_is_given() -> None:
    assert Day(6, 9, weekday=6).on(2021) is None
    assert Day(6, 9, year=2021, weekday=6).on() == date(2021, 9, 6)  # the writer's slip


def test_years_are_those_of_motor_racing() -> None:
    assert [year_of(word) for word in ("1954", "MCMLIV", "1200", "2300")] == [1954, 1954, None, None]


def test_dates_of_containers_are_iso_or_none() -> None:
    assert iso_date("2019-05-12T18:04:11+02:00") == date(2019, 5, 12)
    assert iso_date("12 mai") is None
