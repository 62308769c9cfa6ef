"""Headings under which the same numbered races are told again: each is a field of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout
from extractor.pipeline.sessions.mentions import Mention

_LONGEST = 6
_NO_SECTION = word_set("sessions_words", "no_section") | word_set("sessions_words", "results_heads")


def plateaux(layout: Layout, people: Iterable[int], told: Mapping[int, list[Mention]]) -> frozenset[int]:
    """Return the first tokens of the headings of classes that race apart, told by their races alone.

    "SPORT-PROTOS" need be known to no list where "course 1" is told under it and under another
    heading like it.

    Args:
        layout: The document's layout.
        people: The tokens of people's names.
        told: The sessions mentioned in each sentence, by its number.
    """
    named = set(people)
    heads: list[tuple[int, bool]] = []  # the first token, and whether it is all in capitals
    races: list[set[tuple[str, int | None]]] = []
    for number, sentence in enumerate(layout.sentences):
        here = told.get(number, [])
        words = range(sentence.first, sentence.last)
        if (
            layout.blocks[sentence.block].kind == "heading"
            and len(words) <= _LONGEST
            and not here
            and not named & set(words)
            and layout.tokens.norm[sentence.first] not in _NO_SECTION
            and layout.tokens.shape[sentence.first] in ("C", "U")
        ):
            heads.append((sentence.first, layout.tokens.surface(words.start, words.stop).isupper()))
            races.append(set())
        elif heads:
            races[-1] |= {(m.kind, m.number) for m in here if m.number is not None and not m.elsewhere}
    for upper in (True, False):
        alike = [k for k, (_, capitals) in enumerate(heads) if capitals == upper]
        shared = [k for k in alike if any(races[k] & races[other] for other in alike if other != k)]
        if shared:
            return frozenset(heads[k][0] for k in alike if k >= shared[0])
    return frozenset()
