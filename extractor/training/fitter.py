"""What trains: the one door to the room where torch is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import InputError, UsageError
from extractor.training.listener import Point
from extractor.training.readings import Read

_NEEDED = ("torch", "transformers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How training is done.

    Attributes:
        base: Encoder to begin with: a folder, or a name that ``transformers`` knows.
        epochs: How often everything is gone through at most.
        seed: Of all that is left to chance.
    """

    base: str
    epochs: int
    seed: int


class Fit(Protocol):
    """Trains in a folder, where it goes on when it is called again."""

    def __call__(
        self,
        train: Sequence[Read],
        check: Sequence[Read],
        course: Course,
        folder: Path,
        *,
        seconds: float | None,
        progress: Callable[[Point], None],
    ) -> dict[str, Any] | None:
        """Train, and return what is to be told of it; ``None`` where time was up before the end.

        At the end the folder holds ``encoder.safetensors``, ``heads.safetensors``, ``config.json``,
        ``calibration.json`` and ``tokenizer.json``.
        """


def require_base(base: str) -> None:
    """Make sure that a folder which is named as the encoder to begin with is there.

    A plain name, or two parted by a slash, may be known to ``transformers``; anything else is a folder.

    Raises:
        InputError: ``no_encoder``.
    """
    is_folder = base.startswith((".", "/", "models/")) or base.count("/") > 1
    if is_folder and not (Path(base) / "config.json").is_file():
        raise InputError("no_encoder", source=base)


def fitter() -> Fit:
    """Return what trains the shipped heads."""
    raise NotImplementedError


def require_training() -> None:
    """Make sure that what training needs is installed.

    Raises:
        UsageError: ``needs_train``.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError("needs_train", missing=", ".join(missing))
