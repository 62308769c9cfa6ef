"""A corpus of a few reports, and someone who notes what is said."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "scoreboard"))
from board_builders import report, source, write_corpus

from extractor.errors import ParcFermeError
from extractor.record import RaceRecord


def small_corpus(folder: Path) -> Path:
    """Write a corpus whose parts have texts of their own."""
    return write_corpus(
        folder,
        train={"un": source(more="Un."), "deux": source(more="Deux.")},
        dev={"trois": source(more="Trois."), "quatre": source(more="Quatre.")},
        test={"cinq": source(more="Cinq.")},
    )


def record(more: str) -> RaceRecord:
    """Return the gold record of a report of such a corpus."""
    return report(more=more).record


def with_text(one: RaceRecord, text: str, digest: str | None = None) -> RaceRecord:
    """Return the record with its text continued or the like; offsets must hold."""
    found = hashlib.sha256(text.encode()).hexdigest() if digest is None else digest
    return one.model_copy(
        update={"document": one.document.model_copy(update={"text": text, "sha256": found})}
    )


class Notes:
    """Keeps what a listener is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.values: dict[str, Mapping[str, object]] = {}
        self.errors: list[ParcFermeError] = []
        self.points: list[Mapping[str, Any]] = []

    def say(self, key: str, /, **values: object) -> None:
        self.said.append(key)
        self.values[key] = values

    def say_error(self, error: ParcFermeError) -> None:
        self.errors.append(error)

    def steps(self, key: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        self.say(key, total=total)
        return nullcontext(lambda: None)

    def point(self, point: Mapping[str, Any]) -> None:
        self.points.append(point)
