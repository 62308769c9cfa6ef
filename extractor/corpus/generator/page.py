"""The page as it is written: text, marks and facts grow together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractor.corpus.draft import Draft
from extractor.corpus.markup import Mark, Marked, Range
from extractor.record import MentionForm


@dataclass(frozen=True, slots=True)
class Name:
    """Words that refer to somebody; ``keys`` is empty where it is nobody who competes."""

    keys: tuple[str, ...]
    form: MentionForm
    inner: tuple[Piece, ...]


Piece = str | Name


def words_of(pieces: tuple[Piece, ...]) -> str:
    """Return the bare words of pieces."""
    return "".join(piece if isinstance(piece, str) else words_of(piece.inner) for piece in pieces)


@dataclass(slots=True)
class Page:
    """Text being written.

    Attributes:
        shape: What is done to all words, such as ``str.upper``; it must not change their length.
    """

    shape: Callable[[str], str] | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    capital: bool = False
    last: str = "\n"

    def add(self, *pieces: Piece) -> Range:
        """Write pieces and return where they stand."""
        start = self.length
        for piece in pieces:
            if isinstance(piece, str):
                self._write(piece)
            else:
                begin = self.length
                self.add(*piece.inner)
                self.marks.append(Mark(begin, self.length, piece.keys, piece.form))
        return start, self.length

    def _write(self, text: str) -> None:
        if not text:
            return
        if self.capital:
            place = next((i for i, c in enumerate(text) if c.isalnum()), None)
            if place is not None:
                text = text[:place] + text[place].upper() + text[place + 1 :]
                self.capital = False
        if self.shape is not None:
            text = self.shape(text)
        self.pieces.append(text)
        self.length += len(text)
        self.last = text[-1]

    def text(self) -> str:
        """Return all that has been written."""
        return "".join(self.pieces)

    def stop(self, mark: str = ".") -> None:
        """End a sentence."""
        if self.last not in ".!?…":
            self.add(mark)

    def begin(self) -> None:
        """Begin a sentence: a blank where one ended, and a capital."""
        if self.last not in "\n ":
            self.add(" ")
        self.capital = True

    def line(self, blank: bool = False) -> None:
        """Begin a new line, after an empty one if asked."""
        self.capital = False
        if self.length:
            ready = 2 if "".join(self.pieces[-2:])[-2:] == "\n\n" else 1 if self.last == "\n" else 0
            self.add("\n" * max((2 if blank else 1) - ready, 0))

    def draft(self) -> Draft:
        """Return a draft without facts over the text."""
        text = self.text().rstrip("\n")
        marks = tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end)))
        return Draft(Marked(text, marks))
