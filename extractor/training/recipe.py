"""How the shipped model is made of reports: heads, then weights and calibration, on reports kept apart.

The rules were written with the training reports in view, so they look better there than they are. What a fact
is worth can only be learnt from reports that nobody looked at while writing rules: those of the authors in
``unread_authors``. The heads don't see them; weights, calibration and thresholds are made of nothing else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from extractor.neural.annotated import annotated
from extractor.neural.calibration import Calibrator
from extractor.neural.fitting import FitSettings, Lesson, Progress, fit
from extractor.neural.heads import Reader
from extractor.pipeline.model.deciding import Decisions, Weights, group_of
from extractor.pipeline.model.rescoring import Looked, look
from extractor.pipeline.model.settling import settle
from extractor.pipeline.model.weighing import Weighed
from extractor.pipeline.model.where import Place
from extractor.record import RaceRecord
from extractor.scoreboard.judged import judged_facts
from extractor.scoring import score_records
from extractor.scoring.document import align_facts
from extractor.scoring.facts import facts_of_record

_FOLDS = 6
_ADDED = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_NEVER = 2.0
_GAIN = 0.003  # in F1


class Report(Protocol):
    """A report with its gold record, and what the rules read of it, sentence by sentence."""

    @property
    def name(self) -> str:
        """Its name; a variant's name has a tilde behind that of its report."""

    @property
    def gold(self) -> RaceRecord:
        """What is right."""

    @property
    def read(self) -> RaceRecord:
        """What the rules read."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that the rules were not written with, with its sentences."""

    name: str
    gold: RaceRecord
    read: RaceRecord
    places: list[Place]


