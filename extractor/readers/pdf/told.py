"""What a PDF file says of its document, in its information dictionary and in XMP.

ISO 32000-1, 14.3; ISO 16684-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.readers.source import Told

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_INFO = (("title", "Title"), ("author", "Author"))
_DATE = re.compile(r"D?:?(\d{4})(?:(\d\d)(?:(\d\d))?)?")
_ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_PACKET = re.compile(rb"<(?:[\w.-]+:)?xmpmeta\b.{0,1000000}?</(?:[\w.-]+:)?xmpmeta\s*>", re.DOTALL)
_MOST_PACKETS = 50
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP_FIELDS = (
    ("title", "title"),
    ("author", "creator"),
    ("publisher", "publisher"),
    ("published_on", "date"),
    ("language", "language"),
)
_LONGEST = 500
# What programs write where nobody gave a title, and names of files.
_NO_TITLE = re.compile(
    r"""(?:microsoft\s+(?:office\s+)?(?:word|powerpoint|excel|publisher)\s*[-–].*|powerpoint\b.*|
    untitled.*|sans[ _-]?(?:titre|nom).*|unspecified|anonymous|\(anonymous\)|no[ ]title|title|titre|
    (?:nouveau[ ])?document\s*\d*|mise\sen\spage\s?\d*|layout\s?\d*|
    (?:scan|img|image|dsc|num[ée]risation|scanned[ ](?:image|document)|print|impression|page)[\W_\d]*|
    (?:https?|file):.*|about:.*|
    \S*[\\/]\S*|.*\.(?:docx?|od[tf]|rtf|txt|pdf|indd|qx[dp]|pub|p65|tiff?|jpe?g|png|html?|tex|dvi|pptx?|xlsx?|cdr|ai|ps|eps|wpd))""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_AUTHOR = re.compile(
    r"(?:\(?anonymous\)?|unspecified|administrat\w*|user|utilisateur|root|admin|owner|propri[ée]taire|microsoft\b.*|hp\b.*|"
    r"canon\b.*|xerox\b.*|auteur|author|unknown|inconnu|.{0,2}|\S*[\\/]\S*)",
    re.IGNORECASE,
)


def told_by(document: PdfDocument, content: bytes, *, drawn: bool, source: str) -> tuple[Told, ...]:
    """Return what a file says of its document, without what only its program says.

    Args:
        document: The file, open.
        content: Its bytes.
        drawn: Whether it was made as a document: the day on which pages were scanned tells nothing of them.
        source: Its name.
    """
    found = [*_of_information(document, drawn=drawn), *_of_packets(content, source, drawn=drawn)]
    return tuple(dict.fromkeys(found))


def _of_information(document: PdfDocument, *, drawn: bool) -> Iterator[Told]:
    for field, key in _INFO:
        value = _tidy(document.get_metadata_value(key))
        if _is_told(field, value):
            yield Told(field, value, f"pdf info {key}")
    date = _DATE.match(document.get_metadata_value("CreationDate").strip())
    if drawn and date and (day := _day(*date.groups())):
        yield Told("published_on", day, "pdf info CreationDate")
    if language := _language(document):
        yield Told("language", language, "pdf catalog Lang")


def _language(document: PdfDocument) -> str:
    import ctypes

    from pypdfium2 import raw

    needed = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if not 2 < needed < 200:
        return ""
    room = (ctypes.c_ushort * (needed // 2))()
    raw.FPDFCatalog_GetLanguage(document.raw, room, needed)
    return _tidy(bytes(room)[: needed - 2].decode("utf-16-le", "replace"))


def _of_packets(content: bytes, source: str, *, drawn: bool) -> Iterator[Told]:
    for number, match in enumerate(_PACKET.finditer(content)):
        if number == _MOST_PACKETS:
            return
        found = [*_of_packet(match.group(), source)]
        # Pictures have packets of their own, which tell of the picture.
        if b"ns.adobe.com/pdf/" in match.group() or len(found) > 1:
            yield from (one for one in found if drawn or one.field != "published_on")
            return


def _of_packet(packet: bytes, source: str) -> Iterator[Told]:
    from extractor.readers.xml import parse_xml

    try:
        root = parse_xml(packet, source=source)
    except InputError:
        return
    for field, name in _XMP_FIELDS:
        for element in root.iter(_DC + name):
            items = [item.text or "" for item in element.iter(_RDF + "li")] or [element.text or ""]
            value = _tidy(items[0])
            if field == "published_on":
                date = _ISO_DATE.match(value)
                value = date.group() if date else ""
            if _is_told(field, value):
                yield Told(field, value, f"pdf xmp dc:{name}")
                break


def _is_told(field: str, value: str) -> bool:
    if not value:
        return False
    if field == "title":
        return _NO_TITLE.fullmatch(value) is None and any(sign.isalpha() for sign in value)
    return field not in ("author", "publisher") or _NO_AUTHOR.fullmatch(value) is None


def _day(year: str, month: str | None, day: str | None) -> str:
    if not 1900 <= int(year) <= 2200:
        return ""
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def _tidy(value: str) -> str:
    """Return a value on one line, in valid Unicode, and not longer than such values are."""
    valid = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return " ".join(valid.split())[:_LONGEST]
