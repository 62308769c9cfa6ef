"""The edits by which a damaged page is restored, token by token."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.pipeline.restoring.capitals import capital_word
from extractor.pipeline.restoring.marks import comma, hyphen, lone_letter, numeral, places_on_the_page
from extractor.pipeline.restoring.namesakes import name_spellings
from extractor.pipeline.restoring.page import Page
from extractor.pipeline.restoring.slips import slips
from extractor.pipeline.restoring.small import small_word
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.view import Edit


def edits(tokens: Tokens) -> list[Edit]:
    """Return what is to be read otherwise than it stands."""
    return [*slips(tokens.source), *_by_token(Page(tokens)), *places_on_the_page(tokens.source)]


def _by_token(page: Page) -> Iterator[Edit]:
    tokens = page.tokens
    namesakes = name_spellings(page)
    for i, shape in enumerate(tokens.shape):
        if i <= page.done:
            continue
        if shape == "l":
            yield from small_word(page, i)
        elif shape in "CU":
            yield from capital_word(page, i, namesakes)
        elif shape == "I":
            yield from lone_letter(page, i)
        elif shape == "d":
            yield from numeral(page, i)
        elif tokens.text[i] == ",":
            yield from comma(page, i)
        elif tokens.text[i] == "-":
            yield from hyphen(page, i)
