"""More ways to tell what happened: trade slang, old papers, understatement. The field is that of ``test_incidents``."""

from __future__ import annotations

import pytest
from test_incidents import told

# A part or a fluid changed, missing or lost in the race.
SERVED = [
    ("Luc Ferrand perd douze minutes à changer une bougie.", {"mechanical Ferrand"}),
    ("Marc Tellier a dû s'arrêter pour changer un maître-cylindre.", {"mechanical Tellier"}),
    ("Anne Sorel se classe sixième malgré un ressort changé à mi-course.", {"mechanical Sorel"}),
    ("La Riley de Paul Vasseur finit huitième, après dix minutes passées à remplacer un demi-arbre.", {"mechanical Vasseur"}),
    ("Hugo Brémont ferme la marche, les bougies ayant dû être changées.", {"mechanical Brémont"}),
    ("Luc Ferrand a laissé son huile à la collectivité.", {"mechanical Ferrand"}),
    ("La Lola de Marc Tellier a répandu son huile dans la descente.", {"mechanical Tellier"}),
    ("Hugo Brémont a craché son turbo au deuxième tour.", {"mechanical !Brémont"}),
    ("Anne Sorel a rompu sa commande d'embrayage.", {"mechanical !Sorel"}),
    ("Paul Vasseur perd un piston au quatrième tour.", {"mechanical !Vasseur"}),
    ("Luc Ferrand n'avait plus un phare dès le soir.", {"mechanical Ferrand"}),
    ("Marc Tellier a perdu sa quatrième à mi-course.", {"mechanical Tellier"}),
    ("La Bugatti de Hugo Brémont finit sans troisième vitesse depuis Athis.", {"mechanical Brémont"}),
    ("La turbine de Marc Tellier a rendu l'âme.", {"mechanical !Tellier"}),
    ("Le moteur d'Anne Sorel a fait valoir ses droits à la retraite.", {"mechanical !Sorel"}),
    ("L'alternateur de Paul Vasseur a pris sa retraite au onzième tour.", {"mechanical !Vasseur"}),
    ("Luc Ferrand offre à son moteur une retraite anticipée.", {"mechanical !Ferrand"}),
    ("Un bras de suspension de la Lotus de Marc Tellier n'y a pas résisté.", {"mechanical !Tellier"}),
    ("Le moteur de Hugo Brémont a bu la tasse dans l'oued.", {"mechanical !Brémont"}),
    ("La Simca d'Anne Sorel s'éteint au sixième tour.", {"mechanical !Sorel"}),
    ("Paul Vasseur tourna sur trois cylindres depuis la mi-course.", {"mechanical Vasseur"}),
    ("Luc Ferrand manque une vitesse à la sortie du hameau.", {"mechanical Ferrand"}),
    ("La chaîne de Marc Tellier est partie dans le carter.", {"mechanical !Tellier"}),
    ("Hugo Brémont termine avec le spoiler avant de travers.", {"bodywork Brémont"}),
    ("Un pneu de la Lotus d'Anne Sorel s'est ouvert dans la descente.", {"puncture Sorel"}),
]  # fmt: skip

# Off the road, against something, on one's head.
ASTRAY = [
    ("Luc Ferrand visite le verger du maire.", {"off_track Ferrand"}),
    ("Marc Tellier traverse le bac à graviers et repart septième.", {"off_track Tellier"}),
    ("Hugo Brémont manque son freinage et repart sixième.", {"off_track Brémont"}),
    ("La neutralisation suit la sortie d'Anne Sorel à Manson.", {"off_track Sorel", "safety_car"}),
    ("Paul Vasseur enfonce deux fois les ballots de la Madeleine.", {"crash !Vasseur"}),
    ("Luc Ferrand couche sa Simca sur les portières.", {"crash !Ferrand"}),
    ("Marc Tellier a retourné sa Peugeot au gué.", {"crash !Tellier"}),
    ("Hugo Brémont confie sa voiture à une botte de paille.", {"crash !Brémont"}),
    ("Anne Sorel s'offre les bottes de paille du dernier virage.", {"crash !Sorel"}),
    ("Paul Vasseur envoie sa Clio dans le lavoir.", {"off_track Vasseur"}),
    ("Marc Tellier se retrouve dans le mauvais sens et repart dernier.", {"spin Tellier"}),
    ("Hugo Brémont a pivoté sur lui-même au pont.", {"spin Brémont"}),
    ("Anne Sorel dérape dans la grande courbe et repart.", {"spin Sorel"}),
    ("Paul Vasseur se met au tas dans l'ornière.", {"fall Vasseur"}),
    ("Luc Ferrand tombe sur la table des tribunes et repart dernier.", {"fall Ferrand"}),
    ("Marc Tellier est tombé dessus.", {"fall Tellier"}),
]  # fmt: skip

