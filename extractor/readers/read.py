"""Reading one source: bytes, limits, and which reader they are for."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from extractor.errors import InputError
from extractor.limits import MAX_BYTES
from extractor.readers.formats import Format, format_of
from extractor.readers.options import Reading, ReadOptions
from extractor.readers.source import Source, SourceText
from extractor.readers.text import decode

_HEAD = 1 << 16
_MARKDOWN = (".md", ".markdown")


def read_source(
    source: Source,
    options: ReadOptions | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SourceText:
    """Read one source.

    Args:
        source: What to read.
        options: The user's choices.
        progress: Is told how many pages are done, of how many.

    Raises:
        InputError: It cannot be read, is empty, too large, binary, damaged, encrypted, in no known
            encoding, or of a format that has no reader.
    """
    options = options or ReadOptions()
    reading = Reading(source, options, beside=beside(source, options))
    return read_with(reading if progress is None else replace(reading, progress=progress))


def read_with(reading: Reading) -> SourceText:
    """Read one source with what its reader may ask of its surroundings; errors as :func:`read_source`."""
    return read_content(read_bytes(reading.source, max_bytes=reading.options.max_bytes), reading)


def read_content(content: bytes, reading: Reading) -> SourceText:
    """Read the bytes of a source, which are within the limits; errors as :func:`read_source`."""
    source = reading.source
    if not content.strip():
        raise InputError("empty_file", source=source.name)
    announced = format_of(content)
    if announced is None:
        read = read_text(content, reading)
    else:
        reader = announced.reader()
        if reader is None:
            raise InputError("unsupported_format", source=source.name, format=announced.name)
        read = replace(reader(content, reading), source=source.name)
    if not read.text.strip():
        raise InputError("no_text" if read.unread else "empty_file", source=source.name)
    return read


def read_text(content: bytes, reading: Reading) -> SourceText:
    """Read plain text, or Markdown where a text is called so, or clearly is."""
    from extractor.readers import markdown

    text, name = decode(content, source=reading.source.name, encoding=reading.options.encoding)
    if reading.source.label.lower().endswith(_MARKDOWN) or markdown.is_markdown(text):
        return markdown.read_text(text, reading, encoding=name)
    return SourceText.of(text, source=reading.source.name, media_type="text/plain", encoding=name)


def read_bytes(source: Source, *, max_bytes: int | None = None) -> bytes:
    """Return the bytes of a source.

    Args:
        source: Where they are.
        max_bytes: Largest size; ``None`` for the usual limit of what the first bytes announce.

    Raises:
        InputError: ``not_found``, ``broken_link``, ``no_permission``, ``unreadable`` or ``too_large``.
    """
    try:
        if source.path is None:
            content, limit = _at_most(sys.stdin.buffer, max_bytes)
        else:
            with opened(source) as file:
                content, limit = _at_most(file, max_bytes)
    except (OSError, ValueError) as error:
        raise unreadable(source, error) from error
    if content is None:
        raise InputError("too_large", source=source.name, limit=f"{limit:_}".replace("_", " "))
    return content


def opened(source: Source) -> AbstractContextManager[BinaryIO]:
    """Return a file, or a member of an archive, opened; may raise ``OSError`` or ``InputError``."""
    path = source.path
    if path is None:
        raise FileNotFoundError(source.name)
    if source.member is None:
        return path.open("rb")
    from extractor.readers.archive import archive_at

    archive = source.name.removesuffix(f"/{source.member}")
    return archive_at(path, archive).open(source.member)


def beside(source: Source, options: ReadOptions) -> Callable[[str], bytes]:
    """Return what reads the files that a source points to, by their names there.

    A name is a path from the source's own folder, with slashes or, as Windows writes it, backslashes. It may
    not lead out of that folder, or archive, by dots, drive letters or links. What it gives raises ``OSError``
    where there is none, ``InputError`` where the name leads out or the file is too large.

    Args:
        source: What points to them.
        options: The user's limits.
    """

    def read_beside(name: str) -> bytes:
        parts = [part for part in name.replace("\\", "/").split("/") if part != "."]
        if source.path is None:
            raise FileNotFoundError(name)
        if not all(parts) or ".." in parts or ":" in parts[0] or not name.isprintable():
            raise InputError("outside_folder", source=source.name, name=name)
        if source.member is not None:
            member = str(PurePosixPath(source.member).parent.joinpath(*parts))
            outer = source.name.removesuffix(source.member)
            return _read_beside(Source(outer + member, source.path, member), options)
        folder = source.path.parent
        path = folder.joinpath(*parts)
        if not path.resolve().is_relative_to(folder.resolve()):
            raise InputError("outside_folder", source=source.name, name=name)
        if path.exists() and not path.is_file():
            raise FileNotFoundError(name)
        return _read_beside(Source(str(path), path), options)

    return read_beside


def _read_beside(source: Source, options: ReadOptions) -> bytes:
    assert source.path is not None
    with opened(source) as file:
        content, limit = _at_most(file, options.max_bytes)
    if content is None:
        raise InputError("too_large", source=source.name, limit=f"{limit:_}".replace("_", " "))
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


def _at_most(file: BinaryIO, limit: int | None) -> tuple[bytes | None, int]:
    """Return the whole content, or ``None`` where it has more bytes than the limit, and the limit."""
    head = file.read(_HEAD if limit is None else min(limit + 1, _HEAD))
    if limit is None:
        limit = _limit_of(format_of(head))
    content = head + file.read(max(0, limit + 1 - len(head)))
    return (content if len(content) <= limit else None), limit


def _limit_of(announced: Format | None) -> int:
    return MAX_BYTES if announced is None else announced.max_bytes
