"""What confidences are worth, for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.neural.reliability import Reliability
from extractor.scoreboard.calibration import Calibration
from extractor.scoreboard.words import BoardWords


def render_calibration(
    calibration: Calibration, console: Console, lang: str = "fr", *, per_kind: bool = False
) -> None:
    """Print how well confidences keep their word; nothing where there are none.

    Args:
        calibration: What to show.
        console: Where to.
        lang: ``fr`` or ``en``.
        per_kind: Show the bins of every kind as well.
    """
    if not calibration.total.count:
        return
    words = BoardWords(lang)
    console.print(_summary(calibration, words))
    console.print(_bins(calibration, words, per_kind=per_kind))
    console.print(Text(words.of("calibration", "hint"), style="dim"))


def _summary(calibration: Calibration, words: BoardWords) -> Table:
    table = Table(title=words.of("calibration", "title"), title_justify="left")
    table.add_column(words("kind"))
    for column in ("count", "said", "true", "ece", "ece_width", "brier"):
        table.add_column(words.of("calibration", column), justify="right")
    for kind, found in calibration.kinds.items():
        table.add_row(words.kind(kind), *_figures(found, words))
    table.add_section()
    table.add_row(words.of("calibration", "total"), *_figures(calibration.total, words), style="bold")
    return table


def _figures(found: Reliability, words: BoardWords) -> list[str]:
    shares = (found.said, found.true, found.ece, found.ece_width, found.brier)
    return [str(found.count), *map(words.figure, shares)]


def _bins(calibration: Calibration, words: BoardWords, *, per_kind: bool) -> Table:
    table = Table(title=words.of("calibration", "bins"), title_justify="left")
    table.add_column(words.of("calibration", "confidence"), no_wrap=True)
    for column in ("count", "said", "true", "interval"):
        table.add_column(words.of("calibration", column), justify="right", no_wrap=True)
    shown = {words.of("calibration", "total"): calibration.total}
    if per_kind:
        shown |= {words.kind(kind): found for kind, found in calibration.kinds.items()}
    for name, found in shown.items():
        table.add_section()
        if per_kind:
            table.add_row(Text(name, style="bold"))
        for one in found.bins:
            ends = words.interval((one.lower, one.upper))
            shares = map(words.figure, (one.said, one.true))
            table.add_row(ends, str(one.count), *shares, words.interval(one.interval))
    return table
