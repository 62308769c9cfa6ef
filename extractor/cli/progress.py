"""Bars on a terminal: documents with rate, remaining time and failures, and the pages of one document."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich import progress as rich
from rich.console import Console
from rich.text import Text

from extractor.cli.terminal import FEW_PAGES
from extractor.messages import Messages


class Progress:
    """The bars of one run, on standard error.

    Args:
        messages: The user's language.
        total: How many documents there are; ``None`` where nobody knows.
        documents: Show the bar of the documents, too.
    """

    def __init__(self, messages: Messages, total: int | None, *, documents: bool) -> None:
        self._messages = messages
        columns = (
            rich.TextColumn("{task.description}"),
            rich.BarColumn(),
            rich.MofNCompleteColumn(),
            _Rate(messages),
            rich.TimeRemainingColumn(),
            rich.TextColumn("{task.fields[failed]}", style="red"),
        )
        self._bars = rich.Progress(*columns, console=Console(stderr=True), transient=True)
        self._documents = None
        if documents:
            self._documents = self._add("extract.progress", total)
        self._pages: rich.TaskID | None = None

    def _add(self, key: str, total: int | None) -> rich.TaskID:
        return self._bars.add_task(self._messages(key), total=total, failed="")

    def __enter__(self) -> Self:
        if self._documents is not None:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def advance(self, *, is_new: bool, failed: int) -> None:
        """One more document is done.

        Args:
            is_new: It was done in this run, and counts for how fast it goes.
            failed: How many have failed.
        """
        self._end_pages()
        if self._documents is None:
            return
        if not is_new:  # what is only looked up says nothing of how long the rest will take
            self._bars.reset(self._documents, start=True, completed=self._completed() + 1)
        else:
            self._bars.advance(self._documents)
        if failed:
            text = self._messages("extract.progress_failed", failed=failed)
            self._bars.update(self._documents, failed=text)

    def pages(self, done: int, total: int) -> None:
        """So many pages of a document are read; shown where there are more than a few."""
        if total <= FEW_PAGES:
            return
        if self._pages is None:
            self._bars.start()
            self._pages = self._add("extract.pages", total)
        self._bars.update(self._pages, completed=done, total=total)

    def _completed(self) -> int:
        return int(next(one.completed for one in self._bars.tasks if one.id == self._documents))

    def _end_pages(self) -> None:
        if self._pages is not None:
            self._bars.remove_task(self._pages)
            self._pages = None


class _Rate(rich.ProgressColumn):
    """How many are done in a second."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._say: Callable[..., str] = messages

    def render(self, task: rich.Task) -> Text:
        """Return the rate, once there is one."""
        speed = task.speed
        return Text("" if speed is None else self._say("extract.progress_rate", rate=f"{speed:.3g}"))
