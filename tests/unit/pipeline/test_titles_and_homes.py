"""Who is meant where a title, a home or a car stands beside the name. All people are invented."""

from __future__ import annotations

import pytest

import extractor
from extractor.record import RaceRecord

LEAD = "Coupe de l'Armagnac à Nogaro\n\nSur le circuit de Nogaro, les pilotes ont disputé la finale. "


def read(text: str) -> RaceRecord:
    return extractor.extract(LEAD + text)


def names(record: RaceRecord) -> set[str]:
    return {driver.name for driver in record.drivers}


def finals(record: RaceRecord) -> dict[int | None, str]:
    by_id = {driver.id: driver.name for driver in record.drivers}
    return {r.position: by_id[r.drivers[0]] for r in record.results if r.kind == "final"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Paul Jouvion gagne devant l'Allemand Klostermann et le Corse Santucci.",
            {"Paul Jouvion", "Klostermann", "Santucci"},
        ),
        ("Le Lausannois Marcel Genton l'emporte.", {"Marcel Genton"}),
        ("Le Fontenaisien Rouchard a gagné devant Luc Ferrand.", {"Rouchard", "Luc Ferrand"}),
        ("Il devance le jeune Breton Kerbrat et notre Lyonnais Chardonnet.", {"Kerbrat", "Chardonnet"}),
        ("La Suisse Romande et l'Allemagne Fédérale suivent la finale.", set()),
        ("Le Portugais Motorsport et l'Italien Racing Team finissent la course.", set()),
    ],
)
def test_where_somebody_comes_from_stands_before_the_name(text: str, expected: set[str]) -> None:
    assert names(read(text)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "le champion de France",
        "le champion de France en titre",
        "le champion en titre",
        "l'ancien champion de France",
    ],
)
def test_a_title_that_is_held_is_no_result(title: str) -> None:
    record = read(f"Sylvain Chamereau remporte cette finale devant {title} Anthony Lanoeuf.")
    assert finals(record) == {1: "Sylvain Chamereau", 2: "Anthony Lanoeuf"}
    assert not [r for r in record.results if r.kind == "championship"]


def test_france_is_a_first_name_where_no_title_stands_before() -> None:
    assert "France Gallois" in names(read("La jeune France Gallois l'emporte devant Marie Léalor."))


@pytest.mark.parametrize(
    "text",
    [
        "Laurent Lascaux réalisait une superbe première en Supercar.",
        "C'était sa première, à Laurent Lascaux.",
    ],
)
def test_what_is_done_for_the_first_time_is_no_place(text: str) -> None:
    assert not read(text).results


def test_first_of_a_class_is_a_place() -> None:
    record = read("Marie Léalor termine première des féminines.")
    assert [(r.position, r.scope) for r in record.results] == [(1, "féminines")]


def test_coming_into_the_leading_group_is_no_contact() -> None:
    assert not read("Louis Brissard, Noam Lagarnier et Marie Léalor rentrent dans le top 5.").incidents


def test_driving_into_somebody_is_a_contact() -> None:
    assert read("Louis Brissard rentre dans l'arrière de Noam Lagarnier.").incidents


def test_a_win_goes_to_its_subject_though_others_are_named_behind() -> None:
    record = read("Jimmy Clairot décrochait son premier succès de la saison devant Henri Tassard.")
    assert finals(record) == {1: "Jimmy Clairot", 2: "Henri Tassard"}


def test_who_wins_again_has_won_both() -> None:
    record = read(
        "Antoine Brognard dominait la journée. Vainqueur de la première manche devant Maxime Grillot, il "
        "récidivait en finale, cette fois face à Hugo Choisel."
    )
    assert finals(record)[1] == "Antoine Brognard"
    assert "Hugo Choisel" in [
        d.name for r in record.results if r.position == 2 for d in record.drivers if d.id in r.drivers
    ]


def test_the_subject_is_not_whoever_is_named_behind() -> None:
    record = read(
        "Paul Davier s’est montré intouchable. Auteur de la pole position, vainqueur de la finale, il a mérité "
        "son sacre, malgré la forte résistance de Nelson Bondin."
    )
    assert finals(record) == {1: "Paul Davier"}


def test_a_model_in_brackets_is_no_start_number() -> None:
    record = read(
        "Division 3 : 1- David Vincin (Clio 4), 2- Benoît Morelle (Ford), 3- Grégory Le Guerne (208), "
        "4- Xavier Briffard (208)."
    )
    assert not [entry.number for entry in record.entries if entry.number]


def test_start_numbers_in_brackets_stay() -> None:
    record = read("1- David Vincin (12), 2- Benoît Morelle (7), 3- Grégory Le Guerne (208).")
    assert {entry.number for entry in record.entries} == {"12", "7", "208"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jeremy Roynot et Nicolas Charlier (Renault), qui doit se contenter de la septième place.",
            ["Nicolas Charlier"],
        ),
        (
            "Henri Tassard et Luc Ferrand, qui ont crevé, terminent septièmes.",
            ["Henri Tassard", "Luc Ferrand"],
        ),
    ],
)
def test_the_verb_of_a_relative_clause_tells_how_many_are_meant(text: str, expected: list[str]) -> None:
    record = read(text)
    by_id = {driver.id: driver.name for driver in record.drivers}
    placed = [by_id[d] for r in record.results if r.position == 7 for d in r.drivers]
    assert placed == expected


def test_what_opens_a_sentence_without_an_article_stands_beside_its_subject() -> None:
    record = read(
        "Nicolas Masson signait la pole. Paul Davier s’est montré intouchable en Master. Auteur de la pole "
        "position, leader des manches et vainqueur de la finale, il a mérité son titre."
    )
    assert finals(record) == {1: "Paul Davier"}


def test_a_crew_told_with_its_team_mate_wins_together() -> None:
    record = read(
        "Willemot et son équipier Egginot, hollandais, font cavaliers seuls. Ils gagnent devant Henri Tassard."
    )
    won = next(r for r in record.results if r.position == 1)
    by_id = {driver.id: driver.name for driver in record.drivers}
    assert [by_id[d] for d in won.drivers] == ["Willemot", "Egginot"]


def test_a_marker_touched_costs_a_penalty_and_is_no_crash() -> None:
    record = read("Henri Tassard a été pénalisé pour avoir touché un plot de balisage.")
    assert [i.type for i in record.incidents] == ["penalty"]
