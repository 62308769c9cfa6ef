"""Wins handed out: "la victoire revient à X", "première victoire pour X", "le groupe N va à X"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import OVERALL
from extractor.pipeline.results.winkinds import WinKinds

_WIN_NOUNS = word_set("results_words", "win_nouns")
_NOT_TO_WHOM = word_set("results_words", "not_to_whom")


class Handed(WinKinds):
    """Wins handed out."""

    def _winners(self, ref: Ref) -> tuple[int, ...]:
        """Return all who are named together as the winner: a win has one holder, so they are a crew."""
        group = [r for r in self.discourse.group(ref) if r.first >= ref.first]
        if len(group) > 1 and self.tokens.norm[self.discourse.head(group[-1]) - 1] not in ("et", "/", "&"):
            return self.units(group)[0][0]  # "X, Y": another thought begins
        return tuple(dict.fromkeys(p for r in group for p in r.people))

    def _class_subject(self, term: Term, sentence: Sentence) -> str:
        """Return the class that the clause speaks of before a verb: "La catégorie GT a été remportée par"."""
        start, _ = self.context.clause(term.start, sentence)
        named = self.context.classes_between(start, term.start)
        return self.context.label(named[-1]) if named else OVERALL

    def _handed_out(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "la victoire revient à X", "les honneurs de la catégorie B reviennent une fois encore à X"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "goes"):
            to = next(
                (
                    i
                    for i in range(term.end, min(sentence.last, term.end + 6))
                    if norm[i] in ("a", "au", "aux")
                ),
                None,
            )
            if (
                to is None
                or ("," in norm[term.end : to] and to - term.end > 3)
                or not self._about_win(term, sentence)
                or self._conditional(term, sentence)
                or any(self._year(i) for i in range(max(sentence.first, term.start - 6), term.start))
            ):
                continue
            ref = self.discourse.after(to + 1, sentence, 9)
            if ref is None or not self._adjacent(to + 1, ref) or self._meets(to + 1, ref):
                continue
            kind, scope = self._win_kind(term, sentence)
            if kind is None:
                continue
            if scope == OVERALL:
                scope = self._class_subject(term, sentence)
            scope = self._class_given(term, sentence) or scope
            people = self._winners(ref)
            yield self._fact(sentence, kind, people, 1, term.start, ref.last, "win_right", scope)

    def _meets(self, start: int, ref: Ref) -> bool:
        """Tell whether a noun takes what is handed out: "vont à la rencontre de X"."""
        norm, shape = self.tokens.norm, self.tokens.shape
        if self.discourse.head(ref) <= start:
            return False
        return any(
            shape[i] == "l" and len(norm[i]) > len("des") and norm[i + 1] in ("de", "d'", "du")
            for i in range(start, ref.first - 1)
        )

    def _noun_wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "première victoire scratch pour X", "le succès final de X"."""
        norm = self.tokens.norm
        for i in range(sentence.first, sentence.last):
            if (
                norm[i] not in _WIN_NOUNS
                or self.context.negated(i, sentence, before=5, after=1)
                or self.context.past(max(sentence.first, i - 4), i + 4)
            ):
                continue
            to = next(
                (k for k in range(i + 1, min(sentence.last, i + 8)) if norm[k] in ("pour", "de", "d'", "du")),
                None,
            )
            if (
                to is None
                or "," in norm[i:to]
                or _NOT_TO_WHOM & set(norm[i:to])
                or (norm[to + 1 : to + 2] in (["suite"], ["la"]) and norm[to] != "pour")
            ):
                continue
            ref = self.discourse.after(to + 1, sentence, 6)
            if ref is None or self.discourse.head(ref) > to + 1:
                continue
            yield self._fact(
                sentence,
                "final",
                self._winners(ref),
                1,
                i,
                ref.last,
                "win_right",
                self.context.scope(i + 1, sentence, overall_before=False),
            )
