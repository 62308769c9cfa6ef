"""Orders that go on: "Suivent A, B et C", "A et B ont suivi", "A et B, neuvième et dixième"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.kinds import Kinds

_FARTHEST = 600  # code points between an order and the words that go on with it
_TOLD_WHOLE = frozenset(("suivi", "ordre", "suivantes"))
_FILLERS = word_set("results_words", "sequence_fillers")


class Sequences(Kinds):
    """Orders that go on where an earlier sentence ended."""

    def _followers(self, sentence: Sentence, told: list[ResultFact]) -> Iterator[ResultFact]:
        """Read "Suivent A, B et C" and "A et B ont suivi" behind a place that was told last."""
        for term in self.context.found(sentence.first, sentence.last, "follow"):
            if self.context.negated(term.start, sentence, before=4, after=1):
                continue
            base = self._last_place(term.start, sentence, told)
            if base is None or base.position is None:
                continue
            refs = self._enumerated(term, sentence)
            position = base.position
            for people, unit in self.units(refs):
                if set(people) & set(base.people):
                    break
                position += 1
                if self._own_place(unit):
                    continue
                first, last = min(term.start, unit.first), max(term.end, unit.last)
                fact = self._fact(sentence, base.kind, people, position, first, last, "order", base.scope)
                fact.session = base.session
                yield fact

    def _last_place(self, token: int, sentence: Sentence, told: list[ResultFact]) -> ResultFact | None:
        """Return the hindmost place of the order that was told last before a token."""
        place = self.tokens.start[token]
        before = [
            fact
            for fact in (*self.earlier[-16:], *told)
            if fact.position is not None
            and fact.kind in ("final", "qualifying", "grid")
            and fact.evidence
            and fact.evidence[-1][0] < place
            and place - fact.evidence[-1][1] < _FARTHEST
            and fact.session == sentence.session
        ]
        if not before:
            return None
        last = max(before, key=lambda fact: fact.evidence[-1])
        same = [fact for fact in before if (fact.kind, fact.scope) == (last.kind, last.scope)]
        return max(same, key=lambda fact: fact.position or 0)

    def _enumerated(self, term: Term, sentence: Sentence) -> list[Ref]:
        """Return who is enumerated behind the verb, or else before it."""
        norm = self.tokens.norm
        i = term.end
        while i < sentence.last and norm[i] in _FILLERS:
            i += 1
        ref = self.discourse.after(i, sentence, 6)
        if ref is not None and self.discourse.head(ref) <= i + 1 and not self.discourse.governed(ref):
            return [r for r in self.discourse.group(ref) if r.first >= ref.first]
        if not set(norm[term.start : term.end]) & _TOLD_WHOLE:
            return []  # "A et B suivent" may be told of a lap
        left = self.discourse.subject_ref(term.start, sentence) or []
        named = [ref for ref in left if ref.form in ("name", "car")]
        return named if len(named) > 1 else []

    def _paired(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "A et B, neuvième et dixième" and "A et B terminent deuxième et troisième"."""
        for places in self._ordinal_runs(sentence):
            first, last = places[0][1], places[-1][2]
            refs = self.discourse.subject_ref(first, sentence) or []
            units = self.units([ref for ref in refs if ref.first >= sentence.first])
            if len(units) != len(places):
                continue
            kind, said = self.context.kind(first, sentence)
            if not said and kind == "running":
                kind = "final" if self._told_last(sentence) in (None, "final") else kind
            scope = self.context.scope(last - 1, sentence)
            for (people, ref), (value, start, end) in zip(units, places, strict=True):
                a, b = self._spread(start, end, ref)
                yield self._fact(sentence, kind, people, value, a, b, "place_subject", scope)

    def _ordinal_runs(self, sentence: Sentence) -> Iterator[list[tuple[int, int, int]]]:
        """Yield runs of climbing ordinals, "deuxième et troisième": value, first token, token behind."""
        norm, ordinals = self.tokens.norm, self.tokens.ordinals
        run: list[tuple[int, int, int]] = []
        i = sentence.first
        while i < sentence.last:
            found = ordinals.get(i)
            if found is None or found[1] > sentence.last:
                i += 1
                continue
            value, end = found
            goes_on = run and norm[run[-1][2] : i] in (["et"], [","]) and value == run[-1][0] + 1
            if not goes_on:
                if len(run) > 1:
                    yield run
                run = []
            run.append((value, i, end))
            i = end
        if len(run) > 1:
            yield run
