"""A tag layer over our encoder, in overlapping windows: the tagger's architecture, for names of any text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from benchmarks.name_training import Clock
from benchmarks.newspapers import TAGS, Passage
from extractor.neural.bundle import ENCODER, MANIFEST, TOKENIZER, Bundle, open_bundle
from extractor.neural.packing import unpack
from extractor.neural.pretrain import half_precision
from extractor.neural.torch_encoder import padded
from extractor.neural.windows import Windowing, batches

_IGNORED = -100
_BATCH = 8  # windows
_ENCODER_RATE, _HEAD_RATE = 5e-4, 2e-3
_WARM = 0.06  # share of the budget in which the rate rises
_DROPOUT = 0.2
_AT_ONCE = 4096  # tokens read together


@dataclass(frozen=True, slots=True)
class Base:
    """An encoder to start from.

    Attributes:
        windowing: Cuts texts as the encoder was trained to.
        encoder: The module of ``transformers``.
    """

    windowing: Windowing
    encoder: Any

    @classmethod
    def load(cls, folder: Path, tokenizer: Path | None = None, *, pretrained: bool = True) -> Base:
        """Load an encoder as ``transformers`` or our bundle keeps it.

        Args:
            folder: The encoder's.
            tokenizer: Its ``tokenizer.json``, where that is not in the folder.
            pretrained: Whether its weights are taken as well, or its shape alone.
        """
        torch.manual_seed(1)
        if (folder / MANIFEST).is_file():
            bundle = open_bundle(folder)
            return cls(bundle.windowing(), _of_bundle(bundle, pretrained))
        from transformers import AutoConfig, AutoModel, logging

        quiet: Any = logging
        quiet.set_verbosity_error()  # it tells of the layers above the encoder, which are left out
        quiet.disable_progress_bar()
        make: Any = AutoModel.from_config
        encoder = (
            AutoModel.from_pretrained(folder) if pretrained else make(AutoConfig.from_pretrained(folder))
        )
        return cls(Windowing(Tokenizer.from_file(str(tokenizer or folder / TOKENIZER))), encoder.float())


def _of_bundle(bundle: Bundle, pretrained: bool) -> Any:
    from safetensors.numpy import load_file
    from transformers import AutoConfig, AutoModel

    make: Any = AutoModel.from_config
    encoder = make(AutoConfig.for_model(**bundle.config["encoder"]))
    if pretrained:
        arrays = unpack(load_file(bundle.folder / ENCODER))
        # Positions are computed, and the bundle does without them.
        encoder.load_state_dict({name: torch.from_numpy(a) for name, a in arrays.items()}, strict=False)
    return encoder


@dataclass(frozen=True, slots=True)
class _Piece:
    """A window of a passage: tokens, and of each the number of its tag, or ``_IGNORED``."""

    ids: NDArray[np.int32]
    wanted: NDArray[np.int64]


class EncoderTagger:
    """Learns and finds names with a linear layer over the encoder's states."""

    def __init__(self, base: Base) -> None:
        self._windowing = base.windowing
        self._model = nn.ModuleDict(
            {"encoder": base.encoder, "tags": nn.Linear(base.encoder.config.hidden_size, len(TAGS))}
        )
        self._dropout = nn.Dropout(_DROPOUT)
        groups = [
            {"params": self._model["encoder"].parameters(), "rate": _ENCODER_RATE},
            {"params": self._model["tags"].parameters(), "rate": _HEAD_RATE},
        ]
        self._optimizer = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01)
        self._random = random.Random(1)

    def learn_once(self, passages: Sequence[Passage], clock: Clock) -> None:
        """Learn from each passage once."""
        self._model.train()
        pieces = [piece for passage in passages for piece in self._pieces(passage)]
        pieces.sort(key=lambda piece: len(piece.ids))  # so that little is padded
        groups = [pieces[at : at + _BATCH] for at in range(0, len(pieces), _BATCH)]
        self._random.shuffle(groups)
        for number, group in enumerate(groups):
            share = clock.share(number / len(groups))
            for parameters in self._optimizer.param_groups:
                parameters["lr"] = parameters["rate"] * min(1.0, (share + 1e-3) / _WARM) * (1 - share)
            self._update(group)

    def _update(self, group: Sequence[_Piece]) -> None:
        ids, mask = padded([piece.ids for piece in group], 0)
        wanted = np.full(ids.shape, _IGNORED)
        for row, piece in zip(wanted, group, strict=True):
            row[: len(piece.wanted)] = piece.wanted
        scores = self._scores(ids, mask)
        loss: Any = nn.functional.cross_entropy(scores.flatten(0, 1), torch.from_numpy(wanted).flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)

    def _scores(self, ids: NDArray[Any], mask: NDArray[Any]) -> torch.Tensor:
        """Return the scores of the tags, (windows, tokens, tags)."""
        shown = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half_precision(torch.device("cpu"))):
            states = self._model["encoder"](**shown)[0].float()
        scores: torch.Tensor = self._model["tags"](self._dropout(states) if self._model.training else states)
        return scores

    def _pieces(self, passage: Passage) -> Iterator[_Piece]:
        """Yield the windows of a passage; what two of them share is learnt in one."""
        tokens = self._windowing.tokens(passage.text)
        tags = np.full(len(tokens), TAGS.index("O"))
        for word, start in zip(passage.words, passage.starts, strict=True):
            if word.tag != "O":
                first, last = tokens.covering(start, start + len(word.text))
                tags[first:last] = TAGS.index("I" + word.tag[1:])
                tags[first] = TAGS.index(word.tag)
        for window in self._windowing.windows(tokens):
            wanted = np.full(len(window.ids), _IGNORED)
            length = window.kept.stop - window.kept.start
            wanted[window.kept] = tags[window.first : window.first + length]
            yield _Piece(window.ids, wanted)

    def tags(self, passages: Sequence[Passage]) -> list[list[str]]:
        """Return the BIO tags of the words of each passage: a word has that of its first token."""
        self._model.eval()
        read = [self._windowing.tokens(passage.text) for passage in passages]
        cut = [
            (place, window) for place, tokens in enumerate(read) for window in self._windowing.windows(tokens)
        ]
        numbers = [np.zeros(len(tokens), dtype=np.int64) for tokens in read]
        for group in batches([len(window.ids) for _, window in cut], _AT_ONCE):
            ids, mask = padded([cut[k][1].ids for k in group], 0)
            with torch.inference_mode():
                best = self._scores(ids, mask).argmax(-1).numpy()
            for row, k in zip(best, group, strict=True):
                place, window = cut[k]
                kept = row[window.kept]
                numbers[place][window.first : window.first + len(kept)] = kept
        return [
            [
                TAGS[numbers[place][read[place].covering(start, start + len(word.text))[0]]]
                for word, start in zip(passage.words, passage.starts, strict=True)
            ]
            for place, passage in enumerate(passages)
        ]

    def keep(self) -> Any:
        """Return the weights."""
        return deepcopy(self._model.state_dict())

    def restore(self, kept: Any) -> None:
        """Take weights."""
        self._model.load_state_dict(kept)
