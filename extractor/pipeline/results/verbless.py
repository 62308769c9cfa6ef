"""Orders without a verb: "Course 1 : X devant Y et Z", "Demi-finales : A, X devant Y ; B, Z devant W"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.chains import Chains
from extractor.pipeline.results.context import OVERALL

_HEAT_LETTERS = frozenset("ABCDEFGH")
_MARKS = (":", ";", ",", "–", "—", "-", "•", "|")
_LABELS = word_set("results_words", "order_labels")
_LONGEST_LABEL = 8
_OTHER_ORDERS = ("grid", "qualifying", "championship", "running")


class Verbless(Chains):
    """Orders without a verb."""

    def _verbless(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read whom nothing but "devant" joins, where a label or a heading says that races are told."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "order"):
            if norm[term.start] != "devant" or term.end - term.start > 1 or term.start in self._class_told:
                continue
            winner = self._ending(sentence, term.start)
            ref = self.discourse.after(term.end, sentence, 8)
            if winner is None or ref is None or not self._named_at_once(term.end, ref):
                continue
            first = self._first_of(winner)
            opening = self._opening(first, sentence)
            if opening is None:
                continue
            links = self.chain(ref, sentence)
            if not self._ends_there(links[-1].end, sentence):
                continue
            kind = self._labelled_kind(opening, sentence)
            if kind is None:
                continue
            scope = self.context.scope(first, sentence)
            people = self.units([r for r in self.discourse.group(winner) if r.first <= winner.first])[-1][0]
            yield self._fact(sentence, kind, people, 1, first, winner.last, "win", scope)
            for position, link in enumerate(links, 2):
                yield self._fact(sentence, kind, link.people, position, term.start, link.end, "order", scope)

    def _first_of(self, winner: Ref) -> int:
        """Return where the phrase of a winner begins: "l'Alpine n° 4 de X" begins at the article."""
        group = [r for r in self.discourse.group(winner) if r.first <= winner.first]
        first = group[0] if len(group) > 1 and self.units(group)[-1][0] != winner.people else winner
        return min(self.discourse.head(first), first.first)

    def _opening(self, first: int, sentence: Sentence) -> int | None:
        """Return where the label before a winner begins, ``None`` where a clause goes on before him."""
        start = first
        while (
            start > sentence.first
            and self.tokens.text[start - 1] not in ";."
            and first - start < _LONGEST_LABEL
        ):
            start -= 1
        if start < first and self.tokens.text[first - 1] not in _MARKS:
            return None
        if self.tokens.text[first - 1 : first] == [","] and not (
            self.tokens.text[first - 2] in _HEAT_LETTERS or set(self.tokens.norm[start:first]) & _LABELS
        ):
            return None
        return None if self.discourse.refs_between(start, first) else start

    def _ends_there(self, end: int, sentence: Sentence) -> bool:
        """Tell whether nothing is said behind the last of an order."""
        return end >= sentence.last or self.tokens.text[end] in ".;!|"

    def _labelled_kind(self, start: int, sentence: Sentence) -> str | None:
        """Return the kind that the label, or else the heading, gives to an order."""
        cues = {t.value for t in self.context.found(start, sentence.last, "kind")}
        if cues & set(_OTHER_ORDERS) or self.context.found(start, sentence.last, "leads", "pole", "midway"):
            return None
        session = self.context.sessions[sentence.session]
        if session.kind in ("qualifying", "practice"):
            return "qualifying"
        block = self.context.layout.blocks[sentence.block]
        label = self.tokens.norm[start : start + _LONGEST_LABEL]
        told = (
            block.kind in ("title", "heading", "bullet", "list")
            or bool(set(label) & _LABELS)
            or bool(self.context.classes_between(start, start + _LONGEST_LABEL))
            or (
                sentence.first == block.first
                and self.context.layout.blocks[sentence.block - 1].kind == "heading"
            )
        )
        return "final" if told and not (self.won(sentence) and self._overall(start, sentence)) else None

    def _overall(self, start: int, sentence: Sentence) -> bool:
        return self.context.scope(start, sentence) == OVERALL
