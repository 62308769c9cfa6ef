"""Which sentence speaks of which session."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Sentence
from extractor.pipeline.sessions.apart import Apart
from extractor.pipeline.sessions.fields import Fields
from extractor.pipeline.sessions.mentions import UNKNOWN, Mention
from extractor.pipeline.sessions.plateaux import plateaux
from extractor.pipeline.sessions.settling import Settling
from extractor.values.numbers import cardinal

_HEADS = ("title", "heading", "table")
_LOOKS_AHEAD = word_set("sessions_words", "looks_ahead")
_GRID = word_set("sessions_words", "grid")
_OPENING = 7  # tokens: a session named further into the sentence is mentioned in passing


class Finder(Settling):
    """Which sentence speaks of which session."""

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
            closed=self.rally or self.climb or self.shared or self._together,
            knockout=self.knockout,
        )
        by_sentence = self._by_sentence()
        self._plateaux = plateaux(self.layout, self._people, by_sentence)
        block = -1
        pending: list[int] = []
        for number, sentence in enumerate(self.layout.sentences):
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
                self._text(here, sentence)
            if self.shared and self._section in self._class_sections:
                sentence.scope = self._section
            if sentence.session == UNKNOWN:
                pending.append(number)
                self._sections[number] = self._section
        self._settle(pending)
        self._tell_status()

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
            self._fields.turns_to(sentence)
            or self._apart_at(sentence)
            or self._turns_to(sentence)
            or self._run_in(sentence)
            or self._crosshead(sentence)
        )
        if section is not None and self._known_as(section) != self._section:
            self._turn(section, classed=section not in self._announced_classes)
        sentence.session = self._current
        for mention in here:
            if mention.plural and not mention.elsewhere:
                sentence.together = sentence.together or self._first_few(mention)
            if (
                mention.elsewhere
                or mention.plural
                or (mention.kind == "overall" and self._tells_grid(sentence))
            ):
                continue
            if (mention.bare or mention.kind == "overall") and mention.first - sentence.first > _OPENING:
                self._session(mention)  # what is told beside it finds its way
            elif mention.kind == "stage":
                sentence.local = self._session(mention)
            elif self._switches(mention):
                self._switch(mention, sentence)
        if (
            sentence.session != UNKNOWN
            and self.sessions[sentence.session].kind in ("qualifying", "practice")
            and self._starts(sentence)
        ):
            self._current = sentence.session = self._main

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
        return any(
            t.category == "sum_up"
            for i in range(sentence.first, min(sentence.last, sentence.first + 3))
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
            return
        if self._headed and not opening:
            return
        looks_back = (
            self._current != UNKNOWN
            and self.sessions[self._current].kind == "final"
            and (mention.kind == "heat" or (mention.kind == "final" and mention.letter not in ("", "A")))
        )
        if looks_back and not opening:
            return
        sentence.session = index
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

    def _next_climb(self, mention: Mention) -> bool:
        """Tell whether the climb after the one told is named; another is looked back on in passing."""
        current = self.sessions[self._current] if self._current != UNKNOWN else None
        return current is not None and current.kind == "heat" and mention.number == (current.number or 0) + 1

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
