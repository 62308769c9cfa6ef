"""From what the user names (files, folders, archives, patterns, ``-``) to the sources to read.

The order is that of the command line and, within a folder, archive or pattern, the natural one of the paths;
nothing comes twice. A folder gives the files of known kinds, those of its subfolders too, but nothing hidden;
an archive gives its members likewise.
"""

from __future__ import annotations

import atexit
import glob
import os
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from extractor.errors import InputError
from extractor.limits import MAX_CONTAINER_BYTES
from extractor.readers.archive import ZIP_SUFFIX, Lister
from extractor.readers.formats import (
    Format,
    format_of,
    is_hidden,
    is_named_as_mets,
    is_read_without_suffix,
    readable_suffixes,
    suffix_of,
)
from extractor.readers.options import ReadOptions
from extractor.readers.read import opened, read_bytes, unreadable
from extractor.readers.sorting import natural_key, sorted_by
from extractor.readers.source import STANDARD_INPUT, Source

_HEAD = 1 << 12
_TAIL = (1 << 16) + 1024
_ZIP = b"PK\x03\x04"
# What the first member of an office document is called; an archive of any other files may be spooled.
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"mimetype")


class Found(list[Source | InputError]):
    """What there is to read, with an error in the place of each that cannot be.

    Attributes:
        left_out: How many files of folders and archives are of no known kind, by suffix in lower case.
    """

    def __init__(self) -> None:
        super().__init__()
        self.left_out: Counter[str] = Counter()


def find_sources(names: Iterable[str], options: ReadOptions | None = None) -> Found:
    """Return the sources to read, and an error in the place of each that is not there.

    Args:
        names: Files, folders, ZIP archives, patterns with ``*``, ``?`` or ``[]`` (``**`` for any depth), and
            ``-`` for standard input.
        options: The user's limits, for archives.
    """
    found = Found()
    finder = Finder(options or ReadOptions(), found.left_out)
    seen: set[str] = set()
    for name in names:
        for source in finder.expanded(name):
            identity = finder.identity(source)
            if identity not in seen:
                seen.add(identity)
                found.append(source)
    _leave_out_what_is_pointed_to(found, finder.options)
    return found


def _leave_out_what_is_pointed_to(found: Found, options: ReadOptions) -> None:
    """Leave out the pages that METS files, which read them, point to."""
    sources = [one for one in found if isinstance(one, Source)]
    if not any(map(is_named_as_mets, sources)):
        return  # and their reader is not imported
    from extractor.readers.mets.beside import pointed_to_by

    def head(source: Source) -> bytes:
        with opened(source) as file:
            return file.read(_HEAD)

    def whole(source: Source) -> bytes:
        return read_bytes(source, max_bytes=options.max_bytes)

    if left_out := pointed_to_by(sources, head, whole):
        found[:] = [one for one in found if not isinstance(one, Source) or one not in left_out]


