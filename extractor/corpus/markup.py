r"""Inline marks: from a marked text to the bare text and the spans that the marks mean.

    [[Aurélien Lorieux|lorieux]]     names the person or team ``lorieux``
    [[le poleman|lorieux~]]          refers to it otherwise (nominal)
    [[ce dernier|lorieux=]]          is a pronoun for it
    [[Martin|jmartin+pmartin]]       names both
    [[Paul Orsoni|-]]                names somebody who is no driver and no team
    <a> ... </a>                     a stretch of text called ``a``, for evidence; stretches may overlap, and
                                     several may have one name
    \[  \]  \<  \|                       the characters themselves

Marks may be nested: ``[[le pilote [[Écurie X|x]]|lorieux~]]``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.corpus.problems import MarkupError
from extractor.record import MentionForm

Range = tuple[int, int]

NOBODY = "-"
_FORMS: dict[str, MentionForm] = {"": "name", "~": "nominal", "=": "pronoun"}
_SIGN = re.compile(
    r"\\(?P<plain>[\[\]<>|\\])|(?P<opens>\[\[)|\|(?P<keys>[^\]\[|<>\n]*)\]\]|</(?P<ends>[a-z]\w*)>|<(?P<starts>[a-z]\w*)>"
)
_KEYS = re.compile(r"^(?P<keys>[a-z][\w-]*(?:\+[a-z][\w-]*)*)(?P<form>[~=]?)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that refers to persons or teams; ``keys`` is empty where it names somebody else."""

    start: int
    end: int
    keys: tuple[str, ...]
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Marked:
    """A bare text and what its marks say. Offsets are code points, ranges half-open."""

    text: str
    marks: tuple[Mark, ...] = ()
    labels: dict[str, tuple[Range, ...]] = field(default_factory=dict)

    def of(self, key: str) -> list[Mark]:
        """Return the marks of one person or team, in the order of the text."""
        return [mark for mark in self.marks if key in mark.keys]

    def moved(self, text: str, offsets: Sequence[int]) -> Marked:
        """Return the same marks over another version of the text.

        Args:
            text: The other version.
            offsets: For every offset of this text, its end included, the offset in the other.
        """
        return Marked(
            text,
            tuple(Mark(offsets[m.start], offsets[m.end], m.keys, m.form) for m in self.marks),
            {
                label: tuple((offsets[start], offsets[end]) for start, end in ranges)
                for label, ranges in self.labels.items()
            },
        )


def read_marks(source: str, first_line: int = 1) -> Marked:
    """Take the marks out of a marked text.

    Args:
        source: The marked text.
        first_line: Its first line's number in the file, for errors.

    Raises:
        MarkupError: A mark is not closed, not opened, or its key is malformed.
    """
    return _Reader(source, first_line).read()


class _Reader:
    def __init__(self, source: str, first_line: int) -> None:
        self.source, self.first_line = source, first_line
        self.pieces: list[str] = []
        self.length = 0
        self.open_marks: list[tuple[int, int]] = []
        self.open_labels: dict[str, tuple[int, int]] = {}
        self.marks: list[Mark] = []
        self.labels: dict[str, list[Range]] = {}

    def read(self) -> Marked:
        done = 0
        for sign in _SIGN.finditer(self.source):
            self._add(self.source[done : sign.start()])
            done = sign.end()
            if sign["plain"]:
                self._add(sign["plain"])
            elif sign["opens"]:
                self.open_marks.append((self.length, sign.start()))
            elif sign["keys"] is not None:
                self._close(sign["keys"].strip(), sign.start())
            elif sign["starts"]:
                self._start(sign["starts"], sign.start())
            else:
                self._end(sign["ends"], sign.start())
        self._add(self.source[done:])
        for _, place in self.open_marks:
            raise MarkupError("mark_not_closed", self._line(place), near=self.source[place : place + 40])
        for label, (_, place) in self.open_labels.items():
            raise MarkupError("label_not_closed", self._line(place), label=label)
        marks = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        return Marked("".join(self.pieces), tuple(marks), {k: tuple(v) for k, v in self.labels.items()})

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _line(self, place: int) -> int:
        return self.first_line + self.source.count("\n", 0, place)

    def _close(self, written: str, place: int) -> None:
        if not self.open_marks:
            raise MarkupError("mark_not_opened", self._line(place), near=written)
        start, _ = self.open_marks.pop()
        keys = _KEYS.match(written)
        if keys is None and written != NOBODY:
            raise MarkupError("bad_key", self._line(place), key=written)
        if start == self.length:
            raise MarkupError("empty_mark", self._line(place), key=written)
        named = tuple(keys["keys"].split("+")) if keys else ()
        self.marks.append(Mark(start, self.length, named, _FORMS[keys["form"] if keys else ""]))

    def _start(self, label: str, place: int) -> None:
        if label in self.open_labels:
            raise MarkupError("label_opened_twice", self._line(place), label=label)
        self.open_labels[label] = (self.length, place)

    def _end(self, label: str, place: int) -> None:
        if label not in self.open_labels:
            raise MarkupError("label_not_opened", self._line(place), label=label)
        start, _ = self.open_labels.pop(label)
        if start == self.length:
            raise MarkupError("empty_label", self._line(place), label=label)
        self.labels.setdefault(label, []).append((start, self.length))
