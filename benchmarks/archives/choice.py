"""Which reports are rendered: a spread over noise, disciplines and decades, the same every time."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from extractor.corpus.rows import Row, record_of
from extractor.record import RaceRecord

ROOT = Path(__file__).resolve().parent.parent.parent
DEV = ROOT / "corpus" / "data" / "dev.jsonl"
NOISES = ("clean", "wrapped")  # the others are damaged already, or carry menus of their own
SEED = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """A report to render.

    Attributes:
        name: Its name in the corpus.
        text: The plain text.
        gold: Its gold record.
        wrapped: Whether its lines are wrapped by hand.
        year: Of the race told.
    """

    name: str
    text: str
    gold: RaceRecord
    wrapped: bool
    year: int

    @property
    def seed(self) -> str:
        """What everything drawn for this report is drawn from."""
        return f"{SEED} {self.name}"


def choose(count: int, path: Path = DEV) -> list[Chosen]:
    """Return ``count`` reports; fewer are the first of more."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [Row.model_validate(json.loads(line)) for line in lines]
    left = [row for row in rows if row.noise in NOISES]
    random.Random(SEED).shuffle(left)
    seen: Counter[str] = Counter()
    chosen: list[Chosen] = []
    while left and len(chosen) < count:
        row = min(left, key=lambda row: (seen[row.discipline] + seen[row.era], 2 * seen[row.noise]))
        left.remove(row)
        seen.update((row.discipline, row.era, row.noise))
        chosen.append(Chosen(row.id, row.text, record_of(row), row.noise == "wrapped", row.year))
    return chosen
