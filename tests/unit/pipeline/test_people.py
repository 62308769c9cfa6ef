"""Who is who: one entity over all spellings, and whom nominals and pronouns mean."""

from __future__ import annotations

import pytest
from marked import TITLE, cases, read, weak

SAME = {
    "surname": (
        "Louis Marchal part en tête. Marchal gagne devant Jean Tavernier.",
        {"Louis Marchal": ["Marchal"], "Jean Tavernier": []},
    ),
    "first name": (
        "Louis Marchal et Jean Tavernier partent devant. Louis gagne la course.",
        {"Louis Marchal": ["Louis"], "Jean Tavernier": []},
    ),
    "capitals": ("Louis MARCHAL part en tête. Louis Marchal gagne.", {"Louis Marchal": ["Louis MARCHAL"]}),
    "surname first": (
        "Louis Marchal part en tête.\n\n1. MARCHAL Louis\n2. TAVERNIER Jean",
        {"Louis Marchal": ["MARCHAL Louis"], "TAVERNIER Jean": []},
    ),
    "initial": ("Louis Marchal part en tête. L. Marchal gagne.", {"Louis Marchal": ["L. Marchal"]}),
    "particle": (
        "Ricardo van der Meulen part en tête. Van der Meulen gagne la course.",
        {"Ricardo van der Meulen": ["Van der Meulen"]},
    ),
    "hyphen": (
        "Jean-Paul Marchal part en tête. Jean Paul Marchal gagne.",
        {"Jean-Paul Marchal": ["Jean Paul Marchal"]},
    ),
    "accents": ("Éloïse Frénoy part en tête. Eloise Frenoy gagne.", {"Éloïse Frénoy": ["Eloise Frenoy"]}),
    "slip": (
        "Bastien Lourençal part en tête. Bastien Lourencel gagne la course.",
        {"Bastien Lourençal": ["Bastien Lourencel"]},
    ),
    "slip in the surname alone": (
        "Bastien Lourençal part en tête. Au 3e tour, Lourencel double Jean Tavernier.",
        {"Bastien Lourençal": ["Lourencel"], "Jean Tavernier": []},
    ),
    "slip that opens a sentence": (
        "Bastien Lourençal part en tête. Lourencel abandonne la course.",
        {"Bastien Lourençal": ["Lourencel"]},
    ),
    "longer form": (
        "Louis Marchal part en tête. Louis Marchal-Dubreuil gagne.",
        {"Louis Marchal-Dubreuil": ["Louis Marchal"]},
    ),
}


@cases(SAME)
def test_one_person_in_many_spellings(case: tuple[str, dict[str, list[str]]]) -> None:
    text, expected = case
    record = read(text).record
    found = [{d.name, *d.aliases} for d in record.drivers]
    assert sorted(map(sorted, found)) == sorted(
        sorted({name, *aliases}) for name, aliases in expected.items()
    )


OTHERS = {
    "brothers": (
        "Michel Gaudron devance son frère Pierre Gaudron sur la ligne.",
        {"Michel Gaudron", "Pierre Gaudron"},
    ),
    "Michel and Michèle": (
        "Michel Gaudron devance Michèle Gaudron sur la ligne.",
        {"Michel Gaudron", "Michèle Gaudron"},
    ),
    "Jean and Jeanne": ("Jean Perrin devance Jeanne Perrin sur la ligne.", {"Jean Perrin", "Jeanne Perrin"}),
    "initials apart": ("L. Marchal devance J. Marchal sur la ligne d'arrivée.", {"L. Marchal", "J. Marchal"}),
    "shared surname": ("Thierry et Mathis Gaudron gagnent la course.", {"Thierry Gaudron", "Mathis Gaudron"}),
    "a brother and somebody else": (
        "Pierre Gaudron mène devant Thierry Gaudron, puis son frère Thierry et Mathis Perrin reviennent sur lui.",
        {"Pierre Gaudron", "Thierry Gaudron", "Mathis Perrin"},
    ),
    "father and son": (
        "Brumel père et fils gagnent le rallye devant Louis Marchal et Jean Tavernier. Éric Brumel conduit.",
        {"Louis Marchal", "Jean Tavernier"},
    ),
    "near surnames": ("Paul Martin devance Paul Marchal sur la ligne.", {"Paul Martin", "Paul Marchal"}),
}


