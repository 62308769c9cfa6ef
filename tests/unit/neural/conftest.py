"""A tiny vocabulary, learnt in a moment, and a tiny encoder."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from extractor.neural.vocabulary import train_vocabulary
from tests.unit.neural.tiny import WORDS, Arrays, random_weights


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return train_vocabulary([WORDS] * 20, 400)


@pytest.fixture(scope="session")
def weights() -> Arrays:
    return random_weights()
