"""Classes that race apart: which there are, and where the text turns to one of them.

As in "125 cmc (12 tours) : 1. X", "CLASSE A (8 tours).", "En 250, ...", "au départ des 500 cmc".
"""

from __future__ import annotations

import re

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Block, Layout, Sentence

_NO_CLASS = (
    word_set("sessions_words", "no_section")
    | word_set("sessions_words", "no_label")
    | word_set("sessions_words", "rounds")
)
_STARTERS = word_set("sessions_words", "start_together")
_UNITS = frozenset(("cc", "cmc", "cm3", "litres"))
_LEADS = frozenset(("en", "chez", "dans", "des", "les", "aux"))
_STANDINGS = frozenset(("championnat", "points", "pts", "challenge", "coupe", "trophee"))
_SIZE = re.compile(r"(?:50|60|65|80|85|100|125|175|250|350|500|600|650|750|1000)$")
_BIG = re.compile(r"\d{1,2}[.]\d{3}$|\d{1,2}$|\d{3,4}$")
_DASHES = frozenset(("–", "—", "-", "•", "*"))
_STARTING = frozenset(("partants", "partantes", "classes", "voitures", "karts", "pilotes", "motos"))
_COUNTED = frozenset(
    ("tours", "points", "secondes", "minutes", "km", "metres", "pilotes", "mille", "kg", "chevaux")
)
_LONGEST = 5


