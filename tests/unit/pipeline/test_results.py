"""Results: a sentence in, places out. All people and races are invented."""

from __future__ import annotations

import pytest
from marked import cases, read, weak

M, T, O = "Louis Marchal", "Jean Tavernier", "Paul Orsini"  # noqa: E741


def finals(text: str) -> set[str]:
    return {line for line in read(text).results if line.startswith("final")}


WINS = {
    verb: f"Louis Marchal {verb}."
    for verb in (
        "gagne la course", "remporte la course", "s'impose", "l'emporte", "a gagné la course", "gagna la course", "s'est imposé", "l'a emporté", "triomphe",
        "signe la victoire", "décroche la victoire", "s'adjuge la victoire", "empoche la victoire", "conquiert la victoire", "s'offre la victoire",
        "arrache la victoire", "signe son deuxième succès", "renoue avec la victoire", "fête sa première victoire", "franchit la ligne en tête",
        "passe la ligne d'arrivée en tête", "coupe la ligne en premier", "termine premier", "finit en tête", "monte sur la plus haute marche du podium",
        "sort vainqueur de cette bataille", "est le vainqueur de la course", "prend la première place", "file vers la victoire", "hérite de la victoire",
        "met tout le monde d'accord", "ne laisse que des miettes à ses rivaux", "rafle la mise", "enlève la course", "remporta l'épreuve",
        "est sacré vainqueur", "reçoit le drapeau à damier en vainqueur",
    )
}  # fmt: skip
for _verb, _why in {
    "passe la ligne d'arrivée en tête": "crossing the finishing line first is known for some verbs only",
}.items():
    WINS[_verb] = weak(WINS[_verb], because=_why)


@cases(WINS)
def test_ways_of_winning(case: str) -> None:
    assert finals(case) == {"final 1 Louis Marchal"}


WINNERS = {
    "victoire de": "Victoire de Louis Marchal sur le circuit.",
    "victoire pour": "Victoire pour Louis Marchal !",
    "victoire :": "Victoire : Louis Marchal.",
    "vainqueur :": "Vainqueur : Louis Marchal.",
    "le vainqueur,": "Le vainqueur, Louis Marchal, est ravi.",
    "vainqueur apposed": "Louis Marchal, vainqueur, est ravi.",
    "la victoire revient à": "La victoire revient à Louis Marchal.",
    "est remportée par": "La course est remportée par Louis Marchal.",
    "c'est X qui": "C'est Louis Marchal qui s'impose.",
    "inverted": "La course que remporte Louis Marchal fut belle.",
    "pronoun": "Louis Marchal mène. Il gagne.",
    "with adjective": "Belle victoire de Louis Marchal.",
    "nation": "Victoire du Lyonnais Louis Marchal.",
    "honours": "Les honneurs de la course reviennent à Louis Marchal.",
    "succès de": "Succès de Louis Marchal dans cette course.",
}


@cases(WINNERS)
def test_winners_named_otherwise(case: str) -> None:
    assert finals(case) == {"final 1 Louis Marchal"}


def test_a_heading_names_the_winner() -> None:
    assert (
        "final 1 Louis Marchal"
        in read("Course 1 : victoire de Louis Marchal\n\nLouis Marchal part en tête.").results
    )


