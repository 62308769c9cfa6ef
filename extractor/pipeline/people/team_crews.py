"""Teams that stand for their crew: "le Team Sillage s'impose", where the text says once who drives for it."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, People, Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.links import Link

_ARTICLES = frozenset(("le", "la", "l'", "les", "ce", "cette"))
_OF = frozenset(("de", "du", "d'", "pour", "chez", "au", "aux", "des", "a", "avec"))
_DEEDS = word_set("people_words", "deeds_of_teams")


class TeamCrews:
    """Tells which names of teams mean the one crew that drives for it.

    A team with several cars, or with a single driver, stands for nobody: who of them is meant is not said.
    """

    def __init__(
        self, discourse: Discourse, names: Iterable[Name], people: People, links: list[Link]
    ) -> None:
        self.discourse = discourse
        self.norm = discourse.tokens.norm
        team_of = {first: team for first, _, team in people.team_refs}
        self.crews = _crews(links)
        linked = {
            (i, link.team) for link in links if link.team in self.crews for i in range(link.first, link.last)
        }
        self.named = {
            name.first: (name, team_of[name.first])
            for name in names
            if name.kind == "team"
            and team_of.get(name.first) in self.crews
            and (name.first, team_of[name.first]) not in linked
        }

    def ref(self, i: int) -> Ref | None:
        """Return the reference of a team at token ``i`` to its crew, as of a car to its own."""
        if i not in self.named:
            return None
        name, team = self.named[i]
        head = i - 1 if i and self.norm[i - 1] in _ARTICLES else i
        before = self.norm[head - 1] if head else ""
        if before in _OF and not (head > 1 and self.norm[head - 2] in _DEEDS):
            return None
        return Ref(name.first, name.last, self.crews[team], "car")


def _crews(links: list[Link]) -> dict[int, tuple[int, ...]]:
    """Return the crew of every team that has one car: all whom the text gives it stand together once."""
    told: dict[int, list[tuple[int, ...]]] = {}
    for link in links:
        if link.team is not None and link.people:
            told.setdefault(link.team, []).append(link.people)
    crews = {}
    for team, groups in told.items():
        largest = max(groups, key=len)
        if len(largest) > 1 and all(set(group) <= set(largest) for group in groups):
            crews[team] = largest
    return crews
