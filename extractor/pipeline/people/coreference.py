"""Coreference: references that are no names, the grammar of the document, and who goes with what.

Requires ``doc._.layout``, ``doc._.people`` and ``doc._.names``; adds references to ``doc._.people.refs`` and
assigns ``doc._.discourse`` and ``doc._.links``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.people.coref import resolve


@Language.factory(
    "parcferme_coref",
    requires=["doc._.layout", "doc._.people", "doc._.names"],
    assigns=["doc._.discourse", "doc._.links"],
)
def make_coref(nlp: Language, name: str) -> Coreference:  # noqa: ARG001
    """Create the component."""
    return Coreference()


class Coreference:
    """Resolves what names do not say."""

    def __call__(self, doc: Doc) -> Doc:
        """Add references and assign ``doc._.discourse`` and ``doc._.links``."""
        doc._.discourse, doc._.links = resolve(doc._.layout, doc._.names, doc._.people)
        return doc
