"""Classes that start on their own: which race is whose, and where the text turns to the next one."""

from __future__ import annotations

from marked import cases, read

APART = {
    "the heat of a class": (
        "Motocross de Brumeval\n\nLa première manche des 500 est revenue à Louis Marchal devant Jean Tavernier. Dans la seconde, Jean Tavernier gagne.\n\nLes 250 avaient ouvert la réunion. La victoire était revenue à Paul Orsini.",
        {
            "race 1: final 1 500: Louis Marchal",
            "race 1: final 2 500: Jean Tavernier",
            "race 2: final 1 500: Jean Tavernier",
            "race: final 1 250: Paul Orsini",
        },
    ),
    "the final of a class": (
        "Autocross de Brumeval\n\nLa finale du Super Buggy est gagnée par Louis Marchal devant Jean Tavernier.\n\nEn Buggy 1600, Paul Orsini s'impose devant Luc Barnier.",
        {
            "final: final 1 Super Buggy: Louis Marchal",
            "final: final 2 Super Buggy: Jean Tavernier",
            "race: final 1 Buggy 1600: Paul Orsini",
            "race: final 2 Buggy 1600: Luc Barnier",
        },
    ),
    "the class right behind its final": (
        "Rallycross de Brumeval\n\nFinale Division 1 : 1. Louis Marchal ; 2. Jean Tavernier ; 3. Luc Barnier.\n\nFinale Division 2 : 1. Paul Orsini ; 2. Marc Delorme ; 3. Guy Lestrade.",
        {
            "final: final 1 Division 1: Louis Marchal",
            "final: final 2 Division 1: Jean Tavernier",
            "final: final 3 Division 1: Luc Barnier",
            "final: final 1 Division 2: Paul Orsini",
            "final: final 2 Division 2: Marc Delorme",
            "final: final 3 Division 2: Guy Lestrade",
        },
    ),
    "the class before its races in headings": (
        "Karting à Brumeval\n\nKZ2 – Finale 1\n\nLouis Marchal gagne.\n\nKZ2 – Finale 2\n\nJean Tavernier gagne.\n\nX30 Senior – Finale\n\nPaul Orsini gagne.",
        {
            "final 1: final 1 KZ2: Louis Marchal",
            "final 2: final 1 KZ2: Jean Tavernier",
            "final: final 1 X30 Senior: Paul Orsini",
        },
    ),
    "a class as the subject": (
        "Beau temps à Brumeval.\n\nLouis Marchal a gagné la course des 500 cmc devant Jean Tavernier.\n\nLe matin, les 350 cmc avaient vu la victoire de Paul Orsini.",
        {
            "race: final 1 500 cmc: Louis Marchal",
            "race: final 2 500 cmc: Jean Tavernier",
            "race: final 1 350 cmc: Paul Orsini",
        },
    ),
    "a class by its bound": (
        "Autocross de Brumeval\n\nLa finale des buggies a souri à Louis Marchal. Louis Marchal gagne devant Jean Tavernier.\n\nEn tourisme jusqu'à 1.000 cm3, la victoire revient à Paul Orsini.",
        {
            "final: final 1 buggies: Louis Marchal",
            "final: final 2 buggies: Jean Tavernier",
            "race: final 1 tourisme jusqu'à 1.000 cm3: Paul Orsini",
        },
    ),
    "one class under two names": (
        "Side-cars à Brumeval\n\nFORMULE 1\n\nCourse 1 : Louis Marchal gagne.\n\nFORMULE 2\n\nJean Tavernier gagne.\n\nRESULTATS\n\nF1, course 1 : 1. Louis Marchal ; 2. Paul Orsini ; 3. Luc Barnier",
        {
            "race 1: final 1 FORMULE 1: Louis Marchal",
            "race 1: final 1 F1: Louis Marchal",
            "race 1: final 2 F1: Paul Orsini",
            "race 1: final 3 F1: Luc Barnier",
            "race: final 1 FORMULE 2: Jean Tavernier",
        },
    ),
    "the best of all classes": (
        "Rallycross de Brumeval\n\nLa finale Division 1 est revenue à Louis Marchal.\n\nLa finale Division 2 est revenue à Jean Tavernier.\n\nLa Super-finale réunissait les meilleurs de chaque division. Jean Tavernier gagne devant Louis Marchal.",
        {
            "final: final 1 Division 1: Louis Marchal",
            "final: final 1 Division 2: Jean Tavernier",
            "final: final 1 Jean Tavernier",
            "final: final 2 Louis Marchal",
        },
    ),
    "labels before a dash": (
        "Trois courses de side-cars à Brumeval.\n\nF1 – La victoire est revenue à Louis Marchal devant Jean Tavernier.\n\nF2 – Course gagnée par Paul Orsini devant Luc Barnier.",
        {
            "race: final 1 F1: Louis Marchal",
            "race: final 2 F1: Jean Tavernier",
            "race: final 1 F2: Paul Orsini",
            "race: final 2 F2: Luc Barnier",
        },
    ),
    "a race that a pronoun stands for": (
        "Beau temps à Brumeval. Louis Marchal a gagné la course des 500. Jean Tavernier a gagné celle des 250.\n\nLa course des 350 est revenue à Paul Orsini.",
        {
            "race: final 1 500: Louis Marchal",
            "race: final 1 250: Jean Tavernier",
            "race: final 1 350: Paul Orsini",
        },
    ),
    "what comes before is told by its people": (
        "Motos à Brumeval : Marchal gagne\n\nLouis Marchal prend la tête. Louis Marchal s'impose devant Jean Tavernier.\n\nLe matin, les 350 cmc avaient couru. Paul Orsini gagne devant Luc Barnier.\n\nClassement (500 cmc, 20 tours). — 1. Louis Marchal ; 2. Jean Tavernier ; 3. Marc Delorme.",
        {
            "race: final 1 500 cmc: Louis Marchal",
            "race: final 2 500 cmc: Jean Tavernier",
            "race: final 3 500 cmc: Marc Delorme",
            "race: final 1 350 cmc: Paul Orsini",
            "race: final 2 350 cmc: Luc Barnier",
        },
    ),
    "one class beside the race of all": (
        "Stock-car à Brumeval. Louis Marchal prend la tête. Louis Marchal gagne devant Jean Tavernier.\n\nLa course des dames est revenue à Anne Orsini devant Lise Barnier.",
        {
            "race: final 1 Louis Marchal",
            "race: final 2 Jean Tavernier",
            "race: final 1 dames: Anne Orsini",
            "race: final 2 dames: Lise Barnier",
        },
    ),
    "a paragraph that goes back to a class by its people": (
        "Rallycross de Brumeval, quatrième manche.\n\nEn Division 2, Louis Marchal gagne devant Jean Tavernier. En Division 1, victoire de Paul Orsini devant Luc Barnier.\n\nTout avait mal commencé. Louis Marchal abandonne dans la première manche. En finale, Louis Marchal devance Jean Tavernier.",
        {
            "final: final 1 Division 2: Louis Marchal",
            "final: final 2 Division 2: Jean Tavernier",
            "race: final 1 Division 1: Paul Orsini",
            "race: final 2 Division 1: Luc Barnier",
            "heat 1: final dnf Division 2: Louis Marchal",
        },
    ),
    "labels with a stop and a dash": (
        "Motocross de Brumeval.\n\n250 CC. — Louis Marchal gagne devant Jean Tavernier.\n\n500 CC. — Paul Orsini gagne devant Luc Barnier.",
        {
            "race: final 1 250 CC.: Louis Marchal",
            "race: final 2 250 CC.: Jean Tavernier",
            "race: final 1 500 CC.: Paul Orsini",
            "race: final 2 500 CC.: Luc Barnier",
        },
    ),
    "a heading with its distance": (
        "Karting à Brumeval. Les karts étaient nombreux.\n\nINTER, 25 tours\n1. Louis Marchal\n2. Jean Tavernier\n3. Luc Barnier\n\nLes juniors tournent en fin de journée. Paul Orsini gagne devant Marc Delorme.",
        {
            "race: final 1 INTER: Louis Marchal",
            "race: final 2 INTER: Jean Tavernier",
            "race: final 3 INTER: Luc Barnier",
            "race: final 1 juniors: Paul Orsini",
            "race: final 2 juniors: Marc Delorme",
        },
    ),
    "a class by its engines": (
        "Deux courses ce dimanche à Brumeval. Dans les 2 litres, Louis Marchal gagne devant Jean Tavernier.\n\nPlus tard, la course des grosses cylindrées réunissait dix voitures. Paul Orsini gagne devant Luc Barnier.",
        {
            "race: final 1 2 litres: Louis Marchal",
            "race: final 2 2 litres: Jean Tavernier",
            "race: final 1 grosses cylindrées: Paul Orsini",
            "race: final 2 grosses cylindrées: Luc Barnier",
        },
    ),
    "a single race of a class": (
        "Stock-car à Brumeval. La finale des Tourismes est revenue à Louis Marchal devant Jean Tavernier.\n\nEn Monoplaces, une seule course : Paul Orsini gagne devant Luc Barnier.",
        {
            "final: final 1 Tourismes: Louis Marchal",
            "final: final 2 Tourismes: Jean Tavernier",
            "race: final 1 Monoplaces: Paul Orsini",
            "race: final 2 Monoplaces: Luc Barnier",
        },
    ),
}


