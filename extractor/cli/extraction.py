"""What ``parcferme extract`` does: each source read, extracted and written, each failure its own."""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from extractor.cli import outputs, terminal
from extractor.cli.cut import cut_line
from extractor.cli.summary import Summary, is_not_french, lines
from extractor.confidence import Cut, sure_enough
from extractor.errors import (
    ExitCode,
    InputError,
    InternalError,
    ModelError,
    OutputError,
    ParcFermeError,
    UsageError,
)
from extractor.messages import Messages
from extractor.readers import ReadOptions, Source, find_sources, read_source
from extractor.readers.source import SourceText, valid_unicode
from extractor.readers.text import codec_name
from extractor.record import RaceRecord

_KINDS_SHOWN = 6


@dataclass(slots=True)
class Extraction:
    """One run of the command.

    Attributes:
        fmt: ``json``, ``jsonl``, ``table`` or ``html``.
        out: Folder or file to write to; ``None`` for standard output.
        reading: Limits, encoding and OCR.
        min_confidence: Facts less sure are left out; ``None`` keeps all and says nothing of it.
        summary: File to write what became of each document to.
        model: Folder of a model, ``none``, or nothing for the usual one.
        messages: The user's language.
        debug: Show the traceback of a fault of ours.
    """

    fmt: str
    out: Path | None
    reading: ReadOptions
    model: str | None
    messages: Messages
    debug: bool
    min_confidence: float | None = None
    summary: Path | None = None
    _done: int = field(default=0, init=False)
    _failed: int = field(default=0, init=False)
    _faults: int = field(default=0, init=False)
    _cut: Cut = field(default_factory=Cut, init=False)
    _bar: terminal.Bar | None = field(default=None, init=False)
    _left_out: Counter[str] = field(default_factory=Counter, init=False)
    _summary: Summary = field(init=False)

    def run(self, paths: list[str]) -> int:
        """Do everything and return the exit status.

        Raises:
            UsageError: The options make no sense together.
            OutputError: The results cannot be written; what was not yet extracted is left.
            ModelError: The model is none, or damaged.
        """
        from extractor.pipeline.model.location import find_bundle

        find_bundle(self.model)  # it may be missing, which no text need be read for
        if self.reading.encoding is not None:
            codec_name(self.reading.encoding)
        found = find_sources(paths, self.reading)
        self._left_out = found.left_out
        sources = [source for source in found if isinstance(source, Source)]
        names = outputs.distinct_names(sources)
        named = dict(zip(sources, names, strict=True))
        output = self._output(named, is_single=len(found) == 1 and found == sources and _is_named(paths))
        if self.summary is not None:
            outputs.forbid_overwriting([self.summary], named)
        self._summary = Summary(self.summary)
        self._summary.leave_out(found.left_out)
        with output, self._summary, self._progress(len(found)) as advance:
            for source in found:
                self._one(source, named, output)
                advance()
        self._sum_up(several=len(found) > 1)
        return self._status()

    def _one(self, source: Source | InputError, named: dict[Source, str], output: outputs.Output) -> None:
        try:
            if isinstance(source, InputError):
                raise source
            read = self._read(source)
            record = self._record(source, read, named[source])
            self._keep_alto(read, named[source], named)
            output.write(named[source], record)
            self._tell(source, record)
        except (ModelError, OutputError, UsageError, OSError, ImportError):
            raise  # not this source's own, so no other would fare better
        except ParcFermeError as error:
            self._report(error)
            self._summary.add_failure(error.source, error.code)
        except Exception as error:
            self._report_fault(source, error)
        else:
            self._done += 1

    def _tell(self, source: Source, record: RaceRecord) -> None:
        """Count a document, and say at once where nothing of it could be read."""
        self._summary.add(record)
        if is_not_french(record):
            language = record.document.language
            terminal.say(self.messages("extract.not_french", source=source.label, language=language))

    def _read(self, source: Source) -> SourceText:
        if not sys.stderr.isatty():
            return read_source(source, self.reading)
        with terminal.page_bar(self.messages("extract.pages"), self._bar) as told:
            return read_source(source, self.reading, told)

    def _keep_alto(self, read: SourceText, name: str, named: dict[Source, str]) -> None:
        """Write the ALTO of recognised pages beside the record, where records go into a folder."""
        if self.out is None or outputs.format_of_file(self.out) is not None:
            return
        files = {self.out / f"{name}.{file}": content for file, content in read.alto}
        outputs.forbid_overwriting(files, named)
        for path, content in files.items():
            outputs.write_whole(path, content.decode())

    def _record(self, source: Source, read: SourceText, name: str) -> RaceRecord:
        import extractor

        try:
            named = None if source.path is None else source.label
            record = extractor.extract(read, source=named, model=self.model)
        except ParcFermeError as error:
            error.source = error.source or source.name
            raise
        return _named_record(record, name)

    def _report(self, error: ParcFermeError) -> None:
        self._failed += 1
        terminal.say_error(error, self.messages)

    def _report_fault(self, source: Source | InputError, error: Exception) -> None:
        self._faults += 1
        if self.debug:
            traceback.print_exc()
        name = source.name if isinstance(source, Source) else source.source
        self._report(InternalError("internal_fault", source=name, fault=terminal.fault(error)))
        self._summary.add_failure(name, "internal_fault")

    def _sum_up(self, *, several: bool) -> None:
        if several and self._done:
            for line in lines(self._summary.totals, self.messages):
                terminal.say(line)
        if self.min_confidence is not None and self._done:
            terminal.say(cut_line(self._cut, self.min_confidence, self.messages))
        if self._left_out:
            terminal.say(_left_out_line(self._left_out, self.messages))
        if self.out is not None:
            key, out = "extract.summary_to", str(self.out)
            terminal.say(self.messages(key, done=self._done, failed=self._failed, out=out))
        elif self._failed and self._done:
            terminal.say(self.messages("extract.summary", done=self._done, failed=self._failed))

    def _status(self) -> ExitCode:
        if self._faults:
            return ExitCode.INTERNAL
        if not self._failed:
            return ExitCode.OK
        return ExitCode.PARTIAL if self._done else ExitCode.INPUT

    def _output(self, named: dict[Source, str], *, is_single: bool) -> outputs.Output:
        suffix = outputs.SUFFIXES[self.fmt]
        if self.out is None:
            return self._stream(None, len(named), is_single=is_single)
        if outputs.format_of_file(self.out) is not None:
            target = self.out
        elif self.fmt == "jsonl":
            target = self.out / outputs.JSON_LINES
        else:
            targets = [self.out / f"{name}{suffix}" for name in named.values()]
            outputs.forbid_overwriting(targets, named)
            return outputs.FolderOutput(self.out, suffix, self._rendered)
        outputs.forbid_overwriting([target], named)
        return self._stream(target, len(named), is_single=is_single)

    def _stream(self, path: Path | None, count: int, *, is_single: bool) -> outputs.Output:
        if self.fmt == "html" and count > 1:
            raise UsageError("one_page_per_report", count=count)
        if self.fmt == "json" and not is_single:
            return outputs.StreamOutput(path, self._bare_json, ("[\n", ",\n", "\n]\n"))
        return outputs.StreamOutput(path, self._rendered, ("", "\n" if self.fmt == "table" else "", ""))

    def _bare_json(self, record: RaceRecord) -> str:
        return self._selected(record)[0].to_json(indent=2)

    def _selected(self, record: RaceRecord) -> tuple[RaceRecord, str | None]:
        """Return a record without what it is not sure enough of, and a line about that where it was asked."""
        if self.min_confidence is None:
            return record, None
        kept, cut = sure_enough(record, self.min_confidence)
        self._cut += cut
        return kept, cut_line(cut, self.min_confidence, self.messages)

    def _rendered(self, record: RaceRecord) -> str:
        record, note = self._selected(record)
        if self.fmt == "json":
            return record.to_json(indent=2) + "\n"
        if self.fmt == "jsonl":
            return record.to_json() + "\n"
        if self.fmt == "html":
            from extractor.exports.html import render_html

            return render_html(record, self.messages.language, note=note)
        from extractor.exports.table import render_table

        console = terminal.output_console(paper=self.out is not None)
        with console.capture() as captured:
            render_table(record, console, self.messages.language, note=note)
        return captured.get()

    @contextmanager
    def _progress(self, total: int) -> Iterator[terminal.Advance]:
        """Show a bar on long work, and none where somebody else reads along."""
        watched = sys.stderr.isatty() and sys.stdout.isatty()
        if total > 1 and self.out is not None and watched:
            with terminal.progress_bar(self.messages("extract.progress"), total) as advance:
                self._bar = advance
                yield advance
                self._bar = None
        else:
            yield lambda: None


def _left_out_line(left_out: Counter[str], messages: Messages) -> str:
    """Return how many files of folders and archives are of no known kind: "3 (2 .ini, 1 .db)"."""
    common = left_out.most_common(_KINDS_SHOWN)
    kinds = [f"{count} {suffix or messages('extract.no_suffix')}" for suffix, count in common]
    kinds += ["…"] * (len(left_out) > len(common))
    return messages("extract.left_out", count=left_out.total(), kinds=", ".join(kinds))


def _is_named(paths: list[str]) -> bool:
    """Say whether a single file or standard input was asked for, not a folder or pattern."""
    return len(paths) == 1 and not Path(paths[0]).is_dir() and (paths[0] == "-" or Path(paths[0]).exists())


def _named_record(record: RaceRecord, name: str) -> RaceRecord:
    """Return the record with the document's name for this run as its id, which no other has."""
    document = record.document.model_copy(update={"id": valid_unicode(name)})
    return record.model_copy(update={"document": document})
