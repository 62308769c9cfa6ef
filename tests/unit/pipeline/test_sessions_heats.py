"""Sessions: several races of one meeting, and which of them a sentence belongs to."""

from __future__ import annotations

from marked import cases, read

KINDS = {
    "rounds of a season are counted": (
        "Coupe de Brumeval\n\nLouis Marchal gagne la course devant Jean Tavernier. Après quatre manches, Louis Marchal mène la Coupe avec 64 points.",
        ["race"],
    ),
    "rounds still to come": (
        "Louis Marchal gagne devant Jean Tavernier. Deux manches à courir, Nogaro et Le Mans.",
        ["race"],
    ),
    "rounds behind a comma": (
        "Louis Marchal gagne la course. Au championnat, après trois courses, Jean Tavernier est en tête du classement.",
        ["race"],
    ),
    "this round of the season": (
        "Louis Marchal gagne devant Jean Tavernier. Au Trophée, après cette deuxième manche, Louis Marchal est en tête.",
        ["race"],
    ),
    "rounds left": (
        "Louis Marchal gagne la course. Avant les deux dernières manches du championnat, Jean Tavernier mène.",
        ["race"],
    ),
    "heats of the meeting are counted": (
        "Rallycross de Brumeval\n\nTrois manches au programme.\n\nLouis Marchal gagne la première manche. Jean Tavernier la deuxième. Paul Orsini enlève la troisième.",
        ["heat 1", "heat 2", "heat 3"],
    ),
    "a car named Rallye": (
        "Circuit de Brumeval\n\nLouis Marchal (Simca Rallye 2) gagne la course devant Jean Tavernier (205 Rallye).",
        ["race"],
    ),
    "semi-finals by their number alone": (
        "Autocross de Brumeval\n\nLa première demi-finale est revenue à Louis Marchal, la seconde à Jean Tavernier. En finale, Louis Marchal gagne.",
        ["final", "semi_final 1", "semi_final 2"],
    ),
    "the next, with whom it goes to": (
        "Karting à Brumeval\n\nLa première manche est revenue à Louis Marchal, la suivante à Jean Tavernier. En finale, Louis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "a name in -er is no infinitive": (
        "Rallycross de Brumeval\n\nDeux manches.\n\nLa première à Louis Tanguy. La deuxième à Chastager devant Louis Tanguy.\n\nEn finale, Paul Orsini gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "one of two": (
        "Louis Marchal gagne devant Jean Tavernier : telle fut la seconde des deux manches. L'autre manche, le matin, était revenue à Paul Orsini.",
        ["race 1", "race 2"],
    ),
    "the first race of a life": (
        "Louis Marchal gagne la course. Jean Tavernier, dont c'était la première course, a fini troisième.",
        ["race"],
    ),
    "the club's race is the meeting": (
        "NOTRE COURSE DU 30 AVRIL\n\nLouis Marchal gagne la première manche, Jean Tavernier la deuxième manche. En finale, Louis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "times of a climb's practice": (
        "Course de côte de Brumeval\n\nLes essais du samedi sont revenus à Louis Marchal, en 2'13\"020, devant Jean Tavernier, 2'14\"1.\n\nPremière montée : Louis Marchal gagne. Deuxième montée : Jean Tavernier gagne.",
        ["heat 1", "heat 2", "practice"],
    ),
}


@cases(KINDS)
def test_sessions(case: tuple[str, list[str]]) -> None:
    text, expected = case
    assert sorted(s for s in read(text).sessions if s != "overall") == sorted(expected)


TOLD = {
    "a final announced is not told yet": (
        "Rallycross de Brumeval\n\nDeux manches de cinq tours puis une finale à huit. La Mini de Louis Marchal, de l'écurie des Brumes, gagne la première manche devant Jean Tavernier. Paul Orsini gagne la deuxième manche.\n\nEn finale, Louis Marchal gagne.",
        {
            "heat 1: final 1 Louis Marchal",
            "heat 1: final 2 Jean Tavernier",
            "heat 2: final 1 Paul Orsini",
            "final: final 1 Louis Marchal",
        },
    ),
    "two manches, the other one": (
        "Deux manches de huit tours, devant deux mille personnes.\n\nLouis Marchal gagne devant Jean Tavernier.\n\nL'autre manche a été moins limpide. Paul Orsini gagne devant Luc Barnier.",
        {
            "race 1: final 1 Louis Marchal",
            "race 1: final 2 Jean Tavernier",
            "race 2: final 1 Paul Orsini",
            "race 2: final 2 Luc Barnier",
        },
    ),
    "told, then named": (
        "Lors de la course 1, Louis Marchal gagne.\n\nPaul Orsini part en tête. Jean Tavernier gagne devant Paul Orsini. C'était la course 2, sous les projecteurs.",
        {
            "race 1: final 1 Louis Marchal",
            "race 2: final 1 Jean Tavernier",
            "race 2: final 2 Paul Orsini",
        },
    ),
    "told, then named in its own paragraph": (
        "La première manche est revenue à Louis Marchal.\n\nPaul Orsini gagne devant Jean Tavernier.\n\nTelle fut la seconde manche, la plus simple.",
        {
            "race 1: final 1 Louis Marchal",
            "race 2: final 1 Paul Orsini",
            "race 2: final 2 Jean Tavernier",
        },
    ),
    "a semi-final's winner in the final": (
        "Karting à Brumeval\n\nDans la préfinale, Jean Tavernier gagne.\n\nLa finale fut plus folle encore. Paul Orsini jaillit en tête, avec dans ses roues le vainqueur de la préfinale. Louis Marchal gagne.",
        {"semi_final: final 1 Jean Tavernier", "final: final 1 Louis Marchal"},
    ),
}


@cases(TOLD)
def test_which_session_is_spoken_of(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert {line for line in read(text).told if ": final" in line} == expected


HAPPENED = {
    "the fastest of practice retires from the race": (
        "Aux essais, Louis Marchal était le plus rapide.\n\nLa course est revenue à Jean Tavernier. Louis Marchal, auteur du meilleur temps des essais, abandonne au sixième tour, moteur cassé.",
        "race",
    ),
    "a trouble known since practice": (
        "Jean Tavernier gagne la course. Louis Marchal en était resté au douzième tour, joint de culasse claqué, ce dont sa voiture avait donné des signes dès les essais.",
        "race",
    ),
    "in practice": (
        "Aux essais, Louis Marchal casse son moteur.\n\nJean Tavernier gagne la course.",
        "qualifying",
    ),
}


@cases(HAPPENED)
def test_where_it_happened(case: tuple[str, str]) -> None:
    text, kind = case
    record = read(text).record
    kinds = {s.id: s.kind for s in record.sessions}
    assert [kinds[i.session] for i in record.incidents] == [kind]
