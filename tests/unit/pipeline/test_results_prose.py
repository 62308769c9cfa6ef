"""Results told in running sentences: chains of places, margins, weak words. All people and races are invented."""

from __future__ import annotations

from marked import cases, read

M, T, O, B = "Louis Marchal", "Jean Tavernier", "Paul Orsini", "Luc Besson"  # noqa: E741


def finals(text: str) -> set[str]:
    """Return the final places; whoever fell out is told elsewhere."""
    return {line for line in read(text).results if line.startswith("final") and " dn" not in line}


def order(*names: str) -> set[str]:
    return {f"final {n} {name}" for n, name in enumerate(names, 1)}


FINISHED = {
    "is second": f"{M} gagne la course. {T} est deuxième.",
    "was second": f"{M} l'emportait au bout des vingt tours. {T} était deuxième avec une voiture moins préparée.",
    "apposition": f"{M} gagne la course. {T}, deuxième, a perdu son capot dans la bosse.",
    "at a lap": f"{M} gagne la course. {T} (Lotus n° 16), deuxième à un tour, courait pour la première fois.",
    "opening": f"{M} gagne la course. Deuxième, à un tour, {T} réalisait un véritable exploit.",
    "finds himself": f"{M} gagne la course. Par le jeu des abandons, {T} se retrouve deuxième.",
}


@cases(FINISHED)
def test_behind_a_finish_a_bare_place_is_final(case: str) -> None:
    assert finals(case) == order(M, T)


MIDWAY = {
    "then": f"{M} mène la course. {T}, alors troisième, casse sa chaîne.",
    "first lap": f"{M} prend la tête. {T} est troisième au premier passage.",
    "when": f"{M} gagne la course. {T} était troisième quand il a cassé sa boîte.",
    "until": f"{M} gagne la course. {T} fut longtemps troisième.",
}


@cases(MIDWAY)
def test_a_place_held_for_a_time_is_no_finish(case: str) -> None:
    assert not any(T in line for line in finals(case))


NOBODYS = {
    "next meeting": f"{M} gagne la course. Prochaine sortie, la quatrième, le 14 juin.",
    "edition": f"{M} gagne la course. Le douzième Rallye des Brumes aura lieu en mai.",
    "stage": f"{M} gagne la course. La cinquième et dernière étape est annulée.",
    "a third": f"{M} gagne la course. La troisième place y vaudra cinq cents francs.",
    "unknown man": f"{M} gagne la course. Le Malouin Xzqy a été classé troisième.",
    "came from": f"{M} gagne la course, revenu de la septième place.",
    "moved up": f"{M} gagne et passe de la troisième à la première place du podium.",
}


@cases(NOBODYS)
def test_the_winner_gets_no_place_of_something_else(case: str) -> None:
    assert finals(case) == order(M)


CHAINS = {
    "car": f"{M} s'impose devant {T} et la 4 CV n° 22 de {O}.",
    "two cars": f"{M} s'impose devant la Porsche n° 4 de {T} et l'Alpine n° 22 de {O}.",
    "apposition": f"{M} gagne devant {T}, deuxième pour la quatrième fois de l'année, et {O}, remonté de la neuvième ligne.",
    "then": f"{M} s'impose devant {T}, toujours fidèle à sa vieille Velocette, puis {O}.",
    "gaps": f"{M} gagne devant {T} à 3 s, {O} à 5 s.",
    "machines": f"{M} gagne devant {T} sur Norton et {O} sur Velocette.",
    "followed": f"{M} gagne devant {T}, suivi de {O}.",
}


@cases(CHAINS)
def test_chains_of_places(case: str) -> None:
    assert finals(case) == order(M, T, O)


NO_CHAINS = {
    "retired": f"{M} gagne devant {T} et {O} abandonne.",
    "broke": f"{M} gagne devant {T}, {O} casse sa boîte.",
    "led": f"{M} gagne devant {T}, mais {O} menait la course.",
    "speaks": f"{M} gagne devant {T}. {O} est content.",
}


@cases(NO_CHAINS)
def test_a_clause_of_its_own_ends_the_chain(case: str) -> None:
    assert finals(case) == order(M, T)


def test_a_car_that_two_share_is_one_place() -> None:
    text = (
        f"En GT2, succès de la Porsche n° 51 de {M} et {T}, devant celle de {O} et {B}.\n\n"
        f"{M} et {T} (Porsche n° 51) sont contents."
    )
    assert finals(text) == {f"final 1 GT2: {T} + {M}", f"final 2 GT2: {B} + {O}"}


MARGINS = {
    "over": f"{M} l'emporte sur {T}.",
    "by": f"{M} l'emportait de 22\" sur {T}, de chez Sud-Compétition.",
    "with": f"{M} gagne avec 0.318 sur {T}.",
    "length": f"{M} s'impose avec une longueur sur la Maserati n° 16 d'un rival, {T} étant deuxième.",
    "before": f"{M} gagne 25 secondes avant {T}.",
    "duel": f'{M} a devancé de 0"412 la Ligier n° 5 de {T}.',
    "beats": f"{M} bat {T} de deux longueurs.",
    "pips": f"{M} coiffe {T} pour 41 millièmes.",
}


