"""The text as columns of tokens: what every component reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import TOKEN, joined
from extractor.lexicon.words import Term, layer
from extractor.pipeline.view import View
from extractor.values.numbers import ordinals


class Tokens:
    """Parallel lists over the tokens of a text.

    Attributes:
        source: The whole text, as it is read; all offsets are its own.
        view: What it is read for, where that is not the document's own text.
        restored: Whether the view guesses at what was printed, where the page is damaged.
        text: Each token; a word that the end of a line parts is put together.
        norm: Each token folded (lower case, no accents, straight apostrophes).
        start: Offset of each token's first code point.
        end: Offset behind each token's last code point.
        shape: One letter for each token: ``C`` Capitalised, ``U`` UPPER (two letters or more, digits
            allowed), ``I`` a single capital, ``l`` lower case, ``d`` begins with a digit, ``e`` elision
            (``l'``), ``p`` punctuation.
    """

    __slots__ = ("_ordinals", "_terms", "end", "norm", "restored", "shape", "source", "start", "text", "view")

    def __init__(self, source: str, view: View | None = None, *, restored: bool = False) -> None:
        self.source = source
        self.view = view
        self.restored = restored
        self._terms: dict[str, dict[int, list[Term]]] = {}
        self._ordinals: dict[int, tuple[int, int]] | None = None
        spans = [match.span() for match in TOKEN.finditer(source)]
        words = [source[start:end] for start, end in spans]
        self.text: list[str] = [joined(word) if "\n" in word else word for word in words]
        self.start: list[int] = [start for start, _ in spans]
        self.end: list[int] = [end for _, end in spans]
        self.norm = list(map(fold, self.text))
        self.shape = list(map(shape_of, self.text))

    def __len__(self) -> int:
        return len(self.text)

    def terms(self, name: str) -> dict[int, list[Term]]:
        """Return a layer's terms by their first token: found once, shared by all, not to be changed."""
        found = self._terms.get(name)
        if found is None:
            found = self._terms[name] = layer(name).find_all(self.norm)
        return found

    @property
    def ordinals(self) -> dict[int, tuple[int, int]]:
        """The ordinals by their first token, found once: value, and the token behind."""
        if self._ordinals is None:
            self._ordinals = ordinals(self.norm)
        return self._ordinals

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of tokens ``first`` to ``last`` (exclusive)."""
        return self.start[first], self.end[last - 1]

    def surface(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last`` (exclusive), as it would stand on one line."""
        written = self.source[self.start[first] : self.end[last - 1]]
        return " ".join(joined(written).split()) if "\n" in written else written

    @property
    def document(self) -> str:
        """The document's own text."""
        return self.view.source if self.view else self.source

    def in_document(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the document's own text of a stretch of what is read."""
        return (self.view.in_source(start), self.view.end_in_source(end)) if self.view else (start, end)

    def written(self, start: int, end: int) -> str:
        """Return a stretch of what is read as the page spells it, misreadings and all."""
        return self.view.written(start, end) if self.view and self.restored else self.source[start:end]

    def at_or_after(self, offset: int) -> int:
        """Return the index of the first token that starts at ``offset`` or later."""
        return bisect_left(self.start, offset)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Return the token range of all tokens that overlap the character range."""
        return bisect_right(self.end, start), bisect_left(self.start, end)

    def glued(self, i: int) -> bool:
        """Tell whether token ``i`` follows its predecessor without a space."""
        return 0 < i < len(self.start) and self.end[i - 1] == self.start[i]


@lru_cache(maxsize=1 << 16)
def shape_of(word: str) -> str:
    """Return the shape letter of a token; see :class:`Tokens`."""
    first = word[0]
    if first.isdecimal():
        return "d"
    if word[-1] in "'’" and len(word) > 1 and first.isalpha():
        return "e"
    if not first.isalpha():
        return "p"
    if not first.isupper():
        return "l"
    if len(word) == 1:
        return "I"
    return "C" if any(c.islower() for c in word) else "U"
