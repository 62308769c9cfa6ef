"""From a draft back to a report file: text with marks, and the block of facts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.corpus.draft import Draft, Fact, IncidentFact, QuoteFact, ResultFact
from extractor.corpus.generator.clock import measure
from extractor.corpus.markup import Mark, Range
from extractor.corpus.metadata import Metadata

_PLAIN = re.compile(r"[\[\]<>|\\]")
_FORMS = {"name": "", "nominal": "~", "pronoun": "="}
_FENCE = "+++"


def source_of(metadata: Metadata, draft: Draft) -> str:
    """Return a report file that compiles to the draft's record."""
    labels = _labels(draft)
    head = "".join(
        f"{name} = {value}\n"
        for name, value in (
            ("discipline", f'"{metadata.discipline}"'),
            ("year", metadata.year),
            ("style", f'"{metadata.style}"'),
            ("noise", f'"{metadata.noise}"'),
            ("author", f'"{metadata.author}"'),
        )
    )
    return (
        f"{head}{_FENCE}\n{marked_text(draft, labels)}\n{_FENCE}\n" + "\n".join(_facts(draft, labels)) + "\n"
    )


def _labels(draft: Draft) -> dict[Range, str]:
    stretches = sorted({stretch for fact in draft.facts() for stretch in fact.evidence})
    return {stretch: f"e{number}" for number, stretch in enumerate(stretches, 1)}


def marked_text(draft: Draft, labels: dict[Range, str]) -> str:
    """Return the text with its marks and labels written into it."""
    signs: dict[int, list[tuple[tuple[int, int, int], str]]] = {}

    def put(place: int, order: tuple[int, int, int], sign: str) -> None:
        signs.setdefault(place, []).append((order, sign))

    for number, mark in enumerate(draft.marked.marks):
        put(mark.start, (1, -mark.end, number), "[[")
        put(mark.end, (0, -mark.start, -number), f"|{_keys(mark)}]]")
    for (start, end), label in labels.items():
        put(start, (1, -end, -1), f"<{label}>")
        put(end, (0, -start, 1), f"</{label}>")
    text, pieces, done = draft.marked.text, [], 0
    for place in sorted(signs):
        pieces.append(_escaped(text[done:place]))
        pieces += [sign for _, sign in sorted(signs[place])]
        done = place
    return "".join(pieces) + _escaped(text[done:])


def _escaped(text: str) -> str:
    return _PLAIN.sub(lambda match: "\\" + match[0], text)


def _keys(mark: Mark) -> str:
    return "+".join(mark.keys) + _FORMS[mark.form] if mark.keys else "-"


def _facts(draft: Draft, labels: dict[Range, str]) -> Iterable[str]:
    def at(fact: Fact) -> str:
        return " ".join(f"@{labels[stretch]}" for stretch in fact.evidence)

    for role in dict.fromkeys(draft.roles.values()):
        yield f"{role}s: " + " ".join(key for key, own in draft.roles.items() if own == role)
    if draft.teams:
        yield "teams: " + " ".join(draft.teams)
    for event in draft.events:
        names = {"starts_on": "starts", "ends_on": "ends"}
        said = " ".join(f'{names.get(name, name)}="{value}"' for name, value in event.values.items())
        yield f"event: {said} {at(event)}"
    for session in draft.sessions:
        values = {"number": session.values.get("number"), "status": session.values["status"]}
        values["time"] = session.values.get("scheduled")
        said = " ".join(f"{name}={value}" for name, value in values.items() if value is not None)
        label = f' "{session.label}"' if session.label else ""
        yield f"session {session.key}: {session.kind}{label} {said} {at(session)}".rstrip()
    for entry in draft.entries:
        said = " ".join(f'{name}="{entry.values[name]}"' for name in ("number", "car") if entry.values[name])
        classes = f' classes="{"|".join(entry.values["classes"])}"' if entry.values["classes"] else ""
        yield f"entry: {'+'.join(entry.drivers)} {entry.team or ''} {said}{classes} {at(entry)}"
    yield from (_result(fact, at(fact)) for fact in draft.results)
    yield from (_incident(draft, fact, at(fact)) for fact in draft.incidents)
    yield from (_quote(fact, at(fact)) for fact in draft.quotes)
    for skip in draft.skipped:
        yield f"skip {at(skip)} {skip.reason}"
    for code in sorted(draft.accepted):
        yield f"accept {code}: generated"


def _result(fact: ResultFact, at: str) -> str:
    scope = "" if fact.scope == "overall" else f' "{fact.scope}"'
    words = ["-" if fact.place is None else str(fact.place), "+".join(fact.drivers)]
    values = fact.values
    if values.get("time"):
        words.append(measure(values["time"]))
    gap = values.get("gap")
    if gap:
        words.append(f"+{gap['laps']}laps" if isinstance(gap, dict) else f"+{measure(gap)}")
    if values.get("points") is not None:
        words.append(f"{values['points']:g}pts")
    if values.get("optional"):
        words.append("optional")
    return f"{fact.kind} {fact.session}{scope}: {' '.join(words)} {at}"


def _incident(draft: Draft, fact: IncidentFact, at: str) -> str:
    words = [f"incident {fact.key} {fact.type} {fact.session}"]
    words += [f"{one.driver}:{one.role}" for one in fact.participants]
    if fact.values.get("lap"):
        words.append(f"lap={fact.values['lap']}")
    for name, place in (("when", fact.when), ("where", fact.where)):
        if place:
            words.append(f'{name}="{draft.marked.text[slice(*place)]}"')
    if fact.values.get("consequences"):
        words.append("conseq=" + ",".join(fact.values["consequences"]))
    if fact.caused_by:
        words.append("cause=" + ",".join(fact.caused_by))
    return " ".join([*words, at])


def _quote(fact: QuoteFact, at: str) -> str:
    name = fact.values.get("speaker_name")
    who = f'"{name}" {fact.values["speaker_role"]}' if name else fact.speaker or "unknown"
    session = f" session={fact.session}" if fact.session else ""
    return f"quote {fact.key} {who}{session} {at}"
