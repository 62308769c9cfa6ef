"""Noise moves every mark and fact with its words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from extractor.corpus.noise import misread, wrap
from extractor.corpus.report import Report

Compiled = Callable[..., Report]
PROSE = "Le vainqueur termina devant ses camarades émerveillés, après une embardée considérable. " * 40


@given(st.text(alphabet="abé ,.\n-«»'", max_size=300), st.integers(0, 99))
def test_wrapping_changes_white_space_and_joints_alone(text: str, seed: int) -> None:
    new, offsets = wrap(text, random.Random(seed))
    assert len(offsets) == len(text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(new)
    assert all(new[offsets[i]] == c for i, c in enumerate(text) if not c.isspace())


def test_wrapped_lines_are_short_and_some_words_are_parted() -> None:
    new, _ = wrap(PROSE, random.Random(1))
    assert max(map(len, new.split("\n"))) <= 84
    assert re.search(r"\w-\n\w", new)
    assert re.sub(r"-\n", "", new).replace("\n", " ").split() == PROSE.split()


@pytest.mark.parametrize("rate", [0.01, 0.03])
def test_misreadings_come_at_their_rate_and_spare_digits(rate: float) -> None:
    text = PROSE + "12 345 678 90" * 50
    new, offsets = misread(text, random.Random(3), rate)
    assert Levenshtein.distance(text, new) / len(text) == pytest.approx(rate, rel=0.35)
    assert [new[offsets[i]] for i, c in enumerate(text) if c.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize("noise", ["wrapped", "ocr", "ocr_heavy"])
def test_facts_stay_on_their_words(compiled: Compiled, noise: str) -> None:
    clean, noisy = compiled().record, compiled(noise=noise).record
    assert noisy.document.text != clean.document.text or noise == "wrapped"
    for one, other in zip(clean.spans(), noisy.spans(), strict=True):
        bare, read = ("".join(s.text.replace("-\n", "").split()) for s in (one, other))
        assert Levenshtein.distance(bare, read) <= 0.25 * len(bare) + 1
    assert [r.position for r in noisy.results] == [r.position for r in clean.results]


def test_noise_is_the_same_every_time(compiled: Compiled) -> None:
    assert compiled(noise="ocr_heavy").record == compiled(noise="ocr_heavy").record
