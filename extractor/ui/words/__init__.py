"""What the review desk says, in French and in English: one file per page and language beside this one.

``queue.fr.toml`` and ``queue.en.toml`` hold the sentences of the queue page under the same keys with the same
``{placeholders}``, which a test compares. A sentence is asked for by page and key: ``words("queue.title")``.
Where a number decides, the key has the forms ``.one`` and ``.many``, and :meth:`Words.several` chooses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from extractor.messages import DEFAULT_LANGUAGE, LANGUAGES

NARROW_BLANK = "\u202f"
"""What parts thousands, and stands before ``%``, in French."""
MINUS = "\u2212"
"""A hyphen is too short, and screen readers leave it out."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: ``fr`` or ``en``.
    """

    language: str = DEFAULT_LANGUAGE

    def __call__(self, key: str, /, **parameters: object) -> str:
        """Return a sentence with its placeholders filled.

        Args:
            key: ``page.key``, such as ``queue.title``.
            parameters: What to put in the place of the placeholders.

        Raises:
            KeyError: There is no such sentence, or a placeholder was given no value.
        """
        return sentences(self.language)[key].format_map(parameters)

    def __contains__(self, key: str) -> bool:
        return key in sentences(self.language)

    def several(self, key: str, count: int, /, **parameters: object) -> str:
        """Return the form of a sentence that a number asks for; ``{count}`` is the number as written here.

        French says nought in the singular, English in the plural.
        """
        is_one = count == 1 or (count == 0 and self.language == "fr")
        return self(f"{key}.{'one' if is_one else 'many'}", count=self.number(count), **parameters)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number as it is written here: ``1 234,5`` or ``1,234.5``, below nought with a minus."""
        written = f"{value:,.{decimals}f}"
        if float(written.replace(",", "")) < 0:
            written = written.replace("-", MINUS)
        else:
            written = written.removeprefix("-")  # what is rounded to nought is not below it
        if self.language == "en":
            return written
        return written.replace(",", NARROW_BLANK).replace(".", ",")

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share of 1 in hundredths: ``93 %`` or ``93%``."""
        blank = "" if self.language == "en" else NARROW_BLANK
        return f"{self.number(100 * share, decimals)}{blank}%"

    def day(self, when: date) -> str:
        """Return a day: ``23/11/2026``, in English ``23 Nov 2026``."""
        if self.language == "en":
            return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
        return f"{when.day:02}/{when.month:02}/{when.year}"

    def moment(self, when: datetime) -> str:
        """Return a day and a time, as they are in the zone that it has."""
        clock = f"{when.hour:02}:{when.minute:02}"
        return f"{self.day(when.date())} {clock if self.language == 'en' else clock.replace(':', ' h ')}"

    def page(self, name: str) -> dict[str, str]:
        """Return all sentences of one page by their keys, unfilled, for what fills them in the browser."""
        prefix = f"{name}."
        known = sentences(self.language).items()
        return {key.removeprefix(prefix): said for key, said in known if key.startswith(prefix)}


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pages() -> list[str]:
    """Return the names of the pages that have words, in either language."""
    return sorted({path.name.split(".")[0] for path in Path(__file__).parent.glob("*.*.toml")})


@cache
def sentences(language: str) -> dict[str, str]:
    """Return every sentence of a language by page and key.

    Raises:
        KeyError: No such language.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    known: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob(f"*.{language}.toml")):
        with path.open("rb") as file:
            known.update(_flattened(tomllib.load(file), f"{path.name.split('.')[0]}."))
    return known


def _flattened(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value).strip()
