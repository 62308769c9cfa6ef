"""A tiny encoder: its shape, and weights drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np

from extractor.neural.examples import MENTION_FEATURES, PAIR_FEATURES
from extractor.neural.labels import CLAIMS, LAYERS

WORDS = (
    "Théo Varnier remporte la première course à Nogaro devant Zoé Lacaze ; Paul, 3e, abandonne au 12e tour.\n"
)
SHAPE: dict[str, Any] = {
    "model_type": "roformer",
    "vocab_size": 400,
    "hidden_size": 32,
    "embedding_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "hidden_act": "relu",
    "max_position_embeddings": 512,
    "type_vocab_size": 1,
    "layer_norm_eps": 1e-12,
    "rotary_value": False,
    "pad_token_id": 0,
}
Arrays = dict[str, np.ndarray[Any, Any]]


def random_weights(seed: int = 3) -> Arrays:
    """Return weights large enough that attention is far from even."""
    draw = np.random.default_rng(seed)
    hidden, inner = SHAPE["hidden_size"], SHAPE["intermediate_size"]

    def some(*shape: int) -> np.ndarray[Any, Any]:
        return draw.normal(0, 0.5, shape).astype(np.float32)

    arrays = {
        "embeddings.word_embeddings.weight": some(SHAPE["vocab_size"], hidden),
        "embeddings.token_type_embeddings.weight": some(1, hidden),
        "embeddings.LayerNorm.weight": 1 + some(hidden),
        "embeddings.LayerNorm.bias": some(hidden),
    }
    for number in range(SHAPE["num_hidden_layers"]):
        at = f"encoder.layer.{number}"
        for name, shape in {
            "attention.self.query": (hidden, hidden),
            "attention.self.key": (hidden, hidden),
            "attention.self.value": (hidden, hidden),
            "attention.output.dense": (hidden, hidden),
            "intermediate.dense": (inner, hidden),
            "output.dense": (hidden, inner),
        }.items():
            arrays |= {f"{at}.{name}.weight": some(*shape), f"{at}.{name}.bias": some(shape[0])}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            arrays |= {f"{at}.{name}.weight": 1 + some(hidden), f"{at}.{name}.bias": some(hidden)}
    return arrays


def random_heads(seed: int = 4, width: int = 192) -> Arrays:
    """Return weights of all heads, under the names of :class:`extractor.neural.joint.Heads`."""
    draw = np.random.default_rng(seed)
    hidden = SHAPE["hidden_size"]
    sizes = {f"tags.{layer}": (len(tags), hidden) for layer, tags in LAYERS.items()}
    sizes |= {"mention": (width, 2 * hidden), "other": (width, 2 * hidden)}
    sizes |= {"claim_rules": (width, 2 * len(CLAIMS) + MENTION_FEATURES), "claim": (len(CLAIMS), width)}
    sizes |= dict.fromkeys(("entry", "speaker", "scope"), (1, width + PAIR_FEATURES))
    arrays = {f"{name}.weight": draw.normal(0, 0.1, size).astype(np.float32) for name, size in sizes.items()}
    arrays |= {
        f"{name}.bias": draw.normal(0, 0.1, size[0]).astype(np.float32) for name, size in sizes.items()
    }
    return arrays | {"trust": draw.normal(0, 1, (2, len(CLAIMS))).astype(np.float32)}
