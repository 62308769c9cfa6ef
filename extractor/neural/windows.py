"""A text as tokens with their characters, and the tokens as overlapping windows.

Nothing is cut off: a text of any length becomes as many windows as it needs, and every token is taken from
the one window in which it has the most text around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractor.neural.vocabulary import END, START

SIZE = 256
OVERLAP = 32

IdArray = NDArray[np.int32]

# What str.isspace answers for each code point; no code point beyond these planes is a space.
_IS_SPACE = np.array([chr(code).isspace() for code in range(0x3001)])
_REPLACEMENT = 0xFFFD


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Attributes:
        ids: Their numbers, without the marks of begin and end.
        starts: Where each begins in the text, in code points; neither falls from one token to the next.
        ends: Where each ends. White space that a token begins with is left out of it, so a token that is
            nothing else is empty. Tokens that share a character each have all of it.
    """

    ids: IdArray
    starts: IdArray
    ends: IdArray

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of tokens, half-open, that have a character between ``start`` and ``end``."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left"))
        return first, max(first, last)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of tokens between the marks of begin and end.

    Attributes:
        ids: What the encoder reads, marks included.
        first: Which token of the text ``ids[kept.start]`` is.
        kept: The positions in ``ids`` whose states are taken from this window.
    """

    ids: IdArray
    first: int
    kept: slice


class Windowing:
    """Cuts texts into tokens and tokens into windows.

    Args:
        tokenizer: Any fast tokenizer. Its truncation and padding are switched off, and text that looks like
            one of its marks is read as text.
        size: Tokens in a window at most, marks included.
        overlap: Tokens that two neighbouring windows share at least.
    """

    def __init__(self, tokenizer: Tokenizer, size: int = SIZE, overlap: int = OVERLAP) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True
        self.tokenizer = tokenizer
        self.prefix, self.suffix = _marks(tokenizer)
        self.room = size - len(self.prefix) - len(self.suffix)
        self.overlap = overlap
        if not 0 <= overlap < self.room:
            raise ValueError(f"windows of {size} tokens cannot overlap by {overlap}")

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of ``text``, which may be empty."""
        codes = _code_points(text)
        encoding = self.tokenizer.encode(_readable(text, codes), add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int32)
        spans = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        starts, ends = np.ascontiguousarray(spans[:, 0]), np.ascontiguousarray(spans[:, 1])
        return Tokens(ids, np.minimum(_next_letter(codes)[starts], ends), ends)

    def windows(self, tokens: Tokens) -> list[Window]:
        """Return the windows, in the order of the text; their kept parts follow each other without a gap.

        They are as few as can be and about as long as each other, so that none is left with little to read.
        """
        starts, length = _layout(len(tokens), self.room, self.overlap)
        # Between two windows the middle of what they share is the border: on each side of it a token is
        # farther from the edge of its own window than from that of the other.
        borders = [(after + before + length) // 2 for before, after in pairwise(starts)]
        begins, ends = [0, *borders], [*borders, len(tokens)]
        return [
            Window(
                ids=np.concatenate((self.prefix, tokens.ids[start : start + length], self.suffix)),
                first=begin,
                kept=slice(begin - start + len(self.prefix), end - start + len(self.prefix)),
            )
            for start, begin, end in zip(starts, begins, ends, strict=False)
        ]


def _layout(count: int, room: int, overlap: int) -> tuple[list[int], int]:
    """Return where the windows over ``count`` tokens begin and how many tokens each has."""
    if count == 0:
        return [], 0
    if count <= room:
        return [0], count
    windows = -(-(count - overlap) // (room - overlap))
    length = -(-(count + overlap * (windows - 1)) // windows)
    return [k * (count - length) // (windows - 1) for k in range(windows)], length


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Group what is of similar length, so that little is padded.

    Args:
        lengths: The lengths, in tokens. What is empty counts as one.
        budget: Tokens that a batch may have, counted as if all were as long as the longest. What is longer by
            itself makes a batch of its own.

    Returns:
        Positions in ``lengths``, each once, the longest first.
    """
    groups: list[list[int]] = []
    fits = 0
    for position in sorted(range(len(lengths)), key=lambda p: -lengths[p]):
        if not groups or len(groups[-1]) >= fits:
            groups.append([])
            fits = budget // max(1, lengths[position])
        groups[-1].append(position)
    return groups


def _marks(tokenizer: Tokenizer) -> tuple[IdArray, IdArray]:
    """Return what the tokenizer puts before and after a text: by its own rule, or our marks, or nothing."""
    bare = tokenizer.encode("a", add_special_tokens=False).ids
    marked = tokenizer.encode("a", add_special_tokens=True).ids
    if marked == bare:
        ours = [tokenizer.token_to_id(mark) for mark in (START, END)]
        before, after = ([] if mark is None else [mark] for mark in ours)
    else:
        at = next(k for k in range(len(marked)) if marked[k : k + len(bare)] == bare)
        before, after = marked[:at], marked[at + len(bare) :]
    return np.array(before, dtype=np.int32), np.array(after, dtype=np.int32)


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _readable(text: str, codes: NDArray[np.uint32]) -> str:
    """Return the text with another character for each half of one, which no tokenizer takes."""
    halves = (codes >= 0xD800) & (codes < 0xE000)
    if not halves.any():
        return text
    return np.where(halves, _REPLACEMENT, codes).astype("<u4").tobytes().decode("utf-32-le")


def _next_letter(codes: NDArray[np.uint32]) -> IdArray:
    """Return, for each place in the text and its end, the first place from there that is no white space."""
    space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)] & (codes < len(_IS_SPACE))
    places = np.arange(len(codes) + 1, dtype=np.int32)
    places[:-1][space] = len(codes)
    return np.minimum.accumulate(places[::-1])[::-1]
