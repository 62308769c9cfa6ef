"""What training leaves is what a model is read from, with the numbers that were trained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractor.neural.annotated import annotated
from tests.unit.neural.pages import brumeval
from tests.unit.neural.tiny import SHAPE
from tests.unit.pipeline.model.thoughts import sentences, windowing

pytestmark = pytest.mark.slow  # torch and transformers take seconds to import

READ = annotated(brumeval().record)


def trained(transformers: Any) -> Any:
    from extractor.neural.joint import Joint

    shape = {name: value for name, value in SHAPE.items() if name != "model_type"}
    model = Joint(transformers.RoFormerModel(transformers.RoFormerConfig(**shape)), SHAPE["hidden_size"])
    return model.eval()


def test_what_is_left_reads_as_what_was_trained(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from safetensors.numpy import load_file

    from extractor.neural.examples import example
    from extractor.neural.fitting import FitReport, FitSettings
    from extractor.neural.joint import lay_out, run
    from extractor.neural.vocabulary import load_vocabulary
    from extractor.pipeline.model.deciding import Decisions
    from extractor.training.leaving import leave, reader_of
    from extractor.training.recipe import Unread

    model, record = trained(transformers), brumeval().record
    unread = [Unread("un", record, record, sentences(record.document.text))]
    tokenizer = windowing().tokenizer
    told = leave(model, FitReport(3, 0.5, 12.34), tokenizer, unread, FitSettings(epochs=5), tmp_path)
    assert (told["epoch"], told["held_out_loss"], told["seconds"], told["unread_reports"]) == (
        3,
        0.5,
        12.3,
        1,
    )
    kept = {
        name: json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in ("config", "calibration")
    }
    assert kept["config"]["training"] == told
    assert kept["config"]["training"]["settings"]["epochs"] == 5
    assert set(Decisions.from_json(kept["calibration"]).weights) >= {"results.final", "entries", "drivers"}
    arrays = [load_file(tmp_path / f"{name}.safetensors") for name in ("encoder", "heads")]
    vocabulary = load_vocabulary(tmp_path / "tokenizer.json")
    reader = reader_of(kept["config"]["encoder"], *arrays, vocabulary)
    found = reader.judge(reader.see(READ.text), READ)
    one = example(windowing(), gold=None, read=READ)
    with torch.no_grad():
        (wanted,) = run(model, lay_out([one], windowing()))
    # Half precision has eleven bits.
    np.testing.assert_allclose(found.claims, torch.sigmoid(wanted.claims).numpy(), atol=5e-3)
    np.testing.assert_allclose(found.entries, torch.sigmoid(wanted.entries).numpy(), atol=5e-3)


def test_weights_are_left_as_the_bundle_will_have_them() -> None:
    pytest.importorskip("torch")
    from extractor.training.leaving import _halved

    before = {"a": np.array([0.1, 1 / 3, 1000.1], np.float32)}
    after = _halved(before)["a"]
    assert after.dtype == np.float32
    assert (after == after.astype(np.float16)).all()
    np.testing.assert_allclose(after, before["a"], rtol=1e-3)
