"""What is said while many documents are read, and at the end: how far, how fast, and what failed."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.task import Done, Failure, Task
from extractor.cli import terminal
from extractor.cli.summary import Summary, lines
from extractor.confidence import Cut, cut_line
from extractor.errors import ExitCode
from extractor.messages import Messages

if TYPE_CHECKING:
    from extractor.cli.progress import Progress

MOST_TOLD = 100
"""So many failures are told one by one; of more there is the file, and how many of each kind."""

_KINDS_SHOWN = 6
_QUIET = 10.0  # seconds before the first line about progress, where lines are written and no bar
_EACH = 30.0  # seconds between two of them


@dataclass(slots=True)
class Telling:
    """Listens to a run and tells the user.

    Attributes:
        messages: The user's language.
        summary: Counts, and writes what became of each document where that was asked.
        debug: Show the traceback of a fault of ours.
        total: How many documents there are; ``None`` where nobody knows.
        min_confidence: Facts less sure are left out; ``None`` keeps all and says nothing of it.
    """

    messages: Messages
    summary: Summary
    debug: bool = False
    total: int | None = None
    min_confidence: float | None = None
    made: int = field(default=0, init=False)
    failed: int = field(default=0, init=False)
    faults: int = field(default=0, init=False)
    words: int = field(default=0, init=False)
    _codes: Counter[str] = field(default_factory=Counter, init=False)
    _cut: Cut = field(default_factory=Cut, init=False)
    _told: int = field(default=0, init=False)
    _progress: Progress | None = field(default=None, init=False)
    _began: float = field(default_factory=time.monotonic, init=False)
    _said: float = field(default=0.0, init=False)

    # --- listening

    def done(self, done: Done) -> None:
        """A document was read, or failed."""
        if done.failure is not None:
            self._fail(done.failure)
        else:
            self.made += 1
            self.words += done.words
            self.summary.add(done.told)
            if done.cut is not None:
                self._cut += Cut(*done.cut)
            if done.told["language"] not in (None, "fr"):
                source = done.told["source"] or done.task.name
                self._say_one(
                    self.messages("extract.not_french", source=source, language=done.told["language"])
                )
        self._advance()

    def known(self, task: Task, failure: Failure | None) -> None:  # noqa: ARG002
        """A document was read, or failed, in a former run, and nothing has changed since."""
        if failure is not None:
            self._fail(failure)
        else:
            self.summary.add_unchanged()
        self._advance(is_new=False)

    def pages(self, done: int, total: int) -> None:
        """So many pages of the document that is read now are read."""
        if self._progress is not None:
            self._progress.pages(done, total)

    def _fail(self, failure: Failure) -> None:
        self.failed += 1
        self.faults += failure.exit_code == ExitCode.INTERNAL
        self._codes[failure.code] += 1
        self.summary.add_failure(failure.source, failure.code)
        if self.debug and failure.trace:
            terminal.say(failure.trace.rstrip("\n"))
        error = failure.error()
        line = error.in_language(self.messages.language)
        self._say_one(self.messages("error.line", error=line, code=error.code))

    def _say_one(self, line: str) -> None:
        if self._told < MOST_TOLD:
            terminal.say(line)
        self._told += 1

    # --- progress

    @contextmanager
    def progress(self, *, several: bool) -> Iterator[None]:
        """Show how far the run is: a bar where somebody watches, else a line now and then.

        Args:
            several: There is more than one document; of a single one only its pages are told of.
        """
        with ExitStack() as shown:
            if sys.stderr.isatty():
                from extractor.cli.progress import Progress

                is_shown = several and sys.stdout.isatty()
                self._progress = shown.enter_context(Progress(self.messages, self.total, documents=is_shown))
            self._began = time.monotonic()
            self._said = self._began + _QUIET - _EACH
            try:
                yield
            finally:
                self._progress = None

    def _advance(self, *, is_new: bool = True) -> None:
        if self._progress is not None:
            self._progress.advance(is_new=is_new, failed=self.failed)
        elif (now := time.monotonic()) - self._said >= _EACH:
            self._said = now
            terminal.say(self._line(now - self._began))

    def _line(self, seconds: float) -> str:
        new = self.made + self.failed
        seen = new + self.summary.totals.unchanged
        rate = new / seconds if seconds else 0.0
        total = "?" if self.total is None else str(self.total)
        left = "?" if self.total is None or not rate else clock((self.total - seen) / rate)
        return self.messages(
            "extract.progress_line",
            done=seen,
            total=total,
            rate=figure(rate, self.messages),
            left=left,
            failed=self.failed,
        )

    # --- the end

    def sum_up(
        self, out: Path | None, failures: Path | None, left_out: Counter[str], *, several: bool
    ) -> None:
        """Say what came of it all.

        Args:
            out: File or folder that was written; ``None`` for standard output.
            failures: The file that lists the failures, where there is one.
            left_out: Files of no known kind, by suffix.
            several: There was more than one document to read.
        """
        totals = self.summary.totals
        if several or totals.unchanged:
            for line in lines(totals, self.messages):
                terminal.say(line)
        if self.min_confidence is not None and self.made:
            terminal.say(cut_line(self._cut, self.min_confidence, self.messages))
        if left_out:
            terminal.say(_left_out_line(left_out, self.messages))
        if self._told > MOST_TOLD and self.failed:
            terminal.say(self._kinds_of_failures())
        if failures is not None and self.failed:
            terminal.say(self.messages("extract.failures_in", count=self.failed, file=str(failures)))
        if out is not None:
            terminal.say(
                self.messages("extract.summary_to", done=self.made, failed=self.failed, out=str(out))
            )
        elif self.failed and self.made:
            terminal.say(self.messages("extract.summary", done=self.made, failed=self.failed))
        seconds = time.monotonic() - self._began
        if seconds > _QUIET and self.made:
            rate = figure(self.made / seconds, self.messages)
            words = figure(self.words / seconds, self.messages)
            terminal.say(self.messages("extract.rate", time=clock(seconds), rate=rate, words=words))

    def _kinds_of_failures(self) -> str:
        kinds = ", ".join(f"{code} {count}" for code, count in self._codes.most_common())
        return self.messages("extract.failures_of_kinds", count=self.failed, kinds=kinds)

    def status(self) -> ExitCode:
        """Return the exit status that the run deserves."""
        if self.faults:
            return ExitCode.INTERNAL
        if not self.failed:
            return ExitCode.OK
        return ExitCode.PARTIAL if self.made or self.summary.totals.unchanged else ExitCode.INPUT


def clock(seconds: float) -> str:
    """Return a time as hours, minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def figure(number: float, messages: Messages) -> str:
    """Return a number as it is read at a glance: three digits or more, as the language writes it."""
    text = f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
    if messages.language == "fr":
        return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text


def _left_out_line(left_out: Counter[str], messages: Messages) -> str:
    """Return how many files of folders and archives are of no known kind: "3 (2 .ini, 1 .db)"."""
    common = left_out.most_common(_KINDS_SHOWN)
    kinds = [f"{count} {suffix or messages('extract.no_suffix')}" for suffix, count in common]
    kinds += ["…"] * (len(left_out) > len(common))
    return messages("extract.left_out", count=left_out.total(), kinds=", ".join(kinds))
