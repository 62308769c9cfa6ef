"""The scoreboard's own words, in French and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from extractor.scoring.words import figure, interval
from extractor.scoring.words import words_of as scoring_words


class BoardWords:
    """The words of one language.

    Attributes:
        lang: ``fr`` or ``en``.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in _tables() else "fr"
        self._words = _tables()[self.lang]

    def __call__(self, word: str, /, **values: object) -> str:
        """Return a word or sentence, its placeholders filled."""
        return str(self._words[word]).format(**values)

    def of(self, group: str, value: str) -> str:
        """Return a word of a group: a dimension, a reason, a kind in short or by its letter."""
        return str(self._words[group][value])

    def kind(self, kind: str) -> str:
        """Return the name of a kind of fact."""
        return str(scoring_words(self.lang)["kinds"][kind])

    def pair(self, name: str, value: str) -> str:
        """Return a name and its value, with the colon as the language sets it."""
        return f"{name}\N{NO-BREAK SPACE}: {value}" if self.lang == "fr" else f"{name}: {value}"

    def figure(self, share: float | None) -> str:
        """Return a share with three decimals."""
        return figure(share, self.lang)

    def interval(self, ends: tuple[float, float] | None) -> str:
        """Return the ends of an interval, or nothing."""
        return interval(ends, self.lang)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("extractor.scoreboard").joinpath("words.toml").read_text(encoding="utf-8"))
