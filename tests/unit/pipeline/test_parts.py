"""Parts of a text that tell of a class each, known by their likeness, and classes that only share a race."""

from __future__ import annotations

from marked import cases, read

import extractor


def finals(text: str) -> set[str]:
    return {line for line in read(text).told if ": final " in line}


APART = {
    "headings with a day in brackets": (
        "Réunion de Brumeval\n\nFORMULE FORD (samedi)\n\nLouis Marchal a pris la tête au départ. Louis Marchal s'est imposé devant Jean Tavernier.\n\nFORMULE RENAULT (dimanche)\n\nPaul Orsini partait en pole position. Paul Orsini a gagné devant Luc Barnier.",
        {
            "race: final 1 FORMULE FORD: Louis Marchal",
            "race: final 2 FORMULE FORD: Jean Tavernier",
            "race: final 1 FORMULE RENAULT: Paul Orsini",
            "race: final 2 FORMULE RENAULT: Luc Barnier",
        },
    ),
    "headings with a number of cubic centimetres": (
        "Autocross de Brumeval\n\nTOURISME 1300\n\nGrille de départ : Marc Delorme, Louis Marchal, Yves Bastien.\n\nFinale : 1er Louis Marchal ; 2e Marc Delorme ; 3e Yves Bastien\n\nMONOPLACES 1300\n\nGrille de départ : Paul Orsini, Luc Barnier, Guy Lestrade.\n\nFinale : 1er Paul Orsini ; 2e Luc Barnier ; 3e Guy Lestrade",
        {
            "final: final 1 TOURISME 1300: Louis Marchal",
            "final: final 2 TOURISME 1300: Marc Delorme",
            "final: final 1 MONOPLACES 1300: Paul Orsini",
            "final: final 2 MONOPLACES 1300: Luc Barnier",
        },
    ),
    "a class that no list knows among others": (
        "Anciennes à Brumeval\n\nIl faisait beau ce jour-là, et le public était venu.\n\nFormule Ford Classic\n\nLouis Marchal a mené la course et s'est imposé devant Jean Tavernier.\n\nTourisme 75\n\nAu départ, Paul Orsini a pris la tête. Paul Orsini a gagné devant Luc Barnier.\n\nLes Vieilles Dames\n\nMarc Delorme a gagné devant Guy Lestrade.",
        {
            "race: final 1 Formule Ford Classic: Louis Marchal",
            "race: final 2 Formule Ford Classic: Jean Tavernier",
            "race: final 1 Tourisme 75: Paul Orsini",
            "race: final 2 Tourisme 75: Luc Barnier",
        },
    ),
    "run in before a full stop": (
        "Rallycross de Brumeval\n\nLouis Marchal l'a emporté à domicile.\n\nSupercar. Louis Marchal a gagné la finale devant Jean Tavernier.\n\nSuper 1600. Paul Orsini est parti en pole et a gagné la finale devant Luc Barnier.\n\nDivision 4. Marc Delorme a remporté la finale.",
        {
            "final: final 1 Supercar: Louis Marchal",
            "final: final 2 Supercar: Jean Tavernier",
            "final: final 1 Super 1600: Paul Orsini",
            "final: final 2 Super 1600: Luc Barnier",
            "final: final 1 Division 4: Marc Delorme",
        },
    ),
    "the podiums of all classes at the end": (
        "Autocross de Brumeval\n\nJunior Sprint\n\nLouis Marchal a gagné la finale devant Jean Tavernier.\n\nMaxi Sprint\n\nPaul Orsini a gagné la finale devant Luc Barnier.\n\nLes podiums :\nJunior Sprint : 1. Marchal ; 2. Tavernier\nMaxi Sprint : 1. Orsini ; 2. Barnier",
        {
            "final: final 1 Junior Sprint: Louis Marchal",
            "final: final 2 Junior Sprint: Jean Tavernier",
            "final: final 1 Maxi Sprint: Paul Orsini",
            "final: final 2 Maxi Sprint: Luc Barnier",
        },
    ),
    "numbered heats before a final that only the class's name heads": (
        "Autocross de Brumeval\n\nIl faisait beau ce jour-là, et le public était venu.\n\nJunior Sprint\n\nLouis Marchal s'est imposé devant Jean Tavernier. Louis Marchal avait déjà gagné la manche 1.\n\nMaxi Sprint\n\nPaul Orsini partait en pole. Paul Orsini a gagné la finale.",
        {
            "final: final 1 Junior Sprint: Louis Marchal",
            "final: final 2 Junior Sprint: Jean Tavernier",
            "heat 1: final 1 Junior Sprint: Louis Marchal",
            "final: final 1 Maxi Sprint: Paul Orsini",
        },
    ),
}


@cases(APART)
def test_parts_like_each_other_are_classes_of_their_own(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) >= expected


TOGETHER = {
    "one race and headings about its course": (
        "Course de Brumeval\n\nLe départ\n\nLouis Marchal prend la tête.\n\nLa course\n\nLouis Marchal gagne devant Jean Tavernier.",
        {"final 1 Louis Marchal", "final 2 Jean Tavernier"},
    ),
    "classes of one race whose people were all told before": (
        "Course de Brumeval\n\nAu départ, Louis Marchal prend la tête devant Jean Tavernier, Paul Orsini, Luc Barnier, Marc Delorme et Guy Lestrade. Louis Marchal gagne la course.\n\nFormule Ford\n\nLouis Marchal a fait le tour le plus rapide, devant Jean Tavernier et Paul Orsini.\n\nFormule Renault\n\nLuc Barnier a fait un tour de plus que Marc Delorme et Guy Lestrade.",
        {"final 1 Louis Marchal"},
    ),
    "cups of two meetings, each by its driver": (
        "Deux meetings pour l'écurie\n\nCoupe Clio Cup, par Louis Marchal\n\nAu départ, Luc Barnier était devant. Jean Tavernier a gagné la course.\n\nCoupe Mini Cup, par Paul Orsini\n\nAu départ, Luc Barnier était devant. Luc Barnier a gagné la course.",
        {"final 1 Luc Barnier"},
    ),
    "a lone sentence of a word is no label": (
        "Course de Brumeval\n\nQuelle course ! Louis Marchal gagne devant Jean Tavernier.\n\nDommage. Paul Orsini menait au premier tour.\n\nBravo. Luc Barnier termine troisième de la course.",
        {"final 1 Louis Marchal", "final 2 Jean Tavernier"},
    ),
}


@cases(TOGETHER)
def test_parts_that_are_no_classes_share_the_race(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert {line.partition(": ")[2] for line in finals(text)} >= expected
    assert not any(" Formule" in line or " Coupe" in line for line in finals(text))


def test_what_classes_call_the_same_is_told_apart_by_the_class() -> None:
    record = extractor.extract(
        "Karting à Brumeval\n\nCadets :\n\nLouis Marchal gagne la finale.\n\nMinimes :\n\nJean Tavernier gagne la finale."
    )
    assert [s.label for s in record.sessions] == ["finale Cadets", "finale Minimes"]
