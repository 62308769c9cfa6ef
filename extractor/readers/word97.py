"""OLE compound files: Word documents of before 2007, and encrypted documents. Neither is read.

Specification: [MS-CFB]; [MS-OFFCRYPTO] 2.3.4.4 for the stream ``EncryptedPackage``.
"""

from __future__ import annotations

from extractor.errors import InputError
from extractor.readers.options import Reading
from extractor.readers.source import SourceText

_STREAMS = (
    ("EncryptedPackage", "encrypted_office"),
    ("WordDocument", "word_97"),
)


def read(content: bytes, reading: Reading) -> SourceText:
    """Refuse the file and say what to do with it.

    Raises:
        InputError: ``encrypted_office``, ``word_97`` or ``unsupported_format``.
    """
    source = reading.source.name
    for stream, code in _STREAMS:
        if stream.encode("utf-16-le") in content:
            if code == "word_97":
                raise InputError("word_97", source=source)
            raise InputError("encrypted_office", source=source)
    raise InputError("unsupported_format", source=source, format="OLE")
