"""One file per format: bytes in, text with its place on the page out, nothing else.

:func:`find_sources` says what there is to read, :func:`read_source` reads one of it. What a file is, its
content says, never its name. To add a format, write its reader in a file of its own and name it in
:mod:`extractor.readers.formats`.
"""

from extractor.readers.find import find_sources
from extractor.readers.options import Reading, ReadOptions
from extractor.readers.read import read_bytes, read_source, read_with
from extractor.readers.source import (
    STANDARD_INPUT,
    Ocr,
    Page,
    Skipped,
    Source,
    SourceText,
    Told,
    Unread,
    Word,
)

__all__ = [
    "STANDARD_INPUT",
    "Ocr",
    "Page",
    "ReadOptions",
    "Reading",
    "Skipped",
    "Source",
    "SourceText",
    "Told",
    "Unread",
    "Word",
    "find_sources",
    "read_bytes",
    "read_source",
    "read_with",
]
