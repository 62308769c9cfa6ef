"""The race record, format ``race-record/1``: what the extractor says about one document.

Every model is frozen. A record that breaks an invariant cannot be constructed: the text of a span is the
text of the document at its offsets, every identifier that is referred to exists, every fact has evidence,
every confidence lies in [0, 1].

Offsets count Unicode code points of ``document.text``; spans are half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

FORMAT: Final = "race-record/1"

SessionKind = Literal[
    "practice", "qualifying", "race", "heat", "semi_final", "final", "stage", "leg", "overall"
]
SessionStatus = Literal["completed", "red_flagged", "shortened", "cancelled", "upcoming", "unknown"]
DriverRole = Literal["driver", "rider", "co_driver", "passenger"]
MentionForm = Literal["name", "nominal", "pronoun"]
ResultKind = Literal["final", "grid", "qualifying", "running", "championship", "fastest_lap"]
ResultStatus = Literal["classified", "dnf", "dns", "dsq", "nc"]
Standing = Literal["stated", "inferred"]
IncidentType = Literal[
    "collision",
    "spin",
    "off_track",
    "crash",
    "fall",
    "puncture",
    "mechanical",
    "bodywork",
    "fire",
    "jump_start",
    "penalty",
    "disqualification",
    "retirement",
    "did_not_start",
    "safety_car",
    "red_flag",
    "other",
]
ParticipantRole = Literal["subject", "at_fault", "victim", "beneficiary"]
Consequence = Literal[
    "retirement",
    "lost_places",
    "lost_win",
    "repairs",
    "red_flag",
    "safety_car",
    "penalty",
    "result_changed",
]
SpeakerRole = Literal["driver", "team", "organiser", "official", "other", "unknown"]
QuoteKind = Literal["direct", "indirect"]
Severity = Literal["info", "warning", "error"]

Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
Position = Annotated[int, Field(ge=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Model):
    """A rectangle on a page of the source, in the source's own units (pixels or points)."""

    page: int
    x: float
    y: float
    w: float
    h: float


class Span(_Model):
    """A stretch of the document's text, in code points, half-open."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str
    page: int | None = Field(default=None, exclude_if=lambda v: v is None)
    boxes: tuple[Box, ...] = Field(default=(), exclude_if=lambda v: not v)

    @model_validator(mode="after")
    def _length_fits(self) -> Span:
        if self.end <= self.start or self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}:{self.end} does not measure its text")
        return self


class Mention(Span):
    """A span that refers to a person or team; ``form`` says how."""

    form: MentionForm = "name"


class SkippedSpan(Span):
    """A stretch of text that was not read as report, with the reason."""

    reason: str


Evidence = Annotated[tuple[Span, ...], Field(min_length=1)]


class _Fact(_Model):
    """Something the text says, with where it says it and how sure the extractor is."""

    id: str
    evidence: Evidence
    confidence: Confidence
    optional: bool = Field(default=False, exclude_if=lambda v: not v)


class DocumentPage(_Model):
    """A page of the source: the stretch of text that stands on it, and its size in the source's own units."""

    page: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    width: float
    height: float
    unit: str
    image: str | None = None


class Recognition(_Model):
    """By which optical character recognition the text came about."""

    engine: str
    version: str | None = None
    language: str | None = None
    preparation: tuple[str, ...] = ()


class Told(_Model):
    """What is known of the document itself, with ``evidence`` where the text says it.

    ``field`` is ``title``, ``published_on``, ``publisher``, ``author``, ``language``, ``series``, ``venue``,
    ``starts_on`` or ``ends_on``. Where the file's container says it, ``origin`` names the place there.
    ``inferred`` is what the text says only together with something else: a day whose year stands elsewhere.
    """

    field: str
    value: str
    origin: str | None = None
    standing: Standing = Field(default="stated", exclude_if=lambda v: v == "stated")
    evidence: tuple[Span, ...] = ()


