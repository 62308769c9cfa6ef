"""How well drivers and teams are linked over documents, where the truth is known.

    python -m benchmarks.authority --split dev            # from gold records
    python -m benchmarks.authority --split dev --extracted  # the same documents, read by the extractor
    python -m benchmarks.authority --split far --json far.json

The archive is :mod:`benchmarks.authority_world`: each report of a split told several times over, with people
and teams spelt otherwise, misread, replaced by brothers and namesakes. Only numbers are shown, never a text.

Every two appearances are a pair. A pair is found where both are in one entity, and right where both are
truly one. What names nobody of the gold record is somebody of its own and counts, however often the same
words are taken for a name; ``named`` are the figures without it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.authority_world import Told, build_world, truth_of_extracted
from extractor.authority.appearance import KINDS, Kind, appearances_of, kind_of
from extractor.authority.build import build
from extractor.authority.file import AuthorityFile
from extractor.record import RaceRecord

CORPUS = Path("corpus")


@dataclass(slots=True)
class Archive:
    """The documents, and who each appearance is; ``nobody`` are those that the gold does not name."""

    records: list[RaceRecord]
    truth: dict[str, str]
    nobody: set[str] = field(default_factory=set)


def archive_of(told: Iterator[Told], *, extracted: bool) -> Archive:
    """Return the archive with its records, gold or as the extractor makes them."""
    found = Archive([], {})
    for one in told:
        record, truth = one.record, one.truth
        if extracted:
            record = _extracted(one)
            truth = truth_of_extracted(record, one)
        found.records.append(record)
        for appearance in appearances_of(record):
            somebody = f"{record.document.id}/{appearance.thing}"
            found.truth[appearance.anchor] = truth.get(appearance.thing, somebody)
            if found.truth[appearance.anchor].startswith((somebody, f"{record.document.sha256}/")):
                found.nobody.add(appearance.anchor)
    return found


def _extracted(told: Told) -> RaceRecord:
    import extractor

    document = told.record.document
    record = extractor.extract(document.text, source=document.id)
    same = {"id": document.id, "published_on": document.published_on}
    return record.model_copy(update={"document": record.document.model_copy(update=same)})


def pairs(sizes: Counter[Any]) -> int:
    """Return how many pairs groups of these sizes have."""
    return sum(count * (count - 1) // 2 for count in sizes.values())


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs that are truly one, that were found, and both."""

    true: int
    found: int
    right: int

    def __add__(self, other: Score) -> Score:
        return Score(self.true + other.true, self.found + other.found, self.right + other.right)

    def told(self) -> dict[str, float | int]:
        """Return precision, recall and their F1."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.true, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "pairs": self.true,
        }


def score(truth: dict[str, str], entity: dict[str, str], kind: Kind) -> Score:
    """Return the pairwise score of one kind."""
    own = [anchor for anchor in truth if kind_of(anchor) == kind]
    return Score(
        pairs(Counter(truth[anchor] for anchor in own)),
        pairs(Counter(entity[anchor] for anchor in own)),
        pairs(Counter((truth[anchor], entity[anchor]) for anchor in own)),
    )


def measure(archive: Archive, automatic: float | None, folder: Path) -> dict[str, Any]:
    """Build the archive's authority file and return how right it is."""
    began = time.perf_counter()
    out = folder / f"authority-{automatic}.db"
    built = build(archive.records, out, automatic=automatic)
    seconds = time.perf_counter() - began
    with AuthorityFile.open(out) as file:
        entity = dict(file.db.execute("SELECT anchor, entity FROM member"))
        doubtful = [
            (one.probability, archive.truth[one.one] == archive.truth[one.other]) for one in file.candidates()
        ]
        followed = [
            (likely, archive.truth[a] == archive.truth[b])
            for a, b, likely in file.db.execute("SELECT one, other, probability FROM link")
        ]
    scores = {kind: score(archive.truth, entity, kind) for kind in KINDS}
    told: dict[str, Any] = {kind: one.told() for kind, one in scores.items()}
    told["together"] = (scores["driver"] + scores["team"]).told()
    named = {anchor: one for anchor, one in archive.truth.items() if anchor not in archive.nobody}
    told["named"] = {kind: score(named, entity, kind).told() for kind in KINDS}
    told["nobody"] = len(archive.nobody)
    told["appearances"], told["entities"] = dict(built.appearances), dict(built.entities)
    told["candidates"] = {"count": len(doubtful), "right": sum(right for _, right in doubtful)}
    told["reliability"] = reliability([*doubtful, *followed])
    told["seconds"] = round(seconds, 1)
    return told


def reliability(judged: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return, for each tenth of confidence, its mean, the share that was right, and how many there were."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for likely, right in judged:
        bins.setdefault(min(int(likely * 10), 9), []).append((likely, right))
    return [
        (round(sum(p for p, _ in one) / len(one), 3), round(sum(r for _, r in one) / len(one), 3), len(one))
        for _, one in sorted(bins.items())
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--split", default="dev", choices=("train", "dev", "far"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--extracted", action="store_true")
    parser.add_argument("--automatic", type=float, action="append")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    world = build_world(CORPUS, asked.split, copies=asked.copies, seed=asked.seed)
    archive = archive_of(world.documents(), extracted=asked.extracted)
    found: dict[str, Any] = {"split": asked.split, "seed": asked.seed, "documents": len(archive.records)}
    with tempfile.TemporaryDirectory() as folder:
        for automatic in asked.automatic or [None]:
            found[str(automatic or "shipped")] = measure(archive, automatic, Path(folder))
    text = json.dumps(found, indent=1)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
