"""Reading a text: its tokens, through a view where it is not to be read as it stands.

Three things are seen through, each by edits of a view, so that every offset leads back: what the reader of
the file says is no report, or no end of a line (:func:`passed_over`); how typists and printers write
(:mod:`extractor.pipeline.normalising`); and damage, where the page is damaged
(:mod:`extractor.pipeline.restoring`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.pipeline.restoring.damage import is_damaged
from extractor.pipeline.restoring.edits import edits
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.view import Edit, View

_PARTED = "-‐¬\xad"


class PassedOver(NamedTuple):
    """What the reader of the file says of its text.

    Attributes:
        skipped: Stretches that are no report.
        joins: Line ends inside a paragraph.
    """

    skipped: tuple[tuple[int, int], ...] = ()
    joins: tuple[tuple[int, int], ...] = ()


NOTHING = PassedOver()


def read(text: str, passed: PassedOver = NOTHING) -> Tokens:
    """Return the tokens of a text as it is meant to be read."""
    view = View(text, passed_over(text, passed)) if passed != NOTHING else None
    tokens = Tokens(view.text, view) if view else Tokens(text)
    if not is_damaged(tokens):
        return tokens
    restored = View(view or text, edits(tokens))
    return Tokens(restored.text, restored) if restored.text != tokens.source else tokens


def passed_over(text: str, passed: PassedOver) -> Iterator[Edit]:
    """Yield the edits that leave out what is no report, and read on over the ends of lines."""
    for start, end in _merged(passed.skipped):
        yield Edit(start, end, "")
    for start, end in passed.joins:
        # A parted word keeps hyphen and line end, which the tokens see through; anything else takes a blank.
        parted = start > 0 and text[start - 1] in _PARTED and text[end : end + 1].islower()
        yield Edit(start, end, "\n" if parted else " ")


def _merged(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in order, those that touch as one."""
    begun: tuple[int, int] | None = None
    for start, end in sorted(stretches):
        if begun is not None and start <= begun[1]:
            begun = begun[0], max(begun[1], end)
            continue
        if begun is not None:
            yield begun
        begun = start, end
    if begun is not None:
        yield begun
