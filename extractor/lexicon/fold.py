"""Folding: what makes two spellings of a word one key."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}
)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the word in lower case, without accents, with straight apostrophes and split ligatures."""
    word = word.lower().translate(_PLAIN)
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or word  # a lone accent stays
