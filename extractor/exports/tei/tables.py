"""Entries and results, as tables within ``standOff``: a row is a fact, and says which by ``xml:id``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractor.exports.figures import duration
from extractor.exports.sheets import session_title
from extractor.exports.tei.build import add
from extractor.exports.tei.marks import probability
from extractor.exports.tei.words import TeiWords
from extractor.exports.words import Words
from extractor.exports.xml_text import Identifiers
from extractor.record import Entry, LapGap, RaceRecord, Result

Element = Any

_ENTRIES = ("session", "drivers", "team", "number", "car", "classes")
_RESULTS = (
    "session",
    "kind",
    "scope",
    "position",
    "status",
    "drivers",
    "entry",
    "time",
    "gap",
    "laps",
    "points",
    "standing",
)


def write_tables(
    stand_off: Element, record: RaceRecord, words: TeiWords, ids: Identifiers, facts: dict[str, Element]
) -> None:
    """Add a table of entries and one of results where there are any; ``facts`` learns their rows."""
    rows = _Rows(record, words, ids)
    if record.entries:
        table = rows.table(stand_off, "entries", _ENTRIES)
        for entry in record.entries:
            facts[entry.id] = rows.entry(table, entry)
    if record.results:
        table = rows.table(stand_off, "results", _RESULTS)
        for result in record.results:
            facts[result.id] = rows.result(table, result)


class _Rows:
    """Writes rows of one record's tables."""

    def __init__(self, record: RaceRecord, words: TeiWords, ids: Identifiers) -> None:
        self._words = words
        self._terms = Words(words.language)
        self._ids = ids
        self._names = {one.id: one.name for one in record.drivers} | {
            one.id: one.name for one in record.teams
        }
        self._names |= {
            one.id: session_title(one, self._terms.of("session_kind", one.kind)) for one in record.sessions
        }

    def table(self, stand_off: Element, name: str, columns: tuple[str, ...]) -> Element:
        """Add a table with its head."""
        table = add(stand_off, "table", id=self._ids.new(name), cols=str(len(columns)))
        add(table, "head", self._words(name))
        labels = add(table, "row", role="label")
        for column in columns:
            add(labels, "cell", self._words(column))
        return table

    def entry(self, table: Element, entry: Entry) -> Element:
        """Add an entry."""
        row = add(table, "row", id=self._ids[entry.id], role="data", cert=probability(entry.confidence))
        self._references(row, "session", _one(entry.session))
        self._references(row, "drivers", entry.drivers)
        self._references(row, "team", _one(entry.team))
        add(row, "cell", entry.number)
        add(row, "cell", entry.car)
        add(row, "cell", ", ".join(entry.classes))
        return row

    def result(self, table: Element, result: Result) -> Element:
        """Add a result."""
        row = add(table, "row", id=self._ids[result.id], role="data", cert=probability(result.confidence))
        self._references(row, "session", (result.session,))
        add(
            row,
            "cell",
            self._terms.of("result_kind", result.kind),
            ana=self._term("result_kind", result.kind),
        )
        overall = result.scope == "overall"
        add(row, "cell", self._terms("overall") if overall else result.scope)
        place = add(row, "cell")
        if result.position is not None:
            add(place, "num", str(result.position), value=str(result.position), type="ordinal")
        status = self._terms.of("result_status", result.status) or result.status
        add(row, "cell", status, ana=self._term("result_status", result.status))
        self._references(row, "drivers", result.drivers)
        self._references(row, "entry", _one(result.entry))
        self._time(row, result.time)
        self._gap(row, result.gap)
        add(row, "cell", None if result.laps is None else str(result.laps))
        add(row, "cell", None if result.points is None else f"{result.points:g}")
        add(row, "cell", self._words(result.standing))
        return row

    def _term(self, vocabulary: str, value: str) -> str:
        return f"#{self._ids.once(f'{vocabulary}.{value}')}"

    def _references(self, row: Element, column: str, known: Iterable[str]) -> None:
        cell = add(row, "cell")
        last = None
        for one in known:
            if last is not None:
                last.tail = " / "
            target = f"#{self._ids[one]}"
            last = add(cell, "ref", self._names.get(one, one), target=target, type=column)

    def _time(self, row: Element, time: str | None) -> None:
        cell = add(row, "cell")
        if time is not None:
            add(cell, "time", duration(time, self._words.language), dur=time)

    def _gap(self, row: Element, gap: str | LapGap | None) -> None:
        if isinstance(gap, LapGap):
            cell = add(row, "cell")
            add(cell, "measure", self._words("laps_behind", n=gap.laps), quantity=str(gap.laps), unit="lap")
        else:
            self._time(row, gap)


def _one(known: str | None) -> tuple[str, ...]:
    return () if known is None else (known,)
