"""What a report file says, before it becomes a record: facts with ranges of the bare text as evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from extractor.corpus.markup import Marked, Range


@dataclass(frozen=True, slots=True)
class Fact:
    """Anything with evidence. ``line`` is its line in the report file."""

    evidence: tuple[Range, ...] = ()
    line: int = 0

    def moved(self, move: Callable[[Range], Range]) -> Any:
        """Return the same fact over another version of the text."""
        return replace(self, evidence=tuple(map(move, self.evidence)))


@dataclass(frozen=True, slots=True)
class EventFact(Fact):
    """The meeting; ``values`` are the record's own fields."""

    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionFact(Fact):
    """A session, under the word by which the facts call it."""

    key: str = ""
    kind: str = ""
    label: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryFact(Fact):
    """A crew with its team, number, car and classes."""

    drivers: tuple[str, ...] = ()
    team: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultFact(Fact):
    """One place, or the lack of one."""

    session: str = ""
    kind: str = ""
    scope: str = "overall"
    place: int | str | None = None
    drivers: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in an incident; ``at`` is where the text says so, ``None`` for a driver named elsewhere."""

    driver: str | None
    role: str
    number: str | None
    at: Range | None


@dataclass(frozen=True, slots=True)
class IncidentFact(Fact):
    """One happening."""

    key: str | None = None
    session: str = ""
    type: str = ""
    participants: tuple[Participant, ...] = ()
    when: Range | None = None
    where: Range | None = None
    caused_by: tuple[str, ...] = ()
    asserted_by: str | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def moved(self, move: Callable[[Range], Range]) -> IncidentFact:
        """Return the same happening over another version of the text."""
        return replace(
            self,
            evidence=tuple(map(move, self.evidence)),
            participants=tuple(replace(p, at=p.at and move(p.at)) for p in self.participants),
            when=self.when and move(self.when),
            where=self.where and move(self.where),
        )


@dataclass(frozen=True, slots=True)
class QuoteFact(Fact):
    """Somebody's words."""

    key: str | None = None
    session: str | None = None
    speaker: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingFact(Fact):
    """What the annotator wants the extractor to query."""

    code: str = ""
    severity: str = ""
    message: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkipFact(Fact):
    """Text that is no report."""

    reason: str = ""


@dataclass(slots=True)
class Draft:
    """All that a report file says of its text.

    Attributes:
        roles: Role by driver key.
        teams: Keys of the teams, in the order of their declaration.
        names: The mark that holds the name, where the author chose one, by key.
        optional: Keys of drivers and teams over which readers may differ.
        accepted: Codes of doubts that the author has settled.
    """

    marked: Marked
    roles: dict[str, str] = field(default_factory=dict)
    teams: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    events: list[EventFact] = field(default_factory=list)
    sessions: list[SessionFact] = field(default_factory=list)
    entries: list[EntryFact] = field(default_factory=list)
    results: list[ResultFact] = field(default_factory=list)
    incidents: list[IncidentFact] = field(default_factory=list)
    quotes: list[QuoteFact] = field(default_factory=list)
    findings: list[FindingFact] = field(default_factory=list)
    skipped: list[SkipFact] = field(default_factory=list)

    GROUPS: ClassVar = (
        "events",
        "sessions",
        "entries",
        "results",
        "incidents",
        "quotes",
        "findings",
        "skipped",
    )

    def facts(self) -> list[Fact]:
        """Return all facts, group by group."""
        return [fact for group in self.GROUPS for fact in getattr(self, group)]

    def keys(self) -> set[str]:
        """Return the keys of all drivers and teams."""
        return {*self.roles, *self.teams}
