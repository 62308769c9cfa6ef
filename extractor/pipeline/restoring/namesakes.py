"""Names of a damaged page: one name in several spellings is read in the spelling that is best attested.

A name that nobody knows is read as another of the same page where one misreading makes the one of the other
and the other stands there more often, or is known as a name. Two names of one enumeration are two people,
however alike.
"""

from __future__ import annotations

from extractor.lexicon import spelling
from extractor.pipeline.restoring.page import Page

_WORST = 10.5
_MOST = 2  # times: a name that stands more often is spelt as it is meant
_LONG = 6  # letters of a name that may be one with another as rare
_APART = 14  # tokens: names that stand closer are told side by side, as two people
_APART_WITH_NAME = 6  # the same where they share their first name: brothers and namesakes stand closer still


def name_spellings(page: Page) -> dict[str, str]:
    """Return, for each misread name of the page, folded, how it is to be read."""
    found: dict[str, str] = {}
    for word, places in page.places.items():
        if len(places) > _MOST or not page.nobody_knows(word):
            continue
        better = [
            (_listed(page, other), len(page.places[other]), -cost, other)
            for other, cost in _others(page, word).items()
            if _better(page, word, other) and not _side_by_side(page, places, page.places[other])
        ]
        if better:
            found[word] = max(better)[-1]
    return {word: found.get(other, other) for word, other in found.items()}


def _listed(page: Page, word: str) -> bool:
    return word in page.family or word in page.given


def _others(page: Page, word: str) -> dict[str, float]:
    """Return the page's other names of which one may be a misreading, with what that costs."""
    best: dict[str, float] = {}
    for candidate, cost in spelling.spellings(word):
        if cost <= _WORST and candidate != word and candidate in page.places:
            best[candidate] = min(cost, best.get(candidate, cost))
    return best


def _better(page: Page, word: str, other: str) -> bool:
    """Tell whether the other spelling is the better attested one."""
    mine, theirs = len(page.places[word]), len(page.places[other])
    if theirs != mine:
        return theirs > mine
    if _listed(page, other):
        return True
    if spelling.odd(word) != spelling.odd(other):
        return spelling.odd(word) > spelling.odd(other)
    # Which of two is right matters less than that they are one; letters are lost more often than added.
    return len(word) >= _LONG and (len(other), other) > (len(word), word)


def _side_by_side(page: Page, mine: list[int], theirs: list[int]) -> bool:
    """Tell whether the two are told as two people: close to each other, or each with a rank of its own."""
    if any(
        abs(i - j) < (_APART_WITH_NAME if _same_given(page, i, j) else _APART) for i in mine for j in theirs
    ):
        return True
    ranks = {_rank(page, i) for i in mine} - {""}
    others = {_rank(page, j) for j in theirs} - {""}
    return bool(ranks and others and not ranks & others)


def _same_given(page: Page, i: int, j: int) -> bool:
    """Tell whether one first name stands before both."""
    norm = page.tokens.norm
    return min(i, j) > 0 and norm[i - 1] == norm[j - 1] and norm[i - 1] in page.given


def _rank(page: Page, i: int) -> str:
    """Return the number that stands before a name, a first name between them or not."""
    tokens = page.tokens
    j = i - 1
    while j >= 0 and i - j <= 4 and (tokens.shape[j] in "CUI" or tokens.text[j] in ".-)"):
        j -= 1
    return tokens.text[j] if j >= 0 and tokens.text[j].isdecimal() else ""
