"""Placing: what a reader knows of a document goes into its record.

Spans get their page and boxes, the document its pages and what its container tells of it, coverage what was
left out and what could not be read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from statistics import mean
from typing import TypeVar

from extractor import record as rr
from extractor.pipeline.doubting import doubted
from extractor.readers.source import SourceText, Word

_Span = TypeVar("_Span", bound=rr.Span)


def place(record: rr.RaceRecord, read: SourceText) -> rr.RaceRecord:
    """Return the record of a document with what its reader knows of it."""
    document = record.document.model_copy(update={"media_type": read.media_type, **_document(read)})
    coverage = _coverage(record.coverage, read)
    findings = (*record.findings, *_pages_to_query(read))
    placed = record.model_copy(update={"document": document, "coverage": coverage, "findings": findings})
    return doubted(_Placer(read).placed(placed), read.words) if read.pages else placed


def _document(read: SourceText) -> dict[str, object]:
    pages = tuple(
        rr.DocumentPage(
            page=page.number,
            start=page.start,
            end=page.end,
            width=page.width,
            height=page.height,
            unit=page.unit,
            image=page.image,
        )
        for page in read.pages
    )
    ocr = read.ocr and rr.Recognition(
        engine=read.ocr.engine,
        version=read.ocr.version,
        language=read.ocr.language,
        preparation=read.ocr.preparation,
    )
    return {"pages": pages, "ocr": ocr}


def _coverage(coverage: rr.Coverage, read: SourceText) -> rr.Coverage:
    skipped = [*coverage.skipped]
    for one in read.skipped:
        text = read.text[one.start : one.end]
        start = one.start + len(text) - len(text.lstrip())
        if text := text.strip():
            skipped.append(rr.SkippedSpan(start=start, end=start + len(text), text=text, reason=one.reason))
    left_out = _covered(
        [(one.start, one.end) for one in read.skipped] + [(one.start, one.end) for one in coverage.skipped]
    )
    unread = tuple(rr.Unread(reason=one.reason, page=one.page, part=one.part) for one in read.unread)
    return coverage.model_copy(
        update={
            "characters_read": coverage.characters - left_out,
            "skipped": tuple(sorted(skipped, key=lambda span: span.start)),
            "unread": unread,
        }
    )


def _covered(stretches: list[tuple[int, int]]) -> int:
    """Return how many characters lie in any of the stretches."""
    covered = last = 0
    for start, end in sorted(stretches):
        covered += max(0, end - max(start, last))
        last = max(last, end)
    return covered


def _pages_to_query(read: SourceText) -> Iterator[rr.Finding]:
    """Yield a finding for the pages that could not be read, by reason, and one for those read badly."""
    lost: dict[str, list[int]] = {}
    for one in read.unread:
        if one.page is not None and one.reason not in _NOTHING_LOST:
            lost.setdefault(one.reason, []).append(one.page)
    for reason, pages in lost.items():
        message = f"{_pages(pages)} : {_REASONS.get(reason, 'pas de texte')}"
        yield rr.Finding(code="unread_page", severity="warning", message=message)
    sure: dict[int, list[float]] = {}
    for word in read.words:
        if word.confidence is not None:
            sure.setdefault(word.page, []).append(word.confidence)
    bad = [page for page, found in sure.items() if len(found) >= _FEW and mean(found) < _BADLY]
    if bad:
        message = f"{_pages(bad)} : reconnaissance peu sûre (moins de {_BADLY:.0%} en moyenne)"
        yield rr.Finding(code="low_quality_page", severity="warning", message=message)


_NOTHING_LOST = ("blank_page", "image", "attachment")
_REASONS = {
    "unreadable_page": "illisible",
    "no_text_layer": "pas de texte, et pas de reconnaissance de caractères",
    "timed_out": "reconnaissance trop longue, abandonnée",
    "too_large": "image trop grande",
    "damaged_page": "page endommagée",
    "too_many_pages": "au-delà du nombre de pages permis",
    "ocr_failed": "la reconnaissance de caractères a échoué",
}
_BADLY = 0.6  # mean confidence of a page's words below which the page deserves a second look
_FEW = 20  # words: fewer say nothing of a page
_SHOWN = 12


def _pages(numbers: list[int]) -> str:
    """Return "page 3" or "pages 3, 7-9", a long list cut short."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    written = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    more = ["…"] if len(written) > _SHOWN else []
    return f"{'page' if len(set(numbers)) == 1 else 'pages'} {', '.join([*written[:_SHOWN], *more])}"


