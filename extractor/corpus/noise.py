"""Noise: what typesetting and OCR do to a text, with every mark and fact kept on its words.

``wrapped`` breaks lines at a fixed width and parts words at line ends. ``ocr`` and ``ocr_heavy`` add the
misreadings that French OCR makes, at about one and three in a hundred characters; digits stay, so that a
fact's place or time is still what the page says.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from extractor.corpus.draft import Draft
from extractor.corpus.markup import Range
from extractor.corpus.metadata import Noise

# Misread characters in a hundred.
RATES: dict[Noise, float] = {"ocr": 0.01, "ocr_heavy": 0.03}
# In the sample whole words and margins were lost, too; taken as they are, most misreadings would be losses.
_LOST = 0.2
_LEAST_WIDTH, _GREATEST_WIDTH = 46, 84
_HYPHENATED = 0.4  # of the lines at whose end a word could be parted
_PART = re.compile(r"\s+|\S+")
# Where French typesetters part a word: a vowel, then a consonant with a vowel behind it.
_JOINT = re.compile(
    r"(?<=[aeiouyéèêà])(?=(?:[bcdfgjklmnpqrstvz]|[bcdfgpt][lr]|ch|ph|gn|qu)[aeiouyéèêà]\w)", re.IGNORECASE
)


def degraded(draft: Draft, noise: Noise, *, seed: str) -> Draft:
    """Return the draft with its text as typesetting or OCR would leave it.

    Args:
        draft: Clean text and facts.
        noise: Kind of noise; ``clean`` and ``boilerplate`` change nothing.
        seed: Two calls with one seed give one text.
    """
    if noise in ("clean", "boilerplate"):
        return draft
    chance = random.Random(f"{seed}/{noise}")
    text, offsets = wrap(draft.marked.text, chance)
    if noise in RATES:
        text, read = misread(text, chance, RATES[noise])
        offsets = [read[offset] for offset in offsets]
    return _over(draft, text, offsets)


def wrap(text: str, chance: random.Random) -> tuple[str, list[int]]:
    """Break the lines of a text at one width.

    Returns:
        The new text, and for every offset of the old one, its end included, the offset in the new.
    """
    width = chance.randint(_LEAST_WIDTH, _GREATEST_WIDTH)
    out = _Rewritten()
    for line in text.split("\n"):
        _wrap_line(out, line, width, chance)
        out.keep("\n")
    return out.done(len(text))


def _wrap_line(out: _Rewritten, line: str, width: int, chance: random.Random) -> None:
    column, gap = 0, ""
    for part in _PART.findall(line):
        if part.isspace():
            gap = part
            continue
        room = width - column - len(gap)
        joint = _joint(part, room - 1) if column and len(part) > room else 0
        if column and len(part) > room and joint and chance.random() < _HYPHENATED:
            out.keep(gap + part[:joint])
            out.insert("-\n")
            out.keep(part[joint:])
            column = len(part) - joint
        elif column and gap and len(part) > room:
            out.change(gap, "\n")
            out.keep(part)
            column = len(part)
        else:
            out.keep(gap + part)
            column += len(gap) + len(part)
        gap = ""
    out.keep(gap)


class _Rewritten:
    """A text that is being rewritten, with the offsets of the old one."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.offsets: list[int] = []
        self.length = 0

    def keep(self, piece: str) -> None:
        """Take over a piece of the old text."""
        self.change(piece, piece)

    def change(self, old: str, new: str) -> None:
        """Put one piece in the place of another."""
        self.offsets += [self.length + min(i, len(new)) for i in range(len(old))]
        self.insert(new)

    def insert(self, new: str) -> None:
        """Add what the old text has not."""
        self.pieces.append(new)
        self.length += len(new)

    def done(self, length: int) -> tuple[str, list[int]]:
        """Return the new text for the first ``length`` code points of the old, and their offsets."""
        offsets = [*self.offsets, self.length][: length + 1]
        return "".join(self.pieces)[: offsets[-1]], offsets


def _joint(word: str, room: int) -> int:
    """Return where a word of letters may be parted so that its head fits the room; 0 where nowhere."""
    if room < 3 or len(word) < 6 or not word.isalpha():
        return 0
    return max((m.start() for m in _JOINT.finditer(word) if m.start() <= room), default=0)


@cache
def _misreadings() -> dict[str, tuple[tuple[str, ...], tuple[float, ...]]]:
    with resources.files("extractor.corpus").joinpath("confusions.toml").open("rb") as file:
        table: dict[str, dict[str, int]] = tomllib.load(file)["misread"]
    return {
        right: (tuple(wrong), tuple(n if w else n * _LOST for w, n in wrong.items()))
        for right, wrong in table.items()
    }


def misread(text: str, chance: random.Random, rate: float) -> tuple[str, list[int]]:
    """Misread a share of the characters, as French OCR does.

    Args:
        text: The page as printed.
        chance: Source of chance.
        rate: Share of characters that are misread.

    Returns:
        The text as read, and for every offset of the old one, its end included, the offset in the new.
    """
    table = _misreadings()
    readable = sum(character in table for character in text)
    share = rate * len(text) / max(readable, 1)
    out = _Rewritten()
    for character in text:
        if character in table and chance.random() < share:
            wrongs, counts = table[character]
            out.change(character, chance.choices(wrongs, counts)[0])
        else:
            out.keep(character)
    return out.done(len(text))


def _over(draft: Draft, text: str, offsets: list[int]) -> Draft:
    def move(stretch: Range) -> Range:
        return offsets[stretch[0]], offsets[stretch[1]]

    moved: dict[str, Any] = {
        group: [fact.moved(move) for fact in getattr(draft, group)] for group in Draft.GROUPS
    }
    return replace(draft, marked=draft.marked.moved(text, offsets), names={}, **moved)
