"""Records of any kind, for what is true of all of them: every field that takes words takes any words."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from extractor.record import (
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

#: What breaks tables, pages, terminals and parsers.
AWKWARD = (
    "", " ", "=1+1", "=cmd|' /C calc'!A0", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''", "＝1",
    "\x00", "a\x00b", "\r\n", "\r", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u200f", "\u202egnp.exe", "\ufeff",
    "\ufffe", "\uffff", "e\u0301", "é", "🏁", "👨‍👩‍👧", "𝔄", "_x0041_", "<r><t>x</t></r>", "<r>&</r>", "]]>", "<!--", "&amp;",
    '"', '","', "|", "a|b", "`", "```", "*gras*", "[x](javascript:alert(1))", "<script>alert(1)</script>", "# titre",
    "NULL", "null", "NaN", "true", "1e5", "007", "2021-05-01", "[]", '["a"]', "\\N", "\\", "\\|", "{n}", "%s",
)  # fmt: skip
ANYTHING = st.characters(exclude_categories=["Cs"])
words = st.one_of(st.sampled_from(AWKWARD), st.text(ANYTHING, max_size=12))
texts = st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(ANYTHING, max_size=30)), max_size=8).map("".join)
perhaps = st.one_of(st.none(), words)
several = st.lists(words, max_size=3)
small = st.integers(0, 2000)
any_integer = st.one_of(small, st.integers(-(2**63), 2**63 - 1))
finite = st.floats(allow_nan=False, allow_infinity=False)
certainty = st.floats(0.0, 1.0)
durations = st.sampled_from(["PT25M12.345S", "PT1H", "PT0.5S", "PT1H2M3S", "PT59M", "PT12.34S"])
days = st.dates(date(1, 1, 1))


def one_of(literal: Any) -> st.SearchStrategy[str]:
    """Return the values of an enumeration of the record."""
    return st.sampled_from(get_args(literal))


@st.composite
def spans(draw: st.DrawFn, text: str) -> dict[str, Any]:
    """Return a span of a text that is not empty."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, min(len(text), start + 20)))
    span: dict[str, Any] = {"start": start, "end": end, "text": text[start:end]}
    if draw(st.booleans()):
        span["page"] = draw(small)
        span["boxes"] = [
            {"page": draw(small), **{side: draw(finite) for side in "xywh"}}
            for _ in range(draw(st.integers(0, 2)))
        ]
    return span