@cases(APART)
def test_a_class_that_starts_on_its_own_has_its_races(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) == expected


TOGETHER = {
    "the whole text is about one class": (
        "Karting à Brumeval\n\nLa finale des Cadets est revenue à Louis Marchal devant Jean Tavernier.",
        {"final: final 1 Louis Marchal", "final: final 2 Jean Tavernier"},
    ),
    "a kind of race": (
        "Beau temps à Brumeval.\n\nUne course de tourisme sans temps mort. Louis Marchal gagne devant Jean Tavernier.",
        {"race: final 1 Louis Marchal", "race: final 2 Jean Tavernier"},
    ),
    "classes of one race": (
        "Beau temps à Brumeval.\n\nLouis Marchal gagne la course. En Pro-Am, Paul Orsini s'impose devant Luc Barnier.",
        {
            "race: final 1 Louis Marchal",
            "race: final 1 Pro-Am: Paul Orsini",
            "race: final 2 Pro-Am: Luc Barnier",
        },
    ),
    "labels of classes that share a race": (
        "Beau temps à Brumeval. Louis Marchal gagne la course devant Jean Tavernier.\n\nPro-Am – Victoire de Paul Orsini.\n\nAm – Victoire de Luc Barnier.",
        {
            "race: final 1 Louis Marchal",
            "race: final 2 Jean Tavernier",
            "race: final 1 Pro-Am: Paul Orsini",
            "race: final 1 Am: Luc Barnier",
        },
    ),
    "juniors who suffered in the race of all": (
        "Beau temps à Brumeval. Louis Marchal gagne la course devant Jean Tavernier.\n\nLes Juniors ont souffert. Paul Orsini termine quatrième.",
        {
            "race: final 1 Louis Marchal",
            "race: final 2 Jean Tavernier",
            "race: final 4 Paul Orsini",
        },
    ),
    "all started together": (
        "Motocyclisme\n\nToutes les cylindrées sont parties ensemble. Louis Marchal gagne la course.\n\nEn 250, Paul Orsini a fini 9e.",
        {"race: final 1 Louis Marchal", "race: final 9 250: Paul Orsini"},
    ),
    "a meeting's own name": (
        "Louis Marchal remporte la finale du critérium de Tourisme devant Jean Tavernier.",
        {"race: final 1 Louis Marchal", "race: final 2 Jean Tavernier"},
    ),
    "the group of a heat": (
        "2 CV cross de Brumeval\n\nEn quart de finale du groupe A, Louis Marchal gagne. En finale, Jean Tavernier gagne.",
        {"heat: final 1 Louis Marchal", "final: final 1 Jean Tavernier"},
    ),
    "heats with a distance": (
        "Coupe à Brumeval\n\nPremière série (12 tours). — Louis Marchal gagne.\n\nDeuxième série (12 tours). — Jean Tavernier gagne.\n\nFinale (20 tours). — Paul Orsini gagne.",
        {
            "heat 1: final 1 Louis Marchal",
            "heat 2: final 1 Jean Tavernier",
            "final: final 1 Paul Orsini",
        },
    ),
}


