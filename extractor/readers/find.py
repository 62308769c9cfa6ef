"""From what the user names (files, folders, patterns, ``-``) to the sources to read.

The order is that of the command line and, within a folder or pattern, that of the paths; nothing comes
twice. A folder gives its text files, those of its subfolders too, but nothing hidden.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.errors import InputError
from extractor.readers.formats import readable_suffixes
from extractor.readers.read import unreadable
from extractor.readers.source import STANDARD_INPUT, Source


def find_sources(names: Iterable[str]) -> list[Source | InputError]:
    """Return the sources to read, and an error in the place of each that is not there.

    Args:
        names: Files, folders, patterns with ``*``, ``?`` or ``[]`` (``**`` for any depth), and ``-`` for
            standard input.
    """
    found: list[Source | InputError] = []
    seen: set[str] = set()
    for name in names:
        for source in _expanded(name):
            identity = _identity(source)
            if identity not in seen:
                seen.add(identity)
                found.append(source)
    return found


def _identity(source: Source | InputError) -> str:
    if isinstance(source, InputError):
        return f"{source.code} {source.source}"
    return STANDARD_INPUT if source.path is None else os.path.realpath(source.path)


def _expanded(name: str) -> Iterator[Source | InputError]:
    if name == STANDARD_INPUT:
        yield Source(name, None)
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif glob.has_magic(name) and not os.path.lexists(path):
            yield from _matching(name)
        else:
            path.stat()
            yield Source(name, path)
    except (OSError, ValueError) as error:
        yield unreadable(Source(name, path), error)


def _matching(pattern: str) -> Iterator[Source | InputError]:
    matches = sorted(glob.iglob(pattern, recursive=True), key=_reading_order)  # noqa: PTH207 - may be absolute
    files = [match for match in matches if not Path(match).is_dir()]
    if not matches:
        yield InputError("no_match", source=pattern)
    # A pattern such as ``2021/**`` matches folders beside their files; they add nothing then.
    for match in files or matches:
        yield from _expanded(match)


def _in_folder(folder: Path) -> Iterator[Source | InputError]:
    refused: list[OSError] = []
    files = sorted(_text_files(folder, refused), key=_reading_order)
    for error in refused:
        yield unreadable(Source(str(error.filename), Path(error.filename)), error)
    if not files and not refused:
        yield InputError("no_texts", source=str(folder), suffixes=", ".join(sorted(readable_suffixes())))
    for file in files:
        yield from _expanded(str(file))


def _text_files(folder: Path, refused: list[OSError]) -> Iterator[Path]:
    """Yield the text files under a folder, broken links among them; note subfolders that are refused."""
    readable = readable_suffixes()
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(parent, name)
            is_text = not name.startswith(".") and file.suffix.lower() in readable
            # A pipe or device in a folder is no text, and reading it might never end.
            if is_text and (file.is_file() or file.is_symlink()):
                yield file


def _reading_order(path: str | Path) -> tuple[str, ...]:
    return Path(path).parts
