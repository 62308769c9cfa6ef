"""Winners of several classes in one sentence: "X gagne en GT et Y en CN", "le groupe 1 va à X, le 2 à Y"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, Ref, ResultFact, Sentence
from extractor.pipeline.results.context import OVERALL
from extractor.pipeline.results.telling import Telling

_TO_WIN = 8  # tokens between the verb and "respectivement"
_TO = ("a", "au", "pour")
_LEADS_IN = word_set("results_words", "leads_into_class")
_ARTICLES = frozenset(("le", "la", "les", "l'"))


class ClassWins(Telling):
    """Winners of several classes."""

    def _respective(self, facts: list[ResultFact], sentence: Sentence) -> list[ResultFact]:
        """Read "A, B et C s'imposent respectivement en X, Y et Z": each has won a class of his own.

        Where the classes are not all known, nobody is said to have won: they did not win together.
        """
        norm = self.tokens.norm
        if "respectivement" not in norm[sentence.first : sentence.last]:
            return facts
        at = norm.index("respectivement", sentence.first, sentence.last)
        wins = self.context.found(max(sentence.first, at - _TO_WIN), min(sentence.last, at + 3), "win")
        units = self.units(self.discourse.subject_ref(wins[-1].start, sentence) or []) if wins else []
        if len(units) < 2:
            return facts
        winners = {p for people, _ in units for p in people}
        kept = [f for f in facts if not (f.position == 1 and set(f.people) <= winners)]
        classes: list[Name] = []
        for name in self.context.classes_between(at, sentence.last):
            if not classes or name.first >= classes[-1].last:
                classes.append(name)
        if len(classes) != len(units):
            return kept
        for (people, ref), name in zip(units, classes, strict=True):
            scope = self.context.label(name)
            kept.append(self._fact(sentence, "final", people, 1, ref.first, name.last, "win", scope))
        return kept

    def _shared_classes(self, facts: list[ResultFact], sentence: Sentence) -> Iterator[ResultFact]:
        """Go on with a class that was won: the verb stands once, each class has its own winner."""
        won = [f for f in facts if f.kind == "final" and f.position == 1 and f.scope != OVERALL]
        for fact in won:
            if not fact.rule.startswith("win"):
                continue
            end = self.tokens.at_or_after(fact.evidence[0][1])
            start = self.tokens.at_or_after(fact.evidence[0][0])
            yield from self._gapped(end, sentence, handed=fact.rule == "win_right" and start < end)
            break

    def _gapped(self, end: int, sentence: Sentence, *, handed: bool) -> Iterator[ResultFact]:
        for name in self.context.classes_between(end, sentence.last):
            ref = self._winner_behind(name) if handed else self._winner_before(name, end)
            if ref is None:
                continue
            first, last = min(ref.first, name.first), max(ref.last, name.last)
            people = self._together(ref)
            yield self._fact(sentence, "final", people, 1, first, last, "win", self.context.label(name))

    def _winner_before(self, name: Name, end: int) -> Ref | None:
        """Return X of ", X en CN": a name behind a mark, with nothing but a bracket before the class."""
        norm = self.tokens.norm
        i = name.first
        while i > end and norm[i - 1] in _LEADS_IN:
            i -= 1
        ref = self.discourse.ref_ending(i)
        if i == name.first or ref is None or ref.form not in ("name", "car") or ref.first < end:
            return None
        head = self.discourse.head(ref)
        first = min((r.first for r in self.discourse.group(ref) if r.first >= end), default=ref.first)
        before = norm[min(head, first) - 1]
        return ref if before in (",", ";", "et", "puis", "tandis") else None

    def _winner_behind(self, name: Name) -> Ref | None:
        """Return X of ", la Coupe des Dames à X"."""
        norm = self.tokens.norm
        last = name.last
        if norm[last : last + 1] not in ([w] for w in _TO):
            return None
        for i in range(last + 1, min(len(norm), last + 6)):
            ref = self.discourse.ref_at(i)
            if ref is not None:
                return ref if self._adjacent(last + 1, ref) else None
        return None

    def _together(self, ref: Ref) -> tuple[int, ...]:
        return self.units([r for r in self.discourse.group(ref) if self._joined(r, ref)])[-1][0]

    def _joined(self, other: Ref, ref: Ref) -> bool:
        return other is ref or set(self.crews.get(ref.people[0], ())) >= set(other.people)

    def _groups_go(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "Les groupes reviennent à X (GT), Y (A) et Z (N)"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "goes"):
            before = norm[max(sentence.first, term.start - 5) : term.start]
            if not set(before) & {"groupes", "classes", "categories", "divisions"}:
                continue
            for ref in self.discourse.refs_between(term.end, sentence.last):
                inside = self._bracketed(ref)
                if inside is not None:
                    first, last = inside
                    scope = self.tokens.surface(first, last)
                    yield self._fact(sentence, "final", ref.people, 1, ref.first, last, "win_right", scope)

    def _bracketed(self, ref: Ref) -> tuple[int, int] | None:
        """Return the few words in the bracket behind a name."""
        text = self.tokens.text
        if text[ref.last : ref.last + 1] != ["("]:
            return None
        for i in range(ref.last + 1, min(len(text), ref.last + 6)):
            if text[i] == ")":
                return (ref.last + 1, i) if i > ref.last + 1 else None
        return None

    def _class_leaders(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "En groupe N, X devance Y": a class opens the sentence, and one is ahead of the other."""
        norm = self.tokens.norm
        if self.context.found(sentence.first, sentence.last, "kind", "leads", "win", "pole", "light"):
            return
        opening = [
            n
            for n in self.context.classes_between(sentence.first, min(sentence.last, sentence.first + 6))
            if norm[n.last : n.last + 1] == [","] and norm[sentence.first] in ("en", "chez", "cote", "parmi")
        ]
        for term in self.context.found(sentence.first, sentence.last, "order") if opening else []:
            if norm[term.start] in ("devant", "suivi", "suivis") or norm[term.start].endswith("ant"):
                continue
            ref, subject = self._next_in_order(term, sentence), self.who(term.start, sentence)
            if ref is None or subject is None or self.context.negated(term.start, sentence):
                return
            if self.discourse.head(subject[1]) > opening[0].last + 3 or subject[1].first < opening[0].last:
                return
            scope = self.context.label(opening[0])
            units = self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])
            yield self._fact(sentence, "final", subject[0], 1, subject[1].first, term.end, "win", scope)
            for position, (people, unit) in enumerate(units, 2):
                yield self._fact(sentence, "final", people, position, term.start, unit.last, "order", scope)
            return
