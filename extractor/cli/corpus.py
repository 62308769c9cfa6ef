"""``parcferme corpus``: report files checked, compiled and counted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options, terminal
from extractor.cli.help import Command, Group
from extractor.errors import ExitCode
from extractor.messages import Messages

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

CORPUS = Path("corpus")


@app.callback()
def corpus() -> None:
    """Group the commands about the corpus."""


@app.command("check", cls=Command)
def check(
    ctx: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="help.corpus.check.paths")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Say what is wrong or doubtful in report files."""
    from extractor.corpus.library import check_reports, report_files

    messages: Messages = ctx.obj
    files = report_files(paths or [CORPUS])
    wrong = 0
    for path, problems in check_reports(files):
        wrong += bool(problems)
        for problem in problems:
            terminal.say(f"{path}: {problem.told(messages)}")
    typer.echo(messages("corpus.checked", files=len(files), wrong=wrong))
    if wrong:
        raise typer.Exit(ExitCode.PARTIAL)
