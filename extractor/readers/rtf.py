"""Rich Text Format: paragraphs, tables and lists as they are shown.

Specification: Microsoft, Rich Text Format Specification 1.9.1. What words of control mean is looked up in
striprtf, whose own text has no notes and running heads in it, but what is hidden or deleted. Numbers of lists
are those that the file holds for programs that do not count.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Any

from extractor.errors import InputError
from extractor.readers.office import numbers
from extractor.readers.office.flow import Flow, Line, Piece, Place, note_mark, written
from extractor.readers.options import Reading
from extractor.readers.source import SourceText, Told

MAX_DEPTH = 1000
"""Deepest nesting of groups; those of real files are some ten deep."""

MAX_TOKENS = 10_000_000
"""Most words of control and stretches of text; read in some ten seconds."""

_TOKEN = re.compile(
    r"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>.))"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_LINE_ENDS = str.maketrans("", "", "\r\n\0")
_USUAL = "cp1252"
_CODE_PAGES = {"ansi": _USUAL, "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SYMBOLS = "symbols"  # fonts of signs: only their bullet is known
_SYMBOL_CHARSET = 2
_DEFAULT_CHARSETS = (0, 1)
_SURROGATES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)

_RUNNING = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "head"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "foot"),
}
_PLACES = {
    **_RUNNING,
    "footnote": "note",
    "listtext": "label",
    "pntext": "label",
    "shptxt": "box",
    "dptxbxtext": "box",
    "title": "title",
    "author": "author",
    "company": "publisher",
}
_TOLD = ("title", "author", "publisher")
# Striprtf leaves these out; what is in them, or some of it, is shown.
_SHOWN = frozenset({"shp", "shpgrp", "shpinst", "do", "object", "result", "info"})
_REPORTED = {"pict": "image", "annotation": "comments", "objdata": "attachment"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits, and may change for itself.

    Attributes:
        place: Where text goes; ``None`` for nowhere.
        font: Number of the font.
        after_unicode: How many characters stand in for one in Unicode.
        hidden: Whether text is hidden.
        deleted: Whether it is a deletion that is tracked.
        in_table: Whether the paragraph is in a table.
        fonts: Whether the fonts are told here.
    """

    place: Place | None
    font: int | None = None
    after_unicode: int = 1
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    fonts: bool = False


def read(content: bytes, reading: Reading) -> SourceText:
    """Read an RTF file.

    Raises:
        InputError: ``damaged_office`` where groups are nested beyond measure, ``rtf_too_long`` or
            ``too_large``.
    """
    flow = Flow(reading)
    document = _Document(flow, reading.source.name)
    document.take(content.decode("latin-1"))
    document.write()
    return SourceText.of(
        flow.text,
        source=reading.source.name,
        media_type="application/rtf",
        encoding=document.encoding,
        skipped=flow.skipped,
        unread=tuple(flow.unread),
        told=tuple(document.told),
    )


