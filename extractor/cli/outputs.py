"""Where records go: standard output, one file, or a folder with one file each.

A file appears under its name only when it is whole: it is written beside its place and moved there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from extractor.errors import OutputError
from extractor.readers.source import Source
from extractor.record import RaceRecord

Render = Callable[[RaceRecord], str]

SUFFIXES = {"json": ".json", "jsonl": ".jsonl", "table": ".txt", "html": ".html"}
JSON_LINES = "records.jsonl"
_begun = count(1)  # files that are written at the same time have names of their own
_LONGEST_NAME = 200  # bytes; most systems take 255


class Output(Protocol):
    """Takes records one by one. Leaving it with an exception leaves no partial file behind."""

    def write(self, name: str, record: RaceRecord) -> None:
        """Write the record of the document of that name."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class FolderOutput:
    """One file per record, under the document's name."""

    def __init__(self, folder: Path, suffix: str, render: Render) -> None:
        self._folder, self._suffix, self._render = folder, suffix, render

    def write(self, name: str, record: RaceRecord) -> None:
        """Write the record to its file."""
        write_whole(self._folder / f"{name}{self._suffix}", self._render(record))

    def __enter__(self) -> Self:
        make_folder(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to do: every file was finished by itself."""


class StreamOutput:
    """All records one after the other, on standard output or in one file.

    Args:
        path: The file, which appears where at least one record was written; ``None`` for standard output.
        render: Makes the text of one record.
        frame: What comes before the first record, between two, and after the last.
    """

    def __init__(self, path: Path | None, render: Render, frame: tuple[str, str, str] = ("", "", "")) -> None:
        self._file = None if path is None else WholeFile(path)
        self._render = render
        self._opening, self._between, self._closing = frame
        self._count = 0

    def write(self, name: str, record: RaceRecord) -> None:  # noqa: ARG002 - one file has no use for names
        """Write the record at the end."""
        text = self._render(record)
        self._put((self._between if self._count else self._opening) + text)
        self._count += 1

    def __enter__(self) -> Self:
        if self._file is not None:
            self._file.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish where all went well, else take back what was begun."""
        if kind is None and (self._count or self._file is None):
            self._put(
                self._closing if self._count else self._opening.rstrip("\n") + self._closing.lstrip("\n")
            )
        if self._file is not None:
            self._file.close(keep=kind is None and self._count > 0)

    def _put(self, text: str) -> None:
        if self._file is not None:
            self._file.write(text)
        else:
            sys.stdout.write(text)


class WholeFile:
    """A text file that is either there and whole or not there at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = path.with_name(f".parcferme-{os.getpid()}-{next(_begun)}.partial")
        self._stream: TextIO | None = None

    def open(self) -> None:
        """Begin the file, making its folder where needed."""
        make_folder(self._path.parent)
        with _refusals(self._path):
            if self._path.is_dir():
                raise IsADirectoryError(None, "is a directory")
            self._stream = self._partial.open("w", encoding="utf-8", newline="\n")

    def write(self, text: str) -> None:
        """Add text."""
        assert self._stream is not None
        with _refusals(self._path):
            self._stream.write(text)

    def close(self, *, keep: bool) -> None:
        """End the file: move it to its place, or remove it."""
        if self._stream is None:
            return
        try:
            with _refusals(self._path):
                self._stream.close()
                if keep:
                    self._partial.replace(self._path)
        finally:
            self._stream = None
            with suppress(OSError):
                self._partial.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a text file that is never seen half written.

    Raises:
        OutputError: ``cannot_write`` or ``not_a_folder``.
    """
    file = WholeFile(path)
    file.open()
    whole = False
    try:
        file.write(text)
        whole = True
    finally:
        file.close(keep=whole)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises:
        OutputError: ``cannot_write`` or ``not_a_folder``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError("not_a_folder", source=str(folder)) from error
    except OSError as error:
        raise OutputError("cannot_write", source=str(folder), reason=error.strerror or str(error)) from error


class _refusals:  # noqa: N801 - used as a statement
    """Turns the system's refusals into an output error about one path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise OutputError("cannot_write", source=str(self._path), reason=reason) from error


def distinct_names(sources: Iterable[Source]) -> list[str]:
    """Return a name for the record of each source: its stem, numbered where another had it before.

    Names that differ in case alone count as one, since some file systems take them so.
    """
    taken: set[str] = set()
    numbers: dict[
        str, int
    ] = {}  # where to go on, so that a million files of one name take no longer than others
    names = []
    for source in sources:
        stem = _fitting(source.stem)
        name, number = stem, numbers.get(stem.casefold(), 1)
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        numbers[stem.casefold()] = number
        names.append(name)
    return names


def _fitting(stem: str) -> str:
    """Return a name cut to what file systems take with a suffix; names in archives may be longer."""
    encoded = stem.encode("utf-8", "surrogateescape")
    return stem if len(encoded) <= _LONGEST_NAME else encoded[:_LONGEST_NAME].decode("utf-8", "ignore")


def format_of_file(out: Path) -> str | None:
    """Return the format that the output's name stands for, or ``None`` where it is a folder."""
    if out.is_dir():
        return None
    return next((fmt for fmt, suffix in SUFFIXES.items() if out.suffix.lower() == suffix), None)


def forbid_overwriting(targets: Iterable[Path], sources: Iterable[Source]) -> None:
    """Refuse to write over what is to be read.

    Raises:
        OutputError: ``would_overwrite_input``.
    """
    read = {os.path.realpath(source.path) for source in sources if source.path is not None}
    for target in targets:
        # What is not there is not read either, and a link may lead to what is.
        if os.path.lexists(target) and os.path.realpath(target) in read:
            raise OutputError("would_overwrite_input", source=str(target))
