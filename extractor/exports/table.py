"""A record in the terminal."""

from __future__ import annotations

from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.exports.coverage import document_parts, not_read, pages_of, read_share
from extractor.exports.figures import day, figure_of
from extractor.exports.plain import one_line, shortened
from extractor.exports.sheets import (
    Names,
    Row,
    SessionSheets,
    Sheet,
    session_sheets,
    session_title,
    speaker_of,
    words_of,
)
from extractor.exports.words import Words
from extractor.record import Incident, Participant, RaceRecord

_QUOTE_LENGTH = 160
_COLUMNS: tuple[tuple[str, Literal["left", "right"]], ...] = (
    ("position", "right"),
    ("driver", "left"),
    ("team", "left"),
    ("number", "right"),
    ("figure", "right"),
    ("", "left"),
    ("confidence", "right"),
    ("", "left"),
)
_TRUST = 6  # from this column on, what the figures are worth and where they stand
_SEVERITY_STYLE = {"info": "cyan", "warning": "yellow", "error": "red"}


def render_table(record: RaceRecord, console: Console, lang: str = "fr", *, note: str | None = None) -> None:
    """Print a record: event, classifications of each session, incidents, quotes and findings.

    Args:
        record: What to show.
        console: Where to.
        lang: ``fr`` or ``en``.
        note: A line about how the record came to be, below the event.
    """
    words, names = Words(lang), Names(record)
    console.print(Text(one_line(record.document.title or record.document.id), style="bold"))
    if event := event_line(record, words):
        console.print(Text(event))
    about = " · ".join((*document_parts(record, words), read_share(record, words)))
    console.print(Text(about, style="dim"))
    if left_out := not_read(record, words):
        console.print(Text(left_out, style="dim"))
    if note:
        console.print(Text(one_line(note), style="italic"))
    for title, named in (("drivers", record.drivers), ("teams", record.teams)):
        if named:
            everybody = ", ".join(one_line(one.name) for one in named)
            console.print(Text(f"{words(title)} ({len(named)}) : {everybody}", style="dim"))
    shown = [part for part in session_sheets(record) if part.sheets or part.incidents]
    for part in shown:
        _print_session(part, console, words, names)
    _print_quotes(record, console, words, names)
    _print_findings(record, console, words)
    if not (shown or record.quotes or record.drivers):
        console.print(Text(words("nothing"), style="dim"))


def event_line(record: RaceRecord, words: Words) -> str:
    """Return what is known of the event, on one line."""
    event = record.event
    days = [day(d, words.lang) for d in (event.starts_on, event.ends_on) if d is not None]
    parts = (
        event.name,
        event.series,
        str(event.season) if event.season else None,
        words("round", n=event.round) if event.round else None,
        event.venue,
        " – ".join(dict.fromkeys(days)),
    )
    return " · ".join(one_line(part) for part in parts if part)


def incident_line(incident: Incident, words: Words, names: Names) -> str:
    """Return an incident on one line: what, who, when and where, with what consequences."""
    people = ", ".join(_participant(p, words, names) for p in incident.participants)
    moment = words("on_lap", n=incident.lap) if incident.lap else incident.when
    parts = [
        people,
        ", ".join(part for part in (moment, incident.where) if part),
        "→ " + ", ".join(words.of("consequence", c) for c in incident.consequences)
        if incident.consequences
        else "",
    ]
    return one_line(" · ".join(part for part in parts if part))


def _participant(participant: Participant, words: Words, names: Names) -> str:
    name = names(participant.driver) or participant.text
    role = words.of("participant_role", participant.role)
    return f"{name} ({role})" if role else name


def _print_session(part: SessionSheets, console: Console, words: Words, names: Names) -> None:
    session = part.session
    kind = words.of("session_kind", session.kind)
    status = words.of("session_status", session.status)
    facts = [fact for fact in (kind, session.scheduled, status) if fact]
    console.print()
    console.print(
        Text.assemble(
            (one_line(session_title(session, kind)), "bold underline"),
            ("  " + one_line(" · ".join(facts)), "dim"),
        )
    )
    if part.sheets:
        console.print(Padding(_classifications(part.sheets, words), (0, 0, 0, 2)))
    if part.incidents:
        console.print(Padding(_incidents(part.incidents, words, names), (0, 0, 0, 2)))


def _classifications(sheets: tuple[Sheet, ...], words: Words) -> Table:
    """Return all orders of a session in one table, so that names stand below names.

    Columns that nothing fills are left out.
    """
    cells = {sheet: [_cells(row, words) for row in sheet.rows] for sheet in sheets}
    filled = [k for k in range(len(_COLUMNS)) if any(line[k] for lines in cells.values() for line in lines)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for k in filled:
        name, justify = _COLUMNS[k]
        table.add_column(words(name) if name else "", justify=justify)
    for sheet, lines in cells.items():
        scope = words("overall") if sheet.scope == "overall" else one_line(sheet.scope)
        title = Text.assemble((words.of("result_kind", sheet.kind), "bold"), f" · {scope}")
        table.add_row(*(title if _COLUMNS[k][0] == "driver" else "" for k in filled))
        for line in lines:
            table.add_row(*(Text(line[k], style="dim" if k >= _TRUST else "") for k in filled))
    return table


def _cells(row: Row, words: Words) -> list[str]:
    result = row.result
    return [
        str(result.position or "") or words.of("result_status", result.status) or "–",
        one_line(row.drivers) or "–",
        one_line(row.team),
        one_line(row.number),
        figure_of(result, words),
        words("inferred") if result.standing == "inferred" else "",
        words.share(result.confidence),
        pages_of(result.evidence, words),
    ]


def _incidents(incidents: tuple[Incident, ...], words: Words, names: Names) -> Table:
    table = Table.grid(padding=(0, 2))
    for incident in incidents:
        kind = words.of("incident_type", incident.type)
        inferred = f" ({words('inferred')})" if incident.standing == "inferred" else ""
        table.add_row(
            Text("• " + kind, style="red"),
            Text(incident_line(incident, words, names) + inferred),
            Text(words.share(incident.confidence), style="dim"),
            Text(pages_of(incident.evidence, words), style="dim"),
        )
    return table


def _print_quotes(record: RaceRecord, console: Console, words: Words, names: Names) -> None:
    if not record.quotes:
        return
    console.print()
    console.print(Text(words("quotes"), style="bold underline"))
    for quote in record.quotes:
        speaker = one_line(speaker_of(quote, names)) or words("unknown_speaker")
        pages = pages_of(quote.evidence, words)
        said = f" : « {shortened(words_of(quote), _QUOTE_LENGTH)} »"
        line = Text.assemble((speaker, "green"), said, (f"  {pages}" if pages else "", "dim"))
        console.print(Padding(line, (0, 0, 0, 2)))


def _print_findings(record: RaceRecord, console: Console, words: Words) -> None:
    if not record.findings:
        return
    console.print()
    console.print(Text(words("findings"), style="bold underline"))
    for finding in record.findings:
        severity = words.of("severity", finding.severity)
        line = Text.assemble((severity, _SEVERITY_STYLE[finding.severity]), f" : {one_line(finding.message)}")
        console.print(Padding(line, (0, 0, 0, 2)))
