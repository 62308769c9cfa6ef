"""Passages that two reports share: a corpus that repeats itself measures memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.lexicon.fold import fold

LONGEST_SHARED = 12
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """The first passage that two documents share."""

    first: str
    second: str
    words: str


def overlaps(texts: Iterable[tuple[str, str]], length: int = LONGEST_SHARED) -> list[Overlap]:
    """Return the pairs of documents that share a run of words, each pair once.

    Args:
        texts: Names and texts.
        length: How many words make a shared run; case, accents and punctuation do not count.
    """
    seen: dict[tuple[str, ...], str] = {}
    found: dict[tuple[str, str], Overlap] = {}
    for name, text in texts:
        words = [fold(word) for word in _WORD.findall(text)]
        for start in range(len(words) - length + 1):
            run = tuple(words[start : start + length])
            other = seen.setdefault(run, name)
            if other != name and (other, name) not in found:
                found[other, name] = Overlap(other, name, " ".join(run))
    return list(found.values())
