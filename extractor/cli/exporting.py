"""What ``parcferme export`` does: records read one by one, those that are none reported, the rest written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.cli import terminal
from extractor.cli.paths import record_path
from extractor.confidence import Cut, cut_line, sure_enough
from extractor.errors import ExitCode, OutputError, ParcFermeError, RecordError, UsageError
from extractor.exports.formats import FORMATS, ExportOptions, Format, exporter_of
from extractor.exports.identities import Identities, nobody_known
from extractor.exports.whole import check_place, export_to
from extractor.messages import Messages
from extractor.record import RaceRecord
from extractor.records_io import read_each, record_files


@dataclass(slots=True)
class Export:
    """One run of the command.

    Attributes:
        wanted: The format.
        out: File or folder to write; ``None`` for standard output.
        settings: Of the format.
        min_confidence: Facts less sure are left out; ``None`` keeps all and says nothing of it.
        authority: The authority file that says who drivers and teams are; ``None`` for none.
        messages: The user's language.
    """

    wanted: Format
    out: Path | None
    settings: Mapping[str, str]
    min_confidence: float | None
    messages: Messages
    authority: Path | None = None
    _failed: int = field(default=0, init=False)
    _cut: Cut = field(default_factory=Cut, init=False)

    def run(self, names: list[str]) -> int:
        """Do everything and return the exit status.

        Raises:
            UsageError: The format needs what is not installed, cannot go to standard output, or has no place
                for identifiers.
            OutputError: The export cannot be written, or would replace what is read.
        """
        exporter_of(self.wanted)
        paths = [record_path(name) for name in dict.fromkeys(names)]
        with self._identities() as identities, self._place() as place:
            options = ExportOptions(
                language=self.messages.language,
                settings=self.settings,
                leave_out=self._report,
                identities=identities,
                note=self._note,
            )
            check_place(self.wanted, place)
            _forbid_overwriting(place, paths)
            with terminal.counted(self.messages("export.progress")) as advance:
                done = export_to(self.wanted, self._records(paths, advance), place, options)
            if self.out is None and done:
                _print(place)
        self._sum_up(done)
        return self._status(done)

    def _records(self, paths: Iterable[Path], advance: terminal.Advance) -> Iterator[RaceRecord]:
        for path in paths:
            for one in read_each(path):
                if isinstance(one, RecordError):
                    self._report(one)
                else:
                    yield self._selected(one[1])
                advance()

    def _selected(self, record: RaceRecord) -> RaceRecord:
        if self.min_confidence is None:
            return record
        kept, cut = sure_enough(record, self.min_confidence)
        self._cut += cut
        return kept

    def _report(self, error: ParcFermeError) -> None:
        self._failed += 1
        terminal.say_error(error, self.messages)

    def _note(self, key: str, values: Mapping[str, object]) -> None:
        terminal.say(self.messages(f"export.note.{key}", **values))

    def _sum_up(self, done: int) -> None:
        if self.min_confidence is not None and done:
            terminal.say(cut_line(self._cut, self.min_confidence, self.messages))
        if self.out is not None or self._failed:
            out = "-" if self.out is None else str(self.out)
            key = "export.summary" if done else "export.nothing"
            terminal.say(self.messages(key, done=done, failed=self._failed, out=out))

    def _status(self, done: int) -> ExitCode:
        if not self._failed:
            return ExitCode.OK if done else ExitCode.INPUT
        return ExitCode.PARTIAL if done else ExitCode.INPUT

    @contextmanager
    def _identities(self) -> Iterator[Identities]:
        """Give what says who drivers and teams are."""
        if self.authority is None:
            yield nobody_known
            return
        if not self.wanted.names_people:
            able = ", ".join(name for name, one in FORMATS.items() if one.names_people)
            raise UsageError("export_no_authority", format=self.wanted.name, formats=able)
        from extractor.authority.file import AuthorityFile
        from extractor.cli.known import KnownIn

        with AuthorityFile.open(self.authority) as file:
            yield KnownIn(file)

    @contextmanager
    def _place(self) -> Iterator[Path]:
        """Give the place to write to; what is for standard output is written elsewhere first, and whole."""
        if self.out is not None:
            yield self.out
            return
        if self.wanted.shape == "folder":
            raise UsageError("export_no_stream", format=self.wanted.name)
        if sys.stdout.isatty() and not self.wanted.is_text:
            raise UsageError("export_no_terminal", format=self.wanted.name)
        with TemporaryDirectory(prefix="parcferme-") as folder:
            yield Path(folder) / f"records{self.wanted.suffix}"


def _print(file: Path) -> None:
    with file.open("rb") as stream:
        sys.stdout.flush()
        shutil.copyfileobj(stream, sys.stdout.buffer)


def _forbid_overwriting(place: Path, paths: Iterable[Path]) -> None:
    """Refuse to write over what is to be read.

    Raises:
        OutputError: ``export_onto_input``.
    """
    if not os.path.lexists(place):
        return
    target = os.path.realpath(place)
    for path in paths:
        try:
            files = record_files(path)
        except RecordError:  # is told when it is read
            continue
        if target in {os.path.realpath(one) for one in (path, *files)}:
            raise OutputError("export_onto_input", source=str(place))
