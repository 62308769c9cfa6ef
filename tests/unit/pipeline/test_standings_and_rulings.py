"""Lists under labels and headings, standings, rulings after the flag, days without headings."""

from __future__ import annotations

from marked import cases, read

M, T, O = "Louis Marchal", "Jean Tavernier", "Paul Orsini"  # noqa: E741

LISTS = {
    "label with a class": (
        f"CLASSEMENT\n\nSport 1.500 cmc : 1. {M} (Porsche), 6 m. 18 s. 2/5 ; 2. {T} (Osca), 6 m. 21 s. 3/5.",
        {f"final 1 Sport 1.500 cmc: {M}", f"final 2 Sport 1.500 cmc: {T}"},
    ),
    "winner of a class inside a list": (
        f"Course : 1. {M} ; 2. {T} ; 3. {O} à 1 tour, vainqueur classe B.",
        {f"final 3 {O}", f"final 1 classe B: {O}"},
    ),
    "headings that name classes": (
        f"Slalom\n\nSCRATCH\n1. {M}\n2. {T}\n\nGROUPE N\n1. {T}\n2. {O}\n\nDAMES\n1. {O}\n",
        {f"final 1 {M}", f"final 1 GROUPE N: {T}", f"final 2 GROUPE N: {O}", f"final 1 DAMES: {O}"},
    ),
    "rows with a car's number": (
        f"Course\n\nP Pilote Voiture Tours Temps\n1 4. {M} Lola 35 1h01'12\"447\n2 17. {T} Lola 35\n3 5. {O} Lola 34",
        {f"final 1 {M}", f"final 2 {T}", f"final 3 {O}"},
    ),
    "gaps in a row": (
        f"{M} s'impose avec 1\"2 d'avance sur {T} et 3\"4 sur {O}.",
        {f"final 1 {M}", f"final 2 {T}", f"final 3 {O}"},
    ),
    "numbers inside an enumeration": (
        f"{M} gagne la course. {T} (n° 66) et {O} (n° 30) complètent le top 5.",
        {f"final 4 {T}", f"final 5 {O}"},
    ),
}


@cases(LISTS)
def test_lists(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert expected <= read(text).results


STANDINGS = {
    "heading": f"Classement du Trophée après 3 meetings\n1er : {M}, 143 pts ; 2e : {T}, 120 pts ; 3e : {O}, 98 pts.",
    "label over two lines": f"Championnat : 1. {M}, 131 pts ; 2. {T}, 112 pts ;\n3. {O}, 97 pts.",
}


@cases(STANDINGS)
def test_standings(case: str) -> None:
    results = read(case).results
    assert {f"championship 1 {M}", f"championship 2 {T}", f"championship 3 {O}"} <= results
    assert not any(line.startswith("final") for line in results)


def test_two_share_a_place() -> None:
    results = read(
        f"Classement du Trophée après 3 meetings\n1er : {M}, 143 pts ; 2e ex æquo : {T} et {O}, 98 pts."
    ).results
    assert {f"championship 2 {T}", f"championship 2 {O}"} <= results


def test_a_ruling_makes_the_order_behind_stale() -> None:
    text = (
        f"{M} s'impose devant {T} et {O}. Trente secondes de pénalité : {M} rétrograde de la première à la septième place. "
        f"La victoire revient à {T}, {O} est deuxième."
    )
    results = read(text).results
    assert {f"final 7 {M}", f"final 1 {T}", f"final 2 {O}"} <= results
    assert not {f"final 1 {M}", f"final 2 {T}", f"final 3 {O}"} & results


def test_days_part_races_without_headings() -> None:
    text = (
        f"Samedi, sous la pluie, {M} remporte la première course devant {T}.\n\n"
        f"Dimanche, {T} prend sa revanche et gagne la course 2 devant {O}."
    )
    assert {f"race 1: final 1 {M}", f"race 2: final 1 {T}", f"race 2: final 2 {O}"} <= read(text).told


def test_a_round_of_the_season_is_no_session() -> None:
    reading = read(
        f"Ils étaient vingt pour la 3ème manche du championnat. {M} remporte la course devant {T}."
    )
    assert f"final 1 {M}" in reading.results
    assert len(reading.sessions) == 1


def test_capitals_wrapped_by_a_typist_are_one_paragraph() -> None:
    text = (
        "BULLETIN DU DIMANCHE\n\nDEPART DONNE A QUINZE HEURES PAR TEMPS SEC DEVANT UNE FOULE NOMBREUSE. LOUIS MARCHAL\n"
        "PREND LE MEILLEUR DEPART ET NE SERA PLUS REVU. IL GAGNE LA COURSE DEVANT JEAN\n"
        "TAVERNIER, TANDIS QUE PAUL ORSINI DOIT SE CONTENTER DE LA TROISIEME PLACE APRES UN\n"
        "TETE-A-QUEUE AU DERNIER VIRAGE.\n"
    )
    assert {"final 1 LOUIS MARCHAL", "final 3 PAUL ORSINI"} <= {
        " ".join(line.split()) for line in read(text, title="").results
    }


def test_speech_ends_where_its_speaker_is_named() -> None:
    text = (
        f"{M} gagne la course devant {T}.\n\n\"J'avais choisi le pneu dur et j'ai compris que c'était le bon, a dit {M}.\n\n"
        f'{O} avait abandonné sur une chute dès le deuxième tour de la course.\n\nJe dédie ce podium à mes mécanos", a réagi {T}.'
    )
    quotes = read(text).record.quotes
    assert not any("chute" in quote.text for quote in quotes)


NO_PLACES = {
    "roman numeral of a meeting": f"{M} remporta dimanche le IVe Grand Prix de Brumeval.",
    "decimal seconds": f"{M} s'impose avec 1,204 seconde d'avance sur {T}.",
}


@cases(NO_PLACES)
def test_what_looks_like_a_second_place_of_the_winner(case: str) -> None:
    reading = read(case)
    assert f"final 1 {M}" in reading.results
    assert {line for line in reading.results if M in line} == {f"final 1 {M}"}
    assert not reading.findings


def test_who_was_disqualified_had_crossed_the_line() -> None:
    results = read(
        f"{M} gagne. {T} est disqualifié ; il avait franchi la ligne en cinquième position."
    ).results
    assert f"final 5 {T}" not in results
