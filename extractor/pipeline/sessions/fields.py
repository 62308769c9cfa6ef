"""Fields: the classes that start on their own, and the words that tie a race to one of them.

As in "la seconde manche des 500", "finale Division 1", "Les 250 avaient ouvert la réunion".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.lexicon.fold import fold
from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import Layout, Sentence
from extractor.pipeline.sessions.apart import key
from extractor.pipeline.sessions.mentions import Mention

_KINDS = word_set("names_words", "class_kinds") | word_set("names_words", "class_nouns")
_SHARED = word_set("sessions_words", "shared_classes")
_TIES = word_set("sessions_words", "ties")
_NOUNS = word_set("sessions_words", "class_nouns")
_LEADS = word_set("sessions_words", "field_leads")
_OPENING = word_set("sessions_words", "field_opening")
_CLASSES = layer("names").words("class")
_NUMBERED = frozenset(("division", "groupe", "classe", "serie"))
_CODE = re.compile(r"\d|[A-Z]$")
_MARKS = frozenset(("–", "—", "-", "/", ":", ",", "(", "|"))
_COUNTED = word_set("sessions_words", "counted")
_ALL_CLASSES = word_set("sessions_words", "all_classes")
_UNITS = frozenset(("cc", "cmc", "cm3", "cm", "litres", "litre", "l", "cme"))
_SIZE = re.compile(r"(?:50|60|65|80|85|100|125|175|250|350|500|600|650|750|1000|1100|1300|1500|1600)$")
_BIG = re.compile(r"\d[.]\d{3}$")
_BOUNDS = frozenset(("moins", "plus", "jusqu'a", "jusqu'", "au-dessus", "dessus"))
_VERBS = ("ent", "aient", "ont")
_SINGULAR_VERBS = frozenset(
    ("a", "avait", "est", "fut", "etait", "revient", "revint", "voit", "vit", "offre", "offrit")
)
_LONGEST = 6
_CONTESTS = ("race", "heat", "semi_final", "final")


def same_field(known: str, named: str) -> bool:
    """Tell whether two names are one class's: "FORMULE 1" and "F1", "Les Cadets" and "CADETS"."""
    a, b = key(fold(known).split()), key(fold(named).split())
    return a == b or "".join(a) == "".join(b) or _short(a) == "".join(b) or _short(b) == "".join(a)


def _short(words: tuple[str, ...]) -> str:
    return words[0][:1] + "".join(words[1:])


class Fields:
    """Knows which races are a class's own, and at which sentences the text turns to one of the classes."""

    def __init__(
        self, layout: Layout, people: set[int], mentions: Iterable[Mention], *, closed: bool, knockout: bool
    ) -> None:
        self.layout = layout
        self.norm, self.text, self.shape = layout.tokens.norm, layout.tokens.text, layout.tokens.shape
        self._terms = layout.tokens.terms("names")
        self._people = people
        self._knockout = knockout
        self._labels: dict[tuple[str, ...], str] = {}
        if not closed:
            self._tie([m for m in mentions if m.kind in _CONTESTS and not m.elsewhere])

    # --- names of classes

    def read(self, i: int) -> int | None:
        """Return the end of the name of a class at a token, ``None`` if there is none."""
        j, known = i, False
        while j < len(self.norm) and j - i < _LONGEST:
            end = self._known(j) if not known or self.shape[j] != "l" else None
            if end is not None:
                j, known = end, True
            elif known and self.norm[j] in _UNITS and not self._breaks(j):
                j += 1
            elif (bound := self._bound(j)) is not None and not self._breaks(j):
                j, known = bound, True
            else:
                break
            if j < len(self.norm) and self._breaks(j):
                break
        return j if known else None

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

    # --- races of a class

    def _tie(self, mentions: list[Mention]) -> None:
        found: list[tuple[Mention, int, int]] = []
        for mention in mentions:
            span = self._behind(mention) or self._before(mention)
            if span is not None:
                found.append((mention, *span))
        for mention in mentions:
            mention.common = self._for_all(mention)
        for mention, first, last in found:
            label = self._labels.setdefault(
                key(self.norm[first:last]), self.layout.tokens.surface(first, last)
            )
            mention.field = label
            mention.last = max(last, mention.last)

    def _for_all(self, mention: Mention) -> bool:
        """Tell whether the best of all classes meet: "La Super-finale réunissait ceux de chaque division"."""
        if mention.kind != "final" or not self.norm[mention.first].startswith("super"):
            return False
        return bool(_ALL_CLASSES & set(self.norm[mention.last : mention.last + 12]))

    def _behind(self, mention: Mention) -> tuple[int, int] | None:
        """Return the class behind a mention that has the race to itself: "la finale des Juniors"."""
        i = mention.last
        while i < len(self.norm) and i - mention.last < 3 and self.norm[i] in _TIES:
            i += 1
        led = i > mention.last
        if self.norm[mention.last : i] in (["de"], ["le"], ["la"], ["les"]):
            return None  # "une course de tourisme"
        while led and i < len(self.norm) and self.norm[i] in _NOUNS:
            i += 1
        if i >= len(self.norm) or self._breaks(i):
            return None
        last = self.read(i)
        if last is None:
            return None
        if (
            last - i == 1
            and self.shape[i] == "d"
            and (not led or self.norm[min(last, len(self.norm) - 1)] in _COUNTED)
        ):
            return None
        if set(self.norm[i:last]) <= _SHARED and not self._knockout:
            return None
        if mention.kind in ("heat", "semi_final") and (self.norm[i] == "groupe" or len(self.norm[i]) == 1):
            return None  # "en quart de finale du groupe A": a heat's own field
        if not led and self.shape[i] == "l":
            return None
        return i, last

    def _before(self, mention: Mention) -> tuple[int, int] | None:
        """Return the class before its race at a line's head: "KZ2 – Finale 1", "Nationale (finale)"."""
        end = mention.first
        while end > 0 and self.text[end - 1] in _MARKS:
            end -= 1
        if end == mention.first:
            return None
        for first in range(end - 1, max(-1, end - _LONGEST), -1):
            if self._opens(first):
                return (first, end) if self.read(first) == end else None
        return None

    def _opens(self, i: int) -> bool:
        """Tell whether a token opens a line."""
        tokens = self.layout.tokens
        return i == 0 or "\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]

    # --- prose

    def turns_to(self, sentence: Sentence) -> str | None:
        """Return the class to which a sentence turns: "En 250, ...", "Les 250 avaient ouvert la réunion"."""
        if not self._labels:
            return None
        return self._opened(sentence)

    def _opened(self, sentence: Sentence) -> str | None:
        norm = self.norm
        i = sentence.first
        comma = next((k for k in range(i, min(i + 4, sentence.last)) if self.text[k] == ","), None)
        if comma is not None and norm[i] in _OPENING:
            i = comma + 1
        led = i
        while i < sentence.last and norm[i] in _LEADS:
            i += 1
        if i == led:
            return None
        last = self.read(i)
        if last is None or last >= sentence.last:
            return None
        subject = norm[led] in ("les", "la", "le") and i - led <= 2
        if subject and not self._verb(last):
            return None
        if not subject and norm[last] in _COUNTED:
            return None
        return self._labels.setdefault(key(norm[i:last]), self.layout.tokens.surface(i, last))

    def _verb(self, i: int) -> bool:
        if self.shape[i] != "l":
            return False
        return self.norm[i].endswith(_VERBS) or self.norm[i] in _SINGULAR_VERBS
