"""Speaking to the user: results to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.errors import ParcFermeError
from extractor.messages import Messages

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

Advance = Callable[[], None]

FEW_PAGES = 2
"""Files of more pages show how far they are read."""

PIPED_WIDTH = 110
"""Width of tables where there is no terminal to ask."""


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: the output is JSON and French."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "strict" if stream is sys.stdout else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")


def say(line: str) -> None:
    """Print a line to standard error; where nobody listens any more, say nothing."""
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201


def say_error(error: ParcFermeError, messages: Messages) -> None:
    """Print one line that says what is wrong, why, and what to do about it."""
    line = error.in_language(messages.language)
    say(messages("error.line", error=line, code=error.code))


def output_console(*, paper: bool = False) -> Console:
    """Return a rich console on standard output, of a fixed width where that is no terminal.

    Args:
        paper: The text is for a file: no colours, whatever the terminal can show.
    """
    from rich.console import Console

    if paper or not sys.stdout.isatty():
        return Console(
            file=sys.stdout, highlight=False, width=PIPED_WIDTH, no_color=True, force_terminal=False
        )
    return Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on standard error; calling it moves it on by one."""

    progress: Progress
    task: TaskID

    def __call__(self) -> None:
        """Move on by one."""
        self.progress.advance(self.task)


@contextlib.contextmanager
def progress_bar(title: str, total: int) -> Iterator[Bar]:
    """Show a bar on standard error; what is yielded moves it on by one."""
    with _progress() as progress:
        yield Bar(progress, progress.add_task(title, total=total))


@contextlib.contextmanager
def counted(title: str) -> Iterator[Advance]:
    """Show how many things are done, where nobody knows how many there are; nothing where no one watches."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, progress.add_task(title, total=None))


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def look(*, paper: bool) -> tuple[int | None, str | None]:
    """Return width and colours of what is printed on standard output, as rich has them."""
    console = output_console(paper=paper)
    return console.width, console.color_system


def silence_output() -> None:
    """Give standard output somewhere to go after its reader has left (``parcferme … | head``)."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
