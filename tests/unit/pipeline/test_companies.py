"""Parts of a report that tell of other people each: classes that start on their own, known to no list."""

from __future__ import annotations

from marked import TITLE, cases

import extractor

A = "Louis Marchal", "Jean Tavernier", "Luc Barnier"
B = "Paul Orsini", "Marc Delorme", "Guy Lestrade"

APART = {
    "headings": (
        "Fête du moteur à Brumeval\n\nBerlines 75\n\nLouis Marchal gagne devant Jean Tavernier et Luc Barnier, qui avait mené trois tours.\n\nProto Sprint\n\nPaul Orsini gagne devant Marc Delorme et Guy Lestrade, qui avait calé.",
        {"Berlines 75": A, "Proto Sprint": B},
    ),
    "capitals with a bracket": (
        "Coupes de Brumeval : un dimanche bien rempli\n\nFORMULE AZUR (samedi)\n\nLouis Marchal s'impose devant Jean Tavernier. Luc Barnier complète le podium.\n\nFORMULE 3 (dimanche)\n\nPaul Orsini s'impose devant Marc Delorme. Guy Lestrade complète le podium.",
        {"FORMULE AZUR": A, "FORMULE 3": B},
    ),
    "run in before a full stop": (
        "Autour du circuit de Brumeval, un dimanche de juin\n\nMaxi Sprint. Louis Marchal mène de bout en bout et gagne devant Jean Tavernier et Luc Barnier.\n\nMono Cadre. Paul Orsini gagne devant Marc Delorme et Guy Lestrade.",
        {"Maxi Sprint": A, "Mono Cadre": B},
    ),
    "three headings, and the podiums again below": (
        "Le résumé du club de Brumeval\n\nMaxi Sprint\n\nLouis Marchal gagne devant Jean Tavernier et Luc Barnier, parti dernier.\n\nTandem Duo\n\nPaul Orsini gagne devant Marc Delorme et Guy Lestrade, parti dernier.\n\nLes podiums :\n\nMaxi Sprint : 1. Marchal ; 2. Tavernier ; 3. Barnier\n\nTandem Duo : 1. Orsini ; 2. Delorme ; 3. Lestrade",
        {"Maxi Sprint": A, "Tandem Duo": B},
    ),
    "paragraphs that open with a class": (
        "Le meeting de Brumeval\n\nEn Berlines 75, Louis Marchal gagne devant Jean Tavernier. Luc Barnier complète le podium.\n\nCôté Monoplaces, Paul Orsini gagne devant Marc Delorme. Guy Lestrade complète le podium.",
        {"Berlines 75": A, "Monoplaces": B},
    ),
    "lists under headings, with a final each": (
        "Terre battue à Brumeval\n\nBERLINES 1600\n\nFinale : 1. Louis Marchal ; 2. Jean Tavernier ; 3. Luc Barnier\n\nTUBULAIRES\n\nFinale : 1. Paul Orsini ; 2. Marc Delorme ; 3. Guy Lestrade",
        {"BERLINES 1600": A, "TUBULAIRES": B},
    ),
}


def finals(text: str) -> dict[str, list[str]]:
    """Return who finished where, by session and class."""
    record = extractor.extract(TITLE + text)
    names = {d.id: d.name for d in record.drivers}
    found: dict[str, list[str]] = {}
    for result in record.results:
        if result.kind == "final" and result.position:
            found.setdefault(f"{result.session} {result.scope}", []).append(
                f"{result.position} {names[result.drivers[0]]}"
            )
    return found


@cases(APART)
def test_parts_with_people_of_their_own_are_races_of_their_own(
    case: tuple[str, dict[str, tuple[str, ...]]],
) -> None:
    text, expected = case
    told = finals(text)
    assert len({session.split()[0] for session in told}) == len(expected)
    by_class = {session.split(maxsplit=1)[1]: sorted(places) for session, places in told.items()}
    assert by_class == {
        name: [f"{n} {who}" for n, who in enumerate(people, 1)] for name, people in expected.items()
    }


