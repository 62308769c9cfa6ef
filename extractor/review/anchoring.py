"""Corrections of the text, and where spans stand after one.

Offsets count code points. A correction replaces ``old``, which stands from ``start`` to ``end``, by
``new``. A span

- that ends before the correction stays, one that begins after it moves;
- that contains the whole correction grows or shrinks with it;
- that shares a part with it is aligned with what was written, character by character. Where too little of it
  is left there (:data:`_KEPT`), it has no place any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

from extractor.record import Span

AnySpan = TypeVar("AnySpan", bound=Span)
Range = tuple[int, int]

_KEPT = 1 / 3  # of a span's characters, for it to be the same words after a correction that goes across it
# What is longer is a new text: aligning costs up to the square of the length, whoever sends it.
_MOST_WORDS = 4_000
_LONGEST_RUN = 150  # code points that are aligned letter by letter


@dataclass(frozen=True, slots=True)
class Correction:
    """Text replaced by other text, in the text as it stands before."""

    start: int
    end: int
    old: str
    new: str

    @property
    def shift(self) -> int:
        """By how many code points what comes after moves."""
        return len(self.new) - len(self.old)

    @property
    def inverse(self) -> Correction:
        """The correction that takes this one back."""
        return Correction(self.start, self.start + len(self.new), self.new, self.old)

    def applies_to(self, text: str) -> bool:
        """Tell whether what it corrects stands in the text."""
        return 0 <= self.start <= self.end <= len(text) and text[self.start : self.end] == self.old

    def apply(self, text: str) -> str:
        """Return the text corrected."""
        return text[: self.start] + self.new + text[self.end :]

    def moved(self, start: int, end: int) -> Range | None:
        """Return where a stretch of text stands after the correction, ``None`` if nowhere any more."""
        if end <= self.start and not (start == end == self.start):
            return start, end
        if start >= self.end:
            return start + self.shift, end + self.shift
        if start <= self.start and end >= self.end:
            return (start, end + self.shift) if end + self.shift > start else None
        return self._aligned(start, end)

    def _aligned(self, start: int, end: int) -> Range | None:
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        outside = (end - start) - (last - first)
        found = _matched(self.old, self.new, first, last)
        kept = outside + found.kept
        if kept < _KEPT * (end - start):
            return None
        low = start if start < self.start else self.start + found.low
        high = end + self.shift if end > self.end else self.start + found.high
        return (low, high) if low < high else None


@dataclass(frozen=True, slots=True)
class _Matched:
    """What of some old words is in the new ones: from ``low`` to ``high``, and how much of it was kept."""

    low: int
    high: int
    kept: int


Operation = tuple[str, int, int, int, int]


@lru_cache(maxsize=256)
def _operations(old: str, new: str) -> tuple[Operation, ...]:
    """Return what leads from some words to others, as difflib's opcodes: by words, then letter by letter."""
    olds, news = _words(old), _words(new)
    if max(len(olds), len(news)) > _MOST_WORDS:
        return (("replace", 0, len(old), 0, len(new)),)
    a, b = _offsets(olds), _offsets(news)
    found: list[Operation] = []
    for kind, i, k, m, n in SequenceMatcher(None, olds, news).get_opcodes():
        if kind == "replace" and max(a[k] - a[i], b[n] - b[m]) <= _LONGEST_RUN:
            found += _letters(old[a[i] : a[k]], new[b[m] : b[n]], a[i], b[m])
        else:
            found.append((kind, a[i], a[k], b[m], b[n]))
    return tuple(found)


def _letters(old: str, new: str, a: int, b: int) -> list[Operation]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(kind, i + a, k + a, m + b, n + b) for kind, i, k, m, n in codes]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+\s*|\s+|[^\w\s]\s*", text)


def _offsets(words: list[str]) -> list[int]:
    return list(accumulate(map(len, words), initial=0))


def _matched(old: str, new: str, first: int, last: int) -> _Matched:
    """Find old[first:last] in the new words: equal runs count, and runs that were replaced inside it."""
    low, high, kept = len(new), 0, 0
    at_start, at_end = first == 0, last == len(old)
    for kind, a, b, c, d in _operations(old, new):
        inside = first <= a and b <= last
        if kind == "equal" and a < last and b > first:
            begin, stop = max(a, first), min(b, last)
            low, high = min(low, c + begin - a), max(high, c + stop - a)
            kept += stop - begin
        elif kind == "replace" and inside:
            low, high = min(low, c), max(high, d)
            kept += min(b - a, d - c)
    # A span over the edge of the correction takes what was written at that edge.
    return _Matched(0 if at_start and kept else low, len(new) if at_end and kept else high, kept)


def moved_through(corrections: Iterable[Correction], start: int, end: int) -> Range | None:
    """Return where a stretch of text stands after several corrections, one after the other."""
    place: Range | None = (start, end)
    for correction in corrections:
        if place is None:
            return None
        place = correction.moved(*place)
    return place


def between(made_on: tuple[Correction, ...], now: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """Return the corrections that lead from one state of a text to another one of the same text.

    Args:
        made_on: Those that had been made in the first.
        now: Those that have been made in the second.
    """
    same = 0
    while same < min(len(made_on), len(now)) and made_on[same] == now[same]:
        same += 1
    back = tuple(correction.inverse for correction in reversed(made_on[same:]))
    return back + now[same:]


def reanchored(span: AnySpan, correction: Correction, text: str) -> AnySpan | None:
    """Return a span in the corrected text; page and boxes stay what they are.

    Args:
        span: In the text before.
        correction: What changed.
        text: The text after.

    Returns:
        The very same object where it stays; ``None`` where it has no place any more.
    """
    place = correction.moved(span.start, span.end)
    if place is None:
        return None
    start, end = _whole_words(span, correction, *place)
    words = text[start:end]
    if (start, end) == (span.start, span.end) and words == span.text:
        return span
    if not words.strip() and span.text.strip():
        return None
    if words != span.text and span.text == span.text.strip():
        start += len(words) - len(words.lstrip())
        words = words.strip()
    return span.model_copy(update={"start": start, "end": start + len(words), "text": words})


def _whole_words(span: Span, correction: Correction, start: int, end: int) -> Range:
    """Letters put right before or behind a word belong to it: "upont" was "Dupont"."""
    old, new, words = correction.old, correction.new, span.text
    if not words[-1:].isalnum() or not words[:1].isalnum():
        return start, end
    if span.end == correction.start and not old[:1].isalnum():
        end += _run(new)
    elif span.start == correction.end and not old[-1:].isalnum():
        start -= _run(new[::-1])
    return start, end


def _run(letters: str) -> int:
    """Return how many letters and digits something begins with."""
    return next((n for n, letter in enumerate(letters) if not letter.isalnum()), len(letters))
