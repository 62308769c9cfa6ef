"""Reading one source: bytes, limits, and which reader they are for."""

from __future__ import annotations

import errno
import sys
from typing import BinaryIO

from extractor.errors import InputError
from extractor.readers.formats import format_of
from extractor.readers.source import Source, SourceText
from extractor.readers.text import decode

MAX_BYTES = 20_000_000
"""Largest file that is read unless the user says otherwise; a report has a few thousand bytes."""


def read_source(source: Source, *, max_bytes: int = MAX_BYTES, encoding: str | None = None) -> SourceText:
    """Read one source as text.

    Args:
        source: What to read.
        max_bytes: Largest size; not more than this is ever held in memory.
        encoding: Encoding of the text; detected where ``None``.

    Raises:
        InputError: It cannot be read, is empty, too large, binary, in no known encoding, or of a format
            that has no reader yet.
    """
    content = read_bytes(source, max_bytes=max_bytes)
    if not content.strip():
        raise InputError("empty_file", source=source.name)
    announced = format_of(content)
    if announced is not None and announced.text_of is None:
        raise InputError("unsupported_format", source=source.name, format=announced.name)
    if announced is not None and announced.text_of is not None:
        text, name, media_type = announced.text_of(content), "utf-8", announced.media_type
    else:
        text, name = decode(content, source=source.name, encoding=encoding)
        media_type = "text/plain"
    if not text.strip():
        raise InputError("empty_file", source=source.name)
    return SourceText.of(text, source=source.name, media_type=media_type, encoding=name)


def read_bytes(source: Source, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a source.

    Raises:
        InputError: ``not_found``, ``broken_link``, ``no_permission``, ``unreadable`` or ``too_large``.
    """
    try:
        if source.path is None:
            content = _at_most(sys.stdin.buffer, max_bytes)
        else:
            with source.path.open("rb") as file:
                content = _at_most(file, max_bytes)
    except (OSError, ValueError) as error:
        raise unreadable(source, error) from error
    if content is None:
        raise InputError("too_large", source=source.name, limit=f"{max_bytes:_}".replace("_", " "))
    return content


def unreadable(source: Source, error: Exception) -> InputError:
    """Return what to tell the user where the system refuses a file."""
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM):
        return InputError("no_permission", source=source.name)
    if number in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP) and source.path is not None:
        code = "broken_link" if source.path.is_symlink() else "not_found"
        return InputError(code, source=source.name)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError("unreadable", source=source.name, reason=reason)


def _at_most(file: BinaryIO, limit: int) -> bytes | None:
    """Return the whole content, or ``None`` where it has more than ``limit`` bytes."""
    content = file.read(limit + 1)
    return content if len(content) <= limit else None
