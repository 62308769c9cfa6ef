"""What is left at the end: sentences that name no session, classes without one, sessions called off."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Sentence, SessionFact
from extractor.pipeline.sessions.days import Days
from extractor.pipeline.sessions.mentions import UNKNOWN

_CALLED_OFF = word_set("sessions_words", "called_off")
_STATUSES = ("cancelled", "shortened")
_OPENING = 7  # tokens: a race named further into the sentence is mentioned in passing
_WINS = ("win", "win_right", "podium")
_MAIN = ("race", "overall", "final", "heat", "semi_final")


def _runs(numbers: list[int]) -> list[list[int]]:
    """Return the stretches of numbers that follow each other."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


class Settling(Days):
    """What is left at the end."""

    def _settle(self, pending: list[int]) -> None:
        """Give the sentences that name no session the main one, and drop what nobody speaks of."""
        sections = dict.fromkeys(
            [*(s for s in self._sections.values() if s), *(s.scope for s in self.sessions if s.scope)]
        )
        apart = len(sections) > 1 or (bool(sections) and self._apart_from_rest(pending))
        if not apart:
            contests = [s for s in self.sessions if s.kind not in ("qualifying", "practice")]
            whole = all(s.scope for s in contests)
            for session in self.sessions:
                session.whole, session.scope = (session.scope or "") if whole else "", None
        if self.shared:
            sections = {}
            for session in self.sessions:
                session.scope = None
        if apart and sections and not self.rally:
            pending = self._settle_sections(pending, list(sections))
            pending = self._by_people(pending)
        pending = self._beside_classes(pending, bool(sections))
        self._settle_rest(pending)
        self._drop_counted()
        self._tell_labels_apart()

    def _tell_labels_apart(self) -> None:
        """Add the class to what two classes call the same: "finale" of each becomes "finale Cadets"."""
        labels = Counter(fold(s.label) for s in self.sessions if s.label)
        for session in self.sessions:
            if session.label and session.scope and labels[fold(session.label)] > 1:
                session.label = f"{session.label} {session.scope}"

    def _apart_from_rest(self, pending: list[int]) -> bool:
        """Tell whether the one class with a race of its own has other people than the rest of the text."""
        sentences = self.layout.sentences
        rest = [n for n in pending if not self._sections.get(n)]
        others = set(rest)
        return self.crowd.parted(
            (s for n, s in enumerate(sentences) if n not in others), (sentences[n] for n in rest)
        )

    def _by_people(self, pending: list[int]) -> list[int]:
        """Give what names no class to the class of its people; return the rest."""
        sentences = self.layout.sentences
        told: dict[str, Counter[int]] = {}
        races: dict[str, int] = {}
        for sentence in sentences:
            scope = self.sessions[sentence.session].scope if sentence.session != UNKNOWN else None
            if scope:
                told.setdefault(scope, Counter()).update(self.crowd.people(sentence))
                if self.sessions[sentence.session].kind in _MAIN:
                    races.setdefault(scope, sentence.session)
        rest: list[int] = []
        for run in _runs(pending):
            for number, name in zip(run, self.crowd.classes([sentences[n] for n in run], told), strict=True):
                if name in races:
                    sentences[number].session = races[name]
                else:
                    rest.append(number)
        return rest

    def _drop_counted(self) -> None:
        """Drop what was only counted for all classes at once, where the classes' own are told.

        As in "trois catégories, deux manches chacune".
        """
        told = {s.kind for s in self.sessions if s.scope}
        used = {k for s in self.layout.sentences for k in (s.session, s.local)}
        dropped = [
            k
            for k, s in enumerate(self.sessions)
            if s.label is None and s.number is not None and not s.scope and s.kind in told and k not in used
        ]
        if not dropped:
            return
        kept = [k for k in range(len(self.sessions)) if k not in dropped]
        place = {old: new for new, old in enumerate(kept)}
        self.sessions = [self.sessions[k] for k in kept]
        for sentence in self.layout.sentences:
            sentence.session = place.get(sentence.session, UNKNOWN)
            sentence.local = place.get(sentence.local, UNKNOWN)
            sentence.together = tuple(place[k] for k in sentence.together if k in place)

    def _beside_classes(self, pending: list[int], classed: bool) -> list[int]:
        """Give what is told beside the classes with races of their own a session; return the rest."""
        if (
            pending
            and classed
            and all(s.scope or s.kind in ("qualifying", "practice", "stage") for s in self.sessions)
            and self._sections.get(pending[0], "") == ""
        ):
            self.sessions.append(SessionFact("race"))
            for number in pending:
                self.layout.sentences[number].session = len(self.sessions) - 1
            return []
        return pending

    def _settle_rest(self, pending: list[int]) -> None:
        """Give the sentences that are left the session told next, or the whole meeting."""
        order = sorted(
            range(len(self.sessions)), key=lambda k: (self.sessions[k].kind, self.sessions[k].number or 0)
        )
        main = [
            k for k in order if self.sessions[k].kind in ("race", "overall", "final", "heat", "semi_final")
        ]
        sentences = self.layout.sentences
        if self.rally or (self.climb and not any(self.sessions[k].kind == "race" for k in main)):
            overall = self._add_overall() if self.rally or self._several_climbs() else self._add_race()
            for sentence in sentences:
                if sentence.session == UNKNOWN:
                    sentence.session = overall
            return
        if not main:
            self.sessions.insert(0, SessionFact("race"))
            for sentence in sentences:
                sentence.session = 0 if sentence.session == UNKNOWN else sentence.session + 1
                sentence.local += sentence.local != UNKNOWN
            return
        pending = self._first_unnumbered(pending)
        following: dict[int, int] = {}
        finals = [k for k in main if self.sessions[k].kind == "final"]
        if not any(self.sessions[k].kind in ("heat", "semi_final") for k in main):
            finals = []
        lead = next((k for k, s in enumerate(sentences) if s.session != UNKNOWN), len(sentences))
        for number in pending:
            told = next(
                (s.session for s in sentences[number:] if s.session != UNKNOWN and s.session in main), main[0]
            )
            following[number] = (
                finals[0] if len(finals) == 1 and number < lead else told
            )  # the lead tells the final
        for number in pending:
            sentences[number].session = following[number]

    def _first_unnumbered(self, pending: list[int]) -> list[int]:
        """Give what is told before "la seconde manche" to the first, which nobody names; return the rest.

        Only where somebody wins there; else it leads to the second, or to the whole meeting.
        """
        sentences = self.layout.sentences
        second = next((s.session for s in sentences if s.session != UNKNOWN), UNKNOWN)
        if second == UNKNOWN or self.climb:
            return pending
        told = self.sessions[second]
        numbers = {s.number for s in self.sessions if s.kind == told.kind and s.scope == told.scope}
        if told.kind not in ("race", "heat") or told.number != 2 or 1 in numbers:
            return pending
        start = next(n for n, s in enumerate(sentences) if s.session == second)
        before = [n for n in pending if n < start]
        opened = any(0 <= m[0] - sentences[start].first <= _OPENING for m in told.mentions)
        if not opened or not any(self._tells_a_win(sentences[n]) for n in before):
            return pending
        self.sessions.append(SessionFact(told.kind, number=1, scope=told.scope))
        for n in before:
            sentences[n].session = len(self.sessions) - 1
        return [n for n in pending if n > start]

    def _tells_a_win(self, sentence: Sentence) -> bool:
        """Tell whether somebody wins in a sentence of the running text."""
        if self.layout.blocks[sentence.block].kind != "paragraph":
            return False
        terms = self.tokens.terms("results")
        return any(
            t.category in _WINS for i in range(sentence.first, sentence.last) for t in terms.get(i, ())
        )

    def _settle_sections(self, pending: list[int], sections: list[str]) -> list[int]:
        """Give each class that a heading announces a race of its own; return the sentences left over."""
        races: dict[str, int] = {}
        each = self.knockout and self._tells_finals()
        for section in sections:
            known = [
                k
                for key, k in self._index.items()
                if key[0] == section and self.sessions[k].kind not in ("qualifying", "practice", "semi_final")
            ]
            decided = any(s.kind == "final" for s in self.sessions)
            heats = all(self.sessions[k].kind == "heat" and self.sessions[k].number for k in known)
            if known and not ((decided or each) and heats):
                races[section] = next((k for k in known if self.sessions[k].kind == "final"), known[0])
            else:
                races[section] = len(self.sessions)
                # its heats lead to a final, as those of other classes do
                kind = "final" if known or each else "race"
                scope = section if section in self._class_sections else None
                at = self._section_at.get(section, -1)
                self.sessions.append(SessionFact(kind, section, scope=scope, headed_at=at))
        rest = []
        for number in pending:
            section = self._sections[number]
            if section in races:
                self.layout.sentences[number].session = races[section]
            else:
                rest.append(number)
        return rest

    def _tells_finals(self) -> bool:
        """Tell whether finals are spoken of at once, so that every class has one: "le résumé des finales"."""
        norm = self.tokens.norm
        return any(w == "finales" and norm[i - 1] not in ("-", "demi") for i, w in enumerate(norm))

    def _several_climbs(self) -> bool:
        """Tell whether climbs are told or counted; a hill climb of one ascent is a race."""
        return any(m.kind in ("heat", "overall") for m in self.mentions)

    def _add_race(self) -> int:
        self.sessions.append(SessionFact("race"))
        return len(self.sessions) - 1

    def _add_overall(self) -> int:
        """Return the session of the whole meeting, a new one if the text does not name it."""
        known = next((k for k, s in enumerate(self.sessions) if s.kind == "overall"), None)
        if known is None:
            self.sessions.append(SessionFact("overall"))
            known = len(self.sessions) - 1
        return known

    def _tell_status(self) -> None:
        """Note the sessions that were cancelled or cut short: "La course 1 est annulée"."""
        norm = self.tokens.norm
        told = sorted(
            (i, next(t.category for t in terms if t.category in _STATUSES))
            for i, terms in self.terms.items()
            if any(t.category in _STATUSES for t in terms)
        )
        for sentence in self.layout.sentences:
            for i, status in told[bisect_left(told, (sentence.first, "")) :]:
                if i >= sentence.last:
                    break
                subject = range(max(sentence.first, i - 7), i)
                if not any(norm[k] in _CALLED_OFF for k in subject):
                    continue
                if {"pas", "failli", "risque", "pourrait"} & set(norm[subject.start : i + 1]):
                    continue
                own = [
                    k for k, s in enumerate(self.sessions) for m in s.mentions if subject.start <= m[0] < i
                ] or [sentence.session]
                if own[-1] != UNKNOWN:
                    self.sessions[own[-1]].status = status