@cases(TOGETHER)
def test_what_starts_together_shares_a_race(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) == expected


def test_two_classes_together_under_their_heading_leave_the_others_apart() -> None:
    text = (
        "Karting à Brumeval\n\nCADET\n\nLouis Marchal gagne la finale.\n\nSENIOR ET MASTER\n\nLes deux catégories roulent ensemble.\n\n"
        "MINIME\n\nJean Tavernier gagne la finale."
    )
    assert {"final: final 1 CADET: Louis Marchal", "final: final 1 MINIME: Jean Tavernier"} <= finals(text)


def finals(text: str) -> set[str]:
    return {line for line in read(text).told if ": final " in line}


IN_CLASS = {
    "the class is what is won": (
        "Le rallye de Brumeval comptait six spéciales. Jean Tavernier remporte le rallye devant Luc Barnier.\n\nEn groupe A, Louis Marchal termine quatrième. Le groupe N est revenu à Paul Orsini.",
        {"overall: final 1 groupe N: Paul Orsini"},
    ),
    "a class that goes to somebody": (
        "Le rallye de Brumeval comptait six spéciales. Jean Tavernier remporte le rallye devant Luc Barnier. La classe 8 va à Paul Orsini.",
        {"overall: final 1 Jean Tavernier", "overall: final 1 classe 8: Paul Orsini"},
    ),
    "the class of the paragraph": (
        "Motos à Brumeval\n\nToutes les cylindrées sont parties ensemble. Louis Marchal gagne la course.\n\nChez les 350, Jean Tavernier est tombé. Paul Orsini est 7e au général, 2e de classe.",
        {"race: final 2 350: Paul Orsini"},
    ),
    "his own group, as the list has it": (
        "Le rallye de Brumeval comptait six spéciales. Jean Tavernier remporte le rallye devant Luc Barnier. Louis Marchal gagne son groupe devant Paul Orsini.\n\nClassement : 1. Jean Tavernier (BMW, gr. B) ; 2. Luc Barnier (BMW, gr. B) ; 3. Louis Marchal (Golf, gr. A)",
        {"overall: final 1 groupe A: Louis Marchal"},
    ),
    "a group of any name": (
        "Coupe à Brumeval. Jean Tavernier gagne la course. Louis Marchal terminait 12e, 4e du groupe Amateurs.",
        {"race: final 12 Louis Marchal", "race: final 4 groupe Amateurs: Louis Marchal"},
    ),
    "the class of a car in a bracket": (
        "Slalom de Brumeval. Au scratch, c'est Louis Marchal qui gagne avec sa Dallara F3 (groupe D/E).",
        {"race: final 1 Louis Marchal"},
    ),
    "who falls out in the class's own race": (
        "Motocross de Brumeval\n\nLa course des 500 est revenue à Louis Marchal. Jean Tavernier abandonne, moteur cassé.\n\nLa course des 250 est revenue à Paul Orsini. Luc Barnier n'a pas pris le départ.",
        {
            "race: final 1 500: Louis Marchal",
            "race: final dnf 500: Jean Tavernier",
            "race: final 1 250: Paul Orsini",
            "race: final dns 250: Luc Barnier",
        },
    ),
    "a semi-final in passing": (
        "Autocross de Brumeval\n\nSUPER BUGGY – 10 partants\n– 1. Louis Marchal\n– 2. Jean Tavernier\n– 3. Luc Barnier\n\nMAXI SPRINT – 9 partants\n– 1. Paul Orsini\n– 2. Marc Delorme\n– 3. Guy Lestrade\n\nNon partant : Yves Gasset (blessé en demi-finale)",
        {"race: final 1 MAXI SPRINT: Paul Orsini", "race: final 2 MAXI SPRINT: Marc Delorme"},
    ),
}


@cases(IN_CLASS)
def test_places_count_in_the_class_that_is_meant(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert expected <= finals(text)


def test_a_class_named_far_from_the_win_is_not_won() -> None:
    told = finals(
        "Le rallye de Brumeval comptait six spéciales. Le groupe N perdait ses meilleurs, et Paul Orsini gagne le rallye."
    )
    assert "overall: final 1 groupe N: Paul Orsini" not in told
