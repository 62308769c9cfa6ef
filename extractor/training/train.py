"""One training run from end to end."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import extractor
from extractor.errors import InputError, ModelError
from extractor.neural.bundle import CALIBRATION, ENCODER, HEADS, open_bundle
from extractor.pipeline.model.location import COMPONENT, NAME, NONE
from extractor.pipeline.model.saving import CARD
from extractor.scoreboard.board import Board, score_readings
from extractor.scoreboard.reading import load_reports, read_reports
from extractor.training import place
from extractor.training.candidate import has_model, pack, put_in_place
from extractor.training.card import card
from extractor.training.fitter import RECIPE, Course, Fit, unread_authors
from extractor.training.gold import CHECK, Collected, collect
from extractor.training.guard import Verdict, judge
from extractor.training.listener import Listener
from extractor.training.readings import Failed, Read, Task, keep, kept, read_all, tasks_of

VERDICT = "verdict.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked for.

    Attributes:
        corpus: The corpus's folder.
        records: Files or folders of reviewed records.
        out: Where the model is to be; the model there is the old one.
        work: Folder for what a run that goes on needs.
        course: How training is done.
        generated: How many reports are made up.
        variants: How often each report is told anew with other names.
        jobs: Number of processes that read.
        seconds: Stop at the next checkpoint after so long; the same command goes on.
        force: Replace the old model even by a worse one.
    """

    corpus: Path
    records: tuple[Path, ...]
    out: Path
    work: Path
    course: Course
    generated: int
    variants: int
    jobs: int
    seconds: float | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        verdict: The new model beside the old one.
        old_is_rules: There was no old model: the rules alone stand in its place.
        model: Where the new model is.
        is_taken: Whether it has taken its place.
    """

    verdict: Verdict
    old_is_rules: bool
    model: Path
    is_taken: bool


def train(plan: Plan, fit: Fit, listener: Listener) -> Outcome | None:
    """Train a model, measure it beside the old one, and put the better one in place.

    Returns:
        What came of it; ``None`` where time was up before the end of training.

    Raises:
        InputError: The corpus cannot be read, or has no report that tells what facts are worth.
        ModelError: The old model does not run, and nothing said that it may be replaced all the same.
        OutputError: The model cannot be written.
        UsageError: The work folder belongs to something else.
    """
    begun = time.monotonic()
    old = _old(plan)
    collected = _collected(plan, listener)
    inputs = _inputs(plan, collected)
    found = place.enter(plan.work, inputs)
    _tell_where(found, plan, listener)
    learnt, checked = _readings(plan, collected, listener, is_there=found.readings)
    left = None if plan.seconds is None else plan.seconds - (time.monotonic() - begun)
    fitted = plan.work / place.FIT
    told = fit(learnt, checked, plan.course, fitted, seconds=left, progress=listener.point)
    if told is None:
        return None
    made = place.digest_of_files(fitted / name for name in (ENCODER, HEADS, CALIBRATION))
    version = f"{extractor.__version__}+{made[:8]}"
    facts = _facts(plan, collected, learnt, told)
    model = pack(fitted, plan.work / place.CANDIDATE / NAME, version, facts)
    return _settled(plan, old, model, listener)


def _old(plan: Plan) -> str:
    """Return the model to beat: the one in place, or the rules alone.

    Raises:
        ModelError: It does not run, which is better known before hours of work than after.
    """
    from extractor.pipeline.model.rescoring import load_rescorer

    if not has_model(plan.out):
        return NONE
    try:
        load_rescorer(plan.out / COMPONENT)
    except ModelError:
        if not plan.force:
            raise
        return NONE
    return str(plan.out)


def _collected(plan: Plan, listener: Listener) -> Collected:
    collected = collect(plan.corpus, plan.records)
    for error in collected.refused:
        listener.say_error(error)
    if plan.records:
        counts = {"taken": collected.reviewed, "refused": len(collected.refused)}
        listener.say("train.reviewed", **counts, replaced=len(collected.replaced))
    if unread_authors().isdisjoint(one.author for one in collected.train):
        raise InputError("no_unread", source=str(plan.corpus), authors=", ".join(sorted(unread_authors())))
    listener.say("train.reports", train=len(collected.train), check=len(collected.check))
    return collected


def _inputs(plan: Plan, collected: Collected) -> place.Inputs:
    golds = (collected.train, collected.check)
    train, check = (place.digest(one.record.to_json() for one in some) for some in golds)
    texts = {
        "train": train,
        "check": check,
        "rules": place.digest_of_rules(),
        "generated": str(plan.generated),
        "variants": str(plan.variants),
        "seed": str(plan.course.seed),
        "apart": place.digest(sorted(unread_authors())),
    }
    course = {
        "base": place.digest_of_base(plan.course.base),
        "epochs": str(plan.course.epochs),
        "recipe": place.digest_of_files([Path(__file__).with_name(RECIPE)]),
    }
    return place.Inputs(texts, course)


def _tell_where(found: place.Found, plan: Plan, listener: Listener) -> None:
    for name in found.changed:
        listener.say(f"train.changed.{name}")
    if found.changed:
        listener.say("train.anew", folder=plan.work)
    elif found.checkpoint:
        listener.say("train.goes_on", folder=plan.work)


def _readings(
    plan: Plan, collected: Collected, listener: Listener, *, is_there: bool
) -> tuple[list[Read], list[Read]]:
    """Return what the rules read of the reports to learn from and of those to stop by."""
    learnt, checked = plan.work / place.READINGS, plan.work / place.CHECKED
    if not is_there:
        counts = {"variants": plan.variants, "generated": plan.generated, "seed": plan.course.seed}
        apart = unread_authors()
        keep(_read(collected.check, plan.jobs, listener, "train.reading_check"), checked)
        keep(
            _read(tasks_of(collected.train, **counts, apart=apart), plan.jobs, listener, "train.reading"),
            learnt,
        )
    return list(kept(learnt)), list(kept(checked))


def _read(tasks: Sequence[Task], jobs: int, listener: Listener, key: str) -> list[Read]:
    with listener.steps(key, len(tasks)) as advance:
        found = read_all(tasks, jobs, advance)
    for one in found:
        if isinstance(one, Failed):
            listener.say("train.failed", name=one.name, fault=one.fault)
    return [one for one in found if isinstance(one, Read)]


def _facts(plan: Plan, collected: Collected, learnt: list[Read], told: dict[str, Any]) -> dict[str, Any]:
    return {
        "base": Path(plan.course.base).name,
        "seed": plan.course.seed,
        "reports": len(collected.train) - collected.reviewed,
        "reviewed": collected.reviewed,
        "variants": plan.variants,
        "generated": plan.generated,
        "read": len(learnt),
        "checked": len(collected.check),
        **told,
    }


def _settled(plan: Plan, old: str, model: Path, listener: Listener) -> Outcome:
    before = _board(plan, old, listener, "train.measuring_old")
    after = _board(plan, str(model), listener, "train.measuring_new")
    verdict = judge(before, after)
    (plan.work / VERDICT).write_text(json.dumps(verdict.to_dict(), indent=1) + "\n", encoding="utf-8")
    (model / CARD).write_text(
        card(open_bundle(model / COMPONENT), verdict=verdict.to_dict()), encoding="utf-8"
    )
    is_taken = plan.force or not verdict.is_worse
    if is_taken:
        put_in_place(model, plan.out)
    return Outcome(verdict, old == NONE, plan.out if is_taken else model, is_taken)


def _board(plan: Plan, model: str, listener: Listener, key: str) -> Board:
    reports = load_reports(plan.corpus, [CHECK])
    with listener.steps(key, len(reports)) as advance:
        return score_readings(read_reports(reports, plan.jobs, advance, model=model))
