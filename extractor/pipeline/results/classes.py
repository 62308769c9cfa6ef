"""First and second of a class: "X devançait Y chez les Gentlemen", "le meilleur des Rookies"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.telling import Telling


class Classes(Telling):
    """First and second of a class."""

    def _class_orders(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "X devançait Y chez les Gentlemen": first and second of the class."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "order"):
            if norm[term.start] in ("devant", "suivi", "suivis", "suivie") or norm[term.start].endswith(
                "ant"
            ):
                continue
            ref = self._next_in_order(term, sentence)
            subject = self.who(term.start, sentence)
            if ref is None or subject is None:
                continue
            end = ref.outer if ref.outer > 0 else ref.last
            named = self.context.classes_between(end, min(sentence.last, end + 5))
            if not named or norm[end : end + 1] not in (["chez"], ["en"], ["dans"], ["pour"], ["au"]):
                continue
            scope = self.context.label(named[0])
            yield self._fact(
                sentence, "final", subject[0], 1, subject[1].first, named[0].last, "order", scope
            )
            yield self._fact(sentence, "final", ref.people, 2, term.start, named[0].last, "order", scope)
            self._class_told.add(term.start)

    def _class_bests(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "le meilleur des Rookies", "première féminine": first of a class, told beside a name."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "class_best"):
            i = term.end
            while i < sentence.last and norm[i] in (
                "des",
                "de",
                "la",
                "les",
                "du",
                "“",
                '"',
                "«",
                "pilote",
                "pilotes",
                "en",
                "categorie",
                "classe",
            ):
                i += 1
            name = next((n for n in self.context.classes_between(i, i + 1)), None)
            if (
                name is None
                or self._debut(term.start)
                or self.context.past(max(sentence.first, term.start - 5), term.end + 4)
            ):
                continue
            ref = (
                self._ending(sentence, term.start - 1)
                if self.tokens.text[term.start - 1] in ",("
                else self._ending(sentence, term.start)
            )
            ref = ref or self._enclosing(sentence, term.start)
            people: tuple[int, ...]
            if ref is not None:
                people = ref.people
            else:
                right = self._named_behind(name.last)
                subject = self.who(term.start, sentence)
                if right is not None:
                    people, ref = right.people, right
                elif subject is not None:
                    people, ref = subject
                else:
                    continue
            kind, said = self.context.kind(term.start, sentence)
            kind = kind if said and kind in ("qualifying", "grid", "championship") else "final"
            a, b = self._spread(term.start, name.last, ref)
            yield self._fact(sentence, kind, people, 1, a, b, "class_best", self.context.label(name))

    def _named_behind(self, end: int) -> Ref | None:
        """Return who is named behind the class: "première féminine, X", "la première féminine est X"."""
        ref = self.discourse.ref_at(end)
        if ref is None and self.tokens.norm[end : end + 1] in (["est"], ["fut"], ["etait"], [":"]):
            ref = self.discourse.ref_at(end + 1)
        return ref
