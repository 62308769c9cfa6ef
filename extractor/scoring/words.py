"""The words of the score table, and figures as they are written in each language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_NOTHING = "–"


def figure(share: float | None, lang: str) -> str:
    """Return a share with three decimals, or a dash where there is none."""
    if share is None:
        return _NOTHING
    figure = f"{share:.3f}"
    return figure.replace(".", ",") if lang == "fr" else figure


def interval(ends: tuple[float, float] | None, lang: str) -> str:
    """Return the ends of an interval, or nothing where there is none."""
    return " – ".join(figure(end, lang) for end in ends) if ends else ""


@cache
def words_of(lang: str) -> dict[str, Any]:
    """Return the words of one language, those for the kinds of fact under ``kinds``."""
    table = tomllib.loads(files("extractor.scoring").joinpath("words.toml").read_text(encoding="utf-8"))
    words: dict[str, Any] = table["en" if lang == "en" else "fr"]
    return words
