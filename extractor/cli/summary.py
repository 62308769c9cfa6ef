"""What became of many documents: what was read, what was not, and why.

The figures go to standard error; ``--summary`` writes them document by document, too::

    {"format": "parcferme-summary/1",
     "documents": [{"id": ..., "source": ..., "pages": 3, "characters": 4210, "characters_read": 3980,
                    "skipped": {"menu": 230}, "unread": {"blank_page": 1}, "language": "fr", "ocr": null,
                    "findings": ["unread_page"]},
                   {"source": ..., "error": "empty_file"}],
     "total": {...}, "left_out": {".db": 1}}

Documents are written as they are read, and nothing but counts is kept; the file appears when it is whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractor.cli.outputs import WholeFile
from extractor.messages import Messages
from extractor.record import RaceRecord

FORMAT = "parcferme-summary/1"


@dataclass(slots=True)
class Totals:
    """Counts over all documents.

    Attributes:
        documents: Read.
        failed: Not read at all.
        not_french: Read, and without any French.
        pages: Of the documents that have pages.
        characters: In all texts.
        characters_read: Of these, the ones that were read as report.
        skipped: Characters that were not, by reason.
        unread: Pages and parts without text, by reason.
        ocr: Documents whose text was recognised, by engine.
    """

    documents: int = 0
    failed: int = 0
    not_french: int = 0
    pages: int = 0
    characters: int = 0
    characters_read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    ocr: Counter[str] = field(default_factory=Counter)

    def add(self, record: RaceRecord) -> None:
        """Count a document."""
        coverage = record.coverage
        self.documents += 1
        self.not_french += is_not_french(record)
        self.pages += len(record.document.pages)
        self.characters += coverage.characters
        self.characters_read += coverage.characters_read
        self.skipped += skipped_of(record)
        self.unread += unread_of(record)
        if engine := ocr_of(record):
            self.ocr[engine] += 1

    def as_json(self) -> dict[str, Any]:
        """Return the counts."""
        return {name: getattr(self, name) for name in self.__slots__}


def is_not_french(record: RaceRecord) -> bool:
    """Tell whether a document has no French at all."""
    return record.document.language not in (None, "fr")


def skipped_of(record: RaceRecord) -> Counter[str]:
    """Return how many characters were not read, by reason."""
    counts: Counter[str] = Counter()
    for span in record.coverage.skipped:
        counts[span.reason] += span.end - span.start
    return counts


def unread_of(record: RaceRecord) -> Counter[str]:
    """Return how many pages and parts have no text, by reason."""
    return Counter(one.reason for one in record.coverage.unread)


def ocr_of(record: RaceRecord) -> str | None:
    """Return the engine that recognised the text, with its version."""
    ocr = record.document.ocr
    return None if ocr is None else " ".join(filter(None, (ocr.engine, ocr.version)))


def document_line(record: RaceRecord) -> dict[str, Any]:
    """Return what the summary says of one document."""
    return {
        "id": record.document.id,
        "source": record.document.source,
        "pages": len(record.document.pages),
        "characters": record.coverage.characters,
        "characters_read": record.coverage.characters_read,
        "skipped": skipped_of(record),
        "unread": unread_of(record),
        "language": record.document.language,
        "ocr": ocr_of(record),
        "findings": sorted({one.code for one in record.findings}),
    }


class Summary:
    """Counts documents and, where a file is asked for, writes what became of each."""

    def __init__(self, path: Path | None) -> None:
        self.totals = Totals()
        self._left_out: Counter[str] = Counter()
        self._file = None if path is None else WholeFile(path)
        self._begun = False

    def __enter__(self) -> Self:
        if self._file is not None:
            self._file.open()
            self._file.write(f'{{"format": "{FORMAT}",\n "documents": [')
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file where all went well, else take back what was begun."""
        if self._file is None:
            return
        if kind is None:
            total, left_out = _json(self.totals.as_json()), _json(self._left_out)
            self._file.write(f'\n ],\n "total": {total},\n "left_out": {left_out}}}\n')
        self._file.close(keep=kind is None)

    def add(self, record: RaceRecord) -> None:
        """Count a document that was read."""
        self.totals.add(record)
        self._write(document_line(record))

    def add_failure(self, source: str | None, code: str) -> None:
        """Count a document that could not be read, with the code of the error."""
        self.totals.failed += 1
        self._write({"source": source, "error": code})

    def leave_out(self, kinds: Counter[str]) -> None:
        """Count files of no known kind, by suffix."""
        self._left_out = kinds

    def _write(self, entry: dict[str, Any]) -> None:
        if self._file is not None:
            self._file.write((",\n  " if self._begun else "\n  ") + _json(entry))
            self._begun = True


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def lines(totals: Totals, messages: Messages) -> Iterator[str]:
    """Yield what is said at the end: first what was read, then what was not."""
    yield messages(
        "summary.read_pages" if totals.pages else "summary.read",
        documents=totals.documents,
        pages=totals.pages,
        characters=_grouped(totals.characters, messages),
        read=_grouped(totals.characters_read, messages),
    )
    if totals.skipped:
        yield messages("summary.skipped", reasons=_reasons(totals.skipped, messages))
    if totals.unread:
        yield messages(
            "summary.unread", count=totals.unread.total(), reasons=_reasons(totals.unread, messages)
        )
    if totals.not_french:
        yield messages("summary.not_french", count=totals.not_french)
    if totals.ocr:
        engines = ", ".join(sorted(totals.ocr))
        yield messages("summary.ocr", count=totals.ocr.total(), engines=engines)


def _reasons(counts: Counter[str], messages: Messages) -> str:
    """Return the reasons with their counts, the most frequent first."""
    named = []
    for reason, count in counts.most_common():
        key = f"summary.reason.{reason}"
        named.append(f"{messages(key) if key in messages else reason} {_grouped(count, messages)}")
    return ", ".join(named)


def _grouped(number: int, messages: Messages) -> str:
    """Return a number as the language writes it."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}" if messages.language == "fr" else ",")
