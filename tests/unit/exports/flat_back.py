"""Records put together again from the rows of their tables, as somebody would who has the tables alone."""

from __future__ import annotations

from typing import Any

from extractor.record import RaceRecord

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def records_of(tables: Tables) -> list[RaceRecord]:
    """Return the records, in the order of their numbers. Lists are lists, days are ISO or dates."""
    apart: dict[int, Tables] = {}
    for name, rows in tables.items():
        for row in rows:
            apart.setdefault(row["document"], {}).setdefault(name, []).append(row)
    return [_record(apart[number]) for number in sorted(apart)]


def _record(tables: Tables) -> RaceRecord:
    (document,) = tables["documents"]
    event = {
        name: document[f"event_{name}"]
        for name in ("name", "series", "season", "round", "venue", "starts_on", "ends_on")
    }
    ocr = {name: document[f"ocr_{name}"] for name in ("engine", "version", "language", "preparation")}
    has_ocr = any(value not in (None, []) for value in ocr.values())

    def rows(table: str) -> list[Row]:
        return sorted(tables.get(table, []), key=lambda row: row.get("n") or 0)

    def evidence(kind: str, /, **key: Any) -> list[Row]:
        return [
            _span(row)
            for row in rows("evidence")
            if row["evidence_of"] == kind and all(row[name] == value for name, value in key.items())
        ]

    def fact(kind: str, row: Row, /, **more: Any) -> Row:
        return {
            "id": row[kind], "confidence": row["confidence"], "optional": bool(row["optional"]),
            "evidence": evidence(kind, id=row[kind]), **more,
        }  # fmt: skip

    def bearer(kind: str, row: Row) -> Row:
        mentions = [
            {**_span(one), "form": one["form"]} for one in rows("mentions") if one["bearer"] == row[kind]
        ]
        return {
            "id": row[kind], "name": row["name"] or "", "aliases": row["aliases"], "mentions": mentions,
            "optional": bool(row["optional"]),
        }  # fmt: skip

    def part(row: Row, *names: str) -> Row:
        return {name: row[name] for name in names}

    return RaceRecord.model_validate({
        "document": {
            "id": document["document_id"] or "", "sha256": document["sha256"] or "", "media_type": document["media_type"] or "",
            **part(document, "source", "title", "language", "published_on", "text"),
            "pages": [{"start": one["start_char"], "end": one["end_char"], "unit": one["unit"] or "",
                       **part(one, "page", "width", "height", "image")} for one in rows("pages")],
            "ocr": {**ocr, "engine": ocr["engine"] or ""} if has_ocr else None,
            "told": [{**part(one, "origin", "standing"), "field": one["field"] or "", "value": one["value"] or "",
                      "evidence": evidence("told", told=one["told"])} for one in rows("told")],
        },
        "event": {**event, "evidence": evidence("event")},
        "sessions": [{"id": one["session"], **part(one, "kind", "label", "number", "scheduled", "status"),
                      "evidence": evidence("session", id=one["session"])} for one in rows("sessions")],
        "drivers": [{**bearer("driver", one), "role": one["role"]} for one in rows("drivers")],
        "teams": [bearer("team", one) for one in rows("teams")],
        "entries": [fact("entry", one, **part(one, "session", "drivers", "team", "number", "car", "classes"))
                    for one in rows("entries")],
        "results": [fact("result", one, scope=one["scope"] or "", gap=one["gap"] if one["gap_laps"] is None else {"laps": one["gap_laps"]},
                         **part(one, "session", "kind", "scope_aliases", "position", "status", "drivers", "entry", "time",
                                "laps", "points", "standing")) for one in rows("results")],
        "incidents": [fact("incident", one, when=one["when_told"], where=one["where_told"],
                           participants=[{**part(who, "driver", "number", "role"), "text": who["text"] or ""} for who in rows("participants")
                                         if who["incident"] == one["incident"]],
                           **part(one, "session", "type", "lap", "consequences", "caused_by", "asserted_by", "standing"))
                      for one in rows("incidents")],
        "quotes": [fact("quote", one, text=one["text"] or "",
                        **part(one, "session", "speaker", "speaker_name", "speaker_role", "kind")) for one in rows("quotes")],
        "findings": [{"code": one["code"] or "", "message": one["message"] or "", **part(one, "severity", "about"),
                      "evidence": evidence("finding", finding=one["finding"])} for one in rows("findings")],
        "coverage": {**part(document, "characters", "characters_read"),
                     "skipped": [{**_span(one), "reason": one["reason"] or ""} for one in rows("skipped")],
                     "unread": [{**part(one, "page", "part"), "reason": one["reason"] or ""} for one in rows("unread")]},
    })  # fmt: skip


def _span(row: Row) -> Row:
    return {
        "start": row["start_char"],
        "end": row["end_char"],
        "text": row["text"],
        "page": row["page"],
        "boxes": row["boxes"],
    }
