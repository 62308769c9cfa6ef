"""A ZIP archive where one document is asked for: an error that says how its documents are read."""

from __future__ import annotations

from extractor.errors import InputError
from extractor.readers.office.package import SUFFIXES
from extractor.readers.options import Reading
from extractor.readers.source import SourceText


def read(content: bytes, reading: Reading) -> SourceText:  # noqa: ARG001 - no document is in it
    """Refuse an archive: :func:`extractor.readers.find_sources` says what documents are in it.

    Raises:
        InputError: ``an_archive``; ``damaged_office`` for a document whose end is missing.
    """
    name = reading.source.member or reading.source.name
    if name.lower().endswith(SUFFIXES):
        raise InputError("damaged_office", source=reading.source.name)
    raise InputError("an_archive", source=reading.source.name)
