"""The review desk's words: both languages say the same things, numbers and days as each writes them."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import extractor.ui.words
from extractor.messages import LANGUAGES
from extractor.ui.words import Words, pages, sentences

FOLDER = Path(extractor.ui.words.__file__).parent


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("page", pages())
def test_both_languages_of_a_page_have_the_same_sentences_with_the_same_placeholders(page: str) -> None:
    french, english = (Words(language).page(page) for language in LANGUAGES)
    assert french.keys() == english.keys()
    assert {k: placeholders(v) for k, v in french.items()} == {k: placeholders(v) for k, v in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_says_something(language: str) -> None:
    assert [key for key, said in sentences(language).items() if not said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_one_form_for_a_number_has_the_other_too(language: str) -> None:
    known = sentences(language)
    ones = {key.removesuffix(".one") for key in known if key.endswith(".one")}
    manys = {key.removesuffix(".many") for key in known if key.endswith(".many")}
    assert ones == manys


def test_every_file_is_of_a_language_that_the_app_speaks() -> None:
    assert {path.name.split(".")[1] for path in FOLDER.glob("*.toml")} == set(LANGUAGES)


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert Words("fr").number(1234567.5, 1) == "1\u202f234\u202f567,5"
    assert Words("en").number(1234567.5, 1) == "1,234,567.5"
    assert Words("fr").percent(0.934, 1) == "93,4\u202f%"
    assert Words("en").percent(0.934) == "93%"


def test_days_and_times_are_written_as_each_language_writes_them() -> None:
    assert Words("fr").day(date(1957, 7, 7)) == "07/07/1957"
    assert Words("en").day(date(1957, 7, 7)) == "7 Jul 1957"
    noon = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
    assert Words("fr").moment(noon) == "23/11/2026 12 h 05"
    assert Words("en").moment(noon) == "23 Nov 2026 12:05"


def test_an_unknown_sentence_or_language_is_told_at_once() -> None:
    with pytest.raises(KeyError):
        Words("fr")("shell.nothing_of_the_kind")
    with pytest.raises(KeyError):
        Words("de")("shell.name")


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [("fr", -0.12, "−0,12"), ("en", -1234.5, "−1,234.50"), ("fr", -0.001, "0,00"), ("en", 3, "3.00")],
)
def test_what_is_below_nought_has_a_minus_sign(language: str, value: float, said: str) -> None:
    assert Words(language).number(value, 2) == said
