"""The pages of errors: what they mark, and that nobody's words act in them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from board_builders import FAULT, board, changed, reading, report, scored

from extractor.scoreboard.page import pages
from extractor.scoreboard.page.document import document_page
from extractor.scoreboard.page.index import index_page

sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))
from exports_records import HOSTILE
from test_exports_page import Page, broken_as_a_browser_does

GOLD = report().record
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def wrong() -> Any:
    """Return a document with something missed, something made up and something nearly right."""
    results = [GOLD.results[0].model_dump(), {**GOLD.results[1].model_dump(), "position": 3}]
    return scored(report(), changed(GOLD, results=results, incidents=()))


def hostile(words: str) -> Any:
    """Return a document with such words in its text, its gold and its reading."""
    text = GOLD.document.text + words
    span = {"start": len(GOLD.document.text), "end": len(text), "text": words}
    document = {**GOLD.document.model_dump(), "id": words, "text": text, "language": words}
    driver = {"id": "d99", "name": words, "aliases": [words], "mentions": [span]}
    incident = {
        "id": "i99", "session": GOLD.sessions[0].id, "type": "other", "evidence": [span], "confidence": 1.0,
        "participants": [{"text": words}],
    }  # fmt: skip
    parts: dict[str, Any] = {
        "document": document,
        "coverage": {"characters": len(text), "characters_read": len(text)},
        "drivers": [*GOLD.model_dump()["drivers"], driver],
        "sessions": [{**GOLD.sessions[0].model_dump(), "label": words}],
    }
    gold = changed(GOLD, **parts)
    one = report()
    object.__setattr__(one, "record", gold)
    object.__setattr__(one, "name", words)
    return scored(one, changed(gold, incidents=[incident]))


def test_the_whole_text_is_there_as_it_was_read() -> None:
    assert Page(document_page(wrong())).article.replace("\r", "") == broken_as_a_browser_does(
        GOLD.document.text
    )


def test_every_fact_leads_to_its_evidence_and_back() -> None:
    page = Page(document_page(wrong()))
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    assert {key for keys in page.having("data-keys") for key in keys.split()} <= set(ids)
    inner = [target for target in page.having("href") if target != "../index.html"]
    assert inner
    assert all(target[0] == "#" and target[1:] in ids for target in inner)


def marks(source: str, state: str) -> list[str]:
    return re.findall(rf'<a class="seg[^"]*fact-{state}[^>]*>([^<]*)</a>', source)


def test_missed_spurious_and_right_are_told_apart_without_colour() -> None:
    source = document_page(wrong())
    assert "".join(marks(source, "missed")) == "Luc Ferrand part en tête-à-queue"
    assert "Zoé Lacaze" in marks(source, "mixed")  # second, and read as third
    assert marks(source, "right")[-1] == "La voiture était parfaite"
    labels = dict(re.findall(r'data-label="([^"]*)"[^>]*>([^<]*)</a>', source))
    assert labels["−R +R"] == "Zoé Lacaze"
    assert labels["−I"] == "Luc Ferrand"


def test_the_lists_say_what_is_missed_and_what_was_read() -> None:
    source = document_page(wrong())
    missed = re.search(r'<ul class="state-missed">(.*?)</ul>', source.partition("Classements finals")[2])
    assert missed is not None
    assert "2. Zoé Lacaze · Course" in missed[1]
    assert "autre place" in missed[1]
    assert "lu : 3. Zoé Lacaze · Course" in missed[1]
    assert "Tête-à-queue (Luc Ferrand)" in source


def test_optional_facts_that_were_found_are_right_and_say_so() -> None:
    gold = changed(GOLD, quotes=[{**GOLD.quotes[0].model_dump(), "optional": True}])
    one = report()
    object.__setattr__(one, "record", gold)
    source = document_page(scored(one, GOLD))
    assert '<span class="tag">facultatif</span>' in source.partition("Citations")[2]


def test_a_document_that_could_not_be_read_says_why_and_misses_everything() -> None:
    source = document_page(scored(report(), FAULT))
    assert "KeyError: &#x27;Théo &lt;b&gt;Varnier&lt;/b&gt;&#x27;" in source
    assert 'class="state-right"' not in source
    assert marks(source, "missed")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(words: str) -> None:
    document, calm = hostile(words), hostile("calme")
    for page_of in (document_page, lambda one: index_page(board(one.reading))):
        source, quiet = page_of(document), page_of(calm)
        page, expected = Page(source), Page(quiet)
        assert {tag for tag, _ in page.elements} <= {tag for tag, _ in expected.elements} | {"span"}
        assert {n for _, a in page.elements for n in a} <= {n for _, a in expected.elements for n in a}
        assert page.raw == expected.raw
        assert not UNFIT.search(source)


def test_nothing_is_loaded_and_only_our_own_script_may_act() -> None:
    for name, source in pages(board(reading(report()))):
        if not name.endswith(".html"):
            continue  # the diagram, which has neither
        page = Page(source)
        (policy,) = [
            a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"
        ]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not page.having("src")
        assert not page.having("style")
        assert not re.search(r"https?:|url\(|@import|fetch|XMLHttp|WebSocket|innerHTML", source)


def test_the_index_has_every_document_the_worst_first() -> None:
    good, bad = reading(report("pau")), reading(report("albi & fils"), FAULT)
    source = index_page(board(good, bad))
    links = [href for href in Page(source).having("href") if href.endswith(".html")]
    assert links == ["dev/albi%20%26%20fils.html", "dev/pau.html"]
    assert "non lu" in source


def test_every_page_is_where_the_index_looks_for_it() -> None:
    both = board(reading(report("pau"), split="train"), reading(report("pau")))
    written = dict(pages(both))
    links = {href for href in Page(written["index.html"]).having("href") if not href.startswith("#")}
    assert links == set(written) - {"index.html"} == {"train/pau.html", "dev/pau.html", "calibration.svg"}


def test_both_languages_say_what_they_mean() -> None:
    french, english = (Page(document_page(wrong(), lang)).words for lang in ("fr", "en"))
    for here, there in (("Manqués", "Missed"), ("autre place", "other place"), ("Pilotes", "Drivers")):
        assert here in french
        assert there not in french
        assert there in english
        assert here not in english
