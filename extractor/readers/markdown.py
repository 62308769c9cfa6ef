"""Markdown: the text as it stands, in which what is markup is marked as left out.

CommonMark and the tables of GitHub, as far as reports are written in them
(https://spec.commonmark.org, https://github.github.com/gfm). Line by line, without a tree: a mark that stands
where it may be one is left out, and nothing is moved. What may be plain text stays plain text: ``12.`` and
``-`` are how reports count, ``#12`` is a car, and a lone ``*`` is a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.readers.options import Reading
from extractor.readers.source import Skipped, SourceText, Told
from extractor.readers.text import decode

MEDIA_TYPE = "text/markdown"

_HEADING = re.compile(
    r"^ {0,3}(#{1,6}[ \t]+)(?=[^\W\d])([^\n]{0,300}?)([ \t]{1,10}#{1,10})?[ \t]{0,50}\r?$", re.MULTILINE
)
_RULER = re.compile(
    r"^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)
_UNDERLINE = re.compile(r"(?<=\n) {0,3}(?:={3,}|-{3,}|\*{3,}|_{3,})[ \t]*(?:\r?\n|\Z)")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^\n`]{0,40}(?:\n|\Z)", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*\\])(\*\*|__)(?=\S)([^\n*]{1,300}?)(?<=\S)\1(?![\w*])")
_STRONG_IN_WORD = re.compile(r"(\*\*)(?=\S)([^\n*]{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^\n*_]{1,300}?)(?<=[^\s*_])\1(?![\w*_])")
_LINK = re.compile(r"(!?\[)([^\]\[\n]{0,300})(\]\([^()\s]{0,500}(?:\s{1,10}\"[^\"\n]{0,200}\")?\))")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,500}>")
_FRONT = re.compile(r"\A---[ \t]*\r?\n((?:[\w-]{1,40}:[^\n]*\n|[ \t]+[^\n]*\n){1,60}?)---[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"^([\w-]+):[ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", re.MULTILINE)
_FIELDS = {
    "title": "title", "titre": "title", "date": "published_on", "author": "author", "auteur": "author",
    "publisher": "publisher", "lang": "language", "language": "language",
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOKED_AT = 1 << 16
_FEW = 2


def is_markdown(start: str) -> bool:
    """Say whether a text is clearly Markdown: marks of several kinds, or one that nothing else has."""
    start = start[:_LOOKED_AT]
    if _FRONT.match(start) or _is_table(start):
        return True
    links = sum(1 for found in _LINK.finditer(start) if "](http" in found.group())
    kinds = (
        len(_HEADING.findall(start)) >= _FEW,
        len(_STRONG.findall(start)) >= _FEW,
        links > 0,
    )
    return sum(kinds) >= _FEW


def _is_table(start: str) -> bool:
    """Say whether there is a ruler below a row of cells."""
    for ruler in _RULER.finditer(start):
        above = start[: ruler.start()].rstrip("\r\n").rpartition("\n")[2]
        if above.count("|") >= ruler.group().count("|") - 1 > 0:
            return True
    return False


def read(content: bytes, reading: Reading) -> SourceText:
    """Read Markdown; errors as for plain text."""
    text, encoding = decode(content, source=reading.source.name, encoding=reading.options.encoding)
    return read_text(text, reading, encoding=encoding)


def read_text(text: str, reading: Reading, *, encoding: str) -> SourceText:
    """Read Markdown of which the characters are known."""
    return SourceText.of(
        text,
        source=reading.source.name,
        media_type=MEDIA_TYPE,
        encoding=encoding,
        skipped=tuple(Skipped(start, end, "markup") for start, end in _apart(sorted(_marks(text)))),
        told=tuple(_told(text)),
    )


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield what is markup; stretches may overlap."""
    if front := _FRONT.match(text):
        yield front.span()
    for found in _HEADING.finditer(text):
        yield found.span(1)
        if found.group(3):
            yield found.span(3)
    for pattern in (_RULER, _UNDERLINE, _QUOTE, _FENCE, _ADDRESS):
        yield from (found.span() for found in pattern.finditer(text))
    for pattern in (_STRONG, _STRONG_IN_WORD, _EMPHASIS):
        for found in pattern.finditer(text):
            yield found.start(), found.start(2)
            yield found.end(2), found.end()
    for found in _LINK.finditer(text):
        yield found.span(1)
        yield found.span(3)


def _apart(marks: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sorted stretches without their overlaps."""
    at = 0
    for start, end in marks:
        if end > max(start, at):
            yield max(start, at), end
            at = end


def _told(text: str) -> Iterator[Told]:
    """Yield what the lines at the head of the file tell."""
    front = _FRONT.match(text)
    if front is None:
        return
    for name, value in _FIELD.findall(front.group(1)):
        field = _FIELDS.get(name.lower())
        if field is not None and value and (field != "published_on" or _DATE.match(value)):
            yield Told(field, value, f"front matter {name}")
