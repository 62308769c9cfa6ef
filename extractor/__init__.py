"""Parc Fermé: French motor-race reports in, race records out.

The public face. Heavy imports happen on first use, so that ``import extractor`` answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from spacy.language import Language

    from extractor.readers import ReadOptions, SourceText
    from extractor.record import RaceRecord

__all__ = ["RaceRecord", "__version__", "extract", "extract_file", "load", "pipe"]


def load(model: str | PathLike[str] | None = None) -> Language:
    """Return the pipeline as a spaCy ``Language``; built once per process and model.

    Args:
        model: Folder of a model, or ``"none"`` for the rules alone. Where nothing is said, the environment
            variable ``PARCFERME_MODEL`` says it, else the model that came with the package is taken, if there
            is one. It is read when the first text comes.

    Raises:
        ModelError: The folder holds no model.
    """
    from extractor.pipeline import load as load_pipeline

    return load_pipeline(model)


def extract(
    text: str | SourceText, *, source: str | None = None, model: str | PathLike[str] | None = None
) -> RaceRecord:
    """Read one report.

    Args:
        text: The report, as read; offsets in the record address exactly this string. Or what
            :func:`extractor.readers.read_source` made of a file: spans then carry page and boxes.
        source: Where the text comes from, such as a file name; kept in the record.
        model: Which model the rules work with; see :func:`load`.

    Returns:
        The record. A text with no race in it gives a record without facts.

    Raises:
        InputError: The text holds half a character (a lone surrogate), which no file can hold.
        ModelError: The folder holds no model, or a damaged one.
    """
    from extractor.pipeline import extract as extract_text

    return extract_text(text, source=source, model=model)


def extract_file(
    path: str | PathLike[str],
    *,
    options: ReadOptions | None = None,
    model: str | PathLike[str] | None = None,
) -> RaceRecord:
    """Read one file, whatever its format; spans carry page and boxes where it has pages.

    Args:
        path: The file.
        options: Limits, encoding, OCR; see :class:`extractor.readers.ReadOptions`.
        model: Which model the rules work with; see :func:`load`.

    Raises:
        InputError: It is not there, damaged, encrypted, empty, over a limit, or in no known format.
        ModelError: The folder holds no model, or a damaged one.
    """
    from pathlib import Path

    from extractor.readers import Source, read_source

    source = Source(str(path), Path(path))
    return extract(read_source(source, options), source=source.label, model=model)


def pipe(texts: Iterable[str], *, model: str | PathLike[str] | None = None) -> Iterator[RaceRecord]:
    """Read reports one after the other, lazily and in order."""
    return (extract(text, model=model) for text in texts)


def __getattr__(name: str) -> object:
    if name == "RaceRecord":
        from extractor.record import RaceRecord

        return RaceRecord
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
