"""One file per format: bytes in, text out, nothing else.

:func:`find_sources` says what there is to read, :func:`read_source` reads one of it. What a file is, its
content says, never its name. To add a format, write its reader in a file of its own and name it in
:mod:`extractor.readers.formats`.
"""

from extractor.readers.find import find_sources
from extractor.readers.read import MAX_BYTES, read_bytes, read_source
from extractor.readers.source import STANDARD_INPUT, Source, SourceText

__all__ = ["MAX_BYTES", "STANDARD_INPUT", "Source", "SourceText", "find_sources", "read_bytes", "read_source"]