THREE = {f"final {n} {name}" for n, name in enumerate((M, T, O), 1)}
ORDERS = {
    "devant": f"{M} gagne devant {T} et {O}.",
    "with brackets": f"{M} (Écurie Brume) s'impose devant {T} (Team Sillage) et {O} (Garage Lemaire).",
    "il devance": f"{M} gagne. Il devance {T} et {O}.",
    "devançant": f"{M} s'impose, devançant {T} et {O}.",
    "ahead of, then third": f"{M} gagne devant {T}. {O} complète le podium.",
    "second and third": f"{M} gagne. {T} termine deuxième et {O} troisième.",
    "places": f"{M} gagne. {T} prend la deuxième place, {O} la troisième.",
    "apposition": f"{M} gagne. {T}, deuxième, et {O}, troisième, montent sur le podium.",
    "brackets": f"{M} (1er), {T} (2e) et {O} (3e) montent sur le podium.",
    "numerals": weak(f"{M} est 1er, {T} 2ème et {O} 3ème.", because="to be first may mean running first"),
    "respectively": f"{M} gagne. {T} et {O} terminent respectivement deuxième et troisième.",
    "s'échapper": f"{M} s'échappe et s'impose avec 3\"217 d'avance sur {T}. {O} complète le podium.",
    "crossing with a margin": f"{M} franchit l'arrivée avec 1\"865 de marge sur {T}. {O} complète le podium.",
    "paired ordinals": f"{M} gagne. {T} et {O}, deuxième et troisième, sont battus.",
    "suivent": f"{M} gagne. Suivent {T} et {O}.",
    "ont suivi": f"{M} l'a emporté. {T} et {O} ont suivi dans cet ordre.",
    "parted phrase": f"{M} hérite donc finalement de la victoire devant {T} et {O}.",
    "podium phrase": f"Le podium : {M}, {T}, {O}.",
    "podium list": f"Le podium : 1. {M}, 2. {T}, 3. {O}",
    "complete the podium": f"{M} gagne. {T} et {O} complètent le podium.",
    "dauphin": weak(f"{M} gagne, son dauphin {T} devance {O}.", because="dauphin before a name"),
    "relative": f"{M} gagne devant {T}, qui termine deuxième, et {O}.",
    "suivi de": f"{M} gagne, suivi de {T} et {O}.",
    "derrière": f"Derrière {M}, vainqueur, {T} est deuxième et {O} troisième.",
    "passé simple": f"{M} gagna devant {T} et {O}.",
    "order of arrival": f"{M} l'emporte devant {T}, {O} fermant la marche du podium.",
}


@cases(ORDERS)
def test_three_places(case: str) -> None:
    assert finals(case) == THREE


PLACES = {
    "termine": (f"{M} termine septième.", {f"final 7 {M}"}),
    "finit": (f"{M} finit 12e.", {f"final 12 {M}"}),
    "se classe": (f"{M} se classe cinquième.", {f"final 5 {M}"}),
    "prend la place": (f"{M} prend la dixième place.", {f"final 10 {M}"}),
    "échoue": (f"{M} échoue au pied du podium.", {f"final 4 {M}"}),
    "rang": (f"{M} termine au sixième rang.", {f"final 6 {M}"}),
    "position": (f"{M} termine en onzième position.", {f"final 11 {M}"}),
    "second": (f"{M} termine second.", {f"final 2 {M}"}),
    "twentieth": (f"{M} termine vingt-deuxième.", {f"final 22 {M}"}),
    "seventeenth": (f"{M} termine à la dix-septième place.", {f"final 17 {M}"}),
    "a crew": (f"{M} et {T} terminent troisièmes.", {f"final 3 {T} + {M}"}),
    "crew by slash": (f"{M} / {T} (#13) terminent troisièmes.", {f"final 3 {T} + {M}"}),
    "woman": ("Maëlle Castagnède termine première.", {"final 1 Maëlle Castagnède"}),
    "complète le top 5": (f"{M} complète le top 5.", {f"final 5 {M}"}),
    "place finale": (f"{M} est finalement quatrième à l'arrivée.", {f"final 4 {M}"}),
}


@cases(PLACES)
def test_places(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) == expected


NO_FINAL = {
    "lap": f"{M} prend la tête au troisième tour.",
    "lap numeral": f"{M} double {T} au 3e tour.",
    "grid row": f"{M} part de la deuxième ligne.",
    "edition": f"{M} participe à la troisième édition de la course.",
    "second success of another day": f"{M} comptait deux victoires la saison dernière.",
    "age": f"{M}, 19 ans, découvre le circuit.",
    "gear": f"{M} perd le troisième rapport.",
    "corner": f"{M} sort au deuxième virage.",
    "running": f"{M} pointe en quatrième position.",
    "running imperfect": f"{M} pointait deuxième à mi-course.",
    "at the first lap": f"{M} est troisième au premier passage.",
    "leads": f"{M} mène la course.",
    "negated": f"{M} ne gagne pas la course.",
    "no longer": f"{M} n'a jamais gagné sur ce circuit.",
    "hoped": f"{M} espérait gagner la course.",
    "could": f"{M} aurait pu gagner la course.",
    "missed": f"{M} manque la victoire de peu.",
    "promised": f"La victoire semblait promise à {M}.",
    "last year": f"{M}, vainqueur l'an dernier, est au départ.",
    "former winner": f"{M}, vainqueur en 2019, est au départ.",
    "top 5": f"{M} vise le top 5.",
    "hopes for a podium": f"{M} vise le podium.",
    "part": f"{M} part treizième.",
    "pole": f"{M} signe la pole position.",
    "championship": f"{M} est deuxième du championnat.",
    "title": f"{M} est sacré champion.",
    "best lap": f"{M} signe le meilleur tour en course.",
    "wins the start": f"{M} gagne deux places au départ.",
    "wins time": f"{M} gagne trois secondes au tour.",
    "passes": f"{M} passe deuxième dans la chicane.",
    "climbs": f"{M} remonte en cinquième position avant d'abandonner.",
    "next meeting": "Prochaine course le 3 juin à Montclar.",
    "participation": f"{M} prend part à sa dixième course.",
    "third driver": f"{M} est le troisième pilote du Team Sillage.",
    "half hour": f"Dans la deuxième heure, {M} change de pneus.",
}


