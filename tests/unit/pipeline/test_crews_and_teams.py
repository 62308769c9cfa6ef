"""Endurance as it is told: unknown names among known ones, and teams that stand for their crew. All invented."""

from __future__ import annotations

from marked import cases, check_names, read

ENUMERATIONS = {
    "behind a margin": "Vingt secondes d'avance sur [Brok Perkan|person], [Jean Tavernier|person] et [Kohto Nozaki|person] à l'arrivée.",
    "praised": "La belle performance de [Grekk Blakk|person], [Louis Marchal|person] et d'[Artur Tizzon|person] a plu.",
    "two": "La course de [Louis Marchal|person] et [Kohto Nozaki|person] s'arrête là.",
}


@cases(ENUMERATIONS)
def test_unknown_full_names_among_known_ones_are_people(case: str) -> None:
    check_names(case)


TEAMS = {
    "letters and digits": "Le [XRT94 Yamaha|team] s'impose aux 24 Heures.",
    "initials": "Le [B.C.C. TSK Honda|team] a bouclé une course sans faute.",
    "behind devant": "Victoire devant le [VRK Suzuki|team] au petit matin.",
    "the machine is feminine": "La [Yamaha|car] de [Louis Marchal|person] s'impose.",
    "a masculine machine": "Le buggy [Toyota|car] de [Louis Marchal|person] s'impose.",
}


@cases(TEAMS)
def test_a_masculine_article_before_letters_and_a_make_tells_a_team(case: str) -> None:
    check_names(case)


CREW = "24 Heures de Brumeval moto\n\nLe Team Sillage (Paul Durand, Marc Brumel et Luc Martin) menait dès le départ. "
TRIO = "Luc Martin + Marc Brumel + Paul Durand"
TOLD = {
    "wins": ("Le Team Sillage s'impose après vingt-quatre heures de course.", f"final 1 {TRIO}"),
    "wins before": ("Au petit matin, le Team Sillage remporte la course devant le Team Océan de Jean Robert, Éric Petit et Louis Moreau.", f"final 1 {TRIO}"),
    "second": ("Victoire de Jean Robert, Éric Petit et Louis Moreau devant le Team Sillage.", f"final 2 {TRIO}"),
}  # fmt: skip


@cases({name: text for name, (text, _) in TOLD.items()})
def test_a_team_with_one_crew_stands_for_it(case: str) -> None:
    (expected,) = {told for text, told in TOLD.values() if text == case}
    assert any(expected in line for line in read(CREW + case).told), read(CREW + case).told


def test_a_team_with_two_cars_stands_for_nobody() -> None:
    text = (
        "Championnat de France Junior à Brumeval\n\nPaul Durand (Team Sillage) gagne la course 1 devant Luc Martin (Team Océan). "
        "Marc Brumel (Team Sillage) est troisième. Le Team Sillage s'impose dans la course 2."
    )
    assert not any("race 2: final 1" in line for line in read(text).told)


def test_what_a_text_calls_a_circuit_is_a_place_in_its_title_too() -> None:
    text = (
        "Coupe Brume, La Roche-Brumel : le titre pour Tavernier\n\nCircuit de La Roche-Brumel, 17 septembre 2022. "
        "La dernière manche de la Coupe Brume. Jean Tavernier (Atelier Fontanges) gagne la course 1 devant Louis Marchal."
    )
    found = read(text)
    assert not any("La Roche" in line for line in found.told), found.told


FRACTIONS = {
    "figure": "Il a maintenu Jean Tavernier derrière pour seulement 2 dixième de seconde.",
    "word": "Il a maintenu Jean Tavernier derrière pour neuf dixième de seconde.",
    "small": "Il a maintenu Jean Tavernier derrière pour un petit centième.",
}


@cases(FRACTIONS)
def test_fractions_of_seconds_are_no_places(case: str) -> None:
    found = read(f"Rallye de Brumeval\n\nLouis Marchal gagne le rallye de Brumeval. {case}").told
    assert not any(f" {place} " in line for line in found for place in (9, 10, 100)), found


ENDS = {
    "theirs": "Ils ont maîtrisé leur fin de course pour aller chercher ce succès.",
    "fine": "Une belle fin de course pour Louis Marchal, qui gagne.",
}


@cases(ENDS)
def test_the_end_of_a_race_is_no_retirement(case: str) -> None:
    found = read(f"Circuit de Brumeval\n\nLouis Marchal et Jean Tavernier gagnent la course. {case}").told
    assert not any("dnf" in line or "retirement" in line for line in found), found


def test_the_end_of_it_for_somebody_is_a_retirement() -> None:
    text = "Rallye de Brumeval\n\nLouis Marchal gagne le rallye de Brumeval. Moteur cassé : c'est la fin du rallye pour Jean Tavernier."
    assert any("Jean Tavernier" in line and "dnf" in line for line in read(text).told)
