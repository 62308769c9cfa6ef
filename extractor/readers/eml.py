"""Mails (RFC 5322, MIME) and pages that a browser saved as one file (MHTML, RFC 2557).

The text is that of the body; the headers are told apart from it, and what is attached is named and not read.
Headers are parsed leniently, by the policy that never fails on a malformed one and takes no time squared on
a long one.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import Message
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.readers.eml_quotes import judged
from extractor.readers.html_charset import decode_declared
from extractor.readers.options import Reading
from extractor.readers.source import Skipped, SourceText, Told, Unread

if TYPE_CHECKING:
    from email.header import Header

MEDIA_TYPE = "message/rfc822"

_MOST_PARTS = 300
_MOST_DASHES = 5_000  # lines that may part two parts
_LONGEST_HEAD = 1_000_000
_LONGEST_FIELD = 10_000
_FIELD = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 2_000
_SHORT = 250  # characters: a covering note, no report
_STUB = 3  # times as long must the other form of a text be, for this one to be a stub
_FROM_LINE = re.compile(rb"From [^\r\n]*\r?\n")
_NEXT_MESSAGE = re.compile(rb"\r?\n\r?\nFrom \S+@?\S* [^\r\n]*\d{4}[^\r\n]*\r?\n[A-Za-z-]{1,60}:", re.DOTALL)
_BOUNDARY = re.compile(rb"\bboundary\s*\*?0?\*?=|^content-type:\s*message/", re.IGNORECASE | re.MULTILINE)
_DOCUMENT = re.compile(r"\.(?:docx?|odt|rtf|pdf|txt|html?|zip)$", re.IGNORECASE)
_PREFIX = re.compile(r"(?:\s*(?:re|tr|fwd?|rép|ré|wg|aw|réf)\s*:\s*)+", re.IGNORECASE)
_PASSED_ON = re.compile(r"\s*(?:tr|fwd?|wg)\s*:", re.IGNORECASE)
_OF_A_HOUSE = re.compile(
    r"(?:presse|press|contact|info|communication|media|news|redac|no-?reply)", re.IGNORECASE
)
_SAVED_BY_BROWSER = re.compile(r"<?saved by ", re.IGNORECASE)


@dataclass(slots=True)
class _Body:
    """What is found in a mail.

    Attributes:
        texts: The parts that are the body.
        unread: The others.
        documents: Names of attached files that may be the report.
    """

    texts: list[SourceText] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


def read(content: bytes, reading: Reading) -> SourceText:
    """Read a mail.

    Raises:
        InputError: ``mailbox``, ``mail_too_deep``, ``mail_without_text``, ``report_attached``, or of the
            encoding.
    """
    message = _parsed(content, reading)
    body = _Body()
    for part in _parts(message):
        _gather(part, body, reading)
    whole = _joined(body.texts)
    is_page = _SAVED_BY_BROWSER.match(_header(message, "From")) is not None
    subject = _header(message, "Subject")
    is_passed_on = False
    if not is_page:
        quotes = judged(whole.text, whole.skipped, is_passed_on=_PASSED_ON.match(subject) is not None)
        whole, is_passed_on = replace(whole, skipped=quotes.skipped), quotes.is_passed_on
    _refuse_what_is_elsewhere(whole, body, reading)
    said = whole.told if is_page else (*_told(message, subject, is_passed_on=is_passed_on), *whole.told)
    return replace(
        whole,
        source=reading.source.name,
        media_type=MEDIA_TYPE,
        unread=(*whole.unread, *body.unread),
        told=said,
    )


def _parsed(content: bytes, reading: Reading) -> Message:
    """Return the message of a file, if it is one."""
    from email import message_from_bytes

    content = content.removeprefix(b"\xef\xbb\xbf")
    if (start := _FROM_LINE.match(content)) is not None:
        if _NEXT_MESSAGE.search(content, start.end()):
            raise InputError("mailbox", source=reading.source.name)
        content = content[start.end() :]
    # Each level costs the parser a level of its own, and a look at every line.
    too_deep = InputError("mail_too_deep", source=reading.source.name, limit=_MOST_PARTS)
    if _is_beyond(content):
        raise too_deep
    try:
        message = message_from_bytes(content)
    except RecursionError as error:
        raise too_deep from error
    if sum(1 for _ in message.walk()) > _MOST_PARTS:
        raise too_deep
    return message


def _is_beyond(content: bytes) -> bool:
    """Say whether the parser would take its time: it splits a header's parameters in time squared."""
    head = re.search(rb"\r?\n\r?\n", content)
    return (
        (head.start() if head is not None else len(content)) > _LONGEST_HEAD
        or content.count(b"\n--") > _MOST_DASHES
        or sum(1 for _ in _BOUNDARY.finditer(content)) > _MOST_PARTS
        or any(len(found.group()) > _LONGEST_FIELD for found in _FIELD.finditer(content))
    )


