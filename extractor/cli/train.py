"""``parcferme train``: a model from the corpus and reviewed records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options
from extractor.errors import ExitCode
from extractor.messages import Messages

BASE = "models/fr_encoder"


def train(
    ctx: typer.Context,
    records: Annotated[list[Path] | None, typer.Argument(help="help.train.records")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="help.train.out", show_default=False)] = Path(
        "models/fr_parcferme"
    ),
    work: Annotated[Path, typer.Option("--work", help="help.train.work", show_default=False)] = Path(
        "training"
    ),
    corpus: Annotated[Path, typer.Option("--corpus", help="help.train.corpus", show_default=False)] = Path(
        "corpus"
    ),
    base: Annotated[str, typer.Option("--base", help="help.train.base", show_default=False)] = BASE,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="help.train.epochs")] = None,
    generated: Annotated[
        int, typer.Option("--generated", min=0, help="help.train.generated", show_default=False)
    ] = 900,
    variants: Annotated[
        int, typer.Option("--variants", min=0, help="help.train.variants", show_default=False)
    ] = 3,
    seed: Annotated[int, typer.Option("--seed", help="help.train.seed", show_default=False)] = 1,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="help.train.jobs")] = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", min=0, help="help.train.time_limit")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="help.train.force")] = False,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Train, measure, keep or refuse."""
    from extractor.cli.training import Training
    from extractor.training.fitter import Course, fitter, require_base, require_training
    from extractor.training.train import Plan

    messages: Messages = ctx.obj
    require_training()
    require_base(base)
    plan = Plan(
        corpus=corpus,
        records=tuple(records or ()),
        out=out,
        work=work,
        course=Course(base=base, epochs=epochs, seed=seed),
        generated=generated,
        variants=variants,
        jobs=jobs or _jobs(),
        seconds=None if time_limit is None else time_limit * 60,
        force=force,
    )
    status: ExitCode = Training(messages).run(plan, fitter())
    return status


def _jobs() -> int:
    import os

    from extractor.scoreboard.reading import DEFAULT_JOBS

    return min(DEFAULT_JOBS, os.cpu_count() or 1)
