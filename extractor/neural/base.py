"""The encoder that training begins with: our own, or any that ``transformers`` can load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_TOKENIZER = "tokenizer.json"


def load_base(base: str) -> tuple[Any, Tokenizer]:
    """Return an encoder in single precision, and its tokenizer.

    Args:
        base: A folder with ``config.json``, weights and ``tokenizer.json``, or whatever else
            ``AutoModel.from_pretrained`` takes, such as a name that is looked for on the network.

    Raises:
        ModelError: ``model_base_unknown``: nothing can be loaded from there, or it has no fast tokenizer.
    """
    import torch
    from transformers import AutoModel

    from extractor.neural.quiet import hush_transformers

    hush_transformers()
    try:
        model: Any = AutoModel.from_pretrained(base, dtype=torch.float32)
        return model, _tokenizer(base)
    except (ImportError, OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise ModelError("model_base_unknown", source=base, reason=reason) from error


def _tokenizer(base: str) -> Tokenizer:
    """Return the tokenizer beside an encoder.

    Raises:
        OSError, ValueError: There is none, or none that tells where its tokens are in the text.
    """
    from tokenizers import Tokenizer
    from transformers import AutoTokenizer

    path = Path(base) / _TOKENIZER
    if path.is_file():
        return Tokenizer.from_file(str(path))
    load: Any = AutoTokenizer.from_pretrained
    fast = getattr(load(base), "backend_tokenizer", None)
    if not isinstance(fast, Tokenizer):
        raise ValueError("no fast tokenizer")
    return fast
