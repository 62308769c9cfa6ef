"""Orders told by gaps behind a winner: "X gagne. Y est à 8"4, Z à 12 secondes", "Y l'a suivi"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.sequences import Sequences
from extractor.values.numbers import cardinal
from extractor.values.times import gap, iso_seconds

_VERBS = word_set("results_words", "gap_verbs")
_SECONDS = {"seconde": 1.0, "secondes": 1.0, "s": 1.0, "sec": 1.0, "minute": 60.0, "minutes": 60.0}
_SECONDS |= {"dixieme": 0.1, "dixiemes": 0.1, "centiemes": 0.01, "millieme": 0.001, "milliemes": 0.001}
_NO_GAPS = ("km", "kilometres", "metres", "m", "litres", "l", "points", "%", "secondes", "s", "h")
_FARTHEST = 5  # tokens between a name and its gap


@dataclass(frozen=True, slots=True)
class _Behind:
    """Somebody and by how much behind; ``end`` is the token behind the gap."""

    ref: Ref
    seconds: float
    end: int


class Gaps(Sequences):
    """Orders told by gaps."""

    def _by_gaps(self, sentence: Sentence, told: list[ResultFact]) -> Iterator[ResultFact]:
        """Go on with an order whose winner is told: each is farther behind than the one before."""
        behind = list(self._gapped_names(sentence))
        if not behind or any(
            t.category == "midway" or t.value in ("running", "grid", "qualifying", "championship")
            for t in self.context.found(sentence.first, sentence.last, "kind", "midway")
        ):
            return
        told = list(told)
        base = self._last_place(behind[0].ref.first, sentence, told)
        if base is None or base.kind != "final" or not self._fresh(base, sentence):
            return
        places = {p: f for f in (*self.earlier[-16:], *told) if self._like(f, base) for p in f.people}
        last, seconds = (base.position or 0), (0.0 if base.position == 1 or base in told else None)
        for one in behind:
            known = places.get(one.ref.people[0])
            if known is not None:
                last, seconds = known.position or 0, one.seconds
                continue
            if seconds is None or one.seconds <= seconds or self.discourse.governed(one.ref):
                return
            last, seconds = last + 1, one.seconds
            people = self._crew_before(one.ref)
            fact = self._fact(sentence, "final", people, last, one.ref.first, one.end, "order", base.scope)
            fact.session = base.session
            yield fact

    def _fresh(self, base: ResultFact, sentence: Sentence) -> bool:
        """Tell whether an order was told in the same block, and within a few lines."""
        block = self.context.layout.blocks[sentence.block]
        return block.start <= base.evidence[-1][0] < block.end

    def _like(self, fact: ResultFact, base: ResultFact) -> bool:
        return (fact.kind, fact.scope, fact.session) == (base.kind, base.scope, base.session) and bool(
            fact.position
        )

    def _crew_before(self, ref: Ref) -> tuple[int, ...]:
        """Return the people named together with a reference as one crew."""
        group = [r for r in self.discourse.group(ref) if r.first <= ref.first]
        return self.units(group)[-1][0] if group else ref.people

    def _gapped_names(self, sentence: Sentence) -> Iterator[_Behind]:
        inside = sentence.first  # where the bracket behind the last name ends
        for ref in self.discourse.refs_between(sentence.first, sentence.last):
            if ref.form not in ("name", "car") or ref.first < inside:
                continue
            inside = max(ref.outer, ref.last)
            found = self._gap_behind(ref, sentence)
            if found is not None:
                yield _Behind(ref, *found)

    def _gap_behind(self, ref: Ref, sentence: Sentence) -> tuple[float, int] | None:
        """Return the gap right behind a name, its bracket and a verb, and where it ends."""
        norm = self.tokens.norm
        i = ref.outer if ref.outer > 0 else ref.last
        end = min(sentence.last - 1, i + _FARTHEST)
        i += norm[i : i + 1] == [","]
        while i < end and (norm[i] in _VERBS or (norm[i] == "a" and norm[i + 1] in _VERBS)):
            i += 1
        if i >= end or norm[i] not in ("a", "+"):
            return None
        return self._measure(i + 1, sentence)

    def _measure(self, i: int, sentence: Sentence) -> tuple[float, int] | None:
        """Read a gap at a token: "8"4", "4 secondes", "sept dixièmes"."""
        text = self.tokens.text[i]
        value = gap(text)
        unit = self.tokens.norm[i + 1] if i + 1 < sentence.last else ""
        bare = text.replace(".", "").replace(",", "").isdecimal()
        if value is not None and (not bare or (not text.isdecimal() and unit not in _NO_GAPS)):
            return iso_seconds(value), i + 1
        number = cardinal(self.tokens.norm[i])
        if unit not in _SECONDS:
            return None
        if number is None:
            plain = text.replace(",", ".")
            number_of = float(plain) if plain.replace(".", "", 1).isdecimal() else None
        else:
            number_of = float(number)
        return (number_of * _SECONDS[unit], i + 2) if number_of else None
