"""How much one word resembles another: as it sounds, and as a scanned page may have made it.

Words are folded (:func:`extractor.lexicon.fold.fold`). A cost is minus the logarithm of a share, as in
``extractor/lexicon/misreadings.toml``: one usual misreading costs 6 to 9, a change that no page shows 11.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extractor.lexicon.words import table

WORST = 26.0
_UNSEEN = 11.0  # what an edit costs that no page of the sample shows
_MOST_EDITS = 3
_SOUNDS = (
    (re.compile(r"eau|au"), "o"), (re.compile(r"ph"), "f"), (re.compile(r"ck|qu|q|k"), "c"),
    (re.compile(r"ai|ei|ay|ey|oe|ae"), "e"), (re.compile(r"[yj]"), "i"), (re.compile(r"w"), "v"),
    (re.compile(r"z"), "s"), (re.compile(r"(?<=[^c])h|^h"), ""), (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"m(?=[bp])"), "n"), (re.compile(r"(?<=..)[estxd]+$"), ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """Return what spellings of one name share: without doubled and silent letters, "y" as "i"."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


@cache
def _misread() -> dict[str, dict[str, float]]:
    """Return the cost of one group of letters standing for another, in either direction."""
    found: dict[str, dict[str, float]] = {}
    for printed, reads in table("misreadings")["misread"].items():
        for read, cost in reads.items():
            for one, other in ((printed, read), (read, printed)):
                known = found.setdefault(one, {})
                known[other] = min(cost, known.get(other, cost))
    return found


@lru_cache(maxsize=1 << 18)
def misreading_cost(one: str, other: str) -> float:
    """Return how unlikely it is that one printed word was read in these two ways; at most ``WORST``."""
    if one == other:
        return 0.0
    if Levenshtein.distance(one, other, score_cutoff=_MOST_EDITS) > _MOST_EDITS:
        return WORST
    if one > other:  # the table knows both directions: the cost is the same
        one, other = other, one
    return min(_aligned(*_middles(one, other)), WORST)


def _middles(one: str, other: str) -> tuple[str, str]:
    """Return where two words differ, with a letter on either side: groups of two letters may begin there."""
    least = min(len(one), len(other))
    head = next((k for k in range(least) if one[k] != other[k]), least)
    head = max(head - 1, 0)
    one, other = one[head:], other[head:]
    least = min(len(one), len(other))
    tail = next((k for k in range(least) if one[-1 - k] != other[-1 - k]), least)
    tail = max(tail - 1, 0)
    return one[: len(one) - tail], other[: len(other) - tail]


def _aligned(one: str, other: str) -> float:
    """Return the cost of the cheapest alignment, groups of up to two letters standing for each other."""
    costs = _misread()
    best = {(0, 0): 0.0}
    for i in range(len(one) + 1):
        for j in range(max(0, i - _MOST_EDITS), min(len(other), i + _MOST_EDITS) + 1):
            sofar = best.get((i, j))
            if sofar is None or sofar >= WORST:
                continue
            for wide in range(min(2, len(one) - i) + 1):
                read = costs.get(one[i : i + wide], {})
                for tall in range(min(2, len(other) - j) + 1):
                    if not wide and not tall:
                        continue
                    _reach(best, (i + wide, j + tall), sofar, one[i : i + wide], other[j : j + tall], read)
    return best.get((len(one), len(other)), WORST)


def _reach(
    best: dict[tuple[int, int], float],
    place: tuple[int, int],
    sofar: float,
    one: str,
    other: str,
    read: dict[str, float],
) -> None:
    cost = 0.0 if one == other else read.get(other, _UNSEEN if len(one) < 2 and len(other) < 2 else None)
    if cost is not None and sofar + cost < best.get(place, WORST + 1):
        best[place] = sofar + cost


@lru_cache(maxsize=1 << 17)
def phrase_likeness(one: str, other: str) -> float:
    """Return how alike two folded names of several words are, 0 to 1, whatever the order of words."""
    return max(fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other) * 0.95) / 100


def deletions(word: str) -> set[str]:
    """Return the word and what is left of it without one letter: words one edit apart share one."""
    return {word, *(word[:k] + word[k + 1 :] for k in range(len(word)))}
