"""Two texts of one report, side by side: where each character of the one stands in the other."""

from __future__ import annotations

import re
from bisect import bisect_left

from rapidfuzz.distance import Indel

from extractor.scoring.facts import Ranges, merged

_WORD = re.compile(r"\w+|[^\w\s]")


class Alignment:
    """Where the characters of one text stand in another; words are aligned first, then what differs."""

    def __init__(self, here: str, there: str) -> None:
        """Align two texts."""
        self._here = here
        self._to: list[int | None] = [None] * len(here)
        ours, theirs = list(_WORD.finditer(here)), list(_WORD.finditer(there))
        # Indel, not Levenshtein: a word exchanged is one gone and one come, and stretches with such words
        # are compared by characters. Offsets of words are those of their first characters.
        codes = Indel.opcodes([w[0] for w in ours], [w[0] for w in theirs])
        begun: tuple[int, int] | None = None
        for code in codes:
            if code.tag != "equal":
                begun = begun or (code.src_start, code.dest_start)
                continue
            if begun is not None:
                self._by_characters(
                    here, there, ours[begun[0] : code.src_start], theirs[begun[1] : code.dest_start]
                )
                begun = None
            for a, b in zip(
                ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end], strict=True
            ):
                self._to[a.start() : a.end()] = range(b.start(), b.end())
        if begun is not None:
            self._by_characters(here, there, ours[begun[0] :], theirs[begun[1] :])

    def _by_characters(
        self, here: str, there: str, ours: list[re.Match[str]], theirs: list[re.Match[str]]
    ) -> None:
        if not ours or not theirs:
            return
        left, right = ours[0].start(), theirs[0].start()
        a, b = here[left : ours[-1].end()], there[right : theirs[-1].end()]
        for code in Indel.opcodes(a, b):
            if code.tag == "equal":
                length = code.src_end - code.src_start
                for k in range(length):
                    self._to[left + code.src_start + k] = right + code.dest_start + k

    def places(self, start: int, end: int) -> list[int]:
        """Return where the characters of a stretch stand that are there, in order."""
        return [k for k in self._to[max(0, start) : max(0, end)] if k is not None]

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch lies, from its first to its last character that is there, or nothing."""
        placed = self.places(start, end)
        return (placed[0], placed[-1] + 1) if placed else None

    def ranges(self, ranges: Ranges) -> Ranges:
        """Return where stretches lie in the other text."""
        return merged(there for start, end in ranges if (there := self.range(start, end)))

    def share(self) -> float:
        """Return the share of the characters, blanks aside, that stand in the other text, too."""
        printed = [k for k, sign in zip(self._to, self._here, strict=True) if not sign.isspace()]
        return sum(k is not None for k in printed) / max(1, len(printed))


def without(ranges: Ranges, left_out: Ranges) -> Ranges:
    """Return stretches without the parts that lie in others, which are sorted and disjoint."""
    kept = []
    ends = [end for _, end in left_out]
    for start, end in ranges:
        k = bisect_left(ends, start)
        while k < len(left_out) and left_out[k][0] < end:
            if left_out[k][0] > start:
                kept.append((start, left_out[k][0]))
            start = max(start, left_out[k][1])
            k += 1
        if start < end:
            kept.append((start, end))
    return merged(kept)
