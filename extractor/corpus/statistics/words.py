"""The words of the figures, and numbers as they are written in each language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words_of(lang: str) -> dict[str, Any]:
    """Return the words of one language, those for slices and kinds of fact in tables of their own."""
    path = files("extractor.corpus.statistics").joinpath("words.toml")
    words: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["en" if lang == "en" else "fr"]
    return words


def number(value: float, lang: str) -> str:
    """Return a number with its thousands set apart, and a half where it has one."""
    written = f"{value:,.1f}".removesuffix(".0")
    if lang == "en":
        return written
    return written.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def share(value: float, lang: str) -> str:
    """Return a share of 1 as a percentage with one decimal."""
    written = f"{value:.1%}"
    return written if lang == "en" else written.replace(".", ",").replace("%", "\N{NO-BREAK SPACE}%")


def kind(name: str, lang: str) -> str:
    """Return the name of a kind of fact; what refines it stays as it is in the records."""
    general, _, special = name.partition(".")
    told = str(words_of(lang)["kinds"][general])
    return told if not special else f"{told}{': ' if lang == 'en' else ' : '}{special}"
