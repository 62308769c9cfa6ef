"""The spaCy ``Language`` that the pipeline runs in.

``spacy.blank("fr")`` compiles the French tokenizer's exception pattern at import, which takes longer than reading a thousand reports. The
components read their own tokens (:mod:`extractor.pipeline.tokens`), so a French ``Language`` with spaCy's general tokenizer rules serves as well; the
components also run, unchanged, over ``spacy.blank("fr")``.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

LANGUAGE = "fr_race"


@contextlib.contextmanager
def without_torch() -> Iterator[None]:
    """Keep ``import spacy`` from importing torch, which takes a second that the rules have no use for.

    thinc imports torch where it finds it. Where torch or thinc is loaded already, nothing is done.
    """
    if "torch" in sys.modules or "thinc" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


def blank() -> Language:
    """Return an empty French ``Language`` that starts fast."""
    with without_torch():
        import spacy
        from spacy.language import Language
        from spacy.tokenizer import Tokenizer

    from extractor.lexicon.tokenize import TOKEN

    if LANGUAGE not in spacy.registry.languages.get_all():

        def make_tokenizer(nlp: Language) -> Tokenizer:
            return Tokenizer(nlp.vocab, infix_finditer=TOKEN.finditer)

        class RaceFrenchDefaults(Language.Defaults):
            lex_attr_getters: dict[object, object] = {}  # noqa: RUF012  (spaCy reads it from the class)

        class RaceFrench(Language):
            """French as race reports need it."""

            lang = LANGUAGE
            Defaults = RaceFrenchDefaults

        spacy.registry.languages.register(LANGUAGE, func=RaceFrench)
    return spacy.blank(LANGUAGE)
