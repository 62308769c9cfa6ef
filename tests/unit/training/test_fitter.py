"""What training begins with, and when it stops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.errors import InputError, ModelError, UsageError
from extractor.training import fitter
from extractor.training.fitter import require_base, require_training, unread_authors
from tests.unit.training.tiny_bases import LINE, camembert, our_own


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitter, "find_spec", lambda name: None if name == "torch" else object())
    with pytest.raises(UsageError) as caught:
        require_training()
    assert caught.value.parameters == {"missing": "torch"}


@pytest.mark.parametrize("base", ["./no", "/no/such", "models/fr_encoder", "a/b/c"])
def test_a_folder_without_an_encoder_is_told(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        require_base(base)
    assert caught.value.code == "no_encoder"


@pytest.mark.parametrize("base", ["camembert-base", "almanach/camembertav2-base"])
def test_names_are_left_to_transformers(base: str) -> None:
    require_base(base)


def test_a_folder_with_an_encoder_will_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    require_base(str(tmp_path))


def test_some_authors_are_kept_apart() -> None:
    assert unread_authors()


def test_the_limit_of_time_is_looked_at_behind_each_epoch() -> None:
    points: list[Any] = []
    unlimited = fitter._limited(points.append, None)
    unlimited({"epoch": 0})
    with pytest.raises(fitter._TimeIsUp):
        fitter._limited(points.append, 0.0)({"epoch": 1})
    assert points == [{"epoch": 0}, {"epoch": 1}]


@pytest.mark.parametrize("make", [our_own, camembert])
def test_any_encoder_is_loaded_in_single_precision_with_its_tokens(make: Any, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from extractor.neural.base import load_base
    from extractor.neural.windows import Windowing

    make(tmp_path)
    model, tokenizer = load_base(str(tmp_path))
    assert {p.dtype for p in model.parameters()} == {torch.float32}
    windowing = Windowing(tokenizer)
    tokens = windowing.tokens(LINE)
    assert LINE[tokens.starts[0] : tokens.ends[0]] in "Théo"
    (window,) = windowing.windows(tokens)
    ids = torch.from_numpy(window.ids.astype("int64"))[None]
    assert model(input_ids=ids)[0].shape == (1, len(tokens) + 2, 32)


@pytest.mark.parametrize("content", [None, "{}", "{"])
def test_what_is_no_encoder_is_told(tmp_path: Path, content: str | None) -> None:
    pytest.importorskip("transformers")
    from extractor.neural.base import load_base

    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(ModelError) as caught:
        load_base(str(tmp_path))
    assert caught.value.code == "model_base_unknown"


def test_an_encoder_without_tokens_is_told(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    from extractor.neural.base import load_base

    our_own(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(ModelError):
        load_base(str(tmp_path))
