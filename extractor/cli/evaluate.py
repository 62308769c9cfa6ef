"""``parcferme evaluate``: records against their reference, or the reading of the corpus against its gold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options, terminal
from extractor.errors import ExitCode, UsageError
from extractor.messages import Messages


class Format(StrEnum):
    """How the figures are shown."""

    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How the figures of two sets of records are shown.

    Attributes:
        json_out: File for the figures, if any.
        fmt: What is printed.
        per_document: Show the headline figures of every document.
        bins: Show how sure the facts of every kind are, bin by bin.
        plots: Folder for the drawing of that, if any.
    """

    json_out: Path | None
    fmt: Format
    per_document: bool
    bins: bool
    plots: Path | None


class Splits(StrEnum):
    """Which part of the corpus is scored."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"
    FAR = "far"
    ALL = "all"


def evaluate(
    ctx: typer.Context,
    gold: Annotated[Path | None, typer.Argument(help="help.evaluate.gold")] = None,
    pred: Annotated[Path | None, typer.Argument(help="help.evaluate.pred")] = None,
    corpus: Annotated[Splits | None, typer.Option("--corpus", help="help.evaluate.corpus")] = None,
    corpus_folder: Annotated[
        Path, typer.Option("--corpus-folder", help="help.evaluate.corpus_folder", show_default=False)
    ] = Path("corpus"),
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="help.evaluate.jobs")] = None,
    model: Annotated[str | None, typer.Option("--model", help="help.evaluate.model")] = None,
    worst: Annotated[
        int, typer.Option("--worst", min=0, help="help.evaluate.worst", show_default=False)
    ] = 10,
    html: Annotated[Path | None, typer.Option("--html", help="help.evaluate.html")] = None,
    reveal: Annotated[bool, typer.Option("--reveal", help="help.evaluate.reveal")] = False,
    save: Annotated[str | None, typer.Option("--save", help="help.evaluate.save")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="help.evaluate.json")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="help.evaluate.format", show_default=False)] = (
        Format.TABLE
    ),
    per_document: Annotated[bool, typer.Option("--per-document", help="help.evaluate.per_document")] = False,
    bins: Annotated[bool, typer.Option("--bins", help="help.evaluate.bins")] = False,
    plots: Annotated[Path | None, typer.Option("--plots", help="help.evaluate.plots")] = None,
    _lang: options.Lang = None,
    debug: options.Debug = False,
) -> None:
    """Score and show."""
    messages: Messages = ctx.obj
    _require_one_subject(gold, pred, corpus)
    if corpus is None:
        _forbid_without_corpus(html=html, save=save, model=model)
        assert gold is not None
        assert pred is not None
        shown = Shown(json_out=json_out, fmt=fmt, per_document=per_document, bins=bins, plots=plots)
        _evaluate_records(gold, pred, shown, messages)
        return
    from extractor.cli.scoreboard import Wanted, evaluate_corpus

    wanted = Wanted(
        corpus=corpus.value,
        folder=corpus_folder,
        jobs=jobs,
        model=model,
        html=html,
        reveal=reveal,
        save=save,
        json_out=json_out,
        as_json=fmt is Format.JSON,
        worst=worst,
        per_document=per_document,
        bins=bins,
        plots=plots,
        debug=debug,
    )
    if evaluate_corpus(wanted, messages):
        raise typer.Exit(ExitCode.INTERNAL)


def _require_one_subject(gold: Path | None, pred: Path | None, corpus: Splits | None) -> None:
    """Ask for two records or a split of the corpus, not both and not neither."""
    if corpus is None and pred is None:
        raise UsageError("nothing_to_evaluate")
    if corpus is not None and gold is not None:
        raise UsageError("corpus_and_records", corpus=corpus.value)


def _forbid_without_corpus(**values: object) -> None:
    for name, value in values.items():
        if value is not None:
            raise UsageError("only_with_corpus", option=f"--{name}")


def _evaluate_records(gold: Path, pred: Path, shown: Shown, messages: Messages) -> None:
    from extractor.cli.outputs import write_whole
    from extractor.scoreboard.calibration import calibration_of_pairing
    from extractor.scoreboard.calibration_table import render_calibration
    from extractor.scoring.evaluate import pair_paths
    from extractor.scoring.table import render

    pairing = pair_paths(gold, pred)
    report, calibration = pairing.report(), calibration_of_pairing(pairing)
    kept = {**report.to_dict(), "calibration": calibration.to_dict()}
    figures = json.dumps(kept, indent=2, ensure_ascii=False) + "\n"
    if shown.json_out is not None:
        write_whole(shown.json_out, figures)
    if shown.plots is not None:
        from extractor.scoreboard.diagram import NAME, diagram

        write_whole(shown.plots / NAME, diagram(calibration, messages.language))
    if shown.fmt is Format.JSON:
        typer.echo(figures, nl=False)
        return
    console = terminal.output_console()
    render(report, console, messages.language, per_document=shown.per_document)
    render_calibration(calibration, console, messages.language, per_kind=shown.bins)
