"""Who is named for an earlier race only: "la première, en 1957, avait été gagnée par A", "feu B"."""

from __future__ import annotations

from bisect import bisect_right

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout, Name

_LAST_TIME = word_set("people_words", "last_time")
_PAST = word_set("people_words", "past_turns")
_ABSENT = frozenset(("absent", "absente", "absents"))
_ONCE = word_set("people_words", "once")
_WON_THEN = word_set("people_words", "won_then")
_LOSSES = word_set("people_words", "losses")
_BEFORE_LOST = frozenset(
    ("de", "d'", "du", "des", "son", "sa", "leur", "pilote", "pilotes", "a", "notre", "jeune")
)
_TO_LOSS = 5  # tokens between "absence" and who is missing
_BEFORE_YEAR = frozenset(("en", "depuis", "des"))
_HEAD = 3  # blocks in which a year is the report's
_NEAR = 12  # tokens between somebody and the year of what they did
_CREW = 6  # tokens in which the bracket of a crew follows
_YEARS = range(1890, 2100)
_NO_YEAR = 9999


class Past:
    """Tells which names stand in a memory of other days."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        years = [i for i, word in enumerate(self.tokens.text) if len(word) == 4 and _is_year(word)]
        self.year = self._own_year(years)
        marks = {i for i in years if self._is_past(i)} | set(self._turns())
        self.marks = sorted(i for i in marks if not self._in_passing(i))

    def holds(self, name: Name) -> bool:
        """Tell whether a name stands near the year or the words of another day, in the same clause."""
        norm = self.tokens.norm
        if norm[name.first - 1 : name.first] in (["feu"], ["feue"]):
            return True
        if self._missed(name.first):
            return True
        end = max(name.last, name.outer)
        if norm[end : end + 1] == [","] and norm[end + 1 : end + 2] and norm[end + 1] in _ABSENT:
            return True
        if not self.marks or name.outer > name.last or self._shares_bracket(end):
            return False
        sentence = self._sentence(name.first)
        return any(
            sentence[0] <= mark < sentence[1]
            and not (mark < name.first and self._of_what_was_won(mark))
            and -_NEAR <= mark - name.first <= _NEAR
            and ";" not in norm[min(mark, name.first) : max(mark, name.first)]
            for mark in self.marks
        )

    def _missed(self, first: int) -> bool:
        """Tell whether somebody is missing or dead: "en l'absence de A", "la mort de son pilote A"."""
        norm = self.tokens.norm
        i = first - 1
        while i > 1 and first - i < _TO_LOSS and norm[i] not in _LOSSES and norm[i] in _BEFORE_LOST:
            i -= 1
        return i < first - 1 and norm[i] in _LOSSES

    def _shares_bracket(self, end: int) -> bool:
        """Tell whether "A et B (Peugeot)" gives a car to the one named before "et"."""
        norm = self.tokens.norm
        return norm[end : end + 1] in (["et"], ["/"], ["-"], ["–"]) and "(" in norm[end : end + _CREW]

    def _of_what_was_won(self, mark: int) -> bool:
        """Tell whether a year goes with what was won in it: "sa 4e place obtenue en 2021"."""
        norm = self.tokens.norm
        return norm[mark - 2] in _WON_THEN and norm[mark + 1 : mark + 2] != ["par"]

    def _in_passing(self, mark: int) -> bool:
        """Tell whether a memory only adds to a name, and the sentence goes on: "A, champion 1997, finit"."""
        norm = self.tokens.norm
        start = mark
        while start > 0 and mark - start < _NEAR and norm[start - 1] not in (",", ".", ";"):
            start -= 1
        if norm[start] not in _ONCE:
            return False
        behind = norm[mark + 1 : mark + _NEAR]
        return "," in behind and "." not in behind[: behind.index(",")]

    def _own_year(self, years: list[int]) -> int:
        """Return the report's own year: of its head, or of a date; a far one where neither has any."""
        blocks = self.layout.blocks
        head = blocks[min(_HEAD, len(blocks)) - 1].last if blocks else 0
        months = self.tokens.terms("names")
        dated = [
            int(self.tokens.text[i])
            for i in years
            if i < head or any(t.category == "month" for t in months.get(i - 1, ()))
        ]
        return max(dated, default=_NO_YEAR)

    def _is_past(self, i: int) -> bool:
        return int(self.tokens.text[i]) < self.year and self.tokens.norm[i - 1] in _BEFORE_YEAR

    def _turns(self) -> list[int]:
        """Return where "l'an passé" and the like stand."""
        norm = self.tokens.norm
        return [i for i in range(1, len(norm)) if norm[i] in _PAST and norm[i - 1] in _LAST_TIME]

    def _sentence(self, token: int) -> tuple[int, int]:
        sentences = self.layout.sentences
        k = bisect_right(sentences, token, key=lambda s: s.first) - 1
        return (sentences[k].first, sentences[k].last) if k >= 0 else (0, 0)


def _is_year(word: str) -> bool:
    return word.isdecimal() and int(word) in _YEARS
