"""Parc Fermé: French motor-race reports in, race records out.

The public face. Heavy imports happen on first use, so that ``import extractor`` answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from extractor.record import RaceRecord

__all__ = ["RaceRecord", "extract", "load", "pipe"]


def load() -> Language:
    """Return the pipeline as a spaCy ``Language``; built once per process."""
    from extractor.pipeline import load as load_pipeline

    return load_pipeline()


def extract(text: str, *, source: str | None = None) -> RaceRecord:
    """Read one report.

    Args:
        text: The report, as read; offsets in the record address exactly this string.
        source: Where the text comes from, such as a file name; kept in the record.

    Returns:
        The record. A text with no race in it gives a record without facts.

    Raises:
        InputError: The text holds half a character (a lone surrogate), which no file can hold.
    """
    from extractor.pipeline import extract as extract_text

    return extract_text(text, source=source)


def pipe(texts: Iterable[str]) -> Iterator[RaceRecord]:
    """Read reports one after the other, lazily and in order."""
    return (extract(text) for text in texts)


def __getattr__(name: str) -> object:
    if name == "RaceRecord":
        from extractor.record import RaceRecord

        return RaceRecord
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
