"""Race logic: what cannot be, or seldom is, in a record as it stands after decisions.

Computed afresh at every decision, without any language pipeline. Codes are those of the extractor where it
has them (:mod:`extractor.pipeline.findings`). A *list* is the results of one session, kind and scope (folded:
"Junior" is "junior"); ``running`` is no list, since places change. Two results are of *others* where
they share no driver.

===================== ======== =========================================================================
code                  severity the rule
===================== ======== =========================================================================
two_winners           error    kind ``final``: two results of others at place 1 of a list
position_conflict     error    the same at another place; ``warning`` where the kind is not ``final``
two_positions         error    one driver at two places of a list; ``warning`` where not ``final``
retired_classified    warning  a driver with a ``final`` place and, in that session, ``dnf``, ``dns``,
                               ``dsq`` or ``nc`` (in any result of any scope), or alone in an incident
                               of type or consequence ``retirement``
gap_in_places         info     kind ``final``: at least 4 places of a list are known and at least 3 of 4 up to
                               the last of them, but not all; two at one place leave the next one empty
times_disorder        warning  kinds ``final``, ``qualifying``: a better place with a longer time (same laps)
two_teams             warning  a driver in two teams' entries, of one session or none named
number_twice          warning  a number in two entries of others, of one session and class or none named
lap_beyond            warning  an incident in a lap, or a result with laps, beyond the winner's (``final``,
                               ``overall``, place 1)
session_not_run       warning  a ``final`` result in a session that is ``cancelled`` or ``upcoming``
said_twice            info     two results that say the same of the same drivers
===================== ======== =========================================================================

What the extractor queried is kept as long as it holds (:func:`still_holds`): the rules above replace its
``two_teams`` and ``retired_classified``; a query about places ends where a person has confirmed the results
that it is about (confidence 1), or one of the drivers is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from extractor.lexicon.fold import fold
from extractor.messages import DEFAULT_LANGUAGE, Messages
from extractor.record import (
    Driver,
    Entry,
    Finding,
    Incident,
    RaceRecord,
    Result,
    ResultKind,
    Severity,
    Span,
    Team,
)
from extractor.review.queries import in_language
from extractor.values.times import iso_seconds

#: Severity by code, the highest that the rule gives.
RULES: Final[dict[str, Severity]] = {
    "two_winners": "error",
    "position_conflict": "error",
    "two_positions": "error",
    "retired_classified": "warning",
    "gap_in_places": "info",
    "times_disorder": "warning",
    "two_teams": "warning",
    "number_twice": "warning",
    "lap_beyond": "warning",
    "session_not_run": "warning",
    "said_twice": "info",
}

_OUT = frozenset(("dnf", "dns", "dsq", "nc"))
_LISTS: frozenset[ResultKind] = frozenset(("final", "grid", "qualifying", "championship", "fastest_lap"))
_TIMED: frozenset[ResultKind] = frozenset(("final", "qualifying"))
# Computed afresh, whoever queried it. The extractor's queries about places also tell of what it left out.
_AGAIN = RULES.keys() - {"position_conflict", "two_positions"}
_OF_PLACES = frozenset(("position_conflict", "two_positions", "count_mismatch"))
_LEAST_PLACES = 4  # known, before a gap among them is worth a look: a report names the podium and its heroes
_LEAST_SHARE = 0.75  # of the places down to the last one named
_MOST_NAMED = 4  # names in one sentence


def findings(record: RaceRecord, language: str = DEFAULT_LANGUAGE) -> tuple[Finding, ...]:
    """Return what a careful archivist would query in a record as it stands, the worst first.

    Args:
        record: A whole one.
        language: Of the sentences.
    """
    logic = _Logic(record, Messages(language))
    found = list(logic.findings())
    own = [f for f in record.findings if still_holds(f, record) and not _told(f, found)]
    found += (in_language(f, language) for f in own)
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.severity]))


def with_findings(record: RaceRecord) -> RaceRecord:
    """Return a record that says itself what is to be queried in it, for passing it on."""
    return record.model_copy(update={"findings": findings(record)})


def still_holds(finding: Finding, record: RaceRecord) -> bool:
    """Tell whether something that the extractor queried is still to be looked at."""
    if finding.code in _AGAIN:
        return False
    if finding.code == "name_variant":
        return _is_variant(finding, record)
    if finding.code not in _OF_PLACES:
        return True
    about = set(finding.about)
    results = [result for result in record.results if result.id in about]
    if results and all(result.confidence == 1.0 for result in results):
        return False
    drivers = sum(driver.id in about for driver in record.drivers)
    return drivers > 1 or (drivers == 1 and finding.code != "position_conflict")


def _is_variant(finding: Finding, record: RaceRecord) -> bool:
    """A variant is one as long as something that it is about has a mention there."""
    about = set(finding.about)
    everybody: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
    named = [thing for thing in everybody if thing.id in about]
    return bool(named) and all(
        any(span.start < m.end and m.start < span.end for thing in named for m in thing.mentions)
        for span in finding.evidence
    )


def _told(finding: Finding, found: Iterable[Finding]) -> bool:
    """Tell whether a query of places has been found again, perhaps under a sharper name."""
    same = {"position_conflict": ("two_winners", "position_conflict")}.get(finding.code, (finding.code,))
    return any(f.code in same and set(f.about) & set(finding.about) for f in found)


@dataclass(slots=True)
class _Logic:
    record: RaceRecord
    say: Messages

    def findings(self) -> Iterator[Finding]:
        yield from self._of_lists()
        yield from self._retired()
        yield from self._laps()
        yield from self._not_run()
        yield from self._of_entries()

    def _finding(
        self, code: str, things: Iterable[Result | Incident | Entry], about: Iterable[str], **words: object
    ) -> Finding:
        facts = tuple({fact.id: fact for fact in things}.values())
        return Finding(
            code=code,
            severity=RULES[code],
            message=self.say(f"finding.{code}", **words),
            about=tuple(dict.fromkeys((*(fact.id for fact in facts), *about))),
            evidence=tuple(_first_spans(facts)),
        )

    def _names(self, drivers: Iterable[str]) -> str:
        wanted = tuple(dict.fromkeys(drivers))
        names = [driver.name for driver in self.record.drivers if driver.id in wanted]
        return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")

    def _where(self, result: Result | Incident) -> str:
        """Return the session's label, or its kind's name, and the class."""
        session = next(s for s in self.record.sessions if s.id == result.session)
        label = session.label or self.say(f"finding.session.{session.kind}")
        scope = getattr(result, "scope", "overall")
        return label if scope == "overall" or fold(scope) in fold(label) else f"{label}, {scope}"

    # --- lists

    def _of_lists(self) -> Iterator[Finding]:
        lists: dict[Hashable, list[Result]] = defaultdict(list)
        for result in self.record.results:
            lists[result.session, result.kind, fold(result.scope)].append(result)
        for results in lists.values():
            yield from self._said_twice(results)
            if results[0].kind in _LISTS:
                yield from self._places(results)
                yield from self._driver_twice(results)
            if results[0].kind in _TIMED:
                yield from self._times(results)
            if results[0].kind == "final":
                yield from self._gaps(results)

    def _places(self, results: list[Result]) -> Iterator[Finding]:
        for place, held in _by_place(results).items():
            drivers = [driver for result in held for driver in result.drivers]
            if not any(_others(a, b) for a, b in combinations(held, 2)):
                continue
            final = held[0].kind == "final"
            code = "two_winners" if final and place == 1 else "position_conflict"
            where, names = self._where(held[0]), self._names(drivers)
            finding = self._finding(code, held, drivers, where=where, place=place, names=names)
            yield finding if final else _milder(finding)

    def _driver_twice(self, results: list[Result]) -> Iterator[Finding]:
        placed: dict[str, list[Result]] = defaultdict(list)
        for result in results:
            if result.position is not None:
                for driver in result.drivers:
                    placed[driver].append(result)
        for driver, held in placed.items():
            places = sorted({result.position for result in held if result.position is not None})
            if len(places) < 2:
                continue
            shown = ", ".join(map(str, places))
            where, name = self._where(held[0]), self._names((driver,))
            finding = self._finding("two_positions", held, (driver,), where=where, name=name, places=shown)
            yield finding if held[0].kind == "final" else _milder(finding)

    def _gaps(self, results: list[Result]) -> Iterator[Finding]:
        by_place = _by_place(results)
        places = sorted(by_place)
        if len(places) < _LEAST_PLACES or len(places) == places[-1]:
            return
        if len(places) < _LEAST_SHARE * places[-1]:
            return
        taken = {place + n for place, held in by_place.items() for n in range(_crews(held))}
        missing = [place for place in range(1, places[-1]) if place not in taken]
        if not missing:
            return
        held = by_place[places[-1]]
        shown = ", ".join(map(str, missing))
        yield self._finding("gap_in_places", held, (), where=self._where(held[0]), places=shown)

    def _times(self, results: list[Result]) -> Iterator[Finding]:
        timed = sorted(
            (result for result in results if result.time and result.position), key=lambda r: r.position or 0
        )
        for better, worse in pairwise(timed):
            if better.position == worse.position or better.laps != worse.laps:
                continue
            if iso_seconds(better.time or "") > iso_seconds(worse.time or ""):
                where, names = self._where(better), self._names((*better.drivers, *worse.drivers))
                places = f"{better.position}, {worse.position}"
                yield self._finding(
                    "times_disorder", (better, worse), (), where=where, places=places, names=names
                )

    def _said_twice(self, results: list[Result]) -> Iterator[Finding]:
        same: dict[Hashable, list[Result]] = defaultdict(list)
        for result in results:
            if result.kind != "running" and result.drivers:
                same[result.position, result.status, frozenset(result.drivers)].append(result)
        for held in same.values():
            if len(held) > 1:
                names = self._names(held[0].drivers)
                yield self._finding("said_twice", held, (), where=self._where(held[0]), names=names)

    # --- who fell out

    def _retired(self) -> Iterator[Finding]:
        out: dict[tuple[str, str], Result | Incident] = {}
        for incident in self.record.incidents:
            driver = _retiring(incident)
            if driver is not None:
                out[incident.session, driver] = incident
        for result in self.record.results:
            if result.status in _OUT:
                out.update(dict.fromkeys(((result.session, driver) for driver in result.drivers), result))
        for result in self.record.results:
            if result.kind != "final" or result.position is None:
                continue
            crews: dict[str, list[str]] = defaultdict(list)  # a crew falls out together
            for driver in result.drivers:
                if (result.session, driver) in out:
                    crews[out[result.session, driver].id].append(driver)
            for drivers in crews.values():
                fell = out[result.session, drivers[0]]
                status = fell.status if isinstance(fell, Result) else "dnf"
                yield self._finding(
                    "retired_classified",
                    (result, fell),
                    drivers,
                    where=self._where(result),
                    name=self._names(drivers),
                    place=result.position,
                    status=self.say(f"finding.status.{status}"),
                )

    # --- laps and sessions

    def _laps(self) -> Iterator[Finding]:
        winners: dict[str, int] = {}
        for result in self.record.results:
            if (result.kind, result.scope, result.position) == ("final", "overall", 1) and result.laps:
                winners[result.session] = max(result.laps, winners.get(result.session, 0))
        facts: tuple[Result | Incident, ...] = (*self.record.results, *self.record.incidents)
        for fact in facts:
            lap = fact.laps if isinstance(fact, Result) else fact.lap
            last = winners.get(fact.session)
            if (
                lap is None
                or last is None
                or lap <= last
                or (isinstance(fact, Result) and fact.kind != "final")
            ):
                continue
            yield self._finding("lap_beyond", (fact,), (), where=self._where(fact), lap=lap, last=last)

    def _not_run(self) -> Iterator[Finding]:
        for session in self.record.sessions:
            if session.status not in ("cancelled", "upcoming"):
                continue
            held = [r for r in self.record.results if r.session == session.id and r.kind == "final"]
            if held:
                status = self.say(f"finding.status.{session.status}")
                where = session.label or self.say(f"finding.session.{session.kind}")
                yield self._finding("session_not_run", held, (session.id,), where=where, status=status)

    # --- entries

    def _of_entries(self) -> Iterator[Finding]:
        by_driver: dict[str, list[Entry]] = defaultdict(list)
        by_number: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.record.entries:
            if entry.team is not None:
                for driver in entry.drivers:
                    by_driver[driver].append(entry)
            if entry.number:
                by_number[entry.number.strip().lstrip("#")].append(entry)
        for driver, held in by_driver.items():
            if any(a.team != b.team and _together(a, b) for a, b in combinations(held, 2)):
                teams = dict.fromkeys(entry.team for entry in held if entry.team is not None)
                named = ", ".join(team.name for team in self.record.teams if team.id in teams)
                about = (driver, *teams)
                yield self._finding("two_teams", held, about, name=self._names((driver,)), teams=named)
        for number, held in by_number.items():
            pairs = combinations(held, 2)
            if any(_together(a, b) and _one_class(a, b) and _others(a, b) for a, b in pairs):
                drivers = [driver for entry in held for driver in entry.drivers]
                names = self._names(drivers)
                yield self._finding("number_twice", held, drivers, number=number, names=names)


def _milder(finding: Finding) -> Finding:
    """What is an error in a final list is worth a look elsewhere: grids are changed by penalties."""
    return finding.model_copy(update={"severity": "warning"})


def _first_spans(facts: Iterable[Result | Incident | Entry]) -> Iterator[Span]:
    seen = set()
    for fact in facts:
        span = fact.evidence[0]
        if (span.start, span.end) not in seen:
            seen.add((span.start, span.end))
            yield span


def _by_place(results: list[Result]) -> dict[int, list[Result]]:
    held: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        if result.position is not None:
            held[result.position].append(result)
    return held


def _crews(held: list[Result]) -> int:
    """Return how many share a place: as many places behind it nobody has."""
    return len({frozenset(result.drivers) for result in held})


def _others(a: Result | Entry, b: Result | Entry) -> bool:
    """Tell whether two facts are of others: both name somebody, and nobody is in both."""
    return bool(a.drivers) and bool(b.drivers) and not set(a.drivers) & set(b.drivers)


def _together(a: Entry, b: Entry) -> bool:
    return a.session is None or b.session is None or a.session == b.session


def _one_class(a: Entry, b: Entry) -> bool:
    classes = [{fold(name) for name in entry.classes} for entry in (a, b)]
    return not classes[0] or not classes[1] or bool(classes[0] & classes[1])


def _retiring(incident: Incident) -> str | None:
    """Return the driver who retires in an incident, where it cannot be anybody else."""
    if incident.type != "retirement" and "retirement" not in incident.consequences:
        return None
    named = {p.driver for p in incident.participants if p.driver is not None}
    return next(iter(named)) if len(named) == 1 and len(incident.participants) == 1 else None
