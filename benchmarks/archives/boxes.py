"""Whether the boxes of a record lie on the words: against the PDF's words, or where the scan moved them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from benchmarks.archives.compare import Compared
from benchmarks.archives.render import PRINTED, Rendering
from benchmarks.archives.scans import PRINTED_DPI, Box, Grey, printed_pages
from benchmarks.archives.texts import Alignment, without
from extractor.record import RaceRecord, Span
from extractor.scoring.facts import merged

LEAST_OVERLAP = 0.5
_LEAST_FOUND = 0.8  # of a span's letters, or nothing is said of it
_INK = 0.6


@dataclass(frozen=True, slots=True)
class TrueWord:
    """A word where it truly stands, and the number of its line."""

    text: str
    box: Box
    line: int


@dataclass(slots=True)
class Judged:
    """What became of the spans of one file.

    Attributes:
        overlaps: Intersection over union of each span that was judged.
        unjudged: Spans whose words were not found on the page.
        without: Spans without boxes.
        poor: The texts of the spans that overlap least.
    """

    overlaps: list[float] = field(default_factory=list)
    unjudged: int = 0
    without: int = 0
    poor: list[tuple[float, str]] = field(default_factory=list)


def printed_words(pdf: Path) -> list[list[TrueWord]]:
    """Return the words of each page as Poppler finds them, in points, in the order in which they were set."""
    told = subprocess.run(
        ["pdftotext", "-raw", "-bbox", str(pdf), "-"], check=True, capture_output=True
    ).stdout
    root = ElementTree.fromstring(told)
    return [list(_lined(_words(page))) for page in root.iter("{http://www.w3.org/1999/xhtml}page")]


def _words(page: ElementTree.Element) -> Iterator[tuple[str, Box]]:
    for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
        left, top, right, bottom = (float(word.get(key, "0")) for key in ("xMin", "yMin", "xMax", "yMax"))
        yield word.text or "", Box(left, top, right - left, bottom - top)


def _lined(words: Iterator[tuple[str, Box]]) -> Iterator[TrueWord]:
    line, last = 0, None
    for text, box in words:
        if last is not None and (box.x < last.x or abs(box.y - last.y) > last.h / 2):
            line += 1
        yield TrueWord(text, box, line)
        last = box


def true_words(rendering: Rendering) -> list[list[TrueWord]]:
    """Return the words of each page where a reader of the file should find them.

    In pixels of the image, or in points where a PDF holds it.
    """
    assert rendering.pdf is not None
    words = printed_words(rendering.pdf)
    if rendering.format in PRINTED:
        return words
    factor = PRINTED_DPI / 72
    pages = zip(words, printed_pages(rendering.pdf), rendering.scans(), strict=True)
    unit = _pixels(rendering)
    found: list[list[TrueWord]] = []
    for there, page, scan in pages:
        inked = (_inked(Box(*(factor * side for side in word.box)), page) for word in there)
        boxes = (Box(*(side / unit for side in scan.box(box))) for box in inked)
        found.append([TrueWord(word.text, box, word.line) for word, box in zip(there, boxes, strict=True)])
    return found


def _pixels(rendering: Rendering) -> float:
    """Return how many pixels of the scan the unit of the file's boxes has."""
    return (rendering.dpi or PRINTED_DPI) / 72 if rendering.path.suffix == ".pdf" else 1.0


def _inked(box: Box, page: Grey) -> Box:
    """Return the part of a box in which there is ink: OCR knows nothing of ascenders that are not there."""
    x, y, w, h = (round(side) for side in box)
    x, y = max(0, x), max(0, y)
    dark = page[y : y + h, x : x + w] < _INK
    if not dark.any():
        return box
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return Box(
        float(x + columns[0]),
        float(y + rows[0]),
        float(columns[-1] - columns[0] + 1),
        float(rows[-1] - rows[0] + 1),
    )


def judge(record: RaceRecord, pages: list[list[TrueWord]]) -> Judged:
    """Compare the boxes of every span of a record with the true ones."""
    judged = Judged()
    text = record.document.text
    skipped = merged((span.start, span.end) for span in record.coverage.skipped)
    truths = {
        page.page: _Truth(text, page.start, page.end, words)
        for page, words in zip(record.document.pages, pages, strict=False)
    }
    for span in spans_of(record):
        if not span.boxes:
            judged.without += 1
            continue
        read = without(((span.start, span.end),), skipped)
        true: list[tuple[int, Box]] = []
        found = 0
        for number, truth in truths.items():
            for start, end in read:
                boxes, letters = truth.boxes(start, end)
                found += letters
                true += [(number, box) for box in boxes]
        if found < _LEAST_FOUND * sum(not sign.isspace() for a, b in read for sign in text[a:b]):
            judged.unjudged += 1
            continue
        told = [(box.page, Box(box.x, box.y, box.w, box.h)) for box in span.boxes]
        overlap = _overlap(true, told)
        judged.overlaps.append(overlap)
        if overlap <= LEAST_OVERLAP:
            judged.poor.append((round(overlap, 2), f"p{span.page} {span.text[:60]!r}"))
    return judged


def spans_of(record: RaceRecord) -> Iterator[Span]:
    """Yield the spans of all facts."""
    yield from record.event.evidence
    for _, spans in _coloured(record):
        yield from spans
    yield from (span for session in record.sessions for span in session.evidence)
    yield from (span for entry in record.entries for span in entry.evidence)


