"""What ``parcferme extract`` does: inputs to tasks, tasks to an engine, records to where they go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.batch.files import Place
from extractor.batch.folder import Files, ShardFiles, Sink, open_ledger, write_failures
from extractor.batch.run import Run
from extractor.batch.serial import Serial
from extractor.batch.task import Engine, Settings
from extractor.batch.work import Watch
from extractor.cli import outputs, terminal
from extractor.cli.engines import OnCluster
from extractor.cli.inputs import FEW, Asked, Inputs
from extractor.cli.summary import Summary
from extractor.cli.telling import Telling
from extractor.errors import OutputError, UsageError
from extractor.limits import SHARD_ROWS
from extractor.messages import Messages
from extractor.readers.options import ReadOptions
from extractor.readers.text import codec_name

SHARDED = ("jsonl.zst", "parquet")


@dataclass(slots=True)
class Extraction:
    """One run of the command.

    Attributes:
        fmt: ``json``, ``jsonl``, ``table``, ``html``, ``jsonl.zst`` or ``parquet``.
        out: Folder or file to write to; ``None`` for standard output.
        reading: Limits, encoding and OCR.
        min_confidence: Facts less sure are left out; ``None`` keeps all and says nothing of it.
        summary: File to write what became of each document to.
        model: Folder of a model, ``none``, or nothing for the usual one.
        messages: The user's language.
        debug: Show the traceback of a fault of ours.
        processes: How many documents are read side by side; 0 for as many as there are cores.
        timeout: Seconds that a document may take; ``None`` for the usual limit, 0 for none.
        max_memory: Bytes that a document may take; ``None`` for the usual limit, 0 for none.
        shard_size: Records that fill a shard.
        retry_failed: Try once more what failed in a former run.
        cluster: What does the work instead of this machine's processes.
    """

    fmt: str
    out: Path | None
    reading: ReadOptions
    model: str | None
    messages: Messages
    debug: bool
    min_confidence: float | None = None
    summary: Path | None = None
    processes: int = 0
    timeout: float | None = None
    max_memory: int | None = None
    shard_size: int = SHARD_ROWS
    retry_failed: bool = False
    cluster: OnCluster | None = None
    _telling: Telling = field(init=False)
    _inputs: Inputs = field(init=False)

    def run(self, asked: Asked) -> int:
        """Do everything and return the exit status.

        Raises:
            UsageError: The options make no sense together.
            OutputError: The results cannot be written; what was not yet extracted is left.
            ModelError: The model is none, or damaged.
        """
        settings = self._settings()  # the model may be missing, which no text need be read for
        if self.reading.encoding is not None:
            codec_name(self.reading.encoding)
        self._inputs = Inputs(asked, self.reading)
        self._refuse_what_makes_no_sense()
        summary = Summary(self.summary)
        summary.leave_out(self._inputs.left_out)
        self._telling = Telling(self.messages, summary, self.debug, self._inputs.total, self.min_confidence)
        engine, settings = self._engine(settings)
        with self._summarised(summary):
            failures = self._work(engine, settings)
        self._telling.sum_up(self.out, failures, self._inputs.left_out, several=self._inputs.total != 1)
        return self._telling.status()

    def _work(self, engine: Engine, settings: Settings) -> Path | None:
        """Do the work; return the file that lists the failures, where there is one."""
        place = self._place()
        sink = self._sink(place)
        failures: Path | None = None
        complete = False
        try:
            with self._telling.progress(several=self._inputs.total != 1):
                run = Run(sink, engine, settings, self._telling, self.retry_failed)
                run.run(self._inputs.tasks())
            complete = True
        finally:
            try:
                if place is not None:
                    failures = write_failures(place, sink.ledger, self.messages, complete=complete)
            except OutputError:
                if complete:
                    raise
            finally:
                sink.ledger.close(keep=complete)
        return failures

    # --- how

    def _settings(self) -> Settings:
        from extractor.batch.model import chosen

        model, version = chosen(self.model)
        width, colour = terminal.look(paper=self.out is not None) if self.fmt == "table" else (None, None)
        return Settings(
            reading=self.reading,
            model=model,
            model_version=version,
            fmt="jsonl" if self.fmt in SHARDED else self.fmt,
            min_confidence=self.min_confidence,
            language=self.messages.language,
            width=width,
            colour=colour,
        )

    def _engine(self, settings: Settings) -> tuple[Engine, Settings]:
        """Return what does the work: this process for a few documents, others for many, or a cluster."""
        if self.cluster is not None:
            return self.cluster.engine(
                settings,
                processes=self.processes or _cores(),
                timeout=self.timeout,
                max_memory=self.max_memory,
            )
        is_limited = self.timeout is not None or self.max_memory is not None
        count = self._inputs.readable
        if count is not None and count <= FEW and not self.processes and not is_limited:
            return Serial(Watch(self._telling.pages)), settings
        from extractor.batch.limits import TIMEOUT, memory_for
        from extractor.batch.pool import Pool

        cores = _cores()
        processes = min(self.processes or cores, cores if count is None else max(1, count))
        jobs = self.reading.jobs or max(1, cores // processes)
        memory = memory_for(processes) if self.max_memory is None else self.max_memory
        settings = replace(
            settings,
            reading=replace(self.reading, jobs=jobs),
            timeout=(TIMEOUT if self.timeout is None else self.timeout) or None,
            max_memory=memory or None,
        )
        return Pool(processes, ordered=self._place() is None), settings

    # --- where

    def _refuse_what_makes_no_sense(self) -> None:
        is_one_place = self.out is None or outputs.format_of_file(self.out) is not None
        count = self._inputs.readable
        if self.fmt == "html" and (count is None or count > 1) and is_one_place:
            raise UsageError("one_page_per_report", count="?" if count is None else count)
        if self.out is None and self.fmt in SHARDED:
            raise UsageError("needs_a_place", format=self.fmt)
        for target in (self.summary, None if self._place() is not None else self._target()):
            # What is not there is not read either, and a link may lead to what is.
            if target is not None and os.path.lexists(target) and self._inputs.is_input(target):
                raise OutputError("would_overwrite_input", source=str(target))

    def _place(self) -> Place | None:
        """Return the folder that remembers what is done, where there is one."""
        if self.out is None or outputs.format_of_file(self.out) is not None or self.fmt == "jsonl":
            return None
        return Place(self.out, self.fmt)

    def _target(self) -> Path | None:
        """Return the one file that is written."""
        if self.out is None or outputs.format_of_file(self.out) is not None:
            return self.out
        return self.out / outputs.JSON_LINES

    def _sink(self, place: Place | None) -> Sink:
        if place is not None:
            return self._folder(place)
        target = self._target()
        if self.fmt in SHARDED:
            assert target is not None
            return outputs.PackedFile(target, self.fmt)
        frame = ("", "\n\n" if self.fmt == "table" else "\n", "\n")
        if self.fmt == "json" and not self._inputs.is_single:
            frame = ("[\n", ",\n", "\n]\n")
        beside = self.out if target != self.out else None
        return outputs.Stream(target, frame, beside, self._inputs.is_input)

    def _folder(self, place: Place) -> Sink:
        ledger = open_ledger(place)
        try:
            if self.fmt in SHARDED:
                return ShardFiles(place, ledger, rows=self.shard_size)
            return Files(place, outputs.SUFFIXES[self.fmt], ledger, self._inputs.is_input)
        except BaseException:
            ledger.close(keep=False)
            raise

    @contextmanager
    def _summarised(self, summary: Summary) -> Iterator[None]:
        summary.begin()
        whole = False
        try:
            yield
            whole = True
        finally:
            summary.end(keep=whole)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
