"""Paragraphs of a document that has no pages of its own, written down one per line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.errors import InputError
from extractor.limits import MAX_BYTES
from extractor.readers.options import Reading
from extractor.readers.source import Skipped, Unread

BETWEEN_CELLS = " | "
WITHIN_CELL = " / "
_LONG_CELL = 120  # code points: a cell of several paragraphs that is longer holds columns of text, no table
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Piece(NamedTuple):
    """Text within a paragraph, and why it is no part of the report, where it is none."""

    text: str
    skip: str | None = None


Line = list[Piece]


def written(line: Line) -> str:
    """Return the text of a paragraph."""
    return "".join(piece.text for piece in line)


def note_mark(number: int) -> Piece:
    """Return the mark of a footnote, which is no part of the word before it."""
    return Piece(str(number).translate(_SUPERSCRIPT), "note_mark")


def one_line(line: Line) -> Line:
    """Return a paragraph without line ends in it."""
    return [Piece(piece.text.replace("\n", WITHIN_CELL), piece.skip) for piece in line]


def row(cells: list[list[Line]]) -> list[Line]:
    """Return a row of a table as one line; as the paragraphs of its cells where they hold columns."""
    if len(cells) == 1 or any(_is_column(cell) for cell in cells):
        return [line for cell in cells for line in cell]
    joined: Line = []
    for at, cell in enumerate(cells):
        joined += [Piece(BETWEEN_CELLS)] * bool(at)
        joined += _in_one(cell)
    return [_without_end(joined)]


@dataclass(slots=True)
class Place:
    """Where text goes: the body, a running head, a note, a text box, the number of a list.

    Attributes:
        kind: Which of these.
        lines: The paragraphs that are complete.
        line: The one that is not.
        cell: The paragraphs of the table's cell that is not.
        cells: The cells of the row that is not.
        boxes: What stands in text boxes of the paragraph.
    """

    kind: str
    lines: list[Line] = field(default_factory=list)
    line: Line = field(default_factory=list)
    cell: list[Line] = field(default_factory=list)
    cells: list[list[Line]] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)

    def end_paragraph(self, *, in_table: bool) -> None:
        """End a paragraph, in a cell or outside of tables."""
        if not in_table:
            self.end_row()
        (self.cell if in_table else self.lines).append(self.line)
        self.line = []
        self._put_boxes(self.cell if in_table else self.lines)

    def end_cell(self) -> None:
        """End a cell."""
        self.cell.append(self.line)
        self.line = []
        self._put_boxes(self.cell)
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """End a row."""
        if self.cell:
            self.cells.append(self.cell)
        if self.cells:
            self.lines += row(self.cells)
        self.cell, self.cells = [], []

    def finish(self) -> list[Line]:
        """Return all lines; the last paragraph may have no end."""
        if self.line:
            self.end_paragraph(in_table=bool(self.cells or self.cell))
        self.end_row()
        self._put_boxes(self.lines)
        return self.lines

    def _put_boxes(self, lines: list[Line]) -> None:
        lines += self.boxes
        self.boxes = []


class Flow:
    """A text that grows paragraph by paragraph.

    Attributes:
        unread: What of the document is not in the text.
    """

    def __init__(self, reading: Reading) -> None:
        self._source = reading.source.name
        self._limit = max(MAX_BYTES, reading.options.max_bytes or 0)
        self._pieces: list[str] = []
        self._length = 0
        self._skipped: list[Skipped] = []
        self.unread: list[Unread] = []

    def write(self, line: Line, skip: str | None = None) -> None:
        """Add a paragraph.

        Args:
            line: Its text.
            skip: Why all of it is no part of the report, where it is none.

        Raises:
            InputError: ``too_large``.
        """
        start = self._length
        for piece in line:
            if piece.text and piece.skip and not skip:
                self._skip(self._length, self._length + len(piece.text), piece.skip)
            self._add(piece.text)
        self._add("\n")
        if skip:
            self._skip(start, self._length, skip)

    def write_note(self, number: int, lines: list[Line]) -> None:
        """Add a note behind the text, with its mark."""
        for at, line in enumerate(lines):
            if at == 0:
                while line and not line[0].text.strip():
                    line = line[1:]  # a tab behind the mark
                line = [note_mark(number), Piece(" ", "note_mark"), *line]
            self.write(line)

    def leave_out(self, reason: str, part: str | None = None) -> None:
        """Note, once, that something of the document is not in the text."""
        unread = Unread(reason, part=part)
        if unread not in self.unread:
            self.unread.append(unread)

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._pieces)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What of it is no part of the report."""
        return tuple(self._skipped)

    def _skip(self, start: int, end: int, reason: str) -> None:
        last = self._skipped[-1] if self._skipped else None
        if last is not None and (last.end, last.reason) == (start, reason):
            self._skipped[-1] = Skipped(last.start, end, reason)
        else:
            self._skipped.append(Skipped(start, end, reason))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > self._limit:
            raise InputError("too_large", source=self._source, limit=f"{self._limit:_}".replace("_", " "))


def _is_column(cell: list[Line]) -> bool:
    texts = [text for line in cell if (text := written(line).strip())]
    return len(texts) > 1 and sum(map(len, texts)) > _LONG_CELL


def _in_one(cell: list[Line]) -> Line:
    joined: Line = []
    for line in cell:
        if written(line).strip():
            joined += [Piece(WITHIN_CELL)] * bool(joined)
            joined += one_line(line)
    return joined


def _without_end(row: Line) -> Line:
    """Return a row without the empty cells at its end."""
    if not written(row).strip(" |"):
        return []
    while not row[-1].text.strip(" |"):
        row.pop()
    return row
