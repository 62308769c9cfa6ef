"""Page and table say what the document is, on which pages a fact stands, and what was not read."""

from __future__ import annotations

import io
import re

import pytest
from exports_records import sample
from rich.console import Console

from extractor.exports.coverage import pages_of
from extractor.exports.html import render_html
from extractor.exports.table import render_table
from extractor.exports.words import Words
from extractor.record import (
    Box,
    Coverage,
    DocumentPage,
    RaceRecord,
    Recognition,
    SkippedSpan,
    Span,
    Told,
    Unread,
)


def paged() -> RaceRecord:
    """The sample, as if it had stood on the third page of a scan."""
    record = sample()
    text = record.document.text

    def moved(fact):
        spans = tuple(
            span.model_copy(update={"page": 3, "boxes": (Box(page=3, x=1, y=1, w=2, h=2),)})
            for span in fact.evidence
        )
        return fact.model_copy(update={"evidence": spans})

    document = record.document.model_copy(
        update={
            "pages": (DocumentPage(page=3, start=0, end=len(text), width=10, height=10, unit="pixel"),),
            "ocr": Recognition(engine="tesseract", version="5.3.0"),
            "told": (Told(field="publisher", value="L'Écho du Lac", origin="mets"),),
        }
    )
    coverage = Coverage(
        characters=len(text),
        characters_read=len(text) - 4,
        skipped=(SkippedSpan(start=0, end=4, text=text[:4], reason="running_head"),),
        unread=(Unread(reason="unreadable_page", page=4), Unread(reason="unreadable_page", page=5)),
    )
    results = tuple(map(moved, record.results))
    return record.model_copy(update={"document": document, "coverage": coverage, "results": results})


def shown(record: RaceRecord, lang: str) -> str:
    console = Console(file=io.StringIO(), width=140)
    render_table(record, console, lang)
    return console.file.getvalue()


def test_pages_are_named_shortly() -> None:
    spans = [Span(start=k, end=k + 1, text="a", page=page) for k, page in enumerate((3, 5, 6, 6))]
    assert pages_of(spans, Words("fr")) == "p. 3, 5-6"
    assert pages_of([Span(start=0, end=1, text="a")], Words("fr")) == ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            (
                "L'Écho du Lac",
                "1 page",
                "texte reconnu par tesseract 5.3.0",
                "pages illisibles (p. 4-5)",
                "p. 3",
            ),
        ),
        (
            "en",
            (
                "L'Écho du Lac",
                "1 page",
                "text recognised by tesseract 5.3.0",
                "unreadable pages (p. 4-5)",
                "p. 3",
            ),
        ),
    ],
)
def test_both_forms_say_where_and_what(lang: str, words: tuple[str, ...]) -> None:
    page = re.sub(r"<[^>]+>", "", render_html(paged(), lang)).replace("&#39;", "'").replace("&#x27;", "'")
    table = shown(paged(), lang)
    for word in words:
        assert word in page
        assert word in table


def test_a_plain_text_has_neither_pages_nor_gaps() -> None:
    plain = sample()
    coverage = Coverage(characters=10, characters_read=10)
    table = shown(plain.model_copy(update={"coverage": coverage}), "fr")
    assert "p. " not in table
    assert "Non lu" not in table