@cases(NO_FINAL)
def test_numbers_that_are_no_final_place(case: str) -> None:
    assert {line for line in finals(case) if "dnf" not in line} == set()


KINDS = {
    "pole": (f"{M} signe la pole position.", {f"grid 1 {M}"}),
    "pole devant": (f"{M} signe la pole devant {T} et {O}.", {f"grid 1 {M}", f"grid 2 {T}", f"grid 3 {O}"}),
    "pole for": (f"Pole position pour {M}.", {f"grid 1 {M}"}),
    "en pole": (f"{M} part en pole.", {f"grid 1 {M}"}),
    "parti 13e": (f"Parti 13e, {M} attaque.", {f"grid 13 {M}"}),
    "poleman": (f"Le poleman {M} mène.", {f"grid 1 {M}"}),
    "grille": (f"{M} occupe la quatrième place sur la grille.", {f"grid 4 {M}"}),
    "meilleur temps": (f"Aux essais qualificatifs, {M} signe le meilleur temps.", {f"qualifying 1 {M}"}),
    "deuxième temps": (f"{M} signe le deuxième temps des qualifications.", {f"qualifying 2 {M}"}),
    "running": (f"{M} pointe en quatrième position.", {f"running 4 {M}"}),
    "leads": (f"{M} prend la tête de la course.", {f"running 1 {M}"}),
    "championship": (f"{M} est deuxième du championnat.", {f"championship 2 {M}"}),
    "leader": (f"{M} prend la tête du championnat.", {f"championship 1 {M}"}),
    "fastest lap": (f"{M} signe le meilleur tour en course.", {f"fastest_lap 1 {M}"}),
    "champion": (f"{M} est sacré champion de France.", {f"championship 1 {M}"}),
}


@cases(KINDS)
def test_what_a_position_is_a_position_in(case: tuple[str, set[str]]) -> None:
    text, expected = case
    kinds = {line.split()[0] for line in expected}
    assert {
        line for line in read(text).results if line.split()[0] in kinds or line.startswith("final")
    } == expected


