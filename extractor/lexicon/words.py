"""The lexicon's words, read from TOML and found in text.

Each TOML file is a *layer*; within a layer the longest term wins, layers do not see each other. A table with ``words``
is a category; a table of tables is a category whose terms carry the inner table's name as value::

    [neutral]
    words = ["drapeau{x} jaune{s}"]          # category "neutral", value "neutral"

    [trigger.spin]
    words = ["tête-à-queue"]                  # category "trigger", value "spin"
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from extractor.lexicon.fold import fold
from extractor.lexicon.paradigms import expand
from extractor.lexicon.tokenize import split_words


class Term(NamedTuple):
    """A lexicon term found in text: token offsets, half-open."""

    start: int
    end: int
    category: str
    value: str


class Layer:
    """The terms of one TOML file."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for category, value, entries in _categories(tables):
            for entry in entries:
                for form in expand(entry):
                    words = tuple(fold(word) for word in split_words(form))
                    self._by_first.setdefault(words[0], []).append((words, category, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def find(self, norms: Sequence[str]) -> list[Term]:
        """Return the longest terms from left to right; no two overlap.

        Args:
            norms: The folded tokens of a text.
        """
        found: list[Term] = []
        get = self._by_first.get
        until = 0
        for i, norm in enumerate(norms):
            candidates = get(norm)
            if candidates is None or i < until:
                continue
            for words, category, value in candidates:
                n = len(words)
                if n == 1 or tuple(norms[i : i + n]) == words:
                    found.append(Term(i, i + n, category, value))
                    until = i + n
                    break
        return found

    def find_all(self, norms: Sequence[str]) -> dict[int, list[Term]]:
        """Return every term, overlapping ones too, longest first, by its first token."""
        found: dict[int, list[Term]] = {}
        get = self._by_first.get
        for i, norm in enumerate(norms):
            candidates = get(norm)
            if candidates is None:
                continue
            terms = [
                Term(i, i + len(words), category, value)
                for words, category, value in candidates
                if len(words) == 1 or tuple(norms[i : i + len(words)]) == words
            ]
            if terms:
                found[i] = terms
        return found

    def words(self, category: str) -> frozenset[str]:
        """Return the single-word forms of a category, folded."""
        return frozenset(
            words[0]
            for candidates in self._by_first.values()
            for words, name, _ in candidates
            if name == category and len(words) == 1
        )


def _categories(tables: Mapping[str, Any]) -> Iterable[tuple[str, str, list[str]]]:
    for category, table in tables.items():
        if "words" in table:
            yield category, category, table["words"]
        for value, inner in table.items():
            if isinstance(inner, dict):
                yield category, value, inner["words"]


@lru_cache(maxsize=None)
def layer(name: str) -> Layer:
    """Return the layer of ``lexicon/<name>.toml``, read once."""
    return Layer(table(name))


@lru_cache(maxsize=None)
def table(name: str) -> dict[str, Any]:
    """Return ``lexicon/<name>.toml`` as it is."""
    return tomllib.loads(resources.files("extractor.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=None)
def names(name: str) -> frozenset[str]:
    """Return a list of folded names, such as ``first_names``."""
    packed = resources.files("extractor.lexicon").joinpath("names", f"{name}.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))
