"""The words of the exports made for reading, in French and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_DEFAULT = "fr"


class Words:
    """The words of one language.

    Attributes:
        lang: ``fr`` or ``en``.
    """

    def __init__(self, lang: str) -> None:
        table = _tables()
        self.lang = lang if lang in table else _DEFAULT
        self._words: dict[str, Any] = table[self.lang]

    def __call__(self, word: str, /, **values: object) -> str:
        """Return a word or sentence, its placeholders filled."""
        return str(self._words[word]).format(**values)

    def of(self, group: str, value: str) -> str:
        """Return the word for one value of an enumeration of the record; empty where none is needed."""
        return str(self._words[group][value])

    def group(self, group: str) -> Mapping[str, str]:
        """Return the words for all values of an enumeration of the record."""
        return MappingProxyType(self._words[group])

    def reason(self, code: str) -> str:
        """Return why something was not read; readers may have reasons that have no word yet."""
        return str(self._words["reason"].get(code, code.replace("_", " ")))

    def share(self, share: float) -> str:
        """Return a share of 1 as a percentage."""
        return f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%") if self.lang == "fr" else f"{share:.0%}"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("extractor.exports").joinpath("words.toml").read_text(encoding="utf-8"))
