"""Quotes: speech given word for word, and who speaks.

Requires ``doc._.layout``, ``doc._.names`` and ``doc._.people``; assigns ``doc._.quotes``, a list of
:class:`QuoteFact` in reading order. References to people that other components have added, nominal or
pronoun, are used where they stand.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.annotations import Layout, Name, People, QuoteFact
from extractor.pipeline.quotes.assemble import assemble
from extractor.pipeline.quotes.marks import find_marks
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.regions import pair
from extractor.pipeline.quotes.unmarked import unmarked


@Language.factory(
    "parcferme_quotes", requires=["doc._.layout", "doc._.names", "doc._.people"], assigns=["doc._.quotes"]
)
def make_quotes(nlp: Language, name: str) -> QuoteFinder:  # noqa: ARG001
    """Create the component."""
    return QuoteFinder()


class QuoteFinder:
    """Finds speech and its speakers."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.quotes``."""
        doc._.quotes = find_quotes(doc._.layout, doc._.names, doc._.people)
        return doc


def find_quotes(layout: Layout, names: list[Name], people: People) -> list[QuoteFact]:
    """Return the quotes of a document in reading order."""
    page = Page(layout, names, people)
    regions = pair(page, list(find_marks(page.source)))
    quotes = assemble(page, regions)
    quotes += unmarked(page, quotes)
    quotes.sort(key=lambda quote: quote.parts[0])
    return quotes