class Finder:
    """Finds sources one by one, in their order; whoever asks sees to it that none comes twice.

    Args:
        options: The user's limits, for archives.
        left_out: Counts, by suffix in lower case, files of folders and archives that are of no known kind.
    """

    def __init__(self, options: ReadOptions, left_out: Counter[str]) -> None:
        self.options, self._left_out = options, left_out
        self._lister = Lister(options, left_out)
        self._readable = readable_suffixes()
        self._real: dict[str, str] = {}

    def identity(self, source: Source | InputError) -> str:
        """Return what two names of one file have in common."""
        if isinstance(source, InputError):
            return f"{source.code} {source.source}"
        if source.path is None:
            return STANDARD_INPUT
        folder, name = os.path.split(source.path)
        if source.path.is_symlink():
            return os.path.realpath(source.path)
        if folder not in self._real:  # a million files have few folders
            self._real[folder] = os.path.realpath(folder)
        return f"{self._real[folder]}{os.sep}{name}" + (f"{os.sep}{source.member}" if source.member else "")

    def expanded(self, name: str) -> Iterator[Source | InputError]:
        """Yield the sources that a name stands for."""
        if name == STANDARD_INPUT:
            yield from self._standard_input()
            return
        path = Path(name)
        try:
            if path.is_dir():
                yield from self._in_folder(path)
            elif glob.has_magic(name) and not os.path.lexists(path):
                yield from self._matching(name)
            else:
                path.stat()
                yield from self._file(name, path)
        except (OSError, ValueError) as error:
            yield unreadable(Source(name, path), error)

    def _file(self, name: str, path: Path) -> Iterator[Source | InputError]:
        """Yield a file, or what is in it where it is an archive, whatever it is called."""
        if not (path.is_file() and _is_archive(path)):
            yield Source(name, path)
            return
        try:
            yield from self._lister.sources(path, name)
        except InputError as error:
            yield error

    def _matching(self, pattern: str) -> Iterator[Source | InputError]:
        folders: list[str] = []

        def files() -> Iterator[str]:
            for match in glob.iglob(pattern, recursive=True):  # noqa: PTH207 - may be absolute
                if Path(match).is_dir():
                    folders.append(match)
                else:
                    yield match

        is_empty = True
        for match in sorted_by(_natural_key, files()):
            is_empty = False
            yield from self.expanded(match)
        if not is_empty:
            return  # a pattern such as ``2021/**`` matches folders beside their files; they add nothing then
        if not folders:
            yield InputError("no_match", source=pattern)
        for match in sorted(folders, key=_natural_key):
            yield from self.expanded(match)

    def _in_folder(self, folder: Path) -> Iterator[Source | InputError]:
        refused: list[OSError] = []
        files = sorted_by(_natural_key, self._files(folder, refused))
        first = next(files, None)  # comes when all have been looked at
        for error in refused:
            yield unreadable(Source(str(error.filename), Path(error.filename)), error)
        if first is None and not refused:
            yield InputError("no_texts", source=str(folder), suffixes=", ".join(sorted(self._readable)))
        for file in () if first is None else chain((first,), files):
            yield from self._in_place(file)

    def _in_place(self, name: str) -> Iterator[Source | InputError]:
        """Yield a file of a folder, unless it has gone, or what is in it."""
        path = Path(name)
        try:
            path.stat()
            # What is called an archive, or like nothing, is opened first; the rest when it is read.
            if suffix_of(name) in self._readable - {ZIP_SUFFIX}:
                yield Source(name, path)
            else:
                yield from self._file(name, path)
        except (OSError, ValueError) as error:
            yield unreadable(Source(name, path), error)

    def _files(self, folder: Path, refused: list[OSError]) -> Iterator[str]:
        """Yield the files of a folder to read, broken links among them; note subfolders that are refused."""
        for parent, folders, names in os.walk(folder, onerror=refused.append):
            folders[:] = [name for name in folders if not is_hidden(name)]
            before = "" if Path(parent) == Path() else f"{Path(parent)}{os.sep}".replace(2 * os.sep, os.sep)
            for name in names:
                if is_hidden(name):
                    continue
                suffix = suffix_of(name)
                file = before + name
                if self._is_read(file, suffix):
                    yield file
                else:
                    self._left_out[suffix] += 1

    def _is_read(self, file: str, suffix: str) -> bool:
        """Say whether a file is of a kind that is read: by its name, else by how it begins.

        A pipe or device in a folder is no text, and reading it might never end.
        """
        try:
            mode = os.lstat(file).st_mode
            is_link = stat.S_ISLNK(mode)
            if is_link and os.path.exists(file):  # noqa: PTH110 - of a million files
                mode = os.stat(file).st_mode  # noqa: PTH116
            if suffix in self._readable:
                return stat.S_ISREG(mode) or stat.S_ISLNK(mode)
            return stat.S_ISREG(mode) and is_read_without_suffix(_announced(Path(file)))
        except OSError:
            return suffix in self._readable

    # --- standard input

    def _standard_input(self) -> Iterator[Source | InputError]:
        """Yield standard input, or what is in it where it is an archive, which is kept until the end."""
        stream = sys.stdin.buffer
        if not _begins_archive(stream):
            yield Source(STANDARD_INPUT, None)
            return
        limit = self.options.max_bytes or MAX_CONTAINER_BYTES
        path = _spooled(stream, limit)
        if path.stat().st_size > limit:
            yield InputError("too_large", source=STANDARD_INPUT, limit=f"{limit:_}".replace("_", " "))
        else:
            yield from self._file(STANDARD_INPUT, path)


def _begins_archive(stream: BinaryIO) -> bool:
    """Say whether what comes is an archive and no office document, without taking any of it."""
    peek = getattr(stream, "peek", None)
    head = peek(_HEAD)[:_HEAD] if peek is not None else b""
    return head.startswith(_ZIP) and not head[30:].startswith(_OFFICE)


def _spooled(stream: BinaryIO, limit: int) -> Path:
    """Return a temporary file with what comes, up to one byte more than the limit; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="parcferme-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "stdin.zip"
    left = limit + 1
    with path.open("wb") as file:
        while left and (chunk := stream.read(min(left, 1 << 20))):
            file.write(chunk)
            left -= len(chunk)
    return path


def _announced(path: Path) -> Format | None:
    """Return the format that a file's beginning, and for a ZIP its end, announces."""
    with path.open("rb") as file:
        looked_at = file.read(_HEAD)
        if looked_at.startswith(_ZIP):
            end = file.seek(0, os.SEEK_END)
            file.seek(max(len(looked_at), end - _TAIL))
            looked_at += file.read()
    return format_of(looked_at) if looked_at else None


def _is_archive(path: Path) -> bool:
    announced = _announced(path)
    return announced is not None and announced.name == "ZIP"


def _natural_key(path: str) -> bytes:
    return natural_key(path.replace(os.sep, "/"))
