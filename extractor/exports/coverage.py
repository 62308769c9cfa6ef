"""What a record says of its document: what it is, where it stands, what was read of it and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from extractor.exports.figures import day
from extractor.exports.plain import one_line
from extractor.exports.words import Words
from extractor.record import RaceRecord, Span


def pages_of(spans: Iterable[Span], words: Words) -> str:
    """Return the pages on which spans stand, "p. 3" or "p. 3, 5-6"; empty where the source has none."""
    pages = {box.page for span in spans for box in span.boxes} | {span.page for span in spans if span.page}
    return words("page", n=_runs(pages)) if pages else ""


def document_parts(record: RaceRecord, words: Words) -> Iterator[str]:
    """Yield publisher, day of publication, pages and recognition of a document, where they are known."""
    document = record.document
    publisher = next((one.value for one in document.told if one.field == "publisher"), None)
    if publisher:
        yield one_line(publisher)
    if document.published_on:
        yield words("published") + " " + day(document.published_on, words.lang)
    if document.pages:
        yield words("one_page") if len(document.pages) == 1 else words("pages", n=len(document.pages))
    if document.ocr:
        yield words("recognised", engine=" ".join(filter(None, (document.ocr.engine, document.ocr.version))))


def read_share(record: RaceRecord, words: Words) -> str:
    """Return how much of the text was read."""
    coverage = record.coverage
    read = coverage.characters_read / coverage.characters if coverage.characters else 1.0
    return words("read", share=words.share(min(read, 1.0)))


def not_read(record: RaceRecord, words: Words) -> str:
    """Return what was not read and why, "menus, pas en français ; p. 3 illisible"; empty where all was."""
    skipped: Counter[str] = Counter()
    for span in record.coverage.skipped:
        skipped[span.reason] += span.end - span.start
    pages: dict[str, set[int]] = {}
    for one in record.coverage.unread:
        pages.setdefault(one.reason, set()).update({one.page} if one.page else ())
    parts = [words.reason(reason) for reason, _ in skipped.most_common()]
    parts += [
        " ".join(filter(None, (words.reason(reason), f"({words('page', n=_runs(found))})" if found else "")))
        for reason, found in pages.items()
    ]
    return one_line(words("not_read", what=", ".join(parts))) if parts else ""


def _runs(pages: Iterable[int]) -> str:
    """Return numbers in order, neighbours as a run: "3, 5-7"."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
