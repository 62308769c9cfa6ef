"""The tokenizer of our own ``Language``: nothing is lost, nothing takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.pipeline.language import LANGUAGE, blank
from extractor.pipeline.race_french import RaceTokenizer, cut
from tools.check import ROOT

SAMPLE = (ROOT / "examples" / "val-de-brume.txt").read_text(encoding="utf-8")


def tokens(text: str) -> list[str]:
    return [token.text for token in blank()(text)]


def test_tokens_are_those_of_the_lexicon() -> None:
    assert tokens("L'écurie Jean-Luc gagne en 25'12\"345, devant 12 autos.") == [
        "L'", "écurie", "Jean", "-", "Luc", "gagne", "en", "25'12\"345", ",", "devant", "12", "autos", "."
    ]  # fmt: skip


def test_further_blanks_are_tokens() -> None:
    assert tokens(" a  b\n\nc \n d ") == [" ", "a", " ", "b", "\n\n", "c", "\n ", "d"]


@pytest.mark.parametrize(
    "text", ["", " ", "   ", "\n", "\r\n\r", "\t", "a\x00b", "🏁🏎️ 👨‍👩‍👧", "\u2028", "e\u0301té", "_"]
)
def test_a_doc_is_its_text(text: str) -> None:
    assert blank()(text).text == text


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n'’-.")))
def test_any_doc_is_its_text(text: str) -> None:
    words, spaces = cut(text)
    assert all(words)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text


def test_the_sample_is_its_text() -> None:
    assert blank()(SAMPLE).text == SAMPLE


def test_half_a_character_is_refused_as_elsewhere() -> None:
    with pytest.raises(InputError) as refused:
        blank()("Course \ud800")
    assert refused.value.code == "half_character"
    assert refused.value.parameters == {"position": 7}


def test_marks_without_blanks_take_no_longer_than_words() -> None:
    nlp = blank()
    started = time.process_time()
    nlp("(" * 200_000)
    nlp(" " * 1_000_000)
    nlp("a" * 1_000_000)
    assert time.process_time() - started < 5  # spaCy's rules would take an hour for the first


def test_long_texts_are_not_refused() -> None:
    assert blank().max_length > 1 << 30


def test_the_language_is_ours() -> None:
    nlp = blank()
    assert nlp.lang == LANGUAGE
    assert isinstance(nlp.tokenizer, RaceTokenizer)
