"""The bundle: a folder with everything that reading by the model takes, held together by a list of hashes.

    manifest.json         format, version of the model, size and SHA-256 of every other file
    config.json           ``encoder`` (as in a config.json of transformers), ``windows`` (size, overlap), and
                          whatever the heads want to know
    tokenizer.json        as ``tokenizers`` saves it
    encoder.safetensors   weights of the encoder, half precision or bytes with a scale for each row
    heads.safetensors     arrays of the heads, by name
    calibration.json      how scores become probabilities

A bundle is opened as a whole or refused: every file is there, has the size and the hash that the manifest
says, and the manifest names nothing outside the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ModelError, OutputError
from extractor.neural.packing import Arrays, Packing, pack, unpack

if TYPE_CHECKING:
    from extractor.neural.encoder import Encoder
    from extractor.neural.windows import Windowing

FORMAT = 1
MANIFEST = "manifest.json"
CONFIG, TOKENIZER, CALIBRATION = "config.json", "tokenizer.json", "calibration.json"
ENCODER, HEADS = "encoder.safetensors", "heads.safetensors"
_FILES = (CONFIG, TOKENIZER, ENCODER, HEADS, CALIBRATION)

# A plain name: no way up, no other drive, no hidden file, nothing that a system reads differently.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Bundle:
    """A bundle whose files are sound. What is in them is read when it is first asked for.

    Attributes:
        folder: Where it is.
        version: Version of the model.
    """

    folder: Path
    version: str

    @cached_property
    def config(self) -> dict[str, Any]:
        """What ``config.json`` says."""
        return _json(self.folder / CONFIG)

    @cached_property
    def calibration(self) -> dict[str, Any]:
        """What ``calibration.json`` says."""
        return _json(self.folder / CALIBRATION)

    @cached_property
    def heads(self) -> dict[str, NDArray[Any]]:
        """The arrays of the heads, floating-point numbers as ``float32``."""
        return unpack(_arrays(self.folder / HEADS))

    def windowing(self) -> Windowing:
        """Return what cuts texts into this model's tokens and windows.

        Raises:
            ModelError: The tokenizer, or what ``config.json`` says of windows, makes no sense.
        """
        from tokenizers import Tokenizer

        from extractor.neural.windows import Windowing

        path = self.folder / TOKENIZER
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # tokenizers raises nothing more exact
            raise ModelError("model_unreadable", source=str(path), reason=str(error)) from error
        try:
            return Windowing(tokenizer, **self.config.get("windows", {}))
        except (TypeError, ValueError) as error:
            raise ModelError(
                "model_unreadable", source=str(self.folder / CONFIG), reason=f"windows: {error}"
            ) from error

    def encoder(self) -> Encoder:
        """Return the encoder: ours in numpy, any other by transformers, which then has to be installed.

        Raises:
            ModelError: The weights do not fit the configuration.
        """
        config, path = self.config.get("encoder", {}), self.folder / ENCODER
        arrays = unpack(_arrays(path))
        if config.get("model_type") == "roformer":
            from extractor.neural.runtime import NumpyEncoder

            return NumpyEncoder(config, arrays, str(path))
        from extractor.neural.torch_encoder import TorchEncoder

        return TorchEncoder.from_arrays(config, arrays, str(path))

    def copy_to(self, folder: Path) -> None:
        """Write the same bundle elsewhere, whole or not at all.

        Raises:
            OutputError: As :func:`write_bundle`.
        """
        with _replacing(folder) as part:
            for name in (*_FILES, MANIFEST):
                shutil.copyfile(self.folder / name, part / name)


def open_bundle(folder: Path) -> Bundle:
    """Return the bundle in ``folder``, with its files checked.

    Raises:
        ModelError: No bundle, one of another format, or one that is damaged or incomplete.
    """
    manifest = _manifest(folder / MANIFEST)
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        try:
            sound = path.stat().st_size == size and _digest(path) == digest
        except FileNotFoundError as error:
            raise ModelError("model_lacks_file", source=str(folder), name=name) from error
        except OSError as error:
            raise ModelError("model_unreadable", source=str(path), reason=_reason(error)) from error
        if not sound:
            raise ModelError("model_damaged", source=str(path))
    return Bundle(folder, manifest.version)


def write_bundle(
    folder: Path,
    *,
    version: str,
    config: Mapping[str, Any],
    tokenizer: str,
    encoder: Arrays,
    heads: Arrays,
    calibration: Mapping[str, Any],
    packing: Packing = "float16",
) -> None:
    """Write a bundle, whole or not at all; one that is there already is replaced.

    Args:
        folder: Where to; its parents are made.
        version: Version of the model.
        config: Goes into ``config.json``, with the encoder's own configuration under ``encoder``.
        tokenizer: What ``Tokenizer.to_str`` gives.
        encoder: Weights under the names of ``transformers``. Of our own encoder, what reading does not need
            is left out.
        heads: Arrays by name.
        calibration: Goes into ``calibration.json``.
        packing: How the encoder's weights are kept. Those of the heads, which are few, become ``float16``.

    Raises:
        OutputError: The folder holds something other than a bundle, or cannot be written.
    """
    from safetensors.numpy import save

    contents = {
        CONFIG: _bytes(config),
        TOKENIZER: tokenizer.encode(),
        ENCODER: save(pack(_needed(encoder, config), packing)),
        HEADS: save(pack(heads)),
        CALIBRATION: _bytes(calibration),
    }
    files = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    }
    contents[MANIFEST] = _bytes({"format": FORMAT, "version": version, "files": files})
    with _replacing(folder) as part:
        for name, content in contents.items():
            (part / name).write_bytes(content)


def _needed(encoder: Arrays, config: Mapping[str, Any]) -> Arrays:
    if config.get("encoder", {}).get("model_type") != "roformer":
        return encoder
    from extractor.neural.runtime import reading_weights

    return reading_weights(encoder)


@dataclass(frozen=True, slots=True)
class _Manifest:
    version: str
    files: dict[str, tuple[int, str]]


def _manifest(path: Path) -> _Manifest:
    if not path.is_file():
        raise ModelError("model_not_here", source=str(path.parent), name=MANIFEST)
    told = _json(path)
    if told.get("format") != FORMAT:
        raise ModelError("model_format", source=str(path), found=json.dumps(told.get("format")), known=FORMAT)
    version, files = told.get("version"), told.get("files")
    if not isinstance(version, str) or not isinstance(files, dict):
        raise ModelError("model_unreadable", source=str(path), reason="version, files")
    for name in files:
        if not _PLAIN.fullmatch(name) or name == MANIFEST:
            raise ModelError("model_outside", source=str(path), name=name)
    missing = next((name for name in _FILES if name not in files), None)
    if missing is not None:
        raise ModelError("model_lacks_file", source=str(path), name=missing)
    try:
        return _Manifest(version, {name: (int(f["bytes"]), str(f["sha256"])) for name, f in files.items()})
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError("model_unreadable", source=str(path), reason="bytes, sha256") from error


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError("model_unreadable", source=str(path), reason=_reason(error)) from error
    if not isinstance(told, dict):
        raise ModelError("model_unreadable", source=str(path), reason=type(told).__name__)
    return told


def _bytes(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(path)
    except (OSError, SafetensorError, KeyError) as error:  # KeyError: a type that numpy has not
        raise ModelError("model_unreadable", source=str(path), reason=_reason(error)) from error


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside ``folder`` that takes its place once it is filled, or is removed."""
    part, old = (folder.with_name(f".{folder.name}-{os.getpid()}.{kind}") for kind in ("partial", "old"))
    try:
        if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
            raise OutputError("model_folder_taken", source=str(folder), name=MANIFEST)
        part.mkdir(parents=True)
        yield part
        _exchange(part, folder, old)
    except OSError as error:
        raise OutputError("cannot_write", source=str(folder), reason=_reason(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _exchange(new: Path, folder: Path, old: Path) -> None:
    """Put ``new`` in the place of ``folder``, which comes back if that fails."""
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