@cache
def recipe() -> dict[str, Any]:
    """Return ``recipe.toml``: who is unread, how long to train, how strong the penalty is."""
    text = resources.files("extractor.training").joinpath("recipe.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def lessons_of(reports: Iterable[Report]) -> list[Lesson]:
    """Return the reports as lessons, each with its variants."""
    found: dict[str, Lesson] = {}
    for report in reports:
        name, _, variant = report.name.partition("~")
        pair = annotated(report.gold), annotated(report.read)
        if variant and name in found:
            found[name] = replace(found[name], variants=(*found[name].variants, pair))
        else:
            found[name] = Lesson(name, *pair)
    return list(found.values())


# --- what facts are worth


@dataclass(slots=True)
class Seen:
    """An unread report as rules and model see it, and which facts are right (``None``: not compared)."""

    report: Unread
    looked: Looked
    correct: list[bool | None]


def decide(
    reader: Reader, unread: Sequence[Unread], progress: Callable[[], None] = lambda: None
) -> Decisions:
    """Learn from unread reports what facts are worth and which of them stay.

    Weights are fitted in folds of documents, and the calibrator to the scores that each document got from the
    others. Thresholds are those with the best mean F1 under these scores.
    """
    seen = []
    for report in unread:
        seen.append(see(reader, report))
        progress()
    return decided(seen)


def decided(seen: Sequence[Seen]) -> Decisions:
    """Learn from reports that rules and model have seen; see :func:`decide`."""
    penalty = float(recipe()["weights"]["penalty"])
    weights = _weights(seen, penalty)
    scores = _scores_of_others(seen, penalty)
    kinds, values, correct, documents = [], [], [], []
    for one, own in zip(seen, scores, strict=True):
        for fact, score, right in zip(one.looked.facts, own, one.correct, strict=True):
            if right is not None:
                kinds.append(group_of(fact.kind))
                values.append(score)
                correct.append(right)
                documents.append(one.report.name)
    calibrator = Calibrator.fit(kinds, values, correct, documents)
    bounds = _bounds(seen, scores, calibrator)
    return Decisions(weights, calibrator, *bounds)


def see(reader: Reader, report: Unread) -> Seen:
    """Return a report as rules and model see it."""
    looked = look(reader, report.read, report.places)
    aligned = align_facts(facts_of_record(report.gold), facts_of_record(looked.record))
    judged = {(one.kind, one.ids): one.correct for one in judged_facts(aligned, looked.record)}
    people = aligned["drivers"]
    judged |= {("drivers", found.ids): True for _, found in people.pairs}
    judged |= {("drivers", found.ids): False for found in people.spurious}
    return Seen(report, looked, [judged.get((fact.kind, fact.ids)) for fact in looked.facts])


def _weights(seen: Sequence[Seen], penalty: float) -> dict[str, Weights]:
    import numpy as np

    rows: dict[str, tuple[list[Any], list[bool]]] = {}
    for one in seen:
        for fact, right in zip(one.looked.facts, one.correct, strict=True):
            if right is not None:
                features, wanted = rows.setdefault(group_of(fact.kind), ([], []))
                features.append(fact.features)
                wanted.append(right)
    return {
        group: Weights.fit(np.stack(features), wanted, penalty) for group, (features, wanted) in rows.items()
    }


def _scores_of_others(seen: Sequence[Seen], penalty: float) -> list[list[float]]:
    """Return the scores of each document's facts by weights that were fitted without it."""
    scores: list[list[float]] = [[] for _ in seen]
    for fold in range(min(_FOLDS, len(seen))):
        weights = _weights([one for k, one in enumerate(seen) if k % _FOLDS != fold], penalty)
        bare = Decisions(weights, Calibrator.fit([], [], [], []), {}, {})
        for k in range(fold, len(seen), _FOLDS):
            scores[k] = bare.scores(seen[k].looked.facts)
    return scores


@dataclass(frozen=True, slots=True)
class _Bounds:
    keep: dict[str, float]
    add: dict[str, float]

    def least(self, kind: str, *, proposed: bool) -> float:
        return (self.add if proposed else self.keep)[kind]


def _bounds(
    seen: Sequence[Seen], scores: Sequence[list[float]], calibrator: Calibrator
) -> tuple[dict[str, float], dict[str, float]]:
    """Choose thresholds kind by kind, for the facts that the model alone tells."""
    chances = [_chances(one.looked.facts, own, calibrator) for one, own in zip(seen, scores, strict=True)]
    kinds = sorted({fact.kind for one in seen for fact in one.looked.facts})
    keep, add = dict.fromkeys(kinds, 0.0), dict.fromkeys(kinds, _NEVER)
    # What the rules tell stays, with its probability; whoever wants less of it says --min-confidence.
    # Leaving out gained on unread reports of ours and lost on real ones: whoever is named once, in a
    # list of starters, looks like nobody to the tagger, and takes his facts along.
    for kind in kinds:
        tried = {bound: _f1(seen, chances, _Bounds(keep, {**add, kind: bound}), kind) for bound in _ADDED}
        best = max(tried, key=lambda bound: tried[bound])
        # A gain that a single fact can make is none: then the rules are left alone.
        if tried[best] >= _f1(seen, chances, _Bounds(keep, add), kind) + _GAIN:
            add[kind] = best
    return keep, add


def _chances(
    facts: Sequence[Weighed], scores: Sequence[float], calibrator: Calibrator
) -> dict[tuple[str, tuple[str, ...]], float]:
    kinds = [group_of(fact.kind) for fact in facts]
    found: Iterable[float] = calibrator.many(kinds, scores) if facts else ()
    return {(fact.kind, fact.ids): float(chance) for fact, chance in zip(facts, found, strict=True)}


def _f1(
    seen: Sequence[Seen],
    chances: Sequence[dict[tuple[str, tuple[str, ...]], float]],
    bounds: _Bounds,
    kind: str,
) -> float:
    settled = [
        (one.report.name, one.report.gold, settle(one.looked.record, own, bounds))
        for one, own in zip(seen, chances, strict=True)
    ]
    found = score_records(settled).total.tallies[kind]
    return 2 * found.tp / max(1, 2 * found.tp + found.fp + found.fn)


# --- the whole


def settings_of(epochs: int | None = None, seed: int | None = None) -> FitSettings:
    """Return the settings of the recipe, with what is asked for changed."""
    told: dict[str, Any] = dict(recipe()["fit"])
    if epochs is not None:
        told["epochs"] = epochs
    if seed is not None:
        told["seed"] = seed
    return FitSettings(**told)


def make(
    lessons: Sequence[Lesson],
    generated: Sequence[Lesson],
    check: Sequence[Lesson],
    unread: Sequence[Unread],
    *,
    encoder: Any,
    tokenizer: Any,
    settings: FitSettings,
    folder: Path,
    progress: Progress = lambda _: None,
) -> dict[str, Any]:
    """Train everything and leave it in ``folder``; return what is to be told of it.

    ``folder`` then holds ``encoder.safetensors``, ``heads.safetensors``, ``config.json``,
    ``calibration.json`` and ``tokenizer.json``, which a bundle is made of.
    """
    from extractor.training.leaving import leave

    model, report = fit(
        lessons,
        generated,
        check,
        encoder=encoder,
        tokenizer=tokenizer,
        settings=settings,
        folder=folder,
        progress=progress,
    )
    return leave(model, report, tokenizer, unread, settings, folder)
