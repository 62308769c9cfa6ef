"""What ``parcferme import`` does: files read, records decided upon, what was not taken over told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from extractor.cli import terminal
from extractor.cli.outputs import WholeFile
from extractor.cli.paths import record_path
from extractor.cli.records_out import write_records
from extractor.errors import ExitCode, OutputError, ParcFermeError, RecordError
from extractor.exports.plain import one_line
from extractor.messages import Messages
from extractor.record import RaceRecord
from extractor.records_io import read_each, record_files
from extractor.review.annotated import Outcome, Remark
from extractor.review.annotated.bringing import Brought, brought_into, reader_of
from extractor.review.annotated.telling import remark_line

_SHOWN = 100
"""Lines told of one document; of a file full of unknown labels nobody reads more."""


@dataclass(slots=True)
class Import:
    """One run of the command.

    Attributes:
        files: What annotators' tools wrote.
        tool: Which of them.
        reviewer: Who it is to be; the annotators themselves where not given.
        log: File for the decisions, one a line, if any.
        messages: The user's language.
    """

    files: tuple[Path, ...]
    tool: str
    reviewer: str | None
    log: Path | None
    messages: Messages
    _counts: Counter[str] = field(default_factory=Counter, init=False)

    def into_records(self, names: list[str], out: Path) -> int:
        """Write all records, with what annotators did to them, and return the exit status.

        Raises:
            OutputError: They cannot be written, or would replace what is read.
        """
        paths = [record_path(name) for name in dict.fromkeys(names)]
        _forbid_overwriting(out, [*paths, *self.files])
        brought = self._read()
        if not len(brought):
            return self._sum_up(str(out))
        with _Log(self.log) as log:
            write_records(out, self._decided(brought, paths, log))
        self._tell_of_left(brought)
        return self._sum_up(str(out))

    def _decided(self, brought: Brought, paths: list[Path], log: _Log) -> Iterator[tuple[str, RaceRecord]]:
        """Yield every record with its name; those that annotators have been at, as they are since."""
        for name, record in self._records(paths):
            self._counts["records"] += 1
            returned = brought.on(record)
            if not returned:
                yield name, record
                continue
            outcome = brought_into(record, returned, self.reviewer)
            self._tell(name, outcome)
            log.write(outcome)
            yield name, outcome.reviewed.record

    def into_store(self, database: str | None) -> int:
        """Decide in the review desk's database and return the exit status.

        Raises:
            StoreError: It cannot be opened or written.
        """
        from extractor.review.annotated.into_store import put_into_store
        from extractor.review.store import Store

        brought = self._read()
        with ExitStack() as stack:
            store = stack.enter_context(Store.open(database))
            name = store.name  # which, unlike an address, holds no password
            log = stack.enter_context(_Log(self.log))
            for stored in put_into_store(store, brought, self.reviewer):
                self._tell(stored.name, stored.outcome)
                log.write(stored.outcome)
                self._counts["records"] += 1
        self._tell_of_left(brought)
        return self._sum_up(name)

    def _read(self) -> Brought:
        brought = Brought.of(self.files, reader_of(self.tool))
        for fault in brought.faults:
            self._report(fault)
        return brought

    def _records(self, paths: Iterable[Path]) -> Iterator[tuple[str, RaceRecord]]:
        for path in paths:
            for one in read_each(path):
                if isinstance(one, RecordError):
                    self._report(one)
                else:
                    yield one

    def _tell(self, name: str, outcome: Outcome) -> None:
        self._counts["documents"] += 1
        self._counts["decisions"] += len(outcome.decisions)
        self._counts["changed"] += bool(outcome.decisions)
        for number, remark in enumerate(outcome.remarks):
            self._counts[remark.weight] += 1
            if number < _SHOWN:
                terminal.say(remark_line(name, remark, self.messages))
        if len(outcome.remarks) > _SHOWN:
            terminal.say(
                self.messages("annotation.more", name=one_line(name), count=len(outcome.remarks) - _SHOWN)
            )

    def _tell_of_left(self, brought: Brought) -> None:
        for one in brought.left():
            self._counts["error"] += 1
            terminal.say(remark_line(one.source, Remark("no_record"), self.messages))

    def _report(self, error: ParcFermeError) -> None:
        self._counts["error"] += 1
        terminal.say_error(error, self.messages)

    def _sum_up(self, where: str) -> int:
        told = {
            name: self._counts[name] for name in ("documents", "changed", "decisions", "error", "records")
        }
        terminal.say(self.messages("annotation.summary", where=where, **told))
        if self._counts["error"]:
            return ExitCode.PARTIAL if self._counts["documents"] else ExitCode.INPUT
        return ExitCode.OK


class _Log:
    """The decisions, one a line; nothing where no file is wanted."""

    def __init__(self, path: Path | None) -> None:
        self._file = None if path is None else WholeFile(path)

    def write(self, outcome: Outcome) -> None:
        if self._file is not None:
            self._file.write("".join(one.model_dump_json() + "\n" for one in outcome.decisions))

    def __enter__(self) -> _Log:
        if self._file is not None:
            self._file.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        if self._file is not None:
            self._file.close(keep=kind is None)


def _forbid_overwriting(out: Path, paths: Iterable[Path]) -> None:
    """Refuse to write over what is read.

    Raises:
        OutputError: ``would_overwrite_input``.
    """
    target = os.path.realpath(out)
    for path in paths:
        try:
            files = record_files(path)
        except RecordError:  # is told when it is read
            continue
        if target in {os.path.realpath(one) for one in (path, *files)}:
            raise OutputError("would_overwrite_input", source=str(out))
