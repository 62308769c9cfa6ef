"""What the components hand on to each other, kept on the ``Doc`` under ``doc._``.

Token indexes are those of :class:`extractor.pipeline.tokens.Tokens`, ranges half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extractor.pipeline import attributes
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.tongues import NOTHING_FOREIGN, Foreign

BlockKind = Literal[
    "title", "lead", "heading", "paragraph", "bullet", "list", "table", "quote", "boilerplate"
]
NameKind = Literal[
    "person", "team", "car", "number", "class", "circuit", "series", "event", "place", "nation", "other"
]
RefForm = Literal["name", "nominal", "pronoun", "car"]


@dataclass(slots=True)
class Block:
    """A stretch of the page: tokens ``first`` to ``last``, characters ``start`` to ``end``."""

    kind: BlockKind
    start: int
    end: int
    first: int
    last: int


@dataclass(slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` of block number ``block``.

    The sessions component fills in ``session``, of which the sentence speaks, and ``local``, a special stage
    or the like that it names in passing (-1: none).
    """

    first: int
    last: int
    block: int
    session: int = -1
    local: int = -1
    together: tuple[int, ...] = ()  # several sessions of which it speaks at once
    scope: str = ""  # the class of a shared race that the section is about


@dataclass(slots=True)
class Layout:
    """The page: tokens, blocks in reading order, sentences; and what of the document is not in French."""

    tokens: Tokens
    blocks: list[Block] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    foreign: Foreign = NOTHING_FOREIGN


@dataclass(slots=True)
class Name:
    """A proper name or number in the text, with what kind of thing bears it.

    ``outer`` is the end of the bracket that follows and qualifies it ("X (Team)"), else ``last``.
    ``value`` is the canonical form (a car number without ``#``, a make).
    """

    first: int
    last: int
    kind: NameKind
    value: str = ""
    outer: int = -1
    sure: float = 1.0


@dataclass(slots=True)
class Person:
    """One competitor over all spellings."""

    name: str
    aliases: list[str] = field(default_factory=list)
    role: str = "driver"
    competes: bool = True


@dataclass(slots=True)
class TeamEntity:
    """One team over all spellings."""

    name: str
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Ref:
    """A stretch of text that refers to people.

    ``people`` are indexes into :attr:`People.persons`: one, or a whole crew. ``outer`` is the end of what
    qualifies the reference ("X (Team, #12)" counts as one stretch). ``first`` includes what introduces it for
    cars ("la #24 de X").
    """

    first: int
    last: int
    people: tuple[int, ...]
    form: RefForm = "name"
    outer: int = -1
    number: str | None = None


@dataclass(slots=True)
class People:
    """Who is who: entities, and every reference to them in reading order."""

    persons: list[Person] = field(default_factory=list)
    teams: list[TeamEntity] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    team_refs: list[tuple[int, int, int]] = field(default_factory=list)  # first, last, team


_ANNOTATIONS = (
    "layout", "names", "people", "discourse", "links", "sessions", "entries", "results", "conflicts",
    "incidents", "quotes", "record",
)  # fmt: skip


# Done here, so that a component that spaCy makes out of a saved configuration finds them, too.
attributes.register(_ANNOTATIONS)


@dataclass(slots=True)
class QuoteFact:
    """Speech found in the text. ``parts`` are character ranges, first to last word, outer marks left out.

    ``speaker`` indexes :attr:`People.persons`; ``route`` says how the speaker was found (``colon``,
    ``verb``, ``inside``, ``line``, ``heading``, ``nominal``, ``pronoun``, ``carried``, ``none``), which the
    confidence goes by. ``place`` is the place that the narrator calls the speaker by ("le vainqueur": 1).
    """

    parts: list[tuple[int, int]]
    speaker: int | None = None
    speaker_name: str | None = None
    speaker_role: str = "unknown"
    kind: str = "direct"
    route: str = "none"
    place: int | None = None
    closed: bool = True


@dataclass(slots=True)
class SessionFact:
    """A session and where it is named. ``mentions`` are token ranges."""

    kind: str
    label: str | None = None
    number: int | None = None
    scheduled: str | None = None
    status: str = "unknown"
    mentions: list[tuple[int, int]] = field(default_factory=list)
    scope: str | None = None  # the class that has this session to itself
    whole: str = ""  # the class that the whole text is about, where it is the only one with a race of its own
    headed_at: int = -1  # the token at which a heading announces it


@dataclass(slots=True)
class EntryFact:
    """Who drives what for whom: indexes into persons and teams."""

    people: tuple[int, ...]
    team: int | None = None
    number: str | None = None
    car: str | None = None
    classes: list[str] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)  # token ranges
    sure: float = 0.8


@dataclass(slots=True)
class ResultFact:
    """A position. ``rule`` names the pattern that found it; the confidence goes by it."""

    session: int
    kind: str
    people: tuple[int, ...]
    position: int | None = None
    scope: str = "overall"
    status: str = "classified"
    time: str | None = None
    gap: str | dict[str, int] | None = None
    laps: int | None = None
    points: float | None = None
    standing: str = "stated"
    evidence: list[tuple[int, int]] = field(default_factory=list)  # character ranges
    rule: str = ""
    overrides: bool = False


@dataclass(slots=True)
class IncidentParticipant:
    """Somebody in an incident: a person by index, a car number, or words alone."""

    person: int | None
    number: str | None
    text: str
    role: str = "subject"


@dataclass(slots=True)
class IncidentFact:
    """One happening. ``evidence`` are character ranges, ``caused_by`` indexes into the list of incidents.

    ``retired`` are the persons whom it put out of the race; the consequence ``retirement`` is there only
    where that is all of them.
    """

    session: int
    type: str
    participants: list[IncidentParticipant] = field(default_factory=list)
    lap: int | None = None
    when: str | None = None
    where: str | None = None
    consequences: list[str] = field(default_factory=list)
    caused_by: list[int] = field(default_factory=list)
    asserted_by: int | None = None  # index into quotes
    standing: str = "stated"
    evidence: list[tuple[int, int]] = field(default_factory=list)
    rule: str = ""
    retired: list[int] = field(default_factory=list)
