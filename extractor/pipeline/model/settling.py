"""Rules and model together: which facts stay in the record, by probability and race logic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from extractor.pipeline.model.proposals import MARK, Candidates
from extractor.record import Entry, Incident, Quote, RaceRecord, Result

#: The probability of a fact, by kind and what it stands for, as the scoreboard has it.
Chances = Mapping[tuple[str, tuple[str, ...]], float]


class Bounds(Protocol):
    """Says how likely a fact must be to stay."""

    def least(self, kind: str, *, proposed: bool) -> float:
        """Return the least probability."""


def with_candidates(record: RaceRecord, found: Candidates) -> RaceRecord:
    """Return a record that holds what the model tells, too."""
    return record.model_copy(
        update={
            "results": (*record.results, *found.results),
            "incidents": (*record.incidents, *found.incidents),
            "entries": (*record.entries, *found.entries),
        }
    )


def settle(record: RaceRecord, chances: Chances, bounds: Bounds, *, logic: bool = True) -> RaceRecord:
    """Return the record with the facts that stay, each with its probability as confidence.

    Args:
        record: Facts of the rules, and candidates.
        chances: The probability of each fact.
        bounds: How likely a fact must be.
        logic: Whether candidates must fit the races: one holder for a place, one place for a driver, nobody
            classified who fell out.
    """
    return _Settler(record, chances, bounds, logic).settled()


_Fact = TypeVar("_Fact", Result, Incident, Entry, Quote)


class _Settler:
    def __init__(self, record: RaceRecord, chances: Chances, bounds: Bounds, logic: bool) -> None:
        self.record, self.all_chances, self.bounds, self.logic = record, chances, bounds, logic
        self.facts = {fact.id for fact in record.facts()}

    def settled(self) -> RaceRecord:
        self.record = without_drivers(self.record, self._nobodies())
        results = [r for r in self.record.results if self._stays(r)]
        if self.logic:
            results = self._fitting(results)
        incidents = [i for i in self.record.incidents if self._stays(i)]
        entries = [e for e in self.record.entries if self._stays(e)]
        quotes = [q for q in self.record.quotes if self._stays(q)]
        names = {
            **_renamed(results, "r"),
            **_renamed(incidents, "i"),
            **_renamed(entries, "e"),
            **_renamed(quotes, "q"),
        }
        return self.record.model_copy(
            update={
                "results": tuple(
                    self._kept(r, names).model_copy(update={"entry": names.get(r.entry or "")})
                    for r in results
                ),
                "incidents": tuple(self._incident(i, names) for i in incidents),
                "entries": tuple(self._kept(e, names) for e in entries),
                "quotes": tuple(self._kept(q, names) for q in quotes),
                "findings": tuple(self._findings(names)),
            }
        )

    def _nobodies(self) -> set[str]:
        """Return those who are no competitors after all."""
        least = self.bounds.least("drivers", proposed=False)
        chances = {d.id: self.all_chances.get(("drivers", (d.id,)), 1.0) for d in self.record.drivers}
        return {driver for driver, chance in chances.items() if chance < least}

    # --- how likely

    def _keys(self, fact: Result | Incident | Entry | Quote) -> list[tuple[str, tuple[str, ...]]]:
        if isinstance(fact, Result):
            if fact.status == "dnf":
                return [("retirements", (fact.session, driver)) for driver in fact.drivers]
            return [(f"results.{fact.kind}", (fact.id,))]
        if isinstance(fact, Entry):
            return [("entries", (driver, fact.team)) for driver in fact.drivers if fact.team is not None]
        return [("incidents.lenient" if isinstance(fact, Incident) else "quotes", (fact.id,))]

    def _chance(self, fact: Result | Incident | Entry | Quote) -> float:
        known = [self.all_chances[key] for key in self._keys(fact) if key in self.all_chances]
        return max(known, default=fact.confidence)

    def _stays(self, fact: Result | Incident | Entry | Quote) -> bool:
        keys = self._keys(fact)
        if not keys:  # an entry without a team: the rules' word stands
            return True
        return self._chance(fact) >= self.bounds.least(keys[0][0], proposed=fact.id.startswith(MARK))

    # --- race logic

    def _fitting(self, results: list[Result]) -> list[Result]:
        """Leave out candidates that contradict what the rules tell, or a surer candidate."""
        taken: dict[tuple[str, str], list[Result]] = {}
        kept = set()
        # Facts of the rules contradict each other only where the text does: a finding says so.
        for result in sorted(results, key=lambda r: (r.id.startswith(MARK), -self._chance(r))):
            group = "" if result.kind == "championship" else result.session
            others = taken.setdefault((group, result.kind), [])
            if not result.id.startswith(MARK) or not any(_contradict(result, other) for other in others):
                others.append(result)
                kept.add(result.id)
        return [result for result in results if result.id in kept]

    # --- the record again

    def _kept(self, fact: _Fact, names: Mapping[str, str]) -> _Fact:
        chance = min(max(self._chance(fact), 0.001), 0.999)
        return fact.model_copy(update={"id": names[fact.id], "confidence": round(chance, 3)})

    def _incident(self, incident: Incident, names: Mapping[str, str]) -> Incident:
        causes = tuple(names[cause] for cause in incident.caused_by if cause in names)
        speech = names.get(incident.asserted_by or "")
        return self._kept(incident, names).model_copy(update={"caused_by": causes, "asserted_by": speech})

    def _findings(self, names: Mapping[str, str]) -> list[object]:
        """Keep the findings about what is still there, under its new names."""
        found: list[object] = []
        for finding in self.record.findings:
            gone = any(about in self.facts and about not in names for about in finding.about)
            if not gone:
                about = tuple(names.get(about, about) for about in finding.about)
                found.append(finding.model_copy(update={"about": about}))
        return found


def _contradict(one: Result, other: Result) -> bool:
    """Tell whether two results of a kind in one session cannot both be right."""
    same = bool(set(one.drivers) & set(other.drivers))
    if one.kind == "final" and same and (one.status == "dnf") != (other.status == "dnf"):
        return True
    if one.scope != other.scope or one.kind == "running":
        return False
    if same:
        return one.position != other.position
    return one.position is not None and one.position == other.position


def _renamed(facts: list[_Fact], letter: str) -> dict[str, str]:
    return {fact.id: f"{letter}{number}" for number, fact in enumerate(facts, 1)}


def without_drivers(record: RaceRecord, gone: set[str]) -> RaceRecord:
    """Return a record without some of its drivers, and without what is told of nobody else."""
    if not gone:
        return record

    def left(drivers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(driver for driver in drivers if driver not in gone)

    results = [r.model_copy(update={"drivers": left(r.drivers)}) for r in record.results]
    entries = [e.model_copy(update={"drivers": left(e.drivers)}) for e in record.entries]
    incidents = [
        i.model_copy(update={"participants": tuple(p for p in i.participants if p.driver not in gone)})
        for i in record.incidents
    ]
    peopled = {r.id for r in record.results if r.drivers} | {e.id for e in record.entries if e.drivers}
    peopled |= {i.id for i in record.incidents if i.participants}
    names = {d.id: d.name for d in record.drivers if d.id in gone}
    quotes = [
        q.model_copy(
            update={
                "speaker": None,
                "speaker_name": q.speaker_name or names[q.speaker],
                "speaker_role": "unknown",
            }
        )
        if q.speaker in names
        else q
        for q in record.quotes
    ]
    return record.model_copy(
        update={
            "drivers": tuple(d for d in record.drivers if d.id not in gone),
            "results": tuple(r for r in results if r.drivers or r.id not in peopled),
            "entries": tuple(e for e in entries if e.drivers or e.id not in peopled),
            "incidents": tuple(i for i in incidents if i.participants or i.id not in peopled),
            "quotes": tuple(quotes),
            "findings": tuple(f for f in record.findings if not gone & set(f.about)),
        }
    )