@cases(MARGINS)
def test_margins(case: str) -> None:
    assert finals(case) == order(M, T)


def test_margins_one_after_another() -> None:
    assert finals(f"{M} gagne avec 8 secondes sur {T}, 15 sur {O}.") == order(M, T, O)
    assert finals(f'{M} gagne avec 0.318 sur {T} et 2" sur {O}.') == order(M, T, O)


NO_MARGINS = {
    "machine": f"{M} gagne sur la Norton de {T}.",
    "lap time": f"{M} gagne. Au cinquième tour il avait repris deux secondes à {T}.",
    "running": f'{M} gagne. À mi-course il devançait de 3" {T}.',
    "hoped": f"{M} gagne. On croyait que {T} le battrait.",
}


@cases(NO_MARGINS)
def test_no_margins(case: str) -> None:
    assert finals(case) == order(M)


GAPS = {
    "decimals": f"{M} gagne la course. {T} à 5.2.",
    "finished": f'{M} gagne la course. {T} a terminé à 3"4.',
    "failed": f"{M} gagne la course. {T} a échoué à 214 millièmes.",
    "followed": f"{M} gagne la course. {T} l'a suivi à sept dixièmes.",
}


@cases(GAPS)
def test_gaps_behind_a_winner(case: str) -> None:
    assert finals(case) == order(M, T)


PLACES_WON = {
    "wins third": f"{M} gagne la course. {T} y gagnait la troisième place.",
    "takes third": f"{M} gagne la course. {T} remporte la troisième place.",
}


@cases(PLACES_WON)
def test_a_place_won_is_no_win(case: str) -> None:
    assert finals(case) == {f"final 1 {M}", f"final 3 {T}"}


def test_places_gained_are_no_win() -> None:
    assert finals(f"{T} en gagne cinq de plus et finit quatorzième.") == {f"final 14 {T}"}


def test_a_place_of_his_own_counts_against_the_order() -> None:
    text = f"{M}, onzième, gagne le groupe A devant la Porsche de {T}, quatorzième."
    assert f"final 12 {T}" not in finals(text)
    assert f"final 14 {T}" in finals(text)


def test_some_of_many_races_are_no_race_in_particular() -> None:
    text = (
        f"{M} a remporté deux des quatre courses.\n\nCourse 1\n\n{T} s'impose.\n\nCourse 2\n\n{O} s'impose."
    )
    assert finals(text) == {f"final 1 {T}", f"final 1 {O}"}


HEATS = {
    "elliptic": f"Deux manches ont été disputées. La première revient à {M}, devant {T}, et la seconde à {O}, devant {B}.",
    "smiled": f"Deux manches ont été disputées. La première a souri à {M}, devant {T}. La deuxième, très disputée, à {O}, devant {B}.",
    "went": f"Les courses furent belles. La première est allée à {M}, devant {T} ; la deuxième a échu à {O}, devant {B}.",
    "heats named": f"La première manche revient à {M}, devant {T}, la seconde à {O}, devant {B}.",
    "belonged": f"On courut deux manches. La première a appartenu à {M}, devant {T}, la deuxième à {O}, devant {B}.",
}


@cases(HEATS)
def test_heats_told_by_their_number(case: str) -> None:
    assert finals(case) == order(M, T) | order(O, B)


NO_HEATS = {
    "places": f"La victoire revient à {M}, la deuxième place à {T}, la troisième à {O}.",
    "podium": f"{M} gagne devant {T}. La troisième place revient à {O}.",
}


@cases(NO_HEATS)
def test_places_handed_out_are_no_heats(case: str) -> None:
    assert finals(case) == order(M, T, O)


def test_a_season_long_past_is_no_heat() -> None:
    assert finals(f"Les courses furent belles. La première, en 1998, revint à {M}.") == set()


VERBLESS = {
    "race": f"Course 1 : {M} devant {T} et {O}.",
    "final": f"Finale : {M} (Écurie Brume) devant {T} (Lotus), {O}.",
    "sunday": f"Dimanche : {M} devant {T} et la Porsche n° 12 de {O}.",
}


@cases(VERBLESS)
def test_orders_without_a_verb(case: str) -> None:
    assert finals(case) == order(M, T, O)


NO_VERBLESS = {
    "lap": f"Au dixième tour, {M} devant {T} et {O}.",
    "grid": f"Grille : {M} devant {T}.",
    "goes on": f"Course 1 : {M} devant {T} mène jusqu'au dixième tour.",
    "essais": f"Essais : {M} devant {T}.",
}


@cases(NO_VERBLESS)
def test_orders_of_a_moment_or_a_grid_are_no_finish(case: str) -> None:
    assert finals(case) == set()


NEIGHBOURS = {
    "ahead": (f"{M} gagne. {T} est dixième. Devant lui, {O}.", f"final 9 {O}"),
    "ahead, two": (f"{M} gagne. {T} est dixième. Juste devant lui venaient {O}, puis {B}.", f"final 8 {B}"),
    "behind": (f"{M} gagne. {T} est dixième. Juste derrière lui se classe {O}.", f"final 11 {O}"),
    "last": (f"{T}, quatorzième et dernier. Devant lui, {O} (n° 44).", f"final 13 {O}"),
}


