"""Everything that the program says to its user, in French and in English.

The sentences are in ``fr.toml`` and ``en.toml``, key by key. Both files have the same keys and the same
``{placeholders}``; a test says so. The record itself is never translated.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
ENVIRONMENT_VARIABLE = "PARCFERME_LANG"


class Messages:
    """The sentences of one language.

    Attributes:
        language: ``fr`` or ``en``.
    """

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self.language = language
        self._sentences = sentences(language)

    def __call__(self, key: str, /, **parameters: object) -> str:
        """Return the sentence with its placeholders filled.

        Args:
            key: Dotted path of the sentence, such as ``error.empty_file.cause``.
            parameters: What to put in the place of the placeholders.

        Raises:
            KeyError: There is no such sentence, or a placeholder was given no value.
        """
        return self._sentences[key].format_map(parameters)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences


def preferred_language() -> str:
    """Return the language that the environment asks for, French where it says nothing we know."""
    wanted = os.environ.get(ENVIRONMENT_VARIABLE, "").strip().lower()[:2]
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


@cache
def sentences(language: str) -> dict[str, str]:
    """Return every sentence of a language by its dotted key."""
    path = Path(__file__).with_name(f"{language}.toml")
    with path.open("rb") as file:
        return dict(_flattened(tomllib.load(file)))


def _flattened(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            flat += _flattened(value, f"{prefix}{key}.")
        else:
            flat.append((prefix + key, str(value).strip()))
    return flat
