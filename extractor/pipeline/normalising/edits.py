"""All that is seen through on every page, as a view; a page without any of it has none."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.pipeline.normalising.accents import accents, wrongly_decoded
from extractor.pipeline.normalising.digits import digits
from extractor.pipeline.normalising.parted import parted_words
from extractor.pipeline.normalising.signs import signs
from extractor.pipeline.normalising.spaced import spaced_words
from extractor.pipeline.view import Edit, View


def normalised(source: str | View) -> str | View:
    """Return a text, or what a view reads, as it is meant; the same object where there is nothing to do."""
    source = _seen(source, wrongly_decoded(_text(source)))
    text = _text(source)
    source = _seen(source, [*signs(text), *accents(text)])
    text = _text(source)
    return _seen(source, [*spaced_words(text), *digits(text), *parted_words(text)])


def _text(source: str | View) -> str:
    return source if isinstance(source, str) else source.text


def _seen(source: str | View, edits: Iterable[Edit]) -> str | View:
    edits = list(edits)
    return View(source, edits) if edits else source
