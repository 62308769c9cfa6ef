"""Text in XML 1.0, which holds nearly every character, but not all.

No XML 1.0 file can hold the controls below the blank (but for tab, line feed and carriage return), lone
surrogates, U+FFFE and U+FFFF, not even as references (https://www.w3.org/TR/xml/#charsets). Whoever writes
text shows what stood there; whoever writes a document says so beside it.
"""

from __future__ import annotations

import re

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""A character that no XML 1.0 file holds."""

_FIRST_PICTURE = 0x2400
_CONTROLS = 0x20
_UNFIT_FOR_A_NAME = re.compile(r"[^A-Za-z0-9._-]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def shown(character: str) -> str:
    """Return the sign that stands for a character that XML cannot hold: ``␀`` for NUL, else ``�``."""
    code = ord(character)
    return chr(_FIRST_PICTURE + code) if code < _CONTROLS else "\N{REPLACEMENT CHARACTER}"


def legal(text: str) -> str:
    """Return text that XML can hold, of the same length: what it cannot hold is :func:`shown`."""
    return ILLEGAL.sub(lambda found: shown(found[0]), text)


class Identifiers:
    """Gives ``xml:id`` to what a record names, and to what an export adds.

    An ``xml:id`` is a name without colon, unique in its file. The record's own identifiers stay as they are
    where they are such names, in ASCII.
    """

    def __init__(self, known: tuple[str, ...]) -> None:
        self._taken = {one for one in known if _NAME.fullmatch(one)}
        self._given = {one: one for one in self._taken}
        self._own: dict[str, str] = {}
        for one in known:
            if one not in self._given:
                self._given[one] = self.new(f"id-{_UNFIT_FOR_A_NAME.sub('-', one)}")

    def __getitem__(self, known: str) -> str:
        """Return the ``xml:id`` of what the record names so."""
        return self._given[known]

    def once(self, wanted: str) -> str:
        """Return the one ``xml:id`` of what the export itself calls so."""
        if wanted not in self._own:
            self._own[wanted] = self.new(wanted)
        return self._own[wanted]

    def new(self, wanted: str) -> str:
        """Return an ``xml:id`` that nothing has yet, ``wanted`` itself where it is free."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name
