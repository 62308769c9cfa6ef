"""Places told by the podium: "complète le podium", "la médaille d'argent", "ferment le top 5"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.fold import fold
from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.telling import Telling
from extractor.values.numbers import cardinal, ordinal_at

_CLOSING = word_set("results_words", "closing_participles")
_TO_PAR = 6  # tokens from "top 5" to "par": "a été clôturé par"


class Podiums(Telling):
    """Places told by the podium."""

    def _tops(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "A et B complètent le top 5": places four and five."""
        for term in self.context.found(sentence.first, sentence.last, "top"):
            text = self.tokens.text[term.end] if term.end < len(self.tokens) else ""
            if text == "-" and term.end + 1 < len(self.tokens):
                text = self.tokens.text[term.end + 1]
            glued = self.tokens.norm[term.end - 1].removeprefix("top")  # "le top5"
            size = cardinal(glued or fold(text)) if glued or text else None
            refs = self.discourse.subject_ref(term.start, sentence)
            if size is None or not 3 <= size <= 10 or not refs:
                continue
            units = self.units(refs)
            cues = {t.value for t in self.context.found(sentence.first, sentence.last, "kind")}
            kind = "running" if "running" in cues and self._told_last(sentence) != "final" else "final"
            for position, (people, ref) in enumerate(units, size - len(units) + 1):
                if position > 0:
                    yield self._fact(
                        sentence,
                        kind,
                        people,
                        position,
                        ref.first,
                        term.end,
                        "top" if position == size else "podium",
                        self.context.scope(term.start, sentence),
                    )

    def _tops_right(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "le top 5 est complété par A et B": places four and five."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "top_right"):
            i = term.end + (norm[term.end : term.end + 1] == ["-"])
            size = cardinal(norm[i]) if i < sentence.last else None
            words = norm[i + 1 : min(sentence.last, i + 1 + _TO_PAR)]
            if size is None or not 3 <= size <= 10 or "par" not in words:
                continue
            if not _CLOSING & set(words[: words.index("par")]):
                continue
            start = i + 2 + words.index("par")
            ref = self.discourse.after(start, sentence, 6)
            if ref is None or not self._adjacent(start, ref):
                continue
            units = self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])
            for position, (people, unit) in enumerate(units, size - len(units) + 1):
                if position > 0:
                    yield self._fact(
                        sentence,
                        "final",
                        people,
                        position,
                        term.start,
                        unit.last,
                        "podium",
                        self.context.scope(term.start, sentence),
                    )

    def _podiums(self, sentence: Sentence) -> Iterator[ResultFact]:
        for term in self.context.found(
            sentence.first, sentence.last, "podium", "podium_right", "second", "foot"
        ):
            if self.context.negated(term.start, sentence, before=6, after=0) or self.context.past(
                max(sentence.first, term.start - 5), term.end + 4
            ):
                continue
            if term.category == "podium" and ordinal_at(self.tokens.norm, term.start) is not None:
                continue  # told by its ordinal
            refs, first, last = self._podium_refs(term, sentence)
            if not refs:
                continue
            units = self.units(refs)
            if term.category == "second" and self._dauphin(term) and not self.won(sentence):
                continue
            scope = self.context.scope(term.start, sentence)
            if term.category == "foot":
                places = [4]
            elif term.category == "second":
                places = [2]
            else:
                places = [2, 3] if len(units) == 2 and not self._one_step(term) else [3]
            for (people, ref), position in zip(units, places, strict=False):
                yield self._fact(
                    sentence,
                    "final",
                    people,
                    position,
                    min(first, ref.first),
                    max(last, ref.last),
                    "podium",
                    scope,
                )

    def _named_podium(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "Le podium : A, B, C", three names and no numbers."""
        norm = self.tokens.norm
        for i in range(sentence.first, sentence.last - 1):
            if norm[i] not in ("podium", "tierce") or self.tokens.text[i + 1] != ":":
                continue
            ref = self.discourse.after(i + 2, sentence, 4)
            units = self.units(self.discourse.group(ref)) if ref is not None else []
            if len(units) == 3 and units[0][1].first > i:
                for position, (people, unit) in enumerate(units, 1):
                    yield self._fact(
                        sentence,
                        "final",
                        people,
                        position,
                        i,
                        unit.last,
                        "podium",
                        self.context.scope(i, sentence),
                    )

    def _dauphin(self, term: Term) -> bool:
        return self.tokens.norm[term.end - 1] in ("dauphin", "dauphine")

    def _one_step(self, term: Term) -> bool:
        return bool(
            set(self.tokens.norm[term.start : term.end]) & {"marche", "place", "bronze", "ferme", "homme"}
        )

    def _ahead_of(self, facts: list[ResultFact], sentence: Sentence) -> Iterator[ResultFact]:
        """Read "prend le bronze derrière X": X is one place ahead."""
        norm = self.tokens.norm
        for fact in facts:
            if fact.position is None or fact.position < 2 or fact.kind != "final" or fact.rule == "order":
                continue
            last = self.tokens.at_or_after(fact.evidence[0][1])
            for i in range(max(sentence.first, last - 1), min(sentence.last, last + 4)):
                if norm[i] != "derriere":
                    continue
                ref = self.discourse.after(i + 1, sentence, 9)
                if ref is None or (not self._adjacent(i + 1, ref) and ref.first not in self.discourse.owners):
                    break
                units = self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])
                if len(units) < fact.position:
                    for (people, unit), position in zip(
                        reversed(units), range(fact.position - 1, 0, -1), strict=False
                    ):
                        yield self._fact(
                            sentence, "final", people, position, i, unit.last, "order", fact.scope
                        )
                break

    def _podium_refs(self, term: Term, sentence: Sentence) -> tuple[list[Ref], int, int]:
        if term.category == "podium_right" or self.tokens.norm[term.end : term.end + 2] == ["est", "pour"]:
            ref = self.discourse.after(term.end, sentence, 10)
            refs = [r for r in self.discourse.group(ref) if r.first >= ref.first] if ref else []
            return refs, term.start, term.end
        following = self.tokens.norm[term.end : term.end + 4]
        if (
            set(following) & {"revient", "revenant", "revenait", "revint", "echoit", "pour", "a"}
            and "," not in following
        ):
            ref = self.discourse.after(term.end, sentence, 18)
            if ref is not None and self.discourse.head(ref) - term.end <= 5:
                return [r for r in self.discourse.group(ref) if r.first >= ref.first], term.start, term.end
        left = self.discourse.subject_ref(term.start, sentence)
        if left:
            return left, term.start, term.end
        ref = self.discourse.after(term.end, sentence, 8)
        if ref is not None and not self.discourse.governed(ref):
            return [r for r in self.discourse.group(ref) if r.first >= ref.first], term.start, term.end
        return [], term.start, term.end
