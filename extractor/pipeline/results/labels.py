"""Class winners behind the name of their class: "Les groupes : A : X. CN : Y.", "Classe 1.300 cc. : X"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import Block, Ref, ResultFact, Sentence
from extractor.pipeline.results.context import Context

_LEADS = word_set("results_words", "class_winner_leads")
_NO_LABEL = word_set("results_words", "no_class_label")
_CLASS_NOUNS = frozenset(("classe", "groupe", "categorie", "division", "cylindree", "gr", "cl"))
_LONGEST_LABEL = 5
_MARKS = frozenset((".", ";", ",", "–", "—", "-", ":", "•", "|", "/", "!"))
_BEFORE_NAME = frozenset(("m", "mm", "mme", "mlle", ".", "n", "°", "#", "1", "1er"))


def class_winners(context: Context, sentences: list[Sentence]) -> Iterator[ResultFact]:
    """Yield who is named behind the name of a class where classes and their winners are listed.

    Args:
        context: Words around a position.
        sentences: The sentences of the document, in reading order.
    """
    led = -1  # number of the block in which winners are announced
    for sentence in sentences:
        block = context.layout.blocks[sentence.block]
        if _announces(context, sentence, block):
            led = sentence.block
        under = sentence.block == led or (
            led >= 0 and sentence.block - led <= _blocks_on(context, led, sentence.block)
        )
        yield from _labelled(context, sentence, announced=under)


def _blocks_on(context: Context, led: int, number: int) -> int:
    """Return how far an announcement in a heading reaches: over the short lines that follow it."""
    if context.layout.blocks[led].kind not in ("heading", "title"):
        return 0
    for i in range(led + 1, number):
        if context.layout.blocks[i].last - context.layout.blocks[i].first > 24:
            return 0
    return number - led


def _announces(context: Context, sentence: Sentence, block: Block) -> bool:
    norm = context.tokens.norm[sentence.first : sentence.last]
    head = norm if block.kind == "heading" else norm[: norm.index(":")] if ":" in norm[:8] else []
    return bool(_LEADS & set(head)) and len(head) <= 8


def _labelled(context: Context, sentence: Sentence, *, announced: bool) -> Iterator[ResultFact]:
    tokens = context.tokens
    for i in range(sentence.first + 1, sentence.last - 1):
        if tokens.text[i] != ":":
            continue
        first = _label_start(context, sentence, i)
        if first is None or not (announced or tokens.norm[first] in _CLASS_NOUNS):
            continue
        ref = _name_behind(context, i + 1, sentence.last)
        if ref is None:
            continue
        scope = tokens.surface(first, i).rstrip(" .")
        people = _crew(context, ref)
        fact = ResultFact(sentence.session, "final", people, 1, scope, rule="list")
        fact.evidence = [tokens.chars(first, ref.last)]
        yield fact


def _label_start(context: Context, sentence: Sentence, colon: int) -> int | None:
    """Return where the label before a colon begins, ``None`` where it is no class's."""
    tokens = context.tokens
    first = colon - (tokens.text[colon - 1] == ".")
    while first > sentence.first and tokens.text[first - 1] not in _MARKS and colon - first < _LONGEST_LABEL:
        first -= 1
        if "\n" in tokens.source[tokens.end[first - 1] : tokens.start[first]]:
            break
    while first > sentence.first and tokens.text[first - 1] == "." and tokens.norm[first - 2] in _CLASS_NOUNS:
        first -= 2
    norm = tokens.norm[first:colon]
    opens = first == sentence.first or tokens.text[first - 1] in _MARKS or _new_line(context, first)
    if first == colon or not opens or set(norm) & _NO_LABEL or context.discourse.refs_between(first, colon):
        return None
    if len(norm) == 1 and any(term.category == "place" for term in layer("names").find(norm)):
        return None
    return first


def _new_line(context: Context, i: int) -> bool:
    tokens = context.tokens
    return i == 0 or "\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]


def _name_behind(context: Context, i: int, last: int) -> Ref | None:
    tokens = context.tokens
    end = min(last, i + 5)
    while i < end:
        ref = context.discourse.ref_at(i)
        if ref is not None:
            return ref if ref.form == "name" else None
        if tokens.norm[i] not in _BEFORE_NAME and not tokens.text[i].isdecimal():
            return None
        i += 1
    return None


def _crew(context: Context, ref: Ref) -> tuple[int, ...]:
    people = list(ref.people)
    for other in context.discourse.group(ref):
        between = context.tokens.norm[ref.last : other.first]
        if (
            other.first > ref.first
            and between
            and between[0] in ("et", "/", "&", "-", "–")
            and len(between) == 1
        ):
            people += [p for p in other.people if p not in people]
    return tuple(people)
