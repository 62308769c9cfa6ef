"""An encoder pretrained for a few updates, and everything that can be wrong with what it is made from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_corpus import Notes

from extractor.errors import InputError, UsageError
from extractor.neural.settings import EncoderSettings, PretrainingSettings
from extractor.training.pretraining import Pretraining, run

pytest.importorskip("torch")
pytest.importorskip("transformers")

SHAPE = EncoderSettings(vocabulary=320, hidden=16, layers=1, heads=2, feed_forward=16)
SETTINGS = PretrainingSettings(steps=4, batch=2, length=16, warmup=2, every=2)
Make = Callable[..., Pretraining]


@pytest.fixture
def wanted(tmp_path: Path) -> Make:
    line = "Théo Varnier remporte la course {n} devant Zoé Lacaze à Nogaro.\n"
    (tmp_path / "a.txt").write_text("".join(line.format(n=n) for n in range(400)), "utf-8")
    (tmp_path / "sources.toml").write_text('[races]\nfiles = ["a.txt"]\nweight = 1.0\n', "utf-8")

    def make(**changes: object) -> Pretraining:
        usual = {
            "sources": tmp_path / "sources.toml",
            "out": tmp_path / "encoder",
            "encoder": SHAPE,
            "settings": SETTINGS,
        }
        return Pretraining(**{**usual, **changes})  # type: ignore[arg-type]

    return make


def test_an_encoder_is_made_with_its_tokens_and_its_curve(wanted: Make) -> None:
    notes = Notes()
    points = run(wanted(), notes)
    assert [point["step"] for point in points] == [2, 4]
    assert notes.points == points
    assert {"pretrain.vocabulary", "pretrain.tokens"} <= set(notes.said)
    made = {path.name for path in wanted().out.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "curve.jsonl"} <= made
    config = json.loads((wanted().out / "config.json").read_text())
    assert (config["model_type"], config["num_hidden_layers"], config["hidden_size"]) == ("roformer", 1, 16)


def test_the_same_command_goes_on_and_ends_as_if_it_had_not_been_interrupted(
    wanted: Make, tmp_path: Path
) -> None:
    whole = run(wanted(out=tmp_path / "whole"), Notes())
    paused = run(wanted(seconds=0.0), Notes())
    assert [point["step"] for point in paused] == [2]
    notes = Notes()
    points = run(wanted(), notes)
    assert notes.values["pretrain.goes_on"] == {"step": 2}
    assert "pretrain.vocabulary" not in notes.said
    losses = [[point["training_loss"] for point in curve] for curve in (points, whole)]
    assert losses[0] == pytest.approx(losses[1], abs=1e-3)
    assert run(wanted(), Notes()) == points  # there is nothing left to do


def test_tokens_that_are_named_are_used(wanted: Make, tmp_path: Path) -> None:
    run(wanted(), Notes())
    given = wanted().out / "tokenizer.json"
    notes = Notes()
    run(wanted(out=tmp_path / "other", tokenizer=given), notes)
    assert "pretrain.vocabulary" not in notes.said
    assert (tmp_path / "other/tokenizer.json").read_text("utf-8") == given.read_text("utf-8")
    changed = tmp_path / "changed.json"
    changed.write_text(given.read_text("utf-8") + " ", "utf-8")
    with pytest.raises(UsageError) as caught:
        run(wanted(tokenizer=changed), Notes())
    assert caught.value.code == "other_tokenizer"


def test_another_pretraining_is_not_mixed_in(wanted: Make) -> None:
    run(wanted(seconds=0.0), Notes())
    with pytest.raises(UsageError) as caught:
        run(wanted(encoder=EncoderSettings(320, 32, 1, 2, 16)), Notes())
    assert caught.value.code == "other_pretraining"
    assert caught.value.parameters == {"changed": "encoder"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[a",
        "a = 1",
        '[a]\nfiles = ["a.txt"]',
        '[a]\nfiles = "a.txt"\nweight = 1',
        '[a]\nfiles = ["no*"]\nweight = 1',
    ],
)
def test_a_bad_list_of_sources_is_told(wanted: Make, tmp_path: Path, content: str) -> None:
    (tmp_path / "sources.toml").write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        run(wanted(), Notes())
    assert caught.value.code == "bad_sources"
    assert not wanted().out.exists()


def test_an_absent_list_and_absent_tokens_are_told(wanted: Make, tmp_path: Path) -> None:
    for changes in ({"sources": tmp_path / "no.toml"}, {"tokenizer": tmp_path / "no.json"}):
        with pytest.raises(InputError) as caught:
            run(wanted(**changes), Notes())
        assert caught.value.code == "not_found"


def test_tokens_that_are_none_are_told(wanted: Make, tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("{}", "utf-8")
    with pytest.raises(InputError) as caught:
        run(wanted(tokenizer=tmp_path / "none.json"), Notes())
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("lines", [1, 40])
def test_too_little_text_is_told_before_the_first_update(wanted: Make, tmp_path: Path, lines: int) -> None:
    (tmp_path / "a.txt").write_text("Théo Varnier gagne.\n" * lines, "utf-8")
    with pytest.raises(InputError) as caught:
        run(wanted(), Notes())
    assert caught.value.code == "too_little_text"
