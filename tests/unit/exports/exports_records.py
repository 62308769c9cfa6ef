"""A small record of every kind of fact, and the same with hostile words in every place that takes words."""

from __future__ import annotations

from typing import Any

from extractor.record import RaceRecord

TEXT = (
    "Course 1 : Anna Martin (Écurie Bleue) gagne en 25'12\"345 devant Bob Petit et Carl Durand.\r\n\r\n"
    "Carl Durand part en tête-à-queue au 3e tour et abandonne.\n"
    "« Je suis ravie », disait Anna Martin. « La voiture était parfaite. »\n"
)
HOSTILE = (
    "</script><img src=x onerror=alert(1)>", "\"'><svg onload=alert(1)>", "<!--", "&lt;b&gt;", "\u202egnp.exe", "\u2066x",
    "\x1b[31mrouge\x1b[0m", "\x1b]0;titre\x07", "\x9b2J", "a\x00b", "javascript:alert(1)", "{n} {0}", "]]>", "ligne\u2028deux",
)  # fmt: skip


def span(words: str, text: str = TEXT, after: int = 0) -> dict[str, Any]:
    start = text.index(words, after)
    return {"start": start, "end": start + len(words), "text": words}


def sample(text: str = TEXT, **parts: Any) -> RaceRecord:
    fields: dict[str, Any] = {
        "document": {"id": "nogaro", "source": "nogaro.txt", "sha256": "ab" * 32, "title": "Nogaro", "text": text},
        "event": {"series": "Coupe", "season": 2021, "round": 3, "starts_on": "2021-05-01", "evidence": [span("Course")]},
        "sessions": [
            {"id": "s1", "kind": "race", "label": "course 1", "number": 1, "status": "completed", "evidence": [span("Course 1")]},
            {"id": "s2", "kind": "race", "number": 2, "status": "upcoming"},
        ],
        "drivers": [
            {"id": f"d{n}", "name": name, "mentions": [span(name)]}
            for n, name in enumerate(("Anna Martin", "Bob Petit", "Carl Durand"), 1)
        ],
        "teams": [{"id": "t1", "name": "Écurie Bleue", "aliases": ["Bleue"], "mentions": [span("Écurie Bleue")]}],
        "entries": [
            {"id": "e1", "drivers": ["d1"], "team": "t1", "number": "7", "car": "Ligier", "classes": ["Junior"],
             "evidence": [span("Anna Martin (Écurie Bleue)")], "confidence": 0.9},
        ],
        "results": [
            {"id": "r1", "session": "s1", "kind": "final", "position": 1, "drivers": ["d1"], "time": "PT25M12.345S",
             "evidence": [span("Anna Martin (Écurie Bleue) gagne")], "confidence": 0.87},
            {"id": "r2", "session": "s1", "kind": "final", "position": 2, "drivers": ["d2"], "gap": "PT1.5S",
             "standing": "inferred", "evidence": [span("devant Bob Petit")], "confidence": 0.5},
            {"id": "r3", "session": "s1", "kind": "final", "status": "dnf", "drivers": ["d3"],
             "evidence": [span("abandonne")], "confidence": 1.0},
            {"id": "r4", "session": "s1", "kind": "final", "scope": "Junior", "position": 1, "drivers": ["d1"],
             "gap": {"laps": 1}, "points": 25.5, "evidence": [span("gagne")], "confidence": 0.0},
        ],
        "incidents": [
            {"id": "i1", "session": "s1", "type": "spin", "lap": 3, "where": "chicane", "consequences": ["retirement"],
             "participants": [{"driver": "d3", "text": "Carl Durand", "role": "at_fault"}],
             "evidence": [span("part en tête-à-queue au 3e tour")], "confidence": 0.7},
            {"id": "i2", "session": "s1", "type": "retirement", "caused_by": ["i1"], "asserted_by": "q1",
             "participants": [{"number": "12", "text": "la #12"}], "evidence": [span("abandonne")], "confidence": 0.6},
        ],
        "quotes": [
            {"id": "q1", "text": "Je suis ravie La voiture était parfaite.", "speaker": "d1", "confidence": 0.8,
             "evidence": [span("Je suis ravie"), span("La voiture était parfaite.")]},
            {"id": "q2", "text": "ravie", "confidence": 0.1, "kind": "indirect", "evidence": [span("ravie")]},
        ],
        "findings": [
            {"code": "x", "severity": "warning", "message": "À voir", "about": ["d1", "r2", "i1", "q1", "e1", "s1", "t1"],
             "evidence": [span("Bob Petit et Carl Durand")]},
        ],
        "coverage": {"characters": len(text), "characters_read": len(text) - 1,
                     "skipped": [{**span("parfaite"), "reason": "essai"}]},
        **parts,
    }  # fmt: skip
    return RaceRecord.model_validate(fields)


def hostile(words: str) -> RaceRecord:
    """Return a record that says ``words`` wherever it can."""
    text = TEXT + words + " fin"
    evidence = [span(words, text)]
    return sample(
        text,
        document={"id": words, "source": words, "sha256": words, "title": words, "language": words, "text": text},
        event={"name": words, "series": words, "venue": words, "evidence": evidence},
        sessions=[{"id": words, "kind": "race", "label": words, "scheduled": words, "evidence": evidence}],
        drivers=[{"id": words + "d", "name": words, "aliases": [words], "mentions": evidence}],
        teams=[{"id": words + "t", "name": words, "aliases": [words], "mentions": evidence}],
        entries=[
            {"id": words + "e", "drivers": [words + "d"], "team": words + "t", "number": words, "car": words,
             "classes": [words], "evidence": evidence, "confidence": 1.0},
        ],
        results=[
            {"id": words + "r", "session": words, "kind": "final", "scope": words, "position": 1,
             "drivers": [words + "d"], "evidence": evidence, "confidence": 1.0},
        ],
        incidents=[
            {"id": words + "i", "session": words, "type": "other", "when": words, "where": words,
             "participants": [{"text": words}, {"driver": words + "d", "text": words}],
             "caused_by": [words + "i"], "evidence": evidence, "confidence": 1.0},
        ],
        quotes=[{"id": words + "q", "text": words, "speaker_name": words, "evidence": evidence, "confidence": 1.0}],
        findings=[{"code": words, "severity": "error", "message": words, "about": [words], "evidence": evidence}],
        coverage={"characters": len(text), "characters_read": 0},
    )  # fmt: skip
