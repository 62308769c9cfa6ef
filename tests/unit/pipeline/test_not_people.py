"""Places, teams, machines and the missing, which stand where people do. All invented."""

from __future__ import annotations

from marked import cases, names_in, read

WIN = " Louis Marchal s'impose devant Jean Tavernier."
PLACES = {
    "stage with length": "Dans l'ES 1 de Saint-Brume/Ordillac (6.9 Kms), Louis Marchal attaque.",
    "dash": "ES 3 – Fontbrume/Ordillac (12,4 km) : Louis Marchal est devant.",
    "number": "L'ES2 de Sillac-Montbrume a été annulée." + WIN,
    "trial": "Le trial de Sillac a réuni cent pilotes." + WIN,
    "motocross": "Le motocross de Fontbrume s'est couru sous la pluie." + WIN,
    "department": "C'est à Sillac, près de Montargis (Loiret), que s'est courue la manche." + WIN,
    "home of a team": "Les montures de l'équipe de Brumont ont connu des fortunes diverses." + WIN,
    "lorries": "Le public des 24 Heures Camions est resté tard." + WIN,
    "storm": "Les concurrents étaient accueillis par la tempête Alex." + WIN,
    "make": "La pilote Haas gagne sept places." + WIN,
    "machine": "Louis Marchal et Jean Tavernier sont tous deux sur Can-Am Maverick.",
}


@cases(PLACES)
def test_what_names_a_place_or_machine_is_nobody(case: str) -> None:
    assert read(case).drivers <= {"Louis Marchal", "Jean Tavernier"}, read(case).drivers


MISSING = {
    "absence": "En l'absence de Paul Durand, dernier vainqueur en date, les autres ont roulé." + WIN,
    "outside": "En dehors de l'absence de Paul Durand, tous sont là." + WIN,
    "death": "La marque s'est retirée après la mort de son pilote Paul Durand." + WIN,
    "accident": "À la suite de l'accident mortel de Paul Durand, la marque s'est retirée." + WIN,
    "homage": "Une minute de silence en hommage à Paul Durand a ouvert la journée." + WIN,
}


@cases(MISSING)
def test_who_is_missing_does_not_compete(case: str) -> None:
    assert read(case).drivers == {"Louis Marchal", "Jean Tavernier"}


def test_a_length_is_no_team() -> None:
    assert not read("Dans l'ES 1 de Saint-Brume/Ordillac (6.9 Kms), Louis Marchal attaque.").teams


def test_the_crew_that_opens_a_stage_stays_a_crew() -> None:
    found = read("ES 3 : Louis Marchal/Jean Tavernier (Clio) signent le meilleur temps.")
    assert found.drivers == {"Louis Marchal", "Jean Tavernier"}


def test_a_team_that_a_bracket_names_is_one_in_the_text() -> None:
    text = "Louis Marchal (Schumacher CLRT) s'impose. Le pilote Schumacher CLRT écope ensuite de cinq secondes de pénalité."
    found = read(text)
    assert found.drivers == {"Louis Marchal"}
    assert found.incidents == {"penalty Louis Marchal"}


def test_initials_and_small_letters_open_a_teams_name() -> None:
    assert ("team", "R-ace GP", 17) in names_in("Alexis Brumelin (R-ace GP) gagne.")[1]
