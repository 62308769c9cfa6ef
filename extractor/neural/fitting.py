"""Training encoder and heads together, with checkpoints, early stopping and resume."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from extractor.neural.annotated import Annotated
from extractor.neural.examples import Example, example
from extractor.neural.joint import Joint, Outputs, lay_out, loss_of, run
from extractor.neural.pretrain import device, half_precision
from extractor.neural.windows import Windowing

STATE, BEST, CURVE = "fit.pt", "best.pt", "fit.jsonl"

#: Told each point of the curve: epoch, losses, seconds.
Progress = Callable[[dict[str, float]], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with what is right and what the rules read. ``variants`` are the same report changed."""

    name: str
    gold: Annotated
    read: Annotated
    variants: tuple[tuple[Annotated, Annotated], ...] = ()


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How the heads are trained.

    Attributes:
        epochs: Times that every report is seen twice: as it is or as one of its variants.
        generated: Generated reports in an epoch.
        batch: Texts in an update.
        rate, head_rate: Learning rates of encoder and heads.
        alone: Share of the updates that hide what the rules read, so that the heads can stand alone.
        patience: Epochs without gain on the texts held out before training stops.
    """

    epochs: int = 10
    generated: int = 100
    batch: int = 6
    rate: float = 4e-4
    head_rate: float = 2e-3
    warmup: int = 60
    alone: float = 0.3
    patience: int = 3
    seed: int = 1


@dataclass(frozen=True, slots=True)
class FitReport:
    """How training went: the epoch that was kept, its loss on the texts held out, seconds in all."""

    epoch: int
    loss: float
    seconds: float


def fit(
    lessons: Sequence[Lesson],
    generated: Sequence[Lesson],
    check: Sequence[Lesson],
    *,
    encoder: Any,
    tokenizer: Tokenizer,
    settings: FitSettings,
    folder: Path,
    progress: Progress = lambda _: None,
) -> tuple[Joint, FitReport]:
    """Train in ``folder`` from where an earlier run left off, and return the best model found.

    Args:
        lessons: Reports to learn from.
        generated: Generated reports, of which each epoch draws some.
        check: Reports held out: training stops when they get no better, and the best epoch is kept.
        encoder: A ``transformers`` encoder.
        tokenizer: The encoder's tokenizer.
        settings: How long and how fast.
        folder: Where the checkpoints are.
        progress: Told each epoch.
    """
    return _Fit(lessons, generated, check, encoder, tokenizer, settings, folder).run(progress)


class _Fit:
    def __init__(
        self,
        lessons: Sequence[Lesson],
        generated: Sequence[Lesson],
        check: Sequence[Lesson],
        encoder: Any,
        tokenizer: Tokenizer,
        settings: FitSettings,
        folder: Path,
    ) -> None:
        torch.manual_seed(settings.seed)
        self.settings, self.folder = settings, folder
        self.windowing = Windowing(tokenizer)
        self.choices = [self._examples(lesson) for lesson in lessons]
        self.generated = [one for lesson in generated for one in self._examples(lesson)[:1]]
        self.check = [one for lesson in check for one in self._examples(lesson)[:1]]
        self.model = Joint(encoder, encoder.config.hidden_size).to(device())
        heads = list(self.model.heads.parameters())
        body = list(self.model.encoder.parameters())
        self.optimizer = torch.optim.AdamW(
            [{"params": body, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}],
            weight_decay=0.01,
        )
        self.rates = (settings.rate, settings.head_rate)
        size = 2 * len(self.choices) + min(settings.generated, len(self.generated))
        self.steps = settings.epochs * math.ceil(size / settings.batch)
        self.step, self.epoch, self.seconds = 0, 0, 0.0
        self.best, self.best_epoch = math.inf, -1
        folder.mkdir(parents=True, exist_ok=True)
        self._resume()

    def _examples(self, lesson: Lesson) -> list[Example]:
        pairs = ((lesson.gold, lesson.read), *lesson.variants)
        found = [example(self.windowing, gold=gold, read=read) for gold, read in pairs]
        return [one for one in found if len(one.tokens)]

    def run(self, progress: Progress) -> tuple[Joint, FitReport]:
        """Train to the end."""
        while self.epoch < self.settings.epochs and self.epoch - self.best_epoch <= self.settings.patience:
            begun = time.monotonic()
            point: dict[str, float] = {"epoch": self.epoch, "training_loss": self._epoch()}
            point |= (losses := self._checked())
            self.seconds += time.monotonic() - begun
            point["seconds"] = round(self.seconds, 3)
            if losses["held_out_loss"] < self.best:
                self.best, self.best_epoch = losses["held_out_loss"], self.epoch
                _save(self.folder / BEST, self.model.state_dict())
            self.epoch += 1
            self._keep(point)
            progress(point)
        kept = torch.load(self.folder / BEST, map_location=device(), weights_only=True)
        self.model.load_state_dict(kept)
        self.model.eval()
        return self.model, FitReport(self.best_epoch, self.best, self.seconds)

    # --- one epoch

    def _drawn(self) -> list[Example]:
        """Return what an epoch reads: each report twice, under changing names, and generated ones."""
        chance = random.Random(f"{self.settings.seed}/{self.epoch}")
        count = min(self.settings.generated, len(self.generated))
        drawn = [chance.choice(choice) for choice in self.choices if choice for _ in range(2)]
        drawn += chance.sample(self.generated, count)
        chance.shuffle(drawn)
        return drawn

    def _batches(self, examples: Sequence[Example]) -> Iterator[list[Example]]:
        for k in range(0, len(examples), self.settings.batch):
            yield list(examples[k : k + self.settings.batch])

    def _epoch(self) -> float:
        self.model.train()
        # A seed of its own for each epoch: a resumed run drops what an undisturbed one would have dropped.
        torch.manual_seed(1_000 * self.settings.seed + self.epoch)
        chance = random.Random(f"{self.settings.seed}/{self.epoch}/alone")
        losses = []
        for batch in self._batches(self._drawn()):
            self._set_rate()
            loss: Any = sum(self._losses(batch, alone=chance.random() < self.settings.alone).values())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            losses.append(float(loss.detach()))
            self.step += 1
        return round(float(np.mean(losses)), 4)

    def _set_rate(self) -> None:
        share = min((self.step + 1) / self.settings.warmup, max(0.02, 1 - self.step / self.steps))
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * share

    def _losses(self, batch: list[Example], *, alone: bool = False) -> dict[str, torch.Tensor]:
        """Return the mean losses of a batch by head."""
        outputs = self._outputs(batch, alone=alone)
        gathered: dict[str, list[torch.Tensor]] = {}
        for one, found in zip(batch, outputs, strict=True):
            for name, loss in loss_of(one, found).items():
                gathered.setdefault(name, []).append(loss)
        return {name: torch.stack(losses).mean() for name, losses in gathered.items()}

    def _outputs(self, batch: list[Example], *, alone: bool) -> list[Outputs]:
        laid = lay_out(batch, self.windowing)
        where = device()
        with torch.autocast(where.type, dtype=torch.bfloat16, enabled=half_precision(where)):
            return run(self.model, laid, alone=alone)

    @torch.no_grad()
    def _checked(self) -> dict[str, float]:
        self.model.eval()
        gathered: dict[str, list[float]] = {}
        for batch in self._batches(self.check):
            for name, loss in self._losses(batch).items():
                gathered.setdefault(name, []).append(float(loss))
        means = {name: round(float(np.mean(losses)), 4) for name, losses in gathered.items()}
        return {"held_out_loss": round(sum(means.values()), 4), **means}

    # --- checkpoints

    def _keep(self, point: dict[str, float]) -> None:
        with (self.folder / CURVE).open("a", encoding="utf-8") as curve:
            curve.write(json.dumps({**point, "settings": asdict(self.settings)}) + "\n")
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "numbers": [self.step, self.epoch, self.seconds, self.best, self.best_epoch],
        }
        _save(self.folder / STATE, state)

    def _resume(self) -> None:
        if not (self.folder / STATE).exists():
            return
        kept = torch.load(self.folder / STATE, map_location=device(), weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.step, self.epoch, self.seconds, self.best, self.best_epoch = kept["numbers"]


def _save(path: Path, state: dict[str, Any]) -> None:
    part = path.with_name(f"{path.name}.part")
    torch.save(state, part)
    part.replace(path)
