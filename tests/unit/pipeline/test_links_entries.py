"""Who drives what for whom: driver or crew, team, number, car, classes."""

from __future__ import annotations

import pytest
from marked import cases, read, weak

import extractor

ENTRIES = {
    "team": ("Louis Marchal (Écurie Brume) gagne.", {"Louis Marchal | Écurie Brume | - | - | -"}),
    "car #n – team": (
        "Louis Marchal (Ligier #13 – Écurie Brume) gagne.",
        {"Louis Marchal | Écurie Brume | 13 | Ligier | -"},
    ),
    "#n": ("Louis Marchal (#13) gagne.", {"Louis Marchal | - | 13 | - | -"}),
    "n° and team": (
        "Aurélien Lorieux (Atelier Fontanges, n° 12) gagne.",
        {"Aurélien Lorieux | Atelier Fontanges | 12 | - | -"},
    ),
    "car, class": (
        "Louis Marchal (Citroën Saxo, groupe N) gagne.",
        {"Louis Marchal | - | - | Citroën Saxo | groupe N"},
    ),
    "bare starting numbers": (
        "Louis Marchal (13) devance Jean Tavernier (4), Paul Orsini (7) et Luc Lemaire (22).",
        {
            "Louis Marchal | - | 13 | - | -",
            "Jean Tavernier | - | 4 | - | -",
            "Paul Orsini | - | 7 | - | -",
            "Luc Lemaire | - | 22 | - | -",
        },
    ),
    "chez": (
        "Louis Marchal, chez Brumotech Racing, gagne.",
        {"Louis Marchal | Brumotech Racing | - | - | -"},
    ),
    "du": ("Louis Marchal, du Team Sillage, gagne.", {"Louis Marchal | Team Sillage | - | - | -"}),
    "au volant": (
        "Louis Marchal, au volant de sa Porsche 911, gagne.",
        {"Louis Marchal | - | - | Porsche 911 | -"},
    ),
    "au guidon": ("Louis Marchal, au guidon de sa Yamaha, gagne.", {"Louis Marchal | - | - | Yamaha | -"}),
    "sur": ("Louis Marchal sur Alpine gagne.", {"Louis Marchal | - | - | Alpine | -"}),
    "an unknown chassis before a number": (
        "Louis Marchal (Gracq n° 21) gagne.",
        {"Louis Marchal | - | 21 | Gracq | -"},
    ),
    "an unknown entrant among numbered ones": (
        "Louis Marchal (Brumeprotos #44) devance Jean Tavernier (Sillage Racing #4).",
        {"Louis Marchal | Brumeprotos | 44 | - | -", "Jean Tavernier | Sillage Racing | 4 | - | -"},
    ),
    "countries are no teams": ("Louis Marchal (Fr.) devance Jean Tavernier (G.-B.).", set()),
    "a class in the bracket": (
        "Louis Marchal (Porsche 911, 1er gr. B) gagne.",
        {"Louis Marchal | - | - | Porsche 911 | gr. B"},
    ),
    "unknown among cars": (
        "Louis Marchal (Lotus) devance Jean Tavernier (Ferrari), Paul Orsini (Lancia) et Luc Lemaire (Stangolini).",
        {
            "Louis Marchal | - | - | Lotus | -",
            "Jean Tavernier | - | - | Ferrari | -",
            "Paul Orsini | - | - | Lancia | -",
            "Luc Lemaire | - | - | Stangolini | -",
        },
    ),
    "a team that fields its cars": (
        "L'Écurie Brume alignait deux voitures : Louis Marchal et Jean Tavernier.",
        {"Louis Marchal | Écurie Brume | - | - | -", "Jean Tavernier | Écurie Brume | - | - | -"},
    ),
    "de l'écurie": (
        "Louis Marchal, de l'Écurie Brume, gagne devant Jean Tavernier.",
        {"Louis Marchal | Écurie Brume | - | - | -"},
    ),
    "a car in apposition": (
        "Louis Marchal, Norma n° 3 du team Altitude Compétition, tournait vite.",
        {"Louis Marchal | Altitude Compétition | 3 | Norma | -"},
    ),
    "a club as entrant": (
        "La Kawasaki n° 88 du MC des Mauges de Louis Marchal, Jean Tavernier et Luc Lemaire a gagné.",
        {"Jean Tavernier + Louis Marchal + Luc Lemaire | MC des Mauges | 88 | Kawasaki | -"},
    ),
    "entrant, avec": (
        "La Ligier n° 4 de Sarthe Proto, avec Louis Marchal et Jean Tavernier, est troisième.",
        {"Jean Tavernier + Louis Marchal | Sarthe Proto | 4 | Ligier | -"},
    ),
    "entrant, shared": (
        "La BMW n° 61 du Team Brenne, que se partageaient Louis Marchal et Jean Tavernier, a gagné.",
        {"Jean Tavernier + Louis Marchal | Team Brenne | 61 | BMW | -"},
    ),
    "entrant and crew in a bracket": (
        "La Duqueine n° 30 de Norsk Proto (Louis Marchal, Jean Tavernier) a gagné.",
        {"Jean Tavernier + Louis Marchal | Norsk Proto | 30 | Duqueine | -"},
    ),
    "titles in a crew": (
        "La Delahaye/Écurie des Remparts n° 7 de M. Louis Marchal et de M. Jean Tavernier a gagné.",
        {"Jean Tavernier + Louis Marchal | Écurie des Remparts | 7 | Delahaye | -"},
    ),
    "court pour": (
        "Louis Marchal court pour l'Écurie Mistral.",
        {"Louis Marchal | Écurie Mistral | - | - | -"},
    ),
    "n° before the name": (
        "Le n° 14, M. Louis Marchal, devance le n° 3, Jean Tavernier (Delage).",
        {"Louis Marchal | - | 14 | - | -", "Jean Tavernier | - | 3 | Delage | -"},
    ),
    "n° behind the name": (
        "Louis Marchal, n° 14, devance Jean Tavernier, n° 3, au sprint.",
        {"Louis Marchal | - | 14 | - | -", "Jean Tavernier | - | 3 | - | -"},
    ),
    "n° before a crew in a list": (
        "Classement : 1. n° 14, Louis Marchal et Luc Lemaire (Bugatti) ; 2. n° 3, Jean Tavernier (Delage).",
        {"Louis Marchal + Luc Lemaire | - | 14 | Bugatti | -", "Jean Tavernier | - | 3 | Delage | -"},
    ),
    "between slashes": (
        "Louis Marchal / 14 / Norton, devant Jean Tavernier / 3 / Puch.",
        {"Louis Marchal | - | 14 | Norton | -", "Jean Tavernier | - | 3 | Puch | -"},
    ),
    "bare number with its driver": (
        "La 18 de Louis Marchal devance la 40 de Jean Tavernier.",
        {"Louis Marchal | - | 18 | - | -", "Jean Tavernier | - | 40 | - | -"},
    ),
    "car first": ("La Porsche #24 de Louis Marchal gagne.", {"Louis Marchal | - | 24 | Porsche | -"}),
    "car/team crew": (
        "La Ligier/Team Sillage de Louis Marchal et Jean Tavernier gagne.",
        {"Jean Tavernier + Louis Marchal | Team Sillage | - | Ligier | -"},
    ),
    "crew with one bracket": (
        "Louis Marchal / Jean Tavernier (Ligier #13 – Écurie Brume) gagnent.",
        {"Jean Tavernier + Louis Marchal | Écurie Brume | 13 | Ligier | -"},
    ),
    "crew by et": (
        "Louis Marchal et Jean Tavernier (Ligier #13 – Écurie Brume) gagnent.",
        {"Jean Tavernier + Louis Marchal | Écurie Brume | 13 | Ligier | -"},
    ),
    "team, then crew": (
        "La #31 Deuche Brumeuse (Marchal-Tavernier-Orsini) gagne.",
        {"Marchal + Orsini + Tavernier | Deuche Brumeuse | 31 | - | -"},
    ),
    "told in two places": (
        "Louis Marchal (Écurie Brume) mène. Plus tard, Louis Marchal (#13) gagne.",
        {"Louis Marchal | Écurie Brume | 13 | - | -"},
    ),
    "le pilote X": (
        "Jean Tavernier gagne. Le pilote Sillage Racing est ravi.",
        {"Jean Tavernier | Sillage Racing | - | - | -"},
    ),
    "le pilote X of two": weak(
        "Louis Marchal et Jean Tavernier partent. Tavernier gagne : le pilote Sillage Racing est ravi.",
        {"Jean Tavernier | Sillage Racing | - | - | -"},
        because="of two just spoken of, the other one is taken",
    ),
    "pensionnaire de": (
        "Le pensionnaire du Team Sillage, Louis Marchal, gagne.",
        {"Louis Marchal | Team Sillage | - | - | -"},
    ),
    "sous les couleurs": (
        "Louis Marchal, sous les couleurs du Team Sillage, gagne.",
        {"Louis Marchal | Team Sillage | - | - | -"},
    ),
}


