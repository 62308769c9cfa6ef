"""Numbers of lists as they are shown."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999
_LARGEST = 999_999  # numbers beyond are those of hostile files

BULLET = "•"
_BULLETS = {"o": "◦", "": BULLET}
_PRIVATE = "\ue000", "\uf8ff"


def roman(number: int) -> str:
    """Return a number in small Roman numerals; in digits where there are none for it."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    numerals = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        numerals += numeral * count
    return numerals


def letters(number: int) -> str:
    """Return the letter of a number: a to z, then aa, bb; in digits where that would be long."""
    if not 0 < number <= 26 * 9:
        return str(number)
    round_, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (round_ + 1)


def ordinal(number: int) -> str:
    """Return a French ordinal: ``1er``, ``2e``."""
    return f"{number}er" if number == 1 else f"{number}e"


def sane(number: int) -> int:
    """Return a number that a list may really have."""
    return max(0, min(number, _LARGEST))


def bullet(sign: str) -> str:
    """Return the sign of a bullet; those of symbol fonts, which no other font has, become ``•``."""
    sign = sign.strip()[:1]
    return BULLET if _PRIVATE[0] <= sign <= _PRIVATE[1] else _BULLETS.get(sign, sign)
