"""Whom "le vainqueur" means: who is told to have won nearest before, else who heads the list behind."""

from __future__ import annotations

from bisect import bisect_right

from extractor.pipeline.annotations import Ref, Sentence
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.vocabulary import DETERMINERS, PREPOSITIONS, RUNNERS_UP, WINNERS, terms
from extractor.values.numbers import ordinal

_BEHIND = 8  # tokens behind "victoire de" or "vainqueur :" within which the name stands
_ASIDE = 5  # tokens within which a class or a cup makes it another win
_FIRST = frozenset(("1", "1.", "1er", "1ere", "1)"))
_RANK_MARKS = frozenset((".", ")", "-", "–", "—", "|", "°", ":", "m", "mm"))
_BEFORE_RANK = frozenset((".", ":", ";", "|", "-", "–", "—", ")", "•"))
_MARKS = 4
_RANKS = ("table", "list")


def means_winner(page: Page, first: int, last: int) -> bool:
    """Tell whether a noun phrase is "le vainqueur" or the like, with nothing that says of what."""
    words = page.norm[first:last]
    return bool(WINNERS & set(words)) and len(words) <= 3 and not terms(words, "other_win")


def place_meant(page: Page, first: int, last: int) -> int | None:
    """Return the place that a noun phrase names: 1 for "le vainqueur", 2 for "son dauphin", "le deuxième"."""
    if means_winner(page, first, last):
        return 1
    words = [word for word in page.norm[first:last] if word not in DETERMINERS]
    if len(words) != 1 or last - first > 2:
        return None
    return 2 if words[0] in RUNNERS_UP else ordinal(words[0])


class Winners:
    """Finds who won, as far as the words beside a name say it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._found: list[tuple[int, int]] | None = None
        self._first: set[int] = set()  # those who head a list

    def before(self, token: int) -> int | None:
        """Return who won: the one who heads a list, else who was told of last, else the first told behind."""
        if self._found is None:
            self._read()
        if len(self._first) == 1:
            return next(iter(self._first))
        found = self._found or []
        k = bisect_right(found, (token, -1))
        if k:
            return found[k - 1][1]
        return found[0][1] if found else None

    def _read(self) -> None:
        page = self.page
        self._found = []
        for sentence in page.layout.sentences:
            refs = [r for r in page.refs_in(sentence.first, sentence.last) if self._competes(r)]
            first = [r for r in refs if self._ranked_first(r, sentence)]
            self._first.update(r.people[0] for r in first)
            told = [] if page.blocks[sentence.block].kind in _RANKS else self._of(sentence, refs)
            self._found += [(r.first, r.people[0]) for r in (*first, *told)]
        self._found.sort()

    def _ranked_first(self, ref: Ref, sentence: Sentence) -> bool:
        """Tell whether a name stands behind "1." or "1er" of a list."""
        norm, i = self.page.norm, ref.first - 1
        while i > sentence.first and ref.first - i <= _MARKS and norm[i] in _RANK_MARKS:
            i -= 1
        opens = i == sentence.first or norm[i - 1] in _BEFORE_RANK
        return i >= sentence.first and norm[i] in _FIRST and opens and i < ref.first

    def _of(self, sentence: Sentence, refs: list[Ref]) -> list[Ref]:
        """Return whom a sentence calls the winner: one at most."""
        page = self.page
        if not refs:
            return []
        for term in terms(page.norm[sentence.first : sentence.last], "win"):
            at, end = sentence.first + term.start, sentence.first + term.end
            near = page.norm[max(sentence.first, at - _ASIDE) : min(sentence.last, end + _ASIDE)]
            if terms(near, "other_win"):
                continue
            found = self._subject(refs, at) if term.value == "verb" else self._behind(refs, end)
            if found is not None:
                return [found]
        return []

    def _competes(self, ref: Ref) -> bool:
        if ref.form not in ("name", "car") or not ref.people:
            return False
        return self.page.people.persons[ref.people[0]].competes

    def _subject(self, refs: list[Ref], verb: int) -> Ref | None:
        """Return the subject of a verb: the last name before it that nothing governs."""
        norm = self.page.norm
        own = [r for r in refs if r.last <= verb and (r.first == 0 or norm[r.first - 1] not in PREPOSITIONS)]
        return own[-1] if own else None

    def _behind(self, refs: list[Ref], noun: int) -> Ref | None:
        """Return whom a noun names behind it: "victoire de X", "vainqueur : X"."""
        return next((r for r in refs if noun <= r.first <= noun + _BEHIND), None)
