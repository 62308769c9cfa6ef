"""One typed row per report: what is written to ``corpus/data`` and loaded as a table.

A row is the gold record laid out in columns that Arrow can type: the drivers' and teams' mentions stand in
one list, a gap is two columns, and whatever a record may leave out is null or an empty list. Nothing is
lost: :func:`record_of` gives back the record that :func:`row_of` was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError, model_validator

from extractor.corpus.metadata import Metadata, Noise, Split
from extractor.errors import RecordError
from extractor.record import (
    FORMAT,
    Consequence,
    DriverRole,
    IncidentType,
    MentionForm,
    ParticipantRole,
    QuoteKind,
    RaceRecord,
    ResultKind,
    ResultStatus,
    SessionKind,
    SessionStatus,
    Severity,
    SpeakerRole,
    Standing,
)

# No value is turned into another type: a row that needs that is not one of ours.
Integer = Annotated[int, Field(strict=True, ge=-(2**31), lt=2**31)]
Number = Annotated[float, Strict()]
Truth = Annotated[bool, Strict()]


def _no_number(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError("a number is no date")
    return value


Day = Annotated[date, BeforeValidator(_no_number)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SpanRow(_Part):
    """A stretch of ``text``, in code points, half-open."""

    start: Integer
    end: Integer
    text: str


class MentionRow(SpanRow):
    """A stretch that refers to somebody: ``bearer`` is the id of a driver or team."""

    form: MentionForm
    bearer: str


class SkippedRow(SpanRow):
    """A stretch that is no report, with the reason."""

    reason: str


class EventRow(_Part):
    """The meeting."""

    name: str | None
    series: str | None
    season: Integer | None
    round: Integer | None
    venue: str | None
    starts_on: Day | None
    ends_on: Day | None
    evidence: tuple[SpanRow, ...]


class SessionRow(_Part):
    """A race, qualifying session, heat, stage or the like."""

    id: str
    kind: SessionKind
    label: str | None
    number: Integer | None
    scheduled: str | None
    status: SessionStatus
    evidence: tuple[SpanRow, ...]


class TeamRow(_Part):
    """An entrant; where it is named is in ``mentions``."""

    id: str
    name: str
    aliases: tuple[str, ...]
    optional: Truth = False


class DriverRow(TeamRow):
    """Somebody who competes; where they are named is in ``mentions``."""

    role: DriverRole


class EntryRow(_Part):
    """Who drives what for whom."""

    id: str
    session: str | None
    drivers: tuple[str, ...]
    team: str | None
    number: str | None
    car: str | None
    classes: tuple[str, ...]
    evidence: tuple[SpanRow, ...]
    confidence: Number
    optional: Truth = False


class ResultRow(_Part):
    """A position, or the lack of one. A gap is a duration (``gap_time``) or counted in ``gap_laps``."""

    id: str
    session: str
    kind: ResultKind
    scope: str
    scope_aliases: tuple[str, ...] = ()
    position: Integer | None
    status: ResultStatus
    drivers: tuple[str, ...]
    entry: str | None
    time: str | None
    gap_time: str | None
    gap_laps: Integer | None
    laps: Integer | None
    points: Number | None
    standing: Standing
    evidence: tuple[SpanRow, ...]
    confidence: Number
    optional: Truth = False

    @model_validator(mode="after")
    def _has_one_gap(self) -> ResultRow:
        if self.gap_time is not None and self.gap_laps is not None:
            raise ValueError("a gap is either a time or laps")
        return self


class ParticipantRow(_Part):
    """Somebody in an incident."""

    driver: str | None
    number: str | None
    text: str
    role: ParticipantRole


class IncidentRow(_Part):
    """One happening."""

    id: str
    session: str
    type: IncidentType
    participants: tuple[ParticipantRow, ...]
    lap: Integer | None
    when: str | None
    where: str | None
    consequences: tuple[Consequence, ...]
    caused_by: tuple[str, ...]
    asserted_by: str | None
    standing: Standing
    evidence: tuple[SpanRow, ...]
    confidence: Number
    optional: Truth = False


class QuoteRow(_Part):
    """Somebody's words."""

    id: str
    session: str | None
    text: str
    speaker: str | None
    speaker_name: str | None
    speaker_role: SpeakerRole
    kind: QuoteKind
    evidence: tuple[SpanRow, ...]
    confidence: Number
    optional: Truth = False


class FindingRow(_Part):
    """What an archivist would query."""

    code: str
    severity: Severity
    message: str
    about: tuple[str, ...]
    evidence: tuple[SpanRow, ...]


class CoverageRow(_Part):
    """How much of the text is report, in code points."""

    characters: Integer
    characters_read: Integer
    skipped: tuple[SkippedRow, ...]


