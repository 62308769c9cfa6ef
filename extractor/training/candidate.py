"""From trained weights to a model that may be shipped, and into the place of the old one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.errors import InputError, OutputError
from extractor.neural.bundle import CALIBRATION, CONFIG, ENCODER, HEADS, TOKENIZER, open_bundle, write_bundle
from extractor.pipeline.model.location import COMPONENT, MANIFEST


def pack(fitted: Path, folder: Path, version: str, facts: Mapping[str, Any]) -> Path:
    """Make a folder that ``spacy.load`` opens of what training has left, and return it.

    Args:
        fitted: What training has left.
        folder: Where to; replaced if it is there.
        version: Version of the model.
        facts: What the model is to remember of its training, under ``training`` in its ``config.json``.

    Raises:
        InputError: Something is missing.
        OutputError: The model cannot be written.
    """
    from safetensors.numpy import load_file

    from extractor.pipeline.model.saving import save_model

    for name in (CONFIG, TOKENIZER, ENCODER, HEADS, CALIBRATION):
        if not (fitted / name).is_file():
            raise InputError("not_found", source=str(fitted / name))
    config = _json(fitted / CONFIG)
    config.get("encoder", {}).pop("_name_or_path", None)  # where it lay on this machine is nobody's business
    bundle = folder.with_name(f"{folder.name}.{COMPONENT}")
    write_bundle(
        bundle,
        version=version,
        config={**config, "training": {**config.get("training", {}), **facts}},
        tokenizer=(fitted / TOKENIZER).read_text(encoding="utf-8"),
        encoder=load_file(fitted / ENCODER),
        heads=load_file(fitted / HEADS),
        calibration=_json(fitted / CALIBRATION),
    )
    shutil.rmtree(folder, ignore_errors=True)
    try:
        save_model(bundle, folder, limit=None)  # whoever trains from a large base gets a large model
    except OSError as error:
        raise OutputError("cannot_write", source=str(folder), reason=error.strerror or str(error)) from error
    shutil.rmtree(bundle)
    open_bundle(folder / COMPONENT)
    return folder


def has_model(folder: Path) -> bool:
    """Tell whether a folder holds a model that another one would take the place of.

    Raises:
        OutputError: ``not_a_model_folder``: it holds something else.
    """
    if (folder / COMPONENT / MANIFEST).is_file():
        return True
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError("not_a_model_folder", source=str(folder))
    return False


def put_in_place(candidate: Path, out: Path) -> None:
    """Copy a model to where models are looked for; the old one leaves when the new one is whole.

    Raises:
        OutputError: It cannot be written.
    """
    new, old = (out.with_name(f".{out.name}-{os.getpid()}.{what}") for what in ("new", "old"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(candidate, new)
        if out.exists():
            out.replace(old)
        new.replace(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.replace(out)
        raise OutputError("cannot_write", source=str(out), reason=error.strerror or str(error)) from error
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)


def _json(path: Path) -> dict[str, Any]:
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError("not_json", source=str(path)) from error
    return held
