"""What is no session of the meeting told: rounds of a season, cars named after a kind of event.

As in "la 3e manche du championnat", "Après quatre manches, X mène le Challenge", "Simca Rallye 2".
"""

from __future__ import annotations

from collections.abc import Mapping

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.tokens import Tokens
from extractor.values.numbers import cardinal, ordinal_at

SEASONS = word_set("sessions_words", "seasons")
_STANDINGS = SEASONS | word_set("sessions_words", "standings")
_TO_COME = word_set("sessions_words", "to_come")
_RALLY_CARS = word_set("sessions_words", "rally_cars")
_RALLY_MARKS = (["1"], ["2"], ["3"])  # "Rallye 2": a model
_AROUND = 25  # tokens: how far the words of a sentence are looked at


def of_the_season(norm: list[str], first: int, last: int) -> bool:
    """Tell whether a round of a season, or somebody's first race, is counted.

    As in "la 3e manche du championnat", "vainqueur de sa troisième course", "dont c'était la première".
    """
    if norm[first - 1] in ("sa", "son", "leur") or norm[first - 2 : first] == ["apres", "cette"]:
        return True
    if "dont" in norm[max(0, first - 4) : first]:
        return True
    ahead = norm[last : last + 4]
    return ahead[:1] in (["du"], ["de"], ["des"]) and bool(set(ahead) & SEASONS)


def counts_season(norm: list[str], first: int, last: int) -> bool:
    """Tell whether the rounds of a season are counted: "Après quatre manches, X mène le championnat".

    Also those that are still to come: "Deux manches à courir".
    """
    i = first - 1
    while i > 0 and norm[i] in ("premieres", "dernieres"):
        i -= 1
    if i < 1 or cardinal(norm[i]) is None:
        return False
    if norm[last : last + 1] == ["a"] and norm[last + 1 : last + 2] and norm[last + 1] in _TO_COME:
        return True
    if norm[i - 1] == "les":
        i -= 1
    return norm[i - 1] in ("apres", "avant", "reste", "restent") and bool(
        _STANDINGS & set(_sentence(norm, first, last))
    )


def _sentence(norm: list[str], first: int, last: int) -> list[str]:
    """Return the words of the sentence around tokens ``first`` to ``last``, as far as is looked."""
    low, high = max(0, first - _AROUND), min(len(norm), last + _AROUND)
    stops = [k for k in range(low, high) if norm[k] in (".", "!", "?")]
    start = max((k + 1 for k in stops if k < first), default=low)
    return norm[start : min((k for k in stops if k >= last), default=high)]


def one_of(norm: list[str], first: int) -> tuple[int | None, int]:
    """Return the number and start of one of several: "la seconde des deux séries"."""
    if first >= 3 and norm[first - 2] == "des" and cardinal(norm[first - 1]) is not None:
        found = ordinal_at(norm, first - 3)
        if found is not None and found[1] == first - 2:
            return found[0], first - 3
    return None, first


def count_rally(tokens: Tokens, terms: Mapping[int, list[Term]]) -> int:
    """Count the words of rallies, those aside that name a car: "Simca Rallye 2", "205 Rallye"."""
    shape, norm = tokens.shape, tokens.norm
    count = 0
    for i, here in terms.items():
        if any(t.category == "rally" for t in here):
            before = norm[i - 1] if i else ""
            car = shape[i] == "C" and (before in _RALLY_CARS or norm[i + 1 : i + 2] in _RALLY_MARKS)
            count += not car
    return count