# One against another.
MET = [
    ("Luc Ferrand s'est rabattu sur Marc Tellier à la sortie du virage.", {"collision Ferrand+Tellier"}),
    ("Hugo Brémont a escaladé la roue arrière d'Anne Sorel.", {"collision Brémont+Sorel"}),
    ("Paul Vasseur a cueilli Luc Ferrand au freinage.", {"collision Ferrand+Vasseur"}),
    ("Marc Tellier a été poussé par Hugo Brémont à la première épingle.", {"collision Brémont+Tellier"}),
    ("Un carambolage au virage des Peupliers a réuni Anne Sorel, Paul Vasseur et Luc Ferrand.", {"collision Ferrand+Sorel+Vasseur"}),
    ("Marc Tellier se rate et emmène dans le sable Hugo Brémont.", {"collision Brémont+Tellier", "off_track Brémont"}),
    ("Ferrand et Tellier s'étaient déjà accrochés dans le bourbier.", {"collision Ferrand+Tellier"}),
]  # fmt: skip

# Punished, stopped, kept from starting.
RULED = [
    ("Luc Ferrand, cinquième sur la piste, a pris trente secondes.", {"penalty Ferrand"}),
    ("Marc Tellier avait reçu trente minutes pour un contrôle oublié.", {"penalty Tellier"}),
    ("Hugo Brémont passe troisième, mais dix secondes lui sont ajoutées.", {"penalty Brémont"}),
    ("Anne Sorel a pris deux minutes pour départ anticipé.", {"jump_start Sorel"}),
    ("Paul Vasseur est parti un peu trop tôt.", {"jump_start Vasseur"}),
    ("Luc Ferrand avait décollé avant le drapeau.", {"jump_start Ferrand"}),
    ("Sur tapis vert, Marc Tellier perdit dix secondes.", {"penalty Tellier"}),
    ("Les commissaires mettaient Hugo Brémont hors course.", {"disqualification Brémont"}),
    ("Le directeur de course arrête l'épreuve à mi-distance.", {"red_flag"}),
    ("Le directeur de course a sorti le rouge.", {"red_flag"}),
    ("Anne Sorel n'a pas passé le pesage.", {"did_not_start Sorel"}),
    ("Paul Vasseur laisse sa Delahaye au stand sans donner de raison.", {"retirement !Vasseur"}),
    ("Luc Ferrand disparaît au onzième tour.", {"retirement !Ferrand"}),
]  # fmt: skip

SILENT = [
    "Luc Ferrand a changé de moteur durant l'hiver.",
    "Marc Tellier prend dix secondes d'avance à Hugo Brémont.",
    "Anne Sorel a perdu dix secondes dans le trafic.",
    "Paul Vasseur reçoit la coupe pour ses dix ans de course.",
    "Luc Ferrand, poussé par le public, l'emporte.",
    "Marc Tellier change de pneus à mi-course.",
    "Hugo Brémont rejoint Anne Sorel et prend sa roue.",
    "Paul Vasseur cueille la victoire.",
    "Luc Ferrand s'offre la pole.",
    "Marc Tellier confie sa voiture à Hugo Brémont au relais.",
    "Anne Sorel envoie un message au peloton.",
    "Paul Vasseur a pris sa retraite en décembre.",
    "Luc Ferrand termine dans la pré-finale à la troisième place.",
    "Marc Tellier perd le contact puis la quatrième place.",
    "La sortie de la voie des stands est fermée.",
    "Hugo Brémont disparaît derrière la colline avec une belle avance.",
    "Anne Sorel traverse le village à vive allure.",
    "Paul Vasseur laisse sa place à Luc Ferrand.",
    "Marc Tellier tombe sur un os.",
    "Les deux voitures se rabattent sur la corde.",
    "Luc Ferrand a retourné la situation.",
    "Marc Tellier a perdu deux minutes pour ravitailler.",
    "Hugo Brémont pose sa Lotus dans le top 5.",
    "Anne Sorel laisse sa voiture à Paul Vasseur pour le second relais.",
    "Paul Vasseur pousse Luc Ferrand dans ses retranchements.",
    "La porte s'est ouverte à l'épingle et Marc Tellier est passé.",
    "Hugo Brémont doit s'arrêter pour ravitailler.",
    "Anne Sorel offre sa coupe au public.",
    "Paul Vasseur a laissé son volant à Luc Ferrand.",
    "Marc Tellier perd sa quatrième place.",
]


