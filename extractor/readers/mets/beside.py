"""What METS files point to is read with them, and not once more for itself."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path

from extractor.errors import InputError
from extractor.readers.formats import format_of, is_named_as_mets
from extractor.readers.mets.pages import files_of
from extractor.readers.source import Source

Place = tuple[str, str]
"""Where a source is: its path, and the member of an archive, each without detours."""


def pointed_to_by(
    sources: list[Source], head: Callable[[Source], bytes], whole: Callable[[Source], bytes]
) -> set[Source]:
    """Return those of the sources that METS files among them point to.

    Args:
        sources: Files and members of archives.
        head: Returns how a source begins; may raise ``OSError`` or ``InputError``.
        whole: Returns all of it, likewise.
    """
    by_place: dict[Place, Source] | None = None
    found: set[Source] = set()
    for source in sources:
        if source.path is None or not is_named_as_mets(source):
            continue
        places = places_of(source, head, whole)
        if by_place is None:
            by_place = {place_of(one.path, one.member): one for one in sources if one.path is not None}
        found.update(by_place[place] for place in places if place in by_place)
        found.discard(source)
    return found


def places_of(
    source: Source, head: Callable[[Source], bytes], whole: Callable[[Source], bytes]
) -> list[Place]:
    """Return the places that a source points to, where it is a METS file and can be read; else none.

    Args:
        source: A file or member that is called like one.
        head: Returns how a source begins; may raise ``OSError`` or ``InputError``.
        whole: Returns all of it, likewise.
    """
    try:
        known = format_of(head(source))
        if source.path is None or known is None or known.name != "METS":
            return []
        names = files_of(whole(source))
    except (OSError, InputError):
        return []
    return [place_of(*_beside(source.path, source.member, name)) for name in names]


def place_of(path: Path, member: str | None) -> Place:
    """Return the place of a source."""
    return os.path.normpath(path), posixpath.normpath(member) if member else ""


def _beside(path: Path, member: str | None, name: str) -> tuple[Path, str | None]:
    if member is None:
        return path.parent / name, None
    return path, posixpath.join(posixpath.dirname(member), name)
