"""The heads in numpy give what the heads in torch give, and probabilities for whatever there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from extractor.neural.annotated import Annotated, annotated
from extractor.neural.examples import MENTION_FEATURES, PAIR_FEATURES, example
from extractor.neural.heads import Opinion, Reader
from extractor.neural.labels import CLAIMS, LAYERS
from extractor.neural.runtime import NumpyEncoder
from extractor.neural.windows import Windowing
from tests.unit.neural.pages import brumeval
from tests.unit.neural.tiny import SHAPE, Arrays, random_heads

LONG = annotated(brumeval().record)
LONGER = replace(LONG, text=LONG.text + "\n\nLe public rentre sous la pluie." * 60)


@pytest.fixture(scope="module")
def windowing(tokenizer: Tokenizer) -> Windowing:
    return Windowing(tokenizer)


@pytest.fixture(scope="module")
def reader(windowing: Windowing, weights: Arrays) -> Reader:
    return Reader(windowing, NumpyEncoder(SHAPE, weights), random_heads())


def opinion(reader: Reader, read: Annotated) -> Opinion:
    return reader.judge(reader.see(read.text), read)


def test_everything_has_a_probability(reader: Reader) -> None:
    found = opinion(reader, LONG)
    one = found.example
    assert found.claims.shape == (len(one.mentions), len(CLAIMS))
    for layer, tags in LAYERS.items():
        assert found.tags[layer].shape == (len(one.tokens), len(tags))
        np.testing.assert_allclose(found.tags[layer].sum(-1), 1, atol=1e-5)
    for chances, pairs in (
        (found.entries, one.entries),
        (found.speakers, one.speakers),
        (found.scopes, one.scopes),
    ):
        assert len(chances) == len(pairs.left) > 0
    for chances in (found.claims, found.entries, found.speakers, found.scopes):
        assert 0 <= chances.min() < chances.max() <= 1


@pytest.mark.parametrize("text", ["", " ", "Rien à dire."])
def test_where_nobody_is_named_there_is_nothing_to_judge(reader: Reader, text: str) -> None:
    found = opinion(reader, Annotated(text))
    assert found.claims.shape == (0, len(CLAIMS))
    assert [len(one) for one in (found.entries, found.speakers, found.scopes)] == [0, 0, 0]
    assert len(found.tags["names"]) == len(found.example.tokens)


def test_a_claim_of_the_rules_counts_for_itself(reader: Reader) -> None:
    trusting = random_heads()
    trusting["trust"] = np.zeros_like(trusting["trust"])
    without = opinion(Reader(reader.windowing, reader.encoder, trusting), LONG)
    trusting = random_heads()
    trusting["trust"] = np.full_like(trusting["trust"], [[4.0], [0.0]])
    with_trust = opinion(Reader(reader.windowing, reader.encoder, trusting), LONG)
    told = without.example.told > 0
    assert told.any()
    assert (with_trust.claims[told] > without.claims[told]).all()
    np.testing.assert_allclose(with_trust.claims[~told], without.claims[~told], atol=1e-6)


def test_half_precision_is_read(windowing: Windowing, weights: Arrays, reader: Reader) -> None:
    half: Any = {name: array.astype(np.float16) for name, array in random_heads().items()}
    found = opinion(Reader(windowing, reader.encoder, half), LONG)
    assert found.claims.dtype == np.float32
    assert np.abs(found.claims - opinion(reader, LONG).claims).mean() < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("read", [LONG, LONGER], ids=["one window", "several windows"])
def test_numbers_are_those_of_torch(
    reader: Reader, windowing: Windowing, weights: Arrays, read: Annotated
) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from extractor.neural.joint import Joint, lay_out, run

    shape = {name: value for name, value in SHAPE.items() if name != "model_type"}
    encoder = transformers.RoFormerModel(transformers.RoFormerConfig(**shape))
    model = Joint(encoder, SHAPE["hidden_size"])
    encoder.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()}, strict=False)
    model.heads.load_state_dict({k: torch.from_numpy(v) for k, v in random_heads().items()}, strict=True)
    model.eval()
    one = example(windowing, gold=None, read=read)
    other = example(windowing, gold=None, read=Annotated("Un autre texte du même lot."))
    with torch.no_grad():
        _, wanted = run(model, lay_out([other, one], windowing))
    found = opinion(reader, read)
    for layer in LAYERS:
        close(found.tags[layer], torch.softmax(wanted.tags[layer], -1))
    close(found.claims, torch.sigmoid(wanted.claims))
    for name in ("entries", "speakers", "scopes"):
        assert len(getattr(found, name))
        close(getattr(found, name), torch.sigmoid(getattr(wanted, name)))


def close(found: np.ndarray[Any, Any], wanted: Any) -> None:
    assert found.std() > 0.005  # the weights make a difference
    np.testing.assert_allclose(found, wanted.numpy(), atol=1e-4)


def test_the_sizes_are_those_of_the_examples() -> None:
    heads = random_heads()
    assert heads["claim_rules.weight"].shape[1] == 2 * len(CLAIMS) + MENTION_FEATURES
    assert heads["entry.weight"].shape[1] == heads["claim.weight"].shape[1] + PAIR_FEATURES
