"""Words that the end of a line parts: one word, or two that a hyphen holds together.

"Mar-/chal" is one word, "Jean-/Pierre", "celui-/ci" and "vice-/champion" keep their hyphen. How the page
writes the word elsewhere is asked first, then the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon import spelling
from extractor.lexicon.fold import fold
from extractor.lexicon.words import names, word_set
from extractor.pipeline.view import Edit

HYPHENS = "-‐‑¬\xad"
_SOFT = "¬\xad"
_AT_LINE_END = re.compile(r"(?<=\w)([-‐‑¬\xad])([^\S\n]*\n[^\S\n]*)(?=\w)")
_ENDS = re.compile(r"[-‐‑¬\xad][^\S\n]*\n")
_HEAD = re.compile(r"[^\W_]+$")
_TAIL = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_BEFORE = word_set("spelling_words", "before_hyphen")
_BEHIND = word_set("spelling_words", "behind_hyphen")
_PARTICLES = word_set("spelling_words", "particles_between_hyphens")
_LONGEST = 40


class Hyphens:
    """Tells which hyphens at the ends of lines belong to their words."""

    def __init__(self, text: str) -> None:
        """Look at a page only when the first word is asked for."""
        self._text = text
        self._words: frozenset[str] | None = None

    def stays(self, hyphen: str, head: str, tail: str) -> bool:
        """Tell whether a hyphen stays where the end of a line falls away.

        Args:
            hyphen: The sign before the end of the line.
            head: The text up to the hyphen, or the end of it.
            tail: The text behind the end of the line, or the beginning of it.
        """
        if hyphen in _SOFT:
            return False
        before, behind = _HEAD.search(head), _TAIL.match(tail)
        if before is None or behind is None or not (before[0].isalpha() and behind[0].isalpha()):
            return True
        one, other = fold(before[0]), fold(behind[0])
        if (one in _PARTICLES and head[: before.start()].endswith("-")) or (
            other in _PARTICLES and re.match(r"-[^\W\d_]", tail[behind.end() :])
        ):
            return True  # "tête-à-/queue", "tête-/à-queue"
        elsewhere = self._elsewhere(one, other)
        if elsewhere is not None:
            return elsewhere
        if behind[0][0].isupper():
            return not (before[0].isupper() and behind[0].isupper()) or _two_names(one, other)
        if before[0][0].isupper() and not before[0].isupper():
            return other in _PARTICLES and tail[behind.end() :].startswith(("-", " "))  # "Bourg-/en-Bresse"
        return _held_together(one, other)

    def _elsewhere(self, head: str, tail: str) -> bool | None:
        """Return whether the page writes the word with its hyphen elsewhere; ``None`` where it does not."""
        if self._words is None:
            self._words = frozenset(fold(word) for word in _WORD.findall(self._text))
        with_hyphen, without = f"{head}-{tail}" in self._words, head + tail in self._words
        return with_hyphen if with_hyphen != without else None


def _two_names(head: str, tail: str) -> bool:
    """Tell whether two pieces in capitals are names of their own: "JEAN-/PIERRE", and not "GLA-/CET"."""
    given = names("first_names")
    return (head in given and tail in given) or head in ("saint", "sainte", "st", "ste")


def _held_together(head: str, tail: str) -> bool:
    """Tell whether a hyphen holds two words together: "celui-/ci", and not "clas-/sement"."""
    known = spelling.ordinary()
    if head + tail in known or spelling.inflected(head + tail):
        return False
    return head in _BEFORE or (tail in _BEHIND and (head in known or head in spelling.small_words()))


def parted_words(text: str) -> Iterator[Edit]:
    """Yield how words that the ends of lines part are to be read, where the tokens do not see it themselves.

    The line ends behind the word instead, so that lines stay lines.
    """
    if not _ENDS.search(text):
        return
    hyphens = Hyphens(text)
    for match in _AT_LINE_END.finditer(text):
        start, end = match.start(1), match.end()
        stays = hyphens.stays(match[1], text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST])
        seen = text[end].islower() and match[2] == "\n" and match[1] in "-‐¬"
        if seen and not stays:
            continue  # the tokens put it together
        yield Edit(start, end, "-" if stays else "")
        goes_on = re.compile(r"\S+( )").match(text, end)
        if goes_on and "\n" not in goes_on[0]:
            yield Edit(goes_on.start(1), goes_on.end(1), "\n")
