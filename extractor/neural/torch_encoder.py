"""Any encoder that ``transformers`` loads, with torch: to train from another base, and to compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from extractor.errors import ModelError
from extractor.neural.encoder import FloatArray
from extractor.neural.packing import Arrays
from extractor.neural.windows import IdArray, batches

# What sits on top of the last layer, and RoFormer's table of sines, which is computed.
_UNASKED = ("pooler.", "encoder.embed_positions.")
_BUDGET = 4096  # tokens in a batch, padding included


class TorchEncoder:
    """Reads windows of tokens with a model of ``transformers``.

    Args:
        model: A model whose output begins with the last layer's states, such as ``AutoModel`` gives.
        budget: Tokens in a batch, padding included.
    """

    def __init__(self, model: Any, budget: int = _BUDGET) -> None:
        self.model = model.eval()
        self.budget = budget

    @classmethod
    def from_pretrained(cls, name: str | Path, budget: int = _BUDGET) -> TorchEncoder:
        """Load by the name or the folder that ``AutoModel.from_pretrained`` takes.

        Raises:
            ModelError: torch or transformers is missing, or nothing can be loaded from there.
        """
        try:
            from transformers import AutoModel
        except ImportError as error:
            raise ModelError("model_needs_torch", source=str(name), reason=str(error)) from error
        try:
            return cls(AutoModel.from_pretrained(name), budget)
        except (OSError, ValueError) as error:
            reason = str(error).partition("\n")[0]
            raise ModelError("model_base_unknown", source=str(name), reason=reason) from error

    @classmethod
    def from_arrays(
        cls, config: Mapping[str, Any], arrays: Arrays, source: str | None = None
    ) -> TorchEncoder:
        """Build the encoder that a ``config.json`` describes, with the weights of ``arrays``.

        Raises:
            ModelError: torch or transformers is missing or does not know the encoder, or weights are missing
                or of another shape.
        """
        try:
            import torch
            from transformers import AutoConfig, AutoModel
        except ImportError as error:
            raise ModelError("model_needs_torch", source=source, reason=str(error)) from error
        try:
            make: Any = AutoModel.from_config
            model = make(AutoConfig.for_model(**config))
            tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in arrays.items()}
            missing = model.load_state_dict(tensors, strict=False).missing_keys
        except (TypeError, ValueError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError("model_foreign_encoder", source=source, reason=reason) from error
        lost = next((name for name in missing if not name.startswith(_UNASKED)), None)
        if lost is not None:
            raise ModelError("model_lacks_array", source=source, name=lost)
        return cls(model)

    @property
    def hidden(self) -> int:
        """How many numbers a state has."""
        return int(self.model.config.hidden_size)

    def states(self, windows: Sequence[IdArray]) -> list[FloatArray]:
        """Return the last layer's states of each window, ``(tokens, hidden)``, marks included."""
        import torch

        found: list[FloatArray] = [np.empty((0, self.hidden), dtype=np.float32)] * len(windows)
        for group in batches([len(window) for window in windows], self.budget):
            ids, mask = padded([windows[k] for k in group], self.model.config.pad_token_id or 0)
            where = self.model.device
            with torch.inference_mode():
                output = self.model(
                    input_ids=torch.from_numpy(ids).to(where), attention_mask=torch.from_numpy(mask).to(where)
                )
            states = output[0].float().cpu().numpy()
            for row, k in zip(states, group, strict=True):
                found[k] = row[: len(windows[k])].copy()
        return found


def padded(windows: Sequence[IdArray], padding: int) -> tuple[Any, Any]:
    """Return the windows filled up to one length, and 1 where they have tokens, 0 beyond.

    Both are ``(windows, tokens)`` of int64.
    """
    longest = max(map(len, windows), default=0)
    ids = np.full((len(windows), longest), padding, dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 1
    return ids, mask
