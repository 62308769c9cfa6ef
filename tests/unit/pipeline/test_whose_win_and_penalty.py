"""To whom a win or a penalty goes where several are named. All people are invented."""

from __future__ import annotations

import pytest

import extractor
from extractor.record import RaceRecord

LEAD = "Coupe de l'Armagnac à Nogaro\n\nSur le circuit de Nogaro, les pilotes ont disputé la course sur vingt tours. "


def read(text: str) -> tuple[RaceRecord, dict[str, str]]:
    record = extractor.extract(LEAD + text)
    return record, {driver.id: driver.name for driver in record.drivers}


@pytest.mark.parametrize(
    "text",
    [
        "Paul Jouvion hérite de la victoire après le déclassement d'Henri Tassard.",
        "Paul Jouvion empoche la victoire grâce à l'abandon d'Henri Tassard.",
        "Paul Jouvion signe une victoire de prestige malgré le retour d'Henri Tassard.",
        "Paul Jouvion décroche un succès mérité face au jeune Henri Tassard.",
    ],
)
def test_a_win_is_not_his_whose_misfortune_made_it(text: str) -> None:
    record, names = read(text)
    won = [names[r.drivers[0]] for r in record.results if (r.kind, r.position) == ("final", 1)]
    assert won == ["Paul Jouvion"]


def test_a_win_is_his_whom_the_noun_names() -> None:
    record, names = read("Belle victoire pour Henri Tassard, devant Paul Jouvion.")
    assert [names[r.drivers[0]] for r in record.results if r.position == 1] == ["Henri Tassard"]


def test_those_who_stand_beside_the_winner_are_second_and_third() -> None:
    record, names = read(
        "C'est Paul Jouvion qui coupe la ligne en vainqueur, Henri Tassard et Luc Ferrand l'accompagnant sur le podium."
    )
    order = {r.position: names[r.drivers[0]] for r in record.results if r.kind == "final"}
    assert order == {1: "Paul Jouvion", 2: "Henri Tassard", 3: "Luc Ferrand"}


@pytest.mark.parametrize(
    "text",
    [
        "Henri Tassard attaquait. Une pénalité de dix secondes était infligée à Paul Jouvion.",
        "Un drive-through a été infligé à Paul Jouvion pour vitesse excessive dans les stands.",
        "Une pénalité de trente secondes fut attribuée à Paul Jouvion.",
        "Trente secondes ont été ajoutées à Paul Jouvion pour un départ anticipé.",
        "Paul Jouvion s'est vu infliger un drive-through.",
        "La direction de course inflige un drive-through à Paul Jouvion.",
    ],
)
def test_a_penalty_goes_to_whom_it_is_handed(text: str) -> None:
    record, names = read(text)
    punished = {names.get(p.driver or "") for i in record.incidents for p in i.participants}
    assert punished == {"Paul Jouvion"}


def test_a_stop_for_work_on_the_car_is_no_penalty() -> None:
    record, _ = read(
        "Un passage par les stands pour changer le capot envoyait Henri Tassard au huitième rang."
    )
    assert not [i for i in record.incidents if i.type == "penalty"]


def test_a_passage_through_the_pits_is_a_penalty() -> None:
    record, _ = read("Henri Tassard écope d'un passage par les stands.")
    assert [i.type for i in record.incidents] == ["penalty"]


@pytest.mark.parametrize(
    "told",
    [
        "Trente équipages ont pris le départ de la course, douze ont abandonné.",
        "Sur les vingt partants, deux d'entre eux ont cassé leur moteur.",
        "Huit seulement ont fini ; quatre autres ont abandonné.",
    ],
)
def test_a_mere_number_does_not_put_the_one_named_before_out(told: str) -> None:
    record, _ = read(f"Paul Jouvion a remporté la course devant Henri Tassard. {told}")
    assert not [r for r in record.results if r.status == "dnf"]
    assert not [p for i in record.incidents for p in i.participants if p.driver]


def test_both_of_those_named_before_are_meant_by_the_two() -> None:
    record, names = read("Paul Jouvion et Henri Tassard roulaient ensemble. Les deux ont abandonné.")
    out = {names[d] for r in record.results if r.status == "dnf" for d in r.drivers}
    assert out == {"Paul Jouvion", "Henri Tassard"}


def test_whoever_is_beaten_by_the_winner_was_not_beaten_to_the_pole() -> None:
    record, names = read("Lucas Mahier, en pole, s'impose devant Luc Ferrand.")
    assert [(r.position, names[r.drivers[0]]) for r in record.results if r.kind == "grid"] == [
        (1, "Lucas Mahier")
    ]


def test_a_place_after_some_laps_is_the_running_order() -> None:
    record, _ = read(
        "Parti loin sur la grille, douzième après deux tours, Marc Guillard débutait sa remontée."
    )
    assert [(r.kind, r.position) for r in record.results] == [("running", 12)]


def test_each_wins_his_own_class_where_they_are_told_in_turn() -> None:
    record, names = read(
        "Henri Tassard, Paul Jouvion et Luc Ferrand gagnent respectivement en GT4, GT3 et Division 3."
    )
    won = {(r.scope, names[r.drivers[0]], len(r.drivers)) for r in record.results}
    assert won == {("GT4", "Henri Tassard", 1), ("GT3", "Paul Jouvion", 1), ("Division 3", "Luc Ferrand", 1)}


@pytest.mark.parametrize(
    "classes", ["en Brumard et en Brumette", "dans leurs catégories", "en GT4 et dans une classe à part"]
)
def test_those_who_win_in_turn_have_not_won_together(classes: str) -> None:
    record, names = read(
        "Paul Jouvion est le grand vainqueur alors que Henri Tassard et Luc Ferrand s'imposent quant à eux "
        f"respectivement {classes}."
    )
    won = [[names[d] for d in r.drivers] for r in record.results if r.position == 1]
    assert ["Henri Tassard", "Luc Ferrand"] not in won
