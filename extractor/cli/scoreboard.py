"""Scoring the corpus for ``parcferme evaluate --corpus``: read, compare, show, keep."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from extractor.cli import terminal
from extractor.cli.outputs import write_whole
from extractor.corpus.metadata import SPLITS, Split
from extractor.errors import UsageError
from extractor.messages import Messages
from extractor.pipeline.model.location import find_bundle
from extractor.scoreboard import releases
from extractor.scoreboard.board import Board, score_readings
from extractor.scoreboard.reading import HIDDEN, load_reports, read_reports
from extractor.scoreboard.releases_page import releases_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for.

    Attributes:
        corpus: A split, or ``all``.
        folder: The corpus.
        jobs: Number of processes, ``None`` for the default.
        model: Folder of a model, ``none``, or nothing for the usual one.
        html: Folder for the pages, if any.
        reveal: Show pages of hidden splits, too.
        save: Version to keep the figures under, if any.
        json_out: File for the figures, if any.
        as_json: Print JSON, no tables.
        worst: How many of the documents read worst are shown.
        per_document: Show the headline figures of every document.
        bins: Show how sure the facts of every kind are, bin by bin.
        plots: Folder for the drawing of that, if any.
        debug: Show where the program failed.
    """

    corpus: str
    folder: Path
    jobs: int | None = None
    model: str | None = None
    html: Path | None = None
    reveal: bool = False
    save: str | None = None
    json_out: Path | None = None
    as_json: bool = False
    worst: int
    per_document: bool = False
    bins: bool = False
    plots: Path | None = None
    debug: bool = False

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits that are meant."""
        return tuple(split for split in SPLITS if self.corpus in (split, "all"))


def evaluate_corpus(wanted: Wanted, messages: Messages) -> int:
    """Score the corpus as asked and return how many reports could not be read.

    Raises:
        ParcFermeError: The corpus cannot be read, a result not written, or a wish not granted.
    """
    _refuse_hidden_pages(wanted)
    if wanted.save is not None:
        releases.checked_version(wanted.save)
    find_bundle(wanted.model)  # it may be missing, which no report need be read for
    board = _board(wanted, messages)
    _tell_faults(board, messages, debug=wanted.debug)
    figures = json.dumps(board.to_dict(), indent=2, ensure_ascii=False) + "\n"
    if wanted.json_out is not None:
        write_whole(wanted.json_out, figures)
    if wanted.plots is not None:
        from extractor.scoreboard.diagram import NAME, diagram

        write_whole(wanted.plots / NAME, diagram(board.calibration, messages.language))
    if wanted.html is not None:
        _write_pages(board, wanted.html, messages)
    if wanted.save is not None:
        _keep(board, wanted, wanted.save, messages)
    if wanted.as_json:
        typer.echo(figures, nl=False)
    else:
        _show(board, wanted, messages)
    return len(board.faults)


def _refuse_hidden_pages(wanted: Wanted) -> None:
    hidden = [split for split in wanted.splits if split in HIDDEN]
    if wanted.html is not None and hidden and not wanted.reveal:
        raise UsageError("hidden_split", splits=", ".join(hidden))


def _board(wanted: Wanted, messages: Messages) -> Board:
    reports = load_reports(wanted.folder, wanted.splits)
    with _progress(len(reports), messages) as advance:
        return score_readings(read_reports(reports, wanted.jobs, advance, model=wanted.model))


@contextmanager
def _progress(total: int, messages: Messages) -> Iterator[terminal.Advance]:
    """Show a bar where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with terminal.progress_bar(messages("evaluate.progress"), total) as advance:
        yield advance


def _tell_faults(board: Board, messages: Messages, *, debug: bool) -> None:
    """Say which reports could not be read; of hidden ones no more than that."""
    for document in board.faults:
        fault = document.fault
        assert fault is not None
        hidden = document.split in HIDDEN
        said = fault.kind if hidden or not fault.message else f"{fault.kind}: {fault.message}"
        terminal.say(messages("evaluate.fault", name=board.label(document), fault=said))
        if debug and not hidden:
            terminal.say(fault.trace)


def _show(board: Board, wanted: Wanted, messages: Messages) -> None:
    from extractor.scoreboard.calibration_table import render_calibration
    from extractor.scoreboard.table import render

    console = terminal.output_console()
    render(board, console, messages.language, worst=wanted.worst, per_document=wanted.per_document)
    render_calibration(board.calibration, console, messages.language, per_kind=wanted.bins)


def _keep(board: Board, wanted: Wanted, version: str, messages: Messages) -> None:
    from extractor.neural.bundle import open_bundle

    path = releases.FOLDER / f"{version}.json"
    bundle = find_bundle(wanted.model)
    model = None if bundle is None else open_bundle(bundle).version
    release = releases.with_board(releases.read_release(path), version, board, model=model)
    write_whole(path, releases.release_text(release))
    write_whole(releases.FOLDER / "README.md", releases_page(releases.read_releases(releases.FOLDER)))
    terminal.say(messages("evaluate.kept", path=path))


def _write_pages(board: Board, folder: Path, messages: Messages) -> None:
    from extractor.scoreboard.page import pages

    for name, page in pages(board, messages.language):
        write_whole(folder / name, page)
    terminal.say(messages("evaluate.pages", path=folder / "index.html"))
