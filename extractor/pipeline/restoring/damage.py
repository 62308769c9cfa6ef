"""Whether a page is damaged: a cheap estimate, made for every text, before anything is restored.

Words that nobody knows are no sign by themselves, for a report may tell of anything. Signs are words that
nobody knows and that are one misreading away from a word that everybody knows, most of all where their
letters do not stand together in French; words that have run into each other; consonants that have lost their
apostrophe.
"""

from __future__ import annotations

import re

from extractor.lexicon import spelling
from extractor.pipeline.tokens import Tokens

_RUN_TOGETHER = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿ]{2,}[A-ZÀ-Þ][a-zß-öø-ÿ]+")
_MIXED = re.compile(
    r"\b(?:[a-zß-öø-ÿ][A-ZÀ-Þ]{4,}|[A-ZÀ-Þ]{2,}[a-zß-öø-ÿ][A-ZÀ-Þ]{2,}|[A-ZÀ-Þ]{4,}[a-zß-öø-ÿ])\b"
)
_LONE = re.compile(r"(?<= )[ldnsjmct] (?=[aeiouhyéèê])")
_STRONG, _SOFT, _PARTED, _ODD = 1.0, 0.4, 0.3, 0.2
_LEAST, _LEAST_SHARE = 2.0, 0.018
_SHORTEST, _LEAST_SAYING = 2, 3
_CAPITALS = 20  # with fewer words in small letters, a text is all in capitals
_FEW = 60  # different words: below it the share says little


def is_damaged(tokens: Tokens) -> bool:
    """Tell whether enough of the text's words are misread for it to be read through a restored view."""
    known = spelling.ordinary()
    words = _words(tokens, "l")
    if len(words) < _CAPITALS:
        words = _words(tokens, "U") - spelling.all_names()
    signs = sum(map(_sign, words - known))
    signs += sum(len(mark.findall(tokens.source)) for mark in (_RUN_TOGETHER, _LONE, _MIXED))
    return signs >= _LEAST and signs >= _LEAST_SHARE * max(len(words), _FEW)


def _words(tokens: Tokens, wanted: str) -> set[str]:
    """Return the different words of one shape, folded."""
    return {
        norm
        for norm, shape in zip(tokens.norm, tokens.shape, strict=True)
        if shape == wanted and len(norm) >= _SHORTEST and norm.isalpha()
    }


def _sign(word: str) -> float:
    """Return how much an unknown word says for damage."""
    if len(word) < _LEAST_SAYING:
        return _SOFT if spelling.ordinary_spelling(word) else 0.0
    if spelling.parted(word):
        return _PARTED
    spelt = spelling.ordinary_spelling(word)
    if spelling.very_odd(word):
        return _STRONG if spelt else _ODD
    return _SOFT if spelt else 0.0
