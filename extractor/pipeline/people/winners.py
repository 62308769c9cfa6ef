"""Who has won so far, as far as "le vainqueur" needs it: the race's winner before a class's."""

from __future__ import annotations

from extractor.lexicon.words import Term
from extractor.pipeline.annotations import Name, Ref, Sentence
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.chains import found_between

_DENIALS = frozenset(("ne", "n'", "sans", "aurait", "pourrait", "devrait", "jamais"))
_NOUNS = ("vainqueur", "laureat", "victorieu")


class Winners:
    """Notes winners sentence by sentence."""

    def __init__(self, discourse: Discourse, names: list[Name]) -> None:
        self.discourse, self.names = discourse, names
        self.terms = discourse.tokens.terms("results")
        self.overall: tuple[int, ...] = ()
        self.of_class: tuple[int, ...] = ()

    def last(self) -> tuple[int, ...]:
        """Return who won last: overall where that was told, else in a class."""
        return self.overall or self.of_class

    def note(self, sentence: Sentence, refs: list[Ref]) -> None:
        """Take in the wins that a sentence tells of people it names."""
        if not refs:
            return
        for i in range(sentence.first, sentence.last):
            for term in self.terms.get(i, ()):
                who = self._winner(term, sentence)
                if not who:
                    continue
                if any(n.kind == "class" for n in found_between(self.names, sentence.first, sentence.last)):
                    self.of_class = who
                else:
                    self.overall = who

    def _winner(self, term: Term, sentence: Sentence) -> tuple[int, ...]:
        norm = self.discourse.tokens.norm
        if term.category not in ("win", "win_right") or norm[term.start].startswith(_NOUNS):
            return ()
        if _DENIALS & set(norm[max(sentence.first, term.start - 5) : term.end]):
            return ()
        if term.category == "win_right":
            ref = self.discourse.after(term.end, sentence, 8)
            return ref.people if ref is not None and ref.form == "name" else ()
        found = self.discourse.subject_ref(term.start, sentence) or []
        return tuple(dict.fromkeys(p for ref in found if ref.form == "name" for p in ref.people))
