"""The encoder that a tagger of names starts from, and the tags that it learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from benchmarks.name_training import Budget, Clock
from benchmarks.newspapers import Passage, Word
from extractor.neural.bundle import open_bundle, write_bundle
from extractor.neural.vocabulary import train_vocabulary
from tests.unit.neural.tiny import SHAPE, WORDS, random_weights

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from benchmarks.encoder_tagger import Base, EncoderTagger  # noqa: E402  (needs torch)

TEXT = Passage(
    tuple(
        Word(*w.split("/")) for w in ["Théo/B-PER", "Varnier/I-PER", "gagne/O", "à/O", "Nogaro/B-LOC", "./O"]
    )
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a bundle of a tiny encoder."""
    place = tmp_path_factory.mktemp("bundle")
    tokenizer: Tokenizer = train_vocabulary([WORDS] * 20, SHAPE["vocab_size"])
    write_bundle(
        place,
        version="1",
        config={"encoder": SHAPE},
        tokenizer=tokenizer.to_str(),
        encoder=random_weights(),
        heads={},
        calibration={},
    )
    return place


def test_a_bundles_encoder_is_the_one_that_reads(folder: Path) -> None:
    base = Base.load(folder)
    (window,) = base.windowing.windows(base.windowing.tokens(WORDS))
    with torch.inference_mode():
        states = base.encoder.eval()(input_ids=torch.from_numpy(window.ids[None].astype(np.int64)))[0][
            0
        ].numpy()
    np.testing.assert_allclose(states, open_bundle(folder).encoder().states([window.ids])[0], atol=1e-3)


def test_from_scratch_means_the_same_shape_with_other_weights(folder: Path) -> None:
    learnt, bare = (Base.load(folder, pretrained=p).encoder.state_dict() for p in (True, False))
    name = "encoder.layer.0.intermediate.dense.weight"
    assert learnt[name].shape == bare[name].shape
    assert not torch.equal(learnt[name], bare[name])


def test_tags_come_back_to_the_words_they_were_learnt_from(folder: Path) -> None:
    # So long that it takes several windows.
    passage = Passage(TEXT.words * 60)
    tagger = EncoderTagger(Base.load(folder, pretrained=False))
    clock = Clock(Budget(epochs=30, seconds=1000, patience=1))
    kept = tagger.keep()
    while clock.rounds < clock.budget.epochs:
        tagger.learn_once([passage] * 4, clock)
        clock.rounds += 1
    assert tagger.tags([passage, TEXT]) == [passage.tags, TEXT.tags]
    tagger.restore(kept)
    assert tagger.tags([TEXT]) != [TEXT.tags]
