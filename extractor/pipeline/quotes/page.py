"""The page as the quotes component reads it: paragraphs, and who is named where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractor.pipeline.annotations import Layout, Name, People, Ref
from extractor.pipeline.quotes.vocabulary import STOPS

_TERMINAL = frozenset('.!?…:;»”"')
_PAGE_PARTS = ("heading", "title", "list", "table", "boilerplate")
_LEAD = 16  # tokens within which the colon of "Name (Team) :" is looked for
_CAPITALS = 6  # words from which a block without a small letter is one in capitals


def _all_capitals(shape: list[str]) -> bool:
    return shape.count("U") >= _CAPITALS and "l" not in shape


class Page:
    """Layout, names and people behind one set of questions.

    Attributes:
        paragraph: For each block the number of its paragraph; lines that a page broke belong to one.
        paragraph_end: For each block the character at which its paragraph ends.
        places: The tokens of what is named but cannot speak: circuits, events, places.
    """

    def __init__(self, layout: Layout, names: list[Name], people: People) -> None:
        self.layout, self.names, self.people = layout, names, people
        self.tokens = layout.tokens
        self.source, self.norm, self.text = self.tokens.source, self.tokens.norm, self.tokens.text
        self.blocks = layout.blocks
        self.block_starts = [block.start for block in self.blocks]
        # A team that stands for its crew is nobody who speaks.
        told = (ref for ref in people.refs if ref.form != "car" or ref.number is not None)
        self.refs = sorted(told, key=lambda ref: (ref.first, -ref.last))
        self.ref_starts = [ref.first for ref in self.refs]
        self.places = {
            i for n in names if n.kind in ("circuit", "event", "place") for i in range(n.first, n.last)
        }
        self.shape = self._shapes(names)
        self.sentence_starts = [sentence.first for sentence in layout.sentences]
        self.paragraph: list[int] = []
        self.paragraph_end: list[int] = [block.end for block in self.blocks]
        self._number_paragraphs()

    def _shapes(self, names: list[Name]) -> list[str]:
        """Return the shapes of tokens, those of a bulletin in capitals as if it were written as others are.

        There a word is a name where the names say so, and opens a sentence where one begins.
        """
        shape = self.tokens.shape
        loud = [block for block in self.blocks if _all_capitals(shape[block.first : block.last])]
        if not loud:
            return shape
        shape = list(shape)
        named = {i for n in names for i in range(n.first, n.last)} | {
            i for ref in self.refs if ref.form == "name" for i in range(ref.first, ref.last)
        }
        for block in loud:
            for i in range(block.first, block.last):
                if shape[i] in "UI" and i not in named and i > block.first and self.text[i - 1] not in STOPS:
                    shape[i] = "l"
        return shape

    def _number_paragraphs(self) -> None:
        number = 0
        for i in range(len(self.blocks)):
            number += i > 0 and not self._flows(i)
            self.paragraph.append(number)
        for i in range(len(self.blocks) - 2, -1, -1):
            if self.paragraph[i] == self.paragraph[i + 1]:
                self.paragraph_end[i] = self.paragraph_end[i + 1]

    def _flows(self, i: int) -> bool:
        """Tell whether block ``i`` goes on with the sentence of the block before it."""
        before, block = self.blocks[i - 1], self.blocks[i]
        gap = self.source[before.end : block.start]
        if (
            max(gap.count("\n"), gap.count("\r")) > 1
            or before.kind in _PAGE_PARTS
            or block.kind == "boilerplate"
        ):
            return False
        first = self.source[block.start]
        if first.islower() or first in ",;":
            return True
        ended = self.source[before.end - 1] in _TERMINAL
        return not ended and block.kind not in (*_PAGE_PARTS, "bullet") and not self.speaker_colon(i)

    def block_at(self, offset: int) -> int:
        """Return the block that holds a character, or -1."""
        i = bisect_right(self.block_starts, offset) - 1
        return i if i >= 0 and offset < self.blocks[i].end else -1

    def speaker_colon(self, i: int) -> int:
        """Return the token of the colon in a block that begins "Name (Team) :", else -1."""
        block = self.blocks[i]
        for k in range(block.first, min(block.first + _LEAD, block.last)):
            if self.text[k] == ":":
                return k if self.ref_in(block.first, k) is not None else -1
            if self.text[k] in STOPS and self.shape[k - 1] != "I":
                return -1
        return -1

    def ref_at(self, token: int) -> Ref | None:
        """Return the reference that begins at a token."""
        i = bisect_left(self.ref_starts, token)
        return self.refs[i] if i < len(self.refs) and self.refs[i].first == token else None

    def refs_in(self, first: int, last: int) -> list[Ref]:
        """Return the references that begin in a range of tokens."""
        return self.refs[bisect_left(self.ref_starts, first) : bisect_left(self.ref_starts, last)]

    def ref_in(self, first: int, last: int) -> Ref | None:
        """Return the first reference that begins in a range of tokens."""
        i = bisect_left(self.ref_starts, first)
        return self.refs[i] if i < len(self.refs) and self.refs[i].first < last else None

    def token_after(self, offset: int) -> int:
        """Return the first token that starts at a character or behind it."""
        return self.tokens.at_or_after(offset)
