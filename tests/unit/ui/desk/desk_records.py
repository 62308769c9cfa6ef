"""A short report for the tests of the document page."""

from __future__ import annotations

from typing import Any

from extractor.record import RaceRecord

TEXT = "À Val-de-Brume, Zoé Ferrand gagne devant Paul Ostermann 🏁."


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def record() -> RaceRecord:
    return RaceRecord.model_validate(
        {
            "document": {
                "id": "brume", "sha256": "0" * 64, "text": TEXT,
                "pages": [{"page": 1, "start": 0, "end": len(TEXT), "width": 100, "height": 200, "unit": "px"}],
            },
            "sessions": [{"id": "s1", "kind": "race"}],
            "drivers": [
                {"id": "d1", "name": "Zoé Ferrand", "mentions": [span("Zoé Ferrand")]},
                {"id": "d2", "name": "Paul Ostermann", "mentions": [span("Paul Ostermann")]},
            ],
            "results": [
                {"id": "r1", "session": "s1", "kind": "final", "position": 1, "drivers": ["d1"], "confidence": 0.9, "evidence": [span("gagne")]},
                {"id": "r2", "session": "s1", "kind": "final", "position": 2, "drivers": ["d2"], "confidence": 0.4, "evidence": [span("devant")]},
            ],
            "coverage": {"characters": len(TEXT), "characters_read": len(TEXT)},
        }
    )  # fmt: skip
