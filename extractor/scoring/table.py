"""The score table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.scoring.document import KINDS
from extractor.scoring.report import HEADLINE, Report, composite
from extractor.scoring.tally import Tally
from extractor.scoring.words import figure, interval, words_of

#: Lower and upper end of a figure's interval, by kind; the composite's is under its name.
Intervals = Mapping[str, tuple[float, float] | None]


def render(
    report: Report,
    console: Console,
    lang: str = "fr",
    *,
    per_document: bool = False,
    intervals: Intervals | None = None,
) -> None:
    """Print the figures of ``report``.

    Args:
        report: What to show.
        console: Where to.
        lang: ``fr`` or ``en``.
        per_document: Show the headline figures of each document as well.
        intervals: How sure F1 is, where that is known.
    """
    words = words_of(lang)
    console.print(_totals(report, words, lang, intervals or {}))
    speakers = report.total.speakers
    if speakers.tp + speakers.fp:
        console.print(
            Text(f"{words['speaker']} : {figure(report.total.speaker_accuracy, lang)}", style="dim")
        )
    if per_document:
        console.print(_by_document(report, words, lang))
    for key, names in (("missing", report.missing), ("unmatched", report.unmatched)):
        if names:
            console.print(Text(f"{words[key]} : {', '.join(map(_plain, names))}", style="yellow"))
    kinds = ", ".join(words["kinds"][kind] for kind in HEADLINE)
    ends = interval((intervals or {}).get("composite"), lang)
    console.print(
        Text(f"{words['composite']} F1 ({kinds}) : {figure(report.composite, lang)}", style="bold")
        + Text(f"  [{ends}]" if ends else "")
    )


def _totals(report: Report, words: dict[str, Any], lang: str, intervals: Intervals) -> Table:
    table = Table(title=words["title"], title_justify="left")
    table.add_column(words["kind"])
    for column in ("precision", "recall", "f1", "tp", "fp", "fn"):
        table.add_column(words[column], justify="right")
    if intervals:
        table.add_column(words["interval"], justify="right")
    for kind in KINDS:
        tally = report.total.tallies[kind]
        style = "bold" if kind in HEADLINE else "dim" if tally == Tally() else ""
        shares = (figure(share, lang) for share in (tally.precision, tally.recall, tally.f1))
        counts = map(str, (tally.tp, tally.fp, tally.fn))
        ends = [interval(intervals.get(kind), lang)] if intervals else []
        table.add_row(words["kinds"][kind], *shares, *counts, *ends, style=style)
    return table


def _by_document(report: Report, words: dict[str, Any], lang: str) -> Table:
    table = Table(title=words["documents"], title_justify="left")
    table.add_column(words["document"], overflow="fold")
    for kind in HEADLINE:
        table.add_column(words["kinds"][kind], justify="right")
    table.add_column(words["composite"], justify="right", style="bold")
    for name, scores in report.documents.items():
        shares = (figure(scores.tallies[kind].f1, lang) for kind in HEADLINE)
        table.add_row(Text(_plain(name)), *shares, figure(composite(scores), lang))
    return table


def _plain(name: str) -> str:
    """Return a file's name without what could steer the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
