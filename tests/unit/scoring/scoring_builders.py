"""Small records, built from one line per fact, for scoring tests."""

from __future__ import annotations

from typing import Any

from extractor.record import RaceRecord

TEXT = (
    "Anna Martin (Écurie Bleue) gagne devant Bob Petit et Carl Durand. "
    "« Je suis ravie », disait Anna Martin. « La voiture était parfaite. »"
)


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def person(key: str, name: str, *aliases: str, at: str = "Anna Martin", **more: Any) -> dict[str, Any]:
    return {"id": key, "name": name, "aliases": aliases, "mentions": [span(at)], **more}


def fact(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "evidence": [span("Anna")], "confidence": 1.0, **more}


def result(key: str, position: int | None, *drivers: str, **more: Any) -> dict[str, Any]:
    return fact(key, **{"session": "s1", "kind": "final", "position": position, "drivers": drivers, **more})


def incident(key: str, kind: str, *people: str, **more: Any) -> dict[str, Any]:
    """``people`` are driver ids, or numbers written ``#12``, or words."""
    return fact(key, **{"session": "s1", "type": kind, "participants": [*map(_participant, people)], **more})


def quote(key: str, speaker: str | None, *parts: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "text": " ".join(parts),
        "speaker": speaker,
        "evidence": [span(part) for part in parts],
        "confidence": 1.0,
        **more,
    }


def record(**parts: Any) -> RaceRecord:
    return RaceRecord.model_validate(
        {
            "document": {"id": "test", "sha256": "0", "text": TEXT},
            "sessions": [{"id": "s1", "kind": "race", "label": "Course"}],
            "drivers": [person("d1", "Anna Martin"), person("d2", "Bob Petit"), person("d3", "Carl Durand")],
            "coverage": {"characters": len(TEXT), "characters_read": len(TEXT)},
            **parts,
        }
    )


def _participant(person: str) -> dict[str, Any]:
    if person.startswith("#"):
        return {"number": person[1:], "text": person}
    if person.startswith("d"):
        return {"driver": person, "text": person}
    return {"text": person}
