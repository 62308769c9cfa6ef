"""Letters set wide, as headings are: "G R A N D  P R I X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.lexicon import spelling
from extractor.lexicon.fold import fold
from extractor.lexicon.words import names
from extractor.pipeline.view import Edit

_WIDE = re.compile(r"(?<![^\W_])(?<!\w['’])[^\W\d_](?:[ \t]{1,3}[^\W\d_](?!\w|['’.])){2,}")
_SIGN = re.compile(r" [^\W\d_][ \t]{1,3}[^\W\d_][ \t\n]")  # cheap, and found wherever words are set wide
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST = 3  # letters of a word set wide; one that nobody knows has two more
_LEAST_UNKNOWN = 5
_VOWELS = frozenset("aeiouy")
_LONGEST = 24


def spaced_words(text: str) -> Iterator[Edit]:
    """Yield the blanks within words set wide."""
    for match in _WIDE.finditer(text) if _SIGN.search(text) else ():
        letters = [found.start() for found in _LETTERS.finditer(text, *match.span())]
        if not _of_one_case(match[0]):
            continue
        for first, last in _words(text, letters):
            yield from (Edit(letters[k - 1] + 1, letters[k], "") for k in range(first + 1, last))


def _of_one_case(written: str) -> bool:
    return written.isupper() or written.islower() or written[1:].islower()


def _words(text: str, letters: list[int]) -> list[tuple[int, int]]:
    """Return the ranges of letters that are words; none where they are none."""
    pieces = [0]
    wide = [letters[k] - letters[k - 1] > 2 for k in range(1, len(letters))]
    if not all(wide):  # where blanks are of two widths, the wider ones part words
        pieces += [k for k in range(1, len(letters)) if wide[k - 1]]
    pieces.append(len(letters))
    found: list[tuple[int, int]] = []
    for first, last in pairwise(pieces):
        word = "".join(fold(text[k]) for k in letters[first:last])
        small = len(pieces) > 2 and word in spelling.small_words()
        cut = [len(word)] if small else _cut(word)
        if cut is None:
            continue
        for width in cut:
            found.append((first, first + width))
            first += width
    return found


def _cut(word: str) -> list[int] | None:
    """Return the lengths of the words in a row of letters: as few as may be; ``None`` where none."""
    if len(word) < _LEAST:
        return None
    if len(word) > 1 and _known(word):
        return [len(word)]
    best: list[list[int] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [
            [*before, end - start]
            for start in range(max(0, end - _LONGEST), end)
            if (before := best[start]) is not None and _known(word[start:end])
        ]
        best.append(min(ways, key=lambda way: (len(way), -max(way)), default=None))
    cut = best[-1]
    if cut is not None and max(cut) > _LEAST:
        return cut
    plausible = len(word) >= _LEAST_UNKNOWN and not spelling.very_odd(word) and bool(_VOWELS & set(word))
    return [len(word)] if plausible else None


def _known(word: str) -> bool:
    if len(word) < _LEAST:
        return word in spelling.small_words()
    return (
        word in spelling.ordinary()
        or word in spelling.proper()
        or (len(word) > _LEAST and (word in names("first_names") or word in names("surnames")))
    )
