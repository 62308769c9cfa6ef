"""The page as the incidents component looks at it: words that matter, by place, found once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from extractor.lexicon.words import Term, layer, word_set
from extractor.pipeline.annotations import Layout, Name, People, QuoteFact, Sentence, SessionFact
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.links import Link

_LIGHT = word_set("grammar_words", "light")
STOPS = frozenset(("!", ".", ":", ";", "?"))
PAUSES = frozenset((",", "(", ")", "–", "—", "-", "!", ".", ":", ";", "?"))


class Around:
    """The context words of one sentence, by category, in reading order."""

    __slots__ = ("_by", "_ends")

    def __init__(self, norms: Sequence[str], first: int) -> None:
        self._by: dict[str, list[Term]] = defaultdict(list)
        self._ends: dict[tuple[str, int], Term] = {}
        for i, terms in layer("incident_context").find_all(norms).items():
            for _start, end, category, value in terms:
                term = Term(first + i, first + end, category, value)
                self._by[category].append(term)
                self._ends.setdefault((category, term.end), term)

    def all(self, category: str) -> list[Term]:
        """Return the terms of a category."""
        return self._by.get(category, [])

    def within(self, category: str, first: int, last: int) -> list[Term]:
        """Return the terms of a category that lie inside a token range."""
        return [t for t in self._by.get(category, ()) if t.start >= first and t.end <= last]

    def ending(self, category: str, end: int) -> Term | None:
        """Return the longest term of a category that ends where token ``end`` begins."""
        return self._ends.get((category, end))

    def starting(self, category: str, start: int) -> Term | None:
        """Return the longest term of a category that begins at a token."""
        return next((t for t in self._by.get(category, ()) if t.start == start), None)


class Scene:
    """Everything that the parts of the component look at."""

    def __init__(
        self,
        layout: Layout,
        names: list[Name],
        people: People,
        discourse: Discourse,
        sessions: list[SessionFact],
        quotes: list[QuoteFact],
        links: list[Link],
    ) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.norm = layout.tokens.norm
        self.names = names
        self.people = people
        self.discourse = discourse
        self.sessions = sessions
        self.quotes = quotes
        self._spoken = sorted((*part, number) for number, quote in enumerate(quotes) for part in quote.parts)
        self._spoken_starts = [start for start, _, _ in self._spoken]
        self.links = links
        self.terms = layer("incidents").find_loose(self.norm, _LIGHT, layout.tokens.terms("incidents"))
        self._around: dict[int, Around] = {}
        self._hit_ends = {
            t.end for terms in self.terms.values() for t in terms if t.category in ("hit", "shove")
        }

    def around(self, number: int) -> Around:
        """Return the context words of a sentence."""
        found = self._around.get(number)
        if found is None:
            sentence = self.layout.sentences[number]
            found = self._around[number] = Around(self.norm[sentence.first : sentence.last], sentence.first)
        return found

    def sentence(self, number: int) -> Sentence:
        """Return a sentence by its number."""
        return self.layout.sentences[number]

    def hit_before(self, token: int) -> bool:
        """Tell whether a verb of hitting or shoving ends where token ``token`` begins."""
        return token in self._hit_ends

    def in_designation(self, i: int) -> bool:
        """Tell whether a hyphen without spaces makes a code a part of a type's name: "NP-01", "Z-ND"."""
        tokens = self.tokens
        left = i > 0 and tokens.text[i - 1] == "-" and tokens.end[i - 1] == tokens.start[i]
        right = tokens.text[i + 1 : i + 2] == ["-"] and tokens.start[i + 1] == tokens.end[i]
        return tokens.text[i].isupper() and (left or right)

    def determiner(self, number: int, i: int) -> bool:
        """Tell whether an article, a possessive or an adjective stands before token ``i``."""
        return i > self.sentence(number).first and self.around(number).ending("determiner", i) is not None

    def phrase(self, number: int, i: int) -> int:
        """Return where the noun phrase around the noun at ``i`` begins: over articles and adjectives."""
        around, first = self.around(number), self.sentence(number).first
        while i > first:
            term = around.ending("determiner", i)
            if term is None:
                return i
            i = term.start
        return i

    def clause(self, number: int, i: int) -> int:
        """Return where the clause that holds token ``i`` begins."""
        sentence = self.sentence(number)
        j = i
        while j > sentence.first:
            if self.norm[j - 1] in STOPS or "break" in self.discourse.ends.get(j, ()):
                return j
            j -= 1
        return j

    def clause_end(self, number: int, i: int) -> int:
        """Return where the clause that holds token ``i`` ends."""
        last = self.sentence(number).last
        j = i
        while j < last:
            if self.norm[j] in STOPS or any(t.category == "break" for t in self.discourse.terms.get(j, ())):
                return j
            j += 1
        return last

    def quote_at(self, token: int) -> int | None:
        """Return the number of the quote that a token stands in."""
        offset = self.tokens.start[token]
        k = bisect_right(self._spoken_starts, offset) - 1
        if k >= 0 and offset < self._spoken[k][1]:
            return self._spoken[k][2]
        return None
