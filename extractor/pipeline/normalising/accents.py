"""Accents that do not stand on their letters, and letters that were decoded as what they are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extractor.pipeline.view import Edit

# Spacing accents, the letters that bear them, and the combining accent.
_ACCENTS = {
    "´": ("eE", "\u0301"), "`": ("aeuAEU", "\u0300"), "ˋ": ("aeuAEU", "\u0300"), "ˊ": ("eE", "\u0301"),
    "ˆ": ("aeiouAEIOU", "\u0302"), "^": ("aeiouAEIOU", "\u0302"), "¨": ("aeiouyAEIOUY", "\u0308"),
    "¸": ("cC", "\u0327"),
}  # fmt: skip
_MARK = re.compile(f"[{''.join(map(re.escape, _ACCENTS))}]")
_APOSTROPHES = "´`"
_COMBINING = re.compile("[\u0300-\u036f]")
_COMPOSED_OF = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_ELIDED = re.compile(r"(?:^|[\W\d_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)$", re.IGNORECASE)

# UTF-8 read as Windows-1252 or Latin-1: the lead byte of an accented letter or a mark, then what follows it.
_HIGH = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_HIGH += "".join(map(chr, range(0x80, 0xA0)))
_DOUBLE = re.compile(f"[ÂÃÅ][{re.escape(_HIGH)}]|â[{re.escape(_HIGH)}]{{2}}")
_LEADS = re.compile("[ÂÃÅâ]")
_LOST = re.compile(r"Ã(?= )|Ã$")  # "Ã" and a no-break space that has become a blank: "à"


def wrongly_decoded(text: str) -> Iterator[Edit]:
    """Yield what letters are meant by UTF-8 that was decoded as something else: "Ã©" is "é"."""
    if text.isascii() or not _LEADS.search(text):
        return
    found = 0
    for match in _DOUBLE.finditer(text):
        try:
            meant = b"".join(map(_byte, match[0])).decode("utf-8")
        except UnicodeError:
            continue
        found += 1
        yield Edit(match.start(), match.end(), meant)
    if found:
        for match in _LOST.finditer(text):
            yield Edit(match.start(), match.end(), "à")


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def accents(text: str) -> Iterator[Edit]:
    """Yield how accents beside their letters are to be read."""
    if not text.isascii() and _COMBINING.search(text):
        for match in _COMPOSED_OF.finditer(text):
            composed = unicodedata.normalize("NFC", match[0])
            if composed != match[0]:
                yield Edit(match.start(), match.end(), composed)
    if _MARK.search(text):
        yield from _beside(text)


def _beside(text: str) -> Iterator[Edit]:
    """Yield how spacing accents are to be read: on the letter before or behind them, or as apostrophes.

    On which side the letter stands is told by the marks of the page of which only one side can bear it.
    """
    marks = [match.start() for match in _MARK.finditer(text)]
    before = sum(
        _bears(text, k, k + 1) and not _bears(text, k, k - 1) and not _elides(text, k) for k in marks
    )
    behind = sum(_bears(text, k, k - 1) and not _bears(text, k, k + 1) for k in marks)
    apostrophes = any(_elides(text, k) and not _bears(text, k, k + 1) for k in marks)
    for k in marks:
        elides = _elides(text, k) and (apostrophes or before < 2)
        order = (k - 1, k + 1) if behind > before else (k + 1, k - 1)
        bearer = next((j for j in order if _bears(text, k, j)), None)
        if elides:
            yield Edit(k, k + 1, "'")
        elif bearer is not None:
            letter = unicodedata.normalize("NFC", text[bearer] + _ACCENTS[text[k]][1])
            yield Edit(min(k, bearer), max(k, bearer) + 1, letter)
        elif text[k] in _APOSTROPHES and text[k - 1 : k].isalpha() and text[k + 1 : k + 2].isalpha():
            yield Edit(k, k + 1, "'")


def _bears(text: str, mark: int, letter: int) -> bool:
    """Tell whether the letter at an offset may bear the accent at another."""
    return 0 <= letter < len(text) and text[letter] in _ACCENTS[text[mark]][0]


def _elides(text: str, k: int) -> bool:
    """Tell whether an apostrophe may stand at an offset."""
    following = text[k + 1 : k + 2]
    return text[k] in _APOSTROPHES and following.isalpha() and bool(_ELIDED.search(text, max(0, k - 8), k))