@cases(NEIGHBOURS)
def test_places_told_by_a_neighbour(case: tuple[str, str]) -> None:
    text, expected = case
    assert expected in finals(text)


NO_NEIGHBOURS = {
    "fight": f"{M} gagne. {T} est dixième. Derrière lui, {O} se bat avec {B}.",
    "breaks": f"{M} gagne. {T} est dixième. Devant lui, {O} casse sa boîte.",
    "start": f"{M} gagne. {T} est dixième. Derrière lui au départ, {O}.",
}


@cases(NO_NEIGHBOURS)
def test_who_fights_behind_has_no_place(case: str) -> None:
    assert not any(O in line for line in finals(case))


GIVEN_CLASSES = {
    "returned to": (f"Le groupe N est revenu à la R 5 GT Turbo de {M}.", f"final 1 groupe N: {M}"),
    "goes to": (f"Les Gentlemen vont à {M}.", f"final 1 Gentlemen: {M}"),
    "fell to": (f"Le groupe N échut une fois encore à {M}.", f"final 1 groupe N: {M}"),
    "is for": (f"Le groupe 2 est pour {M}.", f"final 1 groupe 2: {M}"),
    "category": (f"La catégorie TCR est revenue à la Cupra n° 77 de {M}.", f"final 1 TCR: {M}"),
}


@cases(GIVEN_CLASSES)
def test_classes_given_to_their_winner(case: tuple[str, str]) -> None:
    text, expected = case
    assert finals(text) == {expected}


def test_going_to_meet_somebody_wins_nothing() -> None:
    assert finals(f"Les Gentlemen vont à la rencontre de {M}.") == set()


ROLES = {
    "leader": f"Succès du leader du championnat, {M}, qui précède {T}.",
    "poleman": f"Victoire du poleman, {M}, devant {T}.",
    "of the winners": f"{T} termine deuxième, à 14 secondes du vainqueur, {M}.",
    "declared": f"{M} a été déclaré gagnant devant {T}.",
}


@cases(ROLES)
def test_winners_in_a_role(case: str) -> None:
    assert finals(case) == order(M, T)
    assert not any(line.startswith("championship") and T in line for line in read(case).results)


SHARED = {
    "plural": f"{M} gagne. {T} et {O}, septièmes, se partagent une Lotus n° 4.",
    "bracket": f"{M} gagne. {T} et {O} (septièmes) se partagent une Lotus n° 4.",
}


@cases(SHARED)
def test_a_place_in_the_plural_is_one_crews(case: str) -> None:
    assert f"final 7 {T} + {O}" in {line.replace(f"{O} + {T}", f"{T} + {O}") for line in finals(case)}


AT_A_GAP = {
    "laps": f"La Lotus n° 4 de {T} est troisième à un tour.",
    "seconds": f"{T} est troisième à 22 secondes.",
    "notation": f'{T} (Lotus), troisième à 4"2, sourit.',
}


@cases(AT_A_GAP)
def test_a_place_with_its_gap_is_final(case: str) -> None:
    assert finals(case) == {f"final 3 {T}"}


STANDINGS = {
    "provisional": f"{M} gagne devant {T}.\n\n{T} prend la première place du classement provisoire avec 47 points, devant {M} (42).",
    "cup": f"{M} gagne devant {T}.\n\nÀ la Coupe de France, {T} a 74 points et {M}, qui reste à 58, recule au troisième rang.",
    "championship": f"{M} gagne devant {T}.\n\n{T} conserve la première place au championnat.",
}


@cases(STANDINGS)
def test_places_in_the_standings_are_no_finish(case: str) -> None:
    assert finals(case) == order(M, T)


def test_points_of_the_day_make_its_order() -> None:
    text = f"Au cumul, {M} est premier avec 37 points, {T} deuxième et {O} troisième."
    assert finals(text) == order(M, T, O)


PLACES_BESIDE_A_CLASS = {
    "given": f"Le groupe N est revenu à la R 5 GT Turbo de {M}, sixième malgré une crevaison.",
    "won": f"{M}, sixième, gagne le groupe N.",
}


@cases(PLACES_BESIDE_A_CLASS)
def test_a_place_beside_a_class_win_counts_overall(case: str) -> None:
    assert finals(case) == {f"final 1 groupe N: {M}", f"final 6 {M}"}


def test_a_place_in_another_class_keeps_it() -> None:
    assert f"final 4 groupe N: {M}" in finals(f"{M} est quatrième du groupe N et gagne la classe 2.")


def test_a_place_lost_is_no_place() -> None:
    assert finals(f"{M} gagne. {T} crève et y laisse la troisième place.") == order(M)


def test_the_double_is_no_overtaking() -> None:
    assert f"final 4 {T}" in finals(
        f"{M} gagne. Quatrième, {T} précédait {O}, qui réalisait le doublé en Juniors."
    )
