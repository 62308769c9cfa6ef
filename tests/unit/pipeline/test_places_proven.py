"""Places that praise, prove, close a top five or are only fought for. All invented."""

from __future__ import annotations

import pytest
from marked import cases, read

TOLD = {
    "top passive": ("Le top 5 a été clôturé par Luc Martin (n° 15) et Marc Petit (n° 24).", {"final 4 Luc Martin", "final 5 Marc Petit"}),
    "top completed": ("Le top 10 est complété par Luc Martin, Marc Petit et Jean Robert.", {"final 8 Luc Martin", "final 10 Jean Robert"}),
    "top and on": ("Paul Durand complète le top cinq en devançant Jean Robert (Clio), Luc Martin et Marc Petit.", {"final 5 Paul Durand", "final 6 Jean Robert", "final 8 Marc Petit"}),
    "allowed": ("Un accrochage a permis à Paul Durand de monter sur la troisième marche du podium.", {"final 3 Paul Durand"}),
    "allowed with car": ("Tout ceci permettait à Paul Durand (MAN n° 94) de décrocher la deuxième place.", {"final 2 Paul Durand"}),
    "praised": ("Une belle 14e place pour Jean Tavernier, qui débutait.", {"final 14 Jean Tavernier"}),
    "proven": ("Jean Tavernier a bien roulé comme le prouve sa 22ème place.", {"final 22 Jean Tavernier"}),
    "sealed": ("Louis Marchal scellait sa première victoire de la saison devant Jean Tavernier et Paul Durand.", {"final 1 Louis Marchal", "final 2 Jean Tavernier", "final 3 Paul Durand"}),
    "and leads the standings": ("Louis Marchal s'impose devant Jean Tavernier. Paul Durand est 4e et garde la tête du championnat.", {"final 4 Paul Durand"}),
    "class of side-by-sides": ("Jean Tavernier termine premier des T3 devant Paul Durand.", {"final 1 T3: Jean Tavernier", "final 2 T3: Paul Durand"}),
    "comma before the subject": ("Après la chute de Paul Durand, Jean Tavernier termine troisième.", {"final 3 Jean Tavernier"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD.values(), ids=TOLD)
def test_places_are_told(text: str, expected: set[str]) -> None:
    found = {line.split(": ", 1)[1] for line in read(text).told}
    assert expected <= found, found


RALLY = "Rallye de Brumeval\n\nDimanche, Jean Robert gagne le rallye après douze spéciales. "
CUPS = {
    "turns to a cup": ("En 208 Rally Cup, Paul Durand s'impose devant Luc Martin.", {"final 1 208 Rally Cup: Paul Durand", "final 2 208 Rally Cup: Luc Martin"}),
    "wins a trophy": ("Marc Petit remporte haut la main le Trophée Michelin et termine 5ème scratch.", {"final 1 Trophée Michelin: Marc Petit", "final 5 Marc Petit"}),
    "in a challenge": ("Dans le Challenge Citroën, Paul Durand termine deuxième.", {"final 2 Challenge Citroën: Paul Durand"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CUPS.values(), ids=CUPS)
def test_cups_of_a_rally_have_their_own_places(text: str, expected: set[str]) -> None:
    found = {line.split(": ", 1)[1] for line in read(RALLY + text).told}
    assert expected <= found, found


HEADED = {
    "rally": "Rallye de Brumeval\n\nLouis Marchal gagne devant Jean Robert.",
    "grand prix": "Grand Prix du Val de Sillac\n\nLouis Marchal s'impose devant Jean Robert.",
    "climb": "La montée de Fontbrume\n\nLouis Marchal signe la victoire devant Jean Robert.",
}


@cases(HEADED)
def test_a_heading_above_governs_nobody_in_the_text(case: str) -> None:
    found = {line.split(": ", 1)[1] for line in read(case).told}
    assert {"final 1 Louis Marchal", "final 2 Jean Robert"} <= found, found


STEPS = {
    "steps": ("Sixième place pour Louis Marchal, deux échelons devant Jean Robert.", {"final 6 Louis Marchal", "final 8 Jean Robert"}),
    "top3": ("Louis Marchal et Jean Robert complétaient le top3.", {"final 2 Louis Marchal", "final 3 Jean Robert"}),
    "class of a car": ("On notera la victoire en Pro-Am pour la Lamborghini n°77 de Lambert-Orsini-Petit.", {"final 1 Pro-Am: Lambert + Orsini + Petit"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STEPS.values(), ids=STEPS)
def test_places_follow_from_steps_and_tops(text: str, expected: set[str]) -> None:
    found = {line.split(": ", 1)[1] for line in read(text).told}
    assert expected <= found, found


NOT_TOLD = {
    "profited": ("Louis Marchal recule à la 6e place au général, ce dont a profité Paul Durand.", "Paul Durand"),
    "own scratch": ("Paul Durand signe son 3e scratch.", "3"),
    "fourth win": ("Paul Durand remporte une nouvelle victoire, sa quatrième de la saison.", "4"),
    "fought for": ("Derrière lui, Paul Durand était à la lutte avec Luc Martin pour la deuxième place.", "2"),
    "third car": ("Paul Durand luttait pour la quatrième place au volant de la troisième Mercedes.", "3"),
    "under pressure": ("Louis Marchal met Luc Martin sous pression pour le gain de la quatrième place.", "4"),
    "no standings": ("Paul Durand est 4e de la course et garde la tête du championnat.", "championship 4"),
    "won elsewhere": ("Vainqueur de son troisième Enduro des Dunes la semaine dernière, Louis Marchal part favori.", "final 1"),
    "won last year": ("Louis Marchal, vainqueur du Rallye des Dunes l'an passé, sort de la route.", "final 1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), NOT_TOLD.values(), ids=NOT_TOLD)
def test_what_is_no_place_is_none(text: str, wrong: str) -> None:
    assert not any(f" {wrong} " in f"{line} " for line in read(text).told), read(text).told


HELD = {
    "disputed no more": "Paul Durand prend la quatrième place au deuxième tour.",
    "occupies": "Au cinquième tour, Paul Durand occupe une belle quatrième place.",
}


@cases(HELD)
def test_a_place_held_for_now_stays_running(case: str) -> None:
    assert any("running 4 Paul Durand" in line for line in read(case).told), read(case).told
