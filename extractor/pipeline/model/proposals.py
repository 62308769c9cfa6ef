"""What the model alone tells: results, incidents and entries that it reads and the rules do not.

They are put into the record as candidates; whether they stay is decided with all other facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.lexicon.fold import fold
from extractor.neural.annotated import OVERALL, Stretch
from extractor.neural.examples import owned
from extractor.neural.heads import Opinion, Sight
from extractor.neural.labels import CLAIM_NUMBER, CLAIMS, place_of_claim
from extractor.pipeline.model.where import Place, place_at
from extractor.record import Entry, Incident, Participant, RaceRecord, Result, Span

#: Prefix of the identifiers of candidates.
MARK = "+"
_LEAST = 0.2  # below this the model itself does not think so
_SPOKEN, _SPEECH_WORDS = 0.5, 5
_NAMED = 0.5
_CLASS = 0.4  # from here on a claim is made for a class, not for the whole field
_DNF = CLAIM_NUMBER["final:dnf"]


@dataclass(slots=True)
class Candidates:
    """Facts that the model adds, and the probability it gave each, by identifier."""

    results: list[Result] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    chances: dict[str, float] = field(default_factory=dict)


def propose(record: RaceRecord, opinion: Opinion, places: list[Place]) -> Candidates:
    """Return what the model reads beyond a record made by the rules."""
    return _Proposer(record, opinion, places).all()


@dataclass(slots=True)
class _Told:
    """A claim and the mention at which the model is surest of it."""

    person: int
    claim: int
    mention: int
    chance: float


class _Proposer:
    def __init__(self, record: RaceRecord, opinion: Opinion, places: list[Place]) -> None:
        self.record, self.opinion, self.places = record, opinion, places
        self.found = Candidates()
        self.crews = _crews(record)
        self.scopes = scopes_of(opinion)
        self.numbers = {driver.id: number for number, driver in enumerate(record.drivers)}
        self.own = owned(opinion.example.mentions, "read")

    def all(self) -> Candidates:
        if self.record.sessions:
            self._scoped_anew()
            happenings: dict[tuple[str, Stretch], list[_Told]] = {}
            for told in self._claims():
                name = CLAIMS[told.claim]
                if name.startswith("incident:"):
                    happenings.setdefault((name[9:], self._stretch(told.mention)), []).append(told)
                else:
                    self._result(told)
            for (type_, stretch), group in happenings.items():
                self._incident(type_, stretch, group)
        self._entries()
        return self.found

    # --- claims

    def _claims(self) -> Iterator[_Told]:
        """Yield for each person what the rules do not claim of him anywhere, where the model is surest."""
        one, claims = self.opinion.example, self.opinion.claims
        for person in range(len(self.record.drivers)):
            own = [k for k in self.own.get(person, ()) if len(one.mentions[k].read) == 1]
            if not own:
                continue
            best = claims[own].max(0)
            for claim in np.flatnonzero((best >= _LEAST) & (one.known[own].max(0) == 0)):
                at = own[int(claims[own, claim].argmax())]
                yield _Told(person, int(claim), at, float(best[claim]))

    def _stretch(self, mention: int) -> Stretch:
        """Return the sentence around a mention, without the blanks at its ends."""
        one = self.opinion.example.mentions[mention]
        place = place_at(self.places, one.start)
        if place is None:
            return one.start, one.end
        return place.start, max(place.end, one.end)

    def _session(self, mention: int, kind: str) -> tuple[str, str]:
        """Return session and class of a mention: of its sentence, else of the fact told nearest to it."""
        start = self.opinion.example.mentions[mention].start
        place = place_at(self.places, start)
        known = {session.id for session in self.record.sessions}
        if place is not None and place.session in known:
            return str(place.session), place.scope
        near = [
            (abs(span.start - start), result.session, result.scope)
            for result in self.record.results
            for span in result.evidence
            if result.kind == kind or kind != "final"
        ]
        if near:
            _, session, scope = min(near)
            return session, scope
        return self.record.sessions[0].id, OVERALL

    def _span(self, stretch: Stretch) -> Span:
        start, end = stretch
        return Span(start=start, end=end, text=self.record.document.text[start:end])

    def _named(self, prefix: str, number: int, chance: float) -> str:
        identifier = f"{MARK}{prefix}{number}"
        self.found.chances[identifier] = chance
        return identifier

    def _result(self, told: _Told) -> None:
        place = place_of_claim(told.claim)
        if place is None and told.claim != _DNF:
            return
        kind, position = place or ("final", None)
        session, scope = self._session(told.mention, kind)
        chance, seen = self.scopes.get(told.mention, (0.0, ""))
        scope = seen if chance >= _CLASS else scope
        fields: dict[str, Any] = {"position": position, "status": "classified" if place else "dnf"}
        result = Result(
            id=f"{MARK}r{len(self.found.results)}",
            evidence=(self._span(self._stretch(told.mention)),),
            confidence=told.chance,
            session=session,
            kind=kind,
            scope=scope,
            drivers=self.crews.get(told.person, (self.record.drivers[told.person].id,)),
            **fields,
        )
        self._add(result, told.chance)

    def _add(self, result: Result, chance: float) -> None:
        """Propose a result, but not again: what is told of one of a crew is told of all."""
        if any(_same(result, other) for other in self.record.results):
            return
        again = next((other for other in self.found.results if _same(result, other)), None)
        if again is None:
            self.found.results.append(result)
        identifier = result.id if again is None else again.id
        self.found.chances[identifier] = max(chance, self.found.chances.get(identifier, 0.0))

    def _scoped_anew(self) -> None:
        """Propose the rules' results for the class that the model sees, where the rules saw none."""
        for number, result in enumerate(self.record.results):
            if result.scope != OVERALL or result.kind == "championship" or result.position is None:
                continue
            seen: dict[str, float] = {}
            for k in self._mentions_in(result):
                chance, scope = self.scopes.get(k, (0.0, ""))
                if chance >= _CLASS:
                    seen[scope] = max(chance, seen.get(scope, 0.0))
            if seen:
                scope = max(seen, key=lambda name: seen[name])
                copy = result.model_copy(update={"id": f"{MARK}s{number}", "scope": scope})
                self._add(copy, seen[scope])

    def _mentions_in(self, result: Result) -> Iterator[int]:
        """Yield the mentions of those who have a result, within its evidence."""
        mentions = self.opinion.example.mentions
        for driver in result.drivers:
            for k in self.own.get(self.numbers[driver], ()):
                one = mentions[k]
                if any(span.start < one.end and one.start < span.end for span in result.evidence):
                    yield k

    # --- incidents

    def _incident(self, type_: str, stretch: Stretch, group: list[_Told]) -> None:
        session, _ = self._session(group[0].mention, "incident")
        one = self.opinion.example.mentions
        participants = tuple(
            Participant(
                driver=self.record.drivers[told.person].id,
                text=self.record.document.text[one[told.mention].start : one[told.mention].end],
            )
            for told in group
        )
        kind: Any = type_
        self.found.incidents.append(
            Incident(
                id=self._named("i", len(self.found.incidents), max(told.chance for told in group)),
                evidence=(self._span(stretch),),
                confidence=max(told.chance for told in group),
                session=session,
                type=kind,
                participants=participants,
            )
        )

    # --- entries

    def _entries(self) -> None:
        one, record = self.opinion.example, self.record
        taken = {(d, e.team) for e in record.entries for d in e.drivers}
        teams = _teams_by_stretch(record)
        best: dict[tuple[str, str], tuple[float, int]] = {}
        for pair, chance in enumerate(self.opinion.entries):
            people = one.mentions[one.entries.left[pair]].read
            team = teams.get(one.entries.right[pair])
            if chance < _LEAST or len(people) != 1 or team is None:
                continue
            key = (record.drivers[next(iter(people))].id, team)
            if key not in taken and chance > best.get(key, (0.0, 0))[0]:
                best[key] = (float(chance), int(one.entries.left[pair]))
        for number, ((driver, team), (chance, mention)) in enumerate(best.items()):
            evidence = (self._span(self._stretch(mention)),)
            self.found.entries.append(
                Entry(
                    id=self._named("e", number, chance),
                    evidence=evidence,
                    confidence=chance,
                    drivers=(driver,),
                    team=team,
                )
            )


