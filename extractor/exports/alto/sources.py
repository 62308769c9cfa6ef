"""The ALTO files that records were made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extractor.errors import InputError, UsageError
from extractor.exports.alto.file import AltoFile
from extractor.exports.alto.finding import StringsOfPages
from extractor.exports.alto.tags import Tag
from extractor.limits import MAX_CONTAINER_BYTES
from extractor.readers.formats import format_of
from extractor.readers.mets.files import TextFiles, pointed_to
from extractor.readers.xml import parse_xml
from extractor.record import RaceRecord

_KEPT = re.compile(r"(.+?)(?:\.p(\d{4,9}))?\.alto\.xml")
"""What recognition leaves beside a record: ``NAME.alto.xml``, of several pages ``NAME.p0001.alto.xml``."""


class Sources:
    """The ALTO files below a folder, or one file alone.

    Args:
        path: The folder, or the file (ALTO, or METS with ALTO beside it).

    Raises:
        UsageError: ``alto_no_such_place``.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise UsageError("alto_no_such_place", source=str(path))
        self._root = (path if path.is_dir() else path.parent).resolve()
        files = (one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        self._by_name: dict[str, list[Path]] = {}
        self._kept: dict[str, dict[int, list[Path]]] = {}
        for file in sorted(files):
            self._by_name.setdefault(file.name, []).append(file)
            if kept := _KEPT.fullmatch(file.name):
                self._kept.setdefault(kept[1], {}).setdefault(int(kept[2] or 1), []).append(file)

    def tagged(self, record: RaceRecord, tags: list[Tag]) -> tuple[dict[str, bytes], int]:
        """Return a record's files with tags, by name, and how many passages found no place in them.

        Raises:
            InputError: They are not there, damaged, or another document's.
        """
        files: dict[str, bytes] = {}
        found: set[tuple[int, int]] = set()
        for path, first in self._files_of(record):
            file = AltoFile.read(_bytes(path), str(path))
            strings = StringsOfPages(file, first, record.document.pages)
            given: dict[int, list[int]] = {}
            for number, tag in enumerate(tags):
                for place, span in enumerate(tag.spans):
                    mine = strings.saying(span)
                    if mine:
                        found.add((number, place))
                    for one in mine:
                        if number not in given.setdefault(one, []):
                            given[one].append(number)
            name, other = path.name, 1
            while name in files:
                other += 1
                name = f"{path.stem}-{other}{path.suffix}"
            files[name] = file.tagged(tags, given)
        wanted = sum(len(tag.spans) for tag in tags)
        if wanted and not found:
            raise InputError("alto_other_document", source=_source_of(record))
        return files, wanted - len(found)

    def _files_of(self, record: RaceRecord) -> Iterator[tuple[Path, int]]:
        """Yield the files of a record, each with the number of the record's page that its first page is."""
        if kept := self._kept.get(record.document.id):
            for number, paths in kept.items():
                if len(paths) > 1:
                    raise InputError("alto_ambiguous", source=paths[0].name, count=len(paths))
                yield paths[0], number
            return
        path = self._named(record)
        content = _bytes(path)
        known = format_of(content)
        if known is not None and known.name == "ALTO":
            yield path, 1
            return
        if known is None or known.name != "METS":
            raise InputError("alto_no_alto", source=str(path))
        root, number = parse_xml(content, source=str(path)), 1
        for pointed in TextFiles([*pointed_to(root)]).in_order(root):
            beside = None if pointed is None or pointed.is_remote else self._beside(path, pointed.names)
            if beside is not None:
                yield beside, number
                number += len(AltoFile.read(_bytes(beside), str(beside)).sizes)
            else:
                number += 1

    def _named(self, record: RaceRecord) -> Path:
        """Return the file that a record was made from; of several the one in the like-named folders."""
        source = _source_of(record)
        parts = PurePosixPath(source.replace("\\", "/")).parts
        candidates = self._by_name.get(parts[-1] if parts else "", [])
        if not candidates:
            raise InputError("alto_not_there", source=source)
        alike = [_in_common(path.parts, parts) for path in candidates]
        best = [path for path, common in zip(candidates, alike, strict=True) if common == max(alike)]
        if len(best) > 1:
            raise InputError("alto_ambiguous", source=source, count=len(best))
        return best[0]

    def _beside(self, mets: Path, names: list[str]) -> Path | None:
        """Return a file that METS points to, if it is there and below the folder."""
        for name in names:
            path = (mets.parent / name).resolve()
            if path.is_relative_to(self._root) and path.is_file():
                return path
        return None


def _source_of(record: RaceRecord) -> str:
    return record.document.source or record.document.id


def _in_common(path: tuple[str, ...], source: tuple[str, ...]) -> int:
    """Return how many parts two paths have in common, from the end."""
    count = 0
    for mine, theirs in zip(reversed(path), reversed(source), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: ``unreadable``, or ``too_large``.
    """
    try:
        if path.stat().st_size > MAX_CONTAINER_BYTES:
            raise InputError("xml_too_large", source=str(path), limit=MAX_CONTAINER_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise InputError("unreadable", source=str(path), reason=error.strerror or str(error)) from error
