"""What speaks for and against each fact of a record, as numbers: what the fact's probability is made of."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.lexicon.fold import fold
from extractor.neural.annotated import OVERALL, Claim, Stretch, annotated
from extractor.neural.examples import places_of
from extractor.neural.heads import Opinion
from extractor.neural.labels import CLAIMS, LAYERS, claim_of_incident, claim_of_result
from extractor.neural.windows import Tokens
from extractor.pipeline.model.proposals import MARK, scopes_of
from extractor.pipeline.model.where import Place, place_at
from extractor.record import Entry, Incident, Quote, RaceRecord, Result

#: The names of the numbers, the same for all kinds; what says nothing about a kind is 0.
FEATURES = (
    "told",  # logit of the model's probability where the fact is told
    "anywhere",  # the same, wherever the bearer is named
    "contrary",  # the model's surest claim of the same kind that contradicts
    "trust",  # logit of what the rules' own pattern is worth
    "proposed",  # 1 where the model alone tells it
    "known",  # how surely those who take part are competitors
    "scoped",  # not of the whole field
    "crowded",  # sessions in the record
    "listed",  # told in a list or table
    "headed",  # told in title or heading
    "again",  # evidence beyond the first
    "rivals",  # others with the same place
    "twice",  # other places of the same bearer in the same session
    "beyond",  # a place farther back than claims tell apart
    "company",  # facts of its session
    "tagged",  # how surely the tagger sees such a thing here
    "parties",  # how many take part
    "trusted",  # mean of "told" over the document
    "named",  # how often a driver is named
    "full",  # his name has more than one word
    "typical",  # how surely the tagger sees a competitor at his mentions, on average
    "entered",  # he has a car, a number or a team
    "classed",  # how surely the model sees the result's own class, or none where it is of the whole field
    "copied",  # a result of the rules, proposed for another class
)
_AT = {name: number for number, name in enumerate(FEATURES)}
_LISTS, _HEADS = ("list", "table", "bullet"), ("title", "heading", "lead")


Numbers = NDArray[np.float32]


@dataclass(slots=True)
class Weighed:
    """A fact: its kind, as the scoreboard calls it, what it stands for, and its numbers."""

    kind: str
    ids: tuple[str, ...]
    features: Numbers


def weigh(
    record: RaceRecord, opinion: Opinion, places: list[Place], chances: dict[str, float]
) -> list[Weighed]:
    """Return the numbers of every fact of a record.

    Args:
        record: What the rules read, and the candidates of the model.
        opinion: The model's view of the text.
        places: The sentences.
        chances: The probability of each candidate.
    """
    weigher = _Weigher(record, opinion, places, chances)
    found = [*weigher.results(), *weigher.incidents(), *weigher.entries(), *weigher.quotes()]
    told = [one.features[0] for one in found]
    mean = float(np.mean(told)) if told else 0.0
    found += weigher.drivers()
    for one in found:
        one.features[_AT["trusted"]] = mean
    return found


class _Weigher:
    def __init__(
        self, record: RaceRecord, opinion: Opinion, places: list[Place], chances: dict[str, float]
    ) -> None:
        self.record, self.opinion, self.places, self.chances = record, opinion, places, chances
        self.mentions = opinion.example.mentions
        self.numbers = {driver.id: k for k, driver in enumerate(record.drivers)}
        self.own: dict[int, list[int]] = defaultdict(list)
        for k, mention in enumerate(self.mentions):
            for who in mention.read:
                self.own[who].append(k)
        self.scopes = scopes_of(opinion)
        self.sure = {who: self._sureness(ks) for who, ks in self.own.items()}

    # --- what is shared

    def _sureness(self, mentions: list[int]) -> float:
        tags, spans = self.opinion.tags["names"], self.opinion.example.spans
        return float(max((tags[spans[k, 0], 1:5].sum() for k in mentions), default=0.0))

    def _numbers(self, fact: Result | Incident | Entry | Quote, people: list[int]) -> Numbers:
        numbers = np.zeros(len(FEATURES), np.float32)
        proposed = fact.id.startswith(MARK)
        place = place_at(self.places, fact.evidence[0].start)
        block = place.block if place else ""
        for name, value in (
            ("trust", 0.0 if proposed else logit(fact.confidence)),
            ("proposed", float(proposed)),
            ("known", min((self.sure.get(p, 0.0) for p in people), default=0.5)),
            ("crowded", math.log(max(1, len(self.record.sessions)))),
            ("listed", float(block in _LISTS)),
            ("headed", float(block in _HEADS)),
            ("again", float(len(fact.evidence) > 1)),
            ("parties", float(min(3, len(people)))),
        ):
            numbers[_AT[name]] = value
        return numbers

    def _claimed(self, claim: Claim) -> tuple[float, float, float]:
        """Return the model's probability of a claim where it is told and anywhere, and of a contrary one."""
        claims = self.opinion.claims
        own = [k for who in claim.people for k in self.own.get(who, ())]
        if not own:
            return 0.0, 0.0, 0.0
        at = places_of(self.mentions, self.own, claim) or own
        kind = CLAIMS[claim.label].partition(":")[0]
        others = [k for k, name in enumerate(CLAIMS) if k != claim.label and name.partition(":")[0] == kind]
        contrary = float(claims[np.ix_(at, others)].max()) if others and kind != "incident" else 0.0
        return float(claims[at, claim.label].max()), float(claims[own, claim.label].max()), contrary

    def _classed(self, result: Result) -> float:
        """Return the logit of the probability that a result is of its class, as far as the model sees."""
        drivers = {self.numbers[driver] for driver in result.drivers}
        own, other = 0.0, 0.0
        for k in {k for who in drivers for k in self.own.get(who, ()) if k in self.scopes}:
            chance, scope = self.scopes[k]
            mention = self.mentions[k]
            if any(span.start < mention.end and mention.start < span.end for span in result.evidence):
                if fold(scope) == fold(result.scope):
                    own = max(own, chance)
                else:
                    other = max(other, chance)
        return logit(own) if result.scope != OVERALL else -logit(other)

    def _tagged(self, layer: str, stretches: list[Stretch], tags: tuple[str, ...]) -> float:
        tokens: Tokens = self.opinion.example.tokens
        columns = [LAYERS[layer].index(tag) for tag in tags]
        values = []
        for stretch in stretches:
            first, end = tokens.covering(*stretch)
            if end > first:
                values.append(float(self.opinion.tags[layer][first:end, columns].sum(-1).mean()))
        return max(values, default=0.0)

    # --- kinds

    def drivers(self) -> Iterator[Weighed]:
        """Yield the drivers."""
        tags, spans = self.opinion.tags["names"], self.opinion.example.spans
        entered = {d for e in self.record.entries if e.team or e.number or e.car for d in e.drivers}
        facts = Counter(d for r in self.record.results for d in r.drivers)
        facts.update(p.driver for i in self.record.incidents for p in i.participants if p.driver)
        for number, driver in enumerate(self.record.drivers):
            own = [k for k in self.own.get(number, ()) if self.mentions[k].form == "name"]
            numbers = np.zeros(len(FEATURES), np.float32)
            chances = [float(tags[spans[k, 0], 1:5].sum()) for k in own]
            claims = self.opinion.claims[own]
            for name, value in (
                ("told", logit(float(claims.max()) if claims.size else 0.0)),
                ("known", max(chances, default=0.0)),
                ("typical", sum(chances) / max(1, len(chances))),
                ("named", math.log(max(1, len(own)))),
                ("full", float(" " in driver.name)),
                ("entered", float(driver.id in entered)),
                ("company", math.log(1 + facts[driver.id])),
                ("crowded", math.log(max(1, len(self.record.drivers)))),
            ):
                numbers[_AT[name]] = value
            yield Weighed("drivers", (driver.id,), numbers)

    def results(self) -> Iterator[Weighed]:
        """Yield the results; one who fell out is weighed as a retirement, too."""
        placed = (r for r in self.record.results if r.position)
        places = Counter((r.session, r.scope, r.kind, r.position or 0) for r in placed)
        holders = Counter((r.session, r.scope, r.kind, d) for r in self.record.results for d in r.drivers)
        company = Counter((r.session, r.kind) for r in self.record.results)
        for result in self.record.results:
            label = claim_of_result(result)
            people = [self.numbers[d] for d in result.drivers]
            numbers = self._numbers(result, people)
            if label is not None and people:
                self._put(numbers, Claim(label, tuple(people), _stretches(result)), result.id)
                numbers[_AT["beyond"]] = float(CLAIMS[label].endswith("+"))
            numbers[_AT["scoped"]] = float(result.scope != OVERALL)
            numbers[_AT["classed"]] = self._classed(result)
            numbers[_AT["copied"]] = float(result.id.startswith(f"{MARK}s"))
            race = result.session, result.scope, result.kind
            numbers[_AT["rivals"]] = max(0, places[*race, result.position or 0] - 1)
            numbers[_AT["twice"]] = max((holders[*race, d] for d in result.drivers), default=1) - 1
            numbers[_AT["company"]] = math.log(company[result.session, result.kind])
            if result.status != "dnf":
                yield Weighed(f"results.{result.kind}", (result.id,), numbers)
            for driver in result.drivers if result.status == "dnf" else ():
                yield Weighed("retirements", (result.session, driver), numbers)

    def incidents(self) -> Iterator[Weighed]:
        """Yield the incidents."""
        for incident in self.record.incidents:
            people = [self.numbers[p.driver] for p in incident.participants if p.driver is not None]
            numbers = self._numbers(incident, people)
            label = claim_of_incident(incident)
            if label is not None and people:
                self._put(numbers, Claim(label, tuple(people), _stretches(incident)), incident.id)
            numbers[_AT["tagged"]] = self._tagged(
                "happenings", list(_stretches(incident)), ("incident", "safety_car", "red_flag")
            )
            numbers[_AT["scoped"]] = float(label is None)
            yield Weighed("incidents.lenient", (incident.id,), numbers)

    def _put(self, numbers: Numbers, claim: Claim, fact: str) -> None:
        told, anywhere, contrary = self._claimed(claim)
        told = self.chances.get(fact, told)
        for name, value in (("told", told), ("anywhere", max(told, anywhere)), ("contrary", contrary)):
            numbers[_AT[name]] = logit(value)

    def entries(self) -> Iterator[Weighed]:
        """Yield driver and team of each entry that has a team."""
        one = self.opinion.example
        stretches = {(m.start, m.end): team.id for team in self.record.teams for m in team.mentions}
        of_number = {number: stretches[stretch] for number, stretch in enumerate(sorted(stretches))}
        best: dict[tuple[int, str], float] = defaultdict(float)
        for pair, chance in enumerate(self.opinion.entries):
            for who in one.mentions[one.entries.left[pair]].read:
                key = who, of_number.get(int(one.entries.right[pair]), "")
                best[key] = max(best[key], float(chance))
        where = defaultdict(list)
        for stretch, team in stretches.items():
            where[team].append(stretch)
        for entry in self.record.entries:
            for driver in entry.drivers if entry.team is not None else ():
                numbers = self._numbers(entry, [self.numbers[driver]])
                team = entry.team or ""
                numbers[_AT["told"]] = logit(best[self.numbers[driver], team])
                numbers[_AT["tagged"]] = self._tagged("names", where[team], ("B-team", "I-team"))
                numbers[_AT["company"]] = math.log(1 + len(where[team]))
                yield Weighed("entries", (driver, team), numbers)

    def quotes(self) -> Iterator[Weighed]:
        """Yield the quotes."""
        source = annotated(self.record).speeches
        one = self.opinion.example.speakers
        for number, (quote, speech) in enumerate(zip(self.record.quotes, source, strict=True)):
            people = [speech.speaker] if speech.speaker >= 0 else []
            numbers = self._numbers(quote, people)
            told = other = 0.0
            numbers[_AT["classed"]] = logit(self.chances.get(quote.id, 0.5))
            for k in np.flatnonzero(one.right == number):
                chance = float(self.opinion.speakers[k])
                if speech.speaker in self.mentions[one.left[k]].read:
                    told = max(told, chance)
                else:
                    other = max(other, chance)
            numbers[_AT["told"]] = logit(told) if people else 0.0
            numbers[_AT["contrary"]] = logit(other)
            numbers[_AT["tagged"]] = self._tagged("speech", list(speech.parts), ("B", "I"))
            numbers[_AT["scoped"]] = float(not people)
            yield Weighed("quotes", (quote.id,), numbers)


def _stretches(fact: Result | Incident) -> tuple[Stretch, ...]:
    return tuple((span.start, span.end) for span in fact.evidence)


def logit(chance: float) -> float:
    """Return the log odds, within what a probability of a thousandth has."""
    held = min(max(chance, 0.001), 0.999)
    return math.log(held / (1 - held))
