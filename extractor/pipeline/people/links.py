"""Who goes with which team, number, car and class: what brackets, "de", "chez" and "au volant de" tie together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from extractor.pipeline.annotations import Name
from extractor.pipeline.discourse import Discourse

_INSIDE = frozenset(
    "/ - – — , # n ° no du de team la le l' ecurie equipe structure numero engagee preparee alignee par |".split()
)
_TO_PERSON = frozenset(
    "de d' du des pilotee pilote menee mene conduite emmenee par confiee a au mains aux l' equipage partagee avec ( : – - le la belge".split()
)
_TO_THING = frozenset(
    ", du de d' au chez sur pour avec volant guidon commandes la le l' sa son une un team ecurie couleurs sous les pilote pilotes engage par equipe au sein aux "
    "– - / ( jeune nouvelle vieille belle petite propre".split()
)
_MAX_BETWEEN = 7
_THINGS = ("team", "car", "number")


@dataclass(slots=True)
class Link:
    """One tie between people and things, with the tokens that show it."""

    people: tuple[int, ...]
    first: int
    last: int
    team: int | None = None
    number: str | None = None
    car: str | None = None
    classes: list[str] = field(default_factory=list)
    sure: float = 0.8
    owner_from: int = -1  # where the car's phrase begins, if the people are named as its drivers
    owner_to: int = -1  # the token at which the first of them is named


@dataclass(slots=True)
class _Chain:
    """Things named in one breath: "l'Audi R8 #6 du Team X"."""

    names: list[Name]

    @property
    def first(self) -> int:
        return self.names[0].first

    @property
    def last(self) -> int:
        return self.names[-1].last


def find_links(discourse: Discourse, found: list[Name], team_of: dict[int, int]) -> list[Link]:
    """Return the ties of a document.

    Args:
        discourse: Grammar of the document.
        found: Its names, in reading order.
        team_of: The team of each team name, by the name's first token.
    """
    links: list[Link] = []
    bracketed: set[int] = set()
    inner: dict[int, list[Name]] = defaultdict(list)
    starts = {ref.outer: ref for ref in discourse.refs if ref.outer > ref.last}
    for ref in discourse.refs:
        if ref.outer > ref.last:
            for name in found_between(found, ref.last, ref.outer):
                inner[ref.outer].append(name)
                bracketed.add(name.first)
    for outer, names in inner.items():
        ref = starts.get(outer)
        if ref is None:
            continue
        link = _link(ref.people, names, ref.first, outer, discourse, team_of, 0.92)
        if link is not None:
            links.append(link)
    for chain in _chains(discourse, found, bracketed):
        links += _tie(discourse, chain, team_of)
    return links


def found_between(found: list[Name], first: int, last: int) -> list[Name]:
    """Return the names inside a token range; ``found`` is sorted."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle].first < first:
            low = middle + 1
        else:
            high = middle
    names = []
    while low < len(found) and found[low].first < last:
        if found[low].last <= last:
            names.append(found[low])
        low += 1
    return names


def _link(
    people: tuple[int, ...],
    names: list[Name],
    first: int,
    last: int,
    discourse: Discourse,
    team_of: dict[int, int],
    sure: float,
) -> Link | None:
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


def _chains(discourse: Discourse, found: list[Name], bracketed: set[int]) -> list[_Chain]:
    chains: list[_Chain] = []
    norm = discourse.tokens.norm
    for name in found:
        if name.kind not in _THINGS or name.first in bracketed:
            continue
        if (
            chains
            and 0 <= name.first - chains[-1].last <= 5
            and all(n in _INSIDE for n in norm[chains[-1].last : name.first])
        ):
            previous = chains[-1]
            if "," not in norm[previous.last : name.first] and not any(
                n.kind == name.kind for n in previous.names
            ):
                previous.names.append(name)
                continue
        chains.append(_Chain([name]))
    return chains


