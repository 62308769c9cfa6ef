"""Files that are there and whole, or not there at all.

A file is written beside its place and moved there when it is done.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TextIO

from extractor.errors import OutputError

PARTIAL = ".partial"
"""What the name of a file ends with while it is written; it begins with ``.parcferme-``."""

_begun = count(1)  # files that are written at the same time have names of their own


PRIVATE = ".parcferme"
"""The folder inside an output folder that holds ledgers, and files while they are written."""


@dataclass(frozen=True, slots=True)
class Place:
    """An output folder, for one form of output.

    Attributes:
        folder: The folder.
        fmt: The form; each has a ledger of its own.
    """

    folder: Path
    fmt: str

    @property
    def private(self) -> Path:
        """Where the ledger is, and files are written until they are whole."""
        return self.folder / PRIVATE / self.fmt

    def partial(self, name: str) -> Path:
        """Return where a file of the folder is written until it is whole."""
        return self.private / f"{name}{PARTIAL}"

    def sweep(self) -> None:
        """Remove what a run that was cut had begun to write; nobody else may be writing."""
        for left in self.private.glob(f"*{PARTIAL}"):
            with suppress(OSError):
                left.unlink()

    def write(self, path: Path, content: bytes) -> None:
        """Write a file of the folder, which must still be there, whole or not at all."""
        with refusals(path):
            if path.is_dir():
                raise IsADirectoryError(None, "is a directory")
            partial = self.partial(path.name)
            partial.write_bytes(content)
            partial.replace(path)


class WholeFile:
    """A text file that is either there and whole or not there at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = partial_beside(path)
        self._stream: TextIO | None = None

    def open(self) -> None:
        """Begin the file, making its folder where needed."""
        make_folder(self._path.parent)
        with refusals(self._path):
            if self._path.is_dir():
                raise IsADirectoryError(None, "is a directory")
            self._stream = self._partial.open("w", encoding="utf-8", newline="\n")

    def write(self, text: str) -> None:
        """Add text."""
        assert self._stream is not None
        with refusals(self._path):
            self._stream.write(text)

    def close(self, *, keep: bool) -> None:
        """End the file: move it to its place, or remove it."""
        if self._stream is None:
            return
        try:
            with refusals(self._path):
                self._stream.close()
                if keep:
                    self._partial.replace(self._path)
        finally:
            self._stream = None
            with suppress(OSError):
                self._partial.unlink(missing_ok=True)


def partial_beside(path: Path) -> Path:
    """Return a name beside a file, which no other has, to write it under until it is whole."""
    return path.with_name(f".parcferme-{os.getpid()}-{next(_begun)}{PARTIAL}")


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk and not only on the way there."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder, on Windows
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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


class refusals:  # noqa: N801 - used as a statement
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
