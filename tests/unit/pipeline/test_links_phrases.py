"""Ties told in whole phrases: between commas, with the team first, with the car handed on."""

from __future__ import annotations

from marked import cases, read

APPOSED = {
    "number, then team": (
        "Louis Marchal, n° 12, du team Brume Sport, s'en va au premier virage.",
        {"Louis Marchal | Brume Sport | 12 | - | -"},
    ),
    "number, then car and team": (
        "Louis Marchal, n° 27, Yamaha R6 du team Sillage Moto, est troisième sur la grille.",
        {"Louis Marchal | Sillage Moto | 27 | Yamaha R6 | -"},
    ),
    "chez": (
        "Louis Marchal, n° 52, KTM de chez Sillage Compétition, n'a plus d'intérêt au classement.",
        {"Louis Marchal | Sillage Compétition | 52 | KTM | -"},
    ),
    "team, then car and number": (
        "Louis Marchal, Scuderia Brumese, Stanguellini n° 40, y conduit avec douceur.",
        {"Louis Marchal | Scuderia Brumese | 40 | Stanguellini | -"},
    ),
    "a chassis that no list knows": (
        "Louis Marchal, sur la Brumette-Parilla n° 3 de chez Sillage Compétition, est devant.",
        {"Louis Marchal | Sillage Compétition | 3 | Brumette-Parilla | -"},
    ),
    "a trade and a home": (
        "Louis Marchal, le transporteur de Brumeval du team Brume-Fret, prit la corde.",
        {"Louis Marchal | Brume-Fret | - | - | -"},
    ),
    "where he is from": (
        "Louis Marchal, l'Agenais du team Garonna Kart, choisit la corde.",
        {"Louis Marchal | Garonna Kart | - | - | -"},
    ),
    "his car": (
        "Louis Marchal, son Osella n° 5 préparée elle aussi chez Altitude Compétition, s'intercalait.",
        {"Louis Marchal | Altitude Compétition | 5 | Osella | -"},
    ),
    "whose car": (
        "Louis Marchal, dont la Norton n° 1 de chez Sillage Compétition ne connaît pas d'ennui, gagne.",
        {"Louis Marchal | Sillage Compétition | 1 | Norton | -"},
    ),
    "entered by": (
        "Quant à Louis Marchal, inscrit sous le n° 9 par la Scuderia Brumese, il a jugé bon de rentrer.",
        {"Louis Marchal | Scuderia Brumese | 9 | - | -"},
    ),
    "whom a team prepares": (
        "Louis Marchal, que préparent les Ateliers Brumois, a donc eu la seconde course.",
        {"Louis Marchal | Ateliers Brumois | - | - | -"},
    ),
    "to whom a team lends": (
        "Louis Marchal, à qui l'Écurie Brume avait confié sa Delage, a gagné.",
        {"Louis Marchal | Écurie Brume | - | - | -"},
    ),
    "two of one team": (
        "Louis Marchal et Jean Tavernier, du team Brume Sport, sont venus avec un train de pluie.",
        {"Jean Tavernier + Louis Marchal | Brume Sport | - | - | -"},
    ),
    "an adjective": (
        "Louis Marchal menait le premier tiers avec la Talbot bleue n° 8 de l'Écurie Brume.",
        {"Louis Marchal | Écurie Brume | 8 | Talbot | -"},
    ),
}  # fmt: skip