SCOPES = {
    "in a class": (f"{M} s'impose en Junior.", {f"final 1 Junior: {M}"}),
    "winner of a group": (
        f"{M} termine 12e et vainqueur du groupe N.",
        {f"final 12 {M}", f"final 1 groupe N: {M}"},
    ),
    "class bracket": (
        f"{M} gagne devant {T}, premier Gentleman.",
        {f"final 1 {M}", f"final 2 {T}", f"final 1 Gentleman: {T}"},
    ),
    "both": (
        f"{M} termine deuxième au scratch et premier en Junior.",
        {f"final 2 {M}", f"final 1 Junior: {M}"},
    ),
    "chez les": (
        f"Chez les Juniors, {M} gagne devant {T}.",
        {f"final 1 Juniors: {M}", f"final 2 Juniors: {T}"},
    ),
    "la catégorie": (f"{M} remporte la catégorie GT4.", {f"final 1 GT4: {M}"}),
    "an overall place put in": (
        f"En Gentlemen, succès de {M}, 11e au général, devant {T}.",
        {f"final 1 Gentlemen: {M}", f"final 11 {M}", f"final 2 Gentlemen: {T}"},
    ),
    "a class in small letters": (
        f"Chez les dames, victoire de {M} devant {T}.",
        {f"final 1 dames: {M}", f"final 2 dames: {T}"},
    ),
    "a class as subject": (f"La catégorie GT4 a été remportée par {M}.", {f"final 1 GT4: {M}"}),
    "a crew that a class goes to": (
        f"En groupe 4, la victoire est allée à {M} et {T}.",
        {f"final 1 groupe 4: {T} + {M}"},
    ),
    "a place, then a class that is won": (
        f"{M} se classe cinquième et gagne la catégorie GT4.",
        {f"final 5 {M}", f"final 1 GT4: {M}"},
    ),
    "a class as object": (f"{M} s'adjuge le groupe N.", {f"final 1 groupe N: {M}"}),
    "place, then class": (f"{M} termine 3e et 1er des Juniors.", {f"final 3 {M}", f"final 1 Juniors: {M}"}),
    "capacity": (
        f"{M} remporte la catégorie des 1.100 cmc devant {T}.",
        {f"final 1 1.100 cmc: {M}", f"final 2 1.100 cmc: {T}"},
    ),
    "a code on no list": (
        f"{M} gagne. {T} et {O} sont deuxièmes et premiers en T2.",
        {f"final 1 {M}", f"final 2 {T} + {O}", f"final 1 T2: {T} + {O}"},
    ),
    "a class named by letters": (
        f"4e scratch, {M} (Speed Car) remporte la classe CM.",
        {f"final 4 {M}", f"final 1 classe CM: {M}"},
    ),
    "a class named by a number": (
        f"{M} gagne. Dans la classe 750, {T} s'impose.",
        {f"final 1 {M}", f"final 1 750: {T}"},
    ),
    "capacity without its unit": (
        f"{M} termine dixième, premier des 1600.",
        {f"final 10 {M}", f"final 1 1600: {M}"},
    ),
    "winners of two classes": (
        f"{M} gagne en GT4 et {T} en Junior.",
        {f"final 1 GT4: {M}", f"final 1 Junior: {T}"},
    ),
    "winners of three classes": (
        f"{M} s'impose en GT4, {T} en Junior et {O} en Tourisme.",
        {f"final 1 GT4: {M}", f"final 1 Junior: {T}", f"final 1 Tourisme: {O}"},
    ),
    "classes that go to their winners": (
        f"Le groupe N va à {M}, la Coupe des Dames à {T}.",
        {f"final 1 groupe N: {M}", f"final 1 Dames: {T}"},
    ),
    "groups in brackets": (
        f"Les groupes reviennent à {M} (GT), {T} (A) et {O} (N).",
        {f"final 1 GT: {M}", f"final 1 A: {T}", f"final 1 N: {O}"},
    ),
    "ahead in a group": (
        f"En groupe N, {M} (Honda Civic) devance {T} (Clio RS).",
        {f"final 1 groupe N: {M}", f"final 2 groupe N: {T}"},
    ),
    "beaten in a class": (
        f"Chez les dames, {M} (Mini n° 35) a battu {T}.",
        {f"final 1 dames: {M}", f"final 2 dames: {T}"},
    ),
    "no result from a class that is led": (f"En groupe N, {M} devance {T} à mi-course.", set()),
    "all of a class": (f"{M} fait main basse sur la catégorie T2.", {f"final 1 catégorie T2: {M}"}),
    "the first lady": (f"La première féminine est {M}.", {f"final 1 féminine: {M}"}),
    "metres are no class": (f"{M} gagne après les 500 derniers mètres.", {f"final 1 {M}"}),
    "bounded capacity": (
        f"Chez les moins de 500 cm3, {M} gagne.",
        {f"final 1 moins de 500 cm3: {M}"},
    ),
}


@cases(SCOPES)
def test_class_scopes(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) == expected


