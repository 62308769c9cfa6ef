"""The scoreboard for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.exports.plain import one_line
from extractor.scoreboard.board import FEW, Board, ScoredDocument, Slice
from extractor.scoreboard.words import BoardWords
from extractor.scoring.document import Scores
from extractor.scoring.report import HEADLINE, composite
from extractor.scoring.table import render as render_scores

WORST = 10
_ERRORS = 15


def render(
    board: Board, console: Console, lang: str = "fr", *, worst: int = WORST, per_document: bool = False
) -> None:
    """Print the figures of a board.

    Args:
        board: What to show.
        console: Where to.
        lang: ``fr`` or ``en``.
        worst: How many of the documents read worst.
        per_document: Show the headline figures of every document as well.
    """
    words = BoardWords(lang)
    title = words("title", splits=", ".join(board.splits), n=len(board.documents))
    console.print(Text(title, style="bold"))
    render_scores(board.report, console, lang, per_document=per_document, intervals=board.intervals)
    console.print(_slices(board, words))
    if any(one.is_small for slices in board.slices.values() for one in slices):
        console.print(Text(words("small", n=FEW), style="dim"))
    if worst and (documents := board.worst(worst)):
        console.print(_worst(board, documents, words))
    if board.errors():
        console.print(_errors(board, words))


def _slices(board: Board, words: BoardWords) -> Table:
    table = Table(title=words("slices"), title_justify="left")
    table.add_column(words("slice"), no_wrap=True)
    table.add_column(words("documents"), justify="right")
    _add_headline_columns(table, words)
    for dimension, slices in board.slices.items():
        table.add_section()
        table.add_row(Text(words.of("dimension", dimension), style="bold"))
        for one in slices:
            table.add_row(*_slice_cells(one, words), style="dim" if one.is_small else "")
    return table


def _slice_cells(one: Slice, words: BoardWords) -> list[str | Text]:
    size = f"{one.size}*" if one.is_small else f"{one.size} "
    name = Text("  " + one_line(one.value))
    return [name, size, *_figures(one.scores, words, words.interval(one.interval))]


def _add_headline_columns(table: Table, words: BoardWords) -> None:
    table.add_column(words("composite"), justify="right", style="bold")
    table.add_column(words("interval"), justify="right", no_wrap=True)
    for kind in HEADLINE:
        table.add_column(words.of("short", kind), justify="right")


def _figures(scores: Scores, words: BoardWords, second: str) -> list[str]:
    shares = (words.figure(scores.tallies[kind].f1) for kind in HEADLINE)
    return [words.figure(composite(scores)), second, *shares]


def _worst(board: Board, documents: list[ScoredDocument], words: BoardWords) -> Table:
    table = Table(title=words("worst"), title_justify="left")
    table.add_column(words("document"), overflow="fold", min_width=24)
    table.add_column(words("composite"), justify="right", style="bold")
    for kind in HEADLINE:
        table.add_column(words.of("short", kind), justify="right")
    for document in documents:
        name = one_line(board.label(document)) + (f" ({words('faulty')})" if document.fault else "")
        shares = (words.figure(document.scores.tallies[kind].f1) for kind in HEADLINE)
        table.add_row(Text(name), words.figure(document.composite), *shares)
    return table


def _errors(board: Board, words: BoardWords) -> Table:
    table = Table(title=words("errors"), title_justify="left")
    table.add_column(words("kind"))
    table.add_column(words("error"))
    table.add_column(words("times"), justify="right")
    table.add_column(words("within"), justify="right")
    for error in board.errors()[:_ERRORS]:
        said = words.of("reason", error.reason) + (f" ({error.detail})" if error.detail else "")
        table.add_row(words.kind(error.kind), said, str(error.times), str(error.documents))
    return table
