"""What trains: the one door to the room where torch is."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import InputError, UsageError
from extractor.training.listener import Point
from extractor.training.readings import GENERATOR, Read

RECIPE = "recipe.toml"

_NEEDED = ("torch", "transformers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How training is done.

    Attributes:
        base: Encoder to begin with: a folder, or a name that ``transformers`` knows.
        epochs: How often everything is gone through at most; as in ``recipe.toml`` where nothing is said.
        seed: Of all that is left to chance.
    """

    base: str
    epochs: int | None
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
    """Return what makes the shipped model; see :mod:`extractor.training.recipe`."""
    return _by_recipe


class _TimeIsUp(Exception):  # noqa: N818 - no error
    """Raised between two epochs; the checkpoint is written."""


def _by_recipe(
    train: Sequence[Read],
    check: Sequence[Read],
    course: Course,
    folder: Path,
    *,
    seconds: float | None,
    progress: Callable[[Point], None],
) -> dict[str, Any] | None:
    from extractor.neural.base import load_base
    from extractor.training.recipe import Unread, lessons_of, make, settings_of

    apart = unread_authors()
    encoder, tokenizer = load_base(course.base)
    try:
        return make(
            lessons_of(one for one in train if one.author not in apart and one.author != GENERATOR),
            lessons_of(one for one in train if one.author == GENERATOR),
            lessons_of(check),
            [Unread(one.name, one.gold, one.read, one.places) for one in train if one.author in apart],
            encoder=encoder,
            tokenizer=tokenizer,
            settings=settings_of(course.epochs, course.seed),
            folder=folder,
            progress=_limited(progress, seconds),
        )
    except _TimeIsUp:
        return None


def _limited(progress: Callable[[Point], None], seconds: float | None) -> Callable[[Point], None]:
    """Return what passes on each epoch, and stops behind the first one after so many seconds."""
    begun = time.monotonic()

    def passed_on(point: Point) -> None:
        progress(point)
        if seconds is not None and time.monotonic() - begun >= seconds:
            raise _TimeIsUp

    return passed_on


def unread_authors() -> frozenset[str]:
    """Return whose reports tell what facts are worth, and are not learnt from otherwise."""
    text = resources.files("extractor.training").joinpath(RECIPE).read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["unread_authors"])


def require_training() -> None:
    """Make sure that what training needs is installed.

    Raises:
        UsageError: ``needs_train``.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError("needs_train", missing=", ".join(missing))
