"""Single signs: ligatures, blanks that look like none, kinds of hyphens and apostrophes, marks of quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.pipeline.view import Edit

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LIKE = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st",
    "\ufb06": "st", "\u017f": "s", "\u0132": "IJ", "\u0133": "ij",
    "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-",
    "ᵉ": "e", "ʳ": "r", "ᵈ": "d", "ᵐ": "m", "ˢ": "s", "ᵗ": "t", "ⁿ": "n", "ᵒ": "°",
    **dict.fromkeys(_BLANKS, " "), **dict.fromkeys(_NOTHING, ""),
}  # fmt: skip
_SOFT_HYPHEN = "\u00ad"
_STRANGE = re.compile(f"[{''.join(map(re.escape, _LIKE))}{_SOFT_HYPHEN}]")
_LINE_END = re.compile(r"[^\S\n]*\n")
_ELIDED = r"(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)"
_VOWEL = r"[aeiouyhàâæéèêëîïôöùûüœ]"
# An apostrophe of another kind, between letters; and the mark of quotes that stands for one.
_APOSTROPHE = re.compile(r"[‘ʼ′ʹ＇‛](?<=[^\W\d_].)(?=[^\W\d_])")
_QUOTE_MARK = re.compile(rf"([\"”“″])(?={_VOWEL})", re.IGNORECASE)
# "l' équipe", "l 'équipe": the blank is the machine's.
_BLANK_BEHIND = re.compile(rf"['’]( )(?={_VOWEL})", re.IGNORECASE)
_BLANK_BEFORE = re.compile(rf"( )['’](?={_VOWEL})", re.IGNORECASE)
_ENDS_IN_ELIDED = re.compile(rf"{_ELIDED}$", re.IGNORECASE)
_COMMAS = re.compile(r"(?<![\w,]),,(?=[^\W\d_])")
_CLOSING = re.compile(r"''|’’")
_LONGEST_QUOTE = 2000
# A typewriter has no dash: "FORMULE 3 - Victoire de ...", "F1-- La course ...".
_DASH = re.compile(r" ?-- ?(?=[A-ZÀ-ÞŒ][a-zß-öø-ÿœ'’ ])| - (?=[A-ZÀ-ÞŒ][a-zß-öø-ÿœ'’ ])")
_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9 /]{1,40}")


def signs(text: str) -> Iterator[Edit]:
    """Yield how strange signs are to be read."""
    if not text.isascii():
        for match in _STRANGE.finditer(text):
            if match[0] == _SOFT_HYPHEN and _LINE_END.match(text, match.end()):
                continue  # it parts a word, and is left to that
            yield Edit(match.start(), match.end(), _LIKE.get(match[0], ""))
        for match in _APOSTROPHE.finditer(text):
            yield Edit(match.start(), match.end(), "'")
    yield from _apostrophes(text)
    if " - " in text or "--" in text:
        for match in _DASH.finditer(text):
            if _LABEL.fullmatch(text, text.rfind("\n", 0, match.start()) + 1, match.start()):
                yield Edit(match.start(), match.end(), " – ")
    if ",," in text:
        yield from _low_marks(text)


def _apostrophes(text: str) -> Iterator[Edit]:
    """Yield how apostrophes are to be read that stand apart, or look like marks of quotes."""
    yield from _behind_elided(text, _QUOTE_MARK, "'")
    if "' " in text or "’ " in text:
        yield from _behind_elided(text, _BLANK_BEHIND, "")
    if " '" in text or " ’" in text:
        yield from _behind_elided(text, _BLANK_BEFORE, "")


def _behind_elided(text: str, pattern: re.Pattern[str], new: str) -> Iterator[Edit]:
    """Yield what a pattern's group is read as where a word that may be elided stands before it."""
    for match in pattern.finditer(text):
        if _ENDS_IN_ELIDED.search(text, max(0, match.start() - 8), match.start()):
            yield Edit(match.start(1), match.end(1), new)


def _low_marks(text: str) -> Iterator[Edit]:
    """Read two commas that open as a low mark of quotes, and what closes behind them as a high one."""
    for match in _COMMAS.finditer(text):
        yield Edit(match.start(), match.end(), "„")
        closing = _CLOSING.search(text, match.end(), match.end() + _LONGEST_QUOTE)
        if closing:
            yield Edit(closing.start(), closing.end(), "”")
