"""``parcferme corpus``: report files checked, compiled and counted."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options, terminal
from extractor.cli.corpus_generate import generate
from extractor.cli.help import Command, Group
from extractor.errors import ExitCode, OutputError
from extractor.messages import Messages

if TYPE_CHECKING:
    from extractor.corpus.statistics.counts import Statistics
    from extractor.corpus.whole import Corpus

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)
app.command("generate", cls=Command)(generate)

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
    from extractor.corpus.build import load_splits, stale_files
    from extractor.corpus.library import TEXTS, check_reports, report_files
    from extractor.corpus.whole import problems_of_corpus

    messages: Messages = ctx.obj
    files = report_files(paths or [CORPUS / TEXTS])
    wrong = 0
    for path, problems in check_reports(files):
        wrong += bool(problems)
        for problem in problems:
            terminal.say(f"{path}: {problem.told(messages)}")
    if not paths and not wrong:
        loaded = load_splits(CORPUS)
        found = [*problems_of_corpus(loaded, CORPUS), *stale_files(loaded, CORPUS)]
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
    out: Annotated[Path | None, typer.Option("--out", help="help.corpus.build.out")] = None,
    records: Annotated[Path | None, typer.Option("--records", help="help.corpus.build.records")] = None,
    docbin: Annotated[Path | None, typer.Option("--docbin", help="help.corpus.build.docbin")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Compile the report files and write what is loaded from the corpus."""
    from extractor.corpus import whole
    from extractor.corpus.build import built, load_splits, record_files

    messages: Messages = ctx.obj
    loaded = load_splits(folder)
    files = built(loaded)
    if seal:
        files[Path(whole.SEAL_FILE)] = whole.seal(folder)
    written = _write(folder if out is None else out, files)
    if records is not None:
        written += _write(records, record_files(loaded))
    if docbin is not None:
        written += _write_docbins(docbin, loaded, messages)
    typer.echo(messages("corpus.built", reports=sum(map(len, loaded.values())), files=written))


def _write(folder: Path, files: Mapping[Path, str]) -> int:
    """Write files below a folder and return how many."""
    from extractor.cli.outputs import write_whole

    for name, content in files.items():
        write_whole(folder / name, content)
    return len(files)


def _write_docbins(folder: Path, corpus: Corpus, messages: Messages) -> int:
    from extractor.cli.outputs import make_folder
    from extractor.dataset import Alignment, docbin

    make_folder(folder)
    alignment = Alignment()
    for split, reports in corpus.items():
        _write_bytes(folder / f"{split}.spacy", docbin(reports, alignment).to_bytes())
    counts = {"widened": alignment.widened, "dropped": alignment.dropped}
    terminal.say(messages("corpus.aligned", spans=alignment.spans, **counts))
    return len(corpus)


def _write_bytes(path: Path, content: bytes) -> None:
    """Write a file that is never seen half written."""
    partial = path.with_name(f".parcferme-{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise OutputError("cannot_write", source=str(path), reason=error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


@app.command("stats", cls=Command)
def stats(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="help.corpus.stats.folder")] = CORPUS,
    json_out: Annotated[Path | None, typer.Option("--json", help="help.corpus.stats.json")] = None,
    plots: Annotated[Path | None, typer.Option("--plots", help="help.corpus.stats.plots")] = None,
    page: Annotated[Path | None, typer.Option("--page", help="help.corpus.stats.page")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Count what the corpus holds."""
    from extractor.corpus.build import load_splits
    from extractor.corpus.statistics.counts import count
    from extractor.corpus.statistics.table import render

    messages: Messages = ctx.obj
    statistics = count(load_splits(folder))
    if json_out is not None:
        figures = json.dumps(statistics.to_dict(), indent=2, ensure_ascii=False) + "\n"
        _write(json_out.parent, {Path(json_out.name): figures})
    if plots is not None:
        _write_plots(plots, statistics)
    if page is not None:
        _write_page(page, folder, statistics)
    render(statistics, terminal.output_console(), messages.language)


def _write_plots(folder: Path, statistics: Statistics) -> None:
    from extractor.corpus.statistics.figures import drawing, figures

    _write(folder, {Path(f"{figure.name}.svg"): drawing(figure) for figure in figures(statistics)})


def _write_page(path: Path, corpus: Path, statistics: Statistics) -> None:
    """Write the page, and its drawings in the folder of the same name."""
    from extractor.corpus.statistics.page import page

    _write_plots(path.with_suffix(""), statistics)
    card = Path(os.path.relpath(corpus / "README.md", path.parent)).as_posix()
    _write(path.parent, {Path(path.name): page(statistics, path.stem, card)})


@app.command("agreement", cls=Command)
def agreement(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="help.corpus.agreement.folder")] = CORPUS,
    datasheet: Annotated[
        Path | None, typer.Option("--datasheet", help="help.corpus.agreement.datasheet")
    ] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Score the second reading of reports against the first."""
    from extractor.cli.outputs import write_whole
    from extractor.scoreboard.agreement import AGREEMENT, agreement, with_table
    from extractor.scoring.table import render

    messages: Messages = ctx.obj
    report = agreement(folder / AGREEMENT)
    if datasheet is not None:
        write_whole(datasheet, with_table(datasheet.read_text(encoding="utf-8"), report))
    render(report, terminal.output_console(), messages.language)
