"""A bundle is written whole or not at all, and opened whole or refused."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from extractor.errors import ExitCode, ModelError, OutputError
from extractor.neural.bundle import ENCODER, HEADS, MANIFEST, open_bundle, write_bundle
from extractor.neural.encoder import token_states
from extractor.neural.runtime import NumpyEncoder
from tests.unit.neural.tiny import SHAPE, WORDS, Arrays

HEAD_ARRAYS = {"tagger.weight": np.arange(6, dtype=np.float32).reshape(2, 3), "order": np.array([3, 1])}
CONFIG = {"encoder": SHAPE, "windows": {"size": 40, "overlap": 10}, "labels": ["Pilote", "Écurie"]}


@pytest.fixture
def write(tokenizer: Tokenizer, weights: Arrays) -> Callable[..., None]:
    def write(folder: Path, **other: Any) -> None:
        contents: dict[str, Any] = {
            "version": "1.2",
            "config": CONFIG,
            "tokenizer": tokenizer.to_str(),
            "encoder": weights,
            "heads": HEAD_ARRAYS,
            "calibration": {"place": [1.5, 0.25]},
        }
        write_bundle(folder, **contents | other)

    return write


@pytest.fixture
def bundle(tmp_path: Path, write: Callable[..., None]) -> Path:
    write(tmp_path / "models" / "bundle")
    return tmp_path / "models" / "bundle"


def edit(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def sign(folder: Path, name: str) -> None:
    """Let the manifest say of a file what it now is."""
    content = (folder / name).read_bytes()
    files = json.loads((folder / MANIFEST).read_text())["files"]
    files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    edit(folder / MANIFEST, files=files)


def refusal(action: Callable[[], object]) -> ModelError:
    with pytest.raises(ModelError) as refused:
        action()
    assert refused.value.exit_code == ExitCode.MODEL
    for language in ("fr", "en"):
        line = refused.value.in_language(language)
        assert refused.value.code not in line
        assert str(refused.value.source) in line
    return refused.value


def test_what_was_written_is_read(bundle: Path) -> None:
    opened = open_bundle(bundle)
    assert opened.version == "1.2"
    assert opened.config == CONFIG
    assert opened.calibration == {"place": [1.5, 0.25]}
    assert opened.heads.keys() == HEAD_ARRAYS.keys()
    for name, array in HEAD_ARRAYS.items():
        assert opened.heads[name].dtype == array.dtype
        np.testing.assert_array_equal(opened.heads[name], array)
    assert {path.suffix for path in bundle.parent.rglob("*") if path.is_file()} == {".json", ".safetensors"}


@pytest.mark.parametrize(("packing", "most"), [("float32", 0.0), ("float16", 0.01), ("int8", 0.2)])
def test_a_text_is_read_as_by_the_encoder_that_was_packed(
    tmp_path: Path, write: Callable[..., None], weights: Arrays, packing: str, most: float
) -> None:
    write(tmp_path / "bundle", packing=packing)
    opened = open_bundle(tmp_path / "bundle")
    windowing = opened.windowing()
    windows = windowing.windows(windowing.tokens(WORDS * 3))
    assert max(len(window.ids) for window in windows) <= 40
    assert len(windows) > 2
    found, wanted = (
        token_states(encoder, windows) for encoder in (opened.encoder(), NumpyEncoder(SHAPE, weights))
    )
    assert np.abs(found - wanted).mean() <= most


def test_what_only_a_language_model_needs_is_left_out(
    tmp_path: Path, bundle: Path, write: Callable[..., None], weights: Arrays
) -> None:
    rest = {"roformer.encoder.embed_positions.weight": np.ones((9, 8)), "cls.predictions.bias": np.ones(400)}
    write(tmp_path / "whole", encoder={f"roformer.{k}": v for k, v in weights.items()} | rest)
    assert (tmp_path / "whole" / ENCODER).read_bytes() == (bundle / ENCODER).read_bytes()


def test_another_encoder_is_read_by_transformers(tmp_path: Path, write: Callable[..., None]) -> None:
    transformers = pytest.importorskip("transformers")
    tiny = {"vocab_size": 400, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    model = transformers.BertModel(transformers.BertConfig(**tiny, intermediate_size=16)).eval()
    arrays = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    config = {"encoder": model.config.to_dict()}
    write(tmp_path / "bert", config=config, encoder=arrays, packing="float32")
    ids = np.arange(9, dtype=np.int32)
    found = open_bundle(tmp_path / "bert").encoder().states([ids])[0]
    import torch

    with torch.inference_mode():
        wanted = model(torch.from_numpy(ids).long()[None])[0][0].numpy()
    np.testing.assert_allclose(found, wanted, atol=1e-5)

    del arrays["encoder.layer.0.output.dense.bias"]
    write(tmp_path / "bert", config=config, encoder=arrays)
    error = refusal(open_bundle(tmp_path / "bert").encoder)
    assert (error.code, error.parameters["name"]) == (
        "model_lacks_array",
        "encoder.layer.0.output.dense.bias",
    )
    write(tmp_path / "bert", config={"encoder": {"model_type": "no such"}}, encoder=arrays)
    assert refusal(open_bundle(tmp_path / "bert").encoder).code == "model_foreign_encoder"


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", ENCODER, HEADS, "calibration.json"])
def test_a_file_that_is_missing_cut_short_or_changed_is_refused(bundle: Path, name: str) -> None:
    path, content = bundle / name, (bundle / name).read_bytes()
    for other in (content[:-1], b"", content[:-1] + bytes([content[-1] ^ 1])):
        path.write_bytes(other)
        error = refusal(lambda: open_bundle(bundle))
        assert (error.code, error.source) == ("model_damaged", str(path))
    path.unlink()
    error = refusal(lambda: open_bundle(bundle))
    assert (error.code, error.parameters["name"]) == ("model_lacks_file", name)


def test_weights_that_are_cut_short_are_refused_though_the_manifest_knows_them_so(bundle: Path) -> None:
    for name in (ENCODER, HEADS):
        (bundle / name).write_bytes((bundle / name).read_bytes()[:-7])
        sign(bundle, name)
    opened = open_bundle(bundle)
    assert refusal(opened.encoder).code == "model_unreadable"
    assert refusal(lambda: opened.heads).source == str(bundle / HEADS)


@pytest.mark.parametrize(
    ("name", "content", "use"),
    [
        ("config.json", "[]", lambda opened: opened.config),
        ("calibration.json", "{", lambda opened: opened.calibration),
        ("tokenizer.json", '{"model": 3}', lambda opened: opened.windowing()),
        ("config.json", '{"windows": {"size": 10, "overlap": 10}}', lambda opened: opened.windowing()),
        ("config.json", '{"windows": {"length": 10}}', lambda opened: opened.windowing()),
    ],
)
def test_what_makes_no_sense_is_refused_when_it_is_used(
    bundle: Path, name: str, content: str, use: Callable[[Any], object]
) -> None:
    (bundle / name).write_text(content)
    sign(bundle, name)
    error = refusal(lambda: use(open_bundle(bundle)))
    assert (error.code, error.source) == ("model_unreadable", str(bundle / name))


@pytest.mark.parametrize(
    "name",
    ["../secret", "/etc/passwd", "..", "", "a/b.json", "a\\b.json", "C:x", ".hidden", MANIFEST, "a\n", "é"],
)
def test_a_manifest_that_names_something_outside_is_refused(bundle: Path, name: str) -> None:
    (bundle.parent / "secret").write_text("x")
    files = json.loads((bundle / MANIFEST).read_text())["files"]
    edit(bundle / MANIFEST, files=files | {name: {"bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()}})
    error = refusal(lambda: open_bundle(bundle))
    assert (error.code, error.parameters["name"]) == ("model_outside", name)


@pytest.mark.parametrize("found", [2, 0, None, "1", {"a": 1}])
def test_another_format_is_refused(bundle: Path, found: object) -> None:
    edit(bundle / MANIFEST, format=found)
    assert refusal(lambda: open_bundle(bundle)).code == "model_format"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 1}', '{"format": 1, "version": 2, "files": {}}', "[" * 100000]
)
def test_a_manifest_that_says_nothing_is_refused(bundle: Path, content: str) -> None:
    (bundle / MANIFEST).write_text(content)
    assert refusal(lambda: open_bundle(bundle)).code == "model_unreadable"


@pytest.mark.parametrize("entry", [None, 3, {}, {"bytes": "many", "sha256": "0"}])
def test_a_file_of_which_the_manifest_says_nothing_is_refused(bundle: Path, entry: object) -> None:
    files = json.loads((bundle / MANIFEST).read_text())["files"]
    edit(bundle / MANIFEST, files=files | {ENCODER: entry})
    assert refusal(lambda: open_bundle(bundle)).code == "model_unreadable"
    del files[ENCODER]
    edit(bundle / MANIFEST, files=files)
    assert refusal(lambda: open_bundle(bundle)).code == "model_lacks_file"


def test_no_folder_and_a_folder_without_a_model_are_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert refusal(lambda folder=folder: open_bundle(folder)).code == "model_not_here"


def test_a_bundle_takes_the_place_of_another_and_of_nothing_else(
    bundle: Path, write: Callable[..., None]
) -> None:
    write(bundle, version="1.3")
    assert open_bundle(bundle).version == "1.3"
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle"]
    (bundle / MANIFEST).unlink()
    with pytest.raises(OutputError) as refused:
        write(bundle)
    assert refused.value.code == "model_folder_taken"
    assert (bundle / ENCODER).exists()
    empty = bundle.parent / "empty"
    empty.mkdir()
    write(empty)
    assert open_bundle(empty).version == "1.2"


def test_a_bundle_that_cannot_be_written_leaves_the_old_one_as_it_was(
    bundle: Path, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write(bundle, calibration={"place": float("nan")})
    written = Path.write_bytes

    def until_the_disk_is_full(path: Path, content: bytes) -> int:
        if path.name == MANIFEST:
            raise OSError(28, "No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_the_disk_is_full)
    with pytest.raises(OutputError, match="No space"):
        write(bundle, version="1.3")
    monkeypatch.undo()
    moved = Path.rename

    def once(path: Path, target: Path) -> Path:
        if path.name.endswith(".partial"):
            raise KeyboardInterrupt
        return moved(path, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(KeyboardInterrupt):
        write(bundle, version="1.3")
    monkeypatch.undo()
    assert open_bundle(bundle).version == "1.2"
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle"]


def test_the_same_contents_give_the_same_bytes_and_so_does_a_copy(
    bundle: Path, tmp_path: Path, write: Callable[..., None]
) -> None:
    write(tmp_path / "again")
    open_bundle(bundle).copy_to(tmp_path / "copy")
    (tmp_path / "copy" / "README.md").write_text("not part of it")
    assert open_bundle(tmp_path / "copy").version == "1.2"
    for path in bundle.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
        assert path.read_bytes() == (tmp_path / "copy" / path.name).read_bytes()


def test_reading_imports_neither_torch_nor_transformers_nor_spacy(bundle: Path) -> None:
    code = """
import sys
from pathlib import Path
from extractor.neural.bundle import open_bundle
bundle = open_bundle(Path(sys.argv[1]))
windowing = bundle.windowing()
bundle.encoder().states([window.ids for window in windowing.windows(windowing.tokens("Théo Varnier"))])
print(sorted({"torch", "transformers", "spacy"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(bundle)], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_files_can_be_read_by_whoever_may_read_the_folder(bundle: Path) -> None:
    if os.name == "posix":
        assert {oct(path.stat().st_mode & 0o044) for path in bundle.iterdir()} == {"0o44"}
