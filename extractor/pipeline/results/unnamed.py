"""Classes spoken of without their name: "vainqueur de la classe", under a heading that names it."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import ResultFact
from extractor.pipeline.results.context import NO_CLASS, Context

_NOUNS = word_set("results_words", "designation_nouns")
_LONGEST_HEAD = 5


def name_classes(context: Context, facts: Iterable[ResultFact]) -> None:
    """Give what is told of "la classe" the class that the heading above names."""
    for fact in facts:
        if fold(fact.scope) not in _NOUNS:
            continue
        token = context.tokens.at_or_after(fact.evidence[0][0])
        sentence = context.layout.sentences[context.discourse.sentence_at(token)]
        block = context.layout.blocks[sentence.block]
        if len(context.classes_between(block.first, sentence.last)) > 1:
            continue  # one of those named here may be meant
        fact.scope = _heading(context, sentence.block) or fact.scope


def _heading(context: Context, number: int) -> str | None:
    """Return the class that the heading above a paragraph names: "Deux roues motrices : première de X"."""
    tokens = context.tokens
    for block in reversed(context.layout.blocks[:number]):
        if block.kind != "heading":
            continue
        last = next((i for i in range(block.first, block.last) if tokens.text[i] in ":–—("), block.last)
        known = any(t.category == "class" for t in tokens.terms("names").get(block.first, ()))
        classes = known or context.classes_between(block.first, last)
        fits = last - block.first <= _LONGEST_HEAD and not set(tokens.norm[block.first : last]) & NO_CLASS
        if fits and (classes or last < block.last) and not context.discourse.refs_between(block.first, last):
            return tokens.surface(block.first, last)
        return None
    return None
