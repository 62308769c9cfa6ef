"""Reading a text: its tokens, through a view where it is not to be read as it stands.

Three things are seen through, each by edits of a view, so that every offset leads back: what the reader of
the file says is no report, or no end of a line (:func:`passed_over`); how typists and printers write
(:mod:`extractor.pipeline.normalising`); and damage, where the page is damaged
(:mod:`extractor.pipeline.restoring`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.pipeline.normalising.edits import normalised
from extractor.pipeline.normalising.parted import HYPHENS, Hyphens
from extractor.pipeline.restoring.damage import is_damaged
from extractor.pipeline.restoring.edits import edits
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.view import Edit, View

_CONTEXT = 40  # characters beside a line end that hold the pieces of a word


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
    source = normalised(View(text, passed_over(text, passed)) if passed != NOTHING else text)
    tokens = Tokens(source) if isinstance(source, str) else Tokens(source.text, source)
    if not is_damaged(tokens):
        return tokens
    restored = View(source, edits(tokens))
    return Tokens(restored.text, restored, restored=True) if restored.text != tokens.source else tokens


def passed_over(text: str, passed: PassedOver) -> Iterator[Edit]:
    """Yield the edits that leave out what is no report, and read on over the ends of lines."""
    skipped = list(_merged(passed.skipped))
    for start, end in skipped:
        yield Edit(start, end, "")
    hyphens = Hyphens(text)
    for start, end in passed.joins:
        before, behind = _seen_before(skipped, start), _seen_behind(skipped, end)
        last = len(text[max(0, before - _CONTEXT) : before].rstrip()) + max(0, before - _CONTEXT)
        hyphen = text[last - 1 : last]
        if hyphen == "" or hyphen not in HYPHENS or not text[last - 2 : last - 1].isalnum():
            yield Edit(start, end, " ")
            continue
        # The word may go on behind a running head: what stands between is left out by itself.
        yield Edit(start, end, "")
        head, tail = text[max(0, last - 1 - _CONTEXT) : last - 1], text[behind : behind + _CONTEXT]
        yield Edit(last if hyphens.stays(hyphen, head, tail) else last - 1, before, "")


def _seen_before(skipped: list[tuple[int, int]], offset: int) -> int:
    """Return the end of what is seen before an offset."""
    for start, end in reversed(skipped[: bisect_left(skipped, (offset, 0))]):
        if end < offset:
            break
        offset = start
    return offset


def _seen_behind(skipped: list[tuple[int, int]], offset: int) -> int:
    """Return the beginning of what is seen behind an offset."""
    for start, end in skipped[bisect_left(skipped, (offset, 0)) :]:
        if start > offset:
            break
        offset = end
    return offset


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
