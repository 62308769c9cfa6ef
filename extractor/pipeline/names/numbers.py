"""Car numbers outside of brackets: marked ones, those between slashes, those that stand for their car."""

from __future__ import annotations

from collections import Counter

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names import brackets
from extractor.pipeline.names.runs import Tagged

_ARTICLES = word_set("names_words", "car_articles")
_OF = word_set("names_words", "of")
_UNITS = word_set("names_words", "number_units")
_LEAST_BARE = 2  # bare numbers with their driver, before one alone may mean a car


def find_numbers(tagged: Tagged, found: list[Name]) -> list[Name]:
    """Return the car numbers of a text: ``#13``, ``n°13``, ``X / 13 / Norton``, ``la 13 de X``.

    Args:
        tagged: The text.
        found: The names found so far.
    """
    marked = _marked(tagged)
    known = {name.value for name in (*marked, *(n for n in found if n.kind == "number"))}
    return [*marked, *_between_slashes(tagged, found), *_standing_for_cars(tagged, known)]


def _marked(tagged: Tagged) -> list[Name]:
    numbers = []
    for i, text in enumerate(tagged.tokens.text):
        if text == "#" or text[0] in "nN":
            number = brackets.car_number(tagged, i, min(i + 5, len(tagged.tokens)))
            if number is not None and number.first == i:
                numbers.append(number)
    return numbers


def _between_slashes(tagged: Tagged, found: list[Name]) -> list[Name]:
    """Read "X / 13 / Norton" and "X / 13" behind a person."""
    text = tagged.tokens.text
    numbers = []
    for name in found:
        i = name.last
        if name.kind not in ("person", "other") or text[i : i + 1] != ["/"] or not _is_number(tagged, i + 1):
            continue
        if text[i + 2 : i + 3] != ["/"] or tagged.tokens.shape[i + 3 : i + 4] not in (["d"], []):
            numbers.append(Name(i + 1, i + 2, "number", text[i + 1], sure=0.7))
    return numbers


def _standing_for_cars(tagged: Tagged, known: set[str]) -> list[Name]:
    """Read "la 13 de X", "la 13 (X, Norton)"; and, in a text that speaks so, "la 13" alone."""
    text, norm, shape = tagged.tokens.text, tagged.tokens.norm, tagged.tokens.shape
    bare = [
        i
        for i in range(1, len(text))
        if norm[i - 1] in _ARTICLES and _is_number(tagged, i) and norm[i + 1 : i + 2] != ["/"]
    ]
    owned = {
        i
        for i in bare
        if (norm[i + 1 : i + 2] and norm[i + 1] in _OF and shape[i + 2 : i + 3] in (["C"], ["U"]))
        or (text[i + 1 : i + 2] == ["("] and shape[i + 2 : i + 3] in (["C"], ["U"]))
    }
    owned = {i for i in owned if "month" not in tagged.tags(i + 2) and "place" not in tagged.tags(i + 2)}
    spoken = Counter(text[i] for i in owned)
    if len(spoken) < _LEAST_BARE and not known & set(spoken):
        return [Name(i, i + 1, "number", text[i], sure=0.6) for i in sorted(owned)]
    named = known | set(spoken)
    return [Name(i, i + 1, "number", text[i], sure=0.6) for i in bare if text[i] in named]


def _is_number(tagged: Tagged, i: int) -> bool:
    """Tell whether a token can be a car's number: up to three digits, not a count of something."""
    tokens = tagged.tokens
    if i >= len(tokens) or not tokens.text[i].isdecimal() or len(tokens.text[i]) > 3:
        return False
    following = tokens.norm[i + 1] if i + 1 < len(tokens) else ""
    return following not in _UNITS and "month" not in tagged.tags(i + 1)
