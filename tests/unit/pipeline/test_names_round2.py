"""Entrants, crews and people in the mixtures of notation that whole reports show."""

from __future__ import annotations

import random

import pytest
from marked import cases, read

import extractor

CREWS = {
    "number, team, de": (
        "La Ligier n°3 Écurie Brume de Marchal / Tavernier s'impose.",
        {"Marchal + Tavernier | Écurie Brume | 3 | Ligier | -"},
    ),
    "number, team that begins like a make": (
        "La Porsche 991 n°34 Alpha Brume de Marchal / Tavernier s'impose.",
        {"Marchal + Tavernier | Alpha Brume | 34 | Porsche 991 | -"},
    ),
    "number, team without a cue, hyphens": (
        "La #9 Les Gais Rouleurs (Marchal-Tavernier-Orsini) gagne.",
        {"Marchal + Orsini + Tavernier | Les Gais Rouleurs | 9 | - | -"},
    ),
    "commas": (
        "Le Brumotech Racing (Marchal, Tavernier, Orsini) gagne.",
        {"Marchal + Orsini + Tavernier | Brumotech Racing | - | - | -"},
    ),
    "joined by": (
        "La Norma n°52 Écurie Brume de Louis et Paul Marchal, associés à Jean Tavernier, s'impose.",
        {"Jean Tavernier + Louis Marchal + Paul Marchal | Écurie Brume | 52 | Norma | -"},
    ),
    "handled": (
        "Louis Marchal et Jean Tavernier hissent la Ligier #24 de Brumotech Racing au sommet.",
        {"Jean Tavernier + Louis Marchal | Brumotech Racing | 24 | Ligier | -"},
    ),
    "possessive": (
        "Louis Marchal ne voit pas la mi-course, sa Ligier n°9 Écurie Brume étant en feu.",
        {"Louis Marchal | Écurie Brume | 9 | Ligier | -"},
    ),
    "piloted by": (
        "Devant la Ligier n°71 du Team Sillage, pilotée par Louis Marchal et Jean Tavernier.",
        {"Jean Tavernier + Louis Marchal | Team Sillage | 71 | Ligier | -"},
    ),
    "the number tells the team": (
        "La n°31 du Team Sillage mène. À mi-course, la n°31 de Louis Marchal et Jean Tavernier rentre.",
        {"Jean Tavernier + Louis Marchal | Team Sillage | 31 | - | -"},
    ),
    "nation makes a crew": (
        "Victoire pour les Allemands Karl Brandt et Hans Vogel (Brumotech Racing).",
        {"Hans Vogel + Karl Brandt | Brumotech Racing | - | - | -"},
    ),
    "car, then Team": (
        "Louis Marchal, pilote Audi R8 Team Sillage, gagne.",
        {"Louis Marchal | Team Sillage | - | - | -"},
    ),
    "small letters": (
        "Louis Marchal (clio, team les bosses) gagne.",
        {"Louis Marchal | team les bosses | - | clio | -"},
    ),
}


@cases(CREWS)
def test_crews_with_their_entrant(case: tuple[str, set[str]]) -> None:
    text, expected = case
    got = {line.replace("| Audi R8 |", "| - |") for line in read(text).entries}
    assert got == expected


NO_TEAMS = {
    "model unknown to lists": "Louis Marchal (Renault Brumette) gagne devant Jean Tavernier (Porsche Carrera).",
    "two makes": "Louis Marchal (Brabham-Novalux) gagne.",
    "make behind": "Louis Marchal (BRX-Yamaha n°22) gagne.",
    "series": "Le Brume Endurance Championship faisait étape à Brumeval. Louis Marchal gagne.",
}


@cases(NO_TEAMS)
def test_no_teams(case: str) -> None:
    assert read(case).teams == set()


DRIVERS = {
    "make behind the name": (
        "1. Jean Tavernier Lola Zytek 35 tours\n2. Louis Marchal Lola Zytek 35 tours",
        {"Jean Tavernier", "Louis Marchal"},
    ),
    "letter before a full stop": ("Louis Marchal gagne la finale A. Un envol parfait.", {"Louis Marchal"}),
    "daughter": ("Louis Marchal et sa fille Nadia gagnent.", {"Louis Marchal", "Nadia Marchal"}),
    "title": ("Louis Marchal gagne. Mme Castagnol, onzième, finit.", {"Louis Marchal", "Castagnol"}),
    "qualified surname": ("Brumagne (Alpine A310), troisième, renonce.", {"Brumagne"}),
    "late": ("Louis Marchal gagne et bat le record du regretté Jean Tavernier.", {"Louis Marchal"}),
    "head of a team": ("Louis Marchal gagne pour l'écurie de Jean Tavernier.", {"Louis Marchal"}),
    "particle written large": ("Louis Marchal, talonné par De Brumac (Bugatti), gagne.", {"Louis Marchal", "De Brumac"}),
    "stages": ("ES1-ES3 : Louis Marchal, ES4-ES6 : Jean Tavernier.", {"Louis Marchal", "Jean Tavernier"}),
}  # fmt: skip


@cases(DRIVERS)
def test_drivers(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert {d.name for d in read(text).record.drivers} == expected


def test_a_table_with_a_column_of_numbers() -> None:
    rows = "Pos | N° | Pilote | Équipe | Temps\n1 | 12 | Louis Marchal | Écurie Brume | 19'31\"006\n"
    reading = read(rows + '2 | 5 | Jean Tavernier | Team Sillage | +1"774\n')
    assert {(e.number, reading.crew(e.drivers)) for e in reading.record.entries} == {
        ("12", "Louis Marchal"),
        ("5", "Jean Tavernier"),
    }


def test_a_rank_is_no_number() -> None:
    rows = "1. Louis Marchal\n2. Jean Tavernier\n3. Paul Orsini\n"
    assert all(e.number is None for e in read(rows).record.entries)


def test_a_lead_over_a_car_is_nobodys_seat() -> None:
    reading = read("Louis Marchal gagne avec deux secondes d'avance sur la Ligier n°3 du Team Sillage.")
    assert reading.entries == set()


PIECES = ["#", "n°", "3", "Écurie", "De", "de", "(", ")", "/", "-", "|", "\t", "\n", ",", "Marchal", "A", ".", "sa", "fille", "équipier", "son", "Ligier", "²", "\u0301", "№", "1", "«", "avec", "grâce", "à", "team", "père", "et", "fils"]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_scraps_of_notation_raise_nothing(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choices(PIECES, k=300))
    extractor.extract(text)
    extractor.extract(text.replace(" ", ""))
