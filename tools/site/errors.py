"""Every error that the program names, with cause and remedy, from its catalogue of sentences."""

from __future__ import annotations

import re

from extractor.messages import sentences
from tools.site.words import WORDS

_HOLE = re.compile(r"\{([a-z_]+)[^}]*\}")


def page() -> str:
    """Return all errors in French, by their codes, in Markdown."""
    said = sentences("fr")
    codes = [key.split(".")[1] for key in said if re.fullmatch(r"error\.\w+\.cause", key)]
    lines = [WORDS["errors_head"].rstrip()]
    for code in sorted(codes):
        cause, remedy = said[f"error.{code}.cause"], said.get(f"error.{code}.remedy", "")
        lines.append(f"| `{code}` | {_shown(cause)} | {_shown(remedy)} |")
    return "\n".join(lines) + "\n"


def _shown(sentence: str) -> str:
    words = " ".join(sentence.split())
    for mark in "\\|*<>[]`":
        words = words.replace(mark, f"\\{mark}")
    return _HOLE.sub(r"*\1*", words)
