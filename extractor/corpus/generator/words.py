"""The generator's word files, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from extractor.lexicon.fold import fold

FILES = ("names", "teams", "places", "machines", "disciplines")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``words/<name>.toml``."""
    file = resources.files("extractor.corpus.generator").joinpath("words", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def phrase_files() -> tuple[str, ...]:
    """Return the names of the files of phrases, in order."""
    folder = resources.files("extractor.corpus.generator").joinpath("words")
    names = [entry.name.removesuffix(".toml") for entry in folder.iterdir()]
    return tuple(sorted(name for name in names if name.startswith("phrases_")))


@cache
def reserved() -> frozenset[str]:
    """Return the folded words that no surname may be, since they stand in the text unmarked."""
    used: set[str] = set()
    for name in ("teams", "places", "machines", "disciplines", *phrase_files()):
        _collect(table(name), used)
    regions = [word for region in table("names")["region"] for word in [*region["word"], region["towns"]]]
    _collect([*regions, [one["origin"] for one in table("names")["foreign"]]], used)
    return frozenset(used)


def _collect(value: object, into: set[str]) -> None:
    if isinstance(value, str):
        into.update(fold(word) for word in _WORD.findall(value))
    elif isinstance(value, dict):
        for inner in value.values():
            _collect(inner, into)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, into)