class Document(_Model):
    """The document that was read. ``text`` is the text as read, never tidied."""

    id: str
    source: str | None = None
    sha256: str
    media_type: str = "text/plain"
    title: str | None = None
    language: str | None = None
    published_on: date | None = None
    text: str
    pages: tuple[DocumentPage, ...] = Field(default=(), exclude_if=lambda v: not v)
    ocr: Recognition | None = Field(default=None, exclude_if=lambda v: v is None)
    told: tuple[Told, ...] = Field(default=(), exclude_if=lambda v: not v)


class Event(_Model):
    """The meeting that the report is about."""

    name: str | None = None
    series: str | None = None
    season: int | None = None
    round: int | None = None
    venue: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    evidence: tuple[Span, ...] = ()


class Session(_Model):
    """A race, qualifying session, heat, stage or the like. ``scheduled`` is a clock time, ``HH:MM``."""

    id: str
    kind: SessionKind
    label: str | None = None
    number: int | None = None
    scheduled: str | None = None
    status: SessionStatus = "unknown"
    evidence: tuple[Span, ...] = ()


class Driver(_Model):
    """Somebody who competes in the event: driver, rider, co-driver or passenger."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: DriverRole = "driver"
    mentions: Annotated[tuple[Mention, ...], Field(min_length=1)]
    optional: bool = Field(default=False, exclude_if=lambda v: not v)


class Team(_Model):
    """An entrant, écurie or team."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: Annotated[tuple[Mention, ...], Field(min_length=1)]
    optional: bool = Field(default=False, exclude_if=lambda v: not v)


class Entry(_Fact):
    """Who drives what for whom."""

    session: str | None = None
    drivers: tuple[str, ...] = ()
    team: str | None = None
    number: str | None = None
    car: str | None = None
    classes: tuple[str, ...] = ()


class LapGap(_Model):
    """A gap counted in laps."""

    laps: Annotated[int, Field(ge=1)]


_SECONDS = r"\d+(?:\.\d{1,3})?S"
Duration = Annotated[
    str,
    Field(pattern=rf"^PT(?:\d+H(?:\d+M)?(?:{_SECONDS})?|\d+M(?:{_SECONDS})?|{_SECONDS})$"),
]


class Result(_Fact):
    """A position, or the lack of one, in a session. Times are ISO 8601 durations with milliseconds."""

    session: str
    kind: ResultKind
    scope: str = "overall"
    scope_aliases: tuple[str, ...] = Field(default=(), exclude_if=lambda v: not v)
    position: Position | None = None
    status: ResultStatus = "classified"
    drivers: tuple[str, ...] = ()
    entry: str | None = None
    time: Duration | None = None
    gap: Duration | LapGap | None = None
    laps: int | None = None
    points: float | None = None
    standing: Standing = "stated"


class Participant(_Model):
    """Somebody, or a car, in an incident; ``text`` is how the report names them there."""

    driver: str | None = None
    number: str | None = None
    text: str
    role: ParticipantRole = "subject"


class Incident(_Fact):
    """One happening. ``caused_by`` holds ids of incidents that led to it."""

    session: str
    type: IncidentType
    participants: tuple[Participant, ...] = ()
    lap: int | None = None
    when: str | None = None
    where: str | None = None
    consequences: tuple[Consequence, ...] = ()
    caused_by: tuple[str, ...] = ()
    asserted_by: str | None = None
    standing: Standing = "stated"


class Quote(_Fact):
    """Speech, word for word (``direct``) or reported (``indirect``)."""

    session: str | None = None
    text: str
    speaker: str | None = None
    speaker_name: str | None = None
    speaker_role: SpeakerRole = "unknown"
    kind: QuoteKind = "direct"


class Finding(_Model):
    """What a careful archivist would query. ``about`` lists ids of the record."""

    code: str
    severity: Severity
    message: str
    about: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()


