"""A short report, its record, and decisions on it. People and teams are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from extractor.record import (
    Coverage,
    Document,
    Driver,
    Entry,
    Event,
    Incident,
    Mention,
    Participant,
    Quote,
    RaceRecord,
    Result,
    Session,
    Span,
    Team,
)
from extractor.review.apply import text_sha256
from extractor.review.decisions import Change, Decision, Replaced

TEXT = (
    "Course 1 : Paul Marchal (Écurie Vauban) gagne devant Yves Lorrain. "
    "P. Marshal avait signé la pole. Yves Lorrain part en tête-à-queue au 3e tour. "
    "« Je n'ai rien vu venir », dit Yves Lorrain. "
    "Course 2 : Luc Tessier abandonne, moteur cassé. Écurie Vauban jubile."
)
_serial = count(1)
_START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def at(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """Return the nth place of some words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start=start, end=start + len(words), text=words)


def named(words: str, nth: int = 0) -> Mention:
    """Return a mention by name."""
    return Mention(**at(words, nth).model_dump())


def record() -> RaceRecord:
    """Return the report's record, with one driver in two spellings (d1, d4)."""
    return RaceRecord(
        document=Document(
            id="vauban", sha256=hashlib.sha256(b"a file").hexdigest(), text=TEXT, title="Vauban gagne"
        ),
        event=Event(),
        sessions=(
            Session(id="s1", kind="race", label="Course 1", number=1, evidence=(at("Course 1"),)),
            Session(id="s2", kind="race", label="Course 2", number=2, evidence=(at("Course 2"),)),
        ),
        drivers=(
            Driver(id="d1", name="Paul Marchal", mentions=(named("Paul Marchal"),)),
            Driver(id="d2", name="Yves Lorrain", mentions=tuple(named("Yves Lorrain", n) for n in range(3))),
            Driver(id="d3", name="Luc Tessier", mentions=(named("Luc Tessier"),)),
            Driver(id="d4", name="P. Marshal", mentions=(named("P. Marshal"),)),
        ),
        teams=(
            Team(id="t1", name="Écurie Vauban", mentions=(named("Écurie Vauban"), named("Écurie Vauban", 1))),
        ),
        entries=(
            Entry(
                id="e1",
                evidence=(at("Paul Marchal (Écurie Vauban)"),),
                confidence=0.9,
                drivers=("d1",),
                team="t1",
            ),
        ),
        results=(
            final("r1", 1, "d1", "Paul Marchal", entry="e1"),
            final("r2", 2, "d2", "Yves Lorrain"),
            Result(
                id="r3",
                session="s1",
                kind="grid",
                position=1,
                drivers=("d4",),
                evidence=(at("P. Marshal"),),
                confidence=0.6,
            ),
            Result(
                id="r4",
                session="s2",
                kind="final",
                status="dnf",
                drivers=("d3",),
                evidence=(at("abandonne"),),
                confidence=0.8,
            ),
        ),
        incidents=(
            Incident(
                id="i1",
                session="s1",
                type="spin",
                lap=3,
                participants=(Participant(driver="d2", text="Yves Lorrain"),),
                evidence=(at("tête-à-queue"),),
                confidence=0.7,
                asserted_by="q1",
            ),
            Incident(
                id="i2",
                session="s2",
                type="mechanical",
                participants=(Participant(driver="d3", text="Luc Tessier"),),
                evidence=(at("moteur cassé"),),
                confidence=0.8,
                consequences=("retirement",),
            ),
        ),
        quotes=(
            Quote(
                id="q1",
                session="s1",
                text="Je n'ai rien vu venir",
                speaker="d2",
                speaker_role="driver",
                evidence=(at("Je n'ai rien vu venir"),),
                confidence=0.9,
            ),
        ),
        coverage=Coverage(characters=len(TEXT), characters_read=len(TEXT)),
    )


def final(identifier: str, position: int, driver: str, words: str, **fields: Any) -> Result:
    """Return a place in the first race."""
    return Result(
        id=identifier,
        session="s1",
        kind="final",
        position=position,
        drivers=(driver,),
        evidence=(at(words),),
        confidence=0.9,
        **fields,
    )


def decided(
    change: Change, *, of: RaceRecord | None = None, by: str = "Ana", identifier: str | None = None
) -> Decision:
    """Return a decision on the report, each a second after the other."""
    number = next(_serial)
    return Decision(
        id=identifier or f"c{number}",
        document="vauban",
        reviewer=by,
        at=_START + timedelta(seconds=number),
        change=change,
        text_sha256=text_sha256(of or record()),
    )


def log(*changes: Change) -> list[Decision]:
    """Return decisions on the report."""
    return [decided(change) for change in changes]


def fields(**new: Any) -> dict[str, Replaced]:
    """Return fields of an edit."""
    return {name: Replaced(old=None, new=value) for name, value in new.items()}


def ids(things: Iterable[Any]) -> list[str]:
    """Return the ids of things."""
    return [thing.id for thing in things]
