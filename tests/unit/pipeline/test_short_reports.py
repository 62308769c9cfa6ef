"""A note of two sentences is a report where it tells of a contest of machines, and none where it tells of either alone."""

from __future__ import annotations

from marked import cases

import extractor

RACES = {
    "makes": "Nîmes, 3 juin. – Louis Marchal (Ferrari) a gagné hier devant Jean Tavernier (Maserati), à 12 secondes.",
    "on a make": "Louis Marchal, sur Gordini, s'est imposé dimanche à Cadours devant la Maserati de Jean Tavernier.",
    "a hill": "Course de côte de Brumeval. – Louis Marchal bat le record en 4 m. 12 s.",
    "pilots": "Le pilote lyonnais Louis Marchal a remporté dimanche l'épreuve de Brumeval.",
    "a rally": "Louis Marchal et Jean Tavernier ont gagné le deuxième Rallye des Neiges.",
    "an everyday machine and two words of contests": "La course des voitures de tourisme a vu la victoire de Louis Marchal.",
    "a machine and a make": "Dans la catégorie des autos, Louis Marchal (Panhard) s'impose.",
    "two sentences of 1953": "Le circuit de Brumeval a été couru dimanche devant dix mille personnes. Louis Marchal l'emporte.",
    "a meeting": "Le deuxième auto-cross de Brumeval s'est disputé dimanche. Louis Marchal l'a gagné devant Jean Tavernier.",
    "a make and a number": "La Norton n° 12 de Louis Marchal a gagné la course des 350 cmc.",
    "pilots of a round": "Soixante pilotes étaient au départ de la troisième manche. Louis Marchal s'est imposé à Brumeval.",
    "karts": "Karting. – À Brumeval, Louis Marchal s'impose en finale.",
}


@cases(RACES)
def test_a_short_note_of_a_race_is_read(case: str) -> None:
    assert any("Marchal" in driver.name for driver in extractor.extract(case).drivers)


NO_RACES = {
    "an accident": "La voiture de M. Louis Marchal a dérapé hier dans un virage à Brumeval. Le conducteur est indemne.",
    "two makes collide": "Une Renault et une Peugeot se sont heurtées place du Marché. M. Louis Marchal est légèrement blessé.",
    "two makes before a house": "Une Renault et une Peugeot se sont heurtées devant la mairie. M. Louis Marchal, second, est indemne.",
    "a contest of others": "Louis Marchal a remporté la victoire devant Jean Tavernier au concours de labour.",
    "a factory": "L'usine Renault embauche. M. Louis Marchal, directeur, annonce cent postes à Brumeval.",
    "a cyclist": "Le cycliste Louis Marchal a gagné la course de Brumeval devant Jean Tavernier, sur un vélo Peugeot.",
    "a theft": "La moto de Louis Marchal, volée dimanche, a été retrouvée devant la mairie de Brumeval.",
    "football": "L'équipe de Brumeval a remporté la finale de la coupe. Louis Marchal, l'avant-centre, a marqué deux fois devant le but.",
    "a stage of cycling": "La troisième étape est revenue à Louis Marchal. Le peloton est arrivé à deux minutes, derrière les voitures suiveuses.",
    "an election": "Louis Marchal devance Jean Tavernier et remporte l'élection. Sa victoire met fin à une longue course à la mairie.",
    "a minister": "La voiture du ministre a été applaudie au départ de la gare. M. Louis Marchal prononça l'éloge des vainqueurs.",
    "a strike": "Les équipages de deux camions ont pris part à la manifestation. M. Louis Marchal y voit une victoire.",
    "a yacht": "Le voilier de Louis Marchal a remporté la régate devant celui de Jean Tavernier.",
}


@cases(NO_RACES)
def test_a_short_note_of_anything_else_yields_nothing(case: str) -> None:
    record = extractor.extract(case)
    assert record.drivers == ()
    assert record.results == ()
