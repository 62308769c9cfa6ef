"""From a draft to a gold record: keys become identifiers, ranges become spans."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from extractor.corpus.draft import Draft, IncidentFact, Participant
from extractor.corpus.markup import Mark, Range
from extractor.corpus.problems import MarkupError
from extractor.record import RaceRecord

_BROKEN_WORD = re.compile(r"(\w)[-‐¬]\n\s*(\w)")


def surface(text: str) -> str:
    """Return a name as it would stand on one line."""
    return " ".join(_BROKEN_WORD.sub(r"\1\2", text).split())


def compile_draft(draft: Draft, name: str, *, published_on: str | None = None) -> RaceRecord:
    """Make the gold record of a draft.

    Args:
        draft: What the report file says.
        name: Identifier of the document.
        published_on: Date of publication, ISO 8601.

    Raises:
        MarkupError: A fact refers to something that is not there, or the record breaks an invariant.
    """
    try:
        return _Compiler(draft).record(name, published_on)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise MarkupError("breaks_invariant", reason=f"{where}: {first['msg']}") from error


class _Compiler:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.text = draft, draft.marked.text
        self.ids: dict[str, dict[str, str]] = {}
        self._number("d", draft.roles)
        self._number("t", draft.teams)
        self._number("s", (fact.key for fact in draft.sessions))
        self._number("i", (fact.key or f"#{n}" for n, fact in enumerate(draft.incidents)))
        self._number("q", (fact.key or f"#{n}" for n, fact in enumerate(draft.quotes)))

    def _number(self, letter: str, keys: Iterable[str]) -> None:
        known = self.ids.setdefault(letter, {})
        for number, key in enumerate(keys, 1):
            if key in known:
                raise MarkupError("key_twice", key=key)
            known[key] = f"{letter}{number}"

    def _id(self, letter: str, key: str, line: int) -> str:
        if key not in self.ids[letter]:
            raise MarkupError("no_such_key", line, key=key)
        return self.ids[letter][key]

    def _spans(self, ranges: Iterable[Range]) -> list[dict[str, Any]]:
        return [{"start": start, "end": end, "text": self.text[start:end]} for start, end in ranges]

    def record(self, name: str, published_on: str | None) -> RaceRecord:
        draft = self.draft
        event = draft.events[0] if draft.events else None
        return RaceRecord.model_validate(
            {
                "document": {
                    "id": name,
                    "source": f"{name}.txt",
                    "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
                    "title": next((line.strip() for line in self.text.split("\n") if line.strip()), None),
                    "language": "fr",
                    "published_on": published_on,
                    "text": self.text,
                },
                "event": {**event.values, "evidence": self._spans(event.evidence)} if event else {},
                "sessions": [
                    {
                        "id": self.ids["s"][fact.key],
                        "kind": fact.kind,
                        "label": fact.label,
                        "evidence": self._spans(fact.evidence),
                        **fact.values,
                    }
                    for fact in draft.sessions
                ],
                "drivers": [self._bearer("d", key, role=role) for key, role in draft.roles.items()],
                "teams": [self._bearer("t", key) for key in draft.teams],
                "entries": list(self._entries()),
                "results": list(self._results()),
                "incidents": [self._incident(n, fact) for n, fact in enumerate(draft.incidents)],
                "quotes": list(self._quotes()),
                "findings": list(self._findings()),
                "coverage": {
                    "characters": len(self.text),
                    "characters_read": len(self.text),
                    "skipped": [
                        {**span, "reason": fact.reason}
                        for fact in draft.skipped
                        for span in self._spans(fact.evidence)
                    ],
                },
            }
        )

    def _bearer(self, letter: str, key: str, **more: Any) -> dict[str, Any]:
        marks = self.draft.marked.of(key)
        if not marks:
            raise MarkupError("key_not_marked", key=key)
        names = _names(self.text, marks)
        if not names:
            raise MarkupError("never_named", key=key)
        chosen = self.draft.names.get(key) or max(names, key=fullness)
        made = {
            "id": self.ids[letter][key],
            "name": chosen,
            "aliases": [name for name in names if name != chosen],
            "mentions": [
                {"start": m.start, "end": m.end, "text": self.text[m.start : m.end], "form": m.form}
                for m in marks
            ],
            **more,
        }
        if key in self.draft.optional:
            made["optional"] = True
        return made

    def _entries(self) -> Iterable[dict[str, Any]]:
        for number, fact in enumerate(self.draft.entries, 1):
            values = _kept(fact.values)
            session = values.pop("session", None)
            yield {
                "id": f"e{number}",
                "session": self._id("s", session, fact.line) if session else None,
                "drivers": [self._id("d", key, fact.line) for key in fact.drivers],
                "team": self._id("t", fact.team, fact.line) if fact.team else None,
                "evidence": self._spans(fact.evidence),
                "confidence": 1.0,
                **values,
            }

    def _results(self) -> Iterable[dict[str, Any]]:
        for number, fact in enumerate(self.draft.results, 1):
            yield {
                "id": f"r{number}",
                "session": self._id("s", fact.session, fact.line),
                "kind": fact.kind,
                "scope": fact.scope,
                "position": fact.place if isinstance(fact.place, int) else None,
                "status": fact.place if isinstance(fact.place, str) else "classified",
                "drivers": [self._id("d", key, fact.line) for key in fact.drivers],
                "evidence": self._spans(fact.evidence),
                "confidence": 1.0,
                **_kept(fact.values),
            }

    def _incident(self, number: int, fact: IncidentFact) -> dict[str, Any]:
        return {
            "id": self.ids["i"][fact.key or f"#{number}"],
            "session": self._id("s", fact.session, fact.line),
            "type": fact.type,
            "participants": [self._participant(one, fact.line) for one in fact.participants],
            "when": self._said(fact.when),
            "where": self._said(fact.where),
            "caused_by": [self._id("i", key, fact.line) for key in fact.caused_by],
            "asserted_by": self._id("q", fact.asserted_by, fact.line) if fact.asserted_by else None,
            "evidence": self._spans(fact.evidence),
            "confidence": 1.0,
            **_kept(fact.values),
        }

    def _participant(self, one: Participant, line: int) -> dict[str, Any]:
        said = self._said(one.at)
        if said is None:
            if one.driver not in self.draft.roles:
                raise MarkupError("no_such_key", line, key=one.driver)
            said = max(_names(self.text, self.draft.marked.of(one.driver)), key=fullness)
        return {
            "driver": self._id("d", one.driver, line) if one.driver else None,
            "number": one.number,
            "text": said,
            "role": one.role,
        }

    def _said(self, at: Range | None) -> str | None:
        return surface(self.text[at[0] : at[1]]) if at else None

    def _quotes(self) -> Iterable[dict[str, Any]]:
        for number, fact in enumerate(self.draft.quotes):
            spans = self._spans(fact.evidence)
            yield {
                "id": self.ids["q"][fact.key or f"#{number}"],
                "session": self._id("s", fact.session, fact.line) if fact.session else None,
                "text": " ".join(span["text"] for span in spans),
                "speaker": self._id("d", fact.speaker, fact.line) if fact.speaker else None,
                "evidence": spans,
                "confidence": 1.0,
                **_kept(fact.values),
            }

    def _findings(self) -> Iterable[dict[str, Any]]:
        for fact in self.draft.findings:
            yield {
                "code": fact.code,
                "severity": fact.severity,
                "message": fact.message,
                "about": [
                    next((ids[key] for ids in self.ids.values() if key in ids), key) for key in fact.about
                ],
                "evidence": self._spans(fact.evidence),
            }


def fullness(name: str) -> tuple[int, int, bool]:
    """Return what makes one form of a name fuller: words written out, length, not in capitals."""
    words = name.split()
    return sum(not word.endswith(".") for word in words), len(name), not name.isupper()


def _names(text: str, marks: Iterable[Mark]) -> list[str]:
    found = (surface(text[mark.start : mark.end]) for mark in marks if mark.form == "name")
    return list(dict.fromkeys(found))


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is the record's default."""
    return {key: value for key, value in values.items() if value not in (None, False)}
