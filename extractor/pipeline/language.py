"""The spaCy ``Language`` that the pipeline runs in.

``spacy.blank("fr")`` compiles the French tokenizer's exception pattern at import, which takes longer than
reading a thousand reports. The components read their own tokens (:mod:`extractor.pipeline.tokens`), so a
``Language`` without those rules (:mod:`extractor.pipeline.race_french`) serves as well; the components also
run, unchanged, over ``spacy.blank("fr")``.
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

LANGUAGE = "fr_race"


@contextlib.contextmanager
def lean_import() -> Iterator[None]:
    """Import spaCy without what reading a report has no use for.

    thinc imports torch where it finds it (a second or more), and ``spacy/__init__.py`` imports the whole of
    spaCy's command line for ``spacy.info`` (a quarter of a second: weasel, httpx, requests, jinja). Both are
    kept out while spaCy is imported and are there, untouched, for whoever imports them afterwards. Where
    spaCy or torch is loaded already, nothing is done.
    """
    if "spacy" in sys.modules or "thinc" in sys.modules:
        yield
        return
    kept_out = {
        "spacy.cli": types.ModuleType("spacy.cli"),
        "spacy.cli.info": types.ModuleType("spacy.cli.info"),
    }
    kept_out["spacy.cli.info"].info = _spacy_info  # type: ignore[attr-defined]
    if "torch" not in sys.modules:
        kept_out["torch"] = None  # type: ignore[assignment]
    sys.modules.update(kept_out)
    try:
        yield
    finally:
        for name in kept_out:
            sys.modules.pop(name, None)


def _spacy_info(*args: object, **kwargs: object) -> object:
    """Stand in for ``spacy.info`` until somebody calls it."""
    from spacy.cli.info import info

    return info(*args, **kwargs)  # type: ignore[arg-type]


def blank() -> Language:
    """Return an empty French ``Language`` that starts fast."""
    with lean_import():
        import spacy

        from extractor.pipeline import race_french  # noqa: F401  (it tells spaCy what the language is)
    return spacy.blank(LANGUAGE)
