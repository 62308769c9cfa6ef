"""The encoder in numpy: a RoFormer (Su et al. 2021, https://arxiv.org/abs/2104.09864) that only reads.

The states are those of ``transformers.RoFormerModel``. Nearly all the time goes into matrix products of BLAS;
the rest is arranged so that it stays small:

- Windows lie one after the other in one array, without padding. Only attention looks at one window at a time,
  and its scores then fit into a processor's cache.
- Query, key and value come from one product. Neighbouring numbers of query and key are a complex number each,
  and the rotation by position is one complex multiplication.
- Constants are worked into the weights beforehand: the scale of attention, the bias of the values (the shares
  add up to one), and the bias before the ReLU, since ``max(x + b, 0) = max(x, -b) + b``.
- Shares are divided by their sum after they were applied: 64 numbers for a token instead of 256.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeGuard, cast

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ModelError
from extractor.neural.encoder import FloatArray
from extractor.neural.packing import Arrays
from extractor.neural.windows import IdArray

_AT_ONCE = 1024  # tokens worked on together
_WAVE = 10_000.0  # the slowest rotation, as in the paper
# exp() overflows beyond 88. Below this bound nothing has to be subtracted first.
_SAFE = 60.0


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a ``config.json`` of ``transformers`` that the encoder needs."""

    hidden: int
    layers: int
    heads: int
    epsilon: float

    @classmethod
    def of(cls, config: Mapping[str, Any], source: str | None = None) -> Shape:
        """Read the shape.

        Raises:
            ModelError: The configuration is of another encoder than this one.
        """
        hidden = config.get("hidden_size")
        kind = {
            "model_type": "roformer",
            "hidden_act": "relu",
            "rotary_value": False,
            "embedding_size": hidden,
        }
        # An older config.json leaves out what has its default value.
        found = {"rotary_value": False, "embedding_size": hidden} | dict(config)
        odd = [f"{key} = {found.get(key)}" for key, wanted in kind.items() if found.get(key) != wanted]
        layers, heads = config.get("num_hidden_layers"), config.get("num_attention_heads")
        epsilon = config.get("layer_norm_eps", 1e-12)
        fits = _positive(hidden) and _positive(layers) and _positive(heads) and hidden % (2 * heads) == 0
        if not fits:
            odd.append(f"hidden_size, num_hidden_layers, num_attention_heads = {hidden}, {layers}, {heads}")
        if not isinstance(epsilon, float):
            odd.append(f"layer_norm_eps = {epsilon}")
        if odd:
            raise ModelError("model_foreign_encoder", source=source, reason=", ".join(odd))
        return cls(cast(int, hidden), cast(int, layers), cast(int, heads), epsilon)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of a layer, ``(in, out)``, with the constants worked in."""

    attention: FloatArray  # query, key and value side by side
    attention_bias: FloatArray  # of query and key alone
    mixed: FloatArray
    mixed_bias: FloatArray
    mixed_norm: tuple[FloatArray, FloatArray]
    inner: FloatArray
    threshold: FloatArray  # what the inner states are cut off at
    outer: FloatArray
    outer_bias: FloatArray
    outer_norm: tuple[FloatArray, FloatArray]


class NumpyEncoder:
    """Reads windows of tokens with nothing but numpy.

    Args:
        config: What a ``config.json`` of ``transformers`` says of the encoder.
        arrays: The weights under the names of ``transformers``, of any float type.
        source: What errors name.

    Raises:
        ModelError: Another kind of encoder, or weights that are missing or of another shape.
    """

    def __init__(self, config: Mapping[str, Any], arrays: Arrays, source: str | None = None) -> None:
        self._shape = Shape.of(config, source)
        weights = _Weights(arrays, source)
        self._words = weights.of("embeddings.word_embeddings.weight", None, self.hidden)
        self._kind = weights.of("embeddings.token_type_embeddings.weight", None, self.hidden)[0]
        self._norm = weights.norm("embeddings.LayerNorm", self.hidden)
        self._layers = [_layer(weights, self._shape, number) for number in range(self._shape.layers)]
        self._turns = _turns(0, self._shape)

    @classmethod
    def from_file(cls, config: Mapping[str, Any], path: Path) -> NumpyEncoder:
        """Read the weights of a safetensors file.

        Raises:
            ModelError: The file cannot be read, or has other weights.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            arrays = load_file(path)
        except (OSError, SafetensorError) as error:
            raise ModelError("model_unreadable", source=str(path), reason=str(error)) from error
        return cls(config, arrays, str(path))

    @property
    def hidden(self) -> int:
        """How many numbers a state has."""
        return self._shape.hidden

    def states(self, windows: Sequence[IdArray]) -> list[FloatArray]:
        """Return the last layer's states of each window, ``(tokens, hidden)``, marks included."""
        found: list[FloatArray] = []
        for group in _groups(windows):
            borders = np.cumsum([0, *map(len, group)])
            states = self._read(np.concatenate(group), borders.tolist())
            found += [states[a:b] for a, b in pairwise(borders)]
        return found

    def _read(self, ids: IdArray, borders: list[int]) -> FloatArray:
        longest = max(b - a for a, b in pairwise(borders))
        if longest > len(self._turns):
            self._turns = _turns(longest, self._shape)
        turns = np.concatenate([self._turns[: b - a] for a, b in pairwise(borders)])
        room = _Room(len(ids), longest, self._shape, self._layers)
        states = self._words[ids]
        states += self._kind
        self._normalize(states, self._norm)
        for layer in self._layers:
            self._attend(states, layer, turns, borders, room)
            np.matmul(room.mixed, layer.mixed, out=room.change)
            self._add(states, room.change, layer.mixed_bias, layer.mixed_norm)
            np.matmul(states, layer.inner, out=room.inner)
            np.maximum(room.inner, layer.threshold, out=room.inner)
            np.matmul(room.inner, layer.outer, out=room.change)
            self._add(states, room.change, layer.outer_bias, layer.outer_norm)
        return states

    def _attend(
        self,
        states: FloatArray,
        layer: _Layer,
        turns: NDArray[np.complex64],
        borders: list[int],
        room: _Room,
    ) -> None:
        """Leave in ``room.mixed`` what each token takes from its window, head beside head."""
        heads, hidden = self._shape.heads, self.hidden
        np.matmul(states, layer.attention, out=room.attention)
        turned = room.attention[:, : 2 * hidden]
        turned += layer.attention_bias
        pairs = turned.view(np.complex64).reshape(len(states), 2 * heads, -1)
        np.multiply(pairs, turns[:, None, :], out=pairs)
        for a, b in pairwise(borders):
            length = b - a
            # (query, key, value; heads; tokens; numbers), all views: BLAS takes rows at any distance.
            query, key, value = room.attention[a:b].reshape(length, 3, heads, -1).transpose(1, 2, 0, 3)
            shares = room.shares[: heads * length * length].reshape(heads, length, length)
            np.matmul(query, key.transpose(0, 2, 1), out=shares)
            if _reach(query) * _reach(key) > _SAFE:
                shares -= shares.max(axis=-1, keepdims=True)
            np.exp(shares, out=shares)
            sums = shares @ room.ones[:length]
            mixed = room.mixed[a:b].reshape(length, heads, -1).transpose(1, 0, 2)
            np.matmul(shares, value, out=mixed)
            mixed /= sums[:, :, None]

    def _add(
        self, states: FloatArray, change: FloatArray, bias: FloatArray, norm: tuple[FloatArray, FloatArray]
    ) -> None:
        states += change
        states += bias
        self._normalize(states, norm)

    def _normalize(self, states: FloatArray, norm: tuple[FloatArray, FloatArray]) -> None:
        """Layer normalization (Ba et al. 2016, https://arxiv.org/abs/1607.06450) in place."""
        scale, shift = norm
        states -= states.mean(axis=-1, keepdims=True)
        spread = np.einsum("ij,ij->i", states, states) / np.float32(self.hidden)
        states *= (1 / np.sqrt(spread + np.float32(self._shape.epsilon)))[:, None]
        states *= scale
        states += shift


