"""Whether a page is damaged: a cheap estimate, made for every text, before anything is restored.

Words that nobody knows are no sign by themselves, for a report may tell of anything. Signs are words that
nobody knows and that are one misreading away from a word that everybody knows, most of all where their
letters do not stand together in French; words that have run into each other; consonants that have lost their
apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.lexicon import spelling
from extractor.lexicon.fold import fold
from extractor.pipeline.tokens import Tokens

_RUN_TOGETHER = re.compile(r"[a-zß-öø-ÿ]{2,}[A-ZÀ-Þ][a-zß-öø-ÿ]+").match
_MIXED = re.compile(
    r"(?:[a-zß-öø-ÿ][A-ZÀ-Þ]{4,}|[A-ZÀ-Þ]{2,}[a-zß-öø-ÿ][A-ZÀ-Þ]{2,}|[A-ZÀ-Þ]{4,}[a-zß-öø-ÿ])"
).fullmatch
_LONE = re.compile(r"(?<= )[ldnsjmct] (?=[aeiouhyéèê])")
_CONSONANTS = frozenset("ldnsjmct")
_STRONG, _SOFT, _PARTED, _ODD = 1.0, 0.4, 0.3, 0.2
_LEAST, _LEAST_SHARE = 1.7, 0.0125
_SHORTEST, _LEAST_SAYING = 2, 3
_CAPITALS = 20  # with fewer words in small letters, a text is all in capitals
_STRANGE_SHARE = (
    0.33  # of damaged pages one in fifty has more unknown words, of Latin and old French nearly all
)
_FEW = 60  # different words: below it the share says little


def is_damaged(tokens: Tokens) -> bool:
    """Tell whether enough of the text's words are misread for it to be read through a restored view."""
    small = {word for word, shape in zip(tokens.text, tokens.shape, strict=True) if shape == "l"}
    words = _different(small)
    if len(words) < _CAPITALS:
        capitals = {word for word, shape in zip(tokens.text, tokens.shape, strict=True) if shape == "U"}
        words = _different(capitals) - spelling.all_names()
    missing = max(_LEAST, _LEAST_SHARE * max(len(words), _FEW)) - _marks(tokens, small)
    unknown = words - spelling.ordinary()
    return (missing <= 0 or _reach(unknown, missing)) and not _strange(words, unknown)


def _strange(words: set[str], unknown: set[str]) -> bool:
    """Tell whether too few words are French of our time for what they are misreadings of to be told."""
    printed = spelling.frequency()  # far more words than are asked about: no set of them is gone through
    strange = {word for word in unknown if word not in printed and not spelling.inflected(word)}
    return len(strange) > _STRANGE_SHARE * len(words)


def _different(words: Iterable[str]) -> set[str]:
    """Return the different words of some length, folded."""
    folded = map(fold, words)
    return {word for word in folded if len(word) >= _SHORTEST and word.isalpha()}


def _marks(tokens: Tokens, small: set[str]) -> int:
    """Return how many words have run into each other, lost a capital, or lost their apostrophe."""
    marks = sum(bool(_RUN_TOGETHER(word) or _MIXED(word)) for word in small if not word.islower())
    marks += sum(
        bool(_MIXED(word))
        for word, shape in zip(tokens.text, tokens.shape, strict=True)
        if shape == "C" and word[1:2].isupper()
    )
    if small & _CONSONANTS:
        marks += len(_LONE.findall(tokens.source))
    return marks


def _reach(unknown: Iterable[str], missing: float) -> bool:
    """Tell whether unknown words say enough for damage; what costs most is looked up last and seldom."""
    most = {word: _most(word) for word in unknown}
    left = sum(most.values())
    if left >= missing:  # the words of print are many, and asked only where it matters
        printed = spelling.frequency()
        most = {word: much for word, much in most.items() if word not in printed}
        left = sum(most.values())
    for word in sorted(most, key=lambda word: -most[word]):
        if left < missing or missing <= 0:
            break
        left -= most[word]
        missing -= _sign(word)
    return missing <= 0


def _most(word: str) -> float:
    """Return how much an unknown word may say for damage at most."""
    return _STRONG if spelling.very_odd(word) else 0.0 if spelling.inflected(word) else _SOFT


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
