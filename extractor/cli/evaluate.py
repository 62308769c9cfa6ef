"""``parcferme evaluate``: records against their reference."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options, terminal
from extractor.messages import Messages


class Format(StrEnum):
    """How the figures are shown."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    ctx: typer.Context,
    gold: Annotated[Path, typer.Argument(help="help.evaluate.gold")],
    pred: Annotated[Path, typer.Argument(help="help.evaluate.pred")],
    json_out: Annotated[Path | None, typer.Option("--json", help="help.evaluate.json")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="help.evaluate.format", show_default=False)] = (
        Format.TABLE
    ),
    per_document: Annotated[bool, typer.Option("--per-document", help="help.evaluate.per_document")] = False,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Score and show."""
    from extractor.cli.outputs import write_whole
    from extractor.scoring import evaluate_paths
    from extractor.scoring.table import render

    messages: Messages = ctx.obj
    report = evaluate_paths(gold, pred)
    figures = json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n"
    if json_out is not None:
        write_whole(json_out, figures)
    if fmt is Format.JSON:
        typer.echo(figures, nl=False)
    else:
        render(report, terminal.output_console(), messages.language, per_document=per_document)
