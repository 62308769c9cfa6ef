"""Who was beaten by how much: "gagne avec 3"2 sur X", "l'emporte sur X", "a devancé de 0"4 X"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import ResultFact, Sentence
from extractor.pipeline.results.chains import Chains, Link
from extractor.pipeline.results.context import OVERALL
from extractor.values.numbers import cardinal
from extractor.values.times import gap

_UNITS = word_set("results_words", "gap_units")
_BREAKS = word_set("results_words", "margin_breaks")
_REACH = 12  # tokens from a win to "sur"
_NEXT = 6  # tokens from one beaten man to the next "sur"
_OTHER_ORDERS = ("running", "grid", "qualifying", "championship")


class Margins(Chains):
    """Orders told by margins."""

    def _by_margin(self, base: ResultFact, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "s'impose avec 3"2 sur X et 5" sur Y", "l'emporte sur X", "arrive 25 secondes avant X"."""
        if not base.rule.startswith("win") or base.position != 1 or base.kind != "final":
            return
        first, last = (self.tokens.at_or_after(offset) for offset in base.evidence[0])
        position = 1
        for link in self._beaten(first, last, sentence):
            if set(link.people) & set(base.people):
                return
            position += 1
            fact = self._fact(sentence, "final", link.people, position, last, link.end, "order", base.scope)
            fact.session = base.session
            yield fact

    def _beaten(self, first: int, i: int, sentence: Sentence) -> Iterator[Link]:
        """Yield those who are named behind "sur" or "avant" from a token on, one margin after another."""
        norm = self.tokens.norm
        reach, start = _REACH, i
        direct = any(n.startswith("emport") for n in norm[first:i])
        while i < min(sentence.last, start + reach):
            goes_on = reach == _NEXT and i == start and norm[i] in ("et", "puis")
            if not goes_on and (norm[i] in _BREAKS or (i > start and self.discourse.ref_at(i) is not None)):
                return
            if norm[i] in ("sur", "avant"):
                ref = self.discourse.after(i + 1, sentence, 9)
                told = (
                    self._is_margin(start, i)
                    or (direct and i <= start + 1)
                    or norm[i] == "avant"
                    or (reach == _NEXT and self.tokens.shape[i - 1] == "d")  # "8 secondes sur A, 15 sur B"
                )
                if ref is None or not told or not self._named_at_once(i + 1, ref):
                    return
                links = self.chain(ref, sentence)
                yield from links
                i = start = links[-1].end
                reach, direct = _NEXT, False
            else:
                i += 1

    def _duels(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "X a devancé de 0"4 la Ligier de Y": a margin told, and no winner yet."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "order"):
            if not self._finite(term) or term.start in self._class_told:
                continue
            ref, subject = self._next_in_order(term, sentence), self.who(term.start, sentence)
            if ref is None or subject is None or self.context.negated(term.start, sentence):
                continue
            links = self.chain(ref, sentence)
            behind = min(sentence.last, links[-1].end + _NEXT)
            if not self._is_margin(term.end, links[0].first) and not (
                norm[links[-1].end : links[-1].end + 1] in (["de"], ["d'"], ["pour"])
                and self._is_margin(links[-1].end, behind)
            ):
                continue
            if self._another_order(term, sentence) or self._led_before(subject[0], sentence):
                continue
            scope = self.context.scope(term.start, sentence)
            if scope == OVERALL and self.won(sentence):
                continue
            yield self._fact(sentence, "final", subject[0], 1, subject[1].first, term.end, "win", scope)
            for position, link in enumerate(links, 2):
                yield self._fact(
                    sentence, "final", link.people, position, term.start, link.end, "order", scope
                )
            return

    def _finite(self, term: Term) -> bool:
        """Tell whether a word of order is a verb of its own: "devance", "a battu", "bat"."""
        word = self.tokens.norm[term.start]
        return (
            word not in ("devant", "aux", "au")
            and not word.startswith(("suivi", "escort", "talonn", "accompagn"))
            and not word.endswith(("ant", "er", "d'"))
        )

    def _another_order(self, term: Term, sentence: Sentence) -> bool:
        low, high = self.context.clause(term.start, sentence)
        return any(t.value in _OTHER_ORDERS for t in self.context.found(low, high, "kind")) or bool(
            self.context.found(low, high, "leads", "pole", "best_time", "fastest_lap", "scratch", "midway")
        )

    def _led_before(self, people: tuple[int, ...], sentence: Sentence) -> bool:
        """Tell whether a place of these people in this session is told already."""
        return any(
            f.session == sentence.session and f.position and f.kind == "final" and set(f.people) & set(people)
            for f in self.earlier[-24:]
        )

    def _is_margin(self, first: int, last: int) -> bool:
        """Tell whether tokens hold a measure: "3"2", "deux secondes", "une longueur", "0.318"."""
        norm = self.tokens.norm
        for i in range(first, last):
            text = self.tokens.text[i]
            if gap(text) is not None and not text.isdecimal():
                return True
            if (
                i > first
                and norm[i] in _UNITS
                and (
                    norm[i - 1] in ("une", "un", "demi", "demie", "-", "petite")
                    or cardinal(norm[i - 1])
                    or self.tokens.shape[i - 1] == "d"
                )
            ):
                return True
        return False
