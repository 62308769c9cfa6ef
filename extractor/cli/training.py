"""What ``parcferme train`` and ``parcferme pretrain`` tell the user while they work, and at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from extractor.cli import terminal
from extractor.errors import ExitCode, ParcFermeError
from extractor.messages import Messages

if TYPE_CHECKING:
    from extractor.training.fitter import Fit
    from extractor.training.train import Outcome, Plan


class Teller:
    """Tells the user how work goes, on standard error.

    Args:
        messages: The user's language.
    """

    def __init__(self, messages: Messages) -> None:
        self.messages = messages

    def say(self, key: str, /, **values: object) -> None:
        """Tell a sentence."""
        terminal.say(self.messages(key, **values))

    def say_error(self, error: ParcFermeError) -> None:
        """Tell what could not be taken."""
        terminal.say_error(error, self.messages)

    def steps(self, key: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Show a bar where somebody watches, else say what is being done."""
        return self._bar(self.messages(key), total)

    @contextmanager
    def _bar(self, title: str, total: int) -> Iterator[Callable[[], None]]:
        if not sys.stderr.isatty():
            terminal.say(f"{title} ({total})")
            yield lambda: None
            return
        with terminal.progress_bar(title, total) as advance:
            yield advance

    def point(self, point: Mapping[str, Any]) -> None:
        """Tell the figures of a point of the curve that have a name, on one line."""
        named = ((f"point.{name}", value) for name, value in point.items())
        told = (self.messages(key, n=self._figure(value)) for key, value in named if key in self.messages)
        terminal.say(", ".join(told))

    def _figure(self, value: object) -> str:
        figure = f"{value:.4g}" if isinstance(value, float) else str(value)
        return figure.replace(".", ",") if self.messages.language == "fr" else figure


class Training:
    """One run of ``parcferme train``.

    Args:
        messages: The user's language.
    """

    def __init__(self, messages: Messages) -> None:
        self.messages = messages
        self.teller = Teller(messages)

    def run(self, plan: Plan, fit: Fit) -> ExitCode:
        """Train and tell the outcome.

        Raises:
            ParcFermeError: Something that training needs cannot be read or written.
        """
        from extractor.training.train import train

        try:
            outcome = train(plan, fit, self.teller)
        except KeyboardInterrupt:
            self.teller.say("train.interrupted", folder=plan.work)
            return ExitCode.INTERRUPTED
        if outcome is None:
            self.teller.say("train.out_of_time", folder=plan.work)
            return ExitCode.INTERRUPTED
        self._show(outcome, plan)
        return ExitCode.OK if outcome.is_taken else ExitCode.PARTIAL

    def _show(self, outcome: Outcome, plan: Plan) -> None:
        from extractor.scoring.words import words_of
        from extractor.training.table import render

        verdict = outcome.verdict
        console = terminal.output_console()
        render(verdict, console, self.messages, old_is_rules=outcome.old_is_rules)
        names = words_of(self.messages.language)["kinds"]
        if fallen := verdict.fallen():
            self.teller.say("train.fallen", kinds=", ".join(names[one.kind] for one in fallen))
        if verdict.faults:
            self.teller.say("train.faults", faults=verdict.faults)
        if not outcome.is_taken:
            key = "train.refused_beside_rules" if outcome.old_is_rules else "train.refused"
            self.teller.say(key, model=outcome.model, out=plan.out)
        elif verdict.is_worse:
            self.teller.say("train.forced", out=plan.out)
        else:
            self.teller.say("train.taken", out=plan.out)


def show_curve(points: Sequence[Mapping[str, Any]], messages: Messages) -> None:
    """Print a curve of pretraining as a table."""
    from rich.table import Table

    table = Table(title=messages("pretrain.curve.title"), title_justify="left")
    columns = ("step", "tokens", "training_loss", "held_out_loss", "seconds")
    for column in columns:
        table.add_column(messages(f"pretrain.curve.{column}"), justify="right")
    for point in points:
        table.add_row(*(str(point.get(column, "")) for column in columns))
    terminal.output_console().print(table)
