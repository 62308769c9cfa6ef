"""Who goes with which team, number, car and class: what brackets, "de", "chez" and "sur" tie together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from extractor.lexicon.words import word_tuple
from extractor.pipeline.annotations import Name
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.apposed import Tied
from extractor.pipeline.people.chains import Chain, find_chains, found_between, make_link
from extractor.pipeline.people.fielded import fielded_links
from extractor.pipeline.people.joint import joint_links
from extractor.pipeline.people.link import Link
from extractor.pipeline.people.mates import mate_links
from extractor.pipeline.people.own_team import own_links
from extractor.pipeline.people.shared import shared_links
from extractor.pipeline.people.tables import row_links
from extractor.pipeline.people.ties import tie_chain, told_of_chain

__all__ = ["Link", "find_links", "found_between"]

_FIELDS = word_tuple("people_words", "fields_cars")
_OWN_REACH = 14  # tokens between a team and "sa Porsche n° 8"
_LINEUP_REACH = 14  # tokens between a team and the colon before its drivers


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
        holder = starts.get(outer)
        if holder is None:
            continue
        link = make_link(holder.people, names, holder.first, outer, discourse, team_of, 0.92)
        if link is not None:
            links.append(link)
    chains = find_chains(discourse, found, bracketed)
    held: tuple[Chain, Tied] | None = None
    for index, chain in enumerate(chains):
        tied = tie_chain(discourse, chain, team_of, held)
        if not tied:
            limit = chains[index + 1].first if index + 1 < len(chains) else len(discourse.tokens)
            tied = told_of_chain(discourse, chain, limit, team_of)
        held = (chain, (tied[0].people, tied[0].first)) if tied and tied[0].first < chain.first else None
        links += tied
    _by_number(discourse, links, chains, inner, team_of)
    links += fielded_links(discourse, found, links, team_of)
    links += row_links(discourse, team_of)
    links += shared_links(discourse, links)
    links += _lineups(discourse, found, team_of)
    links += joint_links(discourse, found, links, team_of)
    links += mate_links(discourse, links)
    links += own_links(discourse, found, links, team_of)
    return links


def _lineups(discourse: Discourse, found: list[Name], team_of: dict[int, int]) -> list[Link]:
    """Read "l'Écurie X alignait trois voitures : A (n° 1), B et C": all behind the colon drive for it."""
    norm = discourse.tokens.norm
    links: list[Link] = []
    for name in found:
        if name.kind != "team" or name.first not in team_of:
            continue
        sentence = discourse.layout.sentences[discourse.sentence_at(name.first)]
        ahead = norm[name.last : min(sentence.last, name.last + _LINEUP_REACH)]
        if ":" not in ahead or not any(word.startswith(_FIELDS) for word in ahead[: ahead.index(":")]):
            continue
        colon = name.last + ahead.index(":")
        named = (ref for ref in discourse.refs_between(colon, sentence.last) if ref.form == "name")
        links += (Link(r.people, name.first, r.last, team=team_of[name.first], sure=0.75) for r in named)
    return links


def _by_make(links: list[Link], chains: list[Chain], team_of: dict[int, int]) -> None:
    """Let the only Ferrari of a report, once told with its team, tell that of the only crew in a Ferrari."""
    told: dict[str, set[tuple[int, str | None]]] = defaultdict(set)
    plain: dict[str, int] = defaultdict(int)
    for chain in chains:
        makes = [n.value.lower().split()[0] for n in chain.names if n.kind == "car" and n.value]
        whose = [team_of[n.first] for n in chain.names if n.kind == "team" and n.first in team_of]
        numbers = [n.value for n in chain.names if n.kind == "number"]
        if len(makes) == 1 and len(whose) == 1:
            told[makes[0]].add((whose[0], numbers[0] if numbers else None))
        elif len(makes) == 1 and numbers:
            plain[makes[0]] += 1
    crews: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for link in links:
        if link.car:
            crews[link.car.lower().split()[0]].add(link.people)
    bound = {link.team for link in links if link.team is not None}
    for link in links:
        if link.car is None or link.team is not None or link.number is not None or len(link.people) < 2:
            continue
        make = link.car.lower().split()[0]
        teams = {team for team, _ in told[make]}
        if len(teams) == 1 and len(crews[make]) == 1 and not plain[make] and not teams & bound:
            link.team, link.number = next(((t, n) for t, n in told[make] if n), next(iter(told[make])))
            link.sure = 0.65


def _its_own(discourse: Discourse, chains: list[Chain], team_of: dict[int, int]) -> Iterator[tuple[str, int]]:
    """Yield the cars that a team is told to have: "Brume Motorsport faisait rentrer sa Porsche n° 8"."""
    norm = discourse.tokens.norm
    for team, car in pairwise(chains):
        kinds = [name.kind for name in car.names]
        if [name.kind for name in team.names] != ["team"] or "number" not in kinds or "team" in kinds:
            continue
        sentence = discourse.layout.sentences[discourse.sentence_at(team.first)]
        near = car.first < min(sentence.last, team.last + _OWN_REACH)
        if near and norm[car.first - 1] in ("sa", "son") and not discourse.refs_between(team.last, car.first):
            number = next(name.value for name in car.names if name.kind == "number")
            if team.names[0].first in team_of:
                yield number, team_of[team.names[0].first]


def _by_number(
    discourse: Discourse,
    links: list[Link],
    chains: list[Chain],
    inner: dict[int, list[Name]],
    team_of: dict[int, int],
) -> None:
    """Let a car number that is told with its team once ("la n°31 du Team X") tell it wherever it stands."""
    teams: dict[str, set[int]] = defaultdict(set)
    numbers: dict[int, set[str]] = defaultdict(set)
    for names in (*(chain.names for chain in chains), *inner.values()):
        told = [n.value for n in names if n.kind == "number"]
        whose = [team_of[n.first] for n in names if n.kind == "team" and n.first in team_of]
        if len(told) == 1 and len(whose) == 1:
            teams[told[0]].add(whose[0])
            numbers[whose[0]].add(told[0])
    for link in links:
        if link.number is not None and link.number in teams:
            numbered = teams[link.number]
            if link.team is None and len(numbered) == 1:
                link.team = next(iter(numbered))
                link.sure = min(link.sure, 0.75)
    for number, team in _its_own(discourse, chains, team_of):
        teams[number].add(team)
    for link in links:
        if link.team is None and link.number is not None and len(teams[link.number]) == 1:
            link.team = next(iter(teams[link.number]))
            link.sure = min(link.sure, 0.7)
    _by_make(links, chains, team_of)
    driven = {link.number for link in links if link.number is not None}
    has_number = {p for link in links if link.number is not None for p in link.people}
    for link in links:
        if link.team is None or link.number is not None or set(link.people) & has_number:
            continue
        free = numbers[link.team]
        crews = {other.people for other in links if other.team == link.team}
        if len(free) == 1 and not free & driven and len(crews) == 1:
            link.number = next(iter(free))
