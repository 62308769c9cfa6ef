"""A text with no race in it yields an empty record, not an invented one."""

from __future__ import annotations

import pytest

import extractor

TEXTS = {
    "football": """Victoire du FC Brumeval devant son public

Menés au score dès la 12e minute, les hommes de Pierre Castaing ont renversé la rencontre. Julien Fabre égalise d'une tête décroisée avant que Nicolas Roche,
capitaine, ne signe le but de la victoire. « Nous avons montré du caractère », se félicite Pierre Castaing. Brumeval est deuxième du classement.
""",
    "cycling": """Tour des Trois Vallées : Fabre s'impose au sommet

Julien Fabre a remporté la deuxième étape au sommet du col de l'Ourche, devant Nicolas Roche et Antoine Blin, à 12 secondes. Le peloton a été surpris par
l'attaque du grimpeur à trois kilomètres de l'arrivée. Il prend le maillot de leader au classement général.
""",
    "running": """Semi-marathon de Brumeval : record pour Claire Roussel

Chez les femmes, Claire Roussel l'emporte en 1h14'32" devant Anne Mercier et Sophie Blin. Julien Fabre termine premier chez les hommes. Plus de deux mille
coureurs à pied avaient pris le départ sous le soleil.
""",
    "rowing": "Régate de Brumeval : le quatre de Claire Roussel gagne la finale devant celui d'Anne Mercier. Sophie Blin abandonne la rame cassée.",
    "cooking": """Tarte aux mirabelles de Jeanne Martin

Étalez la pâte. Disposez les mirabelles en cercles, saupoudrez de sucre et laissez cuire trente-cinq minutes à four chaud. « Le secret, c'est la vanille »,
confie Jeanne Martin. Première étape : choisir de bons fruits.
""",
    "law": """Article 3. Le bailleur est tenu de délivrer au preneur la chose louée en bon état de réparations de toute espèce. Le deuxième alinéa de l'article 7
ne s'applique pas aux baux conclus avant le premier janvier. Maître Paul Durand, notaire à Brumeval, est chargé de l'exécution de la présente.
""",
    "poem": """Le soir descend sur la rivière,
Un merle siffle au bord des eaux,
Et la dernière des lumières
S'éteint au milieu des roseaux.
""",
    "council": """Conseil municipal du 3 mars

Présents : Marie Lefort, maire, Jean Petit, premier adjoint, Paul Garnier, deuxième adjoint. La première question porte sur la réfection de la place de l'église.
Jean Petit rappelle que « les travaux commenceront au printemps ». Adopté à l'unanimité.
""",
    "concert": "Julien Fabre et Claire Roussel remportent le premier prix du concours de piano, devant Anne Mercier. « Quelle émotion ! », dit Julien Fabre.",
    "chess": "1. Fabre 7 pts ; 2. Roche 6 pts ; 3. Blin 5 pts. Le tournoi d'échecs de Brumeval a vu la victoire de Julien Fabre.",
    "list of nothing": "1. Farine\n2. Sucre\n3. Beurre\n4. Œufs",
    "English": "Julian Brewer won the village quiz ahead of Thomas Field. The second round was cancelled because of the rain.",
    "German": "Der Bürgermeister eröffnete am Sonntag das neue Rathaus von Nebelheim.",
}
TEXTS |= {
    "blank": " ",
    "line ends": "\n\r\n\t\n",
    "one word": "Bonjour",
    "one letter": "a",
    "a dot": ".",
    "digits": "12 34 56",
    "marks": "« » “ ” ( ) — …",
}


@pytest.mark.parametrize("label", TEXTS)
def test_nothing_is_invented(label: str) -> None:
    record = extractor.extract(TEXTS[label])
    assert record.document.text == TEXTS[label]
    for part in ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes"):
        assert getattr(record, part) == (), part
    assert {finding.code for finding in record.findings} <= {"not_french"}
    assert record.event.name is None
    assert record.event.season is None


def test_a_race_without_facts_has_none() -> None:
    record = extractor.extract(
        "Le prochain rendez-vous des pilotes aura lieu sur le circuit de Brumeval, où les voitures s'élanceront dimanche."
    )
    assert record.results == ()
    assert record.incidents == ()
    assert record.quotes == ()
    assert record.drivers == ()


@pytest.mark.parametrize("discipline", ["GRASS-TRACK", "SPEEDWAY", "MOTONAUTISME", "SUPERCROSS", "STOCK-CAR"])
def test_every_discipline_with_an_engine_is_racing(discipline: str) -> None:
    text = f"{discipline} DE BRUMEVAL : FINALE A\n\n1. Louis Marchal 15 pts ; 2. Jean Tavernier 13 pts ; 3. Paul Orsini 11 pts.\n"
    text += "Chute de Luc Lemaire dans le dernier virage de la manche 2, sans gravité."
    assert len(extractor.extract(text).drivers) == 4
