"""Ordinals and cardinals, in words and numerals, as French race reports write them.

>>> ordinal("2ème"), ordinal("troisième"), ordinal("1er"), ordinal("XIVe")
(2, 3, 1, 14)
"""

from __future__ import annotations

import re
from functools import lru_cache

CARDINALS: dict[str, int] = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100,
}  # fmt: skip
ORDINALS: dict[str, int] = {
    "premier": 1, "premiere": 1, "premiers": 1, "premieres": 1, "second": 2, "seconde": 2, "deuxieme": 2,
    "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8,
    "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12, "treizieme": 13, "quatorzieme": 14,
    "quinzieme": 15, "seizieme": 16, "vingtieme": 20, "trentieme": 30, "quarantieme": 40,
    "cinquantieme": 50, "soixantieme": 60, "centieme": 100,
}  # fmt: skip
for _word in list(ORDINALS):
    ORDINALS.setdefault(_word + "s", ORDINALS[_word])
_TENS = {
    "dix": 10,
    "vingt": 20,
    "vingt et": 20,
    "trente": 30,
    "trente et": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
}
_ORDINAL_INITIALS = frozenset("123456789pdtqcshnoviux")
# OCR reads è as ê, é, a, ë; "ier" and "Ier" are slips for "1er".
_NUMERAL = re.compile(r"(\d{1,3})(?:er|ere|re|e|eme|ieme|iem|em|me|nd|nde|ene|ae|°|º)s?$")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})e(?:me)?$")
_ROMAN_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


@lru_cache(maxsize=1 << 14)
def ordinal(word: str) -> int | None:
    """Return the value of a folded ordinal word or numeral with ending, or ``None``."""
    known = ORDINALS.get(word)
    if known is not None:
        return known
    match = _NUMERAL.match(word)
    if match:
        return int(match.group(1)) or None
    if word in ("ier", "iere"):
        return 1
    if len(word) > 2 and word != "vie":
        match = _ROMAN.match(word)
        if match and (match.group(1) or match.group(2)):
            return len(match.group(1)) * 10 + _ROMAN_UNITS[match.group(2)]
    return None


def ordinal_at(norms: list[str], i: int) -> tuple[int, int] | None:
    """Return the value of the ordinal that begins at ``i`` and the token behind it, or ``None``.

    Reads words of several tokens ("dix-septième", "vingt et unième") and numerals parted from their ending
    ("3 ème").
    """
    if not 0 <= i < len(norms):
        return None  # a look beyond the ends of the text
    norm = norms[i]
    if norm == "quatre" and norms[i + 1 : i + 3] == ["-", "vingtieme"]:
        return 80, i + 3
    if norm == "quatre" and norms[i + 1 : i + 4] == ["-", "vingt", "-"] and i + 4 < len(norms):
        rest = 1 if norms[i + 4] == "unieme" else ORDINALS.get(norms[i + 4], 99)
        return (80 + rest, i + 5) if rest < 20 else None
    if norm in _TENS and i + 2 < len(norms) and norms[i + 1] == "-":
        j = i + 2
        if norms[j] == "et" and norms[j + 1 : j + 2] == ["-"]:
            j += 2
        if j < len(norms):
            unit = 1 if norms[j] == "unieme" else ORDINALS.get(norms[j])
            if unit is not None and unit < (20 if norm == "soixante" else 10):
                return _TENS[norm] + unit, j + 1
    if norm in ("vingt", "trente") and norms[i + 1 : i + 2] == ["et"] and norms[i + 2 : i + 3] == ["unieme"]:
        return _TENS[norm] + 1, i + 3
    value = ordinal(norm)
    if value is not None:
        return value, i + 1
    if (
        norm.isdecimal()
        and len(norm) <= 3
        and i + 1 < len(norms)
        and norms[i + 1] in ("e", "eme", "er", "ere", "ieme", "nd", "nde", "°", "º")
        and int(norm)
    ):
        return int(norm), i + 2
    return None


def ordinals(norms: list[str]) -> dict[int, tuple[int, int]]:
    """Return what :func:`ordinal_at` says of every token at which an ordinal begins."""
    return {
        i: found
        for i, norm in enumerate(norms)
        if norm[0] in _ORDINAL_INITIALS and (found := ordinal_at(norms, i)) is not None
    }


def cardinal(word: str) -> int | None:
    """Return the value of a folded cardinal, in letters or digits, or ``None``."""
    if word.isdecimal() and len(word) <= 4:
        return int(word)
    return CARDINALS.get(word)
