"""ZIP archives as folders: which members are read, in which order, and which are refused.

A member is named by its path in the archive; one of an archive within an archive by the path of that, a
slash, and its own.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from extractor.errors import InputError
from extractor.limits import MAX_CONTAINER_BYTES
from extractor.readers.formats import (
    format_of,
    is_hidden,
    is_read_without_suffix,
    readable_suffixes,
    suffix_of,
)
from extractor.readers.options import ReadOptions
from extractor.readers.sorting import natural_key
from extractor.readers.source import Source
from extractor.readers.unpacking import (
    BROKEN,
    MOST_BLOWN_UP,
    open_zip,
    overlapping,
    refuse_unreadable,
    unpack,
)

ZIP_SUFFIX = ".zip"

_DRIVE = re.compile(r"[A-Za-z]:")
_UTF8_NAMES = 0x800
_FIRST_BOX = "─"  # the lines and boxes of cp437, which no file name has
_HEAD = 1 << 12


class Archive:
    """An open archive.

    Args:
        file: Where it is.
        name: What the user calls it, for errors.

    Raises:
        InputError: ``damaged_zip`` or ``too_many_members``.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._name = name
        self._zip: ZipFile = open_zip(file, source=name)
        self._named: dict[str, list[ZipInfo]] = {}
        for member in self._zip.infolist():
            if not member.is_dir():
                self._named.setdefault(_name_of(member), []).append(member)
        self._overlapping = overlapping(self._zip)
        self._inner: tuple[str, Archive] | None = None

    @property
    def names(self) -> list[str]:
        """The names of all files in it, hidden and unsafe ones too, in natural order."""
        return sorted(self._named, key=natural_key)

    def member(self, name: str) -> ZipInfo:
        """Return a member that may be read.

        Raises:
            InputError: ``unsafe_member``, ``member_link``, ``duplicate_member``, ``archive_bomb``,
                ``encrypted_member`` or ``zip_method``.
            FileNotFoundError: There is none of that name.
        """
        source = f"{self._name}/{name}"
        if _is_unsafe(name):
            raise InputError("unsafe_member", source=source)
        if name not in self._named:
            raise FileNotFoundError(name)
        first, *others = self._named[name]
        if others:
            raise InputError("duplicate_member", source=source)
        if "\0" in first.orig_filename:
            raise InputError("unsafe_member", source=source)
        if stat.S_IFMT(first.external_attr >> 16) not in (0, stat.S_IFREG):
            raise InputError("member_link", source=source)
        if first.header_offset in self._overlapping:
            raise InputError("archive_bomb", source=source, ratio=MOST_BLOWN_UP)
        refuse_unreadable(first, source=source)
        return first

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a member, or one of an archive within; errors as :meth:`member`, or ``damaged_zip``."""
        if name not in self._named:
            outer = next((part for part in _parents(name) if part in self._named), None)
            if outer is not None:
                with self.inner(outer, MAX_CONTAINER_BYTES).open(name[len(outer) + 1 :]) as file:
                    yield file
                return
        member = self.member(name)
        try:
            with self._zip.open(member) as opened:
                yield cast(BinaryIO, opened)
        except (*BROKEN, RuntimeError) as error:
            raise InputError("damaged_zip", source=f"{self._name}/{name}") from error

    def inner(self, name: str, limit: int) -> Archive:
        """Return an archive within this one; errors as :meth:`open`, or ``too_large``."""
        if self._inner is None or self._inner[0] != name:
            self._inner = None  # the last one alone is kept in memory
            source = f"{self._name}/{name}"
            content = unpack(self._zip, self.member(name), limit + 1, source=source)
            if len(content) > limit:
                raise InputError("too_large", source=source, limit=f"{limit:_}".replace("_", " "))
            self._inner = name, Archive(BytesIO(content), source)
        return self._inner[1]

    def head(self, name: str) -> bytes:
        """Return the first bytes of a member; errors as :meth:`open`."""
        with self.open(name) as file:
            return file.read(_HEAD)


def archive_at(path: Path, name: str) -> Archive:
    """Return the archive in a file; it stays open while its members are read.

    Raises:
        InputError: As :class:`Archive`.
        OSError: The file cannot be opened.
    """
    known = path.stat()
    return _opened(str(path), name, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=1)
def _opened(path: str, name: str, _changed: int, _size: int) -> Archive:
    return Archive(Path(path).open("rb"), name)


class Lister:
    """Finds what there is to read in an archive.

    Args:
        options: The user's limits.
        left_out: Counts, by suffix, what is of no known kind.
    """

    def __init__(self, options: ReadOptions, left_out: Counter[str]) -> None:
        self._options, self._left_out = options, left_out
        self._readable = readable_suffixes()
        self._room = options.max_unpacked_bytes

    def sources(self, path: Path, name: str) -> Iterator[Source | InputError]:
        """Yield the members to read, and an error in the place of each that is refused.

        Args:
            path: The archive.
            name: What the user calls it.
        """
        self._room = self._options.max_unpacked_bytes
        count = -1
        for count, one in enumerate(self._within(archive_at(path, name), path, name, "")):  # noqa: B007
            yield one
        if count < 0:
            yield InputError("no_texts_in_archive", source=name, suffixes=", ".join(sorted(self._readable)))

    def _within(self, archive: Archive, path: Path, name: str, outer: str) -> Iterator[Source | InputError]:
        for member in archive.names:
            if _is_hidden(member) and not _is_unsafe(member):
                continue
            try:
                if not self._is_read(archive, member):
                    self._left_out[suffix_of(member)] += 1
                    continue
                self._room -= archive.member(member).file_size
                if self._room < 0:
                    limit = f"{self._options.max_unpacked_bytes:_}".replace("_", " ")
                    yield InputError("archive_too_large", source=name, limit=limit)
                    return
                if suffix_of(member) != ZIP_SUFFIX:
                    yield Source(f"{name}/{member}", path, outer + member)
                elif outer:
                    yield InputError("nested_archive", source=f"{name}/{member}")
                else:
                    inner = archive.inner(member, self._options.max_bytes or MAX_CONTAINER_BYTES)
                    yield from self._within(inner, path, f"{name}/{member}", f"{member}/")
            except InputError as error:
                yield error

    def _is_read(self, archive: Archive, member: str) -> bool:
        """Say whether a member is of a kind that is read: by its name, else by how it begins."""
        archive.member(member)
        if suffix_of(member) in self._readable:
            return True
        return is_read_without_suffix(format_of(archive.head(member)))


def _name_of(member: ZipInfo) -> str:
    """Return the name of a member; without a mark for UTF-8 it may be that nevertheless, or of DOS."""
    name = member.orig_filename.split("\0", 1)[0]
    if not name.isascii() and not member.flag_bits & _UTF8_NAMES:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850") if any(sign >= _FIRST_BOX for sign in name) else name
    return name.removeprefix("./")


def _is_unsafe(name: str) -> bool:
    """Say whether a name leads out of the archive, or is none that a file should have."""
    return (
        not name.isprintable()
        or "\\" in name
        or name.startswith("/")
        or _DRIVE.match(name) is not None
        or any(part in ("..", "") for part in name.split("/"))
    )


def _is_hidden(name: str) -> bool:
    return any(map(is_hidden, name.split("/")))


def _parents(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:length]) for length in range(1, len(parts)))
