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
    "rallycross: Q1 to Q4 are heats": (
        "Rallycross de Brumeval\n\nLouis Marchal signe le meilleur temps de la Q1. Jean Tavernier répond en Q2.\n\nEn finale, Louis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "karting: Q1 is qualifying": (
        "Karting à Brumeval\n\nLouis Marchal signe le meilleur temps de la Q1.\n\nEn finale, Louis Marchal gagne.",
        ["final"],
    ),
    "the day after a final is told": (
        "Rallycross de Brumeval\n\nLa finale du samedi revient à Louis Marchal.\n\nLe lendemain, la fête continue pour Jean Tavernier.",
        ["final"],
    ),
    "crews race beside the heats": (
        "Première manche (15 tours).\n\nLouis Marchal gagne.\n\nDeuxième manche (15 tours).\n\nJean Tavernier gagne.\n\nCourse par équipages (80 tours), changement de volant obligatoire.\n\nPaul Orsini et Luc Barnier gagnent.",
        ["race 1", "race 2", "race"],
    ),
    "an endurance race alone": (
        "Louis Marchal gagne la course d'endurance de Brumeval devant Jean Tavernier.",
        ["race"],
    ),
    "manches of a day's parts": (
        "Rallycross de Brumeval\n\nLouis Marchal gagne la manche du matin. Jean Tavernier gagne la deuxième manche. En finale, Louis Marchal gagne.",
        ["final", "heat", "heat 2"],
    ),
    "a rally in heats and a final": (
        "Rallye-manches de Brumeval\n\nNos navigateurs attendaient ce rallye : deux manches et une finale.\n\nLa première manche est revenue à Louis Marchal. La seconde à Jean Tavernier. En finale, Louis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "day by day, without the word of a win": (
        "Trophée de Brumeval\n\nSamedi, Louis Marchal part en tête et personne ne le revoit avant le damier.\n\nDimanche, Jean Tavernier gagne devant Louis Marchal.",
        ["race", "race"],
    ),
    "a day of qualifying": (
        "Trophée de Brumeval\n\nSamedi, les qualifications ont mis Louis Marchal sur le podium des temps.\n\nDimanche, Jean Tavernier gagne devant Louis Marchal.",
        ["race"],
    ),
}


@cases(KINDS)
def test_sessions(case: tuple[str, list[str]]) -> None:
    text, expected = case
    assert sorted(s for s in read(text).sessions if s not in ("overall", "qualifying")) == sorted(expected)


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
    "what was won before the race that is told": (
        "Lors de la course 2, Paul Orsini gagne devant Jean Tavernier. Vainqueur de la course 1, Louis Marchal a abandonné au septième tour.",
        {
            "race 2: final 1 Paul Orsini",
            "race 2: final 2 Jean Tavernier",
            "race 2: final dnf Louis Marchal",
        },
    ),
    "this race, told before": (
        "Lors de la course 1, Louis Marchal gagne.\n\nDimanche, l'ordre a changé. Paul Orsini s'accroche avec Luc Barnier et abandonne. Jean Tavernier a gagné cette course 2.",
        {
            "race 1: final 1 Louis Marchal",
            "race 2: final dnf Paul Orsini",
            "race 2: final 1 Jean Tavernier",
        },
    ),
    "the lead tells the final": (
        "Karting à Brumeval\n\nLa victoire revient à Louis Marchal devant Jean Tavernier. Dix mille spectateurs.\n\nPremière manche : Paul Orsini gagne. Deuxième manche : Luc Barnier gagne.\n\nFinale : Louis Marchal prend la tête et la garde.",
        {
            "heat 1: final 1 Paul Orsini",
            "heat 2: final 1 Luc Barnier",
            "final: final 1 Louis Marchal",
            "final: final 2 Jean Tavernier",
        },
    ),
    "a class's list beside its semi-finals": (
        "Autocross de Brumeval\n\nSUPER BUGGY – 10 partants\n– 1. Luc Barnier\n– 2. Guy Lestrade\n– 3. Marc Delorme\n\nMAXI SPRINT – 11 partants\n– 1. Louis Marchal\n– 2. Jean Tavernier\n– 3. Paul Orsini\n\nDemi-finales MAXI SPRINT : A, Louis Marchal.",
        {
            "race: final 1 SUPER BUGGY: Luc Barnier",
            "race: final 2 SUPER BUGGY: Guy Lestrade",
            "race: final 3 SUPER BUGGY: Marc Delorme",
            "race: final 1 MAXI SPRINT: Louis Marchal",
            "race: final 2 MAXI SPRINT: Jean Tavernier",
            "race: final 3 MAXI SPRINT: Paul Orsini",
        },
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
    "a headline says who won the final": (
        "Rallycross de Brumeval\n\nLouis Marchal gagne la finale, Jean Tavernier est ravi\n\nPaul Orsini fait le meilleur temps en manche 1. Luc Barnier casse son moteur dans la manche 2.\n\nEn finale, Louis Marchal gagne.",
        "heat",
    ),
    "under the name of practice alone": (
        "Essais chronométrés. Louis Marchal signe le meilleur temps. Jean Tavernier casse un joint de culasse.\n\nLa course est revenue à Paul Orsini.",
        "qualifying",
    ),
    "the fourth by number alone": (
        "Rallycross de Brumeval\n\nQuatre manches et une finale.\n\nLa première à Louis Marchal. La Mini de Jean Tavernier fait deux tonneaux dans la deuxième et en reste là.\n\nEn finale, Paul Orsini gagne.",
        "heat",
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


def test_who_breaks_down_in_practice_does_not_start_the_race() -> None:
    record = read(
        "Essais. Louis Marchal sort de la route. Sa voiture n'a pu être réparée et Louis Marchal n'a pas pris le départ.\n\nPremière manche : Jean Tavernier gagne. Deuxième manche : Paul Orsini gagne."
    ).record
    kinds = {s.id: s.kind for s in record.sessions}
    assert {kinds[r.session] for r in record.results if r.status == "dns"} == {"race"}


def test_the_next_place_is_not_his_who_has_one_before_his_name() -> None:
    record = read(
        "chronos : Louis Marchal (206 maxi) devant tout le monde, 2eme Jean Tavernier (clio) 3eme le pere Orsini.\n\nmanche 1 victoire de Louis Marchal, manche 2 victoire de Jean Tavernier."
    )
    assert "qualifying: qualifying 2 Jean Tavernier" in record.told
    assert "qualifying: qualifying 3 Jean Tavernier" not in record.told