class _Placer:
    """Gives spans their page and boxes."""

    def __init__(self, read: SourceText) -> None:
        self._pages = read.pages
        self._page_starts = [page.start for page in read.pages]
        skipped = [(stretch.start, stretch.end) for stretch in read.skipped]
        self._words = [word for word in read.words if not _inside(word, skipped)]
        self._starts = [word.start for word in self._words]
        self._ends = [word.end for word in self._words]

    def placed(self, record: rr.RaceRecord) -> rr.RaceRecord:
        """Return the record with every span placed."""
        event = record.event.model_copy(update={"evidence": self._all(record.event.evidence)})
        findings = tuple(
            one.model_copy(update={"evidence": self._all(one.evidence)}) for one in record.findings
        )
        told = tuple(
            one.model_copy(update={"evidence": self._all(one.evidence)}) for one in record.document.told
        )
        updates: dict[str, object] = {
            "document": record.document.model_copy(update={"told": told}),
            "event": event,
            "findings": findings,
            "coverage": record.coverage.model_copy(update={"skipped": self._all(record.coverage.skipped)}),
        }
        for kind in ("drivers", "teams"):
            updates[kind] = tuple(
                one.model_copy(update={"mentions": self._all(one.mentions)}) for one in getattr(record, kind)
            )
        for kind in ("sessions", "entries", "results", "incidents", "quotes"):
            updates[kind] = tuple(
                one.model_copy(update={"evidence": self._all(one.evidence)}) for one in getattr(record, kind)
            )
        return record.model_copy(update=updates)

    def _all(self, spans: tuple[_Span, ...]) -> tuple[_Span, ...]:
        return tuple(span.model_copy(update=self._of(span.start, span.end)) for span in spans)

    def _of(self, start: int, end: int) -> dict[str, object]:
        words = self._words[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
        boxes = tuple(_boxes(words, start, end))
        page = boxes[0].page if boxes else self._page_of(start)
        return {"page": page, "boxes": boxes}

    def _page_of(self, offset: int) -> int:
        return self._pages[max(0, bisect_right(self._page_starts, offset) - 1)].number


def _inside(word: Word, stretches: list[tuple[int, int]]) -> bool:
    k = bisect_right(stretches, (word.start, 1 << 60)) - 1
    return k >= 0 and word.end <= stretches[k][1]


def _boxes(words: list[Word], start: int, end: int) -> Iterator[rr.Box]:
    """Yield one box for each run of words on one line."""
    for (page, _), run in groupby(_lines(words), key=lambda pair: (pair[0].page, pair[1])):
        row = [_part(word, start, end) for word, _ in run]
        left, top = min(word.x for word in row), min(word.y for word in row)
        right, bottom = max(word.x + word.w for word in row), max(word.y + word.h for word in row)
        yield rr.Box(page=page, x=left, y=top, w=right - left, h=bottom - top)


def _lines(words: list[Word]) -> Iterator[tuple[Word, int]]:
    """Yield words with the number of their line: one that does not stand to the right begins another."""
    line = 0
    last: Word | None = None
    for word in words:
        if last is not None:
            level = abs(word.y + word.h / 2 - last.y - last.h / 2) < max(word.h, last.h) / 2
            if word.page != last.page or not level or word.x < last.x:
                line += 1
        last = word
        yield word, line


def _part(word: Word, start: int, end: int) -> Word:
    """Return the part of a word that the range covers, its width shared out by letters."""
    first, last = max(start, word.start), min(end, word.end)
    if (first, last) == (word.start, word.end):
        return word
    letter = word.w / (word.end - word.start)
    return word._replace(
        start=first, end=last, x=word.x + letter * (first - word.start), w=letter * (last - first)
    )
