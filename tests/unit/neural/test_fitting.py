"""Training encoder and heads: it stops early, keeps the best, and goes on where it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from extractor.neural.annotated import Annotated, annotated
from tests.unit.neural.pages import brumeval
from tests.unit.neural.tiny import SHAPE

pytestmark = pytest.mark.slow  # torch and transformers take seconds to import

TEXT = annotated(brumeval().record)
BARE = Annotated(TEXT.text)


class _Interrupted(Exception):  # noqa: N818 - no error
    pass


@pytest.fixture(autouse=True)
def _training() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")


def fitted(folder: Path, tokenizer: Tokenizer, *, after: int | None = None, **changes: Any) -> Any:
    """Train a tiny model; ``after`` interrupts it behind so many epochs."""
    import torch
    from transformers import RoFormerConfig, RoFormerModel

    from extractor.neural.fitting import FitSettings, Lesson, fit

    torch.manual_seed(5)
    shape = {name: value for name, value in SHAPE.items() if name != "model_type"}
    encoder = RoFormerModel(RoFormerConfig(**shape))
    lessons = [Lesson("un", TEXT, BARE, ((TEXT, TEXT),)), Lesson("vide", Annotated(""), Annotated(""))]
    points: list[dict[str, float]] = []

    def progress(point: dict[str, float]) -> None:
        points.append(point)
        if after is not None and len(points) == after:
            raise _Interrupted

    usual: dict[str, Any] = {
        "epochs": 4,
        "batch": 2,
        "warmup": 2,
        "patience": 9,
        "rate": 1e-3,
        "head_rate": 5e-3,
    }
    try:
        model, report = fit(
            lessons,
            [Lesson("inventé", TEXT, TEXT)],
            [
                Lesson("trois", replace(TEXT, entries=frozenset()), BARE),
                Lesson("rien", Annotated(""), Annotated("")),
            ],
            encoder=encoder,
            tokenizer=tokenizer,
            settings=FitSettings(**usual | changes),
            folder=folder,
            progress=progress,
        )
    except _Interrupted:
        return None, None, points
    return model, report, points


def losses(points: list[dict[str, float]], name: str = "held_out_loss") -> list[float]:
    return [point[name] for point in points]


def test_it_learns_and_what_is_best_is_kept(tmp_path: Path, tokenizer: Tokenizer) -> None:
    from extractor.neural.examples import example
    from extractor.neural.joint import lay_out, loss_of, run
    from extractor.neural.windows import Windowing

    model, report, points = fitted(tmp_path, tokenizer, epochs=6)
    assert losses(points, "training_loss")[-1] < losses(points, "training_loss")[0]
    held_out = losses(points)
    assert (report.loss, held_out[report.epoch]) == (min(held_out), min(held_out))
    # The model returned is the one with that loss, whatever came behind it.
    windowing = Windowing(tokenizer)
    one = example(windowing, gold=replace(TEXT, entries=frozenset()), read=BARE)
    (found,) = run(model, lay_out([one], windowing))
    assert not model.training
    assert sum(float(loss.detach()) for loss in loss_of(one, found).values()) == pytest.approx(
        report.loss, abs=0.02
    )
    curve = [json.loads(line) for line in (tmp_path / "fit.jsonl").read_text("utf-8").splitlines()]
    assert losses(curve) == held_out
    assert curve[0]["settings"]["epochs"] == 6


def test_it_stops_when_nothing_gets_better(tmp_path: Path, tokenizer: Tokenizer) -> None:
    _, report, points = fitted(tmp_path, tokenizer, epochs=9, patience=1, rate=0.0, head_rate=0.0)
    assert (report.epoch, len(points)) == (0, 2)  # nothing is learnt at a rate of nothing


def test_an_interrupted_run_ends_as_an_undisturbed_one(tmp_path: Path, tokenizer: Tokenizer) -> None:
    _, whole, undisturbed = fitted(tmp_path / "whole", tokenizer)
    _, _, before = fitted(tmp_path / "parts", tokenizer, after=2)
    assert [point["epoch"] for point in before] == [0, 1]
    _, report, behind = fitted(tmp_path / "parts", tokenizer)
    assert [point["epoch"] for point in behind] == [2, 3]
    for name in ("held_out_loss", "training_loss"):
        assert losses([*before, *behind], name) == pytest.approx(losses(undisturbed, name), abs=2e-3)
    assert report.epoch == whole.epoch
    assert report.seconds == pytest.approx(behind[-1]["seconds"], abs=0.001)  # both parts, as the curve says
    assert behind[-1]["seconds"] > before[-1]["seconds"]


def test_a_run_that_is_over_is_not_begun_again(tmp_path: Path, tokenizer: Tokenizer) -> None:
    import torch

    model, report, _ = fitted(tmp_path, tokenizer, epochs=2)
    again, same, points = fitted(tmp_path, tokenizer, epochs=2)
    assert (points, same) == ([], report)
    for one, other in zip(model.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_heads_that_stand_alone_see_nothing_of_the_rules(tokenizer: Tokenizer) -> None:
    import torch
    from transformers import RoFormerConfig, RoFormerModel

    from extractor.neural.examples import example
    from extractor.neural.joint import Joint, lay_out, run
    from extractor.neural.windows import Windowing

    shape = {name: value for name, value in SHAPE.items() if name != "model_type"}
    model = Joint(RoFormerModel(RoFormerConfig(**shape)), SHAPE["hidden_size"]).eval()
    windowing = Windowing(tokenizer)
    # The same mentions and pairs, of which the rules tell much, and nothing.
    silent = replace(
        TEXT, claims=(), entries=frozenset(), speeches=tuple(replace(s, speaker=-1) for s in TEXT.speeches)
    )
    ones = [example(windowing, gold=TEXT, read=read) for read in (TEXT, silent)]
    with torch.no_grad():
        told, untold = run(model, lay_out(ones, windowing), alone=True)
        heard, unheard = run(model, lay_out(ones, windowing))
    for name in ("claims", "entries", "speakers", "scopes"):
        torch.testing.assert_close(getattr(told, name), getattr(untold, name), atol=1e-4, rtol=0)
    assert (heard.claims - unheard.claims).abs().max() > 1  # what they tell counts otherwise
