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
from pathlib import Path
from typing import Any

from extractor.batch.files import WholeFile
from extractor.batch.summary import Totals
from extractor.messages import Messages

__all__ = ["Summary", "Totals", "lines"]

FORMAT = "parcferme-summary/1"


class Summary:
    """Counts documents and, where a file is asked for, writes what became of each."""

    def __init__(self, path: Path | None) -> None:
        self.totals = Totals()
        self._left_out: Counter[str] = Counter()
        self._file = None if path is None else WholeFile(path)
        self._begun = False

    def begin(self) -> None:
        """Begin the file."""
        if self._file is not None:
            self._file.open()
            self._file.write(f'{{"format": "{FORMAT}",\n "documents": [')

    def end(self, *, keep: bool) -> None:
        """Finish the file where all went well, else take back what was begun."""
        if self._file is None:
            return
        if keep:
            total, left_out = _json(self.totals.as_json()), _json(self._left_out)
            self._file.write(f'\n ],\n "total": {total},\n "left_out": {left_out}}}\n')
        self._file.close(keep=keep)

    def add(self, told: dict[str, Any]) -> None:
        """Count a document that was read, by what is told of it."""
        self.totals.add(told)
        self._write(told)

    def add_failure(self, source: str | None, code: str) -> None:
        """Count a document that could not be read, with the code of the error."""
        self.totals.failed += 1
        self._write({"source": source, "error": code})

    def add_unchanged(self) -> None:
        """Count a document that a former run has read."""
        self.totals.unchanged += 1

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
    if totals.unchanged:
        yield messages("summary.unchanged", count=_grouped(totals.unchanged, messages))
    if not totals.documents:
        return
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
