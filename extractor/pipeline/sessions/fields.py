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
_THERE_WAS = frozenset(("il", "y", "a", "eu", "avait", "eut"))
_MARKS = frozenset(("–", "—", "-", "/", ":", ",", "(", "|"))
_DASHED = (["–"], ["—"])
_LABELLED = ("paragraph", "lead", "heading")
_VERBS = ("ent", "aient", "ont")
_SINGULAR_VERBS = frozenset(
    ("a", "avait", "est", "fut", "etait", "revient", "revint", "voit", "vit", "offre", "offrit")
)
_LONGEST = 6
_NEAR = 60  # tokens
_DISTANCE = frozenset(("tours", "minutes", "km", "partants"))
_CONTESTS = ("race", "heat", "semi_final", "final")


class Fields(ClassNames):
    """Knows which races are a class's own, and at which sentences the text turns to one of the classes."""

    def __init__(
        self,
        layout: Layout,
        people: set[int],
        mentions: list[Mention],
        *,
        closed: bool,
        shared: bool,
        knockout: bool,
    ) -> None:
        super().__init__(layout, people)
        self._knockout = knockout
        self._turns: dict[int, str] = {}  # by the first token of the sentence
        self._labels: set[int] = set()  # those that open as with a label
        self._shared_race = shared
        if not closed:
            tied = not shared and self._tie([m for m in mentions if m.kind in _CONTESTS and not m.elsewhere])
            if tied:
                self._add_elliptic(mentions)
            self._find_turns(tied=tied)

    def turn_at(self, first: int) -> str | None:
        """Return the class to which a sentence turns: "En 250, ...", "Les 250 avaient ouvert la réunion"."""
        return self._turns.get(first)

    def label_at(self, first: int) -> str | None:
        """Return the class with which a heading opens as with a label: "500 CC. — PREMIER : X"."""
        return self._turns.get(first) if first in self._labels else None

    def before_distance(self, first: int, last: int) -> int:
        """Return where a heading ends without the distance behind its class: "INTER, 25 tours"."""
        end = self.read(first)
        behind = None if end is None else self.norm[end + 1 : last]
        if end is None or not behind or self.text[end] not in (",", "(", "–", "—"):
            return last
        return end if _DISTANCE & set(behind[:4]) else last

    # --- races of a class

    def _tie(self, mentions: list[Mention]) -> bool:
        """Note the races that have a class of their own; tell whether there are any."""
        found: list[tuple[Mention, int, int]] = []
        for mention in mentions:
            span = self._behind(mention) or self._before(mention)
            if span is not None:
                found.append((mention, *span))
        if any(self._for_all(mention) for mention in mentions):
            for mention in mentions:
                mention.common = self._super(mention)
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
        return self._super(mention) and bool(_ALL_CLASSES & set(self.norm[mention.last : mention.last + 12]))

    def _super(self, mention: Mention) -> bool:
        return mention.kind == "final" and self.norm[mention.first].startswith("super")

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
        last = self.nickname(i) or self.read(i)
        if last is None:
            return None
        if (
            last - i == 1
            and self.shape[i] == "d"
            and (not led or self.norm[min(last, len(self.norm) - 1)] in _COUNTED)
        ):
            return None
        if self._shares(i, last):
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
                own = own or self.alone(first) is not None
                if self._shared_race and self.alone(first) is None:
                    continue
                led[sentence.first] = self.layout.tokens.surface(first, last)
                tied = tied or own
                continue
            end = None if self._shared_race else self._labelled(sentence)
            if end is not None:
                labelled[sentence.first] = self.layout.tokens.surface(sentence.first, end)
        several = len({key(label.lower().split()) for label in labelled.values()}) > 1
        if tied or several:
            self._turns = {**led, **labelled} if several else led
            self._labels = set(labelled)

    def _led(self, sentence: Sentence) -> tuple[int, int, bool] | None:
        """Return the class with which a sentence opens, and whether it is said to start on its own."""
        norm = self.norm
        led = self._behind_time(sentence)
        timed = led > sentence.first
        told = norm[led : led + 4] in (
            ["il", "y", "a", "eu"],
            ["il", "y", "avait", "les"],
            ["il", "y", "eut", "les"],
        )
        first = led
        while first < sentence.last and self._leads(first, told=told, listed=norm[led] in _LISTS):
            first += 1
        last = self.read(first) if first > led else None
        if last is None or last >= sentence.last or norm[last] in _COUNTED:
            return None
        if told or self._alone_told(last):
            return first, last, True
        if norm[led] not in ("les", "la", "le") or first - led > 2:
            return first, last, False
        if not self._verb(last) and not (timed and self.text[last] == ","):
            return None
        own = timed or bool(_OWN_START & set(norm[last : last + 4]))
        return first, last, own and not self._shares(first, last)

    def _alone_told(self, i: int) -> bool:
        """Tell whether a class's only race is spoken of: "Pour les Juniors, une seule course"."""
        return self.norm[i : i + 3] in ([",", "une", "seule"], [",", "un", "seul"], [":", "une", "seule"])

    def _leads(self, i: int, *, told: bool, listed: bool) -> bool:
        """Tell whether a word leads to a class: "chez les", "Classement (", "il y a eu les"."""
        if self.norm[i] in _LEADS or (told and self.norm[i] in _THERE_WAS):
            return True
        return listed and (self.norm[i] in _LISTS or self.text[i] in ("(", ":", "–"))

    def _behind_time(self, sentence: Sentence) -> int:
        """Return where a sentence goes on behind a time: "Le matin, les 350 avaient couru"."""
        first = sentence.first
        if self.norm[first] not in _OPENING:
            return first
        comma = next((k for k in range(first, min(first + 4, sentence.last)) if self.text[k] == ","), None)
        return first if comma is None or comma + 1 >= sentence.last else comma + 1

    def _shares(self, first: int, last: int) -> bool:
        """Tell whether a class by that name usually shares its race: "Pro-Am", "GT4"."""
        return set(self.norm[first:last]) <= _SHARED and not self._knockout

    def _labelled(self, sentence: Sentence) -> int | None:
        """Return the end of the class that a paragraph opens with, before a dash: "F1 – Victoire de X"."""
        first = sentence.first
        block = self.layout.blocks[sentence.block]
        if block.first != first or block.kind not in _LABELLED or self.shape[first] not in "CUd":
            return None
        last = self.read(first)
        if last is None or self._behind_stop(last) not in _DASHED:
            return None
        return None if self._shares(first, last) else last

    def _behind_stop(self, i: int) -> list[str]:
        """Return the token behind a stop, or the one that stands there."""
        i += self.text[i : i + 1] == ["."]
        return self.text[i : i + 1]

    def _verb(self, i: int) -> bool:
        if self.shape[i] != "l":
            return False
        return self.norm[i].endswith(_VERBS) or self.norm[i] in _SINGULAR_VERBS
