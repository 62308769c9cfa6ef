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
    from extractor.corpus.library import check_reports, load_corpus, report_files
    from extractor.corpus.whole import problems_of_corpus

    messages: Messages = ctx.obj
    files = report_files(paths or [CORPUS])
    wrong = 0
    for path, problems in check_reports(files):
        wrong += bool(problems)
        for problem in problems:
            terminal.say(f"{path}: {problem.told(messages)}")
    if not paths and not wrong:
        found = problems_of_corpus(load_corpus(CORPUS), CORPUS)
        wrong += len(found)
        for problem in found:
            terminal.say(f"{CORPUS}: {problem.told(messages)}")
    typer.echo(messages("corpus.checked", files=len(files), wrong=wrong))
    if wrong:
        raise typer.Exit(ExitCode.PARTIAL)


@app.command("build", cls=Command)
def build(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="help.corpus.build.folder")] = CORPUS,
    seal: Annotated[bool, typer.Option("--seal", help="help.corpus.build.seal")] = False,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Compile the report files and write what is loaded from the corpus."""
    from extractor.cli.outputs import make_folder, write_whole
    from extractor.corpus import whole
    from extractor.corpus.build import built
    from extractor.corpus.library import load_corpus

    messages: Messages = ctx.obj
    corpus = load_corpus(folder)
    files = built(corpus)
    if seal:
        files[Path(whole.SEAL_FILE)] = whole.seal(folder)
    for name, content in files.items():
        make_folder((folder / name).parent)
        write_whole(folder / name, content)
    typer.echo(messages("corpus.built", reports=sum(map(len, corpus.values())), files=len(files)))
