"""Tokens: words that the end of a line parts are one word."""

from __future__ import annotations

import pytest

from extractor.pipeline.tokens import Tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("la troi-\nsième place", ["la", "troisième", "place"]),
        ("Gérard Cha-\n  vanne gagne", ["Gérard", "Chavanne", "gagne"]),
        ("Jean-\nPierre", ["Jean", "-", "Pierre"]),  # a hyphen of its own
        ("six heures -\nsuite", ["six", "heures", "-", "suite"]),
        ("n° 3-\n4", ["n", "°", "3", "-", "4"]),
    ],
)
def test_words_parted_at_the_end_of_a_line(text: str, words: list[str]) -> None:
    tokens = Tokens(text)
    assert tokens.text == words
    written = [text[a:b] for a, b in zip(tokens.start, tokens.end, strict=True)]
    assert [word.replace("-\n", "").replace(" ", "") for word in written] == words


def test_a_surface_stands_on_one_line() -> None:
    tokens = Tokens("avec Gérard Cha-\nvanne et\nPaul Roux")
    assert tokens.surface(1, 6) == "Gérard Chavanne et Paul Roux"
    assert tokens.chars(1, 3) == (5, 22)
