"""Who is named for another day only is no competitor; who is reminded of one in passing stays one."""

from __future__ import annotations

from marked import cases, read

RACE = "Nogaro, dimanche 12 mai 2002. Louis Marchal gagne la course devant Paul Orsini. "

REMEMBERED = {
    "won by": "La première édition, en 1992, avait été gagnée par Jean Tavernier sur trois roues.",
    "a year, then what was done": "En 1998, Jean Tavernier l'enlevait dès la quatrième manche.",
    "a year behind": "Le record de Jean Tavernier, établi en 1983, n'est pas approché.",
    "last year": "Le record appartenait depuis l'an passé à Jean Tavernier.",
    "last season": "La saison dernière, Jean Tavernier n'avait gagné que d'un seul point.",
    "the late": "La coupe revint longtemps à feu Jean Tavernier.",
    "absent": "Chacun cherchait Jean Tavernier, absent cette saison.",
}


@cases(REMEMBERED)
def test_named_for_the_past(case: str) -> None:
    assert read(RACE + case).drivers == {"Louis Marchal", "Paul Orsini"}


COMPETING = {
    "in passing": "Jean Tavernier, vainqueur en 1997, termine cinquième.",
    "in passing, last year": "Jean Tavernier, champion l'an dernier, finit au fond.",
    "opening": "Lauréat l'an passé, Jean Tavernier termine cinquième.",
    "told again": "Deuxième en 1998, battu en 1999, le voilà. Jean Tavernier est troisième.",
    "his own year": "La victoire de 2002 échappe à Jean Tavernier en 2002.",
    "with a car": "Comme en 1999, Jean Tavernier (Lotus) a cassé son moteur.",
    "a crew with a car": "Après deux moteurs cassés l'an dernier, Jean Tavernier et Luc Lemaire (Peugeot 309) voulaient finir.",
}


@cases(COMPETING)
def test_competing_today(case: str) -> None:
    assert read(RACE + case).drivers >= {"Jean Tavernier"}


def test_who_has_an_office_and_a_rank_competes() -> None:
    text = "Paul Orsini gagne. Louis Tavernier, notre trésorier, est troisième au général.\n\n1. Paul Orsini\n2. Luc Lemaire\n3. Louis Tavernier\n"
    assert read(text).drivers >= {"Louis Tavernier"}


NOT_CALLED_SO = {
    "monsieur": ("M. Tavernier (Bugatti) gagne devant M. Orsini (Delage).", {"Tavernier", "Orsini"}),
    "an initial among others": ("M. Tavernier (Bugatti) gagne devant P. Orsini (Delage).", {"M. Tavernier", "P. Orsini"}),
    "monsieur with and without first name": ("M. Louis Tavernier (Bugatti) gagne devant M. Orsini (Delage) et P. Marchal (Talbot).", {"Louis Tavernier", "Orsini", "P. Marchal"}),
    "a title in capitals that names the surname": ("LA COUPE À TAVERNIER\n\nG. Tavernier (Bugatti) gagne devant P. Orsini (Delage).", {"G. Tavernier", "P. Orsini"}),
    "two gentlemen": ("La Citroën de MM. Tavernier et Orsini est cinquième.", {"Tavernier", "Orsini"}),
    "their homes": ("Classement : 1. M. Louis Tavernier, Aurillac (Salmson n° 8), 846. 2. M. Orsini, Brive (Chenard n° 13), 790.", {"Louis Tavernier", "Orsini"}),
    "ladies": ("La Panda n° 58 de Mlles Nadine Tavernier et Carole Orsini ferme la marche.", {"Nadine Tavernier", "Carole Orsini"}),
    "an unlisted people": ("La victoire va au Brumois Louis Tavernier.", {"Louis Tavernier"}),
    "a roman number": ("39 tours : Louis Tavernier, IV (Bugatti n° 8).", {"Louis Tavernier"}),
    "a chassis and an engine": ("Louis Tavernier et Jean Orsini (Shelbourne-Yamaha n° 20) gagnent.", {"Louis Tavernier", "Jean Orsini"}),
    "countries": ("2. Tavernier-Orsini (G.-B.-Fr.), Porsche ; 3. Marchal-Lemaire (Fr.), Lola", {"Tavernier", "Orsini", "Marchal", "Lemaire"}),
    "who gives the prizes": ("Louis Tavernier gagne. Les prix sont remis par M. Orsini, conseiller communal.", {"Louis Tavernier"}),
    "an official monsieur": ("Louis Tavernier gagne. Le trésorier, M. Orsini, tient la recette pour bonne.", {"Louis Tavernier"}),
}  # fmt: skip


@cases(NOT_CALLED_SO)
def test_what_is_part_of_a_name(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).drivers == expected


CAPITALS = {
    "a verb that is a surname": "LOUIS TAVERNIER PREND LA TÊTE ET FAIT SAUTER LA BANQUE AVEC SON PETIT MOTEUR.",
    "a thing": "LOUIS TAVERNIER PREND LA TÊTE. IL N'A PLUS DE COURANT DEPUIS LE DEUXIÈME TOUR.",
    "a car of somebody": "LA DERNIÈRE EST L'AMILCAR DE LOUIS TAVERNIER, À HUIT TOURS, LES BOUGIES AYANT DÛ ÊTRE CHANGÉES.",
}


@cases(CAPITALS)
def test_capitals_make_no_names(case: str) -> None:
    assert read(case).drivers == {"LOUIS TAVERNIER"}
