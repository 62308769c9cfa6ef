"""What goes into a column is bounded and can be kept by both databases."""

from __future__ import annotations

import unicodedata

MOST_TITLE = 300
MOST_SERIES = 200
MOST_CODE = 80
MOST_ORIGIN = 4000
MOST_NAME = 80
MOST_MODEL = 400
MOST_KEY = 64
LAST_YEAR = 9999
#: The largest number that an integer column holds.
LARGEST = 2**31 - 1


def clean(text: str, most: int) -> str:
    """Return the text without what no database keeps (NUL, halves of characters), at most so long."""
    # Names of files may hold bytes that are no UTF-8, which Python keeps as halves of characters.
    whole = text.encode("utf-8", "backslashreplace").decode()
    return whole.replace("\x00", "\ufffd")[:most]


def optional(text: str | None, most: int) -> str | None:
    """Return the cleaned text, ``None`` where there is none."""
    return None if text is None else clean(text, most)


def is_key(key: str) -> bool:
    """Say whether this can be the key of a document; what comes in an address may be anything."""
    return 0 < len(key) <= MOST_KEY and key.isascii() and key.isprintable()


def plausible_year(year: int | None) -> int | None:
    """Return a year that a column holds, ``None`` where it is none."""
    return year if year is not None and 0 < year <= LAST_YEAR else None


def tidy_name(name: str) -> str:
    """Return a person's name on one line, without what cannot be seen; empty where nothing is left."""
    normal = unicodedata.normalize("NFC", clean(name, MOST_NAME * 4))
    visible = "".join(" " if c.isspace() else c for c in normal if c.isspace() or c.isprintable())
    return " ".join(visible.split())
