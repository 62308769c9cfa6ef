"""Things named in one breath, and the tie that they make: "l'Audi R8 #6 du Team X"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link

_INSIDE = word_set("people_words", "inside_chain")
_FIRST = attrgetter("first")
_THINGS = ("team", "car", "number")


@dataclass(slots=True)
class Chain:
    """Things named in one breath: "l'Audi R8 #6 du Team X"."""

    names: list[Name]
    following: list[Name] = field(default_factory=list)  # the chain that comes next
    closed: bool = False  # a bracket closes behind the last: "la n° 4 (Écurie X)"

    @property
    def first(self) -> int:
        """The first token."""
        return self.names[0].first

    @property
    def last(self) -> int:
        """The token behind the last."""
        return self.names[-1].last + self.closed


def found_between(found: list[Name], first: int, last: int) -> list[Name]:
    """Return the names inside a token range; ``found`` is sorted."""
    low = bisect_left(found, first, key=_FIRST)
    names = []
    while low < len(found) and found[low].first < last:
        if found[low].last <= last:
            names.append(found[low])
        low += 1
    return names


def make_link(
    people: tuple[int, ...],
    names: list[Name],
    first: int,
    last: int,
    discourse: Discourse,
    team_of: dict[int, int],
    sure: float,
) -> Link | None:
    """Return what things named together tell of people, ``None`` where they tell nothing."""
    link = Link(people, first, last, sure=sure)
    for name in names:
        if name.kind == "team" and link.team is None:
            link.team = team_of.get(name.first)
        elif name.kind == "number" and link.number is None:
            link.number = name.value
        elif name.kind == "car" and link.car is None:
            link.car = discourse.tokens.surface(name.first, name.last)
        elif name.kind == "class":
            link.classes.append(discourse.tokens.surface(name.first, name.last))
    if link.team is None and link.number is None and link.car is None and not link.classes:
        return None
    return link


def find_chains(discourse: Discourse, found: list[Name], bracketed: set[int]) -> list[Chain]:
    """Return the things that stand outside of brackets, those named in one breath together."""
    chains: list[Chain] = []
    norm = discourse.tokens.norm
    for name in found:
        if name.kind not in _THINGS or name.first in bracketed:
            continue
        if (
            chains
            and 0 <= name.first - chains[-1].last <= 5
            and (
                all(n in _INSIDE for n in norm[chains[-1].last : name.first])
                or _coloured(discourse, chains[-1], name)
            )
        ):
            previous = chains[-1]
            parted = "," in norm[previous.last : name.first] and not _explained(discourse, previous, name)
            if not parted and not any(n.kind == name.kind for n in previous.names):
                previous.names.append(name)
                continue
        if chains and _bracketed(discourse, chains[-1], name):
            chains[-1].names.append(name)
            chains[-1].closed = True
            continue
        chains.append(Chain([name]))
    for chain, following in pairwise(chains):
        chain.following = following.names
    return chains


def _explained(discourse: Discourse, chain: Chain, name: Name) -> bool:
    """Tell whether a car behind a comma explains a number: "la n° 9, Bugatti de A", "la 11, l'Ami 6 de B"."""
    norm = discourse.tokens.norm
    between = norm[chain.last : name.first]
    return (
        name.kind == "car"
        and [other.kind for other in chain.names] == ["number"]
        and len(between) <= 2
        and between[0] == ","
        and norm[name.last : name.last + 1] in (["de"], ["d'"], ["du"], ["des"])
        and norm[chain.first - 1 : chain.first] != [","]
        and discourse.ref_ending(chain.first) is None
    )


def _bracketed(discourse: Discourse, chain: Chain, name: Name) -> bool:
    """Tell whether a bracket behind a car's number holds its entrant alone: "la n° 4 (Écurie X)"."""
    text = discourse.tokens.text
    return (
        name.kind == "team"
        and chain.names[-1].kind == "number"
        and all(other.kind != "team" for other in chain.names)
        and text[chain.last : name.first] == ["("]
        and text[name.last : name.last + 1] == [")"]
    )


def _coloured(discourse: Discourse, chain: Chain, name: Name) -> bool:
    """Tell whether one adjective parts a car from its number: "la Talbot bleue n° 8"."""
    tokens = discourse.tokens
    between = range(chain.last, name.first)
    return (
        chain.names[-1].kind == "car"
        and name.kind == "number"
        and len(between) == 1
        and tokens.shape[between[0]] == "l"
    )
