"""A team's name: its own words apart from those that half of all teams bear, and compared with another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractor.authority.person import letters_of, words_of_names
from extractor.authority.resemblance import misreading_cost, sound

_YEAR = re.compile(r"(?:18|19|20)\d\d")
_COST_PER_LETTER = 1.9  # up to which one word may be another misread
_WORST_WORD = 16.0
_LEAST = 4


@dataclass(frozen=True, slots=True)
class TeamName:
    """A name in parts, folded.

    Attributes:
        own: Words that are the team's own, in order; all of them where none is.
        generic: Words such as "écurie", "racing".
        joined: All words, without blanks.
    """

    own: tuple[str, ...]
    generic: tuple[str, ...]
    joined: str


@cache
def generic_words() -> frozenset[str]:
    """Return the words that tell no team from another."""
    return frozenset(words_of_names()["teams"]["generic"])


@lru_cache(maxsize=1 << 15)
def parse_team(name: str) -> TeamName:
    """Return the parts of a team's name; years are left out."""
    words = [word for word in letters_of(name) if not _YEAR.fullmatch(word)]
    own = tuple(word for word in words if word not in generic_words())
    generic = tuple(word for word in words if word in generic_words())
    return TeamName(own or tuple(words), generic if own else (), "".join(words))


@dataclass(frozen=True, slots=True)
class TeamLikeness:
    """How alike two names of teams are.

    Attributes:
        is_equal: The same words in the same order.
        cost: Of misreading one's own words for the other's, as one word; at most 26.
        shared: Own words that both have, as the first of the two writes them.
        missing: Own words that only the one has that has fewer of them.
        extra: Own words that only the longer one has: a sponsor come or gone.
        is_heard: Own words sound alike.
        same_generic: Both call themselves the same: "écurie" and "écurie".
    """

    is_equal: bool
    cost: float
    shared: tuple[str, ...]
    missing: int
    extra: int
    is_heard: bool
    same_generic: bool


@lru_cache(maxsize=1 << 17)
def compare_teams(one: TeamName, other: TeamName) -> TeamLikeness:
    """Say how alike two names are."""
    if len(one.own) > len(other.own):
        one, other = other, one
    left = list(other.own)
    shared: list[str] = []
    for word in one.own:
        found = next((x for x in left if is_same_word(word, x)), None)
        if found is not None:
            left.remove(found)
            shared.append(word)
    a, b = "".join(one.own), "".join(other.own)
    return TeamLikeness(
        one.joined == other.joined,
        0.0 if a == b else misreading_cost(a, b),
        tuple(shared),
        len(one.own) - len(shared),
        len(left),
        sound(a) == sound(b),
        bool(set(one.generic) & set(other.generic)) or (not one.generic and not other.generic),
    )


@lru_cache(maxsize=1 << 17)
def is_same_word(one: str, other: str) -> bool:
    """Tell whether two folded words are most likely one, misread or spelt otherwise."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST:
        return False
    cost = misreading_cost(one, other)
    return cost <= min(_WORST_WORD, _COST_PER_LETTER * max(len(one), len(other)))
