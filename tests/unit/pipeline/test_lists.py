"""Formal lists: where one ends and the next begins, and of what each is an order. All people are invented."""

from __future__ import annotations

from marked import TITLE, cases, read

HEAD = TITLE + "Louis Marchal, Jean Tavernier, Paul Orsini et Guy Lestrade étaient au départ.\n\n"
THREE = {"final 1 Louis Marchal", "final 2 Jean Tavernier", "final 3 Paul Orsini"}


def finals(text: str) -> set[str]:
    return {line for line in read(text).results if line.startswith("final")}


ONE_LIST = {
    "initials before names that open no sentence": "Classement : 1. L. Marchal ; 2. Y. Tavernier ; 3. A. Orsini.",
    "a story in an item": "Classement :\n– 1. Marchal, première victoire de la saison\n– 2. Tavernier\n– 3. Orsini, qui ferme la marche",
    "an item that goes on in the next line": "Classement :\n– 1. Marchal, première victoire de\nla saison\n– 2. Tavernier\n– 3. Orsini",
    "dotted columns": "Classement :\n1 ... MARCHAL ... LIGIER ... 35.40,4\n2 ... TAVERNIER ... OSELLA ... 35.49,6\n3 ... ORSINI ... LOTUS ... 36.02,0",
    "times in hundredths": "Classement :\n– 1. Marchal, 1 m. 12 s. 205\n– 2. Tavernier, 1 m. 12 s. 418\n– 3. Orsini, 1 m. 13 s. 044",
    "times in fifths": "Classement :\n– 1. Marchal, 45 m. 34 s. 4/5\n– 2. Tavernier, à 48 s. 2/5\n– 3. Orsini, à 50 s. 1/5",
    "cars by number": "Classement :\n– 1. la 12, Marchal (Ligier)\n– 2. la 36, Tavernier (Osella)\n– 3. la 3, Orsini",
    "official order": "Ordre officiel, après huit tours : 1. Marchal (Ligier) ; 2. Tavernier ; 3. Orsini.",
    "begun in the line above": "Dans cette course, on a vu arriver : 1. Marchal (Ligier) ;\n2. Tavernier (Osella), 1 min. 9 s. ; 3. Orsini (Lotus), 1 min. 10 s.",
    "those behind in the item": "Classement :\n1. Marchal, devant Tavernier, suivi de Orsini\n4. Lestrade",
}


@cases(ONE_LIST)
def test_a_list_gives_its_places(case: str) -> None:
    places = {line[:7] for line in finals(HEAD + case)}
    assert {"final 1", "final 2", "final 3"} <= places
    assert all(name in " ".join(finals(HEAD + case)) for name in ("Marchal", "Tavernier", "Orsini"))


def test_a_list_that_is_no_sentence_knows_its_people() -> None:
    assert finals(HEAD + ONE_LIST["a story in an item"]) == THREE
    assert finals(HEAD + ONE_LIST["times in hundredths"]) == THREE
    assert finals(HEAD + ONE_LIST["cars by number"]) == THREE


SEVERAL = {
    "two classes on a line": (
        "500 cmc : 1. Marchal (Ligier) ; 2. Tavernier, 1 min. 14 s. — 250 cmc : 1. Orsini ; 2. Lestrade.",
        {"1 500 cmc: Louis Marchal", "2 500 cmc: Jean Tavernier", "1 250 cmc: Paul Orsini", "2 250 cmc: Guy Lestrade"},
    ),
    "behind full stops": (
        "Division 1, 6 tours : 1. Marchal, à 8\"4 ; 2. Tavernier. Division 1A : 1. Orsini ; 2. Lestrade.",
        {"1 Division 1: Louis Marchal", "2 Division 1: Jean Tavernier", "1 Division 1A: Paul Orsini", "2 Division 1A: Guy Lestrade"},
    ),
    "with distances": (
        "Sport 1.500 cmc., 20 tours : 1. Marchal ; 2. Tavernier. Plus de 1.500 cmc., 25 tours : 1. Orsini ; 2. Lestrade.",
        {"1 Sport 1.500 cmc: Louis Marchal", "2 Sport 1.500 cmc: Jean Tavernier", "1 Plus de 1.500 cmc: Paul Orsini", "2 Plus de 1.500 cmc: Guy Lestrade"},
    ),
    "a capacity alone": (
        "500 inter. – 1. Marchal ; 2. Tavernier ; 3. Orsini.",
        {"1 500 inter: Louis Marchal", "2 500 inter: Jean Tavernier", "3 500 inter: Paul Orsini"},
    ),
    "a session and a class": (
        "Résultats. Finale Division 1 : 1. Marchal ; 2. Tavernier. Finale Division 2 : 1. Orsini ; 2. Lestrade.",
        {"1 Division 1: Louis Marchal", "2 Division 1: Jean Tavernier", "1 Division 2: Paul Orsini", "2 Division 2: Guy Lestrade"},
    ),
}  # fmt: skip


