"""The heads in numpy: the same numbers as :mod:`extractor.neural.joint`, without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.neural.annotated import Annotated
from extractor.neural.encoder import Encoder, FloatArray, token_states
from extractor.neural.examples import Example, Pairs, example
from extractor.neural.labels import CLAIMS, LAYERS
from extractor.neural.windows import Tokens, Windowing


@dataclass(slots=True)
class Opinion:
    """What the model thinks of a text of which the rules have read something.

    Attributes:
        example: The text as the heads saw it: tokens, mentions, pairs.
        tags: (tokens, tags) probabilities of each layer.
        claims: (M, C) probabilities.
        entries, speakers, scopes: A probability for each pair of the example.
    """

    example: Example
    tags: dict[str, FloatArray]
    claims: FloatArray
    entries: FloatArray
    speakers: FloatArray
    scopes: FloatArray


@dataclass(slots=True)
class Sight:
    """What can be seen of a text before the rules are asked: states and tags of its tokens."""

    tokens: Tokens
    states: FloatArray
    tags: dict[str, FloatArray]


class Reader:
    """Encoder and heads, ready to read.

    Args:
        windowing: Cuts texts into windows.
        encoder: Reads windows.
        heads: The weights under the names of :class:`extractor.neural.joint.Heads`, of any float type.
    """

    def __init__(
        self, windowing: Windowing, encoder: Encoder, heads: Mapping[str, NDArray[np.floating]]
    ) -> None:
        self.windowing, self.encoder = windowing, encoder
        self._heads = {name: np.asarray(array, np.float32) for name, array in heads.items()}

    def see(self, text: str) -> Sight:
        """Return states and tags of a text's tokens."""
        tokens = self.windowing.tokens(text)
        states = token_states(self.encoder, self.windowing.windows(tokens))
        tags = {layer: _softmax(self._linear(f"tags.{layer}", states)) for layer in LAYERS}
        return Sight(tokens, states, tags)

    def judge(self, sight: Sight, read: Annotated) -> Opinion:
        """Return what the heads make of a text of which the rules have read something."""
        one = example(self.windowing, gold=None, read=read)
        mentions = _ends(sight.states, one.spans)
        return Opinion(
            one,
            sight.tags,
            self._claims(mentions, one),
            self._pairs("entry", mentions, sight.states, one.entries),
            self._pairs("speaker", mentions, sight.states, one.speakers),
            self._pairs("scope", mentions, sight.states, one.scopes),
        )

    def _linear(self, name: str, values: FloatArray) -> FloatArray:
        found: FloatArray = values @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return found

    def _claims(self, mentions: FloatArray, one: Example) -> FloatArray:
        if not len(mentions):
            return np.zeros((0, len(CLAIMS)), np.float32)
        ruled = np.concatenate((one.told, one.known, one.features), -1)
        wide = np.maximum(self._linear("mention", mentions) + self._linear("claim_rules", ruled), 0)
        trust = self._heads["trust"]
        logits = self._linear("claim", wide)
        logits += trust[0] * one.told
        logits += trust[1] * one.known
        return _sigmoid(logits)

    def _pairs(self, head: str, mentions: FloatArray, states: FloatArray, pairs: Pairs) -> FloatArray:
        if not len(pairs.left):
            return np.zeros(0, np.float32)
        right = self._linear("other", _ends(states, pairs.spans))
        wide = np.maximum(self._linear("mention", mentions[pairs.left]) + right, 0)
        return _sigmoid(self._linear(head, np.concatenate((wide, pairs.features), -1)))[:, 0]


def _ends(states: FloatArray, spans: NDArray[np.int64]) -> FloatArray:
    """Return the states of first and last token of each span, side by side."""
    return np.concatenate((states[spans[:, 0]], states[spans[:, 1]]), -1)


def _sigmoid(values: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), dtype=np.float32)


def _softmax(values: FloatArray) -> FloatArray:
    powers = np.exp(values - values.max(-1, keepdims=True))
    found: FloatArray = powers / powers.sum(-1, keepdims=True)
    return found
