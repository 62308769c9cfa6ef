"""Places told by a neighbour: "Devant lui, X", "Juste derrière elle venaient X, puis Y", "X l'a précédé"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.chains import Chains, Link

_PRONOUNS = frozenset(("lui", "elle", "eux", "elles"))
_COMING = word_set("results_words", "neighbour_verbs")
_FOUGHT = word_set("results_words", "neighbour_fights")
_STEPS = {"devant": -1, "derriere": 1}
_FARTHEST = 700  # code points from the neighbour's own place


class Beside(Chains):
    """Places beside another's."""

    def _neighbours(self, sentence: Sentence, told: list[ResultFact]) -> Iterator[ResultFact]:
        """Read "Devant lui, X, puis Y" and "Juste derrière elle se classe X" after a place."""
        norm = self.tokens.norm
        at = sentence.first + (norm[sentence.first] in ("juste", "et"))
        if (
            at == sentence.last
            or norm[at] not in _STEPS
            or (norm[at + 1 : at + 2] and norm[at + 1] not in _PRONOUNS)
        ):
            return
        if self._fought(sentence):
            return
        base = self._neighbour(sentence)
        links = self._coming(at + 2, sentence)
        if base is None or base.position is None or not links or any(f.position for f in told):
            return
        step, position = _STEPS[norm[at]], base.position
        for link in links:
            position += step
            if position < 1 or set(link.people) & set(base.people):
                return
            fact = self._fact(sentence, base.kind, link.people, position, at, link.end, "order", base.scope)
            fact.session = base.session
            yield fact

    def _fought(self, sentence: Sentence) -> bool:
        """Tell whether a moment of the race is told: who fights, passes or falls out behind him."""
        if set(self.tokens.norm[sentence.first : sentence.last]) & _FOUGHT:
            return True
        return any(
            term.category not in ("kind", "midway") or term.value in ("running", "sure")
            for term in self.context.found(sentence.first, sentence.last, "midway", "leads", "cancel", "kind")
        )

    def _neighbour(self, sentence: Sentence) -> ResultFact | None:
        """Return the final place told last in this block, and nothing else told since."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last.kind != "final" or last.position is None:
            return None
        block = self.context.layout.blocks[sentence.block]
        start = self.tokens.start[sentence.first]
        here = block.start <= last.evidence[0][0] or start - last.evidence[0][0] < _FARTHEST
        return last if here and last.session == sentence.session else None

    def _coming(self, i: int, sentence: Sentence) -> list[Link]:
        """Return who is named behind the pronoun, over a comma or a verb of coming."""
        norm = self.tokens.norm
        start = i
        while i < sentence.last and i - start < len("xxxx") and (norm[i] in _COMING or norm[i] in (",", ":")):
            i += 1
        ref: Ref | None = self.discourse.after(i, sentence, 9)
        if ref is None or i == start or not self._named_at_once(i, ref):
            return []
        return self.chain(ref, sentence)