def _same(one: Result, other: Result) -> bool:
    """Tell whether two results say the same of a car."""
    said, again = ((r.session, r.kind, fold(r.scope), r.position, r.status == "dnf") for r in (one, other))
    return said == again and bool(set(one.drivers) & set(other.drivers))


def scopes_of(opinion: Opinion) -> dict[int, tuple[float, str]]:
    """Return for each mention the class that is meant there most likely, with its probability."""
    one, best = opinion.example, dict[int, tuple[float, str]]()
    for pair, chance in enumerate(opinion.scopes):
        mention = int(one.scopes.left[pair])
        if chance > best.get(mention, (0.0, ""))[0]:
            first, last = one.scopes.spans[pair]
            name = one.text[one.tokens.starts[first] : one.tokens.ends[last]]
            best[mention] = (float(chance), " ".join(name.split()))
    return best


def speeches_of(sight: Sight, text: str, taken: list[Stretch]) -> list[Stretch]:
    """Return stretches that the tagger takes for speech and that no quote of the rules overlaps."""
    spoken = sight.tags["speech"][:, 1:].sum(-1) >= _SPOKEN
    found = []
    for first, last in _runs(spoken):
        start, end = int(sight.tokens.starts[first]), int(sight.tokens.ends[last])
        words = len(text[start:end].split())
        if words >= _SPEECH_WORDS and not any(a < end and start < b for a, b in taken):
            found.append((start, end))
    return found


def classes_of(sight: Sight, taken: list[Stretch]) -> list[Stretch]:
    """Return stretches that the tagger takes for the name of a class, without those already known."""
    tags = sight.tags["classes"]
    found = []
    for first, last in _runs(tags[:, 1:].sum(-1) >= _NAMED):
        start, end = int(sight.tokens.starts[first]), int(sight.tokens.ends[last])
        if end > start and not any(a < end and start < b for a, b in taken):
            found.append((start, end))
    return found


def _runs(marked: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
    yield from ((int(a), int(b) - 1) for a, b in edges.reshape(-1, 2))


def _teams_by_stretch(record: RaceRecord) -> dict[int, str]:
    """Return the team of each stretch, numbered as the examples number them."""
    stretches = {(m.start, m.end): team.id for team in record.teams for m in team.mentions}
    return {number: stretches[stretch] for number, stretch in enumerate(sorted(stretches))}


def _crews(record: RaceRecord) -> dict[int, tuple[str, ...]]:
    """Return the crew of each driver who shares his car."""
    number = {driver.id: k for k, driver in enumerate(record.drivers)}
    return {number[d]: e.drivers for e in record.entries if len(e.drivers) > 1 for d in e.drivers}
