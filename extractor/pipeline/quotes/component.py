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
from extractor.pipeline.quotes.interview import Interviewee, find_interview
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
    asked = Interviewee(page, find_interview(page))
    quotes = assemble(page, regions, asked)
    quotes += unmarked(page, quotes, asked)
    quotes.sort(key=lambda quote: quote.parts[0])
    _give_headline(quotes)
    return quotes


def _give_headline(quotes: list[QuoteFact]) -> None:
    """Give the words that stand above a text to the only one who speaks in it."""
    if len(quotes) < 2 or quotes[0].speaker_name or quotes[0].speaker is not None:
        return
    only = quotes[1]
    named = all(quote.speaker == only.speaker for quote in quotes[1:])
    if quotes[0].route == "none" and only.speaker is not None and named:
        quotes[0].speaker, quotes[0].speaker_name = only.speaker, only.speaker_name
        quotes[0].speaker_role, quotes[0].route = only.speaker_role, "carried"
