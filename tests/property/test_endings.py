"""A text may end anywhere: whatever word or mark it ends with, nothing looks beyond it."""

from __future__ import annotations

from itertools import product

import pytest

import extractor

OPENING = (
    "Grand Prix de Brumeval. Sur le circuit, les pilotes ont disputé la course, la finale et les essais. "
)
SUBJECTS = (
    "",
    "Paul Jouvion ",
    "Paul Jouvion gagne, ",
    "Paul Jouvion gagne dans ",
    "Paul Jouvion abandonne, ",
)
ENDINGS = (
    *(
        "la deuxième",
        "la première",
        "troisième",
        "la troisième place",
        "la deuxième place à",
        "2e",
        "en gagne",
    ),
    *(
        "remporte la",
        "gagne la première manche et Henri Tassard la seconde",
        "devant",
        "juste derrière",
        "juste",
    ),
    *(
        ", la seconde",
        "la dernière",
        "la suivante",
        "à",
        "pour",
        "au pied du podium",
        'avec 3"',
        'à 3" de',
        "deux",
    ),
    *(
        "vainqueur de",
        "victoire de",
        "pénalité de",
        "dix secondes",
        "a été infligé à",
        "casse",
        "problème de",
    ),
    *(
        "n°",
        "la 12",
        "la n° 7 de",
        "le",
        "le Belge",
        "le champion de",
        "de la",
        "« ",
        '"',
        "(",
        ", qui",
        "dont",
    ),
    *("l'autre", "crève et", "en pole", "l'ES 3", "au 3e tour", "à mi-course", "le groupe", "En", "Chez les"),
    *(
        "Dans les",
        "1.",
        "1. Paul Jouvion 2.",
        "1'",
        "1h",
        "du",
        "aux",
        "entre",
        "après",
        "après deux",
        "avant",
    ),
    *(
        "quart",
        "demi",
        "et demie",
        "contre",
        "touche",
        "heurte",
        "par",
        "lors de",
        "dimanche",
        "le lendemain",
    ),
)
TAILS = ("", ".", ",", ":", " -", " «", " et", " de", " à")


def read(separator: str, tails: tuple[str, ...]) -> None:
    for subject, ending, tail in product(SUBJECTS, ENDINGS, tails):
        text = f"{OPENING}{separator}{subject}{ending}{tail}"
        assert extractor.extract(text).document.text == text


def test_a_text_ends_with_any_words() -> None:
    read("", ("",))


@pytest.mark.slow
@pytest.mark.parametrize("separator", ["", "\n\n"])
def test_a_text_ends_with_any_words_and_marks(separator: str) -> None:
    read(separator, TAILS)
