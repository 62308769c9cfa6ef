"""What befalls two cars is told once and happens twice: "les abandons de A (Team X) et B (Team Y)"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import IncidentFact, People
from extractor.pipeline.people.links import Link

_CREWS = word_set("people_words", "crew_words")
_TOGETHER = frozenset(("collision", "safety_car", "red_flag", "other"))


class _Cars:
    """Tells who shares a car and who surely does not."""

    def __init__(self, words: Collection[str], people: People, links: list[Link]) -> None:
        crews = [link.people for link in links if len(link.people) > 1]
        crews += [ref.people for ref in people.refs if len(ref.people) > 1]
        self.mates: dict[int, set[int]] = defaultdict(set)
        for crew in crews:
            for person in crew:
                self.mates[person].update(crew)
        self.solo = not crews and not _CREWS & set(words)  # everybody drives alone
        self.own: dict[int, set[tuple[int | None, str | None]]] = defaultdict(set)
        for link in links:
            if link.team is not None or link.number is not None:
                for person in link.people:
                    self.own[person].add((link.team, link.number))

    def apart(self, left: int, right: int) -> bool:
        """Tell whether two drive different cars."""
        if right in self.mates[left]:
            return False
        mine, other = self.own[left], self.own[right]
        return self.solo or bool(mine and other and not mine & other)


def part_cars(
    found: list[IncidentFact], words: Collection[str], people: People, links: list[Link]
) -> list[IncidentFact]:
    """Return the incidents with one for each car where one befell several; causes point at the first."""
    if all(len(fact.participants) < 2 for fact in found):
        return found
    cars = _Cars(words, people, links)
    parted: list[IncidentFact] = []
    place: dict[int, int] = {}
    for index, fact in enumerate(found):
        place[index] = len(parted)
        parted += _each(fact, cars)
    if len(parted) > len(found):
        for fact in parted:
            fact.caused_by = [place[cause] for cause in fact.caused_by]
    return parted


def _each(fact: IncidentFact, cars: _Cars) -> list[IncidentFact]:
    persons = [p.person for p in fact.participants if p.person is not None]
    if fact.type in _TOGETHER or len(persons) != len(fact.participants) or len(set(persons)) < 2:
        return [fact]
    if not all(cars.apart(a, b) for k, a in enumerate(persons) for b in persons[k + 1 :] if a != b):
        return [fact]
    facts = []
    for participant in fact.participants:
        retired = [p for p in fact.retired if p == participant.person]
        others = [c for c in fact.consequences if c != "retirement" or retired or not fact.retired]
        facts.append(
            replace(
                fact,
                participants=[participant],
                retired=retired,
                consequences=others,
                caused_by=list(fact.caused_by),
                evidence=list(fact.evidence),
            )
        )
    return facts
