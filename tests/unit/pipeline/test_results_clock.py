"""Who comes to a place while the race goes on holds it for a while; behind the last word of time, for good."""

from __future__ import annotations

from marked import cases, read

import extractor

M, T, O = "Louis Marchal", "Jean Tavernier", "Paul Orsini"  # noqa: E741

# A race told from the start to the flag; the sentence put in between tells no final place.
ACCOUNT = f"Au départ, {T} prend les commandes devant {M}. {{}} À la mi-course, {T} compte deux secondes d'avance. Sous le damier, {M} l'emporte devant {T}."

MIDST = {
    "lap before": f"Au 5e tour, {O} prend la troisième place.",
    "lap behind": f"{O} prend la troisième place dans le 10e tour.",
    "from the first lap": f"{O} rétrograde à la troisième place dès le premier tour.",
    "laps later": f"Trois tours plus tard, {O} hérite de la troisième place.",
    "laps to go": f"À huit tours de l'arrivée, {O} récupère la troisième place.",
    "next lap": f"Dans le tour suivant, {O} s'empare de la troisième place.",
    "no time beside it": f"{O} se hisse au troisième rang.",
    "coming back": f"Au troisième rang, {O} revient au contact.",
    "settled for now": f"{O}, solidement installé en troisième position, semble trop loin.",
}


@cases({name: ACCOUNT.format(sentence) for name, sentence in MIDST.items()})
def test_places_in_the_midst_of_a_race(case: str) -> None:
    found = {line for line in read(case).results if line.startswith("final")}
    assert found == {f"final 1 {M}", f"final 2 {T}"}


ENDS = {
    "under the flag": f"Au 5e tour, {T} part en tête-à-queue. Sous le damier, {M} gagne et {O} prend la troisième place.",
    "last word of time": f"À la mi-course, {T} abandonne. {M} gagne. {O} prend la troisième place.",
    "the winner told first": f"{M} gagne devant {T}, qui menait encore au 20e tour. {O} prend la troisième place. Au 12e tour, il avait calé.",
    "a verb of the finish": f"Malgré un arrêt au 5e tour, {O} termine troisième. {M} gagne.",
    "overall": f"{M} gagne. {O}, arrêté au 5e tour, prend la troisième place du classement général.",
    "no time at all": f"{M} gagne. {O} récupère la troisième place.",
    "a penalty": f"{M} gagne. Pénalisé de dix secondes pour une faute au 8e tour, {O} tombe troisième.",
    "best lap": f"Auteur du meilleur 2e tour, {O} prend la troisième place. {M} gagne.",
}


@cases(ENDS)
def test_places_at_the_flag(case: str) -> None:
    assert f"final 3 {O}" in read(case).results


def test_a_verb_beside_the_place_says_more_than_the_start() -> None:
    found = read(f"{O} rate son départ et pointe sixième à l'issue du premier tour. {M} gagne.").results
    assert f"running 6 {O}" in found


def test_who_is_ahead_in_the_midst_of_the_race_tells_no_grid() -> None:
    found = read(f"{O} part quatrième. À trois tours de l'arrivée, il devance {T}. {M} gagne.").results
    assert not [line for line in found if line.endswith(T) and line.startswith("grid")]


def test_an_order_goes_on_behind_the_last_of_it() -> None:
    found = read(f"{M} gagne devant {T}, qui précède {O}. Jean-Luc Ferrand abandonne.").results
    assert {f"final 2 {T}", f"final 3 {O}"} <= set(found)
    found = read(f"{M} gagne devant {T} (Ford) qui devance un autre local, {O} (Lola).").results
    assert {f"final 2 {T}", f"final 3 {O}"} <= set(found)


HEADING = {
    "a new win": f"{T} abandonne et {M} file vers une nouvelle victoire.",
    "flies off": f"{M} s'envole vers sa première victoire devant {T}.",
}


@cases(HEADING)
def test_who_heads_for_a_win_has_it(case: str) -> None:
    assert f"final 1 {M}" in read(case).results


def test_a_win_that_flies_off_is_none() -> None:
    found = read(f"{M} voit la victoire s'envoler et termine deuxième derrière {T}.").results
    assert f"final 1 {M}" not in found


def test_a_win_in_a_championship_is_no_title() -> None:
    found = read(f"{M} remporte sa quatrième victoire en championnat de France devant {T}.").results
    assert f"final 1 {M}" in found
    assert not [line for line in found if line.startswith("championship")]


def test_a_vice_champion_is_none_either() -> None:
    found = read(f"{M} gagne la course et {T} s'offre le titre honorifique de vice-champion.").results
    assert f"championship 1 {T}" not in found


def test_a_climb_in_the_title_is_won_by_the_best_time() -> None:
    text = (
        "Course de côte du Val, 14 juin 1959\n\nQuarante-deux concurrents avaient pris le départ.\n\n"
        f"Le meilleur temps de la journée est revenu à {M} (Cooper), qui couvre les 4 km 200 en 2'14\"6. "
        f'Il devance {T} (Porsche) de 1"2 et {O} (Lotus), troisième en 2\'17"1.'
    )
    found = extractor.extract(text, model="none")
    names = {driver.id: driver.name for driver in found.drivers}
    finals = {(one.position, names[one.drivers[0]]) for one in found.results if one.kind == "final"}
    assert finals == {(1, M), (2, T), (3, O)}
