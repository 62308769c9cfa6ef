"""Names of classes where they stand, and whether two of them mean the same class."""

from __future__ import annotations

import re

from extractor.lexicon.fold import fold
from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import Layout
from extractor.pipeline.sessions.apart import key

_KINDS = word_set("names_words", "class_kinds") | word_set("names_words", "class_nouns")
_CLASSES = layer("names").words("class")
_NUMBERED = frozenset(("division", "groupe", "classe", "serie"))
_CODE = re.compile(r"\d|[A-Z]$")
_UNITS = frozenset(("cc", "cmc", "cm3", "cm", "litres", "litre", "l", "cme"))
_SIZE = re.compile(r"(?:50|60|65|80|85|100|125|175|250|350|500|600|650|750|1000|1100|1300|1500|1600)$")
_BIG = re.compile(r"\d[.]\d{3}$")
_NICKNAMES = frozenset(tuple(words.split()) for words in word_set("sessions_words", "class_nicknames"))
_BOUNDS = frozenset(("moins", "plus", "jusqu'a", "jusqu'", "au-dessus", "dessus"))
_SIGNS = frozenset(("+", "–", "-", "—"))  # "GT + 1.500", "GT – 1.500"
_OVER = frozenset(("plus", "dessus", "+"))
_UNDER = frozenset(("moins", "–", "-", "—"))
_LONGEST = 6


def same_field(known: str, named: str) -> bool:
    """Tell whether two names are one class's: "FORMULE 1" and "F1", "Les Cadets" and "CADETS"."""
    a, b = key(fold(known).split()), key(fold(named).split())
    if (limit := _limit(known)) is not None and limit == _limit(named):
        return True
    return a == b or "".join(a) == "".join(b) or _short(a) == "".join(b) or _short(b) == "".join(a)


def _limit(name: str) -> tuple[bool, str] | None:
    """Return on which side of which size a class lies: "GT – 1.500" and "moins de 1.500" are one."""
    words = name.lower().split()
    size = next((w for w in words if _SIZE.match(w) or _BIG.match(w)), None)
    if size is None or not (_OVER | _UNDER) & set(words):
        return None
    return bool(_OVER & set(words)), size


def _short(words: tuple[str, ...]) -> str:
    return words[0][:1] + "".join(words[1:])


class ClassNames:
    """Reads the names of classes that start on their own."""

    def __init__(self, layout: Layout, people: set[int]) -> None:
        self.layout = layout
        self.norm, self.text, self.shape = layout.tokens.norm, layout.tokens.text, layout.tokens.shape
        self._terms = layout.tokens.terms("names")
        self._people = people

    def read(self, i: int) -> int | None:
        """Return the end of the name of a class at a token, ``None`` if there is none."""
        j, known = i, False
        while j < len(self.norm) and j - i < _LONGEST:
            end = self._known(j) if not known or self.shape[j] != "l" else None
            if end is not None:
                j, known = end, True
            elif known and self.text[j] in _SIGNS and _BIG.match(self.norm[min(j + 1, len(self.norm) - 1)]):
                j += 2
            elif known and self.norm[j] in _UNITS and not self._breaks(j):
                j += 1
            elif (bound := self._bound(j)) is not None and not self._breaks(j):
                j, known = bound, True
            else:
                break
            if j < len(self.norm) and self._breaks(j):
                break
        return j if known else None

    def nickname(self, i: int) -> int | None:
        """Return the end of what a class is called by its engines: "la course des grosses cylindrées"."""
        return i + 2 if tuple(self.norm[i : i + 2]) in _NICKNAMES else None

    def alone(self, i: int) -> int | None:
        """Return the end of the name of a class that always starts on its own: "MotoGP", "Cadets"."""
        ends = [t.end for t in self._terms.get(i, ()) if t.category == "alone"]
        return max(ends) if ends and i not in self._people else None

    def _known(self, i: int) -> int | None:
        if i in self._people:
            return None
        terms = [t.end for t in self._terms.get(i, ()) if t.category in ("class", "alone")]
        if terms:
            end = max(terms)
            numbered = (
                self.norm[end - 1] in _NUMBERED and self.text[end : end + 1] and _CODE.match(self.text[end])
            )
            return end + 1 if numbered else end
        if self.shape[i] in "CU" and self.norm[i].rstrip("s") in _CLASSES:
            return i + 1
        if self.norm[i] in _KINDS or _SIZE.match(self.norm[i]) or _BIG.match(self.norm[i]):
            return i + 1
        return None

    def _bound(self, i: int) -> int | None:
        """Return the end of "jusqu'à 1.000", "au-dessus de 1.000", "moins de 500", "plus de 1.500"."""
        if self.norm[i] not in _BOUNDS and not (
            self.norm[i] == "au" and self.norm[i + 1 : i + 3] == ["-", "dessus"]
        ):
            return None
        for k in range(i + 1, min(i + 5, len(self.norm))):
            if _SIZE.match(self.norm[k]) or _BIG.match(self.norm[k]):
                return k + 1
        return None

    def _breaks(self, i: int) -> bool:
        """Tell whether an empty line stands before a token."""
        tokens = self.layout.tokens
        return i > 0 and "\n\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]

    def opens_line(self, i: int) -> bool:
        """Tell whether a token opens a line."""
        tokens = self.layout.tokens
        return i == 0 or "\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]