# --- what is the body


def _parts(message: Message) -> Iterator[Message]:
    """Yield what there is to see, in order: of alternatives one, of a page without its pictures the page."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if not part.is_multipart() or not isinstance(inner, list):
            yield part
        elif part.get_content_type() == "multipart/related":
            held = [one for one in inner if isinstance(one, Message)]
            roots = [one for one in held if one.get_content_maintype() in ("text", "multipart")][:1]
            waiting.extend(one for one in reversed(held) if one not in roots and _is_file(one))
            waiting.extend(roots)
        elif part.get_content_type() == "multipart/alternative":
            yield part
        else:
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))


def _is_file(part: Message) -> bool:
    """Say whether a part beside a page is no picture, script or frame of it, but a file of its own."""
    return part.get_content_disposition() == "attachment"


def _gather(part: Message, body: _Body, reading: Reading) -> None:
    """Put a part where it belongs."""
    name = _name(part)
    if part.get_content_type() == "multipart/alternative":
        body.texts.extend(_best(part, reading))
    elif part.get_content_disposition() == "attachment" or (name and part.get_content_type() != "text/plain"):
        body.unread.append(Unread("attachment", part=name or part.get_content_type()))
        if _DOCUMENT.search(name):
            body.documents.append(name)
    elif part.get_content_type() in ("text/plain", "text/html"):
        body.texts.extend(_read_text(part, reading))
    elif part.get_content_maintype() != "multipart":
        kind = "image" if part.get_content_maintype() == "image" else "attachment"
        body.unread.append(Unread(kind, part=part.get_content_type()))


def _best(alternatives: Message, reading: Reading) -> list[SourceText]:
    """Return the plain form of a text, or the page where the plain one is a mere hint at it."""
    by_type: dict[str, list[SourceText]] = {}
    for part in alternatives.walk():
        if part.get_content_type() in ("text/plain", "text/html") and not _name(part):
            read_of_it = _read_text(part, reading)
            by_type.setdefault(part.get_content_type(), read_of_it)
    plain, page = by_type.get("text/plain", []), by_type.get("text/html", [])
    if not plain or (page and _STUB * _length(plain) < _length(page)):
        return page or plain
    return plain


def _length(texts: list[SourceText]) -> int:
    """Return how many characters are read of texts."""
    return sum(_size(one.text, one.skipped) for one in texts)


def _size(text: str, skipped: tuple[Skipped, ...]) -> int:
    left = len(text.strip())
    return left - sum(len(text[one.start : one.end].strip()) for one in skipped)


def _read_text(part: Message, reading: Reading) -> list[SourceText]:
    """Return the text of a part; none where it is blank."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return []
    declared = part.get_content_charset()
    name = reading.source.name
    text, encoding = decode_declared(content, declared, source=name, encoding=reading.options.encoding)
    if part.get_content_type() == "text/html":
        from extractor.readers.html import read_page

        with contextlib.suppress(InputError):  # an empty page beside a text is no fault
            return [read_page(text, reading, encoding=encoding)]
        return []
    joins = tuple(_flowed(text)) if str(part.get_param("format", "")).lower() == "flowed" else ()
    return [SourceText.of(text, source=name, media_type="text/plain", encoding=encoding, joins=joins)]