class Row(_Part):
    """One report of the corpus: what the manifest says of it, its text, and its gold record.

    Attributes:
        id: Name of the document.
        era: The decade of the race told, such as ``1950s``.
        words: Number of words of the text, parted by white space.
        note: What a reader of the corpus should know of it.
        mentions: Of the drivers in their order, then of the teams; each one's in the order of the text.
    """

    format: Literal["race-record/1"] = FORMAT
    id: str
    split: Split
    discipline: str
    year: Integer
    era: str
    style: str
    noise: Noise
    author: str
    words: Integer
    note: str | None
    title: str | None
    source: str | None
    sha256: str
    media_type: str
    language: str | None
    published_on: Day | None
    text: str
    event: EventRow
    sessions: tuple[SessionRow, ...]
    drivers: tuple[DriverRow, ...]
    teams: tuple[TeamRow, ...]
    mentions: tuple[MentionRow, ...]
    entries: tuple[EntryRow, ...]
    results: tuple[ResultRow, ...]
    incidents: tuple[IncidentRow, ...]
    quotes: tuple[QuoteRow, ...]
    findings: tuple[FindingRow, ...]
    coverage: CoverageRow

    @model_validator(mode="after")
    def _mentions_somebody(self) -> Row:
        known = {bearer.id for bearer in (*self.drivers, *self.teams)}
        for mention in self.mentions:
            if mention.bearer not in known:
                raise ValueError(f"a mention of {mention.bearer}, who does not exist")
        return self


_OF_DOCUMENT = ("id", "title", "source", "sha256", "media_type", "language", "published_on", "text")
_AS_THEY_ARE = ("event", "sessions", "entries", "incidents", "quotes", "findings", "coverage")
_ABOUT = ("discipline", "year", "era", "style", "noise", "author", "note")


def row_of(split: Split, about: Metadata, record: RaceRecord) -> Row:
    """Return the row of one report.

    Args:
        split: The split that it belongs to.
        about: The head of its report file.
        record: Its gold record, made of plain text: rows have no place for pages and boxes.
    """
    record_columns = record.model_dump(mode="json")
    document = record_columns["document"]
    return Row(
        format=record.format,
        split=split,
        words=len(record.document.text.split()),
        mentions=tuple(_mentions(record_columns)),
        drivers=_without(record_columns["drivers"], "mentions"),
        teams=_without(record_columns["teams"], "mentions"),
        results=tuple(map(_gap_apart, record_columns["results"])),
        **{name: getattr(about, name) for name in _ABOUT},
        **{name: document[name] for name in _OF_DOCUMENT},
        **{name: record_columns[name] for name in _AS_THEY_ARE},
    )


def record_of(row: Row | Mapping[str, Any]) -> RaceRecord:
    """Return the gold record of a row, as it was when the row was made.

    Args:
        row: A row, or a mapping of the same columns, as ``datasets`` and ``json`` give it.

    Raises:
        RecordError: ``bad_row``: a column is missing, unknown or of another type, or the record breaks an
            invariant.
    """
    try:
        columns = (row if isinstance(row, Row) else Row.model_validate(row)).model_dump()
        return RaceRecord.model_validate(
            {
                "format": columns["format"],
                "document": {name: columns[name] for name in _OF_DOCUMENT},
                "drivers": _with_mentions(columns["drivers"], columns["mentions"]),
                "teams": _with_mentions(columns["teams"], columns["mentions"]),
                "results": tuple(map(_gap_together, columns["results"])),
                **{name: columns[name] for name in _AS_THEY_ARE},
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        fault = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise RecordError("bad_row", source=_name(row), fault=fault) from error


def _name(row: object) -> str | None:
    name = row.get("id") if isinstance(row, Mapping) else getattr(row, "id", None)
    return name if isinstance(name, str) else None


def _mentions(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for bearer in (*record["drivers"], *record["teams"]):
        for mention in bearer["mentions"]:
            yield {**mention, "bearer": bearer["id"]}


def _with_mentions(bearers: Any, mentions: Any) -> list[dict[str, Any]]:
    return [
        {**bearer, "mentions": _without([m for m in mentions if m["bearer"] == bearer["id"]], "bearer")}
        for bearer in bearers
    ]


def _without(parts: Any, left_out: str) -> Any:
    return tuple({name: value for name, value in part.items() if name != left_out} for part in parts)


def _gap_apart(result: dict[str, Any]) -> Any:
    gap = result["gap"]
    laps = gap["laps"] if isinstance(gap, dict) else None
    return {
        **{name: value for name, value in result.items() if name != "gap"},
        "gap_time": None if laps else gap,
        "gap_laps": laps,
    }


def _gap_together(result: dict[str, Any]) -> dict[str, Any]:
    values = dict(result)
    time, laps = values.pop("gap_time"), values.pop("gap_laps")
    return {**values, "gap": time if laps is None else {"laps": laps}}
