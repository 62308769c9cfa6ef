"""Encoder and heads as one torch module, trained together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from extractor.neural.examples import MENTION_FEATURES, PAIR_FEATURES, Example
from extractor.neural.labels import CLAIMS, LAYERS
from extractor.neural.windows import Windowing

_WIDE = 192
_RARE = -4.0  # most claims are made of nobody
_TRUSTED = 5.0  # what the rules tell is right more often than not


class Heads(nn.Module):
    """Tags, claims and pairs over the encoder's states; see :mod:`extractor.neural.labels`."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.tags = nn.ModuleDict({layer: nn.Linear(hidden, len(tags)) for layer, tags in LAYERS.items()})
        self.mention = nn.Linear(2 * hidden, _WIDE)
        self.claim_rules = nn.Linear(2 * len(CLAIMS) + MENTION_FEATURES, _WIDE)
        self.claim = nn.Linear(_WIDE, len(CLAIMS))
        # A claim that the rules make counts for itself, whatever the layers above have learnt of it.
        self.trust = nn.Parameter(torch.tensor([[_TRUSTED], [0.0]]).repeat(1, len(CLAIMS)))
        self.other = nn.Linear(2 * hidden, _WIDE)
        self.entry = nn.Linear(_WIDE + PAIR_FEATURES, 1)
        self.speaker = nn.Linear(_WIDE + PAIR_FEATURES, 1)
        self.scope = nn.Linear(_WIDE + PAIR_FEATURES, 1)
        self.dropout = nn.Dropout(0.2)
        nn.init.constant_(self.claim.bias, _RARE)

    def claims(
        self, states: torch.Tensor, features: torch.Tensor, told: torch.Tensor, known: torch.Tensor
    ) -> torch.Tensor:
        """Return the logits (M, C)."""
        ruled = torch.cat((told, known, features), -1)
        wide = torch.relu(self.mention(states) + self.claim_rules(ruled))
        logits: torch.Tensor = self.claim(self.dropout(wide)) + self.trust[0] * told + self.trust[1] * known
        return logits

    def pairs(
        self, left: torch.Tensor, right: torch.Tensor, features: torch.Tensor, head: str
    ) -> torch.Tensor:
        """Return the logits (P,) of pairs of a mention with something else."""
        wide = torch.relu(self.mention(left) + self.other(right))
        found: torch.Tensor = getattr(self, head)(torch.cat((self.dropout(wide), features), -1))
        return found.squeeze(-1)


@dataclass(slots=True)
class Batch:
    """Texts laid out in windows; ``gather`` picks the states of their tokens, text after text."""

    ids: torch.Tensor
    mask: torch.Tensor
    gather: torch.Tensor
    starts: list[int]
    examples: list[Example]


def lay_out(examples: list[Example], windowing: Windowing) -> Batch:
    """Lay texts out in overlapping windows, padded to the longest."""
    windows = [window for one in examples for window in windowing.windows(one.tokens)]
    longest = max(len(window.ids) for window in windows)
    ids = np.zeros((len(windows), longest), np.int64)
    mask = np.zeros_like(ids)
    gather = []
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
        gather.append(np.arange(window.kept.start, window.kept.stop) + row * longest)
    lengths = [len(one.tokens) for one in examples]
    starts = [sum(lengths[:k]) for k in range(len(lengths))]
    flat = torch.from_numpy(np.concatenate(gather))
    return Batch(torch.from_numpy(ids), torch.from_numpy(mask), flat, starts, examples)


class Joint(nn.Module):
    """The encoder with its heads."""

    def __init__(self, encoder: Any, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(hidden)

    def states(self, batch: Batch) -> torch.Tensor:
        """Return the states of all tokens of all texts, one after the other."""
        where = self.heads.trust.device
        found = self.encoder(input_ids=batch.ids.to(where), attention_mask=batch.mask.to(where))[0]
        states: torch.Tensor = found.reshape(-1, found.shape[-1])[batch.gather.to(where)].float()
        return states


def span_states(states: torch.Tensor, spans: np.ndarray[Any, Any], start: int) -> torch.Tensor:
    """Return first and last token of each span, side by side."""
    at = _beside(states, spans) + start
    return torch.cat((states[at[:, 0]], states[at[:, 1]]), -1)


@dataclass(slots=True)
class Outputs:
    """Logits of one text."""

    tags: dict[str, torch.Tensor]
    claims: torch.Tensor
    entries: torch.Tensor
    speakers: torch.Tensor
    scopes: torch.Tensor


def run(model: Joint, batch: Batch, *, alone: bool = False) -> list[Outputs]:
    """Return the logits for each text of a batch; ``alone`` hides what the rules read."""
    states = model.states(batch)
    outputs = []
    for one, start in zip(batch.examples, batch.starts, strict=True):
        own = states[start : start + len(one.tokens)]
        mentions = span_states(states, one.spans, start)
        seen = [_beside(states, a) for a in (one.features, one.told, one.known)]
        if alone:
            seen = [seen[0] * _blind(seen[0]), seen[1] * 0, seen[2] * 0]
        pairs = []
        for head, group in (("entry", one.entries), ("speaker", one.speakers), ("scope", one.scopes)):
            left = mentions[_beside(states, group.left)]
            features = _beside(states, group.features)
            if alone:
                features = features * _unruled(features)
            pairs.append(model.heads.pairs(left, span_states(states, group.spans, start), features, head))
        outputs.append(
            Outputs(
                {layer: head(model.heads.dropout(own)) for layer, head in model.heads.tags.items()},
                model.heads.claims(model.heads.dropout(mentions), *seen),
                *pairs,
            )
        )
    return outputs


def _beside(tensor: torch.Tensor, array: np.ndarray[Any, Any]) -> torch.Tensor:
    """Return an array as a tensor where another tensor is."""
    return torch.from_numpy(array).to(tensor.device)


def _blind(features: torch.Tensor) -> torch.Tensor:
    """Keep the form of the mention and its place in the text alone."""
    keep = torch.ones(features.shape[-1], device=features.device)
    keep[3:7] = 0
    return keep


def _unruled(features: torch.Tensor) -> torch.Tensor:
    keep = torch.ones(features.shape[-1], device=features.device)
    keep[6:] = 0
    return keep


def loss_of(one: Example, found: Outputs) -> dict[str, torch.Tensor]:
    """Return the losses of one text, by head."""
    losses = {}
    for layer, logits in found.tags.items():
        losses[layer] = nn.functional.cross_entropy(logits.float(), _beside(logits, one.tags[layer]))
    if len(one.mentions):
        wanted, weights = _beside(found.claims, one.wanted), _beside(found.claims, one.weights)
        losses["claims"] = nn.functional.binary_cross_entropy_with_logits(
            found.claims.float(), wanted, weights, reduction="sum"
        ) / len(one.mentions)
    for name, group, logits in (
        ("entries", one.entries, found.entries),
        ("speakers", one.speakers, found.speakers),
        ("scopes", one.scopes, found.scopes),
    ):
        if len(group.left):
            wanted = _beside(logits, group.wanted)
            losses[name] = nn.functional.binary_cross_entropy_with_logits(logits.float(), wanted)
    return losses
