"""What restoring knows of a page: its tokens, its names, and what counts as a word."""

from __future__ import annotations

from collections import defaultdict

from extractor.lexicon import spelling
from extractor.lexicon.words import names
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.view import Edit

_SHORTEST_NAME = 4
_LEAST_LEFT = 5  # letters of a name of which the first is lost


class Page:
    """The tokens of a damaged page, and the vocabularies they are held against.

    Attributes:
        known: Ordinary words.
        proper: Makes, circuits, places.
        given: First names.
        family: Surnames.
        places: Where each word with a capital stands, by its folded form.
        here: The ordinary words that the page itself has.
        headless: The page's longer names by what is left when their first letter is lost.
        done: The last token that is spoken for.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.known, self.proper = spelling.known(), spelling.proper()
        self.given, self.family = names("first_names"), names("surnames")
        self.places: dict[str, list[int]] = defaultdict(list)
        for i, (norm, shape) in enumerate(zip(tokens.norm, tokens.shape, strict=True)):
            if shape in "CU" and len(norm) >= _SHORTEST_NAME and norm.isalnum():
                self.places[norm].append(i)
        self.here = self.known.intersection(tokens.norm)
        self.headless = {name[1:]: name for name in self.places if len(name) > _LEAST_LEFT}
        self.done = -1

    def shape(self, i: int) -> str:
        """Return a token's shape, nothing outside the page."""
        return self.tokens.shape[i] if 0 <= i < len(self.tokens) else ""

    def gap(self, i: int) -> str:
        """Return what stands between a token and the one before it."""
        if not 0 < i < len(self.tokens):
            return ""
        return self.tokens.source[self.tokens.end[i - 1] : self.tokens.start[i]]

    def plain(self, i: int) -> bool:
        """Tell whether a token's folded letters stand one by one in the source."""
        return len(self.tokens.norm[i]) == self.tokens.end[i] - self.tokens.start[i]

    def part_of_another(self, i: int) -> bool:
        """Tell whether a hyphen makes a word a piece of another, at the end of a line or within it."""
        tokens = self.tokens
        if "\n" in tokens.source[tokens.start[i] : tokens.end[i]]:
            return True
        before = tokens.glued(i) and tokens.text[i - 1] in "-¬"
        return before or (i + 1 < len(tokens) and tokens.glued(i + 1) and tokens.text[i + 1] in "-¬")

    def known_to_all(self, norm: str) -> bool:
        """Tell whether a folded word is an ordinary one or a name."""
        return norm in self.known or norm in self.proper or norm in self.given or norm in self.family

    def nobody_knows(self, norm: str) -> bool:
        """Tell whether a folded word is neither an ordinary one nor a name."""
        return not self.known_to_all(norm)

    def read(self, i: int, new: str) -> Edit:
        """Return the edit by which a token is read as something else."""
        return Edit(self.tokens.start[i], self.tokens.end[i], new)

    def spelt(self, i: int, folded: str) -> Edit:
        """Return the edit by which a token is read as the word of a folded spelling."""
        return self.read(i, spelling.respelt(self.tokens.text[i], folded))

    def cut(self, i: int, at: int, width: int = 0) -> Edit:
        """Return the edit that puts a blank into a token, in the place of ``width`` letters."""
        start = self.tokens.start[i] + at
        return Edit(start, start + width, " ")
