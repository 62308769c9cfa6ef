"""What a clause hands to another: "laisse la victoire à X", "arrache la 3e place à Y", "à 4 s de X"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.telling import Telling
from extractor.values.numbers import ordinal_at
from extractor.values.times import gap

_PRIZES = word_set("results_words", "prizes")
_BEATEN = word_set("results_words", "beaten")
_UNITS = word_set("results_words", "gap_units")
_TO = ("a", "au", "aux")
_OF = ("de", "d'", "du", "des")


class Shares(Telling):
    """Places told of another than the subject."""

    _heat_tokens: set[int]

    def _left_to(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "laisse la course 2 à X", "abandonnant la victoire à X"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "leaves"):
            to = next((i for i in range(term.end, min(sentence.last, term.end + 7)) if norm[i] in _TO), None)
            if to is None or not set(norm[term.end : to]) & _PRIZES or "," in norm[term.end : to]:
                continue
            ref = self.discourse.after(to + 1, sentence, 6)
            if ref is None or not self._adjacent(to + 1, ref):
                continue
            if self.context.negated(term.start, sentence, before=4, after=1) or self.context.past(
                max(sentence.first, term.start - 6), to
            ):
                continue
            scope = self.context.scope(term.end, sentence, overall_before=False)
            yield self._fact(sentence, "final", ref.people, 1, term.end, ref.last, "win_right", scope)

    def _others_placed(self, facts: list[ResultFact], sentence: Sentence) -> Iterator[ResultFact]:
        """Read whom a place was taken from or lost to: one place behind, one place ahead."""
        for fact in facts:
            if fact.kind != "final" or fact.position is None or not fact.rule.startswith("place"):
                continue
            last = self.tokens.at_or_after(fact.evidence[0][1])
            found = self._robbed(fact, last, sentence) or self._ahead(fact, last, sentence)
            if found is None or set(found[0].people) & set(fact.people):
                continue
            ref, step = found
            people = tuple(dict.fromkeys(p for p in self.crew_of(ref)))
            yield self._fact(
                sentence, "final", people, fact.position + step, last, ref.last, "order", fact.scope
            )

    def crew_of(self, ref: Ref) -> tuple[int, ...]:
        """Return the people of a reference and of those named with it as one crew."""
        group = [r for r in self.discourse.group(ref) if r.first >= ref.first]
        return self.units(group)[0][0] if group else ref.people

    def _robbed(self, fact: ResultFact, last: int, sentence: Sentence) -> tuple[Ref, int] | None:
        """Read "arrache la troisième place à X": X comes next."""
        norm = self.tokens.norm
        first = self.tokens.at_or_after(fact.evidence[0][0])
        if last >= sentence.last or norm[last] not in _TO:
            return None
        if not self.context.found(first, last, "takes_from"):
            return None
        ref = self.discourse.after(last + 1, sentence, 5)
        return (ref, 1) if ref is not None and self._adjacent(last + 1, ref) else None

    def _ahead(self, fact: ResultFact, last: int, sentence: Sentence) -> tuple[Ref, int] | None:
        """Read "deuxième à 4 s de X" and "troisième, battu de peu par X": X is one place ahead."""
        norm = self.tokens.norm
        end = min(sentence.last, last + 3)
        for i in range(last, end):
            if norm[i] in _BEATEN:
                by = next((k for k in range(i + 1, min(sentence.last, i + 12)) if norm[k] == "par"), None)
                return self._named_at(by, sentence)
        if fact.position != 2 or norm[last : last + 1] != ["a"]:
            return None
        for i in range(last + 1, min(sentence.last, last + 7)):
            if norm[i] in _OF and self._is_gap(last + 1, i):
                found = self._named_at(i, sentence)
                if found is not None:
                    return found
        return None

    def _named_at(self, i: int | None, sentence: Sentence) -> tuple[Ref, int] | None:
        if i is None:
            return None
        ref = self.discourse.after(i + 1, sentence, 6)
        return (ref, -1) if ref is not None and self._adjacent(i + 1, ref) else None

    def _is_gap(self, first: int, last: int) -> bool:
        """Tell whether the tokens tell a gap: "4"106", "deux secondes", "un souffle"."""
        words = self.tokens.norm[first:last]
        return bool(set(words) & _UNITS) or any(gap(text) for text in self.tokens.text[first:last])

    def _handed_places(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "la troisième place revenant à X, la quatrième à Y" and "la troisième à Y"."""
        norm = self.tokens.norm
        for i in range(sentence.first + 1, sentence.last - 2):
            if (
                norm[i - 1] != "la"
                or i in self._heat_tokens
                or (i - 1 > sentence.first and norm[i - 2] not in (",", ";", "et", ":"))
            ):
                continue
            found = ordinal_at(norm, i)
            if found is None:
                continue
            value, end = found
            end += norm[end : end + 1] in (["place"], ["marche"])
            goes = bool(self.context.found(end, end + 1, "goes"))
            given = goes or norm[end : end + 1] in (["revenant"], ["allant"])
            end += given
            if norm[end : end + 1] not in (["a"], ["au"], ["pour"]):
                continue
            ref = self.discourse.ref_at(end + 1) or self.discourse.after(end + 1, sentence, 4)
            if ref is None or not self._adjacent(end + 1, ref) or not (given or self._goes_on(sentence, i)):
                continue
            scope = self.context.scope(i, sentence)
            yield self._fact(sentence, "final", self.crew_of(ref), value, i, ref.last, "place_right", scope)

    def _goes_on(self, sentence: Sentence, i: int) -> bool:
        """Tell whether places were told before in the sentence, or last in its block."""
        norm = self.tokens.norm[sentence.first : i]
        return bool({"place", "marche", "victoire"} & set(norm)) or self._told_last(sentence) == "final"