ONE_RACE = {
    "the same people under both headings": "Course de Brumeval\n\nGroupe Azur\n\nLouis Marchal gagne devant Jean Tavernier et Luc Barnier.\n\nTour Final\n\nLouis Marchal gagne de peu, Jean Tavernier et Luc Barnier le suivent.",
    "classes of a race told above": "Les Huit Heures de Brumeval\n\nLouis Marchal gagne devant Jean Tavernier. Paul Orsini est troisième, Marc Delorme quatrième. Luc Barnier termine cinquième et Guy Lestrade sixième.\n\nBerlines 75\n\n1. Louis Marchal\n2. Jean Tavernier\n\nCoupés 75\n\n1. Paul Orsini\n2. Marc Delorme",
    "headings about the day": "Course de Brumeval\n\nSous la pluie\n\nLouis Marchal gagne devant Jean Tavernier et Luc Barnier.\n\nLoin derrière\n\nPaul Orsini bat Marc Delorme et Guy Lestrade pour la dixième place.",
    "who shares the race by custom": "Course de GT à Brumeval\n\nPro-Am\n\nLouis Marchal gagne devant Jean Tavernier et Luc Barnier.\n\nAm\n\nPaul Orsini gagne devant Marc Delorme et Guy Lestrade.",
    "nobody wins in the second": "Course de Brumeval\n\nBerlines 75\n\nLouis Marchal gagne devant Jean Tavernier et Luc Barnier.\n\nPaddock 2\n\nPaul Orsini parlait avec Marc Delorme de la saison prochaine.",
}


@cases(ONE_RACE)
def test_headings_of_one_race_make_no_others(case: str) -> None:
    assert len({session.split()[0] for session in finals(case)}) == 1


def test_a_limit_of_size_is_one_class_however_it_is_written() -> None:
    told = finals(
        "Trophée de Brumeval\n\nLa course des moins de 1.500 est revenue à Louis Marchal, celle des plus de 1.500 à Paul Orsini.\n\nGT – 1.500 : 1. Louis Marchal ; 2. Jean Tavernier ; 3. Luc Barnier\n\nGT + 1.500 : 1. Paul Orsini ; 2. Marc Delorme ; 3. Guy Lestrade"
    )
    assert len({session.split()[0] for session in told}) == 2


SIBLINGS = {
    "the letter alone": (
        "Rallycross de Brumeval\n\nIl faisait beau. Louis Marchal gagne la demi-finale A devant Jean Tavernier, tandis que Paul Orsini remporte la B devant Marc Delorme.",
        {("semi_final", "Louis Marchal", 1), ("semi_final", "Paul Orsini", 1)},
    ),
    "the other semi-final": (
        "Autocross de Brumeval\n\nIl faisait beau. La demi-finale est pour Louis Marchal, qui gagne devant Jean Tavernier.\n\nDans l'autre demi-finale, Paul Orsini gagne devant Marc Delorme.",
        {("semi_final", "Louis Marchal", 1), ("semi_final", "Paul Orsini", 1)},
    ),
    "the heats of two groups": (
        "Karting à Brumeval\n\nIl faisait beau. Louis Marchal remporte la première manche du groupe A devant Jean Tavernier.\n\nPaul Orsini remporte la première manche du groupe B devant Marc Delorme.",
        {("heat", "Louis Marchal", 1), ("heat", "Paul Orsini", 1)},
    ),
    "that of the other group": (
        "Karting à Brumeval\n\nIl faisait beau. Louis Marchal remporte la manche du groupe A devant Jean Tavernier.\n\nPaul Orsini remporte celle du groupe B devant Marc Delorme.",
        {("heat", "Louis Marchal", 1), ("heat", "Paul Orsini", 1)},
    ),
    "the letter with its noun": (
        "Rallycross de Brumeval\n\nIl faisait beau. Louis Marchal gagne la demi-finale A devant Jean Tavernier.\n\nPaul Orsini gagne la demi-finale B devant Marc Delorme.",
        {("semi_final", "Louis Marchal", 1), ("semi_final", "Paul Orsini", 1)},
    ),
}


@cases(SIBLINGS)
def test_a_race_may_leave_its_noun_to_the_one_before(
    case: tuple[str, set[tuple[str, str, int]]],
) -> None:
    text, expected = case
    record = extractor.extract(TITLE + text)
    kinds, names = {s.id: s.kind for s in record.sessions}, {d.id: d.name for d in record.drivers}
    won = [r for r in record.results if r.kind == "final" and r.position == 1]
    assert {(str(kinds[r.session]), names[r.drivers[0]], r.position) for r in won} == expected
    assert len({r.session for r in won}) == 2


def test_an_initial_is_no_letter_of_a_race() -> None:
    record = extractor.extract(
        TITLE
        + "Rallycross de Brumeval\n\nIl faisait beau. Louis Marchal gagne la demi-finale A devant la B.M.W. de Jean Tavernier et la C 4 de Luc Barnier."
    )
    assert len({r.session for r in record.results if r.kind == "final"}) == 1


def test_the_label_with_a_number_in_figures_is_the_session_s_own() -> None:
    record = extractor.extract(
        TITLE
        + "Louis Marchal gagne la première manche devant Jean Tavernier.\n\nManche 1 : 1. Louis Marchal ; 2. Jean Tavernier"
    )
    assert [s.label for s in record.sessions] == ["Manche 1"]
