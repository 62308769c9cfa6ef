"""The encoder that training begins with, as it is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.training.tiny_bases import our_own
from tools.ship_encoder import main


def test_what_is_shipped_reads_as_what_was_pretrained(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from extractor.neural.base import load_base

    made, shipped = tmp_path / "made", tmp_path / "shipped"
    made.mkdir()
    our_own(made)
    (made / "state.pt").write_bytes(b"what pretraining goes on from")
    assert main([str(made), "--out", str(shipped)]) == 0
    assert {path.name for path in shipped.iterdir()} == {"config.json", "model.safetensors", "tokenizer.json"}
    assert (shipped / "model.safetensors").stat().st_size < (made / "model.safetensors").stat().st_size
    (one, tokens), (other, same_tokens) = load_base(str(made)), load_base(str(shipped))
    ids = torch.arange(40)[None]
    with torch.inference_mode():
        assert torch.allclose(one.eval()(ids)[0], other.eval()(ids)[0], atol=1e-5)
    assert tokens.to_str() == same_tokens.to_str()


def test_a_folder_without_an_encoder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "no model.safetensors, config.json, tokenizer.json" in capsys.readouterr().err