def _tie(discourse: Discourse, chain: _Chain, team_of: dict[int, int]) -> list[Link]:
    """Tie a chain to the people on its right ("la #24 de X et Y") or its left ("X, chez Y")."""
    norm = discourse.tokens.norm
    right = _right(discourse, chain)
    if right is not None:
        people, last, named = right
        link = _link(people, chain.names, chain.first, last, discourse, team_of, 0.85)
        if link is not None:
            link.owner_from, link.owner_to = chain.first, named
        return [link] if link else []
    left = _left(discourse, chain)
    if left is not None:
        people, first = left
        link = _link(people, chain.names, first, chain.last, discourse, team_of, 0.75)
        return [link] if link else []
    wheel = _at_the_wheel(discourse, chain)
    if wheel is not None:
        people, first = wheel
        link = _link(people, chain.names, first, chain.last, discourse, team_of, 0.75)
        return [link] if link else []
    if norm[chain.last : chain.last + 1] == [","] and norm[chain.first - 1] in ("chez", "de", "du"):
        ref = discourse.ref_at(chain.last + 1)
        if ref is not None and any(
            w in norm[max(0, chain.first - 5) : chain.first]
            for w in ("equipier", "coequipier", "pensionnaire", "equipiere", "sociétaire")
        ):
            link = _link(ref.people, chain.names, chain.first, ref.last, discourse, team_of, 0.85)
            return [link] if link else []
    return []


def _at_the_wheel(discourse: Discourse, chain: _Chain) -> tuple[tuple[int, ...], int] | None:
    """Read "X et Y débloquent leur compteur au volant de la Norma #4 de Team Z"."""
    norm = discourse.tokens.norm
    before = norm[max(0, chain.first - 4) : chain.first]
    if not set(before) & {"volant", "guidon", "commandes", "manettes"}:
        return None
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    refs = discourse.subject_ref(chain.first, sentence)
    if not refs or refs[0].first < sentence.first:
        return None
    return tuple(dict.fromkeys(p for ref in refs for p in ref.people)), refs[0].first


def _right(discourse: Discourse, chain: _Chain) -> tuple[tuple[int, ...], int, int] | None:
    norm = discourse.tokens.norm
    i = chain.last
    if i >= len(norm) or norm[i] not in _TO_PERSON:
        return None
    refs = discourse.refs_between(i, i + _MAX_BETWEEN)
    if not refs or refs[0].form != "name":
        return None
    ref = refs[0]
    between = norm[i : discourse.head(ref)]
    if not between or not all(n in _TO_PERSON for n in between):
        return None
    group = [r for r in discourse.group(ref) if r.first >= ref.first]
    listed = between == ["("] or "equipage" in between or len(group) > 1 and between[0] in ("de", "d'", "des")
    if between[0] in (":", "-", "–") and len(group) < 2:
        return None
    chosen = group if listed else [ref]
    people = tuple(dict.fromkeys(p for r in chosen for p in r.people))
    return people, chosen[-1].last, ref.first


def _left(discourse: Discourse, chain: _Chain) -> tuple[tuple[int, ...], int] | None:
    norm = discourse.tokens.norm
    start = chain.first
    for back in range(1, _MAX_BETWEEN + 1):
        i = start - back + 1
        ref = discourse.ref_ending(i)
        if ref is not None:
            between = norm[i:start]
            if (
                between
                and all(n in _TO_THING for n in between)
                and between != [","]
                and between not in (["de"], ["et"], ["d'"], [",", "la"], [",", "le"], [",", "l'"])
            ):
                if between[0] in ("(",) or set(between) & {
                    "sur",
                    "volant",
                    "guidon",
                    "chez",
                    "team",
                    "du",
                    "au",
                    "ecurie",
                    "pour",
                    "commandes",
                    "equipe",
                    "couleurs",
                    "sein",
                }:
                    return ref.people, ref.first
            return None
        if i - 1 < 0 or norm[i - 1] not in _TO_THING:
            return None
    return None
