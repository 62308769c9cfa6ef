"""What a file is, by its content, and which reader it is for.

Signatures: https://www.iana.org/assignments/media-types and the formats' own specifications. To add a format,
write ``read(content, reading)`` in a file of its own and name it here. Formats are asked in order, the more
particular ones first: a DOCX is a ZIP, too, and an ALTO file is XML.
"""

from __future__ import annotations

import importlib
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from extractor.limits import MAX_BYTES, MAX_CONTAINER_BYTES, MAX_MAIL_BYTES
from extractor.readers.options import Reading
from extractor.readers.sniffing import is_html, is_mail
from extractor.readers.source import Source, SourceText

_LOOKED_AT = 64
_LOOKED_AT_IN_MARKUP = 1 << 16
_LOOKED_AT_IN_ZIP = 4096
_MOST_NAMES = 10_000
_LOCAL_NAME = re.compile(rb"PK\x03\x04[\x00-\xff]{26}([!-~]{1,100})")
_UTF8_BOM = b"\xef\xbb\xbf"


class Reader(Protocol):
    """Bytes in, text out, nothing else."""

    def __call__(self, content: bytes, reading: Reading) -> SourceText:
        """Read one source.

        Raises:
            InputError: Damaged, encrypted, empty, or over a limit.
        """


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that is not plain text.

    Attributes:
        name: What people call it.
        media_type: Its registered media type.
        announced: Tells from the content whether it is of this format.
        module: Where its ``read`` is; ``None`` while there is none.
        suffixes: How its files are usually called; from a folder, files so called are read.
        max_bytes: Largest file, unless the user says otherwise.
        is_known_by_content: Whether a file of another suffix, or none, is taken for one by its beginning.
    """

    name: str
    media_type: str
    announced: Callable[[bytes], bool]
    module: str | None = None
    suffixes: tuple[str, ...] = ()
    max_bytes: int = MAX_CONTAINER_BYTES
    is_known_by_content: bool = True

    def reader(self) -> Reader | None:
        """Return the reader, which is imported only now."""
        return None if self.module is None else cast(Reader, importlib.import_module(self.module).read)


def begins(*signatures: bytes) -> Callable[[bytes], bool]:
    """Return a test for what files begin with, blanks, case and byte order mark aside."""

    def announced(content: bytes) -> bool:
        start = content[:_LOOKED_AT].removeprefix(_UTF8_BOM).lstrip().lower()
        return start.startswith(signatures)

    return announced


def root_is(*names: bytes, within: bytes = b"") -> Callable[[bytes], bool]:
    """Return a test for XML whose first element has one of these names, and that says ``within`` early."""
    pattern = re.compile(rb"<(?![?!])(?:[\w.-]+:)?(%s)[\s>/]" % b"|".join(names), re.IGNORECASE)
    element = re.compile(rb"<(?![?!])[^>]*>?")
    comment = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)  # one that never ends is looked through once

    def announced(content: bytes) -> bool:
        start = comment.sub(b"", _ascii(content[:_LOOKED_AT_IN_MARKUP]))
        first = element.search(start)
        if first is None or not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return False
        return pattern.match(first.group()) is not None and within.lower() in start.lower()

    return announced


def zip_holding(*names: bytes) -> Callable[[bytes], bool]:
    """Return a test for a ZIP that has a member whose name begins so."""
    is_zip = begins(b"pk\x03\x04")

    def announced(content: bytes) -> bool:
        return is_zip(content) and any(name.startswith(names) for name in _zip_names(content))

    return announced


def zip_calling_itself(*media_types: bytes) -> Callable[[bytes], bool]:
    """Return a test for a ZIP that begins with its media type, as those of OpenDocument and EPUB do."""

    def announced(content: bytes) -> bool:
        first = _LOCAL_NAME.match(content[:_LOOKED_AT_IN_ZIP])
        if first is None or not first.group(1).startswith(b"mimetype"):
            return False
        start = content[first.start(1) : _LOOKED_AT_IN_ZIP]
        return any(media_type in start for media_type in media_types)

    return announced


def is_odt(content: bytes) -> bool:
    """Say whether a ZIP is an OpenDocument text; packed anew, it may no longer say so at its beginning."""
    if zip_calling_itself(b"application/")(content):
        return zip_calling_itself(b"application/vnd.oasis.opendocument.text")(content)
    return all(zip_holding(name)(content) for name in (b"mimetype", b"META-INF/manifest.xml", b"content.xml"))


def _zip_names(content: bytes) -> Iterator[bytes]:
    """Yield the names in the directory of a ZIP; where its end is missing, those at its beginning.

    An archive of documents holds their directories, too: only the outer one counts.
    """
    end = content.rfind(b"PK\x05\x06", -_LOOKED_AT_IN_MARKUP - 22)
    if end < 0 or end + 20 > len(content):
        yield from (found.group(1) for found in _LOCAL_NAME.finditer(content[:_LOOKED_AT_IN_ZIP]))
        return
    at = end - int.from_bytes(content[end + 12 : end + 16], "little")
    for _ in range(_MOST_NAMES):
        if not 0 <= at < end or not content.startswith(b"PK\x01\x02", at):
            return
        name, extra, comment = struct.unpack_from("<3H", content[at : at + 46].ljust(46), 28)
        yield content[at + 46 : at + 46 + name]
        at += 46 + name + extra + comment


def _ascii(start: bytes) -> bytes:
    """Return markup without the mark and the zeros of UTF-16."""
    start = start.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return start.replace(b"\x00", b"") if b"\x00" in start[:_LOOKED_AT] else start


def is_bitmap(content: bytes) -> bool:
    """Tell a Windows bitmap, by the length of its second header: texts, too, may begin with ``BM``."""
    return content.startswith(b"BM") and content[14:18] in _BITMAP_HEADERS


def is_webp(content: bytes) -> bool:
    """Tell WebP, which is one of the formats in RIFF."""
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


_BITMAP_HEADERS = tuple(bytes((length, 0, 0, 0)) for length in (12, 40, 52, 56, 64, 108, 124))
_ROOM = "extractor.readers."

METS_SUFFIXES = (".mets", ".xml")
"""How METS files are usually called."""
_IMAGE = _ROOM + "image"

FORMATS: tuple[Format, ...] = (
    # --- pages
    Format("PDF", "application/pdf", begins(b"%pdf-"), f"{_ROOM}pdf", (".pdf",)),
    Format("PNG", "image/png", begins(b"\x89png\r\n\x1a\n"), _IMAGE, (".png",)),
    Format("JPEG", "image/jpeg", begins(b"\xff\xd8\xff"), _IMAGE, (".jpg", ".jpeg")),
    Format(
        "TIFF",
        "image/tiff",
        begins(b"ii*\x00", b"mm\x00*", b"ii+\x00", b"mm\x00+"),
        _IMAGE,
        (".tif", ".tiff"),
    ),
    Format("GIF", "image/gif", begins(b"gif87a", b"gif89a"), _IMAGE, (".gif",)),
    Format("BMP", "image/bmp", is_bitmap, _IMAGE, (".bmp",)),
    Format("WebP", "image/webp", is_webp, _IMAGE, (".webp",)),
    Format(
        "JPEG 2000",
        "image/jp2",
        begins(b"\x00\x00\x00\x0cjp  \r\n\x87\n", b"\xff\x4f\xff\x51"),
        _IMAGE,
        (".jp2", ".j2k"),
    ),
    # --- markup of pages
    Format("ALTO", "application/alto+xml", root_is(b"alto"), _ROOM + "alto", (".alto", ".xml")),
    Format(
        "PAGE", "application/vnd.prima.page+xml", root_is(b"PcGts"), _ROOM + "page_xml", (".page", ".xml")
    ),
    Format("METS", "application/mets+xml", root_is(b"mets"), _ROOM + "mets", METS_SUFFIXES),
    Format(
        "hOCR",
        "text/vnd.hocr+html",
        root_is(b"html", b"body", b"div", within=b"ocr_page"),
        _ROOM + "hocr",
        (".hocr", ".html", ".xhtml"),
    ),
    # --- documents
    Format("mail", "message/rfc822", is_mail, _ROOM + "eml", (".eml", ".mht", ".mhtml"), MAX_MAIL_BYTES),
    Format("HTML", "text/html", is_html, _ROOM + "html", (".html", ".htm", ".xhtml"), MAX_BYTES),
    Format("RTF", "application/rtf", begins(b"{\\rtf"), _ROOM + "rtf", (".rtf",)),
    Format(
        "DOCX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        zip_holding(b"word/document"),
        _ROOM + "docx",
        (".docx", ".docm"),
    ),
    Format(
        "ODT",
        "application/vnd.oasis.opendocument.text",
        is_odt,
        _ROOM + "odt",
        (".odt", ".ott"),
    ),
    Format(
        "FODT",
        "application/vnd.oasis.opendocument.text-flat-xml",
        root_is(b"document", within=b"application/vnd.oasis.opendocument.text"),
        _ROOM + "odt",
        (".fodt",),
    ),
    Format("XLSX", "application/vnd.ms-excel", zip_holding(b"xl/workbook")),
    Format("PPTX", "application/vnd.ms-powerpoint", zip_holding(b"ppt/presentation")),
    Format(
        "OpenDocument", "application/vnd.oasis.opendocument", zip_calling_itself(b"application/vnd.oasis")
    ),
    Format("EPUB", "application/epub+zip", zip_calling_itself(b"application/epub+zip")),
    Format("ZIP", "application/zip", begins(b"pk\x03\x04", b"pk\x05\x06"), _ROOM + "zip", (".zip",)),
    # --- messages and other markup: less particular, so asked last
    Format("XML", "application/xml", begins(b"<?xml")),
    Format(
        "Word 97",
        "application/msword",
        begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        _ROOM + "word97",
        (".doc",),
        is_known_by_content=False,
    ),
    Format("gzip", "application/gzip", begins(b"\x1f\x8b")),
    Format("7z", "application/x-7z-compressed", begins(b"7z\xbc\xaf\x27\x1c")),
    Format("RAR", "application/vnd.rar", begins(b"rar!\x1a\x07")),
)

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
"""How files of plain text and Markdown are called."""


def format_of(content: bytes) -> Format | None:
    """Return the format that the content announces, or ``None`` for what may be plain text."""
    return next((known for known in FORMATS if known.announced(content)), None)


def readable_suffixes() -> frozenset[str]:
    """Return how files are called that are read from a folder."""
    return TEXT_SUFFIXES.union(*(known.suffixes for known in FORMATS if known.module is not None))


def is_hidden(name: str) -> bool:
    """Say whether a file or folder is left out by its name: hidden, or kept by a program for itself."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in lower case; nothing where it has none."""
    before, dot, suffix = name[name.rfind("/") + 1 :].rpartition(".")
    return dot + suffix.lower() if before and suffix else ""


def is_named_as_mets(source: Source) -> bool:
    """Say whether a file, or a member of an archive, is called as METS files usually are."""
    return source.path is not None and suffix_of(source.member or source.path.name) in METS_SUFFIXES


def is_read_without_suffix(known: Format | None) -> bool:
    """Say whether a file in a folder is read for what its content announces, however it is called."""
    return known is not None and known.module is not None and known.is_known_by_content
