"""An ALTO file of somebody else's, to which tags are added and nothing else is done.

The file is not written anew: attributes and elements are put between its bytes. Whoever takes them out again
has the file as it was, blanks, quotation marks and comments included.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from extractor.errors import InputError
from extractor.exports.alto.tags import Tag
from extractor.readers.marked import Box, box, number

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OLD = re.compile(r"^$|ccs-gmbh|ns-v1")
_MOST_REASON = 120
_MOST_STRINGS = 3_000_000
_LINES = ("TextBlock", "TextLine")
_BEFORE = ("ReadingOrder", "Layout")


@dataclass(frozen=True, slots=True)
class String:
    """A ``String`` of the file.

    Attributes:
        page: Number of its page in the file, from 1.
        content: What it says.
        box: Its place in the file's unit, ``None`` where it has none. Where no string of a line has one, each
            has its share of the line's, or the block's.
        at: Where its tag begins, in bytes of the file in UTF-8.
    """

    page: int
    content: str
    box: Box | None
    at: int


@dataclass(slots=True)
class AltoFile:
    """An ALTO file, read for tagging.

    Attributes:
        content: It, in UTF-8.
        encoding: What it is in.
        strings: What may be tagged.
        sizes: Width and height of its pages, 0 where it does not say.
        names: The identifiers that are taken.
        tags_at: Where tags go, with which prefix, and whether ``Tags`` is there already.
    """

    content: bytes
    encoding: str
    strings: list[String] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    tags_at: tuple[int, str, bool] | None = None

    @classmethod
    def read(cls, content: bytes, source: str) -> AltoFile:
        """Return a file, read.

        Raises:
            InputError: ``damaged_xml``, ``damaged_text``, ``xml_entities``, ``xml_too_large``,
                ``alto_no_alto`` or ``alto_too_old``.
        """
        encoding = _encoding_of(content)
        try:
            text = content.decode(encoding)
            same = text.encode(encoding) == content
        except (UnicodeError, LookupError) as error:
            position = getattr(error, "start", 0)
            raise InputError("damaged_text", source=source, encoding=encoding, position=position) from error
        if not same:
            raise InputError("damaged_text", source=source, encoding=encoding, position=0)
        file = cls(text.encode("utf-8"), encoding)
        _Reader(file, source).read()
        return file

    def tagged(self, tags: Sequence[Tag], given: Mapping[int, Sequence[int]]) -> bytes:
        """Return the file with tags.

        Args:
            tags: All tags.
            given: The tags, by their place in ``tags``, of each string, by its place in ``strings``.
        """
        used = sorted({one for found in given.values() for one in found})
        if not used or self.tags_at is None:
            return self.content.decode("utf-8").encode(self.encoding)
        names = dict(zip(used, self._new_names(), strict=False))
        insertions = [
            self._reference(self.strings[one], [names[k] for k in found]) for one, found in given.items()
        ]
        insertions += self._definitions([(names[one], tags[one]) for one in used])
        parts, at = [], 0
        for place, length, text in sorted(insertions):
            parts += [self.content[at:place], text]
            at = place + length
        whole = b"".join([*parts, self.content[at:]])
        return whole.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")

    def _new_names(self) -> Iterator[str]:
        for count in itertools.count(1):
            if f"NE{count}" not in self.names:
                yield f"NE{count}"

    def _reference(self, string: String, names: list[str]) -> tuple[int, int, bytes]:
        """Return where to put the references of a string, and what."""
        end = _behind_name(self.content, string.at)
        told = " ".join(names).encode()
        for found in _attributes(self.content, end):
            if found[1] == b"TAGREFS":
                group = 2 if found[2] is not None else 3
                blank = b" " if found[group].strip() else b""
                return found.start(group), 0, told + blank
        return end, 0, b' TAGREFS="' + told + b'"'

    def _definitions(self, tags: list[tuple[str, Tag]]) -> list[tuple[int, int, bytes]]:
        at, prefix, is_there = self.tags_at or (0, "", False)
        told = "".join(f"<{prefix}{tag.element}{_written(tag.attributes(name))}/>" for name, tag in tags)
        if not is_there:
            return [(at, 0, f"<{prefix}Tags>{told}</{prefix}Tags>".encode())]
        end = _behind_name(self.content, at)
        for found in _attributes(self.content, end):
            end = found.end()
        end = self.content.index(b">", end) + 1
        if self.content[end - 2 : end] == b"/>":
            return [(end - 2, 2, f">{told}</{prefix}Tags>".encode())]
        return [(end, 0, told.encode())]


class _Reader:
    """Goes through a file, and notes what tagging needs."""

    def __init__(self, file: AltoFile, source: str) -> None:
        self._file = file
        self._source = source
        self._depth = 0
        self._around: list[Box | None] = []
        self._line = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse_entity

    def read(self) -> None:
        """Read the file."""
        try:
            self._parser.Parse(self._file.content, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)[:_MOST_REASON]
            raise InputError("damaged_xml", source=self._source, line=error.lineno, reason=reason) from error

    def _refuse_entity(self, *_declared: object) -> None:
        raise InputError("xml_entities", source=self._source)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, bare = name.rpartition(":")
        file, at = self._file, self._parser.CurrentByteIndex
        if not self._depth:
            self._check_root(prefix, bare, attributes)
        self._depth += 1
        if identity := attributes.get("ID"):
            file.names.add(identity)
        lead = f"{prefix}:" if prefix else ""
        if self._depth == 2 and bare == "Tags":
            file.tags_at = at, lead, True
        elif self._depth == 2 and bare in _BEFORE and file.tags_at is None:
            file.tags_at = at, lead, False
        elif bare == "Page":
            file.sizes.append(
                (number(attributes.get("WIDTH")) or 0.0, number(attributes.get("HEIGHT")) or 0.0)
            )
        elif bare in _LINES:
            self._around.append(_box(attributes) or (self._around[-1] if self._around else None))
            self._line = len(file.strings)
        elif bare == "String":
            if len(file.strings) >= _MOST_STRINGS:
                raise InputError("xml_too_large", source=self._source, limit=_MOST_STRINGS)
            file.strings.append(String(len(file.sizes), attributes.get("CONTENT", ""), _box(attributes), at))

    def _end(self, name: str) -> None:
        self._depth -= 1
        bare = name.rpartition(":")[2]
        if bare in _LINES and self._around:
            whole, strings = self._around.pop(), self._file.strings
            mine = strings[self._line :]
            if bare == "TextLine" and whole is not None and all(one.box is None for one in mine):
                strings[self._line :] = _shared(mine, whole)

    def _check_root(self, prefix: str, bare: str, attributes: dict[str, str]) -> None:
        if bare != "alto":
            raise InputError("alto_no_alto", source=self._source)
        if _OLD.search(attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")):
            raise InputError("alto_too_old", source=self._source)


def _box(attributes: dict[str, str]) -> Box | None:
    get = attributes.get
    return box(number(get("HPOS")), number(get("VPOS")), number(get("WIDTH")), number(get("HEIGHT")))


def _shared(strings: list[String], whole: Box) -> list[String]:
    """Return the strings of a line with their shares of its box, as the reader of ALTO shares it."""
    letter = whole.w / max(1, sum(len(one.content.strip()) + 1 for one in strings) - 1)
    found, at = [], 0
    for one in strings:
        length = len(one.content.strip())
        found.append(replace(one, box=Box(whole.x + letter * at, whole.y, letter * length, whole.h)))
        at += length + 1
    return found


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def _behind_name(content: bytes, at: int) -> int:
    """Return where the name ends of the tag that begins at a place."""
    found = _NAME.match(content, at)
    return at if found is None else found.end()


def _attributes(content: bytes, at: int) -> Iterator[Any]:
    """Yield the attributes of the tag in which ``at`` stands behind the name."""
    while (found := _ATTRIBUTE.match(content, at)) is not None:
        yield found
        at = found.end()


def _encoding_of(content: bytes) -> str:
    """Return by what name Python knows the encoding; a byte order mark is then a character like others."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\x00?\x00", "utf-16-le"),
        (b"\x00<\x00?", "utf-16-be"),
    ):
        if content.startswith(mark):
            return name
    found = _DECLARED.match(content)
    return found[1].decode() if found else "utf-8"
