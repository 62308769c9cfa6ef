"""The same report with other names, or spoilt: what training shows beside the corpus as it is.

A tagger that has seen a hundred reports knows their hundred casts by heart; with names drawn anew each
time it has
to look at what stands around a name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from extractor.corpus.noise import misread, wrap
from extractor.lexicon.words import names
from extractor.neural.annotated import Annotated

_WORD = re.compile(r"[^\W\d_]{3,}")
_RENAMED = 0.85


def renamed(text: Annotated, chance: random.Random) -> Annotated:
    """Return the report with most words of its people's names replaced, the same word by the same."""
    new: dict[str, str] = {}
    for word in sorted(_words_of_names(text)):
        if chance.random() < _RENAMED:
            new[word] = _like(word, chance)
    pieces: list[str] = []
    offsets: list[int] = []
    last = length = 0
    for found in _WORD.finditer(text.text):
        if found.group() not in new:
            continue
        old = text.text[last : found.start()]
        pieces += [old, new[found.group()]]
        offsets += range(length, length + len(old))
        length += len(old)
        # Every offset inside the old word goes to the new one's beginning: spans hold whole words.
        offsets += [length] * (found.end() - found.start())
        length += len(new[found.group()])
        last = found.end()
    rest = text.text[last:]
    offsets += range(length, length + len(rest) + 1)
    return text.moved("".join((*pieces, rest)), offsets)


def spoilt(text: Annotated, chance: random.Random, rate: float) -> Annotated:
    """Return the report wrapped and misread at ``rate``, as a scan would be."""
    wrapped, moved = wrap(text.text, chance)
    text = text.moved(wrapped, moved)
    if not rate:
        return text
    read, moved = misread(text.text, chance, rate)
    return text.moved(read, moved)


def _words_of_names(text: Annotated) -> set[str]:
    words: set[str] = set()
    for person in text.people:
        for one in person:
            if one.form == "name":
                words |= {w for w in _WORD.findall(text.text[one.start : one.end]) if w[0].isupper()}
    return words


def _like(word: str, chance: random.Random) -> str:
    first = word.casefold() in names("first_names")
    drawn = chance.choice(_sorted("first_names" if first else "surnames"))
    return drawn.upper() if word.isupper() else drawn.capitalize()


_lists: dict[str, Sequence[str]] = {}


def _sorted(name: str) -> Sequence[str]:
    if name not in _lists:
        _lists[name] = sorted(n for n in names(name) if n.isalpha() and len(n) > 3)
    return _lists[name]
