"""When two names are the same name: folded, by alias, or within one edit per six characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

#: All spellings of one person, team or car, folded. Never compared by order.
Forms = tuple[str, ...]

_NOT_WORD = re.compile(r"[^\w]+")
#: One edit is forgiven for so many characters of the longer name.
_CHARACTERS_PER_EDIT = 6


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return ``name`` without case, accents and punctuation, words parted by one space."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(_NOT_WORD.sub(" ", bare).split())


def forms(*names: str) -> Forms:
    """Return the folded spellings of one thing, each once, in the order given."""
    return tuple(dict.fromkeys(fold(name) for name in names))


@lru_cache(maxsize=262_144)
def same_folded(a: str, b: str) -> bool:
    """Say whether two folded names are one: equal, in another order of words, or nearly equal."""
    if not a or not b:
        return False
    if a == b or sorted(a.split()) == sorted(b.split()):
        return True
    allowed = max(len(a), len(b)) // _CHARACTERS_PER_EDIT
    if not allowed or abs(len(a) - len(b)) > allowed:
        return False
    return Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def same_name(a: str, b: str) -> bool:
    """Say whether two names, as written, are the same name."""
    return same_folded(fold(a), fold(b))


@lru_cache(maxsize=262_144)
def same(a: Forms, b: Forms) -> bool:
    """Say whether any spelling of one is a spelling of the other."""
    return any(same_folded(x, y) for x in a for y in b)


def same_set(a: Sequence[Forms], b: Sequence[Forms]) -> bool:
    """Say whether both name the same people, each of them once."""
    if len(a) != len(b):
        return False
    left = list(b)
    for x in a:
        hit = next((k for k, y in enumerate(left) if same(x, y)), None)
        if hit is None:
            return False
        del left[hit]
    return True


def same_crew(a: Sequence[Forms], b: Sequence[Forms]) -> bool:
    """Say whether both mean one crew; a named member stands for the whole of it."""
    if not a or not b:
        return not a and not b
    small, large = sorted((a, b), key=len)
    return all(any(same(x, y) for y in large) for x in small)


def some_shared(a: Sequence[Forms], b: Sequence[Forms]) -> bool:
    """Say whether somebody is in both."""
    return any(same(x, y) for x in a for y in b)
