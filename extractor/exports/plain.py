"""Text from a stranger, made harmless to look at.

Names and quotes come from files that anybody may have written. Escape sequences could steer a terminal;
characters that turn the direction of writing could make a page show what the text does not say.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|[\x1b\x9d](?:\]|(?<=\x9d))[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, links
    r"|\x1b[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS and its kin
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|\x1b."
)
#: No-break spaces stay: they are there for a reason.
_SPACES = re.compile(" {2,}")
#: Unprintable, unassigned, or an instruction rather than a character.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_INVISIBLE = frozenset({"\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}"})


def one_line(text: str) -> str:
    """Return ``text`` on one line, without escape sequences and control characters."""
    bare = _ESCAPE_SEQUENCE.sub("", text)
    fit = "".join("" if c in _INVISIBLE else _fit(c) for c in bare)
    return _SPACES.sub(" ", fit).strip()


def shortened(text: str, length: int) -> str:
    """Return ``text`` on one line of at most ``length`` characters, cut between words."""
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _fit(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or (category == "Cc" and character.isspace()):
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category in _UNFIT else character
