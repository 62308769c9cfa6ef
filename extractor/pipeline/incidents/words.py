"""Small sets of folded words that the rules ask about, kept in ``lexicon/incident_words.toml``."""

from __future__ import annotations

from extractor.lexicon.words import table


def word_tuple(module: str, name: str) -> tuple[str, ...]:
    """Return the words of one list, in order."""
    words: str = table("incident_words")[module][name]
    return tuple(words.split())


def word_set(module: str, name: str) -> frozenset[str]:
    """Return the words of one list."""
    return frozenset(word_tuple(module, name))
