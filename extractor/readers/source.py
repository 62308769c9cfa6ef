"""What there is to read, and what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be read.

    Attributes:
        name: What the user calls it: the path as given, ``-`` for standard input; for a member of an archive,
            the archive's name, a slash, and the member's.
        path: Where it is; ``None`` for standard input.
        member: Name of the member, where ``path`` is an archive that holds it.
    """

    name: str
    path: Path | None
    member: str | None = None

    @property
    def label(self) -> str:
        """The name in valid Unicode, for records: bytes that are none are spelt out."""
        return valid_unicode(self.name)

    @property
    def stem(self) -> str:
        """The name without folders and suffix; ``stdin`` for standard input."""
        if self.member is not None:
            return Path(self.member).stem
        return "stdin" if self.path is None else self.path.stem


def valid_unicode(name: str) -> str:
    """Return a file name in which bytes that are no UTF-8, which Python smuggles in, are spelt out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class Word(NamedTuple):
    """A word, or a part of one, where it stands on a page of the source.

    Attributes:
        start: Its first code point in the text.
        end: Behind its last code point in the text.
        page: Number of its page, from 1.
        x: Left edge of its box, in the page's unit, from the left.
        y: Upper edge of its box, in the page's unit, from the top.
        w: Width of its box.
        h: Height of its box.
        confidence: How sure the OCR was of it, from 0 to 1; ``None`` where nobody says.
    """

    start: int
    end: int
    page: int
    x: float
    y: float
    w: float
    h: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source.

    Attributes:
        number: From 1, in the source's order.
        start: Where its text begins.
        end: Where its text ends.
        width: In ``unit``.
        height: In ``unit``.
        unit: ``point`` (1/72 inch), ``pixel`` of the image, ``mm10`` or ``inch1200`` (ALTO).
        image: File name of its image, where the source names one.
    """

    number: int
    start: int
    end: int
    width: float
    height: float
    unit: str
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch of the text that is no part of the report, such as a menu, a running head, a page number.

    Attributes:
        start: Its first code point, blanks around it that go with it included.
        end: Behind its last code point.
        reason: Why: ``menu``, ``advert``, ``running_head``, ``page_number``, ``outside_article``,
            ``not_french`` and the like.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the source of which there is no text.

    Attributes:
        reason: Why: ``blank_page``, ``unreadable_page``, ``no_text_layer``, ``timed_out``, ``too_large``,
            ``image``, ``attachment``...
        page: Number of the page, where it is one.
        part: What it is called, where it has a name.
    """

    reason: str
    page: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the source's container tells of the document, apart from its text.

    Attributes:
        field: ``title``, ``published_on`` (ISO 8601), ``publisher``, ``author``, ``language`` or ``series``.
        value: As the container has it.
        origin: Where, in the format's own words: ``html meta og:title``, ``pdf info Title``.
    """

    field: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Ocr:
    """By which optical character recognition a text came about.

    Attributes:
        engine: Its name, such as ``tesseract``.
        version: Its version; ``None`` where the source does not say.
        language: What it was told to read, such as ``fra``.
        preparation: What was done to the images before, such as ``deskew``.
    """

    engine: str
    version: str | None = None
    language: str | None = None
    preparation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one source, exactly as read, and where it stands.

    Attributes:
        text: The text. Line ends are untouched; a byte order mark is not part of it.
        source: Name of the source.
        media_type: What the bytes were, such as ``text/plain``.
        encoding: Python's name of the encoding they were in.
        sha256: Digest of the text in UTF-8, the same whatever encoding the file had.
        pages: The pages, in order, where the source has any.
        words: The words with their boxes, by ``start``; they do not overlap.
        skipped: What of the text is no report, by ``start``; they do not overlap. The pipeline does not
            see it.
        joins: Line ends, and page ends, inside a paragraph, as ranges of blanks: they are read as one blank,
            and the word that a hyphen before them parts is read as one word.
        unread: Parts without text.
        told: What the container says of the document.
        ocr: How the text was recognised, where it was.
        alto: ALTO of the pages as the OCR gave it, to be kept beside the record: file name and content.
    """

    text: str
    source: str
    media_type: str
    encoding: str
    sha256: str
    pages: tuple[Page, ...] = ()
    words: tuple[Word, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    joins: tuple[tuple[int, int], ...] = ()
    unread: tuple[Unread, ...] = ()
    told: tuple[Told, ...] = ()
    ocr: Ocr | None = None
    alto: tuple[tuple[str, bytes], ...] = ()

    @classmethod
    def of(
        cls, text: str, *, source: str, media_type: str, encoding: str = "utf-8", **layers: Any
    ) -> SourceText:
        """Return the text with its digest; ``layers`` are any of the other attributes."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        plain = cls(text=text, source=source, media_type=media_type, encoding=encoding, sha256=digest)
        return replace(plain, **layers) if layers else plain
