"""Orders by the clock, where each drives alone: "Montée 1 : X signe 1'04"9, Y 1'05"3", "Y en 3:41.2"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.gaps import Gaps
from extractor.values.times import clock_at

_OLDER = frozenset(("record", "ancien", "ancienne"))
_NO_RUN = word_set("results_words", "no_run")
_FARTHEST = 9  # tokens between a name and its time
_SLOWEST = 1.5  # times of one run lie closer together than this


@dataclass(frozen=True, slots=True)
class _Run:
    """Somebody and the time of his run; ``end`` is the token behind the time."""

    ref: Ref
    seconds: float
    end: int


class Timed(Gaps):
    """Orders by the clock."""

    def _by_times(self, sentence: Sentence, told: list[ResultFact]) -> Iterator[ResultFact]:
        """Go on with, or begin, the order of a run: each is slower than the one before."""
        session = self.context.run_of(sentence)
        runs = list(self._runs(sentence)) if session is not None else []
        if session is None or not runs:
            return
        scope = self.context.scope(runs[0].ref.first, sentence)
        known = {
            person: fact.position
            for fact in (*self.earlier[-24:], *told)
            if (fact.kind, fact.session, fact.scope) == ("final", session, scope) and fact.position
            for person in fact.people
        }
        place = 0 if not known and len(runs) > 1 and self._opens_run(sentence) else None
        for before, run in zip((None, *runs), runs, strict=False):
            if before is not None and not before.seconds < run.seconds < before.seconds * _SLOWEST:
                return
            held = known.get(run.ref.people[0])
            if held is not None:
                place = held
                continue
            if place is None or place + 1 in known.values():
                return
            place += 1
            people = self._crew_before(run.ref)
            fact = self._fact(sentence, "final", people, place, run.ref.first, run.end, "order", scope)
            fact.session = session
            yield fact

    def _opens_run(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is the first of its session to name somebody."""
        sentences = self.context.layout.sentences
        for number in range(self.discourse.sentence_at(sentence.first) - 1, -1, -1):
            before = sentences[number]
            if before.block != sentence.block or (before.session, before.local) != (
                sentence.session,
                sentence.local,
            ):
                break
            if self.discourse.refs_between(before.first, before.last):
                return False
        return True

    def _runs(self, sentence: Sentence) -> Iterator[_Run]:
        """Yield who is named with a time of his own right behind."""
        refs = [
            r for r in self.discourse.refs_between(sentence.first, sentence.last) if r.form in ("name", "car")
        ]
        for k, ref in enumerate(refs):
            start = max(ref.outer, ref.last)
            stop = refs[k + 1].first if k + 1 < len(refs) else sentence.last
            low, _ = self.context.clause(ref.first, sentence)
            if _OLDER & set(self.tokens.norm[low : ref.first]) or self.context.past(low, stop):
                continue
            found = self._time_behind(start, min(stop, start + _FARTHEST))
            if found is not None:
                yield _Run(ref, *found)

    def _time_behind(self, first: int, last: int) -> tuple[float, int] | None:
        norm = self.tokens.norm
        for i in range(first, last):
            if norm[i] in _NO_RUN:
                return None
            found = clock_at(norm, i) if self.tokens.shape[i] == "d" else None
            if found is not None:
                return found
        return None
