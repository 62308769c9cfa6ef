"""Masked language modelling: what is hidden, and that an interrupted run ends as an undisturbed one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractor.neural.settings import EncoderSettings, PretrainingSettings
from extractor.neural.sources import Sampler

pytestmark = pytest.mark.slow  # torch and transformers take seconds to import

SHAPE = EncoderSettings(vocabulary=64, hidden=16, layers=1, heads=2, feed_forward=16)
SETTINGS = PretrainingSettings(steps=4, batch=8, length=16, warmup=2, every=2)
MASK = 3


@pytest.fixture(autouse=True)
def _training() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")


def text() -> Sampler:
    """Text that can be foretold: the numbers from 4 to 63, over and over."""
    array = (np.arange(6_000) % 60 + 4).astype(np.uint16)
    return Sampler([array], [array[:600]], [1.0])


def pretrained(
    folder: Path, settings: PretrainingSettings = SETTINGS, sampler: Sampler | None = None, **options: Any
) -> list[dict[str, float]]:
    from extractor.neural.pretrain import pretrain

    points: list[dict[str, float]] = []
    last = pretrain(sampler or text(), MASK, SHAPE, settings, folder, progress=points.append, **options)
    assert last == (points[-1] if points else {})
    return points


def test_in_two_parts_as_in_one(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    whole = pretrained(tmp_path / "whole")
    first = pretrained(tmp_path / "parts", seconds=0.0)
    second = pretrained(tmp_path / "parts")
    assert [point["step"] for point in (*first, *second)] == [2, 4]
    for name in ("training_loss", "held_out_loss"):
        assert [p[name] for p in (*first, *second)] == pytest.approx([p[name] for p in whole], abs=1e-3)
    one, other = (load_file(tmp_path / name / "model.safetensors") for name in ("whole", "parts"))
    assert one.keys() == other.keys()
    for name, array in one.items():
        np.testing.assert_allclose(other[name], array, atol=1e-5, err_msg=name)


def test_the_folder_tells_what_was_done(tmp_path: Path) -> None:
    from transformers import AutoModel

    points = pretrained(tmp_path)
    curve = [json.loads(line) for line in (tmp_path / "curve.jsonl").read_text("utf-8").splitlines()]
    assert curve == points
    assert [point["tokens"] for point in curve] == [256, 512]
    kept = json.loads((tmp_path / "settings.json").read_text("utf-8"))
    assert (kept["encoder"]["hidden"], kept["pretraining"]["steps"]) == (16, 4)
    assert AutoModel.from_pretrained(tmp_path).config.hidden_size == 16
    assert pretrained(tmp_path) == []  # there is nothing left to do


def test_it_learns(tmp_path: Path) -> None:
    settings = PretrainingSettings(steps=80, batch=8, length=16, warmup=5, every=40, rate=2e-2)
    one_word = Sampler([np.full(400, 9, np.uint16)], [np.full(100, 9, np.uint16)], [1.0])
    points = pretrained(tmp_path, settings, sampler=one_word)
    assert points[-1]["held_out_loss"] < 0.5 < np.log(60)  # chance is the logarithm


def test_a_fifth_is_hidden_and_only_that_is_to_be_guessed(tmp_path: Path) -> None:
    from extractor.neural.pretrain import _Run

    run = _Run(text(), MASK, SHAPE, SETTINGS, tmp_path)
    windows = text().draw(np.random.default_rng(1), 400, 16)
    shown, wanted = (one.numpy() for one in run._masked(windows, np.random.default_rng(2)))
    chosen = wanted != -100
    assert chosen.mean() == pytest.approx(0.2, abs=0.02)
    assert (wanted[chosen] == windows[chosen]).all()
    assert (shown[~chosen] == windows[~chosen]).all()
    assert (shown[chosen] == MASK).mean() == pytest.approx(0.8, abs=0.04)
    assert (shown[chosen] == windows[chosen]).mean() == pytest.approx(0.1, abs=0.04)
    assert (shown[chosen & (shown != MASK)] >= 4).all()  # no mark stands in for a word


@pytest.mark.parametrize("warmup", [0, 2, 4])
def test_the_rate_rises_falls_and_ends_at_nothing(tmp_path: Path, warmup: int) -> None:
    from extractor.neural.pretrain import _Run

    run = _Run(text(), MASK, SHAPE, PretrainingSettings(steps=4, warmup=warmup), tmp_path)
    shares = [run._share(step) for step in range(5)]
    assert shares[:warmup] == sorted(shares[:warmup])
    assert max(shares) == 1
    assert shares[-1] == 0
