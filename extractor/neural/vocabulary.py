"""The encoder's own tokens: a byte-level BPE with digits apart.

Byte-level, so that no character is unknown and line ends are seen. Digits one by one, so that a place or a
time
that training never showed is still read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

PAD, START, END, MASK = "[PAD]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL = (PAD, START, END, MASK)


def train_vocabulary(texts: Iterable[str], size: int) -> Tokenizer:
    """Learn ``size`` tokens from ``texts``; the same texts in the same order give the same tokens."""
    from tokenizers import decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def load_vocabulary(path: Path) -> Tokenizer:
    """Read the tokens that :func:`train_vocabulary` learnt and ``Tokenizer.save`` wrote."""
    return Tokenizer.from_file(str(path))
