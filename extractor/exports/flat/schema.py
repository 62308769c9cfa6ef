"""The tables that records are laid flat into, and their columns.

Every table begins with ``document``, the number of the record in this export: two documents may have one id,
and a million numbers take no memory. ``start_char`` and ``end_char`` are half-open offsets in Unicode code
points into ``documents.text``.

Nothing of a record is lost: the tests put it together again from the tables of every format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

#: ``texts`` is a list of texts, ``ids`` one of ids of ``refers``; ``spans``, ``mentions``, ``people`` and
#: ``boxes`` are lists of structures.
Kind = Literal["text", "int", "float", "bool", "date", "texts", "ids", "boxes", "spans", "mentions", "people"]

NESTED: tuple[Kind, ...] = ("spans", "mentions", "people")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: No word of SQL.
        kind: Of the values; any may be null unless ``required``.
        required: Is never null.
        refers: Table that the values are keys of, together with ``document``; ``facts`` stands for any of
            those whose rows have an id.
        derived: Says again, for a reader's comfort, what stands elsewhere. Where that is looked up easily, in
            SQLite, it is left out.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    refers: str = ""
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: In the plural.
        columns: All of them.
        key: Columns that together are never twice the same.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def flat(self) -> tuple[Column, ...]:
        """Return the columns whose values are no structures with rows of their own elsewhere."""
        return tuple(one for one in self.columns if one.kind not in NESTED)


_DOCUMENT = (Column("document", "int", True, "documents"), Column("document_id", derived=True))
_SPAN = (
    Column("start_char", "int", True),
    Column("end_char", "int", True),
    Column("text", required=True),
    Column("page", "int"),
    Column("boxes", "boxes"),
)
_SURE = (Column("confidence", "float", True), Column("optional", "bool", True))
_EVIDENCE = Column("evidence", "spans", derived=True)


def _required(name: str, refers: str = "") -> Column:
    return Column(name, required=True, refers=refers)


DOCUMENTS = Table(
    "documents",
    (
        Column("document", "int", True),
        _required("document_id"),
        Column("source"),
        _required("sha256"),
        _required("media_type"),
        Column("title"),
        Column("language"),
        Column("published_on", "date"),
        Column("event_name"),
        Column("event_series"),
        Column("event_season", "int"),
        Column("event_round", "int"),
        Column("event_venue"),
        Column("event_starts_on", "date"),
        Column("event_ends_on", "date"),
        Column("ocr_engine"),
        Column("ocr_version"),
        Column("ocr_language"),
        Column("ocr_preparation", "texts"),
        Column("characters", "int", True),
        Column("characters_read", "int", True),
        _required("text"),
    ),
    ("document",),
)
TOLD = Table(
    "told",
    (
        *_DOCUMENT,
        Column("told", "int", True),
        _required("field"),
        _required("value"),
        Column("origin"),
        _required("standing"),
        _EVIDENCE,
    ),
    ("document", "told"),
)
PAGES = Table(
    "pages",
    (
        *_DOCUMENT,
        Column("n", "int", True),
        Column("page", "int", True),
        Column("start_char", "int", True),
        Column("end_char", "int", True),
        Column("width", "float", True),
        Column("height", "float", True),
        _required("unit"),
        Column("image"),
    ),
    ("document", "n"),
)
SESSIONS = Table(
    "sessions",
    (
        *_DOCUMENT,
        _required("session"),
        _required("kind"),
        Column("label"),
        Column("number", "int"),
        Column("scheduled"),
        _required("status"),
        _EVIDENCE,
    ),
    ("document", "session"),
)
DRIVERS = Table(
    "drivers",
    (
        *_DOCUMENT,
        _required("driver"),
        _required("name"),
        Column("aliases", "texts"),
        _required("role"),
        Column("optional", "bool", True),
        Column("mentions", "mentions", derived=True),
    ),
    ("document", "driver"),
)
TEAMS = Table(
    "teams",
    (
        *_DOCUMENT,
        _required("team"),
        _required("name"),
        Column("aliases", "texts"),
        Column("optional", "bool", True),
        Column("mentions", "mentions", derived=True),
    ),
    ("document", "team"),
)
ENTRIES = Table(
    "entries",
    (
        *_DOCUMENT,
        _required("entry"),
        Column("session", refers="sessions"),
        Column("drivers", "ids", refers="drivers"),
        Column("driver_names", derived=True),
        Column("team", refers="teams"),
        Column("team_name", derived=True),
        Column("number"),
        Column("car"),
        Column("classes", "texts"),
        *_SURE,
        _EVIDENCE,
    ),
    ("document", "entry"),
)
RESULTS = Table(
    "results",
    (
        *_DOCUMENT,
        _required("result"),
        _required("session", "sessions"),
        Column("session_label", derived=True),
        _required("kind"),
        _required("scope"),
        Column("scope_aliases", "texts"),
        Column("position", "int"),
        _required("status"),
        Column("drivers", "ids", refers="drivers"),
        Column("driver_names", derived=True),
        Column("team_name", derived=True),
        Column("number", derived=True),
        Column("entry", refers="entries"),
        Column("time"),
        Column("time_seconds", "float", derived=True),
        Column("gap"),
        Column("gap_seconds", "float", derived=True),
        Column("gap_laps", "int"),
        Column("laps", "int"),
        Column("points", "float"),
        _required("standing"),
        *_SURE,
        _EVIDENCE,
    ),
    ("document", "result"),
)
INCIDENTS = Table(
    "incidents",
    (
        *_DOCUMENT,
        _required("incident"),
        _required("session", "sessions"),
        Column("session_label", derived=True),
        _required("type"),
        Column("participant_names", derived=True),
        Column("lap", "int"),
        Column("when_told"),
        Column("where_told"),
        Column("consequences", "texts"),
        Column("caused_by", "ids", refers="incidents"),
        Column("asserted_by", refers="quotes"),
        _required("standing"),
        *_SURE,
        Column("participants", "people", derived=True),
        _EVIDENCE,
    ),
    ("document", "incident"),
)
PARTICIPANTS = Table(
    "participants",
    (
        *_DOCUMENT,
        _required("incident", "incidents"),
        Column("n", "int", True),
        Column("driver", refers="drivers"),
        Column("driver_name", derived=True),
        Column("number"),
        _required("text"),
        _required("role"),
    ),
    ("document", "incident", "n"),
)
QUOTES = Table(
    "quotes",
    (
        *_DOCUMENT,
        _required("quote"),
        Column("session", refers="sessions"),
        _required("text"),
        Column("said_by", derived=True),
        Column("speaker", refers="drivers"),
        Column("speaker_name"),
        _required("speaker_role"),
        _required("kind"),
        *_SURE,
        _EVIDENCE,
    ),
    ("document", "quote"),
)
FINDINGS = Table(
    "findings",
    (
        *_DOCUMENT,
        Column("finding", "int", True),
        _required("code"),
        _required("severity"),
        _required("message"),
        Column("about", "ids", refers="facts"),
        _EVIDENCE,
    ),
    ("document", "finding"),
)
MENTIONS = Table(
    "mentions",
    (
        *_DOCUMENT,
        _required("bearer", "facts"),
        _required("bearer_kind"),
        Column("bearer_name", derived=True),
        Column("n", "int", True),
        _required("form"),
        *_SPAN,
    ),
    ("document", "bearer", "n"),
)
EVIDENCE = Table(
    "evidence",
    (
        *_DOCUMENT,
        _required("evidence_of"),
        Column("id", refers="facts"),
        Column("finding", "int", refers="findings"),
        Column("told", "int", refers="told"),
        Column("n", "int", True),
        *_SPAN,
    ),
    ("document", "evidence_of", "id", "finding", "told", "n"),
)
SKIPPED = Table(
    "skipped",
    (*_DOCUMENT, Column("n", "int", True), _required("reason"), *_SPAN),
    ("document", "n"),
)
UNREAD = Table(
    "unread",
    (*_DOCUMENT, Column("n", "int", True), _required("reason"), Column("page", "int"), Column("part")),
    ("document", "n"),
)

#: In the order in which each refers to earlier ones alone, but for incidents and those who tell of them.
TABLES = (
    DOCUMENTS, TOLD, PAGES, SESSIONS, DRIVERS, TEAMS, ENTRIES, RESULTS, QUOTES, INCIDENTS, PARTICIPANTS,
    FINDINGS, MENTIONS, EVIDENCE, SKIPPED, UNREAD,
)  # fmt: skip


def columns(*, nested: bool) -> Iterator[tuple[Table, tuple[Column, ...]]]:
    """Yield every table with its columns, with or without structures."""
    for table in TABLES:
        yield table, table.columns if nested else table.flat()
