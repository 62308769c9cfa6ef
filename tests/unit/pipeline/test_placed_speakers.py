"""Speakers whom the narrator calls by their place: a report in, who speaks out. All people are invented."""

from __future__ import annotations

import pytest

import extractor

RACE = (
    "Coupe de l'Armagnac à Nogaro\n\nSur le circuit de Nogaro, la course s'est disputée sur vingt tours. "
    "Paul Jouvion l'emporte devant Henri Tassard et Luc Ferrand. Marc Dubreuil abandonne, moteur cassé, "
    "et Denis Roquier se classe sixième.\n\n"
)
CAPITALS = RACE.upper()


def speaker(text: str) -> str | None:
    record = extractor.extract(text)
    assert len(record.quotes) == 1, record.quotes
    names = {driver.id: driver.name for driver in record.drivers}
    quote = record.quotes[0]
    return names.get(quote.speaker or "")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("« Je suis vraiment content de ma journée », disait le vainqueur.", "Paul Jouvion"),
        ("« J'ai perdu dix secondes au départ », confie son dauphin.", "Henri Tassard"),
        ("« Je n'ai jamais pu revenir sur eux », explique le troisième.", "Luc Ferrand"),
        ("Le deuxième ne cherchait pas d'excuse : « Je n'ai pas su freiner assez tard. »", "Henri Tassard"),
        ("LE MOT DU VAINQUEUR\n\n« J'ai attendu la pluie et je ne regrette rien. »", "Paul Jouvion"),
    ],
)
def test_a_place_says_who_speaks(told: str, name: str) -> None:
    assert speaker(RACE + told) == name


def test_a_name_says_more_than_a_place() -> None:
    assert speaker(RACE + "« J'ai cassé net », nous a dit Marc Dubreuil.") == "Marc Dubreuil"


def test_a_place_that_nobody_is_told_to_have_taken_gives_the_word_to_nobody_new() -> None:
    told = "« Je reviendrai l'an prochain avec une autre voiture », promet Denis Roquier."
    assert speaker(RACE + told) == "Denis Roquier"


@pytest.mark.parametrize(
    "told",
    [
        "« JE SUIS CONTENT DE MA JOURNÉE », A DIT LE VAINQUEUR EN RECEVANT LA COUPE.",
        "« JE SUIS CONTENT DE MA JOURNÉE », DÉCLARAIT PAUL JOUVION SUR LE PODIUM.",
    ],
)
def test_a_bulletin_in_capitals_tells_who_speaks_as_any_other(told: str) -> None:
    assert speaker(CAPITALS + told) == "PAUL JOUVION"