@st.composite
def records(draw: st.DrawFn) -> RaceRecord:
    """Return a record with a few things of every kind, all of which refer to each other."""
    text = draw(texts.filter(bool))
    count = st.integers(0, 2)

    def evidence() -> list[Any]:
        return draw(st.lists(spans(text), min_size=1, max_size=3))

    def of(ids: list[str]) -> st.SearchStrategy[Any]:
        return st.none() if not ids else st.one_of(st.none(), st.sampled_from(ids))

    def some(ids: list[str]) -> list[str]:
        return draw(st.lists(st.sampled_from(ids), max_size=3)) if ids else []

    def named(letter: str) -> list[str]:
        return [f"{letter}{n}" for n in range(draw(count))]

    def sure() -> dict[str, Any]:
        return {"evidence": evidence(), "confidence": draw(certainty), "optional": draw(st.booleans())}

    def bearer(one: str) -> dict[str, Any]:
        mentions = [{**span, "form": draw(one_of(MentionForm))} for span in evidence()]
        return {
            "id": one,
            "name": draw(words),
            "aliases": draw(several),
            "mentions": mentions,
            "optional": draw(st.booleans()),
        }

    sessions, drivers, teams, entries = named("s"), named("d"), named("t"), named("e")
    quotes = named("q")
    results, incidents = (named("r"), named("i")) if sessions else ([], [])
    every = [*sessions, *drivers, *teams, *entries, *results, *incidents, *quotes]
    skipped = [{**span, "reason": draw(words)} for span in evidence()]
    return RaceRecord.model_validate({
        "document": {
            "id": draw(words), "source": draw(perhaps), "sha256": draw(words), "media_type": draw(words),
            "title": draw(perhaps), "language": draw(perhaps), "published_on": draw(st.one_of(st.none(), days)), "text": text,
            "pages": [{"page": draw(st.integers(1, 9)), "start": 0, "end": len(text), "width": draw(finite),
                       "height": draw(finite), "unit": draw(words), "image": draw(perhaps)} for _ in range(draw(count))],
            "ocr": draw(st.one_of(st.none(), st.fixed_dictionaries(
                {"engine": words, "version": perhaps, "language": perhaps, "preparation": several}))),
            "told": [{"field": draw(words), "value": draw(words), "origin": draw(perhaps),
                      "standing": draw(one_of(Standing)), "evidence": evidence()} for _ in range(draw(count))],
        },
        "event": {"name": draw(perhaps), "series": draw(perhaps), "season": draw(st.one_of(st.none(), any_integer)),
                  "round": draw(st.one_of(st.none(), small)), "venue": draw(perhaps),
                  "starts_on": draw(st.one_of(st.none(), days)), "ends_on": draw(st.one_of(st.none(), days)),
                  "evidence": evidence()},
        "sessions": [{"id": one, "kind": draw(one_of(SessionKind)), "label": draw(perhaps),
                      "number": draw(st.one_of(st.none(), any_integer)), "scheduled": draw(perhaps),
                      "status": draw(one_of(SessionStatus)), "evidence": evidence()} for one in sessions],
        "drivers": [{**bearer(one), "role": draw(one_of(DriverRole))} for one in drivers],
        "teams": [bearer(one) for one in teams],
        "entries": [{"id": one, "session": draw(of(sessions)), "drivers": some(drivers), "team": draw(of(teams)),
                     "number": draw(perhaps), "car": draw(perhaps), "classes": draw(several), **sure()} for one in entries],
        "results": [{"id": one, "session": draw(st.sampled_from(sessions)), "kind": draw(one_of(ResultKind)),
                     "scope": draw(words), "scope_aliases": draw(several), "position": draw(st.one_of(st.none(), st.integers(1, 99))),
                     "status": draw(one_of(ResultStatus)), "drivers": some(drivers), "entry": draw(of(entries)),
                     "time": draw(st.one_of(st.none(), durations)),
                     "gap": draw(st.one_of(st.none(), durations, st.fixed_dictionaries({"laps": st.integers(1, 99)}))),
                     "laps": draw(st.one_of(st.none(), small)), "points": draw(st.one_of(st.none(), finite)),
                     "standing": draw(one_of(Standing)), **sure()} for one in results],
        "incidents": [{"id": one, "session": draw(st.sampled_from(sessions)), "type": draw(one_of(IncidentType)),
                       "participants": [{"driver": draw(of(drivers)), "number": draw(perhaps), "text": draw(words),
                                         "role": draw(one_of(ParticipantRole))} for _ in range(draw(count))],
                       "lap": draw(st.one_of(st.none(), small)), "when": draw(perhaps), "where": draw(perhaps),
                       "consequences": draw(st.lists(one_of(Consequence), max_size=2)), "caused_by": some(incidents),
                       "asserted_by": draw(of(quotes)), "standing": draw(one_of(Standing)), **sure()} for one in incidents],
        "quotes": [{"id": one, "session": draw(of(sessions)), "text": draw(words), "speaker": draw(of(drivers)),
                    "speaker_name": draw(perhaps), "speaker_role": draw(one_of(SpeakerRole)),
                    "kind": draw(one_of(QuoteKind)), **sure()} for one in quotes],
        "findings": [{"code": draw(words), "severity": draw(one_of(Severity)), "message": draw(words), "about": some(every),
                      "evidence": evidence()} for _ in range(draw(count))],
        "coverage": {"characters": len(text), "characters_read": draw(small), "skipped": skipped,
                     "unread": [{"reason": draw(words), "page": draw(st.one_of(st.none(), small)), "part": draw(perhaps)}
                                for _ in range(draw(count))]},
    })  # fmt: skip