@cases(OTHERS)
def test_different_people_stay_apart(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert expected <= read(text).drivers


def test_a_surname_goes_to_the_brother_named_last() -> None:
    reading = read("Michel Gaudron mène. Pierre Gaudron remonte. Gaudron gagne la course.")
    assert "final 1 Pierre Gaudron" in reading.results


FATHERS = {
    "inside": "La victoire revient à Brumel père et fils devant Louis Marchal.",
    "opening": "Lambert père et fils gagnent la course devant Louis Marchal.",
    "opening, on no list": weak(
        "Brumel père et fils gagnent la course devant Louis Marchal.",
        because="a surname that no list has is no name at the head of a sentence",
    ),
}


@cases(FATHERS)
def test_father_and_son_are_two(case: str) -> None:
    assert len(read(case).drivers) == 3


REFERENCES = {
    "the winner, long after": (
        "Louis Marchal s'impose devant Jean Tavernier. Paul Orsini a cassé son moteur. Le vainqueur était ravi.",
        "Louis Marchal",
        ["Le vainqueur"],
    ),
    "the race's winner before a class's": (
        "Louis Marchal s'impose. En Junior, Paul Orsini gagne. Le vainqueur était ravi.",
        "Louis Marchal",
        ["Le vainqueur"],
    ),
    "ce dernier": (
        "Louis Marchal double Jean Tavernier. Ce dernier abandonne.",
        "Jean Tavernier",
        ["Ce dernier"],
    ),
    "poleman": (
        "Louis Marchal signe la pole. Jean Tavernier part mieux, le poleman abandonne.",
        "Louis Marchal",
        ["le poleman"],
    ),
    "Lyonnais": (
        "Le Lyonnais Louis Marchal mène devant Jean Tavernier. Le Lyonnais abandonne.",
        "Louis Marchal",
        ["Le Lyonnais"],
    ),
    "pilote corse": (
        "Le Corse Paul Orsini mène devant Jean Tavernier. Le pilote corse abandonne.",
        "Paul Orsini",
        ["Le pilote corse"],
    ),
    "pilote of a team": (
        "Louis Marchal (Écurie Brume) mène devant Jean Tavernier (Team Sillage). Le pilote Team Sillage abandonne.",
        "Jean Tavernier",
        ["Le pilote Team Sillage"],
    ),
    "son équipier": (
        "Louis Marchal (Écurie Brume), Jean Tavernier (Team Sillage) et Paul Orsini (Écurie Brume) partent. Marchal mène, son équipier abandonne.",
        "Paul Orsini",
        ["son équipier"],
    ),
    "number": (
        "Louis Marchal (#24) mène devant Jean Tavernier (#7) et Paul Orsini (#5). La #24 abandonne.",
        "Louis Marchal",
        ["#24"],
    ),
    "il": ("Louis Marchal mène la course. Il gagne.", "Louis Marchal", ["Il"]),
    "elle": ("Maëlle Castagnède mène la course. Elle gagne.", "Maëlle Castagnède", ["Elle"]),
    "car": weak(
        "Louis Marchal (Alpine A110) mène devant Jean Tavernier (Porsche 911). La Porsche abandonne.",
        "Jean Tavernier",
        ["La Porsche"],
        because="a make with an article does not lead back to its driver",
    ),
}


@cases(REFERENCES)
def test_whom_words_mean(case: tuple[str, str, list[str]]) -> None:
    text, who, words = case
    reading = read(text)
    found = reading.mentions(who) + reading.mentions(who, "pronoun")
    assert set(words) <= set(found)


NOT_COMPETING = {
    "team manager": "Louis Marchal gagne la course. Le directeur d'équipe, Paul Orsoni, est ravi.",
    "race director": "Louis Marchal gagne la course. Le directeur de course Paul Orsoni applaudit.",
    "president": "Louis Marchal gagne la course. Paul Orsoni, président de l'association, est ravi.",
    "mayor": "Louis Marchal gagne la course. Paul Orsoni, maire de Brumeval, remet les coupes.",
}


def test_who_regrets_is_not_regretted() -> None:
    assert read(
        "« Quel dommage pour l'équipe ! », regrette Louis Marchal. Le regretté Paul Orsoni avait dessiné le circuit."
    ).drivers == {"Louis Marchal"}


@cases(NOT_COMPETING)
def test_officials_are_no_drivers(case: str) -> None:
    assert read(case).drivers == {"Louis Marchal"}


@pytest.mark.parametrize(
    "name",
    [
        "Louis Marchal",
        "Maëlle Castagnède",
        "Yann Le Goff",
        "Piet Van den Broeck",
        "Jean-Paul Marchal-Dubreuil",
    ],
)
def test_every_name_is_a_mention(name: str) -> None:
    text = f"{name} mène la course, {name} gagne, et c'est {name} qui sourit."
    (driver,) = read(text).record.drivers
    assert [m.text for m in driver.mentions if m.form == "name"] == [name] * 3


def test_the_fullest_form_is_the_name() -> None:
    reading = read("Marchal mène. L. Marchal double Tavernier. Louis Marchal gagne devant Jean Tavernier.")
    assert reading.drivers == {"Louis Marchal", "Jean Tavernier"}


NOT_IN_THE_RACE = {
    "thanked": "Louis Marchal gagne. Merci à Mme Tavernier pour les sandwiches.",
    "giver of a cup": "Louis Marchal gagne et reçoit la coupe de M. Tavernier, premier adjoint.",
    "treasurer": "Louis Marchal gagne. Jean Tavernier, notre trésorier, attend les chèques.",
    "who leads the stable": "Louis Marchal gagne. M. Jean Tavernier, qui dirige le club, pleurait.",
}


@cases(NOT_IN_THE_RACE)
def test_who_is_no_driver(case: str) -> None:
    assert read(case).drivers == {"Louis Marchal"}


ALIKE = {
    "one line each": "1. Valadier\n2. Castagna\n3. Bruyer\n4. Romand\n5. Broyer",
    "run in": "Classement : 1. Valadier ; 2. Castagna ; 3. Bruyer ; 4. Romand ; 5. Broyer.",
    "bare ranks": "1 Valadier\n2 Castagna\n3 Bruyer\n4 Romand\n5 Broyer",
}


@cases(ALIKE)
def test_two_places_of_one_list_are_two_people(case: str) -> None:
    assert {"Bruyer", "Broyer"} <= read(TITLE + case).drivers


def test_two_lists_may_spell_one_man_in_two_ways() -> None:
    lists = "Samedi : 1. Valadier ; 2. Bruyers ; 3. Castagna.\n\nDimanche : 1. Valadier ; 2. Broyers ; 3. Castagna."
    assert len(read(TITLE + lists).drivers & {"Bruyers", "Broyers"}) == 1


def test_the_name_of_a_circuit_goes_on() -> None:
    read_names = read(
        "Louis Marchal gagne sur le circuit du Clos d'Ambreville devant Jean Tavernier."
    ).drivers
    assert set(read_names) == {"Louis Marchal", "Jean Tavernier"}
