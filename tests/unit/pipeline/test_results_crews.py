"""Crews of long races: who shares a car shares its place."""

from __future__ import annotations

from marked import cases, read

A, B, C, D, E = "Louis Marchal", "Jean Tavernier", "Paul Orsini", "Luc Morel", "Éric Besson"


def test_as_many_as_share_the_winning_car_are_a_crew() -> None:
    found = read(f"{A} et {B} gagnent les 24 Heures devant {C} et {D}.").results
    assert {f"final 1 {B} + {A}", f"final 2 {D} + {C}"} <= set(found)


def test_who_has_a_car_of_his_own_is_no_crew() -> None:
    found = read(f"{A} et {B} gagnent la course devant {C} (Lola n° 3) et {D} (Ligier n° 4).").results
    assert {f"final 2 {C}", f"final 3 {D}"} <= set(found)


FLAG = {
    "with a lead": f"{A} prend le drapeau à damier avec 14 secondes d'avance sur {B}.",
    "in a car": f"{A} a pris le drapeau à damier dans sa Lola n° 50 avec 14 secondes d'avance sur {B}.",
    "under it": f"{A} passe sous le damier avec trois secondes d'avance sur {B}.",
}


@cases(FLAG)
def test_who_takes_the_flag_ahead_has_won(case: str) -> None:
    assert {f"final 1 {A}", f"final 2 {B}"} <= set(read(case).results)


def test_who_imposes_a_car_has_won() -> None:
    assert f"final 1 {A}" in read(f"{A} impose la Peugeot au Rallye du Val devant {B}.").results
    assert f"final 1 {A}" in read(f"{A} impose sa monture dans la course devant {B}.").results


def test_who_imposes_a_pace_has_not() -> None:
    found = read(f"{A} impose un rythme infernal dès le départ. {B} gagne la course.").results
    assert f"final 1 {A}" not in found


def test_a_place_won_another_year_takes_nobody_out_of_this_race() -> None:
    text = (
        f"{A} gagne les 24 Heures en 2022. L'écurie fait mieux que sa quatrième place obtenue en 2021 "
        f"en plaçant {C} sur le podium."
    )
    assert C in read(text).drivers


def test_who_is_said_to_drive_is_a_person() -> None:
    found = read(f"La Lola n° 8 pilotée par Pipo Deranot, {B} et {C} prend la quatrième place.").drivers
    assert "Pipo Deranot" in found
