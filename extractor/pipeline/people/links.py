"""Who goes with which team, number, car and class: what brackets, "de", "chez" and "sur" tie together."""

from __future__ import annotations

from collections import defaultdict

from extractor.lexicon.words import word_tuple
from extractor.pipeline.annotations import Name
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.apposed import Tied
from extractor.pipeline.people.chains import Chain, find_chains, found_between, make_link
from extractor.pipeline.people.fielded import fielded_links
from extractor.pipeline.people.link import Link
from extractor.pipeline.people.own_team import own_links
from extractor.pipeline.people.shared import shared_links
from extractor.pipeline.people.tables import row_links
from extractor.pipeline.people.ties import tie_chain, told_of_chain

__all__ = ["Link", "find_links", "found_between"]

_FIELDS = word_tuple("people_words", "fields_cars")
_LINEUP_REACH = 14  # tokens between a team and the colon before its drivers
_TEAM_MATES = frozenset(["equipier", "coequipier", "equipiere", "coequipiere"])


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
    _by_number(links, chains, inner, team_of)
    links += fielded_links(discourse, found, links, team_of)
    links += row_links(discourse, team_of)
    links += shared_links(discourse, links)
    links += _lineups(discourse, found, team_of)
    links += _mates(discourse, links)
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


def _mates(discourse: Discourse, links: list[Link]) -> list[Link]:
    """Give "son équipier B" the team of whom the sentence speaks of, or the other way round."""
    norm = discourse.tokens.norm
    team: dict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.team is not None:
            for person in link.people:
                team[person].add(link.team)
    found: list[Link] = []
    for i, word in enumerate(norm):
        if word not in _TEAM_MATES or i < 2 or not {"son", "sa"} & set(norm[i - 2 : i]):
            continue
        sentence = discourse.layout.sentences[discourse.sentence_at(i)]
        refs = discourse.refs_between(i + 1, min(i + 4, sentence.last))
        if not refs or refs[0].form != "name":
            continue
        mate = refs[0]
        earlier = [r for r in discourse.refs_between(sentence.first, i) if r.form == "name"]
        if not earlier or len(mate.people) != 1:
            continue
        joined = (
            norm[i - 2] in ("et", "avec", ",")
            and (earlier[-1].outer if earlier[-1].outer > 0 else earlier[-1].last) >= i - 3
        )
        owner = earlier[-1] if joined else earlier[0]
        if len(owner.people) != 1 or owner.people == mate.people:
            continue
        mine, theirs = team[owner.people[0]], team[mate.people[0]]
        if len(mine) == 1 and not theirs:
            found.append(Link(mate.people, owner.first, mate.last, team=next(iter(mine)), sure=0.7))
        elif len(theirs) == 1 and not mine:
            found.append(Link(owner.people, owner.first, mate.last, team=next(iter(theirs)), sure=0.7))
    return found


def _by_number(
    links: list[Link], chains: list[Chain], inner: dict[int, list[Name]], team_of: dict[int, int]
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