class _Document:
    def __init__(self, flow: Flow, source: str) -> None:
        from striprtf import striprtf

        self._charsets: dict[int, str] = striprtf.charset_map
        self._destinations: frozenset[str] = frozenset(striprtf.destinations) - _SHOWN
        self._signs: dict[str, str] = {
            word: sign for word, sign in striprtf.specialchars.items() if word not in ("cell", "nestcell")
        }
        self._flow, self._source = flow, source
        self._body = Place("body")
        self._state = _State(self._body)
        self._outer: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._default_font: int | None = None
        self._bytes = bytearray()
        self._skip = 0  # characters that stand in for one in Unicode
        self._high: int | None = None  # the first half of a character beyond 0xFFFF
        self._optional = False  # after \*: what is not known may be left out
        self._running: dict[str, list[list[Line]]] = {"head": [], "foot": []}
        self._notes: list[list[Line]] = []
        self._marks = 0
        self.encoding = _USUAL
        self.told: list[Told] = []

    # --- reading

    def take(self, text: str) -> None:
        """Read a whole file, given as one character for each byte."""
        at, tokens = text.index("{"), 0
        while at < len(text):
            tokens += 1
            if tokens > MAX_TOKENS:
                raise InputError("rtf_too_long", source=self._source, limit=MAX_TOKENS)
            token = _TOKEN.match(text, at)
            if token is None:  # a backslash at the very end
                break
            at = token.end() + self._token(token)
            if not self._outer:
                break  # what comes behind the document is none of it
        if self._outer:
            self._flow.leave_out("truncated")
        while self._outer:
            self._close()

    def _token(self, token: re.Match[str]) -> int:
        """Take a part of the file, and return how many bytes behind it are no text."""
        if token["text"] is not None:
            self._take_bytes(token["text"].translate(_LINE_ENDS).encode("latin-1"))
        elif token["hex"] is not None:
            self._take_bytes(bytes.fromhex(token["hex"]))
        elif token["brace"] is not None:
            self._open() if token["brace"] == "{" else self._close()
        elif token["word"] is None:
            self._sign(token["sign"])
        else:
            number = None if token["number"] is None else int(token["number"])
            if token["word"] == "bin":
                return max(0, number or 0)
            self._word(token["word"], number)
        return 0

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._outer) >= MAX_DEPTH:
            raise InputError("damaged_office", source=self._source)
        self._outer.append(self._state)

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if not self._outer:
            return
        inner, self._state = self._state.place, self._outer.pop()
        if inner is not None and inner is not self._state.place:
            self._finish(inner)

    def _finish(self, place: Place) -> None:
        """Put what a place has got where it belongs."""
        lines = place.finish()
        outer = self._state.place
        if place.kind in self._running:
            self._running[place.kind].append(lines)
        elif place.kind == "note":
            self._notes.append(lines)
        elif place.kind in _TOLD:
            if value := " ".join(map(written, lines)).strip():
                self.told.append(Told(place.kind, value, f"rtf info {place.kind}"))
        elif outer is not None and place.kind == "box":
            outer.boxes += lines
        elif outer is not None and place.kind == "label" and not outer.line:
            label = " ".join(" ".join(map(written, lines)).split())
            label = numbers.bullet(label) if len(label) == 1 and not label.isalnum() else label
            outer.line += [Piece(f"{label} ")] * bool(label)

    def _word(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        self._skip = 0  # programs that write nothing to stand in must not lose a word of control
        optional, self._optional = self._optional, False
        if word in _PLACES or word in self._destinations or word in _SHOWN or optional:
            self._begin(word, optional=optional)
        elif not (self._of_font(word, number) or self._of_text(word, number)):
            self._of_paragraph(word)

    def _begin(self, word: str, *, optional: bool) -> None:
        """Begin a destination: a place of its own, or nowhere."""
        place = self._state.place
        if word in _REPORTED and place is not None:
            self._flow.leave_out(_REPORTED[word])
        if word == "fonttbl":
            self._state = replace(self._state, place=None, fonts=True)
        elif place is None or word in _SHOWN:
            return
        elif word in _PLACES:
            kind = _PLACES[word]
            self._state = replace(self._state, place=Place(kind), in_table=False)
        elif optional or word in self._destinations:
            self._state = replace(self._state, place=None)

    def _of_font(self, word: str, number: int | None) -> bool:
        if word in _CODE_PAGES:
            self.encoding = _CODE_PAGES[word]
        elif word == "ansicpg" and number:
            self.encoding = _known(f"cp{number}", self.encoding)
        elif word == "deff":
            self._default_font = number
        elif word == "f":
            self._state = replace(self._state, font=number)
        elif word == "fcharset" and self._state.fonts:
            if self._state.font is not None and number not in (None, *_DEFAULT_CHARSETS):
                named = self._charsets.get(number or 0, self.encoding)
                symbols = number == _SYMBOL_CHARSET
                self._fonts[self._state.font] = _SYMBOLS if symbols else _known(named, self.encoding)
        else:
            return False
        return True

    def _of_text(self, word: str, number: int | None) -> bool:
        if word == "plain":
            self._state = replace(self._state, font=self._default_font, hidden=False, deleted=False)
        elif word == "uc":
            self._state = replace(self._state, after_unicode=max(0, min(number or 0, 9)))
        elif word == "v":
            self._state = replace(self._state, hidden=number != 0)
        elif word == "deleted":
            self._state = replace(self._state, deleted=number != 0)
        elif word == "chftn":
            if self._state.place is self._body:
                self._marks += 1
                self._body.line.append(note_mark(self._marks))
        else:
            return False
        return True

    def _of_paragraph(self, word: str) -> None:
        place = self._state.place
        if word in ("pard", "intbl"):
            self._state = replace(self._state, in_table=word == "intbl")
        elif place is None:
            return
        elif word in ("par", "nestcell", "nestrow") or (word == "sect" and place.line):
            if not (self._state.deleted and word == "par"):
                place.end_paragraph(in_table=self._state.in_table)
        elif word == "cell":
            place.end_cell()
        elif word == "row":
            place.end_row()
        elif word == "page":
            self._add("\n")
        elif word in self._signs and word != "sect":
            self._add(self._signs[word])

    def _sign(self, sign: str) -> None:
        self._flush()
        self._skip = 0
        if sign == "*":
            self._optional = True
        elif sign in "\r\n":
            self._of_paragraph("par")
        elif sign in self._signs:
            self._add(self._signs[sign])

    # --- characters

    def _take_bytes(self, content: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(content))
            self._skip, content = self._skip - skipped, content[skipped:]
        if self._state.place is not None:
            self._bytes += content

    def _flush(self) -> None:
        """Make characters of the bytes since the last word of control."""
        if not self._bytes:
            return
        font = self._state.font if self._state.font is not None else self._default_font
        name = self.encoding if font is None else self._fonts.get(font, self.encoding)
        content, self._bytes = bytes(self._bytes), bytearray()
        if name == _SYMBOLS:
            self._add(content.decode(_USUAL, "replace").replace("·", numbers.BULLET))
        else:
            self._add(content.decode(name, "replace"))

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number % 0x10000
        self._skip = self._state.after_unicode
        high, self._high = self._high, None
        if code in _SURROGATES[0]:
            self._high = code
        elif code not in _SURROGATES[1]:
            self._add(chr(code))
        elif high is not None:
            self._add(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))

    def _add(self, text: str) -> None:
        state = self._state
        if state.place is None or not text:
            return
        if state.hidden or state.deleted:
            self._flow.leave_out("deletions" if state.deleted else "hidden_text")
        else:
            state.place.line.append(Piece(text))

    # --- writing

    def write(self) -> None:
        """Write everything: running heads, body, notes, running feet."""
        self._write_running("head")
        for line in self._body.finish():
            self._flow.write(line)
        for at, note in enumerate(self._notes, 1):
            self._flow.write_note(at, note)
        self._write_running("foot")

    def _write_running(self, kind: str) -> None:
        seen: set[Any] = set()
        for lines in self._running[kind]:
            text = "\n".join(map(written, lines)).strip()
            if text and text not in seen:
                seen.add(text)
                for line in lines:
                    self._flow.write(line, "running_head")


def _known(encoding: str, otherwise: str) -> str:
    """Return an encoding of text that Python knows."""
    try:
        return codecs.lookup(encoding).name if codecs.lookup(encoding)._is_text_encoding else otherwise
    except LookupError:
        return otherwise
