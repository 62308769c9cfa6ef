"""What a reader leaves out is not read, and every span leads back to the text and to its place on the page."""

from __future__ import annotations

from itertools import pairwise

import extractor
from extractor.pipeline.reading import PassedOver, read
from extractor.pipeline.view import Edit, View
from extractor.readers import Page, Skipped, SourceText, Told, Unread, Word

LINES = (
    "Course 1 : Jean Tavernier s'impose devant Louis Mar-",
    "chal et Paul Ortolan après une belle",
    "LE PETIT ÉCHO 12",
    "remontée. Louis Marchal abandonne ensuite sur casse moteur.",
)


def page() -> SourceText:
    """Four lines on two pages, the third a running head; letters are 5 points wide and lines 12 high."""
    text = "\n".join(LINES)
    words, at = [], 0
    for row, line in enumerate(LINES):
        for part in line.split():
            start = text.index(part, at)
            at = start + len(part)
            left = 5 * (start - text.rfind("\n", 0, start) - 1)
            words.append(Word(start, at, 1 + row // 2, left, 12 * (row % 2), 5 * len(part), 10))
    starts = [0, *(k + 1 for k, sign in enumerate(text) if sign == "\n"), len(text) + 1]
    head = Skipped(starts[2] - 1, starts[3] - 1, "running_head")
    joins = (starts[1] - 1, starts[1]), (starts[3] - 1, starts[3])
    pages = (
        Page(1, 0, starts[2] - 1, 300, 24, "point"),
        Page(2, starts[2], len(text), 300, 24, "point"),
    )
    return SourceText.of(
        text,
        source="echo.pdf",
        media_type="application/pdf",
        pages=pages,
        words=tuple(words),
        skipped=(head,),
        joins=joins,
        unread=(Unread("blank_page", 3),),
        told=(Told("title", "L'Écho", "pdf info Title"),),
    )


def test_a_view_of_a_view_leads_back_to_the_text() -> None:
    first = View("abc--defghi", [Edit(3, 5, ""), Edit(8, 9, "XY")])
    second = View(first, [Edit(0, 1, "A"), Edit(4, 5, "")])
    assert (first.text, second.text) == ("abcdefXYhi", "AbcdfXYhi")
    assert second.source == "abc--defghi"
    assert second.source[second.in_source(3) : second.end_in_source(5)] == "def"
    assert second.source[second.in_source(0) : second.end_in_source(3)] == "abc"


def test_what_is_left_out_is_no_part_of_what_ends_before_it() -> None:
    view = View("fin TITRE suite", [Edit(3, 9, "")])
    assert view.text == "fin suite"
    assert view.source[view.in_source(0) : view.end_in_source(3)] == "fin"
    assert view.source[view.in_source(4) : view.end_in_source(9)] == "suite"


def test_a_sentence_is_read_over_line_ends_and_running_heads() -> None:
    source = page()
    skipped = tuple((one.start, one.end) for one in source.skipped)
    tokens = read(source.text, PassedOver(skipped, source.joins))
    assert "Marchal" in tokens.text
    assert "ÉCHO" not in tokens.text
    assert "\n" not in tokens.source.replace("-\n", "")


def test_spans_stand_on_their_page_in_their_boxes() -> None:
    source = page()
    record = extractor.extract(source, source=source.source, model="none")
    assert record.document.media_type == "application/pdf"
    assert [page.unit for page in record.document.pages] == ["point", "point"]
    assert [(one.reason, one.page) for one in record.coverage.unread] == [("blank_page", 3)]
    assert [one.text for one in record.coverage.skipped if one.reason == "running_head"] == [
        "LE PETIT ÉCHO 12"
    ]
    assert record.coverage.characters_read == len(source.text) - len("\nLE PETIT ÉCHO 12")
    marchal = next(driver for driver in record.drivers if "Marchal" in driver.name)
    parted = marchal.mentions[0]
    assert parted.text == "Louis Mar-\nchal"
    assert parted.page == 1
    first, second = parted.boxes
    start = LINES[0].index("Louis")
    assert (first.x, first.y, first.w, first.h) == (5 * start, 0, 5 * len("Louis Mar-"), 10)
    assert (second.x, second.y, second.w, second.h) == (0, 12, 5 * len("chal"), 10)
    assert marchal.mentions[1].page == 2
    for span in record.spans():
        assert span.page is not None
        assert all("ÉCHO" not in word for word in _words_in(source, span.boxes))
        assert all(a.y <= b.y or a.page < b.page for a, b in pairwise(span.boxes))


def _words_in(source: SourceText, boxes: tuple[extractor.record.Box, ...]) -> list[str]:  # type: ignore[name-defined]
    return [
        source.text[word.start : word.end]
        for word in source.words
        for box in boxes
        if word.page == box.page and box.x <= word.x and word.x + word.w <= box.x + box.w and word.y == box.y
    ]