class Apart:
    """Knows the classes that race apart by themselves."""

    def __init__(self, layout: Layout, people: set[int], *, closed: bool) -> None:
        self.layout = layout
        self.norm, self.text = layout.tokens.norm, layout.tokens.text
        self._people = people
        self._labels: dict[tuple[str, ...], str] = {}
        self.together = self._together()
        self._closed = closed
        if not closed:
            self._collect()

    def _collect(self) -> None:
        if self.together:
            return
        found: dict[tuple[str, ...], str] = {}
        heads: dict[tuple[str, ...], str] = {}
        for block in self.layout.blocks:
            if block.kind in ("boilerplate", "quote"):
                continue
            first = self.start(block.first, block.last)
            last = self.label_end(first, block.last)
            if last is not None and self._own_distance(last, block.last):
                found.setdefault(key(self.norm[first:last]), self.layout.tokens.surface(first, last))
            if self._size_head(block):
                heads.setdefault(
                    key(self.norm[block.first : block.last]),
                    self.layout.tokens.surface(block.first, block.last),
                )
        sizes: dict[tuple[str, ...], str] = {}
        for sentence in self.layout.sentences:
            if self.layout.blocks[sentence.block].kind == "paragraph" and not self._of_standings(sentence):
                for i in range(sentence.first + 1, min(sentence.last, sentence.first + 6)):
                    last = self._size(i) if self.norm[i - 1] in _LEADS else None
                    if last is not None:
                        sizes.setdefault(key(self.norm[i:last]), self.layout.tokens.surface(i, last))
        for known in (found, heads, sizes):
            if len(known) >= 2:
                self._labels.update({k: v for k, v in known.items() if k not in self._labels})

    def _size_head(self, block: Block) -> bool:
        """Tell whether a short line of its own begins with an engine's size: "250 / 500 INTER"."""
        words = self.text[block.first : block.last]
        if len(words) > _LONGEST or not _SIZE.match(words[0]):
            return False
        return all(w.isupper() or not w.isalpha() or w.lower() in _UNITS for w in words) and (
            len(words) > 1 or block.kind == "heading"
        )

    def _together(self) -> bool:
        """Tell whether the classes start together: "Toutes les cylindrées sont parties ensemble"."""
        for i, word in enumerate(self.norm):
            if word in ("ensemble", "confondues") and _STARTERS & set(self.norm[max(0, i - 8) : i]):
                return not self._under_heading(i)
        return False

    def _under_heading(self, i: int) -> bool:
        """Tell whether a short heading stands above a token: what is said there holds for its part alone."""
        above = [b for b in self.layout.blocks if b.first < i and b.kind in ("title", "heading")]
        return bool(above) and above[-1].kind == "heading" and above[-1].last - above[-1].first <= _LONGEST

    def _own_distance(self, last: int, end: int) -> bool:
        """Tell whether a distance or a field of its own follows a label: "(12 tours)", "– 9 partants"."""
        if self.text[last : last + 1] not in (["("], [","], ["–"], ["—"]):
            return False
        behind = self.norm[last + 1 : min(end, last + 6)]
        if behind[:1] and behind[0].isdecimal() and _STARTING & set(behind[1:2]):
            return True
        return "tours" in behind and behind.index("tours") <= 4 and ":" not in behind[: behind.index("tours")]

    def start(self, first: int, last: int) -> int:
        """Return where the words of a block begin, behind its bullet."""
        while first < last - 1 and self.text[first] in _DASHES:
            first += 1
        return first

    def label_end(self, first: int, last: int) -> int | None:
        """Return where the words end that may name a class at a block's head, ``None`` if they do not."""
        for i in range(first, min(last, first + _LONGEST + 1)):
            if i in self._people:
                return None
            if self.text[i] in ("(", ":", ",", "–", "—"):
                named = i > first and not set(self.norm[first:i]) & _NO_CLASS and len(self.text[first]) > 0
                return (
                    i if named and (self.text[first][0].isupper() or self.text[first][0].isdigit()) else None
                )
        return None

    def _size(self, i: int) -> int | None:
        """Return the end of an engine's size that names a class at a token: "350 cmc", "2 litres", "250"."""
        after = self.norm[i + 1] if i + 1 < len(self.norm) else ""
        if _BIG.match(self.norm[i]) and after in _UNITS:
            return i + 2
        if _SIZE.match(self.norm[i]) and (
            self.text[i + 1 : i + 2] == [","] or after in ("ont", "avaient", "furent")
        ):
            return i + 1
        return None

    def _of_standings(self, sentence: Sentence) -> bool:
        return bool(_STANDINGS & set(self.norm[sentence.first : sentence.last]))

    def turns_to(self, sentence: Sentence, sections: set[str]) -> str | None:
        """Return the class to which a sentence turns, ``None`` if it stays.

        Args:
            sentence: The sentence.
            sections: The classes that headings have announced before.
        """
        if self._closed:
            return None
        block = self.layout.blocks[sentence.block]
        if block.last - block.first <= _LONGEST and block.first == sentence.first and self._size_head(block):
            return self.label(block.first, block.last)
        first = self.start(sentence.first, sentence.last)
        last = self.label_end(first, sentence.last)
        if last is not None:
            words = key(self.norm[first:last])
            label = self._labels.get(words) or self._section(words, sections)
            if label is not None:
                return label
        if not self._labels or self._of_standings(sentence):
            return None
        return self._in_prose(sentence)

    def label(self, first: int, last: int) -> str | None:
        """Return the class that a heading names, if it is one that races apart."""
        first = self.start(first, last)
        end = self.label_end(first, last)
        return self._labels.get(key(self.norm[first : last if end is None else end]))

    def _named(self, i: int, length: int) -> bool:
        """Tell whether words stand for a class, not "en a profité" for class A."""
        return length > 1 or len(self.text[i]) > 1 or self.text[i].isupper()

    def _section(self, words: tuple[str, ...], sections: set[str]) -> str | None:
        """Return the heading's class that a label means: "Senior" of "SENIOR ET MASTER", "F1"."""
        for section in sorted(sections):
            own = key(fold(section).split())
            if words == own or set(words) < set(own) or "".join(words) == own[0][0] + "".join(own[1:]):
                return section
        return None

    def _in_prose(self, sentence: Sentence) -> str | None:
        for i in range(sentence.first + 1, sentence.last):
            if self.norm[i - 1] in _LEADS or (self.norm[i - 1] in ("classe", "categorie")):
                for length in (3, 2, 1):
                    label = self._labels.get(key(self.norm[i : i + length]))
                    if (
                        label is not None
                        and self._named(i, length)
                        and self.norm[min(i + length, len(self.norm) - 1)] not in _COUNTED
                    ):
                        return label
        return None


def key(words: list[str]) -> tuple[str, ...]:
    """Return what tells one class from another: no article, no unit, no plural."""
    kept = tuple(
        w.rstrip("s") for w in words if w not in _UNITS and w not in ("classe", "categorie", "la", "les")
    )
    return kept or tuple(words)
