"""Races of which only the second is named. All people are invented."""

from __future__ import annotations

import pytest

import extractor

_FIRST = (
    "Championnat de France au Vigeant\n\nSur le circuit du Vigeant, les pilotes de Superbike ont disputé deux manches. "
    "Lucas Mahier prenait un départ canon, suivi par Mathieu Ginestet et Kenny Forain. Ginestet s'impose devant "
    "Mahier, Valentin Debize complétant le podium.\n\n"
)


@pytest.mark.parametrize(
    "second",
    [
        "Dans la seconde manche, revanche de Mahier qui s'impose devant Debize et Forain.",
        "La deuxième manche voit la victoire de Lucas Mahier devant Debize et Forain.",
        "En seconde manche, Lucas Mahier l'emporte devant Debize et Forain.",
    ],
)
def test_what_is_told_before_the_second_race_is_the_first(second: str) -> None:
    record = extractor.extract(
        _FIRST.replace("ont disputé deux manches", "ont roulé sous le soleil") + second
    )
    by_id = {driver.id: driver.name for driver in record.drivers}
    numbers = {session.id: session.number for session in record.sessions}
    won = {
        numbers[r.session]: by_id[r.drivers[0]]
        for r in record.results
        if (r.kind, r.position) == ("final", 1)
    }
    assert won == {1: "Mathieu Ginestet", 2: "Lucas Mahier"}


def test_a_second_race_named_in_passing_parts_nothing() -> None:
    text = (
        "Championnat de France à Nogaro\n\nSur le circuit de Nogaro, où vingt pilotes ont pris le départ de la "
        "course, Paul Jouvion s'impose devant Henri Tassard au terme d'un duel superbe.\n\n"
        "Le week-end de Nogaro s'est achevé dimanche après-midi par une course 2 disputée sous l'averse, et le "
        "podium est complété par Luc Ferrand.\n"
    )
    assert len(extractor.extract(text).sessions) == 1
