"""What is composed before anything is told: people, cars, sessions, happenings. Times are milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Person:
    """Somebody who competes; ``origin`` is the word for where they come from ("Breton", "Bretonne")."""

    key: str
    first: str
    last: str
    feminine: bool
    origin: str
    town: str
    age: int
    role: str = "driver"
    pseudonym: str | None = None

    @property
    def full(self) -> str:
        """First name and surname, or the pseudonym."""
        return self.pseudonym or f"{self.first} {self.last}"

    @property
    def short(self) -> str:
        """The surname, or the pseudonym."""
        return self.pseudonym or self.last


@dataclass(slots=True)
class Team:
    """An entrant; ``article`` is "le", "la", "l'" or nothing."""

    key: str
    name: str
    article: str


@dataclass(slots=True, eq=False)
class Entry:
    """A car with its crew. ``pace`` is what it loses on the fastest, in thousandths of a lap."""

    index: int
    people: list[Person]
    team: Team | None
    number: int
    car: str
    scope: str | None
    pace: int


@dataclass(slots=True)
class Happening:
    """Something that happens to an entry in a lap.

    Attributes:
        type: Type of incident.
        entry: Whom it happens to; ``None`` for a neutralisation.
        other: The other car of a collision, which is its victim.
        lap: When, from 1.
        outcome: ``retired``, ``lost``, ``repairs`` or ``none``, for the entry or, in a collision, the other.
        cause: What led to it.
        driver: Which of the crew sat in the car.
        seconds: Seconds of a penalty.
    """

    type: str
    entry: Entry | None
    lap: int
    outcome: str = "none"
    other: Entry | None = None
    cause: Happening | None = None
    driver: int = 0
    seconds: int = 0
    place: int | None = None  # after it
    key: str | None = None  # once it has been told


@dataclass(slots=True)
class Placed:
    """A classified entry: its time, or how many laps it lacks."""

    entry: Entry
    time: int
    laps_down: int = 0


@dataclass(slots=True)
class Run:
    """One session, run.

    Attributes:
        grid: The starting order, empty where there is none.
        qualifying: Times in qualifying, best first.
        orders: The order after each lap.
        road: The order at the flag, before penalties and disqualifications.
        final: The classification.
        out: Who did not finish, in the order of retirement, with what stopped them.
        excluded: Who was disqualified.
        absent: Who was entered and did not start.
    """

    key: str
    kind: str
    label: str | None
    number: int | None
    laps: int
    unit: int
    entries: list[Entry]
    status: str = "completed"
    clock: str | None = None
    grid: list[Entry] = field(default_factory=list)
    qualifying: list[tuple[Entry, int]] = field(default_factory=list)
    orders: list[list[Entry]] = field(default_factory=list)
    road: list[Entry] = field(default_factory=list)
    final: list[Placed] = field(default_factory=list)
    out: list[tuple[Entry, Happening]] = field(default_factory=list)
    excluded: list[tuple[Entry, Happening]] = field(default_factory=list)
    absent: list[Entry] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    best: tuple[Entry, int, int] | None = None  # fastest lap: whose, time, which
    scope: str | None = None
    bests: list[tuple[Entry, int]] = field(default_factory=list)  # the fastest of each lap or stage

    def in_class(self, scope: str) -> list[Placed]:
        """Return the classified entries of a class, best first."""
        return [placed for placed in self.final if placed.entry.scope == scope]


@dataclass(slots=True)
class Meeting:
    """All of it."""

    discipline: str
    format: str
    year: int
    day: date
    style: str
    venue: str
    title: str
    series: str
    round: int
    entries: list[Entry]
    classes: list[str]
    runs: list[Run]
    standings: list[tuple[Entry, int]] = field(default_factory=list)
    officials: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def two_wheels(self) -> bool:
        """Whether they ride."""
        return self.discipline in ("superbike", "motocross", "supermoto", "grass_track", "sidecar")
