"""Surnames alone: where a known one stands as people do, and where it is a place, a thing or an ordinary word."""

from __future__ import annotations

from marked import cases, read

OPENING = {
    "a verb": "La pluie redouble. Tavernier retourne sa Lotus dans le bois.",
    "the perfect": "La pluie redouble. Tavernier a cassé son embrayage.",
    "en and the perfect": "La pluie redouble. Tavernier en a profité pour passer.",
    "a comma": "La pluie redouble. Tavernier, lui, a plié sa roue.",
    "who": "La pluie redouble. Tavernier, qui tenait la corde, glisse.",
    "two of them": "La pluie redouble. Tavernier et Marchal, hors délais, ont fini la nuit au buffet.",
    "a paragraph": "La pluie redouble.\n\nTavernier, boulanger de son état, n'a pas ôté ses gants.",
    "a speaker": "La pluie redouble.\n\nTavernier : « J'étais en train de ranger mon casque. »",
    "capitals": "LA PLUIE REDOUBLE. TAVERNIER PREND LA TÊTE AU DEUXIÈME TOUR ET LA GARDE JUSQU'À L'ARRIVÉE.",
}


@cases(OPENING)
def test_a_known_surname_opens_a_sentence(case: str) -> None:
    assert {name.title() for name in read(case).drivers} >= {"Tavernier"}


INSIDE = {
    "behind a semicolon": "Les abandons : magnéto pour la Lotus ; Tavernier cherche encore sa pompe.",
    "in a list of causes": "Abandons : Marchal, magnéto ; Tavernier, fuite d'eau.",
    "behind a clause": "Au onzième passage, Tavernier et deux attardés s'empilent dans le bac.",
    "handed the wheel": "La voiture mène quand son pilote passe le volant à Tavernier au dixième tour.",
    "handed the win": "La victoire est allée à Tavernier au bout du dernier tour.",
    "handed it at last": "La troisième place échut ainsi à Tavernier, très régulier.",
    "points against": "Il mène avec 41 points contre 36 à Tavernier avant la finale.",
    "celle de": "Deux Maserati s'arrêtent, dont celle de Tavernier au premier virage.",
    "success": "En Gentlemen, succès de Tavernier dans les deux manches.",
    "neither": "Ni Tavernier, qui devait relayer le premier, ni personne n'a roulé.",
    "beaten": "La finale est disputée et le local bat Tavernier de 4 s 2/10.",
    "waited for": "On attendait aussi Tavernier et sa Lotus, restée au garage.",
    "a doctor": "La Porsche 356 n° 33 du docteur Tavernier est troisième.",
    "praised": "La voiture finit derrière l'intouchable Tavernier, sans un mot.",
    "an initial that is a word": "Il y eut du bruit dans la nuit. A. Tavernier heurta un rocher.",
    "a long initial": "Il y eut du bruit dans la nuit. Ph. Tavernier heurta un rocher.",
}


@cases(INSIDE)
def test_a_known_surname_stands_among_others(case: str) -> None:
    assert {name.rsplit(maxsplit=1)[-1] for name in read(case).drivers} >= {"Tavernier"}


NOBODY = {
    "a dateline": "TAVERNIER, 23 juin. – La course a été remise à l'an prochain.",
    "a place in the title": "Tavernier, la finale se gagne au poids",
    "a hyphen": "Tavernier-sur-Orge, dimanche. La piste était sèche.",
    "a noun of the weather": "Le circuit attendait. Bel été à tous les pilotes !",
    "a participle": "Le circuit attendait. Débordé au freinage, il recule d'un rang.",
    "a participle that runs on": "Le circuit attendait. Tournant comme une horloge, la voiture mène.",
    "a town": "La prochaine manche a lieu à Tavernier en juillet.",
    "a town and a rank": "Il est premier à Brumeval, deuxième à Tavernier et nulle part ailleurs.",
    "a class": "Il gagne le groupe A. Marchons donc vers le podium.",
}


@cases(NOBODY)
def test_what_only_looks_like_a_surname(case: str) -> None:
    assert read(case).drivers == set()


def test_two_letters_and_a_full_stop_are_a_first_name() -> None:
    reading = read("Ph. Tavernier gagne devant Ch. Marchal. Philippe Tavernier lève les bras.")
    assert reading.drivers == {"Philippe Tavernier", "Ch. Marchal"}
