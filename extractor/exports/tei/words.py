"""What a TEI file says of itself, in French and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


class TeiWords:
    """The words of one language.

    Attributes:
        language: ``fr`` or ``en``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _tables()[language]

    def __call__(self, word: str, /, **values: object) -> str:
        """Return a word or sentence, its placeholders filled."""
        return self._words[word].format_map(values)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("extractor.exports.tei").joinpath("words.toml").read_text(encoding="utf-8"))
