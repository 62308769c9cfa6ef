"""Learn the weights of the authority's model on ``train`` and its calibration on ``dev``.

    python -m benchmarks.authority_fit

writes ``extractor/authority/weights.toml``. Each split is told over several documents
(:mod:`benchmarks.authority_world`); every pair that the blocking proposes is an example.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.authority_world import build_world
from extractor.authority.appearance import KINDS, Kind, appearances_of
from extractor.authority.blocking import candidate_pairs
from extractor.authority.build import build
from extractor.authority.clustering import LEAST_SCORE, Clustering, Link, components
from extractor.authority.evidence import Evidence, evidence_of
from extractor.authority.file import AuthorityFile
from extractor.authority.match import Matcher, rarity_of
from extractor.authority.model import Weights, score_of, shipped, shipped_for_groups
from extractor.authority.spool import Spool
from extractor.corpus.metadata import Split

CORPUS = Path("corpus")
WEIGHTS = Path("extractor/authority/weights.toml")
_SEEDS = {"train": (1,), "dev": (11, 12)}
_PENALTY = 1.0
_STEPS = 60
_HEAD = """\
# How much each piece of evidence adds to the logarithm of the odds that two appearances, or two groups of
# them, are one, and the calibration of the sum. Written by: python -m benchmarks.authority_fit
"""
Example = tuple[Evidence, bool]
Array = NDArray[np.float64]


@dataclass(slots=True)
class Linked:
    """A world's appearances of one kind, compared.

    Attributes:
        spool: Where they are.
        truth: Who each number is.
        pairs: Numbers and evidence of each pair that is compared.
    """

    spool: Spool
    truth: dict[int, str]
    pairs: list[tuple[int, int, Evidence]]

    def examples(self) -> Iterator[Example]:
        """Yield the evidence of every pair, and whether the two are one."""
        for a, b, evidence in self.pairs:
            yield evidence, self.truth[a] == self.truth[b]

    def questions(self, kind: Kind, weights: Weights, groups: Weights, automatic: float) -> Iterator[Example]:
        """Yield what is asked of groups while they are clustered, and whether their two ends are one."""
        scored = [(a, b, weights.score(evidence)) for a, b, evidence in self.pairs]
        links = [link for link in scored if link[2] >= LEAST_SCORE]
        size = max(self.truth, default=0) + 1
        members: dict[int, list[int]] = defaultdict(list)
        for number, root in components(size, links):
            if number in self.truth and self.spool.portrait(number).appearance.kind == kind:
                members[root].append(number)
        starts: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            starts[link[0]].append(link)
        asked: list[Example] = []

        def watch(one: int, other: int, clustering: Clustering, score: float) -> None:
            found = clustering.question(one, other, score)
            if found is not None:
                asked.append((found[0], self._is_same(found[1], found[2])))

        def score(one: int, other: int) -> float | None:
            return score_of(self.spool.portrait(one), self.spool.portrait(other), self.spool.rarity, weights)

        for numbers in members.values():
            if len(numbers) > 1:
                portraits = {number: self.spool.portrait(number) for number in numbers}
                own = [link for number in numbers for link in starts[number]]
                Clustering(portraits, own, score, groups, automatic=automatic, watch=watch).run()
        yield from asked

    def _is_same(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Say whether most of one group and most of the other are one person."""
        most = [
            Counter(self.truth[number] for number in group).most_common(1)[0][0] for group in (one, other)
        ]
        return most[0] == most[1]


def linked(split: Split, kind: Kind, seed: int, folder: Path) -> Linked:
    """Return a split's world, compared."""
    world = build_world(CORPUS, split, seed=seed)
    spool = Spool(folder / f"{split}-{kind}-{seed}.db")
    truth: dict[str, str] = {}
    for told in world.documents():
        known = [one for one in appearances_of(told.record) if one.thing in told.truth]
        spool.add(known)
        truth |= {one.anchor: told.truth[one.thing] for one in known}
    spool.index()
    whose = {number: truth[anchor] for number, anchor in spool.all()}
    pairs = []
    for a, b in sorted({(min(pair), max(pair)) for pair in candidate_pairs(spool, kind)}):
        evidence = evidence_of(spool.portrait(a), spool.portrait(b), spool.rarity)
        if evidence is not None:
            pairs.append((a, b, evidence))
    return Linked(spool, whose, pairs)


def fit(known: Sequence[Example]) -> dict[str, float]:
    """Return weights by ridge-penalised logistic regression (iteratively reweighted least squares)."""
    names = sorted({name for evidence, _ in known for name, _ in evidence})
    place = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(known), len(names)))
    for row, (evidence, _) in enumerate(known):
        for name, value in evidence:
            x[row, place[name]] += value
    y = np.array([float(same) for _, same in known])
    return dict(zip(names, map(float, _regress(x, y, _PENALTY)), strict=True))


