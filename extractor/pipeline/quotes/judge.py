"""Which regions are speech, and which hold a nickname, a class or a title."""

from __future__ import annotations

from extractor.pipeline.quotes.context import After, Lead
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.speech import Speech

_ENOUGH = 4


def is_speech(page: Page, speech: Speech, lead: Lead, after: After | None) -> bool:
    """Tell whether a region is speech."""
    n = speech.words
    if not speech.parts:
        return False
    if speech.region.start < 0 or (lead.naming and n <= 6 and not speech.own):
        return False
    saying = (after is not None and after.strong and after.route == "verb") or (
        speech.incise is not None and speech.incise.strong
    )
    if lead.colon and lead.strong:
        return n >= 1
    if saying:
        return n >= 2 or speech.stopped or speech.own > 0
    if lead.strong:  # a verb of saying leads to a fragment
        return n >= 3
    signed = after is not None and after.route == "line" and after.strong and lead.boundary and speech.capital
    if n < (3 if signed else 4):
        return False
    return _evidence(page, speech, lead, after) >= _ENOUGH


def _evidence(page: Page, speech: Speech, lead: Lead, after: After | None) -> int:
    n = speech.words
    score = 0
    score += 2 if speech.own else 0
    score += 1 if speech.own > 2 else 0
    score += 1 if speech.general else 0
    score += 1 if speech.stopped else 0
    score += 1 if speech.capital else -1
    score += 1 if lead.boundary else -1
    score += (n >= 8) + (n >= 15)
    score += 2 if lead.colon and lead.subject is not None else 0
    score += 3 if after is not None else 0
    score += 2 if speech.incise is not None else 0
    score -= 2 if lead.naming else 0
    score -= 1 if speech.region.family in "Qg" else 0
    if not speech.region.closed and not speech.region.reopened:
        score -= 1 if speech.own else 3
    if page.blocks[speech.region.block].kind in ("title", "heading", "table", "list"):
        score -= 1
    return score