def _flowed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the line ends that are none: a blank stands before them (RFC 3676)."""
    for end in re.finditer(r" (\r?\n)(?=[^\s>])", text):
        line = text[text.rfind("\n", 0, end.start()) + 1 : end.start() + 1]
        if line.rstrip() and line != "-- " and not line.startswith(">"):
            yield end.span()


def _joined(texts: list[SourceText]) -> SourceText:
    """Return the parts of a body as one text."""
    if not texts:
        return SourceText.of("", source="", media_type=MEDIA_TYPE)
    pieces: list[str] = []
    skipped: list[Skipped] = []
    joins: list[tuple[int, int]] = []
    at = 0
    for number, one in enumerate(texts):
        piece = ("\n\n" if number else "") + one.text
        first = at + len(piece) - len(one.text)
        skipped += (Skipped(first + s.start, first + s.end, s.reason) for s in one.skipped)
        joins += ((first + start, first + end) for start, end in one.joins)
        pieces.append(piece)
        at += len(piece)
    return SourceText.of(
        "".join(pieces),
        source="",
        media_type=MEDIA_TYPE,
        encoding=texts[0].encoding,
        skipped=tuple(skipped),
        joins=tuple(joins),
        unread=tuple(unread for one in texts for unread in one.unread),
        told=tuple(said for one in texts for said in one.told),
    )


def _refuse_what_is_elsewhere(whole: SourceText, body: _Body, reading: Reading) -> None:
    size = _size(whole.text, whole.skipped)
    if size < _SHORT and body.documents:
        raise InputError(
            "report_attached", source=reading.source.name, attachments=", ".join(body.documents[:5])
        )
    if not whole.text.strip():
        raise InputError("mail_without_text", source=reading.source.name)


# --- headers


def _told(message: Message, subject: str, *, is_passed_on: bool) -> Iterator[Told]:
    """Yield what the headers tell; who passes a message on, and when, says nothing of what it holds."""
    from email.utils import parseaddr, parsedate_to_datetime

    if title := _PREFIX.sub("", subject, count=1).strip():
        yield Told("title", title, "mail Subject")
    if is_passed_on:
        return
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        sent: datetime = parsedate_to_datetime(_header(message, "Date"))
        yield Told("published_on", sent.isoformat(), "mail Date")
    name, address = parseaddr(_header(message, "From"))
    if house := _header(message, "Organization"):
        yield Told("publisher", house, "mail Organization")
    elif name and _OF_A_HOUSE.match(address):
        yield Told("publisher", name, "mail From")
    if name or address:
        yield Told("author", name or address, "mail From")


def _header(message: Message, name: str) -> str:
    """Return a header, its encoded words decoded."""
    return _decoded(message.get(name))


def _decoded(value: str | Header | None) -> str:
    from email.header import decode_header

    if value is None:
        return ""
    written = str(value)[:_LONGEST_HEADER]
    pieces: list[str] = []
    try:
        for piece, charset in decode_header(written):
            pieces.append(piece if isinstance(piece, str) else _word(piece, charset))
    except ValueError:  # of a library that damaged base64 defeats
        pieces = [written]
    return " ".join("".join(pieces).split())


def _word(piece: bytes, charset: str | None) -> str:
    for encoding in ("utf-8", charset or "cp1252", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return piece.decode(encoding)
    return piece.decode("latin-1")


def _name(part: Message) -> str:
    """Return the name of an attached file, as it is to be shown."""
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, IndexError):  # of malformed parameters
        return "?"
    return _decoded(name).replace("\\", "/").rsplit("/", 1)[-1][:120]