SHARES = {
    "left to another": (f"{M} part en tête et laisse la victoire à {T}.", {f"final 1 {T}"}),
    "leaving the race": (f"{M} abandonne, laissant la course à {T}.", {f"final 1 {T}", f"final dnf {M}"}),
    "a lead left is no win": (f"{M} laisse la tête à {T}.", set()),
    "place taken": (
        f"{M} arrache la troisième place à {T} dans la ligne droite.",
        {f"final 3 {M}", f"final 4 {T}"},
    ),
    "place snatched": (
        f"À l'arrivée, {M} souffle la deuxième place à {T}.",
        {f"final 2 {M}", f"final 3 {T}"},
    ),
    "gap to the winner": (
        f'{M} termine deuxième à 4"106 de la Mercedes de {T} et {O}.',
        {f"final 2 {M}", f"final 1 {T} + {O}"},
    ),
    "beaten by": (
        f"{O} gagne. {M} est troisième, battu de 0.087 sur la ligne par {T}.",
        {f"final 1 {O}", f"final 3 {M}", f"final 2 {T}"},
    ),
    "places handed out": (
        f"{M} gagne, la troisième place revenant à {T}, la quatrième à {O}.",
        {f"final 1 {M}", f"final 3 {T}", f"final 4 {O}"},
    ),
}


@cases(SHARES)
def test_places_of_another_than_the_subject(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) == expected


def test_a_step_of_the_podium_climbed() -> None:
    assert finals(f"{M} gagne. Sur la troisième marche monte {O}.") == {f"final 1 {M}", f"final 3 {O}"}


GAPS = {
    "followed": (f"{M} gagne. {T} l'a suivi à sept dixièmes, {O} à quatre secondes.", THREE),
    "each at a gap": (f'{M} gagne ; {T} (Delage n° 3) est à 8"4 ; {O} à 12".', THREE),
    "gaps behind devant": (f'{M} gagne devant {T} à 2"5 et {O} à 4"1.', THREE),
    "goes on with the second": (f'{M} gagne. {T} est deuxième à 3"1, {O} à 5 secondes.', THREE),
    "terminant": (f'{M} gagne, {T} terminant à 0"9.', {f"final 1 {M}", f"final 2 {T}"}),
    "a gap on the way": (f"{M} gagne. Au cinquième tour, {T} était à 3 secondes.", {f"final 1 {M}"}),
    "nobody has won": (f"{M} mène. {T} est à 3 secondes.", set()),
}


