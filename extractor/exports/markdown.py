"""Records as a report to read, in Markdown: classifications, incidents, speech, each with what says so.

The report is plain CommonMark with the tables that GitHub, MkDocs and Pandoc read. Whatever a document says
is text there: no mark-up, no HTML, no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from extractor.exports.coverage import document_parts, not_read, pages_of, read_share
from extractor.exports.figures import figure_of
from extractor.exports.formats import ExportOptions
from extractor.exports.plain import one_line, shortened
from extractor.exports.sheets import (
    Names,
    SessionSheets,
    Sheet,
    session_sheets,
    session_title,
    speaker_of,
    words_of,
)
from extractor.exports.table import event_line, incident_line
from extractor.exports.words import Words
from extractor.record import Entry, Incident, RaceRecord, Span

_EXCERPT = 90
#: Entities rather than backslashes wherever not every program knows the backslash: Python-Markdown has few.
_ENTITIES = {character: f"&#{ord(character)};" for character in "&<>|~^="}
_MARKS = re.compile(r"([\\`*_\[\]{}#!])|([&<>|~^=])|(?<=[a-zA-Z])(:)(?=//)|(?<=\bwww)(\.)")
_BLOCK = re.compile(r"([-+])|(\d{1,9})([.):])")


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write a report of all records into the file ``out`` and return of how many."""
    words, count = Words(options.language), 0
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records:
            if count:
                stream.write("\n---\n\n")
            stream.write("\n\n".join(block for block in _blocks(record, words) if block) + "\n")
            count += 1
    return count


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it is, wherever it stands."""
    line = _MARKS.sub(_escape, one_line(text))
    return _BLOCK.sub(_escape_block, line, count=1) if _BLOCK.match(line) else line


def _escape(match: re.Match[str]) -> str:
    mark, entity, colon, dot = match.groups()
    if mark:
        return "\\" + mark
    return _ENTITIES[entity] if entity else f"&#{ord(colon or dot)};"


def _escape_block(match: re.Match[str]) -> str:
    """Return the beginning of what would be a list, with its sign as an entity."""
    sign, number, stop = match.groups()
    return f"&#{ord(sign)};" if sign else f"{number}&#{ord(stop)};"


def _blocks(record: RaceRecord, words: Words) -> Iterator[str]:
    """Yield the paragraphs, headings and tables about one record."""
    names = Names(record)
    yield f"# {escaped(record.document.title or record.document.id) or '–'}"
    yield escaped(event_line(record, words))
    about = " · ".join((*document_parts(record, words), read_share(record, words)))
    colon = " : " if words.lang == "fr" else ": "
    source = f"{words('source')}{colon}{record.document.source}" if record.document.source else ""
    yield "  \n".join(escaped(one) for one in (source, about, not_read(record, words)) if one)
    for title, named in (("drivers", record.drivers), ("teams", record.teams)):
        if named:
            everybody = ", ".join(escaped(one.name) for one in named)
            yield f"**{words(title)} ({len(named)})**{colon}{everybody}"
    yield _entries(record.entries, words, names)
    shown = [part for part in session_sheets(record) if part.sheets or part.incidents]
    for part in shown:
        yield from _session(part, words, names)
    yield from _quotes(record, words, names)
    yield from _findings(record, words)
    if not (shown or record.quotes or record.drivers):
        yield words("nothing")


def _session(part: SessionSheets, words: Words, names: Names) -> Iterator[str]:
    session = part.session
    kind = words.of("session_kind", session.kind)
    yield f"## {escaped(session_title(session, kind))}"
    facts = (kind, session.scheduled, words.of("session_status", session.status))
    yield escaped(" · ".join(fact for fact in facts if fact))
    for sheet in part.sheets:
        scope = words("overall") if sheet.scope == "overall" else sheet.scope
        yield f"### {escaped(words.of('result_kind', sheet.kind))} · {escaped(scope)}"
        yield _classification(sheet, words)
    if part.incidents:
        yield f"### {words('incidents')}"
        yield _incidents(part.incidents, words, names)


def _classification(sheet: Sheet, words: Words) -> str:
    head = ["position", "driver", "team", "number", "figure", "confidence", "in_the_text"]
    rows = [
        [
            str(row.result.position or "") or words.of("result_status", row.result.status) or "–",
            row.drivers or "–",
            row.team,
            row.number,
            figure_of(row.result, words),
            _sure(row.result.confidence, row.result.standing, words),
            _said(row.result.evidence, words),
        ]
        for row in sheet.rows
    ]
    return table([words(name) for name in head], rows)


def _incidents(incidents: Iterable[Incident], words: Words, names: Names) -> str:
    rows = [
        [
            words.of("incident_type", incident.type),
            incident_line(incident, words, names),
            _sure(incident.confidence, incident.standing, words),
            _said(incident.evidence, words),
        ]
        for incident in incidents
    ]
    return table([words("incident"), words("about"), words("confidence"), words("in_the_text")], rows)


def _entries(entries: Iterable[Entry], words: Words, names: Names) -> str:
    rows = [
        [
            names.crew(entry.drivers),
            names(entry.team),
            entry.number or "",
            entry.car or "",
            ", ".join(entry.classes),
            words.share(entry.confidence),
        ]
        for entry in entries
    ]
    if not rows:
        return ""
    head = ["driver", "team", "number", "car", "classes", "confidence"]
    return f"## {words('entries')}\n\n{table([words(name) for name in head], rows)}"


def _quotes(record: RaceRecord, words: Words, names: Names) -> Iterator[str]:
    if record.quotes:
        yield f"## {words('quotes')}"
    for quote in record.quotes:
        speaker = escaped(speaker_of(quote, names)) or words("unknown_speaker")
        notes = [words("indirect") if quote.kind == "indirect" else "", words.share(quote.confidence)]
        notes.append(pages_of(quote.evidence, words))
        about = ", ".join(escaped(note) for note in notes if note)
        yield f"> « {escaped(words_of(quote))} »  \n> {speaker} ({about})"


def _findings(record: RaceRecord, words: Words) -> Iterator[str]:
    colon = " : " if words.lang == "fr" else ": "
    if record.findings:
        yield f"## {words('findings')}"
        yield "\n".join(
            f"- {words.of('severity', one.severity)}{colon}{escaped(one.message)}" for one in record.findings
        )


def _sure(confidence: float, standing: str, words: Words) -> str:
    inferred = f", {words('inferred')}" if standing == "inferred" else ""
    return words.share(confidence) + inferred


def _said(evidence: Sequence[Span], words: Words) -> str:
    """Return the beginning of what bears a fact out, with its pages."""
    said = f"« {shortened(evidence[0].text, _EXCERPT)} »"
    return " ".join(part for part in (said, pages_of(evidence, words)) if part)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of texts, none of which can end its cell; columns that nothing fills are left out."""
    lines = [[escaped(cell) for cell in row] for row in rows]
    filled = [k for k in range(len(head)) if any(line[k] for line in lines)]
    shown = [[head[k] for k in filled], ["---"] * len(filled), *([line[k] for k in filled] for line in lines)]
    return "\n".join(f"| {' | '.join(line)} |" for line in shown)