class Unread(_Model):
    """A part of the source of which there is no text: a page, or something that has a name."""

    reason: str
    page: int | None = None
    part: str | None = None


class Coverage(_Model):
    """How much of the text was read, in code points, and what was not."""

    characters: int
    characters_read: int
    skipped: tuple[SkippedSpan, ...] = ()
    unread: tuple[Unread, ...] = Field(default=(), exclude_if=lambda v: not v)


class RaceRecord(_Model):
    """One document's facts."""

    format: Literal["race-record/1"] = FORMAT
    document: Document
    event: Event = Event()
    sessions: tuple[Session, ...] = ()
    drivers: tuple[Driver, ...] = ()
    teams: tuple[Team, ...] = ()
    entries: tuple[Entry, ...] = ()
    results: tuple[Result, ...] = ()
    incidents: tuple[Incident, ...] = ()
    quotes: tuple[Quote, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: Coverage

    @model_validator(mode="after")
    def _invariants_hold(self) -> RaceRecord:
        text = self.document.text
        for span in self.spans():
            if text[span.start : span.end] != span.text:
                raise ValueError(f"span {span.start}:{span.end} is not the document's text there")
        _check_references(self)
        return self

    def facts(self) -> Iterator[Entry | Result | Incident | Quote]:
        """Yield every fact that carries a confidence."""
        yield from self.entries
        yield from self.results
        yield from self.incidents
        yield from self.quotes

    def spans(self) -> Iterator[Span]:
        """Yield every span of the record."""
        for told in self.document.told:
            yield from told.evidence
        yield from self.event.evidence
        for session in self.sessions:
            yield from session.evidence
        for driver in self.drivers:
            yield from driver.mentions
        for team in self.teams:
            yield from team.mentions
        for fact in self.facts():
            yield from fact.evidence
        for finding in self.findings:
            yield from finding.evidence
        yield from self.coverage.skipped

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as JSON text; the same record always gives the same text."""
        return self.model_dump_json(indent=indent)


def _check_references(record: RaceRecord) -> None:
    """Raise ``ValueError`` where an id is used twice or refers to nothing."""
    sessions = _ids(record.sessions)
    drivers = _ids(record.drivers)
    teams = _ids(record.teams)
    entries = _ids(record.entries)
    results = _ids(record.results)
    incidents = _ids(record.incidents)
    quotes = _ids(record.quotes)
    every = (sessions, drivers, teams, entries, results, incidents, quotes)
    known: set[str] = set().union(*every)
    if len(known) != sum(map(len, every)):
        raise ValueError("one id stands for two things")
    for entry in record.entries:
        _require(entry.id, entry.drivers, drivers)
        _require(entry.id, _one(entry.session), sessions)
        _require(entry.id, _one(entry.team), teams)
    for result in record.results:
        _require(result.id, result.drivers, drivers)
        _require(result.id, (result.session,), sessions)
        _require(result.id, _one(result.entry), entries)
    for incident in record.incidents:
        _require(incident.id, (incident.session,), sessions)
        _require(incident.id, incident.caused_by, incidents)
        _require(incident.id, _one(incident.asserted_by), quotes)
        for participant in incident.participants:
            _require(incident.id, _one(participant.driver), drivers)
    for quote in record.quotes:
        _require(quote.id, _one(quote.session), sessions)
        _require(quote.id, _one(quote.speaker), drivers)
    for finding in record.findings:
        _require(f"finding {finding.code}", finding.about, known)


def _ids(named: tuple[Session | Driver | Team | _Fact, ...]) -> set[str]:
    ids = {thing.id for thing in named}
    if len(ids) != len(named):
        raise ValueError("an id is used twice")
    return ids


def _one(reference: str | None) -> tuple[str, ...]:
    return () if reference is None else (reference,)


def _require(owner: str, references: tuple[str, ...], known: set[str]) -> None:
    for reference in references:
        if reference not in known:
            raise ValueError(f"{owner} refers to {reference}, which does not exist")
