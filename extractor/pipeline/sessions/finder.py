"""Which sentence speaks of which session."""

from __future__ import annotations

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Sentence, SessionFact
from extractor.pipeline.sessions.apart import Apart
from extractor.pipeline.sessions.fields import Fields
from extractor.pipeline.sessions.mentions import UNKNOWN, Mention
from extractor.pipeline.sessions.parts import Parts
from extractor.pipeline.sessions.plateaux import plateaux
from extractor.pipeline.sessions.settling import Settling
from extractor.values.numbers import cardinal

_HEADS = ("title", "heading", "table")
_MANY_CLASSES = word_set("sessions_words", "many_classes")
_LOOKS_AHEAD = word_set("sessions_words", "looks_ahead")
_GRID = word_set("sessions_words", "grid")
_CLOSES = word_set("sessions_words", "closes")
_WINNERS = frozenset(("vainqueur", "gagnant", "vainqueurs", "gagnants", "laureat"))
_CONTESTS = ("race", "heat", "semi_final", "final")
_CLOSING = 12  # tokens: how far into a sentence it says what was told before
_NEAR = 15  # tokens: another session named this near is told beside it
_OPENING = 7  # tokens: a session named further into the sentence is mentioned in passing


class Finder(Settling):
    """Which sentence speaks of which session."""

    _aside: tuple[int, int, bool] | None = None  # block, session before, whether the next block tells it
    _passing = False  # whether the climb told was named in the middle of a sentence

    def assign(self) -> None:
        """Make the sessions and tell every sentence its own."""
        self._labels = self._find_labels()
        self._days = self._find_days()
        self._apart = Apart(self.layout, self._people, closed=self.rally or self.climb or self.shared)
        self._together = self._apart.together
        self._fields = Fields(
            self.layout,
            self._people,
            self.mentions,
            closed=self.climb or self._together,
            shared=self.rally or self.shared,
            knockout=self.knockout or bool(_MANY_CLASSES & set(self.tokens.norm)),
        )
        by_sentence = self._by_sentence()
        self._plateaux = plateaux(self.layout, self._people, by_sentence)
        self._parts = self._find_parts()
        self._companies = self._find_companies()
        block = -1
        pending: list[int] = []
        for number, sentence in enumerate(self.layout.sentences):
            if sentence.block != block:
                self._end_aside(sentence.block)
            if self._current != UNKNOWN and (
                (sentence.block != block and self._ends_here()) or (self.climb and self._sums_up(sentence))
            ):
                self._current = UNKNOWN
            block = sentence.block
            kind = self.layout.blocks[block].kind
            here = by_sentence.get(number, [])
            if kind in _HEADS:
                self._heading(sentence.first, sentence.last, here, title=kind == "title")
                sentence.session = self._current
            else:
                self._before = self._current
                self._text(here, sentence)
                if self._current not in (self._before, UNKNOWN):
                    self._turned.add(number)
            if self.shared and self._section in self._class_sections:
                sentence.scope = self._section
            closed = self._closes(here, sentence) if kind not in _HEADS else UNKNOWN
            if closed != UNKNOWN:
                pending = self._tell_back(number, closed, pending)
            if self._in_prose:
                self._told_in.setdefault(self._section, set()).update(self.crowd.people(sentence))
            if sentence.session == UNKNOWN:
                pending.append(number)
                self._sections[number] = self._section
        self._settle(pending)
        self._tell_status()

    def _find_parts(self) -> dict[int, int]:
        """Return the labels of the parts that tell of a class each."""
        if self.rally or self.climb or self.shared or self._together:
            return {}
        return Parts(self.layout, self._people, self.crowd, self._fields.read, self._class_starts).heads

    def _closes(self, here: list[Mention], sentence: Sentence) -> int:
        """Return the session that a sentence says was told before it, ``UNKNOWN`` if it says nothing of it.

        As in "C'était la course 2", "Telle fut la seconde manche", "Et ce n'était là que la préfinale".
        """
        told = [m for m in here if not (m.plural or m.elsewhere) and m.kind in _CONTESTS]
        if len(told) != 1 or (told[0].number is None and told[0].kind in ("race", "heat")):
            return UNKNOWN
        before = self.tokens.norm[sentence.first : told[0].first]
        if before[-1:] == ["cette"] and sentence.session != self._before and not self.climb:
            return self._session(told[0])
        if len(before) > _CLOSING or not _CLOSES & set(before) or self.layout.sentences[0] is sentence:
            return UNKNOWN
        clause = before[max(k for k, w in enumerate(before) if w in _CLOSES) :]
        return (
            self._session(told[0]) if {"c'", "ce", "tel", "telle", "s'"} & set(before) and clause else UNKNOWN
        )

    def _tell_back(self, number: int, session: int, pending: list[int]) -> list[int]:
        """Give a session to what was told before in its paragraph; return what is still without one."""
        sentences = self.layout.sentences
        first = number
        while (
            first > 0
            and sentences[first - 1].block == sentences[number].block
            and first - 1 not in self._turned
        ):
            first -= 1
        if self.layout.blocks[sentences[number].block].first == sentences[number].first:
            block = sentences[number - 1].block
            while first > 0 and sentences[first - 1].block == block and first - 1 not in self._turned:
                first -= 1
        for sentence in sentences[first : number + 1]:
            sentence.session = session
        return [k for k in pending if k < first]

    def _opens_paragraph(self, sentence: Sentence) -> bool:
        block = self.layout.blocks[sentence.block]
        return block.kind == "paragraph" and block.first == sentence.first

    def _told_again(self, sentence: Sentence) -> str | None:
        """Return the class of which a paragraph tells again, by its people, where it names none."""
        block = self.layout.blocks[sentence.block]
        people = self.crowd.people(Sentence(block.first, block.last, sentence.block))
        if not people or people & self._told_in.get(self._section, set()):
            return None
        again = [name for name, told in self._told_in.items() if 2 * len(people & told) >= len(people)]
        return again[0] if len(again) == 1 and again[0] else None

    def _by_sentence(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        number = 0
        sentences = self.layout.sentences
        for mention in self.mentions:
            while number < len(sentences) and sentences[number].last <= mention.first:
                number += 1
            if number < len(sentences) and sentences[number].first <= mention.first:
                found.setdefault(number, []).append(mention)
        return found

    def _text(self, here: list[Mention], sentence: Sentence) -> None:
        ordered = self._by_morrow(sentence)
        if ordered is not None:
            self._current = ordered
        day = self._day(sentence)
        if day is not None:
            self._current, self._headed = day, False
        section = (
            self._companies.get(sentence.first)
            or self._fields.turn_at(sentence.first)
            or self._apart_at(sentence)
            or self._run_in(sentence)
            or self._crosshead(sentence)
        )
        if section is None and self._in_prose and self._opens_paragraph(sentence):
            section = self._told_again(sentence)
        if section is not None and self._section and fold(self._section) in fold(section).split():
            section = None  # "En Prestige S1" under the heading "S1"
        if section is not None and self._known_as(section) != self._section:
            self._turn(section, classed=section not in self._announced_classes)
            self._in_prose = sentence.first not in self._companies
            self._section_at.setdefault(self._section, sentence.first)
        sentence.session = self._current
        for mention in here:
            self._take(mention, sentence, here)
        if len(sentence.together) == 2 and self._first_unnamed(self.sessions[sentence.together[0]]):
            self._current = sentence.together[0]
        if (
            sentence.session != UNKNOWN
            and self.sessions[sentence.session].kind in ("qualifying", "practice")
            and self._starts(sentence)
        ):
            self._current = sentence.session = self._main

    def _take(self, mention: Mention, sentence: Sentence, here: list[Mention]) -> None:
        """Turn to the session that a sentence names, where it tells of it."""
        if mention.plural and not mention.elsewhere:
            sentence.together = sentence.together or self._first_few(mention)
        if mention.elsewhere or mention.plural or (mention.kind == "overall" and self._tells_grid(sentence)):
            return
        passing = (mention.bare or mention.kind == "overall") and mention.first - sentence.first > _OPENING
        if self._attribute(mention, sentence):
            passing = True
        if passing or (mention.kind == "final" and self._to_come(mention, here)):
            self._session(mention)  # what is told beside it finds its way
        elif mention.kind == "stage":
            sentence.local = self._session(mention)
        elif self._switches(mention):
            self._switch(mention, sentence)

    def _attribute(self, mention: Mention, sentence: Sentence) -> bool:
        """Tell whether a sentence opens with what somebody did in another race than the one it tells.

        As in "Vainqueur de la première course, X abandonne", where the second is told.
        """
        if self._current == UNKNOWN or mention.kind not in _CONTESTS:
            return False
        norm, first = self.tokens.norm, sentence.first
        before, behind = norm[first : mention.first], norm[mention.last : sentence.last]
        return bool(before) and before[0] in _WINNERS and "," in behind and len(before) <= _OPENING

    def _first_unnamed(self, first: SessionFact) -> bool:
        """Tell whether the first of two races is told without its number: only "l'autre manche" follows."""
        numbers = {m.number for m in self.mentions if m.kind == first.kind and not m.plural}
        return first.number == 1 and 1 not in numbers and 2 in numbers

    def _to_come(self, mention: Mention, here: list[Mention]) -> bool:
        """Tell whether a final is announced behind the heats before it: "deux séries, puis une finale"."""
        return self.tokens.norm[mention.first - 1] == "une" and any(
            m.plural and m.first < mention.first and self._count(m) for m in here
        )

    def _ends_here(self) -> bool:
        """Tell whether what is told ends with its paragraph: a climb, what several races add up to."""
        kind = self.sessions[self._current].kind
        if self._headed and not self.climb:
            return False
        return (
            (self.climb and kind == "heat")
            or kind == "overall"
            or (self.rally and not self.raid and kind == "leg")
        )

    def _sums_up(self, sentence: Sentence) -> bool:
        """Tell whether a sentence goes over from the last climb to the meeting: "Au final, ..."."""
        reach = sentence.last - sentence.first if self._passing else 3
        return any(
            t.category == "sum_up"
            for i in range(sentence.first, min(sentence.last, sentence.first + reach))
            for t in self.terms.get(i, ())
        )

    def _tells_grid(self, sentence: Sentence) -> bool:
        """Tell whether several qualifying sessions are added up: "Au cumul, X partira en pole"."""
        return bool(_GRID & set(self.tokens.norm[sentence.first : sentence.last]))

    def _apart_at(self, sentence: Sentence) -> str | None:
        """Return the class that races apart to which a sentence turns."""
        known = self._class_sections | self._announced_classes
        return self._apart.turns_to(sentence, known) if self._apart is not None else None

    def _first_few(self, mention: Mention) -> tuple[int, ...]:
        """Return the sessions meant by "les deux premières courses", "les deux manches"."""
        norm = self.tokens.norm
        before = norm[max(0, mention.first - 2) : mention.first + 1]
        count = next((n for word in before if (n := cardinal(word)) is not None and 2 <= n <= 4), None)
        if count is None or mention.kind not in ("race", "heat"):
            return ()
        behind = norm[mention.last : mention.last + 2]
        if behind[:1] == [","] and cardinal(behind[-1]) == count:
            return ()  # "Quatre courses, quatre victoires": those of a season
        known = [k for k, s in enumerate(self.sessions) if s.kind == mention.kind]
        if "premieres" in norm[mention.first - 1 : mention.last] or not known:
            return tuple(
                self._session(
                    Mention(mention.first, mention.last, mention.kind, n, None, mention.letter, plural=True)
                )
                for n in range(1, count + 1)
            )
        return tuple(known[:count]) if len(known) == count else ()

    def _switch(self, mention: Mention, sentence: Sentence) -> None:
        opening = mention.first - sentence.first <= _OPENING
        index = self._session(mention)
        if mention.kind in ("qualifying", "practice"):
            sentence.local = index  # the sentence may go on to the race; results and incidents find their way
            if self._heads(mention, sentence):
                block = self.layout.blocks[sentence.block]
                self._aside = (sentence.block, self._current, block.last - sentence.last <= 1)
                self._current = sentence.session = index
            return
        if self._headed and not opening:
            return
        looks_back = (
            self._current != UNKNOWN
            and self.sessions[self._current].kind == "final"
            and (
                mention.kind == "heat"
                or self._won_before(mention)
                or (mention.kind == "final" and mention.letter not in ("", "A"))
            )
        )
        if looks_back and not opening:
            return
        sentence.session = index
        self._passing = False
        if mention.common or (mention.field and mention.field != self._section):
            self._turn(mention.field)
            self._current = self._main = index
            return
        turns = mention.number is not None and (not self.climb or self._next_climb(mention))
        if (not self._headed and (opening or turns or self._ends_heats(mention))) or (
            opening
            and mention.first - sentence.first <= 3
            and self.layout.blocks[sentence.block].first == sentence.first
        ):
            self._current = index
        self._main = index

    def _heads(self, mention: Mention, sentence: Sentence) -> bool:
        """Tell whether a session stands alone before what is told of it: "Essais chronométrés."."""
        if mention.first - sentence.first > 1:
            return False
        behind = self.tokens.text[mention.last : sentence.last]
        return not behind or behind[0] == ":" or behind == ["."]

    def _end_aside(self, block: int) -> None:
        """Go back from qualifying told in a paragraph of its own, or the one below its name."""
        if self._aside is None or block == self._aside[0]:
            return
        if self._aside[2]:
            self._aside = (block, self._aside[1], False)
            return
        if self._current != UNKNOWN and self.sessions[self._current].kind in ("qualifying", "practice"):
            self._current = self._aside[1]
        self._aside = None

    def _won_before(self, mention: Mention) -> bool:
        """Tell whether a semi-final serves to name its winner: "la chaîne du vainqueur de la préfinale"."""
        before = self.tokens.norm[max(0, mention.first - 3) : mention.first]
        return mention.kind == "semi_final" and bool(_WINNERS & set(before))

    def _next_climb(self, mention: Mention) -> bool:
        """Tell whether the climb after the one told is named; another is looked back on in passing."""
        current = self.sessions[self._current] if self._current != UNKNOWN else None
        if current is None and mention.number == 1:
            self._passing = self._first_told(mention) and self._alone(mention)
            return self._passing
        return current is not None and current.kind == "heat" and mention.number == (current.number or 0) + 1

    def _alone(self, mention: Mention) -> bool:
        """Tell whether a climb is the only one named near by, and known: not "malgré une première manche"."""
        near = [m for m in self.mentions if abs(m.first - mention.first) < _NEAR and m.kind == "heat"]
        return len(near) == 1 and self.tokens.norm[mention.first - 1] != "une"

    def _first_told(self, mention: Mention) -> bool:
        """Tell whether a session is named for the first time, but for where it is counted."""
        session = next(
            (s for s in self.sessions if (s.kind, s.number) == (mention.kind, mention.number)), None
        )
        return session is None or all(first >= mention.first for first, _ in session.mentions[1:])

    def _ends_heats(self, mention: Mention) -> bool:
        """Tell whether the telling goes over to the final.

        As in "franchit en tête la ligne de la finale", not "qualifié pour la finale".
        """
        before = self.tokens.norm[max(0, mention.first - 4) : mention.first]
        return self.knockout and mention.kind in ("final", "semi_final") and not set(before) & _LOOKS_AHEAD

    def _starts(self, sentence: Sentence) -> bool:
        """Tell whether the sentence tells a start, so that qualifying is over."""
        return any(
            t.category == "start"
            for i in range(sentence.first, min(sentence.last, sentence.first + 8))
            for t in self.terms.get(i, ())
        )

    def _switches(self, mention: Mention) -> bool:
        """Tell whether a mention inside prose names one session, not just any race."""
        if mention.number is not None or mention.field:
            return True
        if mention.kind == "heat":
            return mention.letter not in ("manche", "montee", "serie", "run", "heat", "batterie")
        return not (mention.kind in ("race", "leg") and not mention.letter)
