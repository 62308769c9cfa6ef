"""Fields: the classes that start on their own, and the words that tie a race to one of them.

As in "la seconde manche des 500", "finale Division 1", "Les 250 avaient ouvert la réunion".
"""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout, Sentence
from extractor.pipeline.sessions.apart import key
from extractor.pipeline.sessions.classnames import ClassNames
from extractor.pipeline.sessions.mentions import Mention

_SHARED = word_set("sessions_words", "shared_classes")
_TIES = word_set("sessions_words", "ties")
_NOUNS = word_set("sessions_words", "class_nouns")
_LEADS = word_set("sessions_words", "field_leads")
_OPENING = word_set("sessions_words", "field_opening")
_OWN_START = word_set("sessions_words", "own_start")
_COUNTED = word_set("sessions_words", "counted")
_ALL_CLASSES = word_set("sessions_words", "all_classes")
_LISTS = frozenset(("classement", "classements", "resultat", "resultats"))
_MARKS = frozenset(("–", "—", "-", "/", ":", ",", "(", "|"))
_DASHES = frozenset(("–", "—"))
_VERBS = ("ent", "aient", "ont")
_SINGULAR_VERBS = frozenset(
    ("a", "avait", "est", "fut", "etait", "revient", "revint", "voit", "vit", "offre", "offrit")
)
_LONGEST = 6
_NEAR = 60  # tokens
_CONTESTS = ("race", "heat", "semi_final", "final")


class Fields(ClassNames):
    """Knows which races are a class's own, and at which sentences the text turns to one of the classes."""

    def __init__(
        self, layout: Layout, people: set[int], mentions: list[Mention], *, closed: bool, knockout: bool
    ) -> None:
        super().__init__(layout, people)
        self._knockout = knockout
        self._turns: dict[int, str] = {}  # by the first token of the sentence
        if not closed:
            tied = self._tie([m for m in mentions if m.kind in _CONTESTS and not m.elsewhere])
            if tied:
                self._add_elliptic(mentions)
            self._find_turns(tied=tied)

    def turns_to(self, sentence: Sentence) -> str | None:
        """Return the class to which a sentence turns: "En 250, ...", "Les 250 avaient ouvert la réunion"."""
        return self._turns.get(sentence.first)

    # --- races of a class

    def _tie(self, mentions: list[Mention]) -> bool:
        """Note the races that have a class of their own; tell whether there are any."""
        found: list[tuple[Mention, int, int]] = []
        for mention in mentions:
            span = self._behind(mention) or self._before(mention)
            if span is not None:
                found.append((mention, *span))
        for mention in mentions:
            mention.common = self._for_all(mention)
        for mention, first, last in found:
            mention.field = self.layout.tokens.surface(first, last)
            mention.last = max(last, mention.last)
        return bool(found)

    def _add_elliptic(self, mentions: list[Mention]) -> None:
        """Add the races that a pronoun stands for: "X a gagné la course des 500, Y celle des 250"."""
        of = [m for m in mentions if m.field]
        for i in range(of[0].last, len(self.norm) - 2):
            if self.norm[i] != "celle" or self.norm[i + 1] not in ("des", "du"):
                continue
            model = max((m for m in of if m.first < i), key=lambda m: m.first)
            last = self.read(i + 2)
            if last is not None and i - model.last < _NEAR:
                label = self.layout.tokens.surface(i + 2, last)
                mentions.append(Mention(i, last, model.kind, None, None, model.letter, field=label))
        mentions.sort(key=lambda m: m.first)

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
            if self.opens_line(first):
                return (first, end) if self.read(first) == end else None
        return None

    # --- prose

    def _find_turns(self, *, tied: bool) -> None:
        """Find where sentences open with a class, if any class is known to start on its own."""
        led: dict[int, str] = {}
        labelled: dict[int, str] = {}
        for sentence in self.layout.sentences:
            found = self._led(sentence)
            if found is not None:
                first, last, own = found
                led[sentence.first] = self.layout.tokens.surface(first, last)
                tied = tied or own
            elif (last := self._labelled(sentence)) is not None:
                labelled[sentence.first] = self.layout.tokens.surface(sentence.first, last)
        several = len({key(label.lower().split()) for label in labelled.values()}) > 1
        if tied or several:
            self._turns = {**led, **labelled} if several else led

    def _led(self, sentence: Sentence) -> tuple[int, int, bool] | None:
        """Return the class with which a sentence opens, and whether it is said to start on its own."""
        norm = self.norm
        i = sentence.first
        comma = next((k for k in range(i, min(i + 4, sentence.last)) if self.text[k] == ","), None)
        timed = comma is not None and norm[i] in _OPENING
        if comma is not None and timed:
            i = comma + 1
        if norm[i : i + 5] in (["il", "y", "a", "eu", "les"], ["il", "y", "eut", "les"]):
            i += 4 if norm[i + 4] == "les" else 3
        led = i
        listed = norm[i] in _LISTS
        while i < sentence.last and (
            norm[i] in _LEADS or (listed and (norm[i] in _LISTS or self.text[i] in "(:–"))
        ):
            i += 1
        last = self.read(i) if i > led else None
        if last is None or last >= sentence.last:
            return None
        if norm[led] not in ("les", "la", "le") or i - led > 2:
            return None if norm[last] in _COUNTED else (i, last, False)
        if led > sentence.first and not timed and norm[led - 1] in ("eu", "eut"):
            return i, last, True
        if not self._verb(last):
            return None
        shared = set(norm[i:last]) <= _SHARED and not self._knockout
        own = timed or bool(_OWN_START & set(norm[last : last + 4]))
        return i, last, own and not shared

    def _labelled(self, sentence: Sentence) -> int | None:
        """Return the end of the class that a paragraph opens with, before a dash: "F1 – Victoire de X"."""
        first = sentence.first
        block = self.layout.blocks[sentence.block]
        if block.first != first or block.kind not in ("paragraph", "lead") or self.shape[first] not in "CUd":
            return None
        last = self.read(first)
        if last is None or last >= sentence.last or self.text[last] not in _DASHES:
            return None
        return None if set(self.norm[first:last]) <= _SHARED and not self._knockout else last

    def _verb(self, i: int) -> bool:
        if self.shape[i] != "l":
            return False
        return self.norm[i].endswith(_VERBS) or self.norm[i] in _SINGULAR_VERBS
