"""Who holds a place, where a pronoun, several rivals or a fight stand between the name and the place."""

from __future__ import annotations

import pytest

import extractor

OPENING = "Vingt pilotes ont pris le départ de la course sur le circuit de Valbrune.\n\n"


def held(text: str) -> set[tuple[str, int | None, str]]:
    """Return (kind, place, surname) of every result in a text."""
    record = extractor.extract(OPENING + text)
    surnames = {driver.id: driver.name.split()[-1] for driver in record.drivers}
    return {(r.kind, r.position, surnames[d]) for r in record.results for d in r.drivers}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luc Ferrand dépasse Marc Tellier puis Paul Vasseur et se retrouve cinquième.", (5, "Ferrand")),
        ("Luc Ferrand passe Marc Tellier, puis Paul Vasseur, et pointe au deuxième rang.", (2, "Ferrand")),
        ("Luc Ferrand double Marc Tellier et Paul Vasseur et prend la troisième place.", (3, "Ferrand")),
        ("Anne Sorel rattrape Luc Ferrand et Marc Tellier pour finir deuxième.", (2, "Sorel")),
        ("Luc Ferrand devance Marc Tellier et Paul Vasseur termine troisième.", (3, "Vasseur")),
    ],
)
def test_rivals_who_are_passed_together_hold_no_place(text: str, expected: tuple[int, str]) -> None:
    assert {(place, who) for _, place, who in held(text) if place == expected[0]} == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marc Tellier mène, mais Luc Ferrand a lancé l'assaut. Il finissait par doubler Tellier et gagne la course.",
            ("final", 1, "Ferrand"),
        ),
        (
            "Marc Tellier a été le héros des essais. Luc Ferrand part mal. Il dépasse Ferrand et termine premier.",
            ("final", 1, "Tellier"),
        ),
        (
            "Devant, Marc Tellier recolle à Paul Vasseur, mais Luc Ferrand se rapproche. Il grimpe à la troisième place.",
            ("running", 3, "Ferrand"),
        ),
        (
            "Marc Tellier tient bon, mais Anne Sorel ne le lâche pas. Au dernier tour, elle s'impose.",
            ("final", 1, "Sorel"),
        ),
        (
            "Luc Ferrand part en tête. Il devance Marc Tellier et s'impose.",
            ("final", 1, "Ferrand"),
        ),
    ],
)
def test_he_is_somebody_else_than_who_is_named_beside_him(text: str, expected: tuple[str, int, str]) -> None:
    found = held(text)
    assert expected in found
    assert {who for kind, place, who in found if (kind, place) == expected[:2]} == {expected[2]}


@pytest.mark.parametrize(
    "text",
    [
        "À la lutte depuis hier pour la troisième place, Quentin Gervais et Freddy Lorieux ont offert un beau spectacle.",
        "Freddy Lorieux se bat jusqu'au bout pour la troisième place.",
        "Quentin Gervais et Freddy Lorieux se livrent un duel acharné pour la troisième place.",
        "Un tête-à-queue a fait perdre la troisième place à Freddy Lorieux.",
        "Freddy Lorieux vise la troisième place. Il doit céder la troisième place.",
    ],
)
def test_a_place_that_is_fought_for_or_lost_is_not_held(text: str) -> None:
    assert not {found for found in held(text) if found[1] == 3}


@pytest.mark.parametrize(
    "text",
    [
        "Luc Ferrand (Fiesta), Marc Tellier (208) et Paul Vasseur (DS 3) terminent respectivement 19ème, 20ème et 21ème !",
        "Luc Ferrand, qui a signé un beau temps, Marc Tellier et Paul Vasseur terminent respectivement 19ème, 20ème et 21ème !",
        "Luc Ferrand (Fiesta), qui a signé un bon neuvième temps le matin, Marc Tellier (208) et Paul Vasseur (DS 3) finissent respectivement 19e, 20e et 21e.",
    ],
)
def test_places_told_respectively_go_to_each(text: str) -> None:
    found = {(place, who) for _, place, who in held(text) if place and place > 9}
    assert found == {(19, "Ferrand"), (20, "Tellier"), (21, "Vasseur")}


def test_places_told_respectively_go_to_nobody_where_one_is_missing() -> None:
    found = held("Marc Tellier et Paul Vasseur terminent respectivement 19e, 20e et 21e de la course.")
    assert not {place for _, place, _ in found if place}


def test_respectively_of_times_leaves_places_alone() -> None:
    found = held(
        "Luc Ferrand termine deuxième et Marc Tellier troisième, avec respectivement trois et cinq secondes de retard."
    )
    assert {(place, who) for _, place, who in found} == {(2, "Ferrand"), (3, "Tellier")}


def test_one_leader_is_not_two_men() -> None:
    front_row = "La première ligne est composée de Marc Tellier, Luc Ferrand et Paul Vasseur. "
    found = held(
        front_row + "Au premier virage, le leader du classement général prend l'avantage sur Tellier."
    )
    assert not {who for kind, place, who in found if (kind, place) == ("running", 1)}


@pytest.mark.parametrize(
    "text",
    [
        "Anne Sorel prend une option sur le titre.",
        "Anne Sorel termine deuxième, un résultat important dans l'optique du titre.",
        "Anne Sorel impressionne par sa volonté de décrocher le titre.",
        "Anne Sorel n'est plus qu'à trois points du titre.",
    ],
)
def test_a_title_that_is_spoken_of_is_not_won(text: str) -> None:
    assert not {found for found in held(text) if found[0] == "championship"}


@pytest.mark.parametrize("text", ["Anne Sorel est titrée à Nogaro.", "Luc Ferrand, enfin titré, savoure."])
def test_whoever_is_titled_has_won_the_championship(text: str) -> None:
    assert {(kind, place) for kind, place, _ in held(text)} == {("championship", 1)}
