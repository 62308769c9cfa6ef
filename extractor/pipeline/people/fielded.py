"""The team first, its car and driver behind: "l'Écurie X suit avec la Porsche n° 1 de A"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import Name
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link
from extractor.values.numbers import CARDINALS

_AGAINST = word_set("people_words", "against")
_FIELDS = word_tuple("people_words", "fields_cars")
_NEAR = 18  # tokens between a team and its car
_MACHINES = word_set("people_words", "words_for_cars_of_a_team")
_MANY = 9
_FAR = 60  # tokens behind a team that tells of several cars


def fielded_links(
    discourse: Discourse, found: list[Name], links: list[Link], team_of: dict[int, int]
) -> list[Link]:
    """Return the ties of cars, told with their drivers, to the team that the sentence named before."""
    cars = sorted(
        (link for link in links if link.owner_from >= 0 and link.team is None), key=lambda k: k.owner_from
    )
    if not cars:
        return []
    tied = {i for link in links if link.team is not None for i in range(link.first, link.last)}
    teams = [n for n in found if n.kind == "team" and n.first in team_of]
    ties: list[Link] = []
    for k, name in enumerate(teams):
        if name.first in tied:
            continue
        limit = teams[k + 1].first if k + 1 < len(teams) else len(discourse.tokens)
        for link in _its_cars(discourse, name, cars, limit):
            team = team_of[name.first]
            ties.append(Link(link.people, name.first, link.last, team=team, number=link.number, sure=0.7))
    return ties


def _its_cars(discourse: Discourse, name: Name, cars: list[Link], limit: int) -> Iterator[Link]:
    """Yield the car told next behind a team, or all that it is said to have entered."""
    sentence = discourse.layout.sentences[discourse.sentence_at(name.first)]
    last = min(sentence.last, limit)
    told = 0
    for link in cars:
        if not name.last <= link.owner_from < last:
            continue
        if not told:
            between = range(name.last, link.owner_from)
            if len(between) > _NEAR or _parted(discourse, between):
                return
            several = _entered(discourse, range(max(0, name.first - 5), link.owner_from))
        elif told >= several or link.owner_from - name.last > _FAR:
            return
        told += 1
        yield link


def _entered(discourse: Discourse, around: range) -> int:
    """Return how many cars are said to be a team's: "deux Panhard"; many where it "engage", else one."""
    norm, shape = discourse.tokens.norm, discourse.tokens.shape
    for i in around:
        count = CARDINALS.get(norm[i])
        if count is not None and count > 1 and (shape[i + 1] == "C" or norm[i + 1] in _MACHINES):
            return count
    return _MANY if any(norm[i].startswith(_FIELDS) for i in around) else 1


def _parted(discourse: Discourse, between: range) -> bool:
    """Tell whether a rival stands between: somebody else, a preposition or a verb against the car."""
    tokens = discourse.tokens
    if _AGAINST & set(tokens.norm[between.start : between.stop]):
        return True
    if discourse.refs_between(between.start, between.stop):
        return True
    return any(
        term.category == "transitive" and term.start > between.start
        for i in between
        for term in discourse.terms.get(i, ())
    )