@cases(APPOSED)
def test_apposed(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected


TEAM_FIRST = {
    "celle de": (
        "La Lola T210 n° 21 du Brume Racing, celle de Louis Marchal, part en tête-à-queue.",
        {"Louis Marchal | Brume Racing | 21 | Lola T210 | -"},
    ),
    "with a count": (
        "La Maserati n° 18 de la Scuderia Brumese, avec le comte Louis Marchal, l'a débordée.",
        {"Louis Marchal | Scuderia Brumese | 18 | Maserati | -"},
    ),
    "driven by": (
        "La n° 19 du Kart-Club Brumois a été conduite par Louis Marchal, fils du charron.",
        {"Louis Marchal | Kart-Club Brumois | 19 | - | -"},
    ),
    "a colon": (
        "Lancia n° 12 de l'Écurie Brume : Louis Marchal a gagné la course des plus de 1.500.",
        {"Louis Marchal | Écurie Brume | 12 | Lancia | -"},
    ),
    "and its car": (
        "L'Écurie Brume et la BMW 2002 n° 31 de Louis Marchal dominent l'Escort n° 12 de Jean Tavernier.",
        {"Louis Marchal | Écurie Brume | 31 | BMW 2002 | -", "Jean Tavernier | - | 12 | Escort | -"},
    ),
    "follows with its car": (
        "Le Team Brume suit à 21\"4 avec la Porsche 997 n° 1 de Louis Marchal et Jean Tavernier.",
        {"Jean Tavernier + Louis Marchal | Team Brume | 1 | Porsche 997 | -"},
    ),
    "chez": (
        "Chez Brume Compétition, la Norma n° 3 de Louis Marchal gagne.",
        {"Louis Marchal | Brume Compétition | 3 | Norma | -"},
    ),
    "a comma": (
        "Brume Racing, la Twingo n° 18 de Louis Marchal : samedi, le gamin décroche la lune.",
        {"Louis Marchal | Brume Racing | 18 | Twingo | -"},
    ),
    "two that it entered": (
        "L'Écurie Brume avait engagé deux Panhard ; la n° 33 de Louis Marchal et Jean Tavernier termine, la n° 31 de Paul Orsini "
        "et Luc Lemaire abandonne, la Simca n° 4 de Marc Delorme aussi.",
        {
            "Jean Tavernier + Louis Marchal | Écurie Brume | 33 | - | -",
            "Luc Lemaire + Paul Orsini | Écurie Brume | 31 | - | -",
            "Marc Delorme | - | 4 | Simca | -",
        },
    ),
    "a rival's car": (
        "Le Team Brume, devant la BMW n° 3 de Louis Marchal, gagne.",
        {"Louis Marchal | - | 3 | BMW | -"},
    ),
    "a rival passed": (
        "Le Team Brume a doublé la BMW n° 3 de Louis Marchal.",
        {"Louis Marchal | - | 3 | BMW | -"},
    ),
    "another team's place": (
        "La BMW n° 1 de Louis Marchal et Jean Tavernier gagne, le Team Brume est deuxième.",
        {"Jean Tavernier + Louis Marchal | - | 1 | BMW | -"},
    ),
    "a row of a table": (
        "La n° 8 du Team Brume mène.\n\nP1 | GTA | #8 | Marchal/Tavernier/Orsini | 131 t.\nP2 | GTA | #17 | Lemaire/Delorme/Ruiz | 130 t.",
        {"Marchal + Orsini + Tavernier | Team Brume | 8 | - | -", "Delorme + Lemaire + Ruiz | - | 17 | - | -"},
    ),
}  # fmt: skip


@cases(TEAM_FIRST)
def test_the_team_first(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected


SHARED = {
    "shares with two": (
        "Louis Marchal, du team Brume Endurance, a placé cette n° 4, qu'il partage avec Jean Tavernier et Paul Orsini, en pole.",
        {"Jean Tavernier + Louis Marchal + Paul Orsini | Brume Endurance | - | - | -"},
    ),
    "shares with one of a nation": (
        "La pole revient à Louis Marchal (Team Brume), sur la Porsche 956 n° 1 qu'il partage avec l'Allemand Jean Tavernier.",
        {"Jean Tavernier + Louis Marchal | Team Brume | 1 | Porsche 956 | -"},
    ),
    "hands the wheel on": (
        "Louis Marchal (Écurie Brume) passe le volant à Jean Tavernier au dixième tour.",
        {"Jean Tavernier + Louis Marchal | Écurie Brume | - | - | -"},
    ),
    "gives up his machine": (
        "Louis Marchal (Écurie Brume), les mains en sang, cédait sa machine à Jean Tavernier.",
        {"Jean Tavernier + Louis Marchal | Écurie Brume | - | - | -"},
    ),
    "relieves": (
        "Louis Marchal (Écurie Brume) mène. Jean Tavernier, qui relayait Louis Marchal, assure.",
        {"Jean Tavernier + Louis Marchal | Écurie Brume | - | - | -"},
    ),
    "an entrant in a bracket": (
        "Louis Marchal et Jean Tavernier, sur la Porsche n° 3 (Écurie Brume), étaient alors en tête.",
        {"Jean Tavernier + Louis Marchal | Écurie Brume | 3 | Porsche | -"},
    ),
    "an entrant in a bracket, whose": (
        "La n° 2 (Écurie Brume) de Louis Marchal partait en pole.",
        {"Louis Marchal | Écurie Brume | 2 | - | -"},
    ),
    "a place handed on": (
        "Louis Marchal (Écurie Brume) cède la place à Jean Tavernier.",
        {"Louis Marchal | Écurie Brume | - | - | -"},
    ),
    "two cars after all": (
        "Louis Marchal (Écurie Brume) et Jean Tavernier (Écurie Sillage) : Louis Marchal passe le relais à Jean Tavernier.",
        {"Louis Marchal | Écurie Brume | - | - | -", "Jean Tavernier | Écurie Sillage | - | - | -"},
    ),
    "a lead shared": (
        "Louis Marchal (Écurie Brume) partage la tête du classement avec Jean Tavernier.",
        {"Louis Marchal | Écurie Brume | - | - | -"},
    ),
}  # fmt: skip


@cases(SHARED)
def test_who_shares_a_car(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected


MATES = {
    "apposed": (
        "Louis Marchal, du team Brume Sport, a la pole. Jean Tavernier, son équipier, était troisième.",
        {"Louis Marchal | Brume Sport | - | - | -", "Jean Tavernier | Brume Sport | - | - | -"},
    ),
    "several": (
        "Louis Marchal (Brume Sport) prenait la tête. Lui et ses équipiers Jean Tavernier et Paul Orsini ne la lâchaient plus.",
        {
            "Louis Marchal | Brume Sport | - | - | -",
            "Jean Tavernier | Brume Sport | - | - | -",
            "Paul Orsini | Brume Sport | - | - | -",
        },
    ),
    "a team and its car": (
        "Brume Motorsport en profitait pour faire rentrer sa Porsche n° 8. La n° 8 de Louis Marchal gagne.",
        {"Louis Marchal | Brume Motorsport | 8 | - | -"},
    ),
    "another driver's car": (
        "Brume Motorsport attend Louis Marchal et sa Porsche n° 8. La n° 8 de Louis Marchal gagne.",
        {"Louis Marchal | - | 8 | - | -"},
    ),
    "a mate of somebody without a team": (
        "Louis Marchal a la pole. Jean Tavernier, son équipier, était troisième.",
        set(),
    ),
}  # fmt: skip


@cases(MATES)
def test_team_mates(case: tuple[str, set[str]]) -> None:
    text, expected = case
    assert read(text).entries == expected
