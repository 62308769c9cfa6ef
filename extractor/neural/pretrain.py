"""Masked language modelling (Devlin et al. 2019, https://arxiv.org/abs/1810.04805) that resumes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModelForMaskedLM

from extractor.neural.settings import EncoderSettings, PretrainingSettings
from extractor.neural.sources import Sampler

CURVE, STATE = "curve.jsonl", "state.pt"
_CHECKED = 192  # windows held out
_IGNORED = -100

Progress = Callable[[dict[str, float]], None]


def pretrain(
    sampler: Sampler,
    mask: int,
    encoder: EncoderSettings,
    settings: PretrainingSettings,
    folder: Path,
    *,
    seconds: float | None = None,
    progress: Progress = lambda _: None,
) -> dict[str, float]:
    """Pretrain in ``folder`` from where an earlier run left off, and return the last point of the curve.

    Args:
        sampler: The text.
        mask: Number of the mask token.
        encoder: Shape of the encoder.
        settings: Length, batch, rate.
        folder: Where ``config.json`` and ``model.safetensors`` are written in the form of
            ``transformers``, with
            the curve and the state that a resumed run needs.
        seconds: Stop at the next checkpoint after so long; the next call goes on.
        progress: Told each point of the curve.
    """
    run = _Run(sampler, mask, encoder, settings, folder)
    begun = time.monotonic()
    point: dict[str, float] = {}
    for point in run.points():
        progress(point)
        if seconds is not None and time.monotonic() - begun > seconds:
            break
    return point


def device() -> torch.device:
    """Return the accelerator where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class _Run:
    def __init__(
        self,
        sampler: Sampler,
        mask: int,
        encoder: EncoderSettings,
        settings: PretrainingSettings,
        folder: Path,
    ) -> None:
        torch.manual_seed(settings.seed)
        self.sampler, self.mask, self.settings, self.folder = sampler, mask, settings, folder
        self.shape = encoder
        self.device = device()
        build: Any = AutoModelForMaskedLM.from_config
        self.model: Any = build(encoder.transformers(), attn_implementation="eager")
        self.model.to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=settings.rate, betas=(0.9, 0.98), weight_decay=settings.decay
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._share)
        self.step = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._resume()

    def _share(self, step: int) -> float:
        """Return the share of the full rate: up in a straight line, then down in one."""
        if step < self.settings.warmup:
            return (step + 1) / self.settings.warmup
        falling = max(1, self.settings.steps - self.settings.warmup)
        return max(0.0, (self.settings.steps - step) / falling)

    def _resume(self) -> None:
        state = self.folder / STATE
        if not state.exists():
            return
        kept = torch.load(state, map_location=self.device, weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.schedule.load_state_dict(kept["schedule"])
        self.step = kept["step"]

    def points(self) -> Iterator[dict[str, float]]:
        """Train on, with a point of the curve and a checkpoint every so many updates."""
        losses: list[float] = []
        begun = time.monotonic()
        while self.step < self.settings.steps:
            losses.append(self._update())
            if self.step % self.settings.every == 0 or self.step == self.settings.steps:
                point = {
                    "step": self.step,
                    "tokens": self.step * self.settings.batch * self.settings.length,
                    "training_loss": round(sum(losses) / len(losses), 4),
                    "held_out_loss": round(self.check(), 4),
                    "seconds": round(time.monotonic() - begun, 1),
                }
                self._keep(point)
                yield point
                losses, begun = [], time.monotonic()

    def _update(self) -> float:
        # A generator of its own for each step: a resumed run draws what an undisturbed one would have drawn.
        generator = np.random.default_rng((self.settings.seed, self.step))
        windows = self.sampler.draw(generator, self.settings.batch, self.settings.length)
        self.model.train()
        loss: Any = self._loss(*self._masked(windows, generator))
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.schedule.step()
        self.step += 1
        return float(loss.detach())

    def _masked(
        self, windows: NDArray[np.int64], generator: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Hide some tokens: 8 of 10 behind the mask, 1 behind any token, 1 not at all."""
        chosen = generator.random(windows.shape) < self.settings.masked
        fate = generator.random(windows.shape)
        shown = np.where(chosen & (fate < 0.8), self.mask, windows)
        anything = generator.integers(4, self.shape.vocabulary, windows.shape)
        shown = np.where(chosen & (fate >= 0.9), anything, shown)
        wanted = np.where(chosen, windows, _IGNORED)
        return torch.from_numpy(shown).to(self.device), torch.from_numpy(wanted).to(self.device)

    def _loss(self, shown: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=half_precision(self.device)):
            states = self.model.base_model(input_ids=shown, attention_mask=torch.ones_like(shown))[0]
            chosen = wanted != _IGNORED
            scores = self.model.cls(states[chosen])
        return nn.functional.cross_entropy(scores.float(), wanted[chosen])

    @torch.no_grad()
    def check(self) -> float:
        """Return the loss on windows held out, the same tokens hidden each time."""
        self.model.eval()
        windows = self.sampler.check(self.settings.length, _CHECKED)
        shown, wanted = self._masked(windows, np.random.default_rng(self.settings.seed))
        size = self.settings.batch
        pairs = ((shown[k : k + size], wanted[k : k + size]) for k in range(0, len(shown), size))
        losses = [float(self._loss(a, b)) for a, b in pairs]
        return sum(losses) / len(losses)

    def _keep(self, point: dict[str, float]) -> None:
        part = self.folder / f"{STATE}.part"
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "schedule": self.schedule.state_dict(),
                "step": self.step,
            },
            part,
        )
        part.replace(self.folder / STATE)
        self.model.save_pretrained(self.folder)
        with (self.folder / CURVE).open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(point) + "\n")
        (self.folder / "settings.json").write_text(
            json.dumps({"encoder": asdict(self.shape), "pretraining": self.settings.as_dict()}, indent=1)
            + "\n",
            encoding="utf-8",
        )


def half_precision(where: torch.device) -> bool:
    """Tell whether bfloat16 pays: on an accelerator, and on processors with instructions for it."""
    return where.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
