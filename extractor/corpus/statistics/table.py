"""The figures of the corpus in the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.corpus.metadata import SPLITS
from extractor.corpus.statistics.counts import Slice, Statistics
from extractor.corpus.statistics.words import kind, number, share, words_of


def render(statistics: Statistics, console: Console, lang: str = "fr") -> None:
    """Print the figures.

    Args:
        statistics: What to show.
        console: Where to.
        lang: ``fr`` or ``en``.
    """
    words = words_of(lang)
    for dimension in statistics.slices:
        console.print(_slices(statistics, dimension, words, lang))
    console.print(Text(words["facts_note"], style="dim"))
    console.print(_facts(statistics, words, lang))


def _slices(statistics: Statistics, dimension: str, words: dict[str, Any], lang: str) -> Table:
    what = words["dimension"][dimension]
    table = Table(title=words["by"].format(what=what), title_justify="left")
    table.add_column(what.capitalize())
    for column in ("documents", "share", "words", "min", "median", "max", "facts"):
        table.add_column(words[column], justify="right")
    parts = statistics.slices[dimension]
    for place, part in enumerate(parts, 1):
        table.add_row(*_cells(statistics, part, part.value, lang), end_section=place == len(parts))
    table.add_row(*_cells(statistics, statistics.whole, words["all"], lang), style="bold")
    return table


def _cells(statistics: Statistics, part: Slice, name: str, lang: str) -> list[Text]:
    lengths = part.words
    figures = (lengths.total, lengths.min, lengths.median, lengths.max, part.facts)
    told = [number(part.size, lang), share(statistics.share(part), lang)]
    return [Text(cell) for cell in (name, *told, *(number(figure, lang) for figure in figures))]


def _facts(statistics: Statistics, words: dict[str, Any], lang: str) -> Table:
    table = Table(title=words["facts"], title_justify="left")
    table.add_column(words["kind"])
    for split in SPLITS:
        table.add_column(split, justify="right")
    table.add_column(words["all"], justify="right", style="bold")
    for name, found in statistics.facts.items():
        figures = [*(found.get(split, 0) for split in SPLITS), sum(found.values())]
        table.add_row(Text(kind(name, lang)), *(number(figure, lang) for figure in figures))
    return table