@cases(SEVERAL)
def test_each_list_has_its_own_class(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(HEAD + text) == {f"final {line}" for line in expected}


def test_each_list_has_its_own_session() -> None:
    text = (
        "Stock-cars à Brumeval, avec les pilotes au volant\n\nLouis Marchal gagne la finale. Jean Tavernier et Paul Orsini ont "
        "couru la première éliminatoire, Guy Lestrade et Luc Barnier la deuxième éliminatoire.\n\nPremière éliminatoire : "
        "1. Tavernier ; 2. Orsini. Deuxième éliminatoire : 1. Lestrade ; 2. Barnier."
    )
    told = read(text).told
    assert {"heat 1: final 1 Jean Tavernier", "heat 2: final 1 Guy Lestrade"} <= told


UNLIKE = {
    "a place behind a distance": "Coupe, 20 tours, 130 km. 840 : 1. Marchal ; 2. Tavernier ; 3. Orsini.",
    "fractions at the end of a line": "– 1. Marchal, 48 s. 2/5\n– 2. Tavernier, 48 s. 4/5\n– 3. Orsini",
}


@cases(UNLIKE)
def test_numbers_before_a_rank_are_none(case: str) -> None:
    assert finals(HEAD + case) == THREE


LOGS = {
    "ordinals": "Le film\n\n3e : Marchal tire tout droit au virage et repart dernier\n5e : Tavernier passe la main à son rival du jour\n9e : Orsini perd une roue dans la descente",
    "laps far apart": "2e: Marchal possède déjà deux secondes d'avance sur tous les autres.\n11e: Tavernier tombe en panne d'essence dans le bois.\n40e: Orsini casse une roue contre le mur du virage.",
}


@cases(LOGS)
def test_a_lap_log_is_no_list(case: str) -> None:
    assert not {line for line in finals(HEAD + case) if "dnf" not in line}


def test_a_heading_that_goes_on_is_no_class() -> None:
    text = (
        HEAD
        + "Marchal gagne devant Tavernier et Orsini.\n\nDerrière :\n– 4. la 36, Lestrade (Osella)\n– 5. la 7, Luc Barnier"
    )
    assert "final 4 Guy Lestrade" in finals(text)


def test_counts_of_starters_are_no_class() -> None:
    text = (
        HEAD
        + "Classement\n\n81 partants, 21 classés en finale : 1 Marchal - 2 Tavernier - 3 Orsini - 4 Lestrade."
    )
    assert finals(text) == {*THREE, "final 4 Guy Lestrade"}


def test_lists_that_differ_are_both_kept() -> None:
    text = (
        HEAD
        + "Samedi : 1. Marchal ; 2. Tavernier ; 3. Orsini.\n\nDimanche : 1. Tavernier ; 2. Marchal ; 3. Orsini."
    )
    assert {"final 1 Louis Marchal", "final 1 Jean Tavernier"} <= finals(text)


def test_a_crew_behind_a_crew_is_one_result() -> None:
    text = (
        TITLE
        + "1. Marchal/Tavernier ; 2. Orsini/Lestrade (Windle), suivis de Delorme/Vasseur ; 4. Pinson/Roche."
    )
    assert "final 3 Delorme + Vasseur" in finals(text)


CUPS = {
    "a cup that one race decides": ("Coupe des Cigales, classement : 1. Marchal, 18 tours ; 2. Tavernier, à 0\"8 ; 3. Orsini, à 6\"9.", "final"),
    "points of a season": ("Coupe des Cigales, classement : 1. Marchal, 98 points ; 2. Tavernier, 91 ; 3. Orsini, 66.", "championship"),
}  # fmt: skip


@cases(CUPS)
def test_times_are_of_a_race_and_points_of_a_season(case: tuple[str, str]) -> None:
    text, kind = case
    assert {f"{kind} 1 Louis Marchal", f"{kind} 3 Paul Orsini"} <= read(HEAD + text).results


def test_the_list_of_a_class_goes_to_its_own_race() -> None:
    text = (
        "Rallycross à Brumeval\n\nDIVISION 1\n\nEn finale, Louis Marchal gagne devant Jean Tavernier.\n\nDIVISION 3\n\nEn finale, "
        "Paul Orsini gagne devant Guy Lestrade.\n\nRÉSULTATS\n\nDivision 1 : 1. Marchal ; 2. Tavernier ; 3. Barnier. Division 3 : "
        "1. Orsini ; 2. Lestrade ; 3. Colin."
    )
    record = read(text).record
    of = {r.session for r in record.results if r.scope.lower() == "division 3"}
    assert len(of) == 1
