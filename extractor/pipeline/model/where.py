"""Of which session and class each sentence speaks, in the record's own identifiers.

What the model finds in a sentence that the rules told nothing of needs a session. The sessions component
knows
it for each sentence; the record, which is built later, knows the identifiers.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.pipeline.annotations import Layout


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence in code points of the document; ``session`` is ``None`` where it speaks of none."""

    start: int
    end: int
    session: str | None
    scope: str
    block: str


def places(doc: Doc) -> list[Place]:
    """Return the sentences of a document that has been read, in order."""
    layout: Layout = doc._.layout
    numbers: dict[int, str] = dict(doc.user_data.get("session_ids", ()))
    found = []
    for sentence in layout.sentences:
        if sentence.last <= sentence.first:
            continue
        start, end = layout.tokens.in_document(*layout.tokens.chars(sentence.first, sentence.last))
        session = numbers.get(sentence.local) or numbers.get(sentence.session)
        block = layout.blocks[sentence.block].kind
        found.append(Place(start, end, session, sentence.scope or "overall", block))
    return found


def place_at(places: list[Place], start: int) -> Place | None:
    """Return the sentence in which a code point lies."""
    number = bisect_right(places, start, key=lambda place: place.start) - 1
    return places[number] if number >= 0 and places[number].end > start else None
