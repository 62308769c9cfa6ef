r"""Marks and labels written into a text: the inverse of :func:`extractor.corpus.markup.read_marks`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from extractor.corpus.evidence import occurrences
from extractor.corpus.markup import NOBODY, Mark, Range

_ESCAPED = re.compile(r"[\[\]<>|\\]")
_FENCE = re.compile(r"^\+\+\+[^\S\n]*$", re.MULTILINE)
_SIGNS = {"name": "", "nominal": "~", "pronoun": "="}


class NotInMarkupError(ValueError):
    """Something that the notation cannot say.

    Attributes:
        code: ``crossing_marks``, ``quote_mark``, ``no_driver``, ``measure``, ``surrogate``.
        about: What it concerns: words of the text, or an id.
    """

    def __init__(self, code: str, about: str) -> None:
        super().__init__(code, about)
        self.code, self.about = code, about


def written(text: str, marks: Sequence[Mark], labels: Mapping[str, Range]) -> str:
    """Return a text with its marks and labels in it.

    Args:
        text: The bare text.
        marks: In any order; equal stretches of one form become one mark with several keys.
        labels: Stretches by name; they may overlap.

    Raises:
        NotInMarkupError: Two marks cross.
    """
    placed = _joined([*marks, *_fences(text)])
    _require_nested(placed, text)
    closing: dict[int, list[str]] = {}
    opening: dict[int, list[str]] = {}
    for label, (start, end) in labels.items():
        closing.setdefault(end, []).append(f"</{label}>")
        opening.setdefault(start, []).append(f"<{label}>")
    for mark in sorted(placed, key=lambda one: (-one.start, one.end)):  # inner marks close first
        sign = "+".join(mark.keys) + _SIGNS[mark.form] if mark.keys else NOBODY
        closing.setdefault(mark.end, []).append(f"|{sign}]]")
    for mark in placed:
        opening.setdefault(mark.start, []).append("[[")
    pieces, done = [], 0
    for place in sorted(closing.keys() | opening.keys()):
        pieces += [_escaped(text[done:place]), *closing.get(place, ()), *opening.get(place, ())]
        done = place
    return "".join([*pieces, _escaped(text[done:])])


def nobody(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Return marks for the names that stand somewhere without meaning anybody there.

    A name that is marked once is to be marked everywhere; where the record has no mention, it means somebody
    else, or nobody.
    """
    taken = [(mark.start, mark.end) for mark in marks]
    names = {text[mark.start : mark.end] for mark in marks if mark.form == "name" and mark.keys}
    found: list[Mark] = []
    for name in sorted(names, key=lambda one: (-len(one), one)):
        for start, end in occurrences(text, name) if len(name) > 2 else ():
            inside = any(a <= start and end <= b for a, b in taken)
            crossing = any(a < start < b < end or start < a < end < b for a, b in taken)
            if not inside and not crossing:
                found.append(Mark(start, end, (), "name"))
                taken.append((start, end))
    return found


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in the order in which they open, those of one stretch and form made one."""
    keys: dict[tuple[int, int, str], dict[str, None]] = {}
    for mark in marks:
        keys.setdefault((mark.start, mark.end, mark.form), {}).update(dict.fromkeys(mark.keys))
    made = [
        Mark(start, end, tuple(named), form)  # type: ignore[arg-type]
        for (start, end, form), named in keys.items()
    ]
    return sorted(made, key=lambda mark: (mark.start, -mark.end))


def _require_nested(marks: Sequence[Mark], text: str) -> None:
    """Ask that of two marks either none touches the other or one holds the other."""
    open_ends: list[int] = []
    for mark in marks:
        while open_ends and open_ends[-1] <= mark.start:
            open_ends.pop()
        if open_ends and mark.end > open_ends[-1]:
            raise NotInMarkupError("crossing_marks", text[mark.start : mark.end])
        open_ends.append(mark.end)


def _fences(text: str) -> list[Mark]:
    """Return marks for lines of the text that would part the report file."""
    return [Mark(match.start(), match.start() + 3, (), "name") for match in _FENCE.finditer(text)]


def _escaped(piece: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", piece)
