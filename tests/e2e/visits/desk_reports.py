"""A report with what reviewers meet every day: two spellings, a letter read wrong, an incident that was missed."""

from __future__ import annotations

import hashlib
from typing import Any

from extractor.record import RaceRecord

TEXT = """Coupe des Landes : Anna Marchal s'impose à Biscarrosse

Course 1 : Anna Marchal gagne devant Paul Obry et Zoé Larnbert, 3e.
Marc Tessier, sorti au 4e tour, abandonne. Paul Obri écope d'une pénalité.
Dans le dernier tour, Zoé Duval part en tête-à-queue et repart.

Anna Marchal : « Une course parfaite, je remercie toute l'équipe. »
"""


def span(said: str, nth: int = 0, **more: object) -> dict[str, Any]:
    """Return the place where the text says something for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(said, start + 1)
    return {"start": start, "end": start + len(said), "text": said, **more}


def _driver(id_: str, name: str, times: int = 1) -> dict[str, Any]:
    return {"id": id_, "name": name, "mentions": [span(name, nth, form="name") for nth in range(times)]}


def _place(id_: str, driver: str, said: str, confidence: float, **more: object) -> dict[str, Any]:
    shared = {"session": "s1", "kind": "final", "drivers": [driver], "evidence": [span(said)]}
    return {"id": id_, "confidence": confidence, **shared, **more}


def landes() -> RaceRecord:
    """Return the record as an extractor may have made it."""
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    return RaceRecord.model_validate(
        {
            "document": {"id": "landes", "sha256": sha256, "title": "Coupe des Landes", "language": "fr", "text": TEXT},
            "event": {"name": "Coupe des Landes", "season": 1964, "evidence": [span("Coupe des Landes")]},
            "sessions": [{"id": "s1", "kind": "race", "label": "Course 1", "evidence": [span("Course 1")]}],
            "drivers": [
                _driver("d1", "Anna Marchal", 3),
                _driver("d2", "Paul Obry"),
                _driver("d3", "Zoé Larnbert"),
                _driver("d4", "Marc Tessier"),
                _driver("d5", "Paul Obri"),
                _driver("d6", "Zoé Duval"),
            ],
            "results": [
                _place("r1", "d1", "Anna Marchal gagne", 0.98, position=1),
                _place("r2", "d2", "devant Paul Obry", 0.9, position=2),
                _place("r3", "d3", "Zoé Larnbert, 3e", 0.6, position=3),
                _place("r4", "d4", "abandonne", 0.85, status="dnf"),
            ],
            "incidents": [
                {
                    "id": "i1", "session": "s1", "type": "penalty", "confidence": 0.7,
                    "participants": [{"driver": "d5", "text": "Paul Obri"}], "evidence": [span("écope d'une pénalité")],
                },
            ],
            "quotes": [
                {
                    "id": "q1", "session": "s1", "speaker": "d1", "confidence": 0.95,
                    "text": "Une course parfaite, je remercie toute l'équipe.",
                    "evidence": [span("Une course parfaite, je remercie toute l'équipe.")],
                },
            ],
            "coverage": {"characters": len(TEXT), "characters_read": len(TEXT)},
        }
    )  # fmt: skip
