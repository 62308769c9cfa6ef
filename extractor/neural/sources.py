"""Text to pretrain on: what is sampled how often, as arrays of token numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractor.neural.vocabulary import END

_PIECE = 4_000  # characters handed to the tokenizer at once
_HELD_OUT = 0.01

TokenArray = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Source:
    """Texts of one kind, their share of the samples, and how much of them is taken at most."""

    name: str
    files: tuple[Path, ...]
    weight: float
    characters: int

    def texts(self) -> Iterator[str]:
        """Yield pieces of text that end with a line, until ``characters`` are reached."""
        left = self.characters
        for file in self.files:
            with file.open(encoding="utf-8") as lines:
                for piece in _pieces(lines):
                    yield piece[:left]
                    left -= len(piece)
                    if left <= 0:
                        return


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def read_sources(path: Path) -> list[Source]:
    """Read a list of sources: TOML, a table each with ``files`` (patterns), ``weight`` and ``characters``.

    Patterns are relative to the file.

    Raises:
        FileNotFoundError: A pattern fits no file.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_source(name, table, path.parent) for name, table in tables.items()]


def _source(name: str, table: dict[str, object], folder: Path) -> Source:
    patterns = table["files"]
    assert isinstance(patterns, list)
    files = [found for pattern in patterns for found in sorted(folder.glob(str(pattern)))]
    if not files:
        raise FileNotFoundError(f"{folder}: {patterns}")
    weight, characters = float(str(table["weight"])), int(str(table.get("characters", 1 << 40)))
    return Source(name, tuple(files), weight, characters)


@dataclass(slots=True)
class Sampler:
    """Draws windows of tokens. ``training`` and ``held_out`` have one array for each source."""

    training: list[TokenArray]
    held_out: list[TokenArray]
    weights: list[float]

    @property
    def tokens(self) -> int:
        """How many tokens there are to train on."""
        return sum(len(array) for array in self.training)

    def draw(self, generator: np.random.Generator, batch: int, length: int) -> NDArray[np.int64]:
        """Return ``batch`` windows of ``length`` tokens, each from anywhere in a source drawn by weight."""
        share = np.array(self.weights) / sum(self.weights)
        rows = []
        for which in generator.choice(len(self.training), size=batch, p=share):
            array = self.training[which]
            start = int(generator.integers(0, len(array) - length))
            rows.append(array[start : start + length])
        return np.stack(rows).astype(np.int64)

    def check(self, length: int, count: int) -> NDArray[np.int64]:
        """Return about ``count`` windows held out, as many from each source."""
        rows = []
        for array in self.held_out:
            fits = max(1, min(count // len(self.held_out), len(array) // length))
            rows += [array[k * length : (k + 1) * length] for k in range(fits) if len(array) >= length]
        return np.stack(rows).astype(np.int64)


def sampler(sources: Iterable[Source], tokenizer: Tokenizer, folder: Path) -> Sampler:
    """Return a sampler over ``sources``; token arrays are kept in ``folder`` for the next time."""
    training, held_out, weights = [], [], []
    for source in sources:
        array = _array(source, tokenizer, folder / f"{source.name}.npy")
        cut = int(len(array) * (1 - _HELD_OUT))
        training.append(array[:cut])
        held_out.append(array[cut:])
        weights.append(source.weight)
    return Sampler(training, held_out, weights)


def _array(source: Source, tokenizer: Tokenizer, path: Path) -> TokenArray:
    if path.exists():
        return np.asarray(np.load(path, mmap_mode="r"))
    end = tokenizer.token_to_id(END)
    parts = []
    for batch in _batches(source.texts(), 256):
        encodings = tokenizer.encode_batch(batch, add_special_tokens=False)
        parts += [np.array([*encoding.ids, end], dtype=np.uint16) for encoding in encodings]
    array = np.concatenate(parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npy")
    np.save(part, array)
    part.replace(path)
    return array


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    held: list[str] = []
    for text in texts:
        held.append(text)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
