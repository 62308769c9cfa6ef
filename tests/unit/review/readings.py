"""A report as two people read it, for tests of what is done with two readings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from extractor.record import RaceRecord
from extractor.review.apply import apply
from extractor.review.comparing import Comparison, compare
from extractor.review.decisions import FIRST, SECOND, SETTLED, Change, Decision, Reading
from extractor.review.reviewed import Reviewed
from extractor.review.settling import Settling

TEXT = (
    "TROPHÉE DES VOLCANS À CHARADE\n\n"
    "Robert Chastenet enlève la course devant Paul Ravier. Chastenct avait mené dès le départ.\n"
    "Fargeat, lui, part en tête-à-queue au troisième tour et rentre aux stands.\n"
    "« La voiture était parfaite », confiait Chastenet.\n"
)
_NUMBERS = count(1)


def span(words: str, nth: int = 0, text: str = TEXT) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def name(words: str, nth: int = 0, text: str = TEXT) -> dict[str, Any]:
    return {**span(words, nth, text), "form": "name"}


def driver(
    identifier: str, full: str, *mentions: dict[str, Any], aliases: Sequence[str] = ()
) -> dict[str, Any]:
    return {"id": identifier, "name": full, "aliases": list(aliases), "mentions": list(mentions)}


def result(identifier: str, position: int, *drivers: str, words: str = "enlève la course") -> dict[str, Any]:
    return {
        "id": identifier,
        "session": "s1",
        "kind": "final",
        "position": position,
        "drivers": list(drivers),
        "evidence": [span(words)],
        "confidence": 0.6,
    }


def incident(identifier: str, kind: str, who: str, words: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "session": "s1",
        "type": kind,
        "participants": [{"driver": who, "text": "Fargeat"}],
        "evidence": [span(words)],
        "confidence": 0.5,
        **more,
    }


def extracted() -> RaceRecord:
    """What the extractor made of the text: Chastenet in two spellings is two people, and so on."""
    return RaceRecord.model_validate(
        {
            "document": {"id": "charade", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "text": TEXT},
            "event": {"name": "TROPHÉE DES VOLCANS", "evidence": [span("TROPHÉE DES VOLCANS")]},
            "sessions": [
                {"id": "s1", "kind": "race", "status": "completed", "evidence": [span("la course")]}
            ],
            "drivers": [
                driver(
                    "d1",
                    "Robert Chastenet",
                    name("Robert Chastenet"),
                    name("Chastenet", 1),
                    aliases=["Chastenet"],
                ),
                driver("d2", "Paul Ravier", name("Paul Ravier")),
                driver("d3", "Chastenct", name("Chastenct")),
                driver("d4", "Fargeat", name("Fargeat")),
            ],
            "results": [
                result("r1", 1, "d1"),
                result("r2", 2, "d2", words="devant Paul Ravier"),
                {**result("r3", 1, "d3", words="avait mené dès le départ"), "kind": "running"},
            ],
            "incidents": [incident("i1", "spin", "d4", "part en tête-à-queue", lap=3)],
            "quotes": [
                {
                    "id": "q1",
                    "text": "La voiture était parfaite",
                    "speaker": "d1",
                    "speaker_role": "driver",
                    "evidence": [span("La voiture était parfaite")],
                    "confidence": 0.9,
                }
            ],
            "coverage": {"characters": len(TEXT), "characters_read": len(TEXT)},
        }
    )


def decide(change: Change, reading: Reading = FIRST, reviewer: str = "Odile") -> Decision:
    number = next(_NUMBERS)
    return Decision(
        id=f"x{number}",
        document="charade",
        reading=reading,
        reviewer=reviewer,
        at=datetime(2026, 11, 23, 9, number // 60 % 60, number % 60, tzinfo=UTC),
        change=change,
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    )


class Double:
    """A document with its readings, kept as the store keeps it."""

    def __init__(self, first: Sequence[Change] = (), second: Sequence[Change] = ()) -> None:
        self.record = extracted()
        self.logs = {
            FIRST: [decide(change) for change in first],
            SECOND: [decide(change, SECOND, "Basile") for change in second],
            SETTLED: [],
        }

    def reviewed(self, reading: Reading) -> Reviewed:
        before = self.logs[FIRST] if reading == SETTLED else []
        return apply(self.record, [*before, *self.logs[reading]])

    def compared(self) -> Comparison:
        return compare(self.reviewed(FIRST), self.reviewed(SECOND))

    def settling(self, reviewer: str = "Claire") -> Settling:
        return Settling(
            "charade",
            self.compared(),
            self.reviewed(SETTLED),
            self.logs[FIRST],
            self.logs[SETTLED],
            reviewer=reviewer,
            text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        )

    def settle(self, part: str, pick: Any, **fields: Any) -> Reviewed:
        """Settle the first open item of a part, save it, and return the settled record."""
        settling = self.settling()
        item = next(one for one in settling.open if one.part == part)
        made = settling.edit(item, fields) if pick == "edit" else settling.pick(item, pick)
        self.logs[SETTLED] += made
        after = self.reviewed(SETTLED)
        assert not after.stranded
        return after
