"""What training leaves in its folder: weights as arrays, configuration, and what facts are worth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from extractor.neural.bundle import CALIBRATION, CONFIG, ENCODER, HEADS, TOKENIZER
from extractor.neural.fitting import FitReport, FitSettings
from extractor.neural.heads import Reader
from extractor.neural.windows import OVERLAP, SIZE, Windowing
from extractor.training.recipe import Unread, decide


def leave(
    model: Any,
    report: FitReport,
    tokenizer: Any,
    unread: Sequence[Unread],
    settings: FitSettings,
    folder: Path,
) -> dict[str, Any]:
    """Write a trained model's files, and return what is to be told of its training."""
    from safetensors.numpy import save_file

    encoder = _arrays(model.encoder)
    heads = _arrays(model.heads)
    config = model.encoder.config.to_dict()
    # The same rounding as in the bundle: what facts are worth is learnt with the numbers that will be read.
    encoder, heads = (_halved(arrays) for arrays in (encoder, heads))
    decisions = decide(reader_of(config, encoder, heads, tokenizer), unread)
    told = {
        "epoch": report.epoch,
        "held_out_loss": report.loss,
        "seconds": round(report.seconds, 1),
        "settings": asdict(settings),
        "unread_reports": len(unread),
    }
    save_file(encoder, folder / ENCODER)
    save_file(heads, folder / HEADS)
    windows = {"size": SIZE, "overlap": OVERLAP}
    _write(folder / CONFIG, {"encoder": config, "windows": windows, "training": told})
    _write(folder / CALIBRATION, decisions.to_json())
    tokenizer.save(str(folder / TOKENIZER))
    return told


def reader_of(
    config: dict[str, Any], encoder: dict[str, Any], heads: dict[str, Any], tokenizer: Any
) -> Reader:
    """Return what reads with these arrays: our encoder in numpy, any other by transformers."""
    from extractor.neural.encoder import Encoder
    from extractor.neural.runtime import NumpyEncoder
    from extractor.neural.torch_encoder import TorchEncoder

    ours = config.get("model_type") == "roformer"
    reading: Encoder = (
        NumpyEncoder(config, encoder) if ours else TorchEncoder.from_arrays(config, encoder, "encoder")
    )
    return Reader(Windowing(tokenizer), reading, heads)


def _arrays(module: Any) -> dict[str, Any]:
    return {name: tensor.detach().float().cpu().numpy() for name, tensor in module.state_dict().items()}


def _halved(arrays: dict[str, Any]) -> dict[str, Any]:
    """Round to half precision, kept as float32."""
    return {name: array.astype(np.float16).astype(np.float32) for name, array in arrays.items()}


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
