"""What became of many documents: what was read, what was not, and why. Nothing but counts is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from extractor.record import RaceRecord


@dataclass(slots=True)
class Totals:
    """Counts over all documents.

    Attributes:
        documents: Read.
        failed: Not read at all.
        unchanged: Read by a former run, and not again.
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
    unchanged: int = 0
    not_french: int = 0
    pages: int = 0
    characters: int = 0
    characters_read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    ocr: Counter[str] = field(default_factory=Counter)

    def add(self, told: dict[str, Any]) -> None:
        """Count a document by what :func:`document_line` says of it."""
        self.documents += 1
        self.not_french += told["language"] not in (None, "fr")
        self.pages += told["pages"]
        self.characters += told["characters"]
        self.characters_read += told["characters_read"]
        self.skipped.update(told["skipped"])
        self.unread.update(told["unread"])
        if engine := told["ocr"]:
            self.ocr[engine] += 1

    def as_json(self) -> dict[str, Any]:
        """Return the counts."""
        return {name: getattr(self, name) for name in self.__slots__}


def document_line(record: RaceRecord) -> dict[str, Any]:
    """Return what the summary says of one document."""
    return {
        "id": record.document.id,
        "source": record.document.source,
        "pages": len(record.document.pages),
        "characters": record.coverage.characters,
        "characters_read": record.coverage.characters_read,
        "skipped": _skipped(record),
        "unread": Counter(one.reason for one in record.coverage.unread),
        "language": record.document.language,
        "ocr": _ocr(record),
        "findings": sorted({one.code for one in record.findings}),
    }


def _skipped(record: RaceRecord) -> Counter[str]:
    """Return how many characters were not read, by reason."""
    counts: Counter[str] = Counter()
    for span in record.coverage.skipped:
        counts[span.reason] += span.end - span.start
    return counts


def _ocr(record: RaceRecord) -> str | None:
    """Return the engine that recognised the text, with its version."""
    ocr = record.document.ocr
    return None if ocr is None else " ".join(filter(None, (ocr.engine, ocr.version)))