@cases(GAPS)
def test_places_told_by_gaps(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert finals(text) == expected


NOT_AT_THE_FLAG = {
    "a heat": f"{M} prend sa revanche dans la deuxième.",
    "a heat's accident": f"{M} fait deux tonneaux dans la quatrième.",
    "a lap": f"{M} gagne du terrain ; au douzième, {T} cède.",
    "a passage": f"Quatrième au premier passage, {M} casse une bielle.",
}


@cases(NOT_AT_THE_FLAG)
def test_ordinals_of_laps_and_heats_are_no_final_places(case: str) -> None:
    assert not {line for line in finals(case) if not line.startswith("final dnf")}


TRAILING = {
    "between dashes": f"{M} gagne.\n\n1 — {M} — 1er — 25 mn 31 s\n37 — {T} — 2e — à 1 s\n12 — {O} — 3e — à 4 s",
    "between strokes": f"{M} gagne.\n\n{M} /1/ 44.03 — {T} /2/ à 32 s. — {O} /3/ à 33 s.",
    "in square brackets": f"{M} gagne.\n\n201 / {M} / 1 h 46'12 / [1]\n204 / {T} / 42\" / [2]\n219 / {O} / 5'31 / [3]",
    "behind an equals sign": f'Chevron B16, 8, {M}, 35\'12"408 = 1er ; Lola T210, 21, {T}, + 4"317 = 2e ; Lotus, 17, {O}, + 31" = 3e.',
}


def test_lists_of_classes_with_the_rank_behind_the_name() -> None:
    found = finals(
        f"GT + 1.500 — {M} /1/ 1.04.22 — {T} /2/ à 14 s.\n750 — {O} /1/ 49.41 — Luc Lemaire /2/ à 3 s."
    )
    assert found == {
        f"final 1 GT + 1.500: {M}",
        f"final 2 GT + 1.500: {T}",
        f"final 1 750: {O}",
        "final 2 750: Luc Lemaire",
    }


@cases(TRAILING)
def test_lists_with_the_rank_behind_the_name(case: str) -> None:
    assert finals(case) == THREE


OVERRIDES = {
    "penalty": (
        f"{M} franchit la ligne deuxième, mais écope de cinq secondes de pénalité et rétrograde au quatrième rang. {T} gagne.",
        {f"final 4 {M}", f"final 1 {T}"},
        {f"final 2 {M}"},
    ),
    "disqualified": (
        f"{M} gagne devant {T}. Mais {M} est disqualifié pour une voiture trop légère et {T} hérite de la victoire.",
        {f"final 1 {T}", f"final dsq {M}"},
        {f"final 1 {M}", f"final 2 {T}"},
    ),
    "second on the road": (
        f"Deuxième sur la route, {M} est finalement classé cinquième.",
        {f"final 5 {M}"},
        {f"final 2 {M}"},
    ),
    "recovered": (
        f"{M} prend la tête, part en tête-à-queue, retombe dernier, remonte en quatrième position et termine troisième.",
        {f"final 3 {M}"},
        {f"final 1 {M}", f"final 4 {M}"},
    ),
}


@cases(OVERRIDES)
def test_the_last_word_counts(case: tuple[str, set[str], set[str]]) -> None:
    text, there, gone = case
    found = finals(text)
    assert there <= found
    assert not gone & found


LISTS = {
    "1. X": f"Classement\n\n1. {M}\n2. {T}\n3. {O}",
    "1. X (Team)": f"Classement\n\n1. {M} (Écurie Brume)\n2. {T} (Team Sillage)\n3. {O} (Garage Lemaire)",
    "1.X": f"Classement\n\n1.{M}\n2.{T}\n3.{O}",
    "1) X": f"Classement\n\n1) {M}\n2) {T}\n3) {O}",
    "1er :": f"Classement\n\n1er : {M}\n2ème : {T}\n3ème : {O}",
    "1er X": f"Classement\n\n1er {M}\n2e {T}\n3e {O}",
    "1 - X": f"Classement\n\n1 - {M}\n2 - {T}\n3 - {O}",
    "1 X": f"Classement\n\n1 {M}\n2 {T}\n3 {O}",
    "one line": f"Classement de la course : 1. {M} ; 2. {T} ; 3. {O}.",
    "one line, commas": f"Classement : 1. {M}, 2. {T}, 3. {O}.",
    "one line, dashes": f"Classement\n\n1 - {M} - 2 - {T} - 3 - {O}",
    "one line, 1er": f"Arrivée : 1er {M}, 2e {T}, 3e {O}.",
    "bars": f"Classement\n\n1 | {M} | 25'12\"3\n2 | {T} | 25'14\"1\n3 | {O} | 25'19\"8",
    "framed bars": f"Classement\n\n| 1 | {M} |\n| 2 | {T} |\n| 3 | {O} |",
    "places with a letter": f"Classement\n\nP1 | GTA | #5 | {M} | 120 t.\nP2 | GTA | #7 | {T} | +1 t.\nP3 | GTA | #9 | {O} | +2 t.",
    "tabs": f"Classement\n\n1\t{M}\t25'12\"3\n2\t{T}\t25'14\"1\n3\t{O}\t25'19\"8",
    "capitals": "Classement\n\n1. LOUIS MARCHAL\n2. JEAN TAVERNIER\n3. PAUL ORSINI",
    "surname first": "Classement\n\n1. MARCHAL Louis\n2. TAVERNIER Jean\n3. ORSINI Paul",
    "with number": f"Classement\n\n1. #13 {M}\n2. #4 {T}\n3. #7 {O}",
    "bullets": f"Classement\n\n• 1. {M}\n• 2. {T}\n• 3. {O}",
    "podium": f"Le podium : 1.{M}, 2.{T}, 3.{O}",
    "initials": "Classement : 1. L. Marchal ; 2. J. Tavernier ; 3. P. Orsini.",
}
FOLDED = {
    "capitals": {"final 1 LOUIS MARCHAL", "final 2 JEAN TAVERNIER", "final 3 PAUL ORSINI"},
    "surname first": {"final 1 MARCHAL Louis", "final 2 TAVERNIER Jean", "final 3 ORSINI Paul"},
    "initials": {"final 1 L. Marchal", "final 2 J. Tavernier", "final 3 P. Orsini"},
}


@pytest.mark.parametrize("label", LISTS)
def test_formal_lists(label: str) -> None:
    assert finals(LISTS[label]) == FOLDED.get(label, THREE)


def test_an_abbreviation_in_a_bracket_parts_no_list() -> None:
    found = finals(
        f'Classement : 1. {M} (Renault 5, gr. B), 48\'12" ; 2. {T} (Manta, gr. B), à 38" ; 3. {O}.'
    )
    assert found == THREE


def test_a_bracket_behind_the_class_is_no_part_of_it() -> None:
    found = finals(
        f'Résultats\n\n– 125 cmc (12 tours) : 1. {M}, Bultaco, 11\'48"3 ; 2. {T}, Aerma, à 2" ; 3. {O}.'
    )
    assert found == {f"final 1 125 cmc: {M}", f"final 2 125 cmc: {T}", f"final 3 125 cmc: {O}"}


def test_who_stands_behind_in_an_item_is_next() -> None:
    found = finals(
        f'Classement\n\n– 1. {M}\n– 2. {T}, à 1"870, devant {O} et Luc Lemaire\n– 5. Marc Berthier'
    )
    assert found == {*THREE, "final 4 Luc Lemaire", "final 5 Marc Berthier"}


def test_surnames_on_no_list_in_a_list_of_results() -> None:
    found = finals(f'{M} gagne.\n\nClassement\n\n1. {M}\n2. Lachaumigny, à 2"\n3. Bouguerran, à 4"')
    assert found == {f"final 1 {M}", "final 2 Lachaumigny", "final 3 Bouguerran"}


def test_the_number_of_a_model_is_no_rank_in_a_list_without_marks() -> None:
    told = finals(
        "Classement du slalom :\n1 Marchal 306 S16 1'07\"902\n2 Tavernier 205 GTI 1'08\"319\n3 Orsini Clio 1'09\"233\n"
    )
    assert told == {"final 1 Marchal", "final 2 Tavernier", "final 3 Orsini"}


def test_a_dash_joins_the_crew_of_an_item() -> None:
    told = finals(
        "Classement :\n– 1. Pioger – Dagorne, Renault n° 12\n– 2. Perrochon – Launois, Simca n° 31\n"
    )
    assert told == {"final 1 Dagorne + Pioger", "final 2 Launois + Perrochon"}


def test_an_ordinary_word_with_a_car_is_a_surname_in_a_list() -> None:
    told = finals(
        "Classement :\n– 1. Ablancourt (Elva-BMW)\n– 2. Chemin (Porsche 904)\n– 3. Lafleur (Lotus)\n"
    )
    assert told == {"final 1 Ablancourt", "final 2 Chemin", "final 3 Lafleur"}


def test_a_class_before_a_dash_opens_a_list() -> None:
    found = finals(f"Classements\n\n3 litres. – 1. {M} ; 2. {T} (Hotchkiss), à 11 s. ; 3. {O} (Fiat).")
    assert found == {f"final 1 3 litres: {M}", f"final 2 3 litres: {T}", f"final 3 3 litres: {O}"}


def test_lists_each_behind_a_class_on_no_list() -> None:
    found = finals(
        f"Classements\n\n500 inter. – 1. {M} ; 2. {T}.\n\n250 nationaux. – 1. {O} ; 2. Luc Lemaire."
    )
    assert found == {
        f"final 1 500 inter: {M}",
        f"final 2 500 inter: {T}",
        f"final 1 250 nationaux: {O}",
        "final 2 250 nationaux: Luc Lemaire",
    }


def test_one_label_before_several_lists_is_no_class() -> None:
    found = finals(f"Le quinté : 1. {M}, 2. {T}, 3. {O}.\n\nLe quinté : 1. {M}, 2. {T}, 3. {O}.")
    assert found == THREE


def test_classes_with_their_winners() -> None:
    found = finals(f"{M} gagne.\n\nLes groupes : A : {T}. CN : {O}. N : {M} (Clio).")
    assert found == {f"final 1 {M}", f"final 1 A: {T}", f"final 1 CN: {O}", f"final 1 N: {M}"}


def test_a_label_that_is_no_class_has_no_winner() -> None:
    found = finals(f"{M} gagne.\n\nDirecteur de course : {T}. Abandons : {O}. Pole : {T}.")
    assert found == {f"final 1 {M}", f"final dnf {O}"}


def test_lists_of_crews() -> None:
    found = finals(f"Classement\n\n1. {M} / {T} (Ligier #13)\n2. {O} et Luc Lemaire (Norma #4)\n")
    assert found == {f"final 1 {T} + {M}", f"final 2 Luc Lemaire + {O}"}


def test_a_list_under_the_heading_of_a_class() -> None:
    found = finals(f"Classement\n\nClasse 3 : 1. {M} ; 2. {T} ; 3. {O}.")
    assert found == {f"final 1 Classe 3: {M}", f"final 2 Classe 3: {T}", f"final 3 Classe 3: {O}"}


def test_a_list_of_qualifying() -> None:
    found = read(f"Qualifications : 1. {M} ; 2. {T} ; 3. {O}.").results
    assert found == {f"qualifying 1 {M}", f"qualifying 2 {T}", f"qualifying 3 {O}"}


def test_a_list_of_the_championship() -> None:
    found = read(
        f"{M} gagne.\n\nClassement du championnat : 1. {M} 64 pts ; 2. {T} 58 pts ; 3. {O} 40 pts."
    ).results
    assert {f"championship 1 {M}", f"championship 2 {T}", f"championship 3 {O}"} <= found


def test_times_and_gaps_of_a_list() -> None:
    record = read(f'Classement\n\n1. {M} (Écurie Brume) 25\'12"345\n2. {T} à 3"4\n3. {O} à 1 tour\n').record
    assert (record.results[0].position, record.results[0].time) == (1, "PT25M12.345S")
    assert record.results[1].gap == "PT3.400S"
    gap = record.results[2].gap
    assert gap is not None
    assert not isinstance(gap, str)
    assert gap.laps == 1


def test_points_of_a_list() -> None:
    record = read(f"Classement du championnat\n\n1. {M} 64 points\n2. {T} 58 points\n").record
    assert [r.points for r in record.results] == [64, 58]


def test_a_place_told_twice_is_one_result() -> None:
    record = read(f"{M} gagne devant {T}.\n\nClassement : 1. {M} ; 2. {T} ; 3. {O}.").record
    (first,) = [r for r in record.results if r.position == 1]
    assert len(first.evidence) == 2


def test_more_evidence_is_more_confidence() -> None:
    once = read(f"{M} gagne la course.").record.results[0]
    twice = read(f"{M} gagne la course.\n\nVictoire de {M}.").record.results[0]
    assert twice.confidence > once.confidence


def test_what_is_spoken_is_no_result() -> None:
    assert (
        finals(f"« L'an prochain, je termine deuxième et mon équipier gagne la course », promet {M}.")
        == set()
    )


def test_evidence_holds_holder_and_place() -> None:
    (result,) = [
        r for r in read(f"Après une belle lutte, {M} termine septième.").record.results if r.kind == "final"
    ]
    assert result.evidence[0].text == "Louis Marchal termine septième"


RETIRED = {
    "abandonne": f"{M} abandonne sur casse moteur.",
    "contraint": f"{M} est contraint à l'abandon.",
    "list": f"Abandons : {M} (moteur), {T} (sortie de route).",
    "renonce": f"{M} doit renoncer au 6e tour.",
}


@cases(RETIRED)
def test_who_retires_has_not_finished(case: str) -> None:
    assert f"final dnf {M}" in finals(case)


SESSIONS = {
    "two poles": weak(
        f"Qualifications\n\n{M} signe la pole de la course 1, {T} celle de la course 2.",
        {f"race 1: grid 1 {M}", f"race 2: grid 1 {T}"},
        because='"celle de la course 2" stands for a pole',
    ),
    "two lists": (
        f"Classement de la course 1 : 1. {M} ; 2. {T} ; 3. {O}.\nClassement de la course 2 : 1. {T} ; 2. {M} ; 3. {O}.",
        {f"race 1: final 1 {M}", f"race 1: final 2 {T}", f"race 2: final 1 {T}", f"race 2: final 2 {M}"},
    ),
    "doublé": (
        f"Course 1\n\n{M} gagne devant {T}.\n\nCourse 2\n\n{M} réalise le doublé devant {O}.",
        {f"race 1: final 1 {M}", f"race 1: final 2 {T}", f"race 2: final 1 {M}", f"race 2: final 2 {O}"},
    ),
}


@cases(SESSIONS)
def test_several_sessions(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert expected <= read(text).told
