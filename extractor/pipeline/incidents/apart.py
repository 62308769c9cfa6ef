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
        crews = [link.people for link in links if len(link.people) > 1]
        crews += [ref.people for ref in discourse.people.refs if len(ref.people) > 1]
        self.mates: dict[int, set[int]] = defaultdict(set)
        for crew in crews:
            for person in crew:
                self.mates[person].update(crew)
        self.own: dict[int, dict[int, str | None]] = defaultdict(dict)  # who is told with a car, by sentence
        for link in links:
            if len(link.people) == 1 and (link.team is not None or link.number is not None or link.car):
                self.own[discourse.sentence_at(link.first)][link.people[0]] = link.number

    def apart(self, persons: list[int], fact: IncidentFact) -> bool:
        """Tell whether the sentence gives each his own car: "A (Team X) et B (Team Y)"."""
        tokens = self.discourse.tokens
        at = tokens.at_or_after(fact.evidence[0][0])
        if fact.rule == "noun" and fact.type != "retirement" and not tokens.norm[at].endswith(("s", "x")):
            return False  # one "crevaison" befell one of them
        own = self.own[self.discourse.sentence_at(at)]
        numbers = [own[p] for p in persons if own.get(p) is not None]
        together = any(b in self.mates[a] for a in persons for b in persons if a != b)
        return all(p in own for p in persons) and not together and len(numbers) == len(set(numbers))


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
    if not fact.evidence or not cars.apart(list(dict.fromkeys(persons)), fact):
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
