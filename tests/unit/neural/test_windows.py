"""A text of any length becomes tokens with their characters, and overlapping windows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from extractor.neural.windows import Tokens, Windowing, batches
from tests.unit.neural.tiny import WORDS

ANY_TEXT = st.text(max_size=80) | st.text(alphabet=" \n\u00a0\u3000éœ😀a1'’\ud800", max_size=80)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spans(tokens: Tokens) -> list[tuple[int, int]]:
    return list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))


def some_tokens(count: int) -> Tokens:
    places = np.arange(count, dtype=np.int32)
    return Tokens(places + 10, places, places + 1)


def test_a_token_has_the_characters_of_the_text_without_the_blank_before(tokenizer: Tokenizer) -> None:
    text = " Nogaro devant\nZoé"
    tokens = Windowing(tokenizer).tokens(text)
    assert [text[a:b] for a, b in spans(tokens)] == ["Nogaro", "devant", "", "Zo", "é"]


def test_a_character_of_several_tokens_belongs_to_each_of_them(tokenizer: Tokenizer) -> None:
    assert spans(Windowing(tokenizer).tokens("a😀")) == [(0, 1), *[(1, 2)] * 4]


def test_what_looks_like_a_mark_is_text(tokenizer: Tokenizer) -> None:
    windowing = Windowing(tokenizer)
    assert not set(windowing.tokens("[CLS][MASK][PAD] [SEP]").ids) & {0, 1, 2, 3}


def test_half_a_character_is_read_as_an_unknown_one(tokenizer: Tokenizer) -> None:
    tokens = Windowing(tokenizer).tokens("Zoé \ud83d devant")
    assert tokens.ends[-1] == len("Zoé \ud83d devant")
    assert tokens.ids.tolist() == Windowing(tokenizer).tokens("Zoé \ufffd devant").ids.tolist()


def test_an_empty_text_has_no_token_and_no_window(tokenizer: Tokenizer) -> None:
    windowing = Windowing(tokenizer)
    tokens = windowing.tokens("")
    assert len(tokens) == 0
    assert windowing.windows(tokens) == []


@quickly
@given(text=ANY_TEXT)
def test_spans_lie_in_the_text_in_order_and_leave_out_nothing_but_white_space(
    tokenizer: Tokenizer, text: str
) -> None:
    tokens = Windowing(tokenizer).tokens(text)
    covered = set()
    for start, end in spans(tokens):
        assert 0 <= start <= end <= len(text)
        assert not text[start:end][:1].isspace()
        covered |= set(range(start, end))
    assert all(character.isspace() for place, character in enumerate(text) if place not in covered)
    assert (np.diff(tokens.starts) >= 0).all()
    assert (np.diff(tokens.ends) >= 0).all()


@quickly
@given(text=ANY_TEXT, ends=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_the_tokens_of_a_span_are_those_that_share_a_character_with_it(
    tokenizer: Tokenizer, text: str, ends: tuple[int, int]
) -> None:
    tokens = Windowing(tokenizer).tokens(text)
    start, end = sorted(ends)
    first, last = tokens.covering(start, end)
    sharing = [k for k, (a, b) in enumerate(spans(tokens)) if max(a, start) < min(b, end)]
    assert set(sharing) <= set(range(first, last))
    assert all(a == b for k, (a, b) in enumerate(spans(tokens)) if first <= k < last and k not in sharing)


@quickly
@given(count=st.integers(0, 3000), size=st.integers(8, 80), share=st.floats(0, 0.99))
def test_every_token_is_kept_once_in_its_order_and_none_is_cut_off(
    tokenizer: Tokenizer, count: int, size: int, share: float
) -> None:
    overlap = int(share * (size - 2))
    tokens, windows = some_tokens(count), Windowing(tokenizer, size, overlap).windows(some_tokens(count))
    kept = [number for window in windows for number in window.ids[window.kept].tolist()]
    assert kept == tokens.ids.tolist()
    for window in windows:
        assert tokens.ids[window.first] == window.ids[window.kept.start]
        assert len(window.ids) <= size
        assert (window.ids[0], window.ids[-1]) == (1, 2)
        assert np.array_equal(np.diff(window.ids[1:-1]), np.ones(len(window.ids) - 3))
    for one, other in pairwise(windows):
        assert len(set(one.ids[1:-1]) & set(other.ids[1:-1])) >= overlap
        assert len(other.ids) == len(one.ids)


@quickly
@given(count=st.integers(60, 600))
def test_a_token_is_taken_from_where_it_is_farthest_from_an_edge(tokenizer: Tokenizer, count: int) -> None:
    windows = Windowing(tokenizer, 50, 20).windows(some_tokens(count))

    def distance(window: int, number: int) -> int:
        """To the nearer end of the window; the ends of the text are none."""
        inside = windows[window].ids[1:-1]
        before = number - inside[0] if window else count
        after = inside[-1] - number if window < len(windows) - 1 else count
        return int(min(before, after))

    for k, window in enumerate(windows):
        for number in window.ids[window.kept].tolist():
            chosen = distance(k, number)
            others = [distance(j, number) for j, other in enumerate(windows) if number in other.ids[1:-1]]
            assert chosen >= max(others) - 1


def test_a_window_must_be_longer_than_what_it_shares(tokenizer: Tokenizer) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Windowing(tokenizer, 66, 64)


def test_another_tokenizers_own_marks_are_used(tokenizer: Tokenizer) -> None:
    from tokenizers.processors import TemplateProcessing

    other = Tokenizer.from_str(tokenizer.to_str())
    other.post_processor = TemplateProcessing(
        single="[SEP] $A [MASK]", special_tokens=[("[SEP]", 2), ("[MASK]", 3)]
    )
    other.enable_truncation(3)
    windowing = Windowing(other)
    (window,) = windowing.windows(windowing.tokens(WORDS))
    assert (window.ids[0], window.ids[-1]) == (2, 3)
    assert len(window.ids) == len(windowing.tokens(WORDS)) + 2 > 20


@given(lengths=st.lists(st.integers(0, 300), max_size=60), budget=st.integers(1, 1000))
def test_batches_hold_everything_once_within_the_budget(lengths: list[int], budget: int) -> None:
    groups = batches(lengths, budget)
    assert sorted(k for group in groups for k in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or len(group) * max(lengths[k] for k in group) <= budget
    longest = [max(lengths[k] for k in group) for group in groups]
    assert longest == sorted(longest, reverse=True)
    for one, other in pairwise(groups):
        assert min(lengths[k] for k in one) >= max(lengths[k] for k in other)
        assert (len(one) + 1) * max(1, *(lengths[k] for k in one)) > budget
