"""The extractor's queries in another language: it writes them in French, into records that outlive it.

Every sentence that :mod:`extractor.pipeline` writes has a shape here, in
``extractor/messages/*.toml`` under ``query``; French ones say how it is written, with a name for each of its
gaps. A sentence of none of these shapes, as an older version may have written, stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extractor.messages import Messages, sentences
from extractor.record import Finding

#: Shapes, by the code of the finding; the first that fits is taken.
SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "name_variant": ("name_variant",),
    "count_mismatch": ("count_mismatch",),
    "two_positions": ("two_positions",),
    "position_conflict": ("position_conflict",),
    "two_teams": ("two_teams",),
    "retired_classified": ("retired_classified",),
    "not_french": ("not_french", "partly_not_french"),
    "container_contradicts": ("container_contradicts",),
    "low_quality_page": ("low_quality_pages", "low_quality_page"),
    "unread_page": ("unread_pages", "unread_page"),
}
_GAP: Final = re.compile(r"\{(\w+)\}")


def in_language(finding: Finding, language: str) -> Finding:
    """Return one of the extractor's queries with its sentence in a language, as far as that is known."""
    if language == "fr":
        return finding
    say = Messages(language)
    for shape in SHAPES.get(finding.code, ()):
        found = _pattern(shape).fullmatch(finding.message)
        if found is not None:
            words = {name: _said(say, text) for name, text in found.groupdict().items()}
            return finding.model_copy(update={"message": say(f"query.{shape}", **words)})
    return finding


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    """Return what the French sentence of a shape looks like."""
    parts = _GAP.split(sentences("fr")[f"query.{shape}"])
    literal = [re.escape(part) if n % 2 == 0 else f"(?P<{part}>.+?)" for n, part in enumerate(parts)]
    return re.compile("".join(literal), re.DOTALL)


def _said(say: Messages, text: str) -> str:
    """Return a word that the extractor puts into a gap, where it is one of its own, else the text's."""
    key = _words().get(text)
    return say(key) if key else text


@cache
def _words() -> dict[str, str]:
    return {sentences("fr")[f"query.word.{name}"]: f"query.word.{name}" for name in WORDS}


#: What the extractor itself puts into gaps; keys of ``query.word``.
WORDS: Final = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "title", "published_on", "no_text", "unreadable_page", "no_text_layer", "timed_out", "too_large",
    "damaged_page", "too_many_pages", "ocr_failed",
)  # fmt: skip