@cases(ENTRIES)
def test_entries(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected


NONE = {
    "country": "Louis Marchal (FRA) gagne.",
    "age": "Louis Marchal (16 ans) gagne.",
    "time": "Louis Marchal (1'42\"318) gagne.",
    "nobody's": "Le Team Sillage engage deux voitures.",
}


@cases(NONE)
def test_no_entries(case: str) -> None:
    assert read(case).entries == set()


TEAMS = {
    "two typographies": ("Louis Marchal (Écurie Brume) devance Jean Tavernier (Ecurie BRUME).", 1),
    "with and without Team": ("Louis Marchal (Team Sillage) devance Jean Tavernier (Sillage).", 1),
    "short form": ("Louis Marchal (Brumotech Racing) gagne. Chez Brumotech, la joie éclate.", 1),
    "slip": ("Louis Marchal (Brumotechnique) devance Jean Tavernier (Brumotecnique).", 1),
    "two teams": ("Louis Marchal (Écurie Brume) devance Jean Tavernier (Écurie Sillage).", 2),
}


@cases(TEAMS)
def test_a_team_is_one_team(case: tuple[str, int]) -> None:
    text, count = case
    assert len(read(text).record.teams) == count


def test_evidence_of_an_entry_shows_both_ends() -> None:
    (entry,) = read("Louis Marchal (Écurie Brume) gagne.").record.entries
    assert entry.evidence[0].text == "Louis Marchal (Écurie Brume)"


def test_makes_tyres_and_series_are_no_teams() -> None:
    reading = read(
        "Louis Marchal (Porsche) gagne la Coupe Mistral devant Jean Tavernier (Yamaha – Michelin)."
    )
    assert reading.teams == set()


ROLES = {
    "copilote": "Louis Marchal et son copilote Jean Tavernier gagnent le rallye.",
    "passager": "Louis Marchal et son passager Jean Tavernier gagnent en side-car.",
}


@cases(ROLES)
def test_roles(case: str) -> None:
    roles = {d.name: d.role for d in read(case).record.drivers}
    assert roles["Jean Tavernier"] in ("co_driver", "passenger")


TOLD_BEHIND = {
    "a car from the team": (
        "Louis Marchal remportait le groupe B avec une Ginetta de chez Brumotech Racing.",
        {"Louis Marchal | Brumotech Racing | - | Ginetta | -"},
    ),
    "colours": (
        "Louis Marchal, huitième, portait haut les couleurs du team Insulaire.",
        {"Louis Marchal | Insulaire | - | - | -"},
    ),
    "pensionnaire de chez": (
        "Sur la troisième marche montait Louis Marchal, lui aussi pensionnaire de chez Brumotech Racing.",
        {"Louis Marchal | Brumotech Racing | - | - | -"},
    ),
    "entered by": (
        "Louis Marchal, au guidon de la Norton n° 4 engagée chez Brume-Motos, menait.",
        {"Louis Marchal | Brume-Motos | 4 | Norton | -"},
    ),
    "for": (
        "La Volvo n° 24 du Team Sillage pour le Suédois Louis Marchal a gagné.",
        {"Louis Marchal | Team Sillage | 24 | Volvo | -"},
    ),
    "a word for the car": (
        "Louis Marchal s'impose sur le buggy Fouquet n° 214 du team Brumeval Raid.",
        {"Louis Marchal | Brumeval Raid | 214 | Fouquet | -"},
    ),
    "a model in two words": (
        "Louis Marchal mène avec la BMW 3.0 CSi n° 3 du team Sillage Compétition.",
        {"Louis Marchal | Sillage Compétition | 3 | BMW 3.0 CSi | -"},
    ),
    "a full stop parts": (
        "La Norma du Team Sillage mène. Louis Marchal abandonne.",
        set(),
    ),
    "namesakes of two teams": (
        "Les frères Marchal dominent. Louis Marchal (Team Sillage) devance Jean Marchal (Écurie Brume).",
        {"Louis Marchal | Team Sillage | - | - | -", "Jean Marchal | Écurie Brume | - | - | -"},
    ),
}


@cases(TOLD_BEHIND)
def test_a_team_told_behind_its_driver(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected


RELEASE = (
    "BRUMOTECH RACING – COMMUNIQUÉ\n\n"
    "Deuxième place sur le circuit de Brumeval avec la Ligier n° 8 de Louis Marchal et Jean Tavernier. "
    "La Norma n° 4 de Paul Orsini (Écurie Sillage) a gagné la course."
)
BULLETIN = (
    "Écurie Brumeval\n\nNos pilotes à Sillage\n\n"
    "Course sur le circuit de Sillage. Louis Marchal (Norma n° 8) a gagné la finale devant Paul Orsini (Lola)."
)
ORGANISER = BULLETIN.replace("Écurie Brumeval", "Moto-Club de Brumeval")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (RELEASE, {"Jean Tavernier + Louis Marchal"}),
        (BULLETIN, {"Louis Marchal"}),
        (ORGANISER, set()),
    ],
    ids=["release", "bulletin", "organiser"],
)
def test_a_team_that_speaks_of_itself_enters_its_numbered_cars(text: str, own: set[str]) -> None:
    record = extractor.extract(text)
    name = {d.id: d.name for d in record.drivers} | {t.id: t.name for t in record.teams}
    entered = {
        " + ".join(sorted(name[d] for d in e.drivers))
        for e in record.entries
        if e.team is not None and name[e.team].lower().startswith(("brumotech", "écurie brum", "moto"))
    }
    assert entered == own
