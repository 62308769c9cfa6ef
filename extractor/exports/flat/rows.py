"""One record as rows of :mod:`extractor.exports.flat.schema`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.errors import RecordError
from extractor.exports.flat import schema
from extractor.exports.formats import ExportOptions
from extractor.exports.sheets import Names, speaker_of
from extractor.record import (
    Driver,
    Incident,
    LapGap,
    Mention,
    RaceRecord,
    Result,
    Session,
    Span,
    Team,
)

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_LARGEST = 2**63


def flat_records(records: Iterable[RaceRecord], options: ExportOptions) -> Iterator[Rows]:
    """Yield the rows of each record by table; one with a number that no table can hold is left out."""
    number = 1
    for record in records:
        try:
            rows = rows_of(record, number)
        except RecordError as error:
            options.leave_out(error)
            continue
        number += 1
        yield rows


def rows_of(record: RaceRecord, number: int) -> Rows:
    """Return the rows of one record by table, every table among them.

    Args:
        record: The record.
        number: Of the record in its export, from 1.

    Raises:
        RecordError: ``export_number``: a number is infinite, none at all, or beyond 64 bits.
    """
    rows = _Rows(record, number).all()
    for name, lines in rows.items():
        for line in lines:
            for column, value in line.items():
                if not fits(value):
                    where = f"{name}.{column}"
                    raise RecordError("export_number", source=record.document.id, where=where)
    return rows


def fits(value: object) -> bool:
    """Say whether all numbers of a value, or of what it holds, are finite and of 64 bits."""
    if value is None or isinstance(value, str):  # as most are
        return True
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return all(map(fits, value))
    return all(map(fits, value.values())) if isinstance(value, dict) else True


def seconds(duration: str | None) -> float | None:
    """Return how many seconds an ISO 8601 duration has."""
    match = _DURATION.fullmatch(duration or "")
    if match is None:
        return None
    hours, minutes, rest = (float(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + rest
    return round(total, 3) if math.isfinite(total) else None


class _Rows:
    """Lays one record flat."""

    def __init__(self, record: RaceRecord, number: int) -> None:
        self.record = record
        self.head: Row = {"document": number, "document_id": record.document.id}
        self.names = Names(record)
        self.labels = {one.id: one.label or one.kind for one in record.sessions}
        self.rows: Rows = {table.name: [] for table in schema.TABLES}

    def all(self) -> Rows:
        """Return every table's rows."""
        record = self.record
        self._document()
        for session in record.sessions:
            self._session(session)
        for driver in record.drivers:
            self._bearer(driver)
        for team in record.teams:
            self._bearer(team)
        self._entries()
        for result in record.results:
            self._result(result)
        self._quotes()
        for incident in record.incidents:
            self._incident(incident)
        self._findings()
        self._coverage()
        return self.rows

    def _add(self, table: schema.Table, **values: object) -> None:
        self.rows[table.name].append({**self.head, **values})

    def _document(self) -> None:
        document, event, ocr = self.record.document, self.record.event, self.record.document.ocr
        self._add(
            schema.DOCUMENTS,
            source=document.source,
            sha256=document.sha256,
            media_type=document.media_type,
            title=document.title,
            language=document.language,
            published_on=document.published_on,
            event_name=event.name,
            event_series=event.series,
            event_season=event.season,
            event_round=event.round,
            event_venue=event.venue,
            event_starts_on=event.starts_on,
            event_ends_on=event.ends_on,
            ocr_engine=ocr.engine if ocr else None,
            ocr_version=ocr.version if ocr else None,
            ocr_language=ocr.language if ocr else None,
            ocr_preparation=list(ocr.preparation) if ocr else [],
            characters=self.record.coverage.characters,
            characters_read=self.record.coverage.characters_read,
            text=document.text,
        )
        self._evidence("event", event.evidence)
        for n, told in enumerate(document.told, 1):
            self._add(
                schema.TOLD,
                told=n,
                field=told.field,
                value=told.value,
                origin=told.origin,
                standing=told.standing,
                evidence=self._evidence("told", told.evidence, told=n),
            )
        for n, page in enumerate(document.pages, 1):
            self._add(
                schema.PAGES,
                n=n,
                page=page.page,
                start_char=page.start,
                end_char=page.end,
                width=page.width,
                height=page.height,
                unit=page.unit,
                image=page.image,
            )

    def _session(self, session: Session) -> None:
        self._add(
            schema.SESSIONS,
            session=session.id,
            kind=session.kind,
            label=session.label,
            number=session.number,
            scheduled=session.scheduled,
            status=session.status,
            evidence=self._evidence("session", session.evidence, session.id),
        )

    def _bearer(self, bearer: Driver | Team) -> None:
        kind = "driver" if isinstance(bearer, Driver) else "team"
        values: Row = {
            kind: bearer.id,
            "name": bearer.name,
            "aliases": list(bearer.aliases),
            "optional": bearer.optional,
            "mentions": [self._mention(bearer, kind, n, one) for n, one in enumerate(bearer.mentions, 1)],
        }
        if isinstance(bearer, Driver):
            self._add(schema.DRIVERS, role=bearer.role, **values)
        else:
            self._add(schema.TEAMS, **values)

    def _mention(self, bearer: Driver | Team, kind: str, n: int, mention: Mention) -> Row:
        span = {"form": mention.form, **_span(mention)}
        self._add(schema.MENTIONS, bearer=bearer.id, bearer_kind=kind, bearer_name=bearer.name, n=n, **span)
        return span

    def _entries(self) -> None:
        for entry in self.record.entries:
            self._add(
                schema.ENTRIES,
                entry=entry.id,
                session=entry.session,
                drivers=list(entry.drivers),
                driver_names=self.names.crew(entry.drivers) or None,
                team=entry.team,
                team_name=self.names(entry.team) or None,
                number=entry.number,
                car=entry.car,
                classes=list(entry.classes),
                confidence=entry.confidence,
                optional=entry.optional,
                evidence=self._evidence("entry", entry.evidence, entry.id),
            )

    def _result(self, result: Result) -> None:
        entry = self.names.entry_of(result)
        gap = result.gap if isinstance(result.gap, str) else None
        self._add(
            schema.RESULTS,
            result=result.id,
            session=result.session,
            session_label=self.labels[result.session],
            kind=result.kind,
            scope=result.scope,
            scope_aliases=list(result.scope_aliases),
            position=result.position,
            status=result.status,
            drivers=list(result.drivers),
            driver_names=self.names.crew(result.drivers) or None,
            team_name=(self.names(entry.team) or None) if entry else None,
            number=entry.number if entry else None,
            entry=result.entry,
            time=result.time,
            time_seconds=seconds(result.time),
            gap=gap,
            gap_seconds=seconds(gap),
            gap_laps=result.gap.laps if isinstance(result.gap, LapGap) else None,
            laps=result.laps,
            points=result.points,
            standing=result.standing,
            confidence=result.confidence,
            optional=result.optional,
            evidence=self._evidence("result", result.evidence, result.id),
        )

    def _quotes(self) -> None:
        for quote in self.record.quotes:
            self._add(
                schema.QUOTES,
                quote=quote.id,
                session=quote.session,
                text=quote.text,
                said_by=speaker_of(quote, self.names) or None,
                speaker=quote.speaker,
                speaker_name=quote.speaker_name,
                speaker_role=quote.speaker_role,
                kind=quote.kind,
                confidence=quote.confidence,
                optional=quote.optional,
                evidence=self._evidence("quote", quote.evidence, quote.id),
            )

    def _incident(self, incident: Incident) -> None:
        people: list[Row] = [
            {
                "driver": one.driver,
                "driver_name": self.names(one.driver) or None,
                "number": one.number,
                "text": one.text,
                "role": one.role,
            }
            for one in incident.participants
        ]
        for n, one in enumerate(people, 1):
            self._add(schema.PARTICIPANTS, incident=incident.id, n=n, **one)
        self._add(
            schema.INCIDENTS,
            incident=incident.id,
            session=incident.session,
            session_label=self.labels[incident.session],
            type=incident.type,
            participant_names=", ".join(one["driver_name"] or one["text"] for one in people) or None,
            lap=incident.lap,
            when_told=incident.when,
            where_told=incident.where,
            consequences=list(incident.consequences),
            caused_by=list(incident.caused_by),
            asserted_by=incident.asserted_by,
            standing=incident.standing,
            confidence=incident.confidence,
            optional=incident.optional,
            participants=people,
            evidence=self._evidence("incident", incident.evidence, incident.id),
        )

    def _findings(self) -> None:
        for n, finding in enumerate(self.record.findings, 1):
            self._add(
                schema.FINDINGS,
                finding=n,
                code=finding.code,
                severity=finding.severity,
                message=finding.message,
                about=list(finding.about),
                evidence=self._evidence("finding", finding.evidence, finding=n),
            )

    def _coverage(self) -> None:
        for n, span in enumerate(self.record.coverage.skipped, 1):
            self._add(schema.SKIPPED, n=n, reason=span.reason, **_span(span))
        for n, one in enumerate(self.record.coverage.unread, 1):
            self._add(schema.UNREAD, n=n, reason=one.reason, page=one.page, part=one.part)

    def _evidence(
        self, of: str, spans: Iterable[Span], thing: str | None = None, **numbers: int
    ) -> list[Row]:
        """Add the evidence of something and return it as a list of structures."""
        listed = [_span(span) for span in spans]
        for n, span in enumerate(listed, 1):
            values: Row = {"finding": None, "told": None, **numbers}
            self._add(schema.EVIDENCE, evidence_of=of, id=thing, n=n, **values, **span)
        return listed


def _span(span: Span) -> Row:
    boxes = [
        {"page": one.page, **{name: getattr(one, name) for name in ("x", "y", "w", "h")}}
        for one in span.boxes
    ]
    return {
        "start_char": span.start,
        "end_char": span.end,
        "text": span.text,
        "page": span.page,
        "boxes": boxes,
    }
