"""How sure the OCR was of its words counts in how sure the record is of its facts."""

from __future__ import annotations

import pytest

from extractor import RaceRecord, extract
from extractor.readers import Page, SourceText, Word

TEXT = (
    "Course 1 : Jean Tavernier s'impose devant Louis Marchal.\n"
    "Course 2 : Paul Ortolan gagne, Louis Marchal abandonne sur casse moteur."
)


def scan(text: str, sure: dict[str, float], usual: float | None) -> SourceText:
    """Return a text as an OCR gives it, of some words surer or less sure than of the others."""
    words, at = [], 0
    for k, part in enumerate(text.split()):
        at = text.index(part, at)
        words.append(Word(at, at + len(part), 1, 10.0 * k, 0, 9, 9, sure.get(part, usual)))
        at += len(part)
    pages = (Page(1, 0, len(text), 1000, 1000, "pixel"),)
    return SourceText.of(text, source="scan", media_type="image/png", pages=pages, words=tuple(words))


def confidences(record: RaceRecord) -> dict[str, float]:
    """Return how sure a record is, by fact."""
    return {fact.id: fact.confidence for fact in record.facts()}


def test_without_confidences_and_with_perfect_ones_nothing_changes() -> None:
    plain = confidences(extract(TEXT, model="none"))
    assert plain
    for usual in (None, 1.0):
        assert confidences(extract(scan(TEXT, {}, usual), model="none")) == plain


def test_a_page_that_is_hard_to_read_is_doubted() -> None:
    plain = confidences(extract(TEXT, model="none"))
    before = plain
    for usual in (0.95, 0.8, 0.5):
        after = confidences(extract(scan(TEXT, {}, usual), model="none"))
        assert after.keys() == before.keys()
        assert all(0 < after[fact] < before[fact] for fact in after)
        before = after


def test_a_fact_is_doubted_more_where_its_own_words_are_unsure() -> None:
    record = extract(scan(TEXT, {"Paul": 0.1, "Ortolan": 0.1, "gagne,": 0.1}, 0.95), model="none")
    plain = confidences(extract(scan(TEXT, {}, 0.95), model="none"))
    lost = {fact.id: plain[fact.id] - fact.confidence for fact in record.facts()}
    of = {driver.id: driver.name for driver in record.drivers}
    wins = {of[result.drivers[0]]: lost[result.id] for result in record.results if result.position == 1}
    assert wins["Paul Ortolan"] > wins["Jean Tavernier"] > 0


@pytest.mark.parametrize("usual", [0.0, 1.0])
def test_a_confidence_stays_a_probability(usual: float) -> None:
    for confidence in confidences(extract(scan(TEXT, {}, usual), model="none")).values():
        assert 0 < confidence < 1
