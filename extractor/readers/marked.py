"""What readers of marked-up pages share (ALTO, PAGE, hOCR, METS): boxes, words, and the way to a text.

Producers of such files are many, and few keep to the letter of the specifications: numbers are none, boxes
are missing or lie outside the page, a word is a whole line. What has no place gets no box.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.errors import InputError
from extractor.readers.options import Reading
from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage, PrintedWord, assemble
from extractor.readers.source import Ocr, SourceText, Told, Unread

_FARTHEST = 1e7
"""Coordinates beyond this are none."""

HYPHENS = "-‐‑¬\xad"
"""With what printers part words at the end of a line."""


class Box(NamedTuple):
    """A rectangle on a page, from the upper left, in the page's unit."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h


_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


class Piece(NamedTuple):
    """A stretch of a line as the source marks it, often a word.

    Attributes:
        text: As it stands there.
        box: Where, if the source says.
        confidence: From 0 to 1, if the source says.
    """

    text: str
    box: Box | None
    confidence: float | None = None


class Named(NamedTuple):
    """A block and what the source calls it.

    Attributes:
        block: The block.
        ids: Its identifiers, then those of what it is part of, then those of its lines.
    """

    block: PrintedBlock
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Layout:
    """What a file of marked-up pages holds.

    Attributes:
        pages: The pages, numbered from 1.
        ids: For each page, for each of its blocks, what the source calls it.
        unread: Pages without text, and why.
        told: What the file says of the document.
        ocr: How the text was recognised.
        languages: How many letters are said to be in which language.
    """

    pages: list[PrintedPage] = field(default_factory=list)
    ids: list[list[tuple[str, ...]]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    ocr: Ocr | None = None
    languages: Counter[str] = field(default_factory=Counter)

    def add(self, page: PrintedPage, named: Iterable[Named]) -> None:
        """Add a page with its blocks; one without words is unread."""
        kept = []
        for one in named:
            one.block.lines = [line for line in one.block.lines if line.words]
            if one.block.lines:
                kept.append(one)
        page.blocks = [one.block for one in kept]
        _fit(page)
        self.pages.append(page)
        self.ids.append([one.ids for one in kept])
        if not kept:
            self.unread.append(Unread("blank_page", page.number))


def source_text(layout: Layout, reading: Reading, media_type: str) -> SourceText:
    """Return the text of the pages; words without a place on the page have none in it either."""
    if not layout.pages and not layout.unread:
        layout.unread.append(Unread("blank_page"))
    made = assemble(layout.pages)
    return SourceText.of(
        made.text,
        source=reading.source.name,
        media_type=media_type,
        pages=made.pages,
        words=tuple(word for word in made.words if word.w > 0 and word.h > 0),
        skipped=made.skipped,
        joins=made.joins,
        unread=tuple(layout.unread),
        told=tuple(layout.told),
        ocr=layout.ocr,
    )


def pages_until_damage(layout: Layout, pages: Iterator[None]) -> None:
    """Let ``pages`` fill the layout; where the file breaks off behind a whole page, the next one is unread.

    Raises:
        InputError: The file is damaged before its first page is complete.
    """
    try:
        for _ in pages:
            pass
    except InputError:
        if not layout.pages:
            raise
        layout.unread.append(Unread("unreadable_page", len(layout.pages) + 1))


def number(text: str | None) -> float | None:
    """Return a coordinate, ``None`` where it is none."""
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if -_FARTHEST < value < _FARTHEST else None


def box(x: float | None, y: float | None, w: float | None, h: float | None) -> Box | None:
    """Return a box, ``None`` where a side is missing or nothing is within."""
    if x is None or y is None or w is None or h is None:
        return None
    if x < 0 or y < 0:
        x, y, w, h = max(x, 0.0), max(y, 0.0), w + min(x, 0.0), h + min(y, 0.0)
    return Box(x, y, w, h) if w > 0 and h > 0 else None


def around(boxes: Iterable[Box | None]) -> Box | None:
    """Return the box around all boxes that there are."""
    known = [one for one in boxes if one is not None]
    if not known:
        return None
    left, top = min(one.x for one in known), min(one.y for one in known)
    return Box(left, top, max(one.right for one in known) - left, max(one.bottom for one in known) - top)


def confidence(text: str | None, *, of: float = 1.0) -> float | None:
    """Return a confidence from 0 to 1; ``of`` is the highest, which some producers take for 100."""
    value = number(text)
    if value is None or value < 0:
        return None
    if value > of:
        of = 100.0
    return value / of if value <= of else None


def line_of(pieces: Sequence[Piece], within: Box | None = None, text: str | None = None) -> PrintedLine:
    """Return a line of words.

    Args:
        pieces: What the source marks, from left to right.
        within: The line's box, or the block's: shared among words that have none.
        text: The line's text, where the source has it beside or around the pieces: it says what the words are
            and where blanks are. Where it is missing, each piece has its own words.
    """
    pieces = [piece for piece in pieces if piece.text.strip()]
    if text is not None:
        pieces = _along(text.split(), pieces, within)
    if within is not None and pieces and all(piece.box is None for piece in pieces):
        pieces = _share(within, pieces)
    words: list[PrintedWord] = []
    for piece in pieces:
        parts = piece.text.split()
        if len(parts) == 1 and piece.box is not None:
            words.append(PrintedWord(parts[0], *piece.box, piece.confidence))
            continue
        split = [Piece(part, None, piece.confidence) for part in parts]
        if piece.box is not None:
            split = _share(piece.box, split)
        words += (PrintedWord(one.text, *(one.box or _NOWHERE), one.confidence) for one in split)
    return PrintedLine(_beside_others(words) if any(word.w <= 0 for word in words) else words)


def _share(whole: Box, pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces that share a box by their letters, a blank between them."""
    letter = whole.w / max(1, sum(len(piece.text) + 1 for piece in pieces) - 1)
    shared, at = [], 0
    for piece in pieces:
        length = len(piece.text)
        shared.append(piece._replace(box=Box(whole.x + letter * at, whole.y, letter * length, whole.h)))
        at += length + 1
    return shared


def _along(tokens: list[str], pieces: Sequence[Piece], within: Box | None) -> list[Piece]:
    """Return the words of a text with the boxes of the pieces that they are made of."""
    bare = [piece._replace(text="".join(piece.text.split())) for piece in pieces]
    if "".join(tokens) == "".join(piece.text for piece in bare):
        return _by_letters(tokens, bare)
    if len(tokens) == len(bare):
        return [piece._replace(text=token) for token, piece in zip(tokens, bare, strict=True)]
    told = [piece.confidence for piece in bare if piece.confidence is not None]
    mean = sum(told) / len(told) if told else None
    words = [Piece(token, None, mean) for token in tokens]
    whole = within or around(piece.box for piece in bare)
    return _share(whole, words) if whole is not None and words else words


def _by_letters(tokens: list[str], pieces: Sequence[Piece]) -> list[Piece]:
    """Return words made of the very letters of the pieces."""
    words = []
    k = at = 0
    for token in tokens:
        parts, needed = [], len(token)
        while needed:
            piece = pieces[k]
            end = min(len(piece.text), at + needed)
            parts.append(_part(piece, at, end))
            needed -= end - at
            k, at = (k + 1, 0) if end == len(piece.text) else (k, end)
        words.append(together(parts))
    return words


def _part(piece: Piece, start: int, end: int) -> Piece:
    """Return some letters of a piece, with their share of its width."""
    if piece.box is None or (start, end) == (0, len(piece.text)):
        return piece._replace(text=piece.text[start:end])
    letter = piece.box.w / len(piece.text)
    where = piece.box._replace(x=piece.box.x + letter * start, w=letter * (end - start))
    return piece._replace(text=piece.text[start:end], box=where)


def together(pieces: Sequence[Piece]) -> Piece:
    """Return pieces as one, as sure as its letters are on the whole."""
    if len(pieces) == 1:
        return pieces[0]
    told = [(piece.confidence, len(piece.text)) for piece in pieces if piece.confidence is not None]
    letters = sum(length for _, length in told)
    mean = sum(one * length for one, length in told) / letters if letters else None
    return Piece("".join(piece.text for piece in pieces), around(piece.box for piece in pieces), mean)


def _beside_others(words: list[PrintedWord]) -> list[PrintedWord]:
    """Return words of which those without a place stand, without width, where the last one ends."""
    placed = next((word for word in words if word.w > 0), None)
    if placed is None:
        return words
    x, y, h = placed.x, placed.y, placed.h
    found = []
    for word in words:
        if word.w > 0:
            x, y, h = word.x + word.w, word.y, word.h
        else:
            word = word._replace(x=x, y=y, h=h)
        found.append(word)
    return found


def in_lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces that no line holds, line by line: a new one begins where they go back to the left."""
    line: list[Piece] = []
    last: Box | None = None
    for piece in pieces:
        if last is not None and piece.box is not None and piece.box.x < last.x:
            yield line
            line = []
        line.append(piece)
        last = piece.box or last
    if line:
        yield line


def file_name(path: str | None) -> str | None:
    """Return the last part of a path in the style of any system."""
    return re.split(r"[/\\]", path.strip())[-1] or None if path else None


def engine(text: str | None, version: str | None = None, **more: str | None) -> Ocr | None:
    """Return what a text such as ``tesseract 5.3.0`` says of the recognition."""
    name = " ".join((text or "").split())
    if not name:
        return None
    version = " ".join((version or "").split()) or None
    if version is None and (match := _VERSIONED.fullmatch(name)):
        name, version = match.groups()
    return Ocr(name[:100], version and version[:100], more.get("language"))


_VERSIONED = re.compile(r"(.*?[^\W\d_].*?)[\s/_:,-]+v?(\d[\w.+-]*)")


def skip_reason(*labels: str | None) -> str | None:
    """Return why a part so labelled is no report, ``None`` where it may be some."""
    for label in labels:
        word = _NOT_A_LETTER.sub("", (label or "").partition(":")[0].casefold())
        if word in _REASONS:
            return _REASONS[word]
    return None


_NOT_A_LETTER = re.compile(r"[\W\d_]+")
# As PAGE, ALTO's producers and the vocabulary SegmOnto call the parts of a page.
_REASONS: dict[str, str] = {
    name: reason
    for reason, names in {
        "running_head": "header footer runninghead runningheader runningtitle runningtitlezone pageheader "
        "pagefooter titrecourant entête entete pieddepage",
        "page_number": "pagenumber pageno pagination numberingzone folio numérodepage",
        "advert": "advert advertisement advertising ad publicité publicite annoncepublicitaire réclame",
        "illustration": "illustration figure graphic graphiczone image picture",
        "page_mark": "signaturemark catchword quiremarkszone",
        "stamp": "stamp stampzone cachet tampon",
        "noise": "noise artefact digitizationartefactzone damagezone",
    }.items()
    for name in names.split()
}


def _fit(page: PrintedPage) -> None:
    """Give a page that does not say its size that of what stands on it."""
    lines = [line for block in page.blocks for line in block.lines]
    if page.width <= 0:
        page.width = max((line.right for line in lines), default=0.0)
    if page.height <= 0:
        page.height = max((line.bottom for line in lines), default=0.0)
