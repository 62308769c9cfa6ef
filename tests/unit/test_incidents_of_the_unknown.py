"""Surnames that a report names once, where it tells what happened to them."""

from __future__ import annotations

import pytest

import extractor

LEAD = (
    "Circuit de Brumeval, voitures de sport\n\n"
    "Luc Ferrand (Porsche) l'emporte au terme de vingt tours devant Marc Tellier (Lotus) et Hugo Brémont (Alpine). "
)

BEFALLEN = {
    "a crash": ("Leverne avait fait un tonneau dès le premier virage.", "Leverne", "crash"),
    "a stop": ("Chibois a abandonné au onzième tour, joint de culasse claqué.", "Chibois", "mechanical"),
    "a breakage": ("Gerbault (Simca) cassait un cardan en vue du but.", "Gerbault", "mechanical"),
    "a fall": ("Delencourt est tombé à la sortie du pont.", "Delencourt", "fall"),
    "behind an apposition": (
        "Ozerey, quatrième à cet instant, part en tête-à-queue.",
        "Ozerey",
        "spin",
    ),
    "behind a relative clause": ("Gatelin, qui le suivait, a quitté la route.", "Gatelin", "off_track"),
    "with a pronoun": ("Chassaing, lui, renonce à deux tours de la fin.", "Chassaing", "retirement"),
}


@pytest.mark.parametrize("case", BEFALLEN.values(), ids=BEFALLEN.keys())
def test_whom_something_befalls_is_a_driver(case: tuple[str, str, str]) -> None:
    sentence, name, kind = case
    record = extractor.extract(LEAD + sentence)
    drivers = {d.id: d.name for d in record.drivers}
    assert name in drivers.values()
    told = [(i.type, [drivers.get(p.driver or "") for p in i.participants]) for i in record.incidents]
    assert (kind, [name]) in told


@pytest.mark.parametrize(
    "sentence",
    [
        "Triangle cassé, Luc Ferrand rentre à pied.",
        "La voiture, sortie à Valbrune, heurte le parapet.",
        "Dans la descente de Valbrune, percute un arbre qui veut.",
        "Poignet brisé et retour en ambulance.",
        "Abandonner si près du but, quel dommage.",
    ],
)
def test_things_and_places_do_not_become_drivers(sentence: str) -> None:
    record = extractor.extract(LEAD + sentence)
    assert {d.name for d in record.drivers} == {"Luc Ferrand", "Marc Tellier", "Hugo Brémont"}
