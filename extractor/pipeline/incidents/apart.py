"""What befalls two cars is told once and happens twice: "les abandons de A (Team X) et B (Team Y)"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from extractor.pipeline.annotations import IncidentFact
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.links import Link

_TOGETHER = frozenset(("collision", "safety_car", "red_flag", "other"))


class _Cars:
    """Tells who shares a car and who surely does not."""

    def __init__(self, discourse: Discourse, links: list[Link]) -> None:
        self.discourse = discourse
        self.cars: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)  # who sits in which, by sentence
        for link in links:
            if link.team is not None or link.number is not None or link.car:
                here = self.cars[discourse.sentence_at(link.first)]
                here.update((p, link.people) for p in link.people if len(here.get(p, ())) < len(link.people))

    def apart(self, persons: list[int], fact: IncidentFact) -> list[tuple[int, ...]]:
        """Return who sits in each car where the sentence gives all one: "A (Team X) et B (Team Y)"."""
        tokens = self.discourse.tokens
        at = tokens.at_or_after(fact.evidence[0][0])
        if fact.rule == "noun" and fact.type != "retirement" and not tokens.norm[at].endswith(("s", "x")):
            return []  # one "crevaison" befell one of them
        here = self.cars[self.discourse.sentence_at(at)]
        crews = list(dict.fromkeys(here.get(p, ()) for p in persons))
        shared = sum(len(crew) for crew in crews) > len({p for crew in crews for p in crew})
        return [] if () in crews or shared or self._same_crew(persons) else crews

    def _same_crew(self, persons: list[int]) -> bool:
        """Tell whether all of them are one crew elsewhere."""
        refs = self.discourse.people.refs
        return any(len(r.people) > 1 and set(persons) <= set(r.people) for r in refs)


def part_cars(found: list[IncidentFact], discourse: Discourse, links: list[Link]) -> list[IncidentFact]:
    """Return the incidents with one for each car where one befell several; causes point at the first."""
    if all(len(fact.participants) < 2 for fact in found):
        return found
    cars = _Cars(discourse, links)
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
    crews = cars.apart(list(dict.fromkeys(persons)), fact) if fact.evidence else []
    if len(crews) < 2:
        return [fact]
    facts = []
    for crew in crews:
        own = [p for p in fact.participants if p.person in crew]
        retired = [p for p in fact.retired if p in crew]
        others = [c for c in fact.consequences if c != "retirement" or retired or not fact.retired]
        facts.append(
            replace(
                fact,
                participants=own,
                retired=retired,
                consequences=others,
                caused_by=list(fact.caused_by),
                evidence=list(fact.evidence),
            )
        )
    return facts