def named(value: str | set[str]) -> str:
    """Name a case alike in every process, whatever the order of a set there."""
    return (value if isinstance(value, str) else str(sorted(value)))[:50]


@pytest.mark.parametrize(("sentence", "expected"), [*SERVED, *ASTRAY, *MET, *RULED], ids=named)
def test_what_happened_in_other_words(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize("sentence", SILENT)
def test_what_only_sounds_like_it(sentence: str) -> None:
    assert told(sentence) == set()


# What is told in an anterior tense, by a gerund, of a car that no list knows, or beside a withdrawal.
BESIDES = [
    ("Marc Tellier mène après que la Lotus de Luc Ferrand eut pris feu.", {"fire !Ferrand"}),
    ("Anne Sorel, en tombant à la sortie du pont, perd trois places.", {"fall Sorel"}),
    ("Hugo Brémont a retourné sa 504 dans le gué.", {"crash !Brémont"}),
    ("Paul Vasseur est sorti à Valbrune en doublant Luc Ferrand.", {"off_track Vasseur"}),
    ("Marc Tellier a déclaré forfait sur joint de culasse.", {"mechanical Tellier", "did_not_start Tellier"}),
    ("Hugo Brémont n'a pas pris le départ, pompe à essence.", {"mechanical Brémont", "did_not_start Brémont"}),
    ("Anne Sorel a levé le bras : plus d'embrayage.", {"mechanical !Sorel"}),
    ("Le moteur de Paul Vasseur a chauffé et il lève le pied.", {"mechanical Vasseur"}),
    ("Luc Ferrand s'arrête contre la Lotus de Marc Tellier.", {"collision Ferrand+Tellier"}),
    ("Hugo Brémont, d'Angeville Vitesse, touche Anne Sorel dans l'épingle.", {"collision Brémont+Sorel"}),
    ("Paul Vasseur finit sans capot depuis la mi-course.", {"bodywork Vasseur"}),
    ("La direction stoppe l'ES5.", {"red_flag"}),
    ("La voiture pilote entre en piste.", {"safety_car"}),
]  # fmt: skip

# Who it was: by the car, by what stands between, by somebody else's words.
WHO = [
    ("La Jaguar Type E de Luc Ferrand s'arrête au kilomètre trois, courroie rompue.", {"mechanical !Ferrand"}),
    ("La Ford escort de Marc Tellier casse sa boîte.", {"mechanical !Tellier"}),
    ("Pour Hugo Brémont, la course s'arrête au sixième tour sur une rupture de durit d'eau.", {"mechanical !Brémont"}),
    ("Le pont de la Lotus d'Anne Sorel (n° 5, Garage Morin) a cédé au sixième tour.", {"mechanical !Sorel"}),
    ("Paul Vasseur est accroché au premier virage et finit vingtième.", {"collision Vasseur"}),
    ("Trois forfaits sont enregistrés au contrôle, dont celui de Marc Tellier.", {"did_not_start Tellier"}),
    ("Luc Ferrand l'emporte devant Marc Tellier, lequel reçoit un drapeau noir.", {"disqualification Tellier"}),
    ("Moins de chance pour Anne Sorel : perte de l'avant à 17 h 12.", {"fall Sorel"}),
    (
        "Abandons : Luc Ferrand et Marc Tellier (accrochage, 1er tour),\nHugo Brémont (moteur), Anne Sorel (direction)",
        {"collision !Ferrand+!Tellier", "mechanical !Brémont", "mechanical !Sorel"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), [*WHO, *BESIDES], ids=named)
def test_to_whom_it_happened(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected
