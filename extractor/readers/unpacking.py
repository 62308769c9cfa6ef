"""Unpacking ZIP files that strangers made: nothing is believed, and nothing unpacks without bounds.

Specification: PKWARE's APPNOTE.TXT (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import BinaryIO

from extractor.errors import InputError

MAX_DIRECTORY = 64_000_000
"""Largest directory of an archive, in bytes: some 600,000 members."""

MOST_BLOWN_UP = 250
"""A large member may unpack to this many times its size; an empty page in TIFF reaches 100, a bomb 1,000."""

_LARGE = 20_000_000
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_LONGEST_COMMENT = 1 << 16
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
# Others unpack in one go, however large they become, or not at all.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    IndexError,
    KeyError,
    OverflowError,
)
"""What :mod:`zipfile` raises on damaged files."""


def open_zip(file: BinaryIO, *, source: str) -> zipfile.ZipFile:
    """Return an archive whose directory has been read.

    Raises:
        InputError: ``damaged_zip`` or ``too_many_members``.
    """
    try:
        if _directory_size(file) > MAX_DIRECTORY:
            raise InputError("too_many_members", source=source)
        file.seek(0)
        return zipfile.ZipFile(file)
    except BROKEN as error:
        raise InputError("damaged_zip", source=source) from error


def _directory_size(file: BinaryIO) -> int:
    """Return the size of the directory as the file's end says; 0 where the end is missing."""
    size = file.seek(0, 2)
    begin = max(0, size - _LONGEST_COMMENT - _END.size - _LOCATOR_64.size)
    file.seek(begin)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        return 0
    directory: int = _END.unpack_from(tail, at)[5]
    before = at - _LOCATOR_64.size
    if before >= 0 and tail.startswith(b"PK\x06\x07", before):
        file.seek(_LOCATOR_64.unpack_from(tail, before)[2])
        record = file.read(_END_64.size)
        # Where the record is not in its place, zipfile finds it elsewhere; it then counts as too large.
        return _END_64.unpack(record)[8] if record.startswith(b"PK\x06\x06") else MAX_DIRECTORY + 1
    return directory


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int, *, source: str) -> bytes:
    """Return the content of a member, or its beginning where it is longer than the limit.

    Args:
        archive: From :func:`open_zip`.
        member: One of its members.
        limit: Most bytes to unpack.
        source: Name for errors.

    Raises:
        InputError: ``encrypted_member``, ``zip_method``, ``archive_bomb`` or ``damaged_zip``.
    """
    refuse_unreadable(member, source=source)
    try:
        with archive.open(member) as file:
            return file.read(limit)
    except (*BROKEN, RuntimeError) as error:
        raise InputError("damaged_zip", source=source) from error


def refuse_unreadable(member: zipfile.ZipInfo, *, source: str) -> None:
    """Refuse what is encrypted, packed in a way of which zipfile keeps no bounds, or made to burst.

    Raises:
        InputError: ``encrypted_member``, ``zip_method`` or ``archive_bomb``.
    """
    if member.flag_bits & _ENCRYPTED:
        raise InputError("encrypted_member", source=source)
    if member.compress_type not in _METHODS:
        raise InputError("zip_method", source=source, method=member.compress_type)
    if member.file_size > max(_LARGE, MOST_BLOWN_UP * member.compress_size):
        raise InputError("archive_bomb", source=source, ratio=MOST_BLOWN_UP)


def overlapping(archive: zipfile.ZipFile) -> set[int]:
    """Return where members begin that share bytes with the member behind them: bombs are made so."""
    begins = sorted(
        (member.header_offset, member.compress_size + _LOCAL_HEADER) for member in archive.infolist()
    )
    bad: set[int] = set()
    furthest, owner = 0, -1
    for start, size in begins:
        if start < furthest:
            bad |= {owner, start}
        if start + size > furthest:
            furthest, owner = start + size, start
    return bad
