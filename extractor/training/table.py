"""The old model beside the new one, for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.messages import Messages
from extractor.scoreboard.bootstrap import COMPOSITE
from extractor.scoreboard.paired import Difference
from extractor.scoring.report import HEADLINE
from extractor.scoring.words import figure, words_of
from extractor.training.guard import Verdict


def render(verdict: Verdict, console: Console, messages: Messages, *, old_is_rules: bool) -> None:
    """Print how a new model reads beside an old one.

    Args:
        verdict: The figures.
        console: Where to.
        messages: The language.
        old_is_rules: There was no model: the rules alone stand in its place.
    """
    table = Table(title=messages("train.table.title", documents=verdict.documents), title_justify="left")
    table.add_column(words_of(messages.language)["kind"])
    for column in ("rules" if old_is_rules else "old", "new", "gain", "interval"):
        table.add_column(messages(f"train.table.{column}"), justify="right", no_wrap=True)
    for kind, one in verdict.differences.items():
        if one.old is None and one.new is None:
            continue
        table.add_row(*_cells(one, messages), style="bold" if kind in (COMPOSITE, *HEADLINE) else "")
        if kind == COMPOSITE:
            table.add_section()
    console.print(table)
    console.print(Text(messages("train.table.note"), style="dim"))


def _cells(one: Difference, messages: Messages) -> tuple[str, ...]:
    lang = messages.language
    words = words_of(lang)
    name = words["composite"] if one.kind == COMPOSITE else words["kinds"][one.kind]
    ends = " – ".join(signed(end, lang) for end in one.interval) if one.interval else ""
    sure = " *" if one.is_sure else "  "
    return name, figure(one.old, lang), figure(one.new, lang), signed(one.gain, lang), ends + sure


def signed(value: float | None, lang: str) -> str:
    """Return a difference with its sign and three decimals, or a dash where there is none."""
    if value is None:
        return figure(None, lang)
    value = round(value, 3) + 0.0  # no minus before nothing
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + figure(abs(value), lang)
