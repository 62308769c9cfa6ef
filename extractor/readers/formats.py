"""What a file is, by how its content begins.

Signatures: https://www.iana.org/assignments/media-types and the formats' own specifications.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TextOf = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that is not plain text.

    Attributes:
        name: What people call it.
        media_type: Its registered media type.
        signatures: What files of this format begin with, in lower case.
        text_of: The reader; ``None`` while there is none.
    """

    name: str
    media_type: str
    signatures: tuple[bytes, ...]
    text_of: TextOf | None = None


FORMATS: tuple[Format, ...] = (
    Format("PDF", "application/pdf", (b"%pdf-",)),
    Format("RTF", "application/rtf", (b"{\\rtf",)),
    Format("HTML", "text/html", (b"<!doctype html", b"<html")),
    Format("XML", "application/xml", (b"<?xml",)),
    Format("ZIP (DOCX, ODT, EPUB)", "application/zip", (b"pk\x03\x04", b"pk\x05\x06")),
    Format("Word 97", "application/msword", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    Format("PNG", "image/png", (b"\x89png\r\n\x1a\n",)),
    Format("JPEG", "image/jpeg", (b"\xff\xd8\xff",)),
    Format("GIF", "image/gif", (b"gif87a", b"gif89a")),
    Format("TIFF", "image/tiff", (b"ii*\x00", b"mm\x00*")),
    Format("gzip", "application/gzip", (b"\x1f\x8b",)),
    Format("7z", "application/x-7z-compressed", (b"7z\xbc\xaf\x27\x1c",)),
    Format("RAR", "application/vnd.rar", (b"rar!\x1a\x07",)),
)

_BYTES_LOOKED_AT = 64
_UTF8_BOM = b"\xef\xbb\xbf"


def format_of(content: bytes) -> Format | None:
    """Return the format that the content announces, or ``None`` for what may be plain text."""
    start = content[:_BYTES_LOOKED_AT].removeprefix(_UTF8_BOM).lstrip().lower()
    return next((known for known in FORMATS if start.startswith(known.signatures)), None)