def _regress(x: Array, y: Array, penalty: float) -> Array:
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slack = np.maximum(likely * (1 - likely), 1e-6)
        hessian = (x * slack[:, None]).T @ x + penalty * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, x.T @ (y - likely) - penalty * weights)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def calibrate(scores: Array, same: Array) -> tuple[float, float]:
    """Return slope and shift of the scores (Platt 1999), with a light penalty only."""
    slope, shift = _regress(np.column_stack([scores, np.ones_like(scores)]), same, 1e-3)
    return float(slope), float(shift)


def list_examples(split: Split, kind: Kind, seed: int, folder: Path) -> Iterator[Example]:
    """Yield what is asked of an entity and an entry of a list, and whether the two are one."""
    world = build_world(CORPUS, split, seed=seed)
    truth: dict[str, str] = {}
    records = []
    for told in world.documents():
        records.append(told.record)
        truth |= {
            one.anchor: told.truth[one.thing]
            for one in appearances_of(told.record)
            if one.thing in told.truth
        }
    out = folder / f"list-{split}-{seed}.db"
    build(records, out)
    whose = dict(world.listed())
    entries = {entry.identifier: id_ for id_, entry in whose.items()}
    with AuthorityFile.open(out) as file:
        matcher = Matcher(list(whose.values()), rarity_of(file))
        for entity in file.entities(kind):
            members = Counter(truth.get(one.anchor, "") for one in file.members(entity.id))
            most = members.most_common(1)[0][0]
            for entry, evidence, _ in matcher.questions(entity):
                yield evidence, entries[entry.identifier] == most


def calibrated(train: Sequence[Example], held: Sequence[Example]) -> Weights:
    """Return weights learnt on the one and calibrated on the other."""
    weights = fit(train)
    scores = np.array([sum(weights.get(n, 0.0) * v for n, v in evidence) for evidence, _ in held])
    slope, shift = calibrate(scores, np.array([float(one) for _, one in held]))
    return Weights(weights, slope, shift)


def learn(kind: Kind, folder: Path) -> tuple[Weights, Weights]:
    """Return the weights for two appearances, and those for two groups."""
    train = [linked("train", kind, seed, folder) for seed in _SEEDS["train"]]
    held = [linked("dev", kind, seed, folder) for seed in _SEEDS["dev"]]
    pairs = calibrated(
        [one for world in train for one in world.examples()],
        [one for world in held for one in world.examples()],
    )
    groups = _FIRST_GROUPS
    for automatic in _ROUNDS:  # each round asks what the round before would have let come up
        groups = calibrated(
            [one for world in train for one in world.questions(kind, pairs, groups, automatic)],
            [one for world in held for one in world.questions(kind, pairs, groups, automatic)],
        )
    return pairs, groups


# Before anything is learnt: as likely as the best link, less likely by what stands against it.
_FIRST_GROUPS = Weights(
    {f"{name}/{level}": value for level in ("full", "initial", "bare") for name, value in
     (("best", 0.7), ("mean", 0.3), ("against", -0.7), ("support", 0.3))}
)  # fmt: skip
_ROUNDS = (0.8, 0.85, 0.9)


def learn_lists(kind: Kind, folder: Path) -> Weights:
    """Return the weights for entities and entries of a user's list."""
    train = [one for seed in _SEEDS["train"] for one in list_examples("train", kind, seed, folder)]
    held = [one for seed in _SEEDS["dev"] for one in list_examples("dev", kind, seed, folder)]
    return calibrated(train, held)


def main() -> None:
    """Learn, calibrate, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only-lists", action="store_true", help="leave the weights of links as they are")
    asked = parser.parse_args()
    tables: dict[str, Weights] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            tables[kind], tables[f"{kind}_groups"] = (
                (shipped(kind), shipped_for_groups(kind)) if asked.only_lists else learn(kind, Path(folder))
            )
        _write(tables)
        shipped.cache_clear()
        shipped_for_groups.cache_clear()
        for kind in KINDS:
            tables[f"{kind}_list"] = learn_lists(kind, Path(folder))
    _write(tables)


def _write(tables: dict[str, Weights]) -> None:
    lines = [_HEAD]
    for table, weights in tables.items():
        print(table, "slope", round(weights.slope, 3), "shift", round(weights.shift, 3))
        lines += [f"[{table}]", f"slope = {weights.slope:.4f}", f"shift = {weights.shift:.4f}", ""]
        lines += [f"[{table}.of]"]
        lines += [f'"{name}" = {value:.3f}' for name, value in sorted(weights.of.items())]
        lines.append("")
    WEIGHTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
