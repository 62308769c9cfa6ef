"""Names taken apart and compared."""

from __future__ import annotations

import pytest

from extractor.authority.entrant import compare_teams, parse_team
from extractor.authority.person import compare_given, compare_surnames, parse_person
from extractor.authority.resemblance import WORST, misreading_cost


@pytest.mark.parametrize(
    ("written", "given", "surname", "particle"),
    [
        ("Jean Dubois", ("jean",), "dubois", ""),
        ("J.-P. Dubois", ("j", "p"), "dubois", ""),
        ("JP Dubois", ("j", "p"), "dubois", ""),
        ("Dubois J.", ("j",), "dubois", ""),
        ("DUBOIS Jean-Pierre", ("jean", "pierre"), "dubois", ""),
        ("Dubois, Jean", ("jean",), "dubois", ""),
        ("Gérard DELOY", ("gerard",), "deloy", ""),
        ("Jean Pierre Dubois", ("jean", "pierre"), "dubois", ""),
        ("Comte Louis de Sorval", ("louis",), "sorval", "de"),
        ("de Sorval", (), "sorval", "de"),
        ("Jean d'Alma", ("jean",), "alma", "d"),
        ("d'Alma", (), "alma", "d"),
        ("Hans von Strelitz", ("hans",), "strelitz", "von"),
        ("DE ROVERA Jean", ("jean",), "rovera", "de"),
        ("Martin-Duval", (), "martin duval", ""),
        ("Dub0is", (), "dubois", ""),
    ],
)
def test_a_name_is_taken_apart(written: str, given: tuple[str, ...], surname: str, particle: str) -> None:
    parsed = parse_person(written)
    assert (parsed.given, parsed.surname, parsed.particle) == (given, surname, particle)


def test_the_son_is_not_the_father() -> None:
    assert parse_person("Dubois fils").generation == "younger"
    assert parse_person("Jean Dubois père").generation == "elder"


def test_a_nickname_in_quote_marks_is_no_part_of_the_name() -> None:
    parsed = parse_person("Jean « Jeannot » Dubois")
    assert (parsed.given, parsed.surname, parsed.nickname) == (("jean",), "dubois", "jeannot")


@pytest.mark.parametrize("written", ["", "  ", "…", "«", "-", "'", ",", ", ,", "d'", "\x00", "1", "🏁"])
def test_what_is_no_name_is_taken_apart_without_a_fault(written: str) -> None:
    assert isinstance(parse_person(written).surname, str)
    assert isinstance(parse_team(written).joined, str)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Jean", "Jean", "same"),
        ("Raymond", "Raymend", "near"),
        ("Fred", "Frédéric", "nickname"),
        ("Jean", "Jean-Pierre", "part"),
        ("J.", "Jean", "initial"),
        ("J.-P.", "Jean-Pierre", "initial"),
        ("J.", "Paul", "differs"),
        ("Jean", "Paul", "differs"),
        ("Denis", "Denise", "differs"),
        ("Jean-Pierre", "Jean-Paul", "differs"),
    ],
)
def test_given_names_are_compared(one: str, other: str, relation: str) -> None:
    a, b = parse_person(f"{one} Dubois").given, parse_person(f"{other} Dubois").given
    assert compare_given(a, b) == compare_given(b, a) == relation


def test_what_a_scan_does_costs_less_than_another_name() -> None:
    assert misreading_cost("moulin", "mouhn") < misreading_cost("moulin", "moutan")
    assert misreading_cost("lambert", "delacroix") == WORST


def test_surnames_that_sound_alike_are_near() -> None:
    assert compare_surnames("mathieu", "matieu").is_heard
    assert compare_surnames("dupont", "dupont morel").is_part
    assert not compare_surnames("dupont", "durand").is_heard


def test_sponsors_and_years_of_a_team_come_and_go() -> None:
    one, other = parse_team("Écurie Sambre"), parse_team("SAMBRE Racing Huilor 1974")
    likeness = compare_teams(one, other)
    assert likeness.shared == ("sambre",)
    assert (likeness.missing, likeness.extra) == (0, 1)
    assert not compare_teams(one, parse_team("Écurie Loire")).shared
