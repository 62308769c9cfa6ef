"""An encoder from plain text: tokens learnt, then masked language modelling that can be interrupted."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import InputError, UsageError
from extractor.training.listener import Listener, Point
from extractor.training.place import digest

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from extractor.neural.settings import EncoderSettings, PretrainingSettings
    from extractor.neural.sources import Sampler, Source

TOKENIZER, ARRAYS, BEGUN, CURVE = "tokenizer.json", "arrays", "begun.json", "curve.jsonl"
# Characters that tokens are learnt from; more of them change next to nothing.
_ENOUGH = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretraining:
    """What is asked for.

    Attributes:
        sources: List of texts; see :func:`extractor.neural.sources.read_sources`.
        out: Folder of the encoder.
        encoder: Shape of the encoder; its vocabulary is how many tokens are learnt at most.
        settings: Length, batch, rate.
        tokenizer: Tokens to use; learnt where none are named.
        seconds: Stop at the next checkpoint after so long.
        enough: Characters that tokens are learnt from.
    """

    sources: Path
    out: Path
    encoder: EncoderSettings
    settings: PretrainingSettings
    tokenizer: Path | None = None
    seconds: float | None = None
    enough: int = _ENOUGH


def run(wanted: Pretraining, listener: Listener) -> list[Point]:
    """Pretrain, and return the whole curve.

    Raises:
        InputError: The sources cannot be read, or hold too little text.
        UsageError: The folder holds another pretraining.
    """
    from dataclasses import replace

    from extractor.neural.pretrain import pretrain
    from extractor.neural.quiet import hush_transformers
    from extractor.neural.sources import sampler
    from extractor.neural.vocabulary import MASK

    hush_transformers()
    sources = _sources(wanted.sources)
    wanted.out.mkdir(parents=True, exist_ok=True)
    _require_the_same(wanted, sources)
    tokens = _tokens(wanted, sources, listener)
    drawn = sampler(sources, tokens, wanted.out / ARRAYS)
    _require_enough(sources, drawn, wanted.settings.length)
    listener.say("pretrain.tokens", tokens=drawn.tokens)
    if points := curve(wanted.out):
        listener.say("pretrain.goes_on", step=points[-1]["step"])
    pretrain(
        drawn,
        _number(tokens, MASK),
        replace(wanted.encoder, vocabulary=tokens.get_vocab_size()),
        wanted.settings,
        wanted.out,
        seconds=wanted.seconds,
        progress=listener.point,
    )
    return curve(wanted.out)


def curve(folder: Path) -> list[Point]:
    """Return the points of the curve that a folder holds, none where pretraining has not begun."""
    path = folder / CURVE
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _sources(path: Path) -> list[Source]:
    from extractor.neural.sources import read_sources

    try:
        found = read_sources(path)
    except FileNotFoundError as error:
        if not path.exists():
            raise InputError("not_found", source=str(path)) from error
        raise InputError("bad_sources", source=str(path), reason=str(error)) from error
    except OSError as error:
        raise InputError("unreadable", source=str(path), reason=error.strerror or str(error)) from error
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        AssertionError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise InputError(
            "bad_sources", source=str(path), reason=f"{type(error).__name__}: {error}"
        ) from error
    if not found:
        raise InputError("bad_sources", source=str(path), reason="[]")
    return found


def _require_the_same(wanted: Pretraining, sources: Sequence[Source]) -> None:
    """Refuse to mix two pretrainings; arrays of tokens and weights would not fit each other.

    Raises:
        UsageError: ``other_pretraining``.
    """
    shape, settings = wanted.encoder, wanted.settings
    files = [(path.name, path.stat().st_size) for source in sources for path in source.files]
    now = {
        "sources": digest([*files, *((s.name, s.weight, s.characters) for s in sources)]),
        "encoder": digest([shape.hidden, shape.layers, shape.heads, shape.feed_forward, shape.activation]),
        "settings": digest([settings.batch, settings.length, settings.masked, settings.seed]),
    }
    path = wanted.out / BEGUN
    if path.is_file():
        before = json.loads(path.read_text(encoding="utf-8"))
        changed = [name for name, value in now.items() if before.get(name) != value]
        if changed:
            raise UsageError("other_pretraining", source=str(wanted.out), changed=", ".join(changed))
    path.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


def _tokens(wanted: Pretraining, sources: Sequence[Source], listener: Listener) -> Tokenizer:
    """Return the tokens that the folder has, else those that are named, else learn some."""
    from extractor.neural.vocabulary import train_vocabulary

    path = wanted.out / TOKENIZER
    if wanted.tokenizer is not None:
        tokens, given = _loaded(wanted.tokenizer), _text(wanted.tokenizer)
        if path.is_file() and _text(path) != given:
            raise UsageError("other_tokenizer", source=str(wanted.out), given=str(wanted.tokenizer))
        _write(path, given)
        return tokens
    if not path.is_file():
        listener.say("pretrain.vocabulary", size=wanted.encoder.vocabulary)
        texts = _sample(sources, wanted.enough)
        _write(path, train_vocabulary(texts, wanted.encoder.vocabulary).to_str(pretty=True))
    return _loaded(path)


def _loaded(path: Path) -> Tokenizer:
    """Return tokens from a file.

    Raises:
        InputError: It holds none, or none that stands for what is hidden.
    """
    from extractor.neural.vocabulary import MASK, load_vocabulary

    _text(path)  # says what is wrong with the file itself
    try:
        tokens = load_vocabulary(path)
    except Exception as error:  # tokenizers raises nothing more exact
        raise InputError("unreadable", source=str(path), reason=str(error)) from error
    if tokens.token_to_id(MASK) is None:
        raise InputError("unreadable", source=str(path), reason=MASK)
    return tokens


def _number(tokens: Tokenizer, mark: str) -> int:
    number = tokens.token_to_id(mark)
    assert number is not None
    return number


def _sample(sources: Sequence[Source], enough: int) -> Iterator[str]:
    """Yield text of each source by its weight."""
    whole = sum(source.weight for source in sources)
    for source in sources:
        left = enough * source.weight / whole
        for piece in source.texts():
            yield piece
            left -= len(piece)
            if left <= 0:
                break


def _require_enough(sources: Sequence[Source], drawn: Sampler, length: int) -> None:
    for source, array in zip(sources, drawn.training, strict=True):
        if len(array) <= length:
            raise InputError("too_little_text", source=source.name, tokens=len(array), least=length + 1)
    if all(len(array) < length for array in drawn.held_out):
        # A hundredth is held out.
        most = max(map(len, drawn.training))
        raise InputError("too_little_text", source=sources[0].name, tokens=most, least=100 * length)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError("not_found", source=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("unreadable", source=str(path), reason=str(error)) from error


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}-{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
