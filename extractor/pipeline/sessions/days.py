"""Races told day by day, or one after another: "Samedi, ...", "La seconde ..."."""

from __future__ import annotations

from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import Sentence
from extractor.pipeline.sessions.mentions import UNKNOWN, Mention
from extractor.pipeline.sessions.sections import Sections
from extractor.values.numbers import ordinal_at

_AFTER_BARE = word_set("sessions_words", "after_bare")
_WEEK = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


class Days(Sections):
    """Races told day by day, or one after another."""

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
                or sentence.last - sentence.first < 5
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
        terms = layer("results").find_all(self.tokens.norm)
        ends = [first for first, _ in found[1:]] + [len(self.tokens)]
        won = {
            day
            for (first, day), end in zip(found, ends, strict=True)
            if any(t.category in ("win", "win_right") for i in range(first, end) for t in terms.get(i, ()))
        }
        return dict(found) if len(won) >= 2 else {}

    def _by_order(self, sentence: Sentence) -> int | None:
        """Return the session meant by a bare "La première ...".

        As in "La seconde ...", "Le lendemain ..." at a sentence's head.
        """
        norm, first = self.tokens.norm, sentence.first
        numbered = {
            s.number: k
            for k, s in enumerate(self.sessions)
            if s.kind in ("race", "heat") and s.number is not None
        }
        if len(numbered) < 2:
            return None
        if norm[first] == "la" and first + 2 < sentence.last:
            found = ordinal_at(norm, first + 1)
            value = found[0] if found else None
            if (
                found
                and (norm[found[1]] in _AFTER_BARE or self.tokens.text[found[1]] == ",")
                and value in numbered
            ):
                return numbered[value]
        if norm[first : first + 2] == ["le", "lendemain"]:
            number = self.sessions[self._current].number if self._current != UNKNOWN else 1
            return numbered.get((number or 1) + 1)
        return None
