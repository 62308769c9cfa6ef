"""Interviews: questions and answers in, whose words they are out. All people and races are invented."""

from __future__ import annotations

import extractor

INTRO = (
    "Rallye des Monts d'Alzou\n\nPaul Jouvion a remporté le Rallye des Monts d'Alzou devant Henri Tassard et "
    "Luc Ferrand, au terme de huit spéciales. Trente équipages ont pris le départ de la course. "
    "On a trouvé le garagiste dans son atelier.\n\n"
)


def spoken(text: str) -> list[tuple[str | None, str]]:
    record = extractor.extract(text)
    names = {driver.id: driver.name for driver in record.drivers}
    return [(names.get(quote.speaker or ""), quote.text) for quote in record.quotes]


def test_answers_without_marks_below_their_questions_are_speech() -> None:
    text = INTRO + (
        "Paul, comment avez-vous gagné cette course ?\nJ'ai attendu la pluie et je n'ai pas freiné.\n\n"
        "Et derrière vous, la bagarre ?\nHenri Tassard est revenu très fort dans la dernière spéciale.\n\n"
        "Serez-vous au départ l'an prochain ?\nSi ma femme le veut bien, je serai là.\n"
    )
    assert spoken(text) == [
        ("Paul Jouvion", "J'ai attendu la pluie et je n'ai pas freiné."),
        ("Paul Jouvion", "Henri Tassard est revenu très fort dans la dernière spéciale."),
        ("Paul Jouvion", "Si ma femme le veut bien, je serai là."),
    ]


def test_a_name_in_the_question_does_not_answer_it() -> None:
    text = INTRO + (
        "— Paul Jouvion, aviez-vous course gagnée à midi ?\n\n« Non, je savais que rien n'était fait. »\n\n"
        "— Restait la voiture d'Henri Tassard.\n\n« Elle revenait, et je la voyais dans mes rétroviseurs. »\n\n"
        "— Que disait Luc Ferrand ?\n\n« Je ne l'ai pas vu de la journée. »\n"
    )
    assert [who for who, _ in spoken(text)] == ["Paul Jouvion"] * 3


def test_who_is_presented_above_the_questions_answers_them() -> None:
    text = INTRO.replace("On a trouvé le garagiste dans son atelier.", "Le vainqueur raconte.") + (
        "– Vous aviez course gagnée ?\n– Non, j'ai cru jusqu'au bout que je perdais tout.\n\n"
        "– La suite ?\n– Je pars au Rouergue, puis je rentre à l'atelier.\n"
    )
    assert spoken(text) == [
        ("Paul Jouvion", "Non, j'ai cru jusqu'au bout que je perdais tout."),
        ("Paul Jouvion", "Je pars au Rouergue, puis je rentre à l'atelier."),
    ]


def test_the_only_one_who_speaks_has_said_the_headline_too() -> None:
    text = (
        "« Je ne voyais plus la route »\n\n"
        + INTRO
        + ("« J'ai levé le pied, voilà tout », explique Paul Jouvion.\n")
    )
    assert [who for who, _ in spoken(text)] == ["Paul Jouvion", "Paul Jouvion"]


def test_a_headline_over_several_voices_is_given_to_nobody() -> None:
    text = (
        "« Je ne voyais plus la route »\n\n"
        + INTRO
        + (
            "« J'ai levé le pied, voilà tout », explique Paul Jouvion.\n\n"
            "« Je n'ai jamais pu revenir », regrette Henri Tassard.\n"
        )
    )
    assert spoken(text)[0][0] is None


def test_the_narrators_own_questions_make_no_interview() -> None:
    text = INTRO + (
        "Qui arrêtera Paul Jouvion ?\n\nLa deuxième spéciale lui revenait déjà avec dix secondes d'avance.\n\n"
        "Et le championnat ?\n\nHenri Tassard garde quatre points d'avance avant la finale.\n"
    )
    assert spoken(text) == []
