"""What there is to read, and what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be read.

    Attributes:
        name: What the user calls it: the path as given, ``-`` for standard input.
        path: Where it is; ``None`` for standard input.
    """

    name: str
    path: Path | None

    @property
    def label(self) -> str:
        """The name in valid Unicode, for records: bytes that are none are spelt out."""
        return valid_unicode(self.name)

    @property
    def stem(self) -> str:
        """The name without folders and suffix; ``stdin`` for standard input."""
        return "stdin" if self.path is None else self.path.stem


def valid_unicode(name: str) -> str:
    """Return a file name in which bytes that are no UTF-8, which Python smuggles in, are spelt out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one source, exactly as read.

    Attributes:
        text: The text. Line ends are untouched; a byte order mark is not part of it.
        source: Name of the source.
        media_type: What the bytes were, such as ``text/plain``.
        encoding: Python's name of the encoding they were in.
        sha256: Digest of the text in UTF-8, the same whatever encoding the file had.
    """

    text: str
    source: str
    media_type: str
    encoding: str
    sha256: str

    @classmethod
    def of(cls, text: str, *, source: str, media_type: str, encoding: str) -> SourceText:
        """Return the text with its digest."""
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return cls(text=text, source=source, media_type=media_type, encoding=encoding, sha256=digest)
