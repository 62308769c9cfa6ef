"""How large the encoder is and how it is pretrained: what a checkpoint keeps beside its weights."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """The shape of our own encoder, a RoFormer (Su et al. 2021, https://arxiv.org/abs/2104.09864).

    Rotary positions carry over to windows longer than those of pretraining. ReLU is as good as GELU at
    this size
    and several times cheaper where no fused kernel is at hand.
    """

    vocabulary: int = 10_000
    hidden: int = 256
    layers: int = 4
    heads: int = 4
    feed_forward: int = 1024
    activation: str = "relu"

    def transformers(self) -> Any:
        """Return the configuration as ``transformers`` knows it."""
        from transformers import RoFormerConfig

        return RoFormerConfig(
            vocab_size=self.vocabulary,
            hidden_size=self.hidden,
            embedding_size=self.hidden,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            intermediate_size=self.feed_forward,
            hidden_act=self.activation,
            max_position_embeddings=1024,
            type_vocab_size=1,
            # Dropout costs 2.6 times on a processor, and pretraining sees nothing twice.
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            pad_token_id=0,
        )


@dataclass(frozen=True, slots=True)
class PretrainingSettings:
    """Masked language modelling.

    Attributes:
        steps: Updates in all; the learning rate falls to nothing at the last one.
        batch: Windows in an update.
        length: Tokens in a window.
        masked: Share of the tokens that are to be guessed.
        every: Updates between two checkpoints.
    """

    steps: int = 6_000
    batch: int = 32
    length: int = 128
    masked: float = 0.2
    rate: float = 7e-4
    warmup: int = 300
    decay: float = 0.01
    seed: int = 1
    every: int = 500

    def as_dict(self) -> dict[str, Any]:
        """Return the settings by name."""
        return asdict(self)
