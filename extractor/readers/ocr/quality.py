"""Whether what an engine read on a page is text at all.

Confidence alone does not tell: scribble is read with some, and a table of names holds few words that anybody
knows. So three things are asked: how sure the engine was, whether there are words as French writing has them
everywhere (`le`, `de`, `dans`), and whether the rest looks like words and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.readers.ocr.result import Letters

GOOD = 0.72
"""Pages that score as much are taken at once; below, another preparation is tried."""

READABLE = 0.45
"""Pages that score less after all preparations are unreadable."""

_FEWEST = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[«(\"'“‘\[]*(?:[^\W\d_]+['’.-]?)+[»)\"'”’\].,;:!?…%-]*")
_FIGURE = re.compile(r"[(#n°+-]*\d[\d.,:'’\"/hx°-]*(?:er|e|è?me|re|kms?|h|cc|%|€|m|s|mn|ch|cm3)?[).,;:'\"]*")
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]", re.IGNORECASE)


class Quality(NamedTuple):
    """How good a reading of a page is.

    Attributes:
        words: Words and numbers.
        confidence: Mean confidence of the engine, by letter.
        known: Share of letters' words that any French text has.
        sound: Share of signs that stand in what looks like a word or number.
    """

    words: int
    confidence: float
    known: float
    sound: float

    @property
    def score(self) -> float:
        """From 0, noise, to 1, clean print."""
        if not self.words:
            return 0.0
        told = min(1.0, self.known / 0.25)
        return self.confidence * self.sound * (0.8 + 0.2 * told)


NOTHING = Quality(0, 0.0, 0.0, 0.0)


def quality_of(words: Sequence[Letters]) -> Quality:
    """Return how good a reading is."""
    signs = sum(len(word.text) for word in words)
    if not signs:
        return NOTHING
    sure = sum(len(word.text) * word.confidence for word in words) / signs
    sound = [word for word in words if _is_sound(word.text)]
    lettered = [found for word in words for found in _LETTERS.findall(word.text)]
    known = sum(found.lower() in _everywhere() for found in lettered) / max(1, len(lettered))
    return Quality(len(sound), sure, known, sum(len(word.text) for word in sound) / signs)


def _is_sound(text: str) -> bool:
    if _FIGURE.fullmatch(text):
        return True
    if not _WORD.fullmatch(text):
        return False
    letters = "".join(_LETTERS.findall(text))
    return len(letters) == 1 or letters.isupper() or _VOWEL.search(letters) is not None


@cache
def _everywhere() -> frozenset[str]:
    import tomllib

    with Path(__file__).with_name("everywhere.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["words"])
