"""Crews of which one member alone is told with the car or the team, and misfortunes of several cars. All invented."""

from __future__ import annotations

import pytest
from marked import Reading, cases, read

LINE_UP = ("Louis Marchal", "Jean Tavernier", "Paul Durand")
JOINT = {
    "pour": "Louis Marchal, Jean Tavernier et Paul Durand pour le Team Sillage terminent deuxièmes.",
    "victory of": "Victoire de Louis Marchal, Jean Tavernier et Paul Durand pour l'écurie Sillage.",
    "bracket": "Louis Marchal, Jean Tavernier et Paul Durand (Team Sillage) s'imposent aux 24 Heures de Brumeval.",
    "seated": "Sur la Ferrari 488 n°72 du Sillage Racing, Louis Marchal, Jean Tavernier et Paul Durand terminent deuxièmes.",
    "with": "Troisième avec Louis Marchal, Jean Tavernier et Paul Durand, le Team Sillage est sur le podium.",
}


@cases(JOINT)
def test_the_team_told_of_one_of_a_crew_is_everybodys(case: str) -> None:
    found = read(case)
    entered = {name for e in found.record.entries if e.team for name in (found.names[d] for d in e.drivers)}
    assert entered == set(LINE_UP), found.entries


RIVALS = {
    "order": "Louis Marchal gagne devant Jean Tavernier et Paul Durand (Team Sillage).",
    "retired": "Louis Marchal, Jean Tavernier et Paul Durand (Team Sillage) abandonnent.",
    "own brackets": "Louis Marchal (Écurie Brume), Jean Tavernier (Océan Racing) et Paul Durand (Team Sillage) s'imposent en classe.",
}


@cases(RIVALS)
def test_rivals_in_one_enumeration_keep_their_own_teams(case: str) -> None:
    found = read(case)
    of_team = {
        found.names[d]
        for e in found.record.entries
        for t in found.record.teams
        if t.id == e.team and t.name == "Team Sillage"
        for d in e.drivers
    }
    assert of_team == {"Paul Durand"}


HYPHENS = {
    "place": (
        "Sixième place pour la n°17 de Denis-Marchal-Tavernier.",
        "final 6 Denis + Marchal + Tavernier",
    ),
    "win": ("Victoire pour la Lamborghini n°77 de Lambert-Orsini-Petit.", "Lambert + Orsini + Petit"),
}


@pytest.mark.parametrize(("text", "expected"), HYPHENS.values(), ids=HYPHENS)
def test_a_car_of_three_surnames_has_three_drivers(text: str, expected: str) -> None:
    assert any(expected in line for line in read(text).told), read(text).told


def _retired(found: Reading) -> set[str]:
    return {line for line in found.incidents if line.startswith("retirement")}


APART = {
    "brackets": "Malgré les abandons de Luc Martin (Brume Sport) et Marc Petit (Océan Racing), la course reprend.",
    "verb": "Luc Martin (Brume Sport) et Marc Petit (Océan Racing) abandonnent.",
    "cars": "On note les abandons de Luc Martin (Clio) et Marc Petit (Clio).",
    "fatal": "Ce départ fut fatal aux espoirs de Luc Martin (Brume Sport) et de Marc Petit (Océan Racing).",
    "in stage": "Abandon de Luc Martin (n° 4) et Marc Petit (n° 8) au troisième tour.",
}


@cases(APART)
def test_two_cars_retire_each_by_itself(case: str) -> None:
    assert _retired(read(case)) == {"retirement Luc Martin", "retirement Marc Petit"}


def test_a_crew_retires_together() -> None:
    found = read("Un câble cassé contraint l'équipage Luc Martin/Marc Petit à l'abandon dans l'ES4.")
    assert found.incidents == {"mechanical Luc Martin + Marc Petit"}


OF_ANOTHER = {
    "thanks": "Grâce à l'abandon de Jean Tavernier, Louis Marchal hérite de la troisième place.",
    "after": "Suite à l'abandon de Jean Tavernier, Louis Marchal prend la troisième place à l'arrivée.",
    "profits": "Louis Marchal profite de l'abandon de Jean Tavernier pour finir troisième.",
    "in favour": "Au bénéfice de l'abandon de Jean Tavernier, Louis Marchal hérite de la troisième place.",
    "lets": "L'abandon de Jean Tavernier permet à Louis Marchal de finir troisième.",
}


@cases(OF_ANOTHER)
def test_who_profits_from_a_retirement_has_not_retired(case: str) -> None:
    found = read(case)
    assert _retired(found) == {"retirement Jean Tavernier"}
    assert any("final 3 Louis Marchal" in line for line in found.told), found.told


MET = {
    "met": "Après le problème technique rencontré par Paul Durand, Luc Martin est quatrième.",
    "undergone": "La panne de boîte subie par Paul Durand profite à Luc Martin.",
    "known": "Luc Martin double après le souci d'embrayage connu par Paul Durand.",
}


@cases(MET)
def test_a_breakdown_is_whose_who_met_with_it(case: str) -> None:
    assert read(case).incidents == {"mechanical Paul Durand"}


NO_PENALTY = {
    "thing": "Un mauvais choix de pneus a pénalisé Louis Marchal.",
    "speech": "« Ce qui m'est arrivé m'a pénalisé », confiait Louis Marchal.",
    "present": "Son manque de pointe pénalise Louis Marchal.",
}


@cases(NO_PENALTY)
def test_what_handicaps_somebody_is_no_penalty(case: str) -> None:
    assert not read(case).incidents


def test_stewards_penalise() -> None:
    found = read(
        "La direction de course a pénalisé Louis Marchal de dix secondes. Jean Tavernier est pénalisé."
    )
    assert found.incidents == {"penalty Louis Marchal", "penalty Jean Tavernier"}


def test_a_tyre_against_the_rules_is_no_puncture() -> None:
    found = read("Louis Marchal profitait de la disqualification de Paul Durand pour défaut de pneumatique.")
    assert found.incidents == {"disqualification Paul Durand"}
