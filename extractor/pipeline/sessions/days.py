"""Races told day by day, or one after another: "Samedi, ...", "La seconde ..."."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Sentence
from extractor.pipeline.sessions.elliptic import Elliptic
from extractor.pipeline.sessions.mentions import UNKNOWN, Mention
from extractor.pipeline.sessions.sections import Sections
from extractor.pipeline.sessions.siblings import siblings

_RUN = ("race", "heat", "final")
_NATURES = word_set("sessions_words", "race_natures")
_FLAG = word_set("sessions_words", "flag")
_SHORTEST = 4  # tokens: what opens with a day and says more than the day
_WEEK = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


class Days(Sections):
    """Races told day by day, or one after another."""

    def collect(self) -> None:
        """Find the sessions that the text names, with those that it names by their number alone."""
        super().collect()
        self.mentions += Elliptic(self.layout, self.mentions, self._count).find()
        self.mentions += siblings(self.layout, self.mentions)
        self.mentions.sort(key=lambda m: m.first)
        self._number_by_order()
        self._drop_overall()
        self._drop_natures()
        self._announced = max((self._count(m) for m in self.mentions if m.plural), default=0)
        self._letter_of = {m.kind: m.letter for m in self.mentions if m.number is not None}
        races = [m for m in self.mentions if m.kind == "race" and m.number is not None]
        if len({m.number for m in races}) == 1 and not any(m.plural for m in self.mentions):
            self._only_race = (races[0].first, races[0].number or 0)

    def _drop_natures(self) -> None:
        """Take "la course d'endurance" for the race where no heats or races are told beside it."""
        if not any(
            m.number is not None or m.kind in ("heat", "final") for m in self.mentions if m.kind in _RUN
        ):
            for mention in self.mentions:
                if mention.kind == "race" and mention.letter in _NATURES:
                    mention.letter = ""

    def _number_by_order(self) -> None:
        """Number the heats and races that are told by their place in the order: "l'autre manche".

        As in "Il restait une montée", "la course suivante", "la dernière manche" of those announced.
        """
        told, total = 0, 0
        semi = False
        for mention in self.mentions:
            if mention.kind == "semi_final" and mention.number is None and not mention.letter:
                before = self.tokens.norm[max(0, mention.first - 2) : mention.first]
                mention.letter = "autre" if semi and before == ["l'", "autre"] else ""
                semi = semi or not mention.plural
            if mention.kind not in ("race", "heat"):
                continue
            if mention.plural:
                total = max(total, self._count(mention))
            elif mention.number is None:
                mention.number = self._in_order(mention, told, total)
            told = mention.number or told

    def _in_order(self, mention: Mention, told: int, total: int) -> int | None:
        norm = self.tokens.norm
        before, behind = (
            norm[max(0, mention.first - 2) : mention.first],
            norm[mention.last : mention.last + 1],
        )
        if told and (behind == ["suivante"] or before in (["restait", "une"], ["reste", "une"])):
            return told + 1
        if before == ["l'", "autre"] and (told in (1, 2) or total == 2):
            return 3 - told if told else 2
        if total and not self.climb and before[-1:] in (["derniere"], ["ultime"]):
            return total
        return None

    def _day(self, sentence: Sentence) -> int | None:
        """Return the session that a sentence opens by its day, where races are told day by day.

        As in "Samedi, ..." or "Le lendemain, ...".
        """
        day = self._days.get(sentence.first)
        if day is None:
            return None
        days = sorted(set(self._days.values()), key=_WEEK.index)
        number = days.index(day) + 1
        counted = {m.number for m in self.mentions if m.kind == "race" and not m.elsewhere}
        first = sentence.first + (self.tokens.norm[sentence.first] == "le")
        if counted >= set(range(1, len(days) + 1)):
            return self._session(Mention(first, first + 1, "race", number, None))
        return self._session(Mention(first, first + 1, "race", None, self.tokens.text[first], day))

    def _find_days(self) -> dict[int, str]:
        """Return the days that open sentences by their token, where on two of them at least somebody won."""
        found: list[tuple[int, str]] = []
        for sentence in self.layout.sentences:
            if (
                self.layout.blocks[sentence.block].kind not in ("paragraph", "bullet")
                or sentence.last - sentence.first < _SHORTEST
            ):
                continue
            i = sentence.first + (self.tokens.norm[sentence.first] == "le")
            day = self.tokens.norm[i]
            if day == "lendemain" and found and found[-1][1] != _WEEK[-1]:
                day = _WEEK[_WEEK.index(found[-1][1]) + 1]
            if day in _WEEK and not self.tokens.norm[i + 1].isdecimal():
                found.append((sentence.first, day))
        if len({day for _, day in found}) < 2 or self.rally or self.climb or self.shared:
            return {}
        ends = [first for first, _ in found[1:]] + [len(self.tokens)]
        won = {day for (first, day), end in zip(found, ends, strict=True) if self._raced(first, end)}
        return dict(found) if len(won) >= 2 else {}

    def _raced(self, first: int, end: int) -> bool:
        """Tell whether a race is told between two tokens: somebody won, or came to the flag."""
        terms = self.tokens.terms("results")
        if any(t.category in ("win", "win_right") for i in range(first, end) for t in terms.get(i, ())):
            return True
        return bool(_FLAG & set(self.tokens.norm[first:end])) and not any(
            m.kind in ("qualifying", "practice") for m in self.mentions if first <= m.first < end
        )

    def _by_morrow(self, sentence: Sentence) -> int | None:
        """Return the session of the day after: "Le lendemain ..." at a sentence's head."""
        norm, first = self.tokens.norm, sentence.first
        if norm[first : first + 2] != ["le", "lendemain"]:
            return None
        current = self.sessions[self._current] if self._current != UNKNOWN else None
        if current is not None and current.kind not in ("race", "heat"):
            return None
        numbered = {s.number for s in self.sessions if s.kind in ("race", "heat") and s.number is not None}
        number = (current.number if current is not None else 1) or 1
        known = number + 1 in numbered
        if known or (current is not None and current.number and number < self._announced):
            kind = current.kind if current is not None else "race"
            return self._session(
                Mention(first, first + 2, kind, number + 1, None, self._letter_of.get(kind, ""))
            )
        return None
