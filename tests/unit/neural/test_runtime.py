"""The encoder in numpy gives the states that transformers gives."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from extractor.errors import ExitCode, ModelError
from extractor.neural.encoder import token_states, token_states_by_part
from extractor.neural.runtime import NumpyEncoder
from extractor.neural.windows import Window, Windowing
from tests.unit.neural.tiny import SHAPE, WORDS, Arrays

LENGTHS = (3, 40, 1, 256, 40, 700)


def some_windows(lengths: tuple[int, ...] = LENGTHS) -> list[np.ndarray[Any, Any]]:
    draw = np.random.default_rng(5)
    return [draw.integers(0, SHAPE["vocab_size"], length).astype(np.int32) for length in lengths]


@pytest.fixture(scope="module")
def encoder(weights: Arrays) -> NumpyEncoder:
    return NumpyEncoder(SHAPE, weights)


def in_transformers(weights: Arrays) -> Any:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    model = transformers.RoFormerModel(
        transformers.RoFormerConfig(**SHAPE | {"max_position_embeddings": 1024})
    )
    kept = model.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()}, strict=False)
    assert set(kept.missing_keys) <= {"encoder.embed_positions.weight"}
    assert not kept.unexpected_keys
    return model


@pytest.mark.parametrize("scale", [1.0, 6.0])
def test_states_are_those_of_transformers(weights: Arrays, scale: float) -> None:
    """With large queries, the scores are beyond what exp can take as they are."""
    from extractor.neural.torch_encoder import TorchEncoder

    weights = {k: v * scale if ".query." in k or ".key." in k else v for k, v in weights.items()}
    wanted = TorchEncoder(in_transformers(weights), budget=600).states(some_windows())
    found = NumpyEncoder(SHAPE, weights).states(some_windows())
    assert [one.shape for one in found] == [(length, SHAPE["hidden_size"]) for length in LENGTHS]
    for one, other in zip(found, wanted, strict=True):
        assert one.dtype == np.float32
        assert np.abs(one).max() > 1
        np.testing.assert_allclose(one, other, atol=1e-3)


def test_a_window_is_read_without_regard_to_those_beside_it(encoder: NumpyEncoder) -> None:
    together = encoder.states(some_windows())
    for window, states in zip(some_windows(), together, strict=True):
        np.testing.assert_allclose(encoder.states([window])[0], states, atol=1e-4)


def test_no_window_no_states(encoder: NumpyEncoder) -> None:
    assert encoder.states([]) == []
    assert token_states(encoder, []).shape == (0, SHAPE["hidden_size"])


def test_a_text_of_many_windows_has_a_state_for_each_token(
    encoder: NumpyEncoder, tokenizer: Tokenizer
) -> None:
    windowing = Windowing(tokenizer, 40, 10)
    tokens = windowing.tokens(WORDS * 9)
    windows = windowing.windows(tokens)
    states = token_states(encoder, windows)
    assert len(states) == len(tokens)
    for window in windows:
        count = window.kept.stop - window.kept.start
        alone = encoder.states([window.ids])[0][window.kept]
        np.testing.assert_allclose(states[window.first : window.first + count], alone, atol=1e-4)
    parts = list(token_states_by_part(encoder, windows, at_once=2))
    assert [first for first, _ in parts] == [window.first for window in windows]
    np.testing.assert_allclose(np.concatenate([part for _, part in parts]), states, atol=1e-4)


def test_half_precision_on_disk_and_a_language_models_names(
    tmp_path: Path, weights: Arrays, encoder: NumpyEncoder
) -> None:
    path = tmp_path / "encoder.safetensors"
    save_file(
        {f"roformer.{k}": v.astype(np.float16) for k, v in weights.items()} | {"cls.bias": np.ones(2)}, path
    )
    half = NumpyEncoder.from_file(SHAPE, path).states(some_windows())
    for one, other in zip(half, encoder.states(some_windows()), strict=True):
        assert one.dtype == np.float32
        assert np.abs(one - other).mean() < 0.02


def test_memory_does_not_grow_with_the_text(encoder: NumpyEncoder) -> None:
    def peak(count: int) -> int:
        windows = [Window(ids, 0, slice(1, 99)) for ids in some_windows((100,) * count)]
        tracemalloc.start()
        for _ in token_states_by_part(encoder, windows):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(640) < 1.2 * peak(64)


@pytest.mark.parametrize(
    "change",
    [
        {"model_type": "bert"},
        {"hidden_act": "gelu"},
        {"rotary_value": True},
        {"embedding_size": 16},
        {"num_hidden_layers": None},
        {"num_attention_heads": 0},
        {"num_attention_heads": 3},
        {"hidden_size": "32"},
    ],
)
def test_another_encoder_is_refused(weights: Arrays, change: dict[str, Any]) -> None:
    with pytest.raises(ModelError) as refused:
        NumpyEncoder(SHAPE | change, weights, "config.json")
    assert refused.value.code == "model_foreign_encoder"
    assert refused.value.exit_code == ExitCode.MODEL
    assert "config.json" in str(refused.value)


def test_weights_that_are_missing_or_of_another_shape_are_named(weights: Arrays) -> None:
    name = "encoder.layer.1.output.dense.bias"
    with pytest.raises(ModelError, match=name) as refused:
        NumpyEncoder(SHAPE, {k: v for k, v in weights.items() if k != name})
    assert refused.value.code == "model_lacks_array"
    with pytest.raises(ModelError, match=name) as refused:
        NumpyEncoder(SHAPE, weights | {name: weights[name][:-1]})
    assert refused.value.code == "model_odd_shape"


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, weights: Arrays) -> None:
    path = tmp_path / "encoder.safetensors"
    save_file(weights, path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelError, match=r"encoder\.safetensors") as refused:
        NumpyEncoder.from_file(SHAPE, path)
    assert refused.value.code == "model_unreadable"


def test_any_encoder_of_transformers_reads_windows(tmp_path: Path, tokenizer: Tokenizer) -> None:
    transformers = pytest.importorskip("transformers")
    from extractor.neural.torch_encoder import TorchEncoder

    tiny = {"vocab_size": 400, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    transformers.BertModel(transformers.BertConfig(**tiny, intermediate_size=16)).save_pretrained(tmp_path)
    encoder = TorchEncoder.from_pretrained(tmp_path, budget=100)
    windowing = Windowing(tokenizer, 40, 10)
    windows = windowing.windows(windowing.tokens(WORDS * 4))
    states = token_states(encoder, windows)
    assert states.shape == (len(windowing.tokens(WORDS * 4)), encoder.hidden) == (len(states), 16)
    with pytest.raises(ModelError) as refused:
        TorchEncoder.from_pretrained(tmp_path / "nowhere")
    assert refused.value.code == "model_base_unknown"
