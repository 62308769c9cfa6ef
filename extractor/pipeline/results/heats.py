"""Heats that are told by their number alone: "La première revient à X, devant Y, et la seconde à Z"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import PLACE_NOUNS
from extractor.pipeline.results.telling import Telling
from extractor.values.numbers import ordinal_at

_NOUNS = word_set("results_words", "heat_nouns")
_PLURALS = word_set("results_words", "heat_plurals")
_GIVES = word_set("results_words", "heat_gives")
_TO = ("a", "au", "aux", "pour")
_KINDS = ("heat", "race", "semi_final", "final", "stage")
_BACK = 60  # tokens that a mention of heats reaches forward
_ASIDE = 9
_VERB = 5  # tokens of "a déjà souri à"


class Heats(Telling):
    """Winners of numbered heats."""

    def _heats_go(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "la première est allée à X, la deuxième, très disputée, à Y"."""
        norm = self.tokens.norm
        self._heat_tokens: set[int] = set()
        for i in range(sentence.first + 1, sentence.last - 2):
            if norm[i - 1] != "la":
                continue
            found = ordinal_at(norm, i)
            number, end = found if found is not None else (None, i + 1)
            if number is None and norm[i] not in ("derniere", "suivante"):
                continue
            noun = bool(_NOUNS & set(norm[end : end + 1]))
            if not noun and not self._among_heats(sentence, i, number):
                continue
            ref = self._given_to(end + noun, sentence)
            if ref is None or self.context.past(max(sentence.first, i - 5), end + 6):
                continue
            self._heat_tokens.add(i)
            scope = self.context.scope(i, sentence)
            fact = self._fact(sentence, "final", self._heat_crew(ref), 1, i, ref.last, "win_right", scope)
            fact.session = self._heat_session(number, fact.session)
            yield fact

    def _among_heats(self, sentence: Sentence, i: int, number: int | None) -> bool:
        """Tell whether "la deuxième" means a heat here: heats are spoken of, and no place."""
        block = self.context.layout.blocks[sentence.block]
        before = self.tokens.norm[max(block.first, i - _BACK) : i]
        own = self.tokens.norm[sentence.first : i]
        if set(own) & (PLACE_NOUNS | {"podium", "victoire"}):
            return False
        if set(before) & _PLURALS or (set(own) & _NOUNS and number != 1):
            return True
        return number == 1 and i - sentence.first <= 1 and bool(self._numbered_sessions(1))

    def _given_to(self, i: int, sentence: Sentence) -> Ref | None:
        """Return who stands behind "à", over a verb of giving and what is put in between commas."""
        norm = self.tokens.norm
        if norm[i : i + 1] == [","]:
            closing = next((k for k in range(i + 1, min(sentence.last, i + _ASIDE)) if norm[k] == ","), None)
            if closing is None or self.discourse.refs_between(i, closing):
                return None
            if any(self._year(k) for k in range(i, closing)):
                return None
            i = closing + 1
        for k in range(i, min(sentence.last - 1, i + _VERB)):
            ref = self.discourse.after(k + 1, sentence, 8) if norm[k] in _TO else None
            if ref is not None and self._adjacent(k + 1, ref):
                return ref
            if norm[k] not in _GIVES:
                return None
        return None

    def _heat_crew(self, ref: Ref) -> tuple[int, ...]:
        return self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])[0][0]

    def _numbered_sessions(self, number: int) -> list[int]:
        sessions = self.context.sessions
        return [k for k, s in enumerate(sessions) if s.number == number and s.kind in _KINDS]

    def _heat_session(self, number: int | None, session: int) -> int:
        """Return the session of a heat's number, if there is one like those spoken of."""
        sessions = self.context.sessions
        if number is None:
            numbers = [s.number or 0 for s in sessions if s.kind == sessions[session].kind]
            number = max(numbers, default=0)
        own = sessions[session]
        like = [k for k in self._numbered_sessions(number) if sessions[k].scope == own.scope]
        same = [k for k in like if sessions[k].kind == own.kind]
        return (same or like or [session])[0]