class _Truth:
    """The words of one page, beside the text that was read of it."""

    def __init__(self, text: str, start: int, end: int, words: list[TrueWord]) -> None:
        self._start, self._end = start, end
        self._letters = [(word, k) for word in words for k in range(len(word.text) + 1)]
        self._aligned = Alignment(text[start:end], "".join(word.text + " " for word in words))

    def boxes(self, start: int, end: int) -> tuple[list[Box], int]:
        """Return a box for each line of a stretch of the text, and how many of its letters were found."""
        start, end = max(start, self._start) - self._start, min(end, self._end) - self._start
        lines: dict[int, list[Box]] = {}
        letters: dict[int, tuple[TrueWord, list[int]]] = {}
        found = 0
        for there in self._aligned.places(start, end):
            word, k = self._letters[there]
            if k < len(word.text):
                found += 1
                letters.setdefault(id(word), (word, []))[1].append(k)
        for word, ks in letters.values():
            x, y, w, h = word.box
            letter = w / len(word.text)
            lines.setdefault(word.line, []).append(
                Box(x + letter * min(ks), y, letter * (max(ks) - min(ks) + 1), h)
            )
        return [_around(boxes) for boxes in lines.values()], found


def _around(boxes: list[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _overlap(a: list[tuple[int, Box]], b: list[tuple[int, Box]]) -> float:
    """Return the intersection over the union of two sets of boxes on pages."""
    shared = whole = 0.0
    for number in {page for page, _ in (*a, *b)}:
        sides = [[box for page, box in boxes if page == number] for boxes in (a, b)]
        edge = _around([*sides[0], *sides[1]])
        step = max(edge.w, edge.h) / 600 or 1.0
        first, second = (_painted(boxes, edge, step) for boxes in sides)
        shared += float((first & second).sum()) * step * step
        whole += float((first | second).sum()) * step * step
    return shared / whole if whole else 0.0


def _painted(boxes: list[Box], edge: Box, step: float) -> NDArray[np.bool_]:
    grid = np.zeros((int(edge.h / step) + 2, int(edge.w / step) + 2), dtype=np.bool_)
    for x, y, w, h in boxes:
        left, top = round((x - edge.x) / step), round((y - edge.y) / step)
        grid[top : top + max(1, round(h / step)), left : left + max(1, round(w / step))] = True
    return grid


def boxes_by_format(renderings: Sequence[Rendering], compared: Sequence[Compared]) -> dict[str, Any]:
    """Return the share of spans whose boxes lie on their words, by format, for formats with pages."""
    records = {(one.name, one.format): one.record for one in compared}
    found: dict[str, list[tuple[str, Judged]]] = {}
    known: dict[
        tuple[str, int | None, float], list[list[TrueWord]]
    ] = {}  # one scan has files of many formats
    for one in renderings:
        record = records.get((one.report.name, one.format))
        if one.pdf is not None and record is not None and record.document.pages:
            place = (str(one.pdf), one.dpi or PRINTED_DPI, _pixels(one))
            known[place] = known.get(place) or true_words(one)
            found.setdefault(one.format, []).append((one.report.name, judge(record, known[place])))
    return {fmt: _figures(judged) for fmt, judged in found.items()}


def _figures(judged: list[tuple[str, Judged]]) -> dict[str, Any]:
    overlaps = [overlap for _, one in judged for overlap in one.overlaps]
    poor = sorted((overlap, f"{name} {text}") for name, one in judged for overlap, text in one.poor)
    return {
        "files": len(judged),
        "spans": len(overlaps),
        "covering": mean(overlap > LEAST_OVERLAP for overlap in overlaps) if overlaps else None,
        "mean_overlap": mean(overlaps) if overlaps else None,
        "unjudged": sum(one.unjudged for _, one in judged),
        "without": sum(one.without for _, one in judged),
        "worst": [f"{overlap} {text}" for overlap, text in poor[:10]],
    }


def _coloured(record: RaceRecord) -> Iterator[tuple[str, list[Span]]]:
    yield "green", [span for driver in record.drivers for span in driver.mentions]
    yield "purple", [span for team in record.teams for span in team.mentions]
    yield "blue", [span for result in record.results for span in result.evidence]
    yield "red", [span for incident in record.incidents for span in incident.evidence]
    yield "orange", [span for quote in record.quotes for span in quote.evidence]


def draw(rendering: Rendering, record: RaceRecord, folder: Path) -> None:
    """Write pictures of a file's pages with the boxes of its facts, a colour for each kind."""
    from PIL import ImageDraw

    folder.mkdir(parents=True, exist_ok=True)
    for number, (image, factor) in enumerate(_images(rendering), 1):
        picture = image.convert("RGB")
        pen = ImageDraw.Draw(picture)
        for colour, spans in _coloured(record):
            for box in (box for span in spans for box in span.boxes if box.page == number):
                corners = [box.x, box.y, box.x + box.w, box.y + box.h]
                pen.rectangle([factor * side for side in corners], outline=colour, width=2)
        picture.save(folder / f"{rendering.format}-{rendering.report.name}-{number}.png")


def _images(rendering: Rendering) -> Iterator[tuple[Any, float]]:
    """Yield the pages as pictures, and how many pixels the record's unit has there."""
    if rendering.format in PRINTED:
        import pypdfium2

        assert rendering.pdf is not None
        with pypdfium2.PdfDocument(rendering.pdf) as document:
            yield from ((page.render(scale=2).to_pil(), 2.0) for page in document)
    else:
        yield from ((scan.picture(), _pixels(rendering)) for scan in rendering.scans())