def reading_weights(arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Return what :class:`NumpyEncoder` reads, under its names, without the rest of a language model."""
    weights = _Weights(arrays, None)
    return weights.under("embeddings.") | weights.under("encoder.layer.")


class _Room:
    """Arrays that every layer writes into anew."""

    def __init__(self, tokens: int, longest: int, shape: Shape, layers: Sequence[_Layer]) -> None:
        inner = max((layer.inner.shape[1] for layer in layers), default=0)
        self.attention = np.empty((tokens, 3 * shape.hidden), dtype=np.float32)
        self.mixed = np.empty((tokens, shape.hidden), dtype=np.float32)
        self.change = np.empty((tokens, shape.hidden), dtype=np.float32)
        self.inner = np.empty((tokens, inner), dtype=np.float32)
        self.shares = np.empty(shape.heads * longest * longest, dtype=np.float32)
        self.ones = np.ones(longest, dtype=np.float32)


class _Weights:
    """The arrays, as float32 under the names that the encoder has by itself."""

    def __init__(self, arrays: Arrays, source: str | None) -> None:
        self._arrays, self._source = arrays, source
        self._prefix = "roformer." if any(name.startswith("roformer.") for name in arrays) else ""

    def of(self, name: str, *shape: int | None) -> FloatArray:
        """Return an array; ``None`` in the shape is any length."""
        array = self._arrays.get(self._prefix + name)
        if array is None:
            raise ModelError("model_lacks_array", source=self._source, name=self._prefix + name)
        if len(array.shape) != len(shape) or any(
            want not in (None, has) for want, has in zip(shape, array.shape, strict=True)
        ):
            raise ModelError(
                "model_odd_shape", source=self._source, name=self._prefix + name, shape=tuple(array.shape)
            )
        return np.ascontiguousarray(array, dtype=np.float32)

    def under(self, name: str) -> dict[str, NDArray[Any]]:
        """Return all arrays whose names begin so, as they are."""
        begin = self._prefix + name
        found = {k: array for k, array in self._arrays.items() if k.startswith(begin)}
        return {k.removeprefix(self._prefix): array for k, array in found.items()}

    def linear(self, name: str, into: int | None, out: int | None) -> tuple[FloatArray, FloatArray]:
        """Return weights, ``(in, out)``, and bias."""
        weight = self.of(f"{name}.weight", out, into)
        return weight.T, self.of(f"{name}.bias", weight.shape[0])

    def norm(self, name: str, size: int) -> tuple[FloatArray, FloatArray]:
        """Return scale and shift of a layer normalization."""
        return self.of(f"{name}.weight", size), self.of(f"{name}.bias", size)


def _positive(size: object) -> TypeGuard[int]:
    return isinstance(size, int) and size > 0


def _layer(weights: _Weights, shape: Shape, number: int) -> _Layer:
    at, hidden = f"encoder.layer.{number}", shape.hidden
    (query, query_bias), (key, key_bias), (value, value_bias) = (
        weights.linear(f"{at}.attention.self.{name}", hidden, hidden) for name in ("query", "key", "value")
    )
    scale = np.float32((hidden // shape.heads) ** -0.5)
    mixed, mixed_bias = weights.linear(f"{at}.attention.output.dense", hidden, hidden)
    inner, inner_bias = weights.linear(f"{at}.intermediate.dense", hidden, None)
    outer, outer_bias = weights.linear(f"{at}.output.dense", inner.shape[1], hidden)
    return _Layer(
        attention=np.hstack((query * scale, key, value)),
        attention_bias=np.concatenate((query_bias * scale, key_bias)),
        mixed=np.ascontiguousarray(mixed),
        mixed_bias=mixed_bias + value_bias @ mixed,
        mixed_norm=weights.norm(f"{at}.attention.output.LayerNorm", hidden),
        inner=np.ascontiguousarray(inner),
        threshold=-inner_bias,
        outer=np.ascontiguousarray(outer),
        outer_bias=outer_bias + inner_bias @ outer,
        outer_norm=weights.norm(f"{at}.output.LayerNorm", hidden),
    )


def _turns(length: int, shape: Shape) -> NDArray[np.complex64]:
    """Return the rotation of each pair of numbers at each position, ``(length, numbers of a head / 2)``."""
    half = shape.hidden // shape.heads // 2
    angles = np.arange(length)[:, None] * _WAVE ** (-np.arange(half) / half)
    turns: NDArray[np.complex64] = np.exp(1j * angles).astype(np.complex64)
    return turns


def _reach(rows: FloatArray) -> float:
    """Return the length of the longest row: no product of two is larger than their lengths' product."""
    return float(np.sqrt(np.einsum("hij,hij->hi", rows, rows).max(initial=0)))


def _groups(windows: Sequence[IdArray]) -> Iterator[list[IdArray]]:
    """Yield windows that are worked on together, in their order."""
    group: list[IdArray] = []
    size = 0
    for window in windows:
        if group and size + len(window) > _AT_ONCE:
            yield group
            group, size = [], 0
        group.append(window)
        size += len(window)
    if group:
        yield group
